"""Measures CPU time of a running session against a bare window that moves a dot at the same rate.

Both windows are 1600x1000 and run in turns for the same time; the CPU time of the whole process is
measured. The reference is the simplest such window, which repaints itself completely, so its size
matters. The time of a window that repaints only the dot's few pixels is printed, too.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.table import What, hand_over, paired
from itband_gui.app import build_window, start_qt
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.machine.local_clock import local_now
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import make_plan
from itband_gui.session.engine import Engine
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.session.clock import FRAME_MS, SessionClock, system_ms
from itband_gui.ui.session.page import SessionPage

ROUNDS, SIZE, DOT = 12, (1600, 1000), 12
SETTLE_MS, ROUND_MS = 100, 850  # together shorter than the interval of a paused session's clock


class DotWindow(QWidget):
    """A plain window in which a dot moves down and up."""

    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self._whole = whole
        self._y = 0
        self.timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.step)
        self.resize(*SIZE)
        self.show()

    def step(self) -> None:
        before = self._dot()
        self._y = (self._y + 2) % 800
        self.update(self.rect() if self._whole else before.united(self._dot()))

    def _dot(self) -> QRect:
        return QRect(800, self._y, DOT, DOT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawEllipse(self._dot())
        painter.end()


def run_for(app: QApplication, ms: int) -> None:
    """Run the event loop; quitting the application would close the windows."""
    loop = QEventLoop(app)
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def spent(app: QApplication) -> float:
    """Return the CPU milliseconds of one round."""
    run_for(app, SETTLE_MS)
    start = time.process_time()
    run_for(app, ROUND_MS)
    return (time.process_time() - start) * 1000


def spent_by(app: QApplication, dot: DotWindow) -> float:
    """Return the CPU milliseconds of a round in which only this dot moves."""
    dot.timer.start()
    took = spent(app)
    dot.timer.stop()
    return took


def spent_by_session(app: QApplication, clock: SessionClock) -> float:
    """Return the CPU milliseconds of a round of the session, which is paused before and after."""
    clock.go_on()
    took = spent(app)
    clock.pause()
    run_for(app, SETTLE_MS)
    return took


def main() -> int:
    app = start_qt(sys.argv[:1])
    appearance, anatomy = Appearance(app, ThemeName.LIGHT), load_anatomy()
    routine = load_library(anatomy, None).routines[1]  # the longest
    plan = make_plan(routine, CheckIn({Leg.LEFT: 4, Leg.RIGHT: 3}), anatomy)
    clock = SessionClock(Engine(plan, system_ms()))
    with tempfile.TemporaryDirectory() as folder:
        window = build_window(Path(folder), appearance, local_now, system_ms)
        window.show_passing(SessionPage(clock, appearance))
        window.resize(*SIZE)
        window.show()
        clock.begin()
        clock.skip()  # to a phase in which a hand moves
        whole, part = DotWindow(whole=True), DotWindow(whole=False)
        rounds = [
            (spent_by_session(app, clock), spent_by(app, whole), spent_by(app, part))
            for _ in range(ROUNDS + 1)
        ][1:]  # the first warms up
        if not (window.isVisible() and whole.isVisible() and part.isVisible()):
            sys.exit("a window was closed, and hidden windows are not painted")
        window.close()
    pixels_only = statistics.median(part for _, _, part in rounds)
    print(f"bare window repainting the dot's pixels only: {pixels_only:.1f} ms")
    hand_over(paired(What.SESSION, "ms", [(ours, whole) for ours, whole, _ in rounds]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
