"""One line of the warning list: the tick, and which leg it is about."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from itband_gui.leg.names import Leg
from itband_gui.safety.screening import Present
from itband_gui.safety.signs import WarningSign
from itband_gui.safety.standing import Standing, StandingSign
from itband_gui.ui.local_time import local_date, short_day_text
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.option_row import OptionRow
from itband_gui.ui.widgets.segments import Segments

Legs = tuple[Leg, ...]
BOTH: Legs = (Leg.LEFT, Leg.RIGHT)
_KEYS: dict[int, Legs] = {
    Qt.Key.Key_L: (Leg.LEFT,),
    Qt.Key.Key_R: (Leg.RIGHT,),
    Qt.Key.Key_B: BOTH,
}


class SignRow(QWidget):
    """A sign with its tick; one that is about a leg asks which, once it is ticked.

    Args:
        sign: the line of the list.
        known: what the journal holds of it that is not over.
        today: the local day.

    """

    changed = Signal()

    def __init__(self, sign: WarningSign, known: Sequence[StandingSign], today: date) -> None:
        super().__init__()
        self.sign = sign
        self._preset: Legs = ()
        ticked = [each for each in known if each.standing is not Standing.UNSEEN]
        remark = "\n".join(filter(None, [sign.more_likely, *_remarks(known, today)]))
        self.row = OptionRow(QCheckBox(), sign.text, remark)
        self.box = self.row.box
        self.box.setChecked(bool(ticked))
        self.legs: Segments[Legs] = Segments(
            [
                ((Leg.LEFT,), QCoreApplication.translate("CheckIn", "Left (L)")),
                ((Leg.RIGHT,), QCoreApplication.translate("CheckIn", "Right (R)")),
                (BOTH, QCoreApplication.translate("CheckIn", "Both (B)")),
            ],
            QCoreApplication.translate("CheckIn", "Which leg?"),
        )
        if ticked and sign.leg:
            self.legs.choose(_legs_of(ticked))
        self.box.toggled.connect(self._take_tick)
        self.box.installEventFilter(self)
        self.legs.chosen.connect(lambda _: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE["xs"], 0, 0)
        column.setSpacing(0)
        column.addWidget(self.row)
        column.addWidget(self.legs)
        self.legs.setContentsMargins(SPACE["xl"], 0, 0, SPACE["s"])
        self.legs.setVisible(self.asks_leg)

    @property
    def asks_leg(self) -> bool:
        """Whether it is ticked and about a leg."""
        return self.sign.leg and self.box.isChecked()

    @property
    def answered(self) -> bool:
        """Whether nothing is left to be said: no tick is an answer."""
        return not self.asks_leg or self.legs.value is not None

    @property
    def present(self) -> Present | None:
        """The sign with its legs, if it is ticked."""
        if not self.box.isChecked():
            return None
        return Present(self.sign, (self.legs.value or ()) if self.sign.leg else ())

    def preset(self, legs: Legs) -> None:
        """Fill in the leg of a check-in that is about one leg; it can be changed."""
        self._preset = legs if len(legs) == 1 else ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let L, R and B say the leg while the tick has the keyboard."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            legs = _KEYS.get(event.key()) if self.asks_leg else None
            if legs is not None and not event.modifiers():
                self.legs.choose(legs)
                return True
        return super().eventFilter(watched, event)

    def _take_tick(self, ticked: bool) -> None:
        self.legs.setVisible(self.asks_leg)
        if ticked and self._preset and self.legs.value is None:
            self.legs.choose(self._preset)
        self.changed.emit()


def _legs_of(known: Sequence[StandingSign]) -> Legs:
    """Return the legs that a sign is on; an entry without a leg is of both."""
    found = {each.entry.leg for each in known}
    return BOTH if None in found else tuple(leg for leg in Leg if leg in found)


def _remarks(known: Sequence[StandingSign], today: date) -> list[str]:
    """Return since when a sign is known, once for all its legs."""
    return list(dict.fromkeys(_remark(each, today) for each in known))


def _remark(sign: StandingSign, today: date) -> str:
    entry = sign.entry
    if sign.standing is Standing.UNSEEN:
        text = QCoreApplication.translate(
            "CheckIn",
            "You said on {date} that it was gone. Have it checked before you run or massage.",
        )
    elif sign.standing is Standing.LAPSED:
        text = QCoreApplication.translate(
            "CheckIn", "A clinician agreed on {date}. Is that still so? You will be asked again."
        )
    elif sign.standing is Standing.AGREED:
        text = QCoreApplication.translate(
            "CheckIn", "A clinician agreed on {date}. Untick it if it no longer applies."
        )
    else:
        text = QCoreApplication.translate("CheckIn", "Open since {date}. Untick it if it is gone.")
        return text.format(date=short_day_text(local_date(entry.at), today))
    return text.format(date=short_day_text(local_date(entry.resolved or entry.at), today))
