"""Breach decisions: tracks, zones and rings, and how likely a person is inside; the compiled hot path."""
