"""Checks for interrupted sessions without importing anything else of a session."""

import os
from pathlib import Path

SESSIONS_DIR = "sessions"


def anything_left(state: Path) -> bool:
    """Return whether a state folder's folder for checkpoints has any file."""
    try:
        with os.scandir(state / SESSIONS_DIR) as found:
            return any(found)
    except OSError:
        return False
