"""The forms for each kind of entry."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from itband_gui.journal.entries import (
    DISTANCE_KM,
    RUN_MINUTES,
    SCORE,
    Activity,
    Entry,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
    Sign,
    Sport,
)
from itband_gui.leg.names import Leg, Place
from itband_gui.safety.signs import ClosedBy, MassageRule, load_safety
from itband_gui.ui.journal.date_field import WhenField
from itband_gui.ui.journal.fields import NoteField, NumberField, Stepper
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text import entries
from itband_gui.ui.text.words import moment_name, place_name, side_name, sport_name
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.choices import ChoiceMenu, Segments
from itband_gui.ui.widgets.layout import WrappingRow
from itband_gui.ui.widgets.score_row import ScoreRow, score_of_key
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.signs import sign_text

Now = Callable[[], datetime]


class EntryForm(QWidget):
    """The fields of one entry.

    A subclass adds its own fields, then calls `add_when_and_note`; fields are shown, and reached
    by Tab, in the order in which they were added.
    """

    changed = Signal()

    def __init__(self, title: str, at: datetime, note: str, now: Now) -> None:
        super().__init__()
        self.title = title
        self.when = WhenField(QCoreApplication.translate("EntryForm", "When"), at, now)
        self.note = NoteField(note)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE["xs"], SPACE["xs"], SPACE["s"], SPACE["xs"])
        self._box.setSpacing(SPACE["m"])
        self.when.changed.connect(self.changed)
        self.note.changed.connect(self.changed)

    @property
    def refusal(self) -> str:
        """Why the entry cannot be saved as it is, or ""."""
        return self.missing() or self.told_by_field()

    def missing(self) -> str:
        """Return what the subclass's own fields still lack, or ""."""
        return ""

    def told_by_field(self) -> str:
        """Return the first refusal shown by a field itself, or ""."""
        return self.when.refusal or self.note.refusal

    def entry(self) -> Entry:
        """Return the entry as typed; call it only without a refusal."""
        raise NotImplementedError

    def first_focus(self) -> QWidget:
        """Return the field that gets the focus first."""
        return self.note.editor

    def take_key(self, key: int) -> bool:  # noqa: ARG002 - for subclasses with such keys
        """Handle a single-key answer; return whether it was one."""
        return False

    def add_field(self, name: str, field: QWidget) -> QWidget:
        """Add a field below its name, and return both as one widget."""
        group = _named(name, field)
        self._box.addWidget(group)
        return group

    def add_row(self, *fields: tuple[str, QWidget]) -> None:
        """Add fields side by side if there is room, each below its name."""
        groups = [_named(*each) for each in fields]
        for group in groups:
            group.setContentsMargins(0, 0, SPACE["l"], 0)
        self._box.addWidget(WrappingRow(groups))

    def add_reason(self, label: TextLabel) -> None:
        """Add a line that shows why a field above is refused."""
        self._box.addWidget(label)

    def add_words(self, text: str) -> None:
        """Add a sentence of read-only text."""
        self._box.addWidget(TextLabel(text))

    def add_when_and_note(self) -> None:
        """Add the fields that every entry has."""
        self.add_field(QCoreApplication.translate("EntryForm", "When"), self.when)
        self.add_field(QCoreApplication.translate("EntryForm", "Note"), self.note)
        self._box.addStretch(1)


def _named(name: str, field: QWidget) -> QWidget:
    group = QWidget()
    box = QVBoxLayout(group)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(SPACE["xs"])
    if name:
        box.addWidget(TextLabel(name, "small", wrap=False))
    box.addWidget(field)
    return group


class PlainForm(EntryForm):
    """Amend time and note; what was done in a session cannot be changed."""

    def __init__(self, title: str, entry: RestDay | Session, words: str, now: Now) -> None:
        super().__init__(title, entry.at, entry.note, now)
        self._entry = entry
        if words:
            self.add_words(words)
        self.add_when_and_note()

    def entry(self) -> RestDay | Session:
        """Return the entry with its time and note as typed."""
        return replace(self._entry, at=self.when.moment, note=self.note.text)


class RatingForm(EntryForm):
    """Amend a rating; a new one starts without leg and score."""

    def __init__(self, title: str, rating: Rating, now: Now, *, new: bool) -> None:
        super().__init__(title, rating.at, rating.note, now)
        self._rating = rating
        leg = QCoreApplication.translate("RatingForm", "Leg")
        score = QCoreApplication.translate("RatingForm", "How sore")
        moment = QCoreApplication.translate("RatingForm", "Moment")
        self.leg = Segments([(each, side_name(each)) for each in Leg], leg)
        self.score = ScoreRow(score)
        self.moment = ChoiceMenu([(each, moment_name(each)) for each in Moment], moment)
        self.places = {place: _place_button(place) for place in Place}
        self.add_row((leg, self.leg), (moment, self.moment))
        self.add_field(score, self.score)
        where = QCoreApplication.translate("RatingForm", "Where, if you can tell")
        self.add_field(where, WrappingRow(self.places.values()))
        self.add_when_and_note()
        self._fill(rating, new=new)
        self.leg.chosen.connect(self.changed)
        self.score.rated.connect(self.changed)

    def missing(self) -> str:
        """Ask for the leg, then for the score."""
        if self.leg.value is None:
            return entries.no_leg()
        return entries.no_score() if self.score.score is None else ""

    def entry(self) -> Rating:
        """Return the rating as typed."""
        leg, score = self.leg.value, self.score.score
        assert leg is not None  # noqa: S101 - not called while `missing` asks for it
        assert score is not None  # noqa: S101 - not called while `missing` asks for it
        return Rating(
            id=self._rating.id,
            rev=self._rating.rev,
            at=self.when.moment,
            leg=leg,
            moment=self.moment.value,
            score=score,
            places=tuple(place for place, made in self.places.items() if made.isChecked()),
            session=self._rating.session,
            note=self.note.text,
        )

    def first_focus(self) -> QWidget:
        """Start at the leg."""
        return self.leg.button_for(self.leg.value or Leg.LEFT)

    def take_key(self, key: int) -> bool:
        """Rate with 0 to 9, and X for 10, while the score or the leg has the focus.

        Anywhere else, a stray digit could change the score unnoticed.
        """
        score = score_of_key(key) if self._at_score() else None
        if score is not None:
            self.score.rate(score)
        return score is not None

    def _at_score(self) -> bool:
        focus = self.window().focusWidget()
        return focus is None or any(part.isAncestorOf(focus) for part in (self.leg, self.score))

    def _fill(self, rating: Rating, *, new: bool) -> None:
        self.moment.choose(rating.moment)
        for place in rating.places:
            self.places[place].setChecked(True)
        if not new:
            self.leg.choose(rating.leg)
            self.score.rate(rating.score)


def _place_button(place: Place) -> QPushButton:
    made = button(place_name(place), name="place")
    made.setCheckable(True)
    return made


class RunForm(EntryForm):
    """Amend a run; a new one starts without minutes and effort."""

    def __init__(self, title: str, run: Run, now: Now, *, new: bool) -> None:
        super().__init__(title, run.at, run.note, now)
        self._run = run
        self.minutes = NumberField(
            QCoreApplication.translate("RunForm", "How long"),
            RUN_MINUTES,
            None if new else run.minutes,
            not_given(),
        )
        self.effort = NumberField(
            QCoreApplication.translate("RunForm", "How hard"),
            SCORE,
            None if new else run.effort,
            not_given(),
        )
        self.distance = NumberField(
            QCoreApplication.translate("RunForm", "How far"),
            DISTANCE_KM,
            run.distance_km,
            _not_noted(),
            decimals=True,
        )
        self._shown_distance = self.distance.text()
        self.worst = NumberField(
            QCoreApplication.translate("RunForm", "Worst soreness while running"),
            SCORE,
            run.worst,
            _not_noted(),
        )
        self.stride = QCheckBox(QCoreApplication.translate("RunForm", "I changed my stride"))
        self.stride.setChecked(run.changed_stride)
        self._lay_out()
        for field in self._numbers:
            field.changed.connect(self.changed)

    @property
    def _numbers(self) -> tuple[NumberField, ...]:
        return self.minutes, self.effort, self.distance, self.worst

    def missing(self) -> str:
        """Ask for the minutes, then for the effort."""
        if self.told_by_field():
            return ""
        if self.minutes.number is None:
            return entries.no_minutes()
        return entries.no_effort() if self.effort.number is None else ""

    def told_by_field(self) -> str:
        """Return the first refusal shown by a field itself, or ""."""
        refused = (field.refusal for field in self._numbers if field.refusal)
        return next(refused, "") or super().told_by_field()

    def entry(self) -> Run:
        """Return the run as typed."""
        worst = self.worst.number
        return Run(
            id=self._run.id,
            rev=self._run.rev,
            at=self.when.moment,
            minutes=int(self.minutes.number or 0),
            effort=int(self.effort.number or 0),
            distance_km=self._distance(),
            worst=None if worst is None else int(worst),
            changed_stride=self.stride.isChecked(),
            note=self.note.text,
        )

    def first_focus(self) -> QWidget:
        """Start at the minutes."""
        return self.minutes

    def _lay_out(self) -> None:
        minutes = QCoreApplication.translate("RunForm", "How long (minutes)")
        effort = QCoreApplication.translate("RunForm", "How hard (0 is rest, 10 is all out)")
        distance = QCoreApplication.translate("RunForm", "How far (km)")
        worst = QCoreApplication.translate("RunForm", "Worst soreness while running (0 to 10)")
        self.add_row(stepped(minutes, self.minutes), stepped(effort, self.effort))
        self.add_reason(self.minutes.reason)
        self.add_reason(self.effort.reason)
        self.add_row(stepped(distance, self.distance), stepped(worst, self.worst))
        self.add_reason(self.distance.reason)
        self.add_reason(self.worst.reason)
        self.add_field("", WrappingRow([self.stride]))
        self.add_when_and_note()

    def _distance(self) -> float | None:
        """Return the distance; if untouched, it keeps all its decimals."""
        if self.distance.text() == self._shown_distance:
            return self._run.distance_km
        return self.distance.number or None


def stepped(name: str, field: NumberField) -> tuple[str, QWidget]:
    """Return a number field's name, and the field between its step buttons."""
    return name, Stepper(field, name, field.step)


def not_given() -> str:
    """Return the placeholder of a required number."""
    return QCoreApplication.translate("RunForm", "Required")


def _not_noted() -> str:
    return QCoreApplication.translate("RunForm", "Optional")


class SignForm(EntryForm):
    """Resolve a sign, reopen it, or amend its leg and note."""

    def __init__(self, title: str, sign: Sign, now: Now) -> None:
        super().__init__(title, sign.at, sign.note, now)
        self._sign, self._rule = sign, load_safety().sign(sign.sign)
        leg = QCoreApplication.translate("SignForm", "Leg")
        state = QCoreApplication.translate("SignForm", "Status")
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
        return "" if self.over.moment >= self.when.moment else entries.over_before_it_began()

    def told_by_field(self) -> str:
        """Return the first refusal shown by a visible field itself, or ""."""
        over = "" if self.state.value is None else self.over.refusal
        return over or super().told_by_field()

    def entry(self) -> Sign:
        """Return the sign as entered."""
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
        """Start at the status."""
        return self.state.button_for(self.state.value)

    def _lay_out(self, leg: str, state: str, over: str) -> None:
        self.add_words(sign_text(self._sign.sign))
        if self._rule is not None:
            self.add_words(self._rule.action)
        self.add_field(state, self.state)
        self.add_reason(self.stays)
        self._over_group = self.add_field(over, self.over)
        leg_group = self.add_field(leg, self.leg)
        # Most signs do not belong to a leg.
        leg_group.setVisible(self._about_leg or self._sign.leg is not None)
        self.add_when_and_note()

    @property
    def _about_leg(self) -> bool:
        """Whether the list asks for the sign's leg; true if the list lacks the sign."""
        return self._rule is None or self._rule.leg

    def _no_leg_text(self) -> str:
        if self._rule is not None and self._rule.leg:
            return QCoreApplication.translate("SignForm", "Both")
        return QCoreApplication.translate("SignForm", "Not on a leg")

    @property
    def _blocks(self) -> bool:
        """Whether the sign blocks massage: it is there or gone; others apply or no longer do."""
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
        must_be_seen = self._rule is not None and self._rule.closes is ClosedBy.SEEN
        self.stays.setVisible(must_be_seen and self.state.value is Resolution.GONE)
        self.changed.emit()


def _stays_text() -> str:
    return QCoreApplication.translate(
        "SignForm",
        "Have it checked before you run or massage: only a clinician can clear this one.",
    )


class ActivityForm(EntryForm):
    """Amend an activity; a new one starts without sport, minutes and effort."""

    def __init__(self, title: str, activity: Activity, now: Now, *, new: bool) -> None:
        super().__init__(title, activity.at, activity.note, now)
        self._activity = activity
        sport = QCoreApplication.translate("ActivityForm", "Which sport")
        self.sport = Segments([(each, sport_name(each)) for each in Sport], sport)
        self.minutes = NumberField(
            QCoreApplication.translate("ActivityForm", "How long"),
            RUN_MINUTES,
            None if new else activity.minutes,
            not_given(),
        )
        self.effort = NumberField(
            QCoreApplication.translate("ActivityForm", "How hard"),
            SCORE,
            None if new else activity.effort,
            not_given(),
        )
        if not new:
            self.sport.choose(activity.sport)
        minutes = QCoreApplication.translate("ActivityForm", "How long (minutes)")
        effort = QCoreApplication.translate("ActivityForm", "How hard (0 is rest, 10 is all out)")
        self.add_field(sport, self.sport)
        self.add_row(stepped(minutes, self.minutes), stepped(effort, self.effort))
        self.add_reason(self.minutes.reason)
        self.add_reason(self.effort.reason)
        self.add_when_and_note()
        self.sport.chosen.connect(self.changed)
        self.minutes.changed.connect(self.changed)
        self.effort.changed.connect(self.changed)

    def missing(self) -> str:
        """Ask for the sport, then for the minutes, then for the effort."""
        if self.told_by_field():
            return ""
        if self.sport.value is None:
            return entries.no_sport()
        if self.minutes.number is None:
            return entries.no_activity_minutes()
        return entries.no_activity_effort() if self.effort.number is None else ""

    def told_by_field(self) -> str:
        """Return the first refusal shown by a field itself, or ""."""
        return self.minutes.refusal or self.effort.refusal or super().told_by_field()

    def entry(self) -> Activity:
        """Return the activity as typed."""
        return Activity(
            id=self._activity.id,
            rev=self._activity.rev,
            at=self.when.moment,
            sport=self.sport.value or self._activity.sport,
            minutes=int(self.minutes.number or 0),
            effort=int(self.effort.number or 0),
            note=self.note.text,
        )

    def first_focus(self) -> QWidget:
        """Start at the sport."""
        return self.sport.button_for(self.sport.value or Sport.STRENGTH)
