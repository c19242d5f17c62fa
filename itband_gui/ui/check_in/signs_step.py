"""The third question of the check-in: the warning list, with open signs already ticked."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from itband_gui.insight.questions import BONE_PLACES, BONE_SIGN
from itband_gui.leg.names import Leg, Place
from itband_gui.safety.open_signs import StandingSign
from itband_gui.safety.register import agreed, still_counting
from itband_gui.safety.signs import (
    ClosedBy,
    MassageRule,
    PresentSign,
    RunningRule,
    Safety,
    SignGroup,
    Urgency,
    WarningSign,
)
from itband_gui.ui.check_in.sign_row import SignRow
from itband_gui.ui.check_in.step import CheckInStep
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.widgets.layout import Card, ScrollColumn
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.plain import quoted

TWO_COLUMNS_EM = 62  # width, in letters M, from which the groups are side by side


class SignsStep(CheckInStep):
    """The warning list in four groups, by what to do.

    Args:
        safety: the list.
        known: the journal's signs that are open, agreed to, or gone but still counting; those
            still there are ticked and dated until the user unticks them.
        now: aware; dates in another year are shown with the year.

    """

    def __init__(self, safety: Safety, known: Sequence[StandingSign], now: datetime) -> None:
        super().__init__(QCoreApplication.translate("CheckIn", "Anything on this list today?"))
        self.known = list(known)
        unknown = dict.fromkeys(each.entry.sign for each in known if each.rule is None)
        self._signs = (*safety.signs, *map(_of_a_newer_list, unknown))
        self.now = now
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
    def present(self) -> tuple[PresentSign, ...]:
        """The ticked signs, with their legs."""
        found = (self.rows[sign.id].present for sign in self._signs)
        return tuple(each for each in found if each is not None)

    @property
    def still_counting(self) -> tuple[PresentSign, ...]:
        """The signs that are gone but still count."""
        return tuple(still_counting(self.known, self.present, self.now))

    @property
    def answered(self) -> bool:
        """Whether each ticked sign has its leg; no tick means "none of these"."""
        return self._waiting is None

    @property
    def missing(self) -> str:
        """The question that still needs an answer."""
        waiting = self._waiting
        if waiting is not None and waiting.asks_leg:
            return QCoreApplication.translate("CheckIn", "Which leg?")
        return QCoreApplication.translate("CheckIn", "Yes or no?")

    @property
    def _waiting(self) -> SignRow | None:
        """The first line without an answer."""
        rows = sorted(self.rows.values(), key=lambda row: not row.is_apart)  # shown first
        return next((row for row in rows if not row.answered), None)

    def first_focus(self) -> QWidget | None:
        """Return the question asked apart, if unanswered; elsewhere, no tick is an answer."""
        row = self.rows[BONE_SIGN]
        return row.first_focus() if row.is_apart and not row.answered else None

    def point_out(self) -> None:
        """Move the focus to the first line without an answer."""
        waiting = self._waiting
        if waiting is not None:
            waiting.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_row(waiting)

    def take_key(self, key: int) -> bool:
        """Answer the question asked apart with Y or N."""
        row = self.rows[BONE_SIGN]
        if not row.is_apart or key not in {Qt.Key.Key_Y, Qt.Key.Key_N}:
            return False
        row.say(there=key == Qt.Key.Key_Y)
        row.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def ask_about(self, legs: tuple[Leg, ...], places: Collection[Place]) -> None:
        """Adapt the list to the earlier answers: preset the leg, and ask first about bone pain."""
        for row in self.rows.values():
            row.preset(legs)
        marked = [place for place in Place if place in BONE_PLACES and place in places]
        self.bone.setVisible(bool(marked))
        self._bone_lead.setText(_bone_text(marked))
        row = self.rows[BONE_SIGN]
        home, place = (self.bone.box, 1) if marked else (self._home, self._home_place)
        if home.indexOf(row) < 0:
            row.setParent(None)
            home.insertWidget(place, row)
        row.ask_apart(apart=bool(marked))
        row.show()
        self._order_tabs()
        self.answer_changed.emit()

    def _order_tabs(self) -> None:
        """Put the tab stops in reading order."""
        rows = sorted(self.rows.values(), key=lambda each: not each.is_apart)
        stops = [stop for each in rows for stop in each.tab_stops]
        for earlier, later in pairwise(stops):
            QWidget.setTabOrder(earlier, later)

    def forget(self, present: PresentSign, known: Sequence[StandingSign]) -> None:
        """Untick a sign that is over, and use the journal's new state."""
        self.known = list(known)
        if not present.gone:
            self.rows[present.sign.id].say(there=False)

    def agreed_before(self, present: PresentSign) -> bool:
        """Whether the sign only needs a clinician's agreement, and has one that still counts."""
        asks = present.sign.massage is MassageRule.ASK
        return asks and agreed(present, self.known)

    def turn_page(self) -> bool:
        """Scroll one page, until every line has been on the screen."""
        self._look()
        if self._seen:
            return False
        bar = self._list.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        return True

    @Slot()
    def _look(self) -> None:
        """Note when the end of the list is on the screen."""
        if self._seen or not self.isVisible():
            return
        bar = self._list.verticalScrollBar()
        if bar.value() >= bar.maximum():
            self._seen = True
            self.answer_changed.emit()

    @property
    def next_text(self) -> str:
        """The text of the button that continues."""
        if not self._seen and self._list.verticalScrollBar().maximum():
            return QCoreApplication.translate("CheckIn", "Show the rest (Enter)")
        if self.present:
            return QCoreApplication.translate("CheckIn", "Continue (Enter)")
        return QCoreApplication.translate("CheckIn", "None of these (Enter)")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups side by side if there is room."""
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
                "CheckIn", "Ask a clinician first, or avoid the place"
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
        for sign in self._signs:
            if sign.group is group:
                known = [each for each in self.known if each.entry.sign == sign.id]
                row = SignRow(sign, known, self.now)
                row.changed.connect(self._row_changed)
                self.rows[sign.id] = row
                card.box.addWidget(row)
                if sign.id == BONE_SIGN:
                    self._home, self._home_place = card.box, card.box.count() - 1
        return card

    def _bone_card(self) -> Card:
        """Return the card for the sign that is asked apart when a marked place may be bone pain."""
        self._bone_lead = TextLabel(name="lead")
        card = Card(self._bone_lead, name="warning")
        card.hide()
        return card

    def _show_row(self, row: SignRow) -> None:
        """Scroll to a line after the layout has adapted to its new height."""
        QTimer.singleShot(0, row, lambda: self._list.ensureWidgetVisible(row, 0, SPACE["m"]))

    @Slot()
    def _row_changed(self) -> None:
        row = self.sender()
        if isinstance(row, SignRow) and row.asks_leg and row.isVisible():
            self._show_row(row)
        self.answer_changed.emit()


def _bone_text(marked: Sequence[Place]) -> str:
    """Return why this sign is asked first."""
    if Place.OUTER_HIP not in marked:
        return QCoreApplication.translate(
            "CheckIn", "You marked “Somewhere else”. Please answer this one first:"
        )
    if len(marked) > 1:
        return QCoreApplication.translate(
            "CheckIn", "You marked your outer hip and “Somewhere else”. Please answer this first:"
        )
    return QCoreApplication.translate(
        "CheckIn", "You marked your outer hip. Please answer this one first:"
    )


def _of_a_newer_list(sign_id: str) -> WarningSign:
    """Return a line for a sign in the journal that this list does not have; it blocks."""
    return WarningSign(
        id=sign_id,
        urgency=Urgency.SOON,
        massage=MassageRule.BLOCK,
        running=RunningRule.REST,
        closes=ClosedBy.GONE,
        text=quoted(sign_id),
        action=QCoreApplication.translate(
            "CheckIn",
            "This sign was entered with another version of the program. No massage while it is "
            "there. Ask a clinician if you are not sure.",
        ),
    )
