"""The composition root: the one place that builds adapters and puts them together with the rules; it decides nothing itself."""
