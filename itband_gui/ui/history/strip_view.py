"""A strip that scrolls sideways where it must, with what it reads below it."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from itband_gui.ui.history.column_strip import ColumnStrip
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.text import TextLabel


class StripView(QWidget):
    """Shows a strip, its legend, and in words the column that is pointed at.

    `lines` are kept free for the words, so that nothing below moves with them.
    """

    def __init__(self, strip: ColumnStrip, lines: int = 1) -> None:
        super().__init__()
        self.strip = strip
        self._lines = lines
        self.legend = TextLabel(name="small")
        self.reading = TextLabel()
        self._scroll = _SidewaysScroll(strip)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        for widget in (self.legend, self._scroll, self.reading):
            box.addWidget(widget)
        strip.pointed.connect(self._read)

    def show_legend(self, legend: str) -> None:
        """Begin with what was just given to the strip, at its newest end."""
        self.legend.setText(
            QCoreApplication.translate(
                "StripView", "{legend}. Point at one, or use the arrow keys, to read it."
            ).format(legend=legend)
        )
        self.reading.clear()
        self.reading.setMinimumHeight(self._lines * self.fontMetrics().lineSpacing())
        self._scroll.to_the_end()

    @Slot(int)
    def _read(self, index: int) -> None:
        self.reading.setText(self.strip.reading)
        self._scroll.bring_into_sight(index)


class _SidewaysScroll(QScrollArea):
    """As high as its strip."""

    def __init__(self, strip: ColumnStrip) -> None:
        super().__init__()
        self._strip = strip
        self._at_end = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setWidget(strip)
        scroll_by_finger(self)
        self.horizontalScrollBar().rangeChanged.connect(self._keep_end)

    def to_the_end(self) -> None:
        """Show the newest, also once the strip has its new size."""
        self._at_end = True
        self._keep_end()

    def bring_into_sight(self, index: int) -> None:
        """Scroll to a column."""
        self._at_end = False
        column = self._strip.column(index)
        self.ensureVisible(round(column.center().x()), 0, round(column.width()), 0)

    @Slot()
    def _keep_end(self) -> None:
        self.updateGeometry()  # the bar takes room only where there is something to scroll
        bar = self.horizontalScrollBar()
        if self._at_end:
            bar.setValue(bar.maximum())

    def sizeHint(self) -> QSize:
        """Ask for the strip's height, and the bar's while there is one."""
        hint, bar = self._strip.sizeHint(), self.horizontalScrollBar()
        return hint + QSize(0, bar.sizeHint().height() if bar.maximum() else 0)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: it scrolls."""
        return QSize(0, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the strip's size; a scroll area watches its widget itself."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
