"""A user who reads the history page with keys and clicks."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.journal.entries import Entry, Moment
from itband_gui.leg.names import Leg
from itband_gui.ui.history.chart import Chart
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.history.view import HistoryView
from itband_gui.ui.services.journal_link import JournalLink

CTRL = Qt.KeyboardModifier.ControlModifier


def hover(widget: QWidget, at: QPoint) -> None:
    """Move the pointer to a position in a widget, with no button pressed.

    Through the widget's own window: `QTest.mouseMove` of a widget moves the platform's cursor
    instead, which tells whichever window it finds there, such as one of another test. The release
    comes first because `QTest.mouseDClick` of a widget, in any test before, leaves its button held.
    """
    window = widget.window()
    place, handle = widget.mapTo(window, at), window.windowHandle()
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 0))
    for step in (place + QPoint(1, 1), place):  # the pointer may already be there
        QTest.mouseMove(handle, step)
    QCoreApplication.processEvents()


class Reader:
    """A user of the history page: keys go to the focused widget, clicks to a position."""

    def __init__(self, page: HistoryPage, link: JournalLink) -> None:
        self.page = page
        self.link = link

    @property
    def view(self) -> HistoryView:
        return self.page.view

    @property
    def chart(self) -> Chart:
        chart = self.view.card.chart
        assert chart is not None
        return chart

    @property
    def reads(self) -> str:
        """The line above the chart or the table."""
        return self.view.card.reading.text()

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def settle(self) -> None:
        """Process events until nothing more happens."""
        QCoreApplication.processEvents()
        self.view.settle()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents()  # layouts and the events that they post

    def press(
        self, *names: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        for name in names:
            QTest.keyClick(self.focus, getattr(Qt.Key, f"Key_{name}"), modifier)
            self.settle()

    def tab_to(self, wanted: QWidget) -> None:
        """Press Tab until a widget has the focus."""
        for _ in range(60):
            if self.focus is wanted:
                return
            self.press("Tab")
        raise AssertionError(f"Tab never came to {wanted}")

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        assert widget.isVisible()
        where = widget.rect().center() if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
        self.settle()

    def hover(self, at: QPoint) -> None:
        """Move the pointer to a position in the chart's viewport."""
        hover(self.chart.viewport(), at)
        self.settle()

    def double_click(self, at: QPoint) -> None:
        """Double-click a position in the chart's viewport."""
        place = self.chart.viewport().mapTo(self.page, at)
        QTest.mouseDClick(self.page.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        self.settle()

    def drag(self, start: QPoint, way: QPoint) -> None:
        """Drag the chart from a position in its viewport with the left button."""
        window, button = self.page.windowHandle(), Qt.MouseButton.LeftButton
        place = self.chart.viewport().mapTo(self.page, start)
        QTest.mousePress(window, button, pos=place)
        for part in (0.3, 0.6, 1.0):
            QTest.mouseMove(window, place + way * part)
        QTest.mouseRelease(window, button, pos=place + way)
        self.settle()

    def tab_round(self) -> list[QWidget]:
        """Press Tab from the first range until it comes back; return the focused widgets."""
        first = self.focus
        seen = [first]
        self.press("Tab")
        while self.focus is not first:
            seen.append(self.focus)
            self.press("Tab")
            assert len(seen) < 60
        return seen

    def spot(self, leg: Leg | None, x: float, y: float) -> QPoint:
        """Return the position in the chart's viewport of a point on a pane's axes."""
        pane = self.chart.strip if leg is None else self.chart.ratings[leg]
        found: QPointF = pane.view.mapViewToScene(QPointF(x, y))
        return found.toPoint()

    def drawn_points(self, leg: Leg, moment: Moment) -> list[tuple[float, float]]:
        xs, ys = self.chart.ratings[leg].points[moment].getData()
        return list(zip(xs.tolist(), ys.tolist(), strict=True))

    def drawn_line(self, leg: Leg, moment: Moment) -> list[tuple[float, float]]:
        """Return a median as drawn; a gap is not a number."""
        xs, ys = self.chart.ratings[leg].lines[moment].getOriginalDataset()
        return [] if xs is None else list(zip(xs.tolist(), ys.tolist(), strict=True))

    def table_rows(self) -> list[tuple[str, ...]]:
        model = self.view.card.model
        return [
            tuple(model.index(row, column).data() for column in range(model.columnCount()))
            for row in range(model.rowCount())
        ]


ReadHistory = Callable[[Iterable[Entry]], Reader]
