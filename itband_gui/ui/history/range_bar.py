"""Choices of what the history shows: how far back, which legs, chart or table."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.days import Range
from itband_gui.leg.names import Leg
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text.words import side_name
from itband_gui.ui.widgets.choices import Segments
from itband_gui.ui.widgets.layout import WrappingRow


class Shape(StrEnum):
    """How the entries are shown."""

    CHART = "chart"
    TABLE = "table"


class RangeBar(QWidget):
    """Three choices side by side; a range can be chosen again after a free zoom."""

    range_chosen = Signal()
    leg_chosen = Signal()
    shape_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ranges: Segments[Range] = Segments(
            [
                (Range.FOUR_WEEKS, QCoreApplication.translate("History", "4 weeks")),
                (Range.THREE_MONTHS, QCoreApplication.translate("History", "3 months")),
                (Range.YEAR, QCoreApplication.translate("History", "1 year")),
                (Range.ALL, QCoreApplication.translate("History", "All")),
            ],
            QCoreApplication.translate("History", "How far back"),
        )
        self.legs: Segments[Leg | None] = Segments(
            [
                (Leg.LEFT, side_name(Leg.LEFT)),
                (Leg.RIGHT, side_name(Leg.RIGHT)),
                (None, QCoreApplication.translate("History", "Both")),
            ],
            QCoreApplication.translate("History", "Which leg"),
        )
        self.shapes: Segments[Shape] = Segments(
            [
                (Shape.CHART, QCoreApplication.translate("History", "Chart")),
                (Shape.TABLE, QCoreApplication.translate("History", "Table")),
            ],
            QCoreApplication.translate("History", "Shown as"),
        )
        shortcut = QCoreApplication.translate("History", "Ctrl+T switches between chart and table")
        for shape in Shape:
            self.shapes.button_for(shape).setToolTip(shortcut)
        self.range = Range.FOUR_WEEKS  # the last one chosen
        self.ranges.choose(self.range)
        self.legs.choose(None)
        self.ranges.chosen.connect(self._take_range)
        self.legs.chosen.connect(self.leg_chosen)
        self.shapes.chosen.connect(self.shape_chosen)
        for choice in (self.ranges, self.legs):
            choice.setContentsMargins(0, 0, SPACE["m"], 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(WrappingRow([self.ranges, self.legs, self.shapes]))

    def _take_range(self, chosen: Range) -> None:
        self.range = chosen
        self.range_chosen.emit()

    @property
    def shown_legs(self) -> tuple[Leg, ...]:
        """The chosen legs."""
        return tuple(Leg) if self.legs.value is None else (self.legs.value,)

    def turn(self) -> None:
        """Switch between chart and table."""
        is_chart = self.shapes.value is Shape.CHART
        self.shapes.choose(Shape.TABLE if is_chart else Shape.CHART)
