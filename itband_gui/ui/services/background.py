"""Runs work in a separate thread and delivers outcomes in the window's, so nothing blocks it."""

import gc
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from threading import Condition, Thread
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

EVERY_MS = 1_000


class Collector(QObject):
    """Turns automatic collection off and collects on a timer, by Python's own thresholds."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, together with the younger ones."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return


T = TypeVar("T")
# With Python's default of 5 ms, the window would wait that long each time it calls back into Python
# while a worker is busy: more than 100 ms for one page (measured at 10,000 entries).
SWITCH_S = 0.0005


class NoThreadError(Exception):
    """The system cannot start another thread now."""


class Arrivals(QObject):
    """Signals from a worker's thread to the window's that there is an outcome.

    It lives as long as the application, so that only the window's thread ever destroys it.
    """

    some = Signal()


@cache  # searching the application's children takes milliseconds
def arrivals() -> Arrivals:
    """Return the application's single `Arrivals`."""
    app = QCoreApplication.instance()
    assert app is not None  # noqa: S101 - workers need an application
    Collector(app)
    sys.setswitchinterval(SWITCH_S)
    return Arrivals(app)


class Worker(Generic[T]):
    """Runs work in order, in a thread that lives while there is any; work must not raise."""

    def __init__(self, arrivals: Arrivals) -> None:
        self.arrivals = arrivals
        self._change = Condition()
        self._work: deque[Callable[[], T]] = deque()
        self._outcomes: deque[T] = deque()
        self._runs = False

    def put(self, work: Callable[[], T]) -> None:
        """Queue work.

        Raises:
            NoThreadError: no thread could be started; the work is dropped.

        """
        with self._change:
            self._work.append(work)
            if self._runs:
                return
            self._runs = True
        try:
            # A daemon: a disk that hangs must not keep the program from ending.
            Thread(target=self._run, name="journal", daemon=True).start()
        except (RuntimeError, MemoryError) as error:
            with self._change:
                self._work.clear()
                self._end()
            raise NoThreadError from error

    def hand_over(self, outcome: T) -> None:
        """Queue an outcome and signal the window."""
        with self._change:
            self._outcomes.append(outcome)
        with suppress(RuntimeError):  # the application has ended
            self.arrivals.some.emit()

    def take(self) -> T | None:
        """Return the oldest outcome not yet taken, or None."""
        with self._change:
            return self._outcomes.popleft() if self._outcomes else None

    def wait(self, timeout_s: float) -> bool:
        """Wait until all work is done; return whether it is."""
        with self._change:
            return self._change.wait_for(lambda: not self._runs, timeout_s)

    def _run(self) -> None:
        try:
            while (work := self._next()) is not None:
                self.hand_over(work())
        except BaseException:
            with self._change:
                self._end()  # the next work gets a new thread
            raise

    def _next(self) -> Callable[[], T] | None:
        with self._change:
            if self._work:
                return self._work.popleft()
            self._end()
            return None

    def _end(self) -> None:
        """Let the next work start a thread and wake the waiters; `_change` must be held."""
        self._runs = False
        self._change.notify_all()


def as_error(bug: BaseException) -> Exception:
    """Return an exception safe to raise in the window's thread, which SystemExit would end."""
    if isinstance(bug, Exception):
        return bug
    error = RuntimeError(type(bug).__name__)
    error.__cause__ = bug
    return error


_Outcome = tuple[object, Exception | None]


class Background(QObject):
    """Runs work in order; the work's arguments are shared between threads, so pass frozen values.

    Only the work runs in the other thread; `then` stays here, so no widget is destroyed there.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker[_Outcome] = Worker(arrivals())
        self._worker.arrivals.some.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thens: deque[Callable[[Any], object]] = deque()
        self._is_stopped = False

    @property
    def is_busy(self) -> bool:
        """Whether any work or delivery is pending."""
        return bool(self._thens) and not self._is_stopped

    def do(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Run `work` in the thread and pass its result to `then`; returns at once."""
        self._thens.append(then)
        try:
            self._worker.put(partial(_done, work))
        except NoThreadError as error:
            self._worker.hand_over((None, error))

    def stop(self) -> None:
        """Deliver no more results: the receiver is gone."""
        self._is_stopped = True

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything is done and delivered; return whether it is."""
        while self.is_busy and self._worker.wait(timeout_s):
            self._deliver()
        return not self.is_busy

    @Slot()
    def _deliver(self) -> None:
        while (outcome := self._worker.take()) is not None:
            then = self._thens.popleft()
            result, bug = outcome
            if bug is not None:
                raise bug
            if not self._is_stopped:
                then(result)


def _done(work: Callable[[], object]) -> _Outcome:
    try:
        return work(), None
    except BaseException as bug:  # noqa: BLE001 - raised again in the window's thread
        return None, as_error(bug)
