"""One line of the warning list: a tick box, and the legs that it concerns."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from itband_gui.leg.names import BOTH, Leg
from itband_gui.safety.open_signs import SignState, StandingSign
from itband_gui.safety.signs import MassageRule, PresentSign, WarningSign
from itband_gui.ui.check_in.step import LEG_KEYS, Legs
from itband_gui.ui.look.keys import is_answer, key_meant
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text.dates import short_day_text
from itband_gui.ui.widgets.choices import Segments
from itband_gui.ui.widgets.layout import OptionRow
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.signs import sign_action
from itband_gui.wording.when import by_today

_GONE = {SignState.UNSEEN, SignState.CLEARING}


class SignRow(QWidget):
    """A sign with a tick box; if it concerns a leg, it asks which once it is ticked.

    Args:
        sign: the line of the list.
        known: the journal's entries of this sign that are not over.
        now: aware; dates in another year are shown with the year.

    """

    changed = Signal()

    def __init__(self, sign: WarningSign, known: Sequence[StandingSign], now: datetime) -> None:
        super().__init__()
        self.sign = sign
        self._preset: Legs = ()
        self._is_preset = False  # the chosen leg comes from the check-in, unchanged
        ticked = [each for each in known if each.standing not in _GONE]
        self._legs_known = _legs_of(ticked) if ticked and sign.leg else ()
        remark = "\n".join(filter(None, [sign.more_likely, *known_remarks(known, now)]))
        self.row = OptionRow(QCheckBox(), sign.text, remark)
        self.box = self.row.box
        self.box.setChecked(bool(ticked))
        self.legs = self._leg_choice()
        self.yes_or_no: Segments[bool] | None = None  # replaces the tick box when asked apart
        self._apart: QWidget | None = None
        self._leg_part = QWidget()
        self._leg_box = QVBoxLayout(self._leg_part)
        self._leg_box.setContentsMargins(self.row.words_x, SPACE["xs"], 0, SPACE["s"])
        self._leg_box.setSpacing(SPACE["xs"])
        self._leg_box.addWidget(TextLabel(_which_leg(), "small"))
        self._leg_box.addWidget(self.legs)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE["xs"], 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.row)
        self._column.addWidget(self._leg_part)
        self._leg_part.setVisible(self.asks_leg)
        self.box.toggled.connect(self._take_tick)

    @property
    def asks_leg(self) -> bool:
        """Whether it is ticked and concerns a leg."""
        return self.sign.leg and self.box.isChecked()

    @property
    def answered(self) -> bool:
        """Whether the line is answered: no tick is an answer, unless it is asked apart."""
        if self._waits_for_a_word:
            return False
        return not self.asks_leg or self.legs.value is not None

    @property
    def present(self) -> PresentSign | None:
        """The sign with its legs, if it is ticked."""
        if not self.box.isChecked():
            return None
        return PresentSign(self.sign, (self.legs.value or ()) if self.sign.leg else ())

    def first_focus(self) -> QWidget:
        """Return the control to answer first."""
        if self.yes_or_no is not None and self._waits_for_a_word:
            return self.yes_or_no.button_for(True)
        if self.asks_leg and self.legs.value is None:
            return self.legs.button_for((Leg.LEFT,))
        return self.box

    @property
    def tab_stops(self) -> list[QWidget]:
        """The tab stops in reading order."""
        choice = self.yes_or_no
        apart: list[QWidget] = [choice.button_for(v) for v in (True, False)] if choice else []
        legs = ((Leg.LEFT,), (Leg.RIGHT,), BOTH)
        return [self.box, *apart, *(self.legs.button_for(each) for each in legs)]

    def preset(self, legs: Legs) -> None:
        """Preset the leg if the check-in is about a single leg; the user can change it."""
        self._preset = legs if len(legs) == 1 else ()
        if self._is_preset and self.legs.value != self._preset:  # another leg was chosen since
            self._fill_in(self._preset)

    def ask_apart(self, *, apart: bool) -> None:
        """Ask with Yes and No, one of which must be chosen, instead of with a tick box."""
        if apart is self.is_apart:
            return
        if self._apart is None:
            self.yes_or_no = self._yes_or_no()
            self._apart = self._words_apart(self.yes_or_no)
            self._column.insertWidget(1, self._apart)
        self.row.setVisible(not apart)
        self._apart.setVisible(apart)
        if apart:  # below Yes and No, at the end of the card
            self._leg_box.setContentsMargins(0, SPACE["s"], 0, 0)
        else:
            self._leg_box.setContentsMargins(self.row.words_x, SPACE["xs"], 0, SPACE["s"])
        if self.yes_or_no is not None:
            self.yes_or_no.clear()
            if self.box.isChecked():
                self.yes_or_no.choose(True)

    @property
    def is_apart(self) -> bool:
        """Whether it is asked with Yes and No."""
        return self._apart is not None and not self._apart.isHidden()

    @property
    def _waits_for_a_word(self) -> bool:
        return self.is_apart and self.yes_or_no is not None and self.yes_or_no.value is None

    def say(self, *, there: bool) -> None:
        """Say whether the sign is there."""
        self.box.setChecked(there)
        if self.yes_or_no is not None:
            self.yes_or_no.choose(there)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let L, R and B choose the leg while the line has the focus."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            legs = LEG_KEYS.get(key_meant(event)) if self.asks_leg else None
            if legs is not None and is_answer(event):
                self.legs.choose(legs)
                return True
        return super().eventFilter(watched, event)

    def _leg_choice(self) -> Segments[Legs]:
        options = {
            (Leg.LEFT,): QCoreApplication.translate("CheckIn", "Left (L)"),
            (Leg.RIGHT,): QCoreApplication.translate("CheckIn", "Right (R)"),
            BOTH: QCoreApplication.translate("CheckIn", "Both (B)"),
        }
        legs: Segments[Legs] = Segments(list(options.items()), _which_leg())
        for value in options:
            legs.button_for(value).setAccessibleDescription(self.sign.text)
            legs.button_for(value).installEventFilter(self)
        if self._legs_known:
            legs.choose(self._legs_known)
        legs.chosen.connect(self._take_legs)
        self.box.installEventFilter(self)
        return legs

    def _yes_or_no(self) -> Segments[bool]:
        choice: Segments[bool] = Segments(
            [
                (True, QCoreApplication.translate("CheckIn", "Yes (Y)")),
                (False, QCoreApplication.translate("CheckIn", "No (N)")),
            ],
            self.sign.text,
        )
        for value in (True, False):
            made = choice.button_for(value)
            made.setAccessibleDescription(self.sign.text)
            made.installEventFilter(self)
        choice.chosen.connect(self.box.setChecked)
        choice.chosen.connect(self.changed)
        return choice

    def _words_apart(self, choice: Segments[bool]) -> QWidget:
        """Return the sign's text with the Yes and No buttons below."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE["s"])
        column.addWidget(TextLabel(self.sign.text))
        remark = self.box.accessibleDescription()
        if remark:
            column.addWidget(TextLabel(remark, "small"))
        column.addWidget(choice)
        return holder

    def _take_tick(self, ticked: bool) -> None:
        if self.sign.leg:
            self._fill_in(self._legs_known or self._preset)
            self._is_preset = ticked and not self._legs_known
        self._leg_part.setVisible(self.asks_leg)
        self.changed.emit()

    def _take_legs(self) -> None:
        self._is_preset = False
        self.changed.emit()

    def _fill_in(self, legs: Legs) -> None:
        """Choose legs, or none, without emitting `changed`."""
        self.legs.blockSignals(True)
        self.legs.clear()
        if legs:
            self.legs.choose(legs)
        self.legs.blockSignals(False)


def _which_leg() -> str:
    return QCoreApplication.translate("CheckIn", "Which leg?")


def _legs_of(known: Sequence[StandingSign]) -> Legs:
    """Return the legs that a sign is on; an entry without a leg counts for both."""
    found = {each.entry.leg for each in known}
    return BOTH if None in found else tuple(leg for leg in Leg if leg in found)


def known_remarks(known: Sequence[StandingSign], now: datetime) -> list[str]:
    """Return what is known about a sign and what its tick means, without repeats."""
    return list(dict.fromkeys(f"{known_fact(e, now)} {_known_hint(e)}".rstrip() for e in known))


def known_fact(sign: StandingSign, now: datetime) -> str:
    """Return since when a sign is known; for a lapsed agreement, ask whether it still holds."""
    entry = sign.entry
    day = entry.resolved or entry.at
    if sign.standing in _GONE:
        text = QCoreApplication.translate("CheckIn", "You said on {date} that it was gone.")
    elif sign.standing is SignState.OPEN:
        day = entry.at
        text = QCoreApplication.translate("CheckIn", "Open since {date}.")
    elif sign.standing is SignState.AGREED:
        text = QCoreApplication.translate("CheckIn", "A clinician agreed on {date}.")
    else:
        text = QCoreApplication.translate(
            "CheckIn", "A clinician agreed on {date}. Is that still the case?"
        )
    return text.format(date=short_day_text(by_today(day.date(), now.date()), now.date()))


def _known_hint(sign: StandingSign) -> str:
    if sign.standing is SignState.UNSEEN:
        return sign_action(sign)
    if sign.standing is SignState.CLEARING:
        return QCoreApplication.translate("CheckIn", "It is too soon for massage.")
    if sign.standing is SignState.OPEN and sign.massage is MassageRule.BLOCK:
        return QCoreApplication.translate("CheckIn", "Untick it if it is gone.")
    if sign.standing in {SignState.OPEN, SignState.AGREED}:
        return QCoreApplication.translate("CheckIn", "Untick it if it no longer applies.")
    return ""
