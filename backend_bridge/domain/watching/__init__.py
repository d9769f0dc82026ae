"""The watch: what every rule decides about cases and devices, fix by fix and moment by moment."""
