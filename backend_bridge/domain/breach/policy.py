"""The probabilities that decisions go by, as plain numbers: whoever shows them need not load what decides."""

from typing import Final

POLICY: Final = (0.25, 0.66, 0.03)
"""Amber from, red from, an alarm stands until."""
