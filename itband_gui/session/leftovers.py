"""Whether sessions left anything; to know, nothing of a session has to be imported."""

import os
from pathlib import Path

SESSIONS_DIR = "sessions"


def anything_left(state: Path) -> bool:
    """Whether the folder for checkpoints in a state folder holds anything at all."""
    try:
        with os.scandir(state / SESSIONS_DIR) as found:
            return any(found)
    except OSError:
        return False
