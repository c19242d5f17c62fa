"""Lets a finger scroll; a tap still clicks, and the mouse works as before."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF
from PySide6.QtGui import QInputDevice, QMouseEvent, QScrollEvent, QScrollPrepareEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QPlainTextEdit,
    QScroller,
    QScrollerProperties,
    QWidget,
)

from itband_gui.ui.look.theme import system_has_touch_screen

_FAR_AWAY = QPointF(-10_000, -10_000)
_MOUSE = {QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease}
_SCROLLED = {QEvent.Type.ScrollPrepare, QEvent.Type.Scroll}
_NEXT = {QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress}


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """Let a finger scroll an area without clicking what is under it.

    Does nothing without a touch screen: the first scroller costs 18 ms and 4 MB (measured).
    """
    if not system_has_touch_screen():
        return
    view = area.viewport()
    if QScroller.hasScroller(view):
        return
    if isinstance(area, QAbstractItemView):
        area.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        area.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    if isinstance(area, QPlainTextEdit):
        view.installEventFilter(_Lines(area))
    QScroller.grabGesture(view, QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(view)
    properties = scroller.scrollerProperties()
    never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff  # nothing bounces here
    properties.setScrollMetric(QScrollerProperties.ScrollMetric.VerticalOvershootPolicy, never)
    properties.setScrollMetric(QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy, never)
    scroller.setScrollerProperties(properties)
    scroller.stateChanged.connect(lambda state: _begin(area, state))


def scroll_all_by_finger(window: QWidget) -> None:
    """Let a finger scroll every area of a window that Qt built."""
    for area in window.findChildren(QAbstractScrollArea):
        scroll_by_finger(area)


def _begin(area: QAbstractScrollArea, state: QScroller.State) -> None:
    if state is QScroller.State.Dragging:  # checked first: otherwise the area may be half gone
        window = area.window().windowHandle()
        window.installEventFilter(_Drag(window))


class _Drag(QObject):
    """Cancels the press that Qt made of the touch, once the finger starts to scroll.

    Otherwise a button moving along under the finger is clicked, and a list selects row after row.
    """

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Keep the finger's mouse events from the window until it is lifted."""
        kind = event.type()
        if kind in _NEXT:
            self._end(window)
        if kind not in _MOUSE:
            return False
        mouse = cast("QMouseEvent", event)
        if mouse.device().type() is not QInputDevice.DeviceType.TouchScreen:
            return False
        if kind is QEvent.Type.MouseButtonRelease:
            self._end(window)
            released = QMouseEvent(
                kind,
                _FAR_AWAY,
                _FAR_AWAY,
                mouse.button(),
                mouse.buttons(),
                mouse.modifiers(),
                mouse.pointingDevice(),
            )
            QApplication.sendEvent(window, released)
        return True

    def _end(self, window: QObject) -> None:
        window.removeEventFilter(self)
        self.deleteLater()


class _Lines(QObject):
    """Scrolls a text by pixels, although its scroll bar counts lines."""

    def __init__(self, text: QPlainTextEdit) -> None:
        super().__init__(text)
        self._text = text

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:
        """Answer the scroller for the text."""
        kind = event.type()  # checked first: otherwise the text may be half gone
        if kind is QEvent.Type.ScrollPrepare:
            asked, bar = cast("QScrollPrepareEvent", event), self._text.verticalScrollBar()
            asked.setViewportSize(QSizeF(self._text.viewport().size()))
            asked.setContentPosRange(QRectF(0, 0, 0, bar.maximum() * self._line))
            asked.setContentPos(QPointF(0, bar.value() * self._line))
            asked.accept()
        elif kind is QEvent.Type.Scroll:
            place = cast("QScrollEvent", event).contentPos()
            self._text.verticalScrollBar().setValue(round(place.y() / self._line))
        return kind in _SCROLLED

    @property
    def _line(self) -> int:
        return self._text.fontMetrics().lineSpacing()
