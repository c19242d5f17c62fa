"""Runs work in a thread of its own and delivers the results in the window's thread."""

import gc
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from threading import Condition, Thread
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QObject, Qt, QTimer, Signal, Slot

COLLECT_MS = 1_000
# Python's own 5 ms is what the window would wait each time it calls back into Python, dozens of
# times for one page, while a thread is busy: more than 100 ms (measured at 10,000 entries).
SWITCH_S = 0.0005
T = TypeVar("T")


class NoThreadError(Exception):
    """The system cannot start another thread now."""


class Collector(QObject):
    """Collect garbage by a timer in the window's thread, by Python's own thresholds.

    Python would collect in whichever thread runs, and destroy Qt objects there, which ended the
    program.
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(COLLECT_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, together with the younger ones."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return


class Background(QObject):
    """Run work in order, in a thread that lives only while there is work.

    The thread shares what the work is given: pass only frozen values. `then` and `failed` never
    enter it, so that no widget is destroyed there.
    """

    _due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        arrivals = _arrivals()
        self._queue = _Queue(arrivals)
        arrivals.some.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._due.connect(self._deliver)
        self._receivers: deque[tuple[Callable[[Any], object], Callable[[Exception], object]]]
        self._receivers = deque()
        self._is_stopped = False

    @property
    def is_busy(self) -> bool:
        """Whether any work or delivery is pending."""
        return bool(self._receivers)

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run work after what was asked for before, and return at once.

        `then` gets the result. `failed` gets what the work raised, or a NoThreadError; without it
        that is raised in the window's thread.
        """
        self._receivers.append((then, failed or _raise))
        self._queue.put(work)

    def stop(self) -> None:
        """Deliver no more results, as the receiver is gone; an error is still reported."""
        self._is_stopped = True

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything is done and delivered, and return whether it is."""
        until, is_done = QDeadlineTimer(round(timeout_s * 1000)), True
        while self.is_busy and is_done:
            is_done = self._queue.wait(until.remainingTime() / 1000)
            self._due.emit()  # what a slot raises is reported and does not end the wait
        return not self.is_busy

    @Slot()
    def _deliver(self) -> None:
        while (outcome := self._queue.take()) is not None:
            then, failed = self._receivers.popleft()
            result, error = outcome
            if error is not None:
                failed(error)
            elif not self._is_stopped:
                then(result)


class _Arrivals(QObject):
    """Tells the window's thread that a result has come.

    It lives as long as the application, so that no other thread ever destroys it.
    """

    some = Signal()


@cache  # searching the application's children takes milliseconds
def _arrivals() -> _Arrivals:
    """Return the application's single `_Arrivals`."""
    app = QCoreApplication.instance()
    assert app is not None  # noqa: S101 - workers need an application
    Collector(app)
    sys.setswitchinterval(SWITCH_S)
    return _Arrivals(app)


_Outcome = tuple[object, Exception | None]


class _Queue:
    """Hold what a Background shares with its thread, which must not hold a QObject of its own."""

    def __init__(self, arrivals: _Arrivals) -> None:
        self._arrivals = arrivals
        self._change = Condition()
        self._work: deque[Callable[[], object]] = deque()
        self._outcomes: deque[_Outcome] = deque()
        self._runs = False

    def put(self, work: Callable[[], object]) -> None:
        """Queue work; if no thread can be started, its outcome is a NoThreadError."""
        with self._change:
            self._work.append(work)
            if self._runs:
                return
            self._runs = True
        try:
            # A daemon, unlike an executor's thread, does not keep the program from ending while
            # a disk hangs.
            Thread(target=self._run, name="background", daemon=True).start()
        except (RuntimeError, MemoryError) as error:
            with self._change:
                self._work.clear()
                self._end()
            refused = NoThreadError()
            refused.__cause__ = error
            self._hand_over((None, refused))

    def take(self) -> _Outcome | None:
        """Return the oldest outcome not yet taken, or None."""
        with self._change:
            return self._outcomes.popleft() if self._outcomes else None

    def wait(self, timeout_s: float) -> bool:
        """Wait until all work is done, and return whether it is."""
        with self._change:
            return self._change.wait_for(lambda: not self._runs, timeout_s)

    def _run(self) -> None:
        while (work := self._next()) is not None:
            self._hand_over(_outcome(work))

    def _next(self) -> Callable[[], object] | None:
        with self._change:
            if self._work:
                return self._work.popleft()
            self._end()
            return None

    def _end(self) -> None:
        """Let the next work start a thread; `_change` is held."""
        self._runs = False
        self._change.notify_all()

    def _hand_over(self, outcome: _Outcome) -> None:
        with self._change:
            self._outcomes.append(outcome)
        with suppress(RuntimeError):  # the application has ended
            self._arrivals.some.emit()


def _outcome(work: Callable[[], object]) -> _Outcome:
    try:
        return work(), None
    except Exception as error:  # noqa: BLE001 - raised again in the window's thread
        return None, error
    except BaseException as end:  # noqa: BLE001 - SystemExit would end the window's thread
        bug = RuntimeError(type(end).__name__)
        bug.__cause__ = end
        return None, bug


def _raise(error: Exception) -> None:
    raise error
