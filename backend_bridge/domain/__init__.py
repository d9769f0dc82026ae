"""The rules of the room: pure values and functions, without clock, file, socket or thread."""
