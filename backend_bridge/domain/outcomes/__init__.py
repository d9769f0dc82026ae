"""What a turn decides: events for the log, effects for the world, as values."""
