"""The desk's window at hand for every test of widgets."""

from desk_at_hand import map_lives, open_desk

__all__ = ["map_lives", "open_desk"]
