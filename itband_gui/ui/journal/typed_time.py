"""A time of day as people type it, in any language of the system's, written back in one way."""

import re
from datetime import time

from PySide6.QtCore import QLocale, QTime

from itband_gui.journal.clock_text import read_time

_QUOTED = re.compile(r"'([^']*)'")
_WORD = re.compile(r"[^\s\x00-\x7f]+")  # Qt's own letters for hours and minutes are ASCII


def read_typed_time(text: str) -> time | None:
    """Return the time that `text` says, with the locale's own marks, or None if it says none."""
    locale = QLocale()
    pattern = _pattern()
    words = [*_QUOTED.findall(pattern), *_WORD.findall(_QUOTED.sub(" ", pattern))]
    return read_time(text, (locale.amText(), locale.pmText()), words)


def write_time(clock: time) -> str:
    """Return the locale's short form, by its clock of 12 or 24 hours."""
    return QLocale().toString(QTime(clock.hour, clock.minute), _pattern())


def _pattern() -> str:
    """Return the locale's short form; one letter for the minutes would write 7:05 as 7:5."""
    return re.sub(r"\bm\b", "mm", QLocale().timeFormat(QLocale.FormatType.ShortFormat))
