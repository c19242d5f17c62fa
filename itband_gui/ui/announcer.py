"""Says session changes to screen readers and sounds a short tone at each."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget


class Announcer:
    """Speaks through the desktop's screen reader; muting keeps the tones."""

    def __init__(self, speaker: QWidget) -> None:
        self._speaker = speaker
        self.muted = False

    def say(self, text: str) -> None:
        """Announce a sentence, unless muted."""
        if text and not self.muted:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._speaker, text))

    def tone(self) -> None:
        """Sound the desktop's own short tone."""
        QApplication.beep()
