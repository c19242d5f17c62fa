"""The form of a warning sign: on which leg, and whether it is over."""

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from itband_gui.journal.entries import Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import load_safety
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.form import EntryForm, Now
from itband_gui.ui.journal.when_field import WhenField
from itband_gui.ui.widgets.segments import Segments
from itband_gui.ui.words import side_name
from itband_gui.wording.signs import sign_text


class SignForm(EntryForm):
    """Resolves a sign, opens it again, or amends its leg and note."""

    def __init__(self, title: str, sign: Sign, now: Now) -> None:
        super().__init__(title, sign.at, sign.note, now)
        self._sign = sign
        leg = QCoreApplication.translate("SignForm", "Leg")
        state = QCoreApplication.translate("SignForm", "Now it is")
        over = QCoreApplication.translate("SignForm", "Over since")
        self.leg: Segments[Leg | None] = Segments(
            [
                (None, QCoreApplication.translate("SignForm", "Not on a leg")),
                *((each, side_name(each)) for each in Leg),
            ],
            leg,
        )
        self.state: Segments[Resolution | None] = Segments(
            [
                (None, QCoreApplication.translate("SignForm", "Open")),
                (Resolution.GONE, QCoreApplication.translate("SignForm", "Gone")),
                (
                    Resolution.CLINICIAN_AGREED,
                    QCoreApplication.translate("SignForm", "Cleared by a clinician"),
                ),
            ],
            state,
        )
        self.over = WhenField(over, sign.resolved or now(), now)
        self._lay_out(leg, state, over)
        self.leg.choose(sign.leg)
        self.state.choose(sign.resolution)
        self._state_changed()
        self.leg.chosen.connect(self.changed)
        self.state.chosen.connect(self._state_changed)
        self.over.changed.connect(self.changed)

    def missing(self) -> str:
        """Refuse an end before the beginning."""
        if self.state.value is None or self.told_by_field():
            return ""
        return "" if self.over.moment >= self.when.moment else refusals.over_before_it_began()

    def told_by_field(self) -> str:
        """Return what a field that is shown says against what is in it, or ""."""
        over = "" if self.state.value is None else self.over.refusal
        return over or super().told_by_field()

    def entry(self) -> Sign:
        """Return the sign as it stands now."""
        resolution = self.state.value
        return replace(
            self._sign,
            at=self.when.moment,
            leg=self.leg.value,
            resolved=None if resolution is None else self.over.moment,
            resolution=resolution,
            note=self.note.text,
        )

    def first_focus(self) -> QWidget:
        """Start at whether it is over."""
        return self.state.button_for(self.state.value)

    def _lay_out(self, leg: str, state: str, over: str) -> None:
        self.add_words(sign_text(self._sign.sign))
        known = load_safety().sign(self._sign.sign)
        if known is not None:
            self.add_words(known.action)
        self.add_field(state, self.state)
        self._over_group = self.add_field(over, self.over)
        self.add_field(leg, self.leg)
        self.add_when_and_note()

    @Slot()
    def _state_changed(self) -> None:
        over = self.state.value is not None
        self._over_group.setVisible(over)
        self.changed.emit()
