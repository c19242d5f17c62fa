"""The form of a run: how long, how hard, how far, how sore."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QDoubleSpinBox, QSpinBox, QWidget

from itband_gui.journal.entries import DISTANCE_KM, RUN_MINUTES, SCORE, Run, Span
from itband_gui.ui.journal import refusals
from itband_gui.ui.journal.form import EntryForm, Now
from itband_gui.ui.journal.open_number import OpenNumber
from itband_gui.ui.journal.stepper import Stepper
from itband_gui.ui.widgets.wrapping_row import WrappingRow


class RunForm(EntryForm):
    """Amends a run; for a new one, minutes and effort are still to be given."""

    def __init__(self, title: str, run: Run, now: Now, *, new: bool) -> None:
        super().__init__(title, run.at, run.note, now)
        self._run = run
        self.minutes = _spin(RUN_MINUTES, None if new else run.minutes, _not_given())
        self.minutes.setSuffix(QCoreApplication.translate("RunForm", " min"))
        self.effort = _spin(SCORE, None if new else run.effort, _not_given())
        self.effort.setSuffix(QCoreApplication.translate("RunForm", " of 10"))
        self.distance = QDoubleSpinBox()
        self.distance.setRange(DISTANCE_KM.low, DISTANCE_KM.high)
        self.distance.setSuffix(QCoreApplication.translate("RunForm", " km"))
        OpenNumber(self.distance, _not_noted())
        self.distance.setValue(run.distance_km or 0)
        self._shown_distance = self.distance.value()
        self.worst = _spin(SCORE, run.worst, _not_noted())
        self.worst.setSuffix(QCoreApplication.translate("RunForm", " of 10"))
        self.stride = QCheckBox(QCoreApplication.translate("RunForm", "I changed my stride"))
        self.stride.setChecked(run.changed_stride)
        self._lay_out()
        self.minutes.valueChanged.connect(self.changed)
        self.effort.valueChanged.connect(self.changed)

    def missing(self) -> str:
        """Ask for the minutes, then for the effort."""
        if _given(self.minutes) is None:
            return refusals.no_minutes()
        return refusals.no_effort() if _given(self.effort) is None else ""

    def entry(self) -> Run:
        """Return the run as typed."""
        return Run(
            id=self._run.id,
            rev=self._run.rev,
            at=self.when.moment,
            minutes=self.minutes.value(),
            effort=self.effort.value(),
            distance_km=self._distance(),
            worst=_given(self.worst),
            changed_stride=self.stride.isChecked(),
            note=self.note.text,
        )

    def first_focus(self) -> QWidget:
        """Start at the minutes."""
        return self.minutes

    def _lay_out(self) -> None:
        self.add_row(
            _stepped(QCoreApplication.translate("RunForm", "How long"), self.minutes),
            _stepped(
                QCoreApplication.translate("RunForm", "How hard (10 is all you have)"), self.effort
            ),
        )
        self.add_row(
            _stepped(QCoreApplication.translate("RunForm", "How far"), self.distance),
            _stepped(
                QCoreApplication.translate("RunForm", "Worst soreness while running"), self.worst
            ),
        )
        self.add_field("", WrappingRow([self.stride]))
        self.add_when_and_note()

    def _distance(self) -> float | None:
        """Return the distance; one that was not touched keeps its decimals."""
        value = self.distance.value()
        if value == self._shown_distance:
            return self._run.distance_km
        return value or None


def _spin(span: Span, value: int | None, words: str) -> QSpinBox:
    """Return a field for a number in `span`, or for none, which shows `words`."""
    spin = QSpinBox()
    spin.setRange(span.low - 1, span.high)
    spin.setValue(span.low - 1 if value is None else value)
    OpenNumber(spin, words)
    return spin


def _stepped(name: str, field: QAbstractSpinBox) -> tuple[str, QWidget]:
    return name, Stepper(field, name, field.stepBy)


def _given(spin: QSpinBox) -> int | None:
    return None if spin.value() == spin.minimum() else spin.value()


def _not_given() -> str:
    return QCoreApplication.translate("RunForm", "Not given")


def _not_noted() -> str:
    return QCoreApplication.translate("RunForm", "Not noted")
