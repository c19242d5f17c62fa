"""Finds texts that are cut off or cannot be reached by scrolling."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from itband_gui.ui.look.style import Appearance


class Screen(NamedTuple):
    """A window's size in pixels and its text scale."""

    width: int
    height: int
    letters: float

    def __str__(self) -> str:
        return f"{self.width}x{self.height}@{self.letters:g}"


_SIZES = (
    *((640, 480), (800, 480), (800, 600), (1024, 600), (1024, 768)),
    *((1280, 720), (1280, 800), (1366, 768), (1600, 900), (1920, 1080)),
)
_DPI = (96, 120, 144, 192, 220, 240)
_TEXT, _SCALE = (1.0, 1.5, 2.0), (1, 2)
_EM, _FEWEST_EM = 12, 10  # px of the usual letters; on narrower screens no line has two words

EVERY = sorted(
    {
        Screen(width // scale, height // scale, round(dpi / 96 * text, 2))
        for (width, height), dpi, text, scale in product(_SIZES, _DPI, _TEXT, _SCALE)
        if width / scale >= _FEWEST_EM * _EM * dpi / 96 * text
    }
)
FEW = (
    Screen(640, 480, 1.0),
    Screen(683, 384, 2.0),
    Screen(1366, 768, 2.5),
)
SOME = (
    Screen(800, 600, 1.5),
    Screen(1024, 600, 2.0),
    Screen(683, 384, 1.0),
    Screen(1280, 800, 2.29),
    Screen(640, 480, 2.5),
    Screen(1920, 1080, 1.0),
)


@contextmanager
def letters(appearance: Appearance, factor: float) -> Iterator[None]:
    """Have the desktop's letters larger by a factor."""
    app, usual = QApplication.instance(), QApplication.font()
    assert isinstance(app, QApplication)
    large = QApplication.font()
    large.setPointSizeF(usual.pointSizeF() * factor)
    for font in (large, usual):
        QApplication.setFont(font)
        Appearance(app, appearance.theme.name)  # as a start with these letters does
        if font is large:
            yield


def cut(window: QWidget) -> list[str]:
    """Return the texts of a window that are cut off or cannot be scrolled to."""
    words: list[QLabel | QAbstractButton] = [
        *window.findChildren(QLabel),
        *window.findChildren(QAbstractButton),
    ]
    seen = [each for each in words if each.isVisible() and each.text()]
    told = [(each, _why_cut(each)) for each in seen]
    return [f"{type(each).__name__} {each.text()!r}: {why}" for each, why in told if why]


def _why_cut(each: QLabel | QAbstractButton) -> str:
    if isinstance(each, QLabel):
        needed = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
        if each.height() < needed:
            return f"{each.height()} px high instead of {needed}"
        wide = each.minimumSizeHint().width()
        if each.width() < wide:
            return f"{each.width()} px wide instead of {wide}"
    elif isinstance(each, QPushButton):
        lacking = each.sizeHint() - each.size()
        if lacking.width() > 0 or lacking.height() > 0:
            return f"{each.size().toTuple()} instead of {each.sizeHint().toTuple()}"
    return _why_out_of_reach(each)


def _why_out_of_reach(each: QWidget) -> str:
    outer = each.parentWidget()
    while outer is not None and not each.isWindow():
        area = outer.parentWidget()
        if isinstance(area, QAbstractScrollArea) and outer is area.viewport():
            if isinstance(area, QScrollArea) and not _leads_to_all(area):
                return f"beyond {type(area).__name__}, which does not scroll there"
            each, outer = area, area.parentWidget()
            continue
        place = each.mapTo(outer, QPoint())
        if place.x() < 0 or place.x() + each.width() > outer.width():
            return f"beyond the sides of {type(outer).__name__}"
        if place.y() < 0 or place.y() + each.height() > outer.height():
            return f"above or below {type(outer).__name__}"
        outer = None if outer.isWindow() else outer.parentWidget()
    return ""


def _leads_to_all(area: QScrollArea) -> bool:
    content, view = area.widget(), area.viewport()
    assert content is not None
    wide = content.width() - view.width() - area.horizontalScrollBar().maximum()
    high = content.height() - view.height() - area.verticalScrollBar().maximum()
    return wide <= 0 and high <= 0
