"""What a person sees: rows in, commands out; no socket, file or thread."""
