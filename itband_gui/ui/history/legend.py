"""The legend: each series with its mark, to be switched on and off, and what the lines are."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget

from itband_gui.journal.entries import Moment
from itband_gui.ui.history.marks import MARKS, icon
from itband_gui.ui.style import SPACE, Appearance
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow
from itband_gui.ui.words import moment_name


class Legend(QWidget):
    """One box a series; all on at first."""

    changed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.boxes = {moment: QCheckBox(moment_name(moment)) for moment in MARKS}
        for box in self.boxes.values():
            box.setChecked(True)
            box.toggled.connect(self.changed)
            box.setParent(self)
            box.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE["xs"])
        self.lines = TextLabel(name="small")
        self._column.addWidget(self.lines)
        self._offered: Collection[Moment] = ()
        self._row: WrappingRow | None = None
        appearance.changed.connect(self._take_theme)
        self._take_theme()

    @property
    def wanted(self) -> frozenset[Moment]:
        """The series that are on."""
        return frozenset(moment for moment, box in self.boxes.items() if box.isChecked())

    def offer(self, moments: Collection[Moment]) -> None:
        """Show only the series that there is anything of."""
        offered = [moment for moment in self.boxes if moment in moments]
        if offered == self._offered:
            return
        self._offered = offered
        for moment, box in self.boxes.items():
            box.setParent(self)
            box.setVisible(moment in offered)
        if self._row is not None:
            self._column.removeWidget(self._row)
            self._row.deleteLater()
        self._row = WrappingRow([self.boxes[moment] for moment in offered])
        for moment in offered:
            self.boxes[moment].show()
        self._column.insertWidget(0, self._row)

    def tell_lines(self, *, by_month: bool) -> None:
        """Say what the lines are the medians of."""
        if by_month:
            text = QCoreApplication.translate(
                "HistoryLegend",
                "Points: ratings. Lines: medians of calendar months; closer than two years, of 7 "
                "days. Bars: minutes × effort, filled for runs, hollow for activities.",
            )
        else:
            text = QCoreApplication.translate(
                "HistoryLegend",
                "Points: ratings. Lines: medians of 7 days. Bars: minutes × effort, filled for "
                "runs, hollow for activities.",
            )
        self.lines.setText(text)

    @Slot()
    def _take_theme(self) -> None:
        high = QFontMetrics(QApplication.font()).height()
        for moment, box in self.boxes.items():
            box.setIcon(icon(MARKS[moment], self._appearance.theme))
            box.setIconSize(QSize(round(high * 2.4), high))
