"""Runs the rules: the step, playback and the rows cut for one user; pure but for calling ports."""
