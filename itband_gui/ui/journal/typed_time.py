"""A time of day as people type it, in any language of the system's, written back in one way."""

import re
from datetime import time

from PySide6.QtCore import QLocale

from itband_gui.journal.clock_text import read_time
from itband_gui.ui.formats import clock_time

_QUOTED = re.compile(r"'([^']*)'")
_WORD = re.compile(r"[^\s\x00-\x7f]+")  # Qt's own letters for hours and minutes are ASCII


def read_typed_time(text: str) -> time | None:
    """Return the time that `text` says, with the locale's own marks, or None if it says none."""
    locale = QLocale()
    pattern = locale.timeFormat(QLocale.FormatType.ShortFormat)
    words = [*_QUOTED.findall(pattern), *_WORD.findall(_QUOTED.sub(" ", pattern))]
    return read_time(text, (locale.amText(), locale.pmText()), words)


def write_time(clock: time) -> str:
    """Return the user's short form, by a clock of 12 or 24 hours."""
    return clock_time(clock.hour, clock.minute)
