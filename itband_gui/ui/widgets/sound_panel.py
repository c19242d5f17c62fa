"""Plays a sample and asks whether it was heard: nothing else can tell."""

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.ui.style import SPACE, Look
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow

_LOOK: Look = "segment"  # for these Enter goes on, as for other choices


class SoundPanel(QWidget):
    """Asks "Did you hear it?"; `remedies` is what it says to a No.

    `sample_wished` asks for the sample.
    """

    sample_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.remedies = ""
        self.play = button(
            QCoreApplication.translate("SoundPanel", "Play a sample"), self._play, _LOOK
        )
        self.yes = button(
            QCoreApplication.translate("SoundPanel", "I heard it"), self._heard, _LOOK
        )
        self.no = button(
            QCoreApplication.translate("SoundPanel", "I heard nothing"), self._missed, _LOOK
        )
        self.remark = TextLabel()
        self.remark.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        box.addWidget(WrappingRow((self.play, self.yes, self.no)))
        box.addWidget(self.remark)
        self._ask(on=False)

    def tell(self, text: str) -> None:
        """Say something about the sample."""
        self.remark.show_text(text)

    def _ask(self, *, on: bool) -> None:
        self.yes.setEnabled(on)
        self.no.setEnabled(on)

    @Slot()
    def _play(self) -> None:
        self.tell(QCoreApplication.translate("SoundPanel", "Did you hear it?"))
        self._ask(on=True)
        self.sample_wished.emit()

    @Slot()
    def _heard(self) -> None:
        self.tell(QCoreApplication.translate("SoundPanel", "Good."))

    @Slot()
    def _missed(self) -> None:
        besides = QCoreApplication.translate("SoundPanel", "Everything is on the screen, too.")
        self.tell(f"{self.remedies}\n{besides}".strip())
