"""The form of an activity: which sport, how long, how hard."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from itband_gui.journal.entries import RUN_MINUTES, SCORE, Activity, Sport
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.form import EntryForm, Now
from itband_gui.ui.journal.number_field import NumberField
from itband_gui.ui.journal.run_form import not_given, stepped
from itband_gui.ui.widgets.segments import Segments
from itband_gui.ui.words import sport_name


class ActivityForm(EntryForm):
    """Amends an activity; for a new one, sport, minutes and effort are still to be given."""

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
            return refusals.no_sport()
        if self.minutes.number is None:
            return refusals.no_activity_minutes()
        return refusals.no_activity_effort() if self.effort.number is None else ""

    def told_by_field(self) -> str:
        """Return what a number's own line, or another field, says against what is in it, or ""."""
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
