"""Shows the warning list in a dialog, to tick what is there and untick what is over."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.safety.open_signs import StandingSign
from itband_gui.safety.signs import PresentSign, Safety
from itband_gui.ui.check_in.signs_step import SignsStep
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.dialogs import ask_to_discard
from itband_gui.ui.widgets.text import TextLabel

_SHARE = 0.94  # of the window behind it


class WarningDialog(QDialog):
    """Passes the ticked signs to `keep` when Save is pressed."""

    def __init__(
        self,
        safety: Safety,
        known: Sequence[StandingSign],
        now: datetime,
        keep: Callable[[tuple[PresentSign, ...]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = SignsStep(safety, known, now)
        self.setWindowTitle(self.list.title.text())
        self.save = button(QCoreApplication.translate("Today", "Save"), self.accept, "primary")
        self.save.setDefault(True)
        self.cancel = button(QCoreApplication.translate("Today", "Cancel"), self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)
        self._opened_with = self.list.present
        self.list.answer_changed.connect(self._restyle)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE["s"])
        self.where = TextLabel(name="small")
        foot.addWidget(self.where, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["l"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(self.list, 1)
        box.addLayout(foot)
        self.resize(parent.window().size() * _SHARE)
        self.accepted.connect(lambda: keep(self.list.present))
        first, *_ = self.list.rows.values()
        first.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Save and close once each ticked sign has its leg; else point to the first without."""
        if self.list.answered:
            super().accept()
        else:
            self.list.point_out()

    @Slot()
    def _restyle(self) -> None:
        self.save.setEnabled(self.list.answered)
        self.where.setText("" if self.list.answered else self.list.missing)

    def reject(self) -> None:
        """Close, but ask before discarding changes."""
        if self.list.present == self._opened_with:
            self._discard()
        else:
            question = QCoreApplication.translate("Today", "Discard your changes?")
            ask_to_discard(self, question, self._discard)

    @Slot()
    def _discard(self) -> None:
        super().reject()
