"""The third question: anything on the warning list; signs still open stand there ticked."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QWidget

from itband_gui.journal.entries import Resolution, Sign
from itband_gui.safety.signs import Group, Safety, WarningSign
from itband_gui.ui.check_in.step import Step
from itband_gui.ui.local_time import local_date, short_day_text
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.option_row import OptionRow
from itband_gui.ui.widgets.scroll import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel

TWO_COLUMNS_EM = 62  # width, in letters M, from which the groups stand side by side


class SignsStep(Step):
    """The warning list in its two groups.

    Args:
        safety: the list.
        known: the journal's latest entry on a sign that is open or was agreed on by a clinician;
            it stands ticked with its date, until the user unticks it.
        now: aware; dates of another year are shown with theirs.

    """

    def __init__(self, safety: Safety, known: Mapping[str, Sign], now: datetime) -> None:
        super().__init__(QCoreApplication.translate("CheckIn", "Anything on this list today?"))
        self._safety = safety
        self._known = known
        self._now = now
        self.rows: dict[str, OptionRow] = {}
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, content)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(SPACE["l"])
        self._columns.addWidget(
            self._group(QCoreApplication.translate("CheckIn", "No massage with these"), Group.BLOCK)
        )
        self._columns.addWidget(
            self._group(
                QCoreApplication.translate("CheckIn", "Ask a clinician first with these"), Group.ASK
            )
        )
        self._list = ScrollColumn(content)
        self._seen = False
        self._list.verticalScrollBar().valueChanged.connect(self._look)
        self._list.verticalScrollBar().rangeChanged.connect(self._look)
        self.box.addWidget(self._list, 1)

    @property
    def present(self) -> tuple[WarningSign, ...]:
        """The signs that are ticked."""
        return tuple(sign for sign in self._safety.signs if self.rows[sign.id].box.isChecked())

    @property
    def answered(self) -> bool:
        """No tick is an answer too: none of these."""
        return True

    def turn_page(self) -> bool:
        """Scroll on, until every line has been on the screen."""
        self._look()
        if self._seen:
            return False
        bar = self._list.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        return True

    @Slot()
    def _look(self) -> None:
        """Note that the end of the list is on the screen."""
        if self._seen or not self.isVisible():
            return
        bar = self._list.verticalScrollBar()
        if bar.value() >= bar.maximum():
            self._seen = True
            self.answer_changed.emit()

    @property
    def next_text(self) -> str:
        """What the button that goes on says."""
        if not self._seen and self._list.verticalScrollBar().maximum():
            return QCoreApplication.translate("CheckIn", "The rest of the list (Enter)")
        if self.present:
            return QCoreApplication.translate("CheckIn", "Continue (Enter)")
        return QCoreApplication.translate("CheckIn", "None of these (Enter)")

    def agreed_before(self, sign: WarningSign) -> bool:
        """Whether the journal holds a clinician's agreement on a sign that only asks for it."""
        entry = self._known.get(sign.id)
        return (
            sign.group is Group.ASK
            and entry is not None
            and entry.resolution is Resolution.CLINICIAN_AGREED
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups side by side where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= TWO_COLUMNS_EM * self.fontMetrics().horizontalAdvance("M")
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def _group(self, title: str, group: Group) -> Card:
        card = Card(TextLabel(title, "lead"))
        card.box.setSpacing(0)
        for sign in self._safety.in_group(group):
            row = OptionRow(QCheckBox(), sign.text, self._since(sign))
            row.box.setChecked(sign.id in self._known)
            row.toggled.connect(self.answer_changed)
            self.rows[sign.id] = row
            card.box.addWidget(row)
        card.box.addStretch(1)
        return card

    def _since(self, sign: WarningSign) -> str:
        entry = self._known.get(sign.id)
        if entry is None:
            return ""
        date = short_day_text(local_date(entry.at), local_date(self._now))
        if entry.resolution is Resolution.CLINICIAN_AGREED:
            text = QCoreApplication.translate("CheckIn", "A clinician agreed, {date}.")
        else:
            text = QCoreApplication.translate(
                "CheckIn", "Open since {date}. Untick it once it is over."
            )
        return text.format(date=date)
