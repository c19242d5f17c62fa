"""Says session changes to screen readers."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


class Announcer:
    """Speaks through the desktop's screen reader, if there is one."""

    def __init__(self, speaker: QWidget) -> None:
        self._speaker = speaker
        self.muted = False

    def say(self, text: str) -> None:
        """Announce a sentence, unless muted."""
        if text and not self.muted:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._speaker, text))
