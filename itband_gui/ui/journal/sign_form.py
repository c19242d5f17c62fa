"""The form of a warning sign: on which leg, and whether it is over."""

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from itband_gui.journal.entries import Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import Closing, MassageRule, load_safety
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.form import EntryForm, Now
from itband_gui.ui.journal.when_field import WhenField
from itband_gui.ui.widgets.segments import Segments
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.words import side_name
from itband_gui.wording.signs import sign_text


class SignForm(EntryForm):
    """Resolves a sign, opens it again, or amends its leg and note."""

    def __init__(self, title: str, sign: Sign, now: Now) -> None:
        super().__init__(title, sign.at, sign.note, now)
        self._sign, self._rule = sign, load_safety().sign(sign.sign)
        leg = QCoreApplication.translate("SignForm", "Leg")
        state = QCoreApplication.translate("SignForm", "Now it is")
        over = QCoreApplication.translate("SignForm", "Over since")
        self.leg: Segments[Leg | None] = Segments(
            [*((each, side_name(each)) for each in Leg), (None, self._no_leg_text())], leg
        )
        self.state: Segments[Resolution | None] = Segments(
            [
                (None, QCoreApplication.translate("SignForm", "Open")),
                (Resolution.GONE, self._gone_text()),
                (Resolution.CLINICIAN_AGREED, self._agreed_text()),
            ],
            state,
        )
        self.stays = TextLabel(_stays_text(), "small")
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
        if self._rule is not None:
            self.add_words(self._rule.action)
        self.add_field(state, self.state)
        self.add_reason(self.stays)
        self._over_group = self.add_field(over, self.over)
        leg_group = self.add_field(leg, self.leg)
        # Most signs are not about a leg, and need no answer.
        leg_group.setVisible(self._about_leg or self._sign.leg is not None)
        self.add_when_and_note()

    @property
    def _about_leg(self) -> bool:
        """Whether the list asks for its leg; of a sign that it does not hold nobody knows."""
        return self._rule is None or self._rule.leg

    def _no_leg_text(self) -> str:
        if self._rule is not None and self._rule.leg:
            return QCoreApplication.translate("SignForm", "Both")
        return QCoreApplication.translate("SignForm", "Not on a leg")

    @property
    def _blocks(self) -> bool:
        """Whether it is there or gone; the others are of a kind that applies or no longer does."""
        return self._rule is None or self._rule.massage is MassageRule.BLOCK

    def _gone_text(self) -> str:
        if self._blocks:
            return QCoreApplication.translate("SignForm", "Gone")
        return QCoreApplication.translate("SignForm", "No longer applies")

    def _agreed_text(self) -> str:
        if not self._blocks:
            return QCoreApplication.translate("SignForm", "A clinician agreed")
        return QCoreApplication.translate("SignForm", "Seen by a clinician")

    @Slot()
    def _state_changed(self) -> None:
        over = self.state.value is not None
        self._over_group.setVisible(over)
        must_be_seen = self._rule is not None and self._rule.closes is Closing.SEEN
        self.stays.setVisible(must_be_seen and self.state.value is Resolution.GONE)
        self.changed.emit()


def _stays_text() -> str:
    return QCoreApplication.translate(
        "SignForm",
        "Have it checked before you run or massage: only a clinician’s word closes this one.",
    )
