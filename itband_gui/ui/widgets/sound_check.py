"""Plays a sample and asks whether it was heard: nothing else can tell."""

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow


class SoundCheck(QWidget):
    """Asks "Did you hear it?"; with No it says what to try.

    `sample_wished` asks for the sample; `answered` carries whether it was heard.
    """

    sample_wished = Signal()
    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.play = button(QCoreApplication.translate("SoundCheck", "Play a sample"), self._play)
        self.yes = button(QCoreApplication.translate("SoundCheck", "I heard it"), self._heard)
        self.no = button(QCoreApplication.translate("SoundCheck", "I heard nothing"), self._missed)
        self.remark = TextLabel()
        self.remark.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        box.addWidget(WrappingRow((self.play, self.yes, self.no)))
        box.addWidget(self.remark)
        self._ask(on=False)

    def tell(self, text: str) -> None:
        """Say what is wrong, in a sentence; nothing for an empty one."""
        self.remark.show_text(text)

    def _ask(self, *, on: bool) -> None:
        self.yes.setEnabled(on)
        self.no.setEnabled(on)

    @Slot()
    def _play(self) -> None:
        self.tell(QCoreApplication.translate("SoundCheck", "Did you hear it?"))
        self._ask(on=True)
        self.sample_wished.emit()

    @Slot()
    def _heard(self) -> None:
        self.tell(QCoreApplication.translate("SoundCheck", "Good."))
        self.answered.emit(True)

    @Slot()
    def _missed(self) -> None:
        self.tell(
            QCoreApplication.translate(
                "SoundCheck",
                "Turn the volume up, here and on the computer, and see that the right loudspeaker "
                "or headphones are chosen. Then try another voice above. “itband-gui doctor” in a "
                "terminal names what is missing. Everything is on the screen, too.",
            )
        )
        self.answered.emit(False)
