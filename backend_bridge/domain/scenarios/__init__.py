"""Scenarios for training: what people and devices do, what is decided about it, what a good operator does when."""
