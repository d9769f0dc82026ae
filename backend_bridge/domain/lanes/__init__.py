"""The lanes of gateways: what has come, what is missing, and what to answer."""
