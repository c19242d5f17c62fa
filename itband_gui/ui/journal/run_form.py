"""The form of a run: how long, how hard, how far, how sore."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QSpinBox, QWidget

from itband_gui.journal.entries import DISTANCE_KM, RUN_MINUTES, SCORE, Run
from itband_gui.ui.journal.form import EntryForm, Now
from itband_gui.ui.journal.stepper import Stepper
from itband_gui.ui.widgets.wrapping_row import WrappingRow

_UNKNOWN = -1  # below every score: "not noted"


class RunForm(EntryForm):
    """Amends a run, or describes a new one."""

    def __init__(self, title: str, run: Run, now: Now) -> None:
        super().__init__(title, run.at, run.note, now)
        self._run = run
        self.minutes = _spin(RUN_MINUTES.low, RUN_MINUTES.high, run.minutes)
        self.minutes.setSuffix(QCoreApplication.translate("RunForm", " min"))
        self.effort = _spin(SCORE.low, SCORE.high, run.effort)
        self.effort.setSuffix(QCoreApplication.translate("RunForm", " of 10"))
        self.distance = QDoubleSpinBox()
        self.distance.setRange(DISTANCE_KM.low, DISTANCE_KM.high)
        self.distance.setSuffix(QCoreApplication.translate("RunForm", " km"))
        self.distance.setSpecialValueText(QCoreApplication.translate("RunForm", "Not noted"))
        self.distance.setValue(run.distance_km or 0)
        self._shown_distance = self.distance.value()
        self.worst = _spin(_UNKNOWN, SCORE.high, _UNKNOWN if run.worst is None else run.worst)
        self.worst.setSuffix(QCoreApplication.translate("RunForm", " of 10"))
        self.worst.setSpecialValueText(QCoreApplication.translate("RunForm", "Not noted"))
        self.stride = QCheckBox(QCoreApplication.translate("RunForm", "I changed my stride"))
        self.stride.setChecked(run.changed_stride)
        self._lay_out()

    def entry(self) -> Run:
        """Return the run as typed."""
        worst = self.worst.value()
        return Run(
            id=self._run.id,
            rev=self._run.rev,
            at=self.when.moment,
            minutes=self.minutes.value(),
            effort=self.effort.value(),
            distance_km=self._distance(),
            worst=None if worst == _UNKNOWN else worst,
            changed_stride=self.stride.isChecked(),
            note=self.note.text,
        )

    def first_focus(self) -> QWidget:
        """Start at the minutes."""
        return self.minutes

    def _lay_out(self) -> None:
        for name, field in (
            (QCoreApplication.translate("RunForm", "How long"), self.minutes),
            (QCoreApplication.translate("RunForm", "How hard (10 is all you have)"), self.effort),
            (QCoreApplication.translate("RunForm", "How far"), self.distance),
            (QCoreApplication.translate("RunForm", "Worst soreness while running"), self.worst),
        ):
            self.add_field(name, WrappingRow([Stepper(field, name, field.stepBy)]))
        self.add_field("", WrappingRow([self.stride]))
        self.add_when_and_note()

    def _distance(self) -> float | None:
        """Return the distance; one that was not touched keeps its decimals."""
        value = self.distance.value()
        if value == self._shown_distance:
            return self._run.distance_km
        return value or None


def _spin(low: int, high: int, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(low, high)
    spin.setValue(value)
    return spin
