"""Processor time of one picture of the session page, against a bare window moving one dot.

Both windows are 1600x1000 and are told to paint at the same rate; each round measures all.
The reference is the plainest such window, which repaints itself whole; that is why its size
matters. A window that repaints the dot's few pixels only is shown beside it, without a goal.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.app import build_window, start_qt
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.checkin import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import make_plan
from itband_gui.session.engine import Engine
from itband_gui.ui.pages.session_page import SessionPage
from itband_gui.ui.session_clock import FRAME_MS, SessionClock
from itband_gui.ui.style import Appearance
from itband_gui.ui.theme import ThemeName
from itband_gui.ui.tour import ToldClock

GOAL = 2.0
ROUNDS, FRAMES, SIZE, DOT = 9, 300, (1600, 1000), 12


class DotWindow(QWidget):
    """A plain window in which a dot moves down and up."""

    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self._whole = whole
        self._y = 0
        self.resize(*SIZE)
        self.show()

    def step(self, frame: int) -> None:
        before = self._dot()
        self._y = abs((frame * 2) % 1600 - 800)
        self.update(self.rect() if self._whole else before.united(self._dot()))

    def _dot(self) -> QRect:
        return QRect(800, self._y, DOT, DOT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawEllipse(self._dot())
        painter.end()


def frame_cost(step: Callable[[int], None]) -> float:
    """Return the processor time of one picture in milliseconds."""
    start = time.process_time()
    for frame in range(FRAMES):
        step(frame)
        QApplication.processEvents()
    return (time.process_time() - start) / FRAMES * 1000


def report(rows: list[tuple[float, float, float]]) -> None:
    """Print the medians, and the ratio to the reference."""
    ours, whole, part = (statistics.median(column) for column in zip(*rows, strict=True))
    ratio = statistics.median(a / b for a, b, _ in rows)
    verdict = "met" if ratio <= GOAL else "MISSED"
    print(f"session page, one picture at 1600x1000: {ours:.3f} ms")
    print(f"bare window moving a dot, repainted whole: {whole:.3f} ms")
    print(f"bare window repainting the dot's pixels only: {part:.3f} ms")
    print(f"ratio to the whole one: {ratio:.2f} (goal {GOAL:.1f}: {verdict})")


def main() -> int:
    app = start_qt(sys.argv[:1])
    appearance = Appearance(app, ThemeName.LIGHT)
    told, anatomy = ToldClock(), load_anatomy()
    routine = load_library(anatomy, None).routines[1]  # the longest
    plan = make_plan(routine, CheckIn({Leg.LEFT: 4, Leg.RIGHT: 3}), anatomy)
    clock = SessionClock(Engine(plan, told.now_ms()), told.now_ms)
    with tempfile.TemporaryDirectory() as folder:
        window = build_window(Path(folder), appearance, told.now, told.now_ms)
        page = SessionPage(clock, appearance)
        # It lasts 0.6 s of every half minute; with time told this fast it would never stop.
        page.flash.flash = lambda: None  # type: ignore[method-assign]
        window.show_passing(page)
        window.resize(*SIZE)
        window.show()
        clock.begin()
        whole, part = DotWindow(whole=True), DotWindow(whole=False)

        def step(_frame: int) -> None:
            told.ms += FRAME_MS
            clock.poll()

        rows = [
            (frame_cost(step), frame_cost(whole.step), frame_cost(part.step))
            for _ in range(ROUNDS + 1)
        ]
        window.close()
    report(rows[1:])  # the first warms up
    return 0


if __name__ == "__main__":
    sys.exit(main())
