"""Everything that touches the world: sockets, files, the store, keys, clocks, channels."""
