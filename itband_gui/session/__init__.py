"""Runs a session: the engine that follows a plan, its cues, checkpoints and record."""
