"""Whether the voice is heard: asked once, before the first session."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from itband_gui.ui.keys import ENTER, is_answer
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.scroll import centre_column
from itband_gui.ui.widgets.sound_panel import SoundPanel
from itband_gui.ui.widgets.text import TextLabel


class SoundCheckPage(QWidget):
    """Plays a sample, asks, and goes on in any case."""

    done = Signal()

    def __init__(self, check: SoundPanel) -> None:
        super().__init__()
        self.check = check
        self.go_on = button(
            QCoreApplication.translate("SoundCheck", "Continue (Enter)"), self.done.emit, "primary"
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        box = centre_column(self)
        box.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["l"])
        box.setSpacing(SPACE["l"])
        title = QCoreApplication.translate("SoundCheck", "Can you hear the voice?")
        box.addWidget(TextLabel(title, "title"))
        text = QCoreApplication.translate(
            "SoundCheck",
            "A voice and soft tones lead the session, so that your eyes and hands are free. "
            "You can change or silence them under Settings.",
        )
        box.addWidget(TextLabel(text, "lead"))
        box.addWidget(Card(check))
        box.addStretch(1)
        box.addLayout(foot)

    def first_focus(self) -> QWidget:
        """Return the button that plays the sample."""
        return self.check.play

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc go on."""
        if is_answer(event) and event.key() in {*ENTER, Qt.Key.Key_Escape}:
            self.done.emit()
        else:
            super().keyPressEvent(event)
