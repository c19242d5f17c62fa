"""The form of a run: how long, how hard, how far, how sore."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from itband_gui.journal.entries import DISTANCE_KM, RUN_MINUTES, SCORE, Run
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.form import EntryForm, Now
from itband_gui.ui.journal.number_field import NumberField
from itband_gui.ui.journal.stepper import Stepper
from itband_gui.ui.widgets.wrapping_row import WrappingRow


class RunForm(EntryForm):
    """Amends a run; for a new one, minutes and effort are still to be given."""

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
            return refusals.no_minutes()
        return refusals.no_effort() if self.effort.number is None else ""

    def told_by_field(self) -> str:
        """Return what a number's own line, or another field, says against what is in it, or ""."""
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
        """Return the distance; one that was not touched keeps its decimals."""
        if self.distance.text() == self._shown_distance:
            return self._run.distance_km
        return self.distance.number or None


def stepped(name: str, field: NumberField) -> tuple[str, QWidget]:
    """Return a number with its arrows, under its name."""
    return name, Stepper(field, name, field.step)


def not_given() -> str:
    """Return what stands in a number that is still to be given."""
    return QCoreApplication.translate("RunForm", "Not given")


def _not_noted() -> str:
    return QCoreApplication.translate("RunForm", "Not noted")
