"""The third question: anything on the warning list; signs still open stand there ticked."""

from collections.abc import Collection, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from itband_gui.insight.due import BONE_PLACES, BONE_SIGN
from itband_gui.leg.names import Leg, Place
from itband_gui.safety.register import agreed, unseen
from itband_gui.safety.screening import Present
from itband_gui.safety.signs import MassageRule, Safety, SignGroup
from itband_gui.safety.standing import StandingSign
from itband_gui.ui.check_in.sign_row import SignRow
from itband_gui.ui.check_in.step import Step
from itband_gui.ui.local_time import local_date
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.scroll import ScrollColumn
from itband_gui.ui.widgets.segments import Segments
from itband_gui.ui.widgets.text import TextLabel

TWO_COLUMNS_EM = 62  # width, in letters M, from which the groups stand side by side


class SignsStep(Step):
    """The warning list, in four groups by what it asks for.

    Args:
        safety: the list.
        known: the journal's signs that are open, agreed to, or gone and not yet seen; those that
            are there stand ticked with their date, until the user unticks them.
        now: aware; dates of another year are shown with theirs.

    """

    def __init__(self, safety: Safety, known: Sequence[StandingSign], now: datetime) -> None:
        super().__init__(QCoreApplication.translate("CheckIn", "Anything on this list today?"))
        self._safety = safety
        self.known = list(known)
        self._now = now
        self.rows: dict[str, SignRow] = {}
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE["l"])
        self._groups = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._groups.setSpacing(SPACE["l"])
        self._lay_out_groups()
        self.bone = self._bone_card()
        column.addWidget(self.bone)
        column.addLayout(self._groups)
        column.addStretch(1)
        self._list = ScrollColumn(content)
        self._seen = False
        self._list.verticalScrollBar().valueChanged.connect(self._look)
        self._list.verticalScrollBar().rangeChanged.connect(self._look)
        self.box.addWidget(self._list, 1)

    @property
    def present(self) -> tuple[Present, ...]:
        """The signs that are ticked, with their legs."""
        found = (self.rows[sign.id].present for sign in self._safety.signs)
        return tuple(each for each in found if each is not None)

    @property
    def unseen(self) -> tuple[Present, ...]:
        """The signs that are gone and that a clinician has yet to look at."""
        return tuple(unseen(self.known, self.present))

    @property
    def answered(self) -> bool:
        """Whether each tick has its leg; no tick is an answer too: none of these."""
        asked = self.bone.isHidden() or self.bone_answer.value is not None
        return asked and all(row.answered for row in self.rows.values())

    @property
    def missing(self) -> str:
        """The question that is still open."""
        if not all(row.answered for row in self.rows.values()):
            return QCoreApplication.translate("CheckIn", "Which leg is it?")
        return QCoreApplication.translate("CheckIn", "Answer the first question, please.")

    def ask_about(self, legs: tuple[Leg, ...], places: Collection[Place]) -> None:
        """Fit the list to the answers before it: the leg, and places that may be a bone's."""
        for row in self.rows.values():
            row.preset(legs)
        marked = bool(BONE_PLACES & set(places))
        self.bone.setVisible(marked)
        row = self.rows[BONE_SIGN]
        home = self.bone.box if marked else self._home
        if home.indexOf(row) < 0:
            row.setParent(None)
            home.insertWidget(1 if marked else self._home_place, row)
        row.row.setVisible(not marked)
        row.show()
        self.answer_changed.emit()

    def forget(self, sign_id: str, known: Sequence[StandingSign]) -> None:
        """Untick a sign that is over, and go by what the journal now knows."""
        self.known = list(known)
        self.rows[sign_id].box.setChecked(False)

    def agreed_before(self, present: Present) -> bool:
        """Whether a clinician's agreement on a sign that only asks for it still counts."""
        asks = present.sign.massage is MassageRule.ASK
        return asks and agreed(present, self.known)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups side by side where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= TWO_COLUMNS_EM * self.fontMetrics().horizontalAdvance("M")
        direction = QBoxLayout.Direction
        self._groups.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def _lay_out_groups(self) -> None:
        titles = {
            SignGroup.NOW: QCoreApplication.translate("CheckIn", "Call for help now"),
            SignGroup.TODAY: QCoreApplication.translate("CheckIn", "Get help today"),
            SignGroup.WAIT: QCoreApplication.translate("CheckIn", "No massage for now"),
            SignGroup.ASK: QCoreApplication.translate(
                "CheckIn", "Ask first, or leave the place out"
            ),
        }
        for groups in ((SignGroup.NOW, SignGroup.TODAY), (SignGroup.WAIT, SignGroup.ASK)):
            side = QVBoxLayout()
            side.setSpacing(SPACE["l"])
            for group in groups:
                side.addWidget(self._group(titles[group], group))
            side.addStretch(1)
            self._groups.addLayout(side, 1)

    def _group(self, title: str, group: SignGroup) -> Card:
        card = Card(TextLabel(title, "lead"), name="warning" if group is SignGroup.NOW else "card")
        card.box.setSpacing(0)
        today = local_date(self._now)
        for sign in self._safety.signs:
            if sign.group is group:
                known = [each for each in self.known if each.entry.sign == sign.id]
                row = SignRow(sign, known, today)
                row.changed.connect(self.answer_changed)
                self.rows[sign.id] = row
                card.box.addWidget(row)
                if sign.id == BONE_SIGN:
                    self._home, self._home_place = card.box, card.box.count() - 1
        return card

    def _bone_card(self) -> Card:
        """Return the question that is asked apart where a marked place may be a bone's."""
        lead = TextLabel(
            QCoreApplication.translate(
                "CheckIn", "You marked the outer hip or somewhere else. Is it this?"
            ),
            "lead",
        )
        sign = self._safety.sign(BONE_SIGN)
        self.bone_answer: Segments[bool] = Segments(
            [
                (True, QCoreApplication.translate("CheckIn", "Yes")),
                (False, QCoreApplication.translate("CheckIn", "No")),
            ],
            lead.text(),
        )
        box = self.rows[BONE_SIGN].box
        if box.isChecked():
            self.bone_answer.choose(True)
        self.bone_answer.chosen.connect(box.setChecked)
        self.bone_answer.chosen.connect(self.answer_changed)
        card = Card(lead, name="warning")
        if sign is not None:
            card.box.addWidget(TextLabel(sign.text))
            card.box.addWidget(TextLabel(sign.more_likely, "small"))
        card.box.addWidget(self.bone_answer)
        card.hide()
        return card
