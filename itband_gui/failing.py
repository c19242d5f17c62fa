"""A breaking program's last words: one line, the log, and a dialog where there can be one."""

import os
import sys
from argparse import Namespace
from contextlib import suppress

from itband_gui.crash import failed, failed_line
from itband_gui.folders import FolderUnknownError, data_dir, state_dir
from itband_gui.terminal import FAILED, say


def fail(error: Exception | SystemExit, args: Namespace) -> int:
    """Tell what ended the program; for the window also on the screen; return its exit code."""
    try:
        state = state_dir(args.data_dir, os.environ)
    except (ImportError, FolderUnknownError):  # what it takes may be what is missing
        say(failed_line(error))
        return FAILED
    mishap, log = failed(error, state)
    if args.command is None and "PySide6.QtWidgets" in sys.modules:
        with suppress(Exception):  # what broke the window may break the dialog; the line is out
            from itband_gui.ui.unexpected_dialog import tell_failed_start  # noqa: PLC0415 - Qt

            tell_failed_start(mishap, data_dir(args.data_dir, os.environ), log)
    return FAILED
