"""Works in a thread of its own and hands over in the window's, so that nothing holds it up."""

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
    """Switches automatic collection off and does it by a timer, by Python's own thresholds."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return


T = TypeVar("T")
# Python's own 5 ms is what the window would wait each time it calls back into Python, dozens of
# times for one page, while a worker is busy: more than 100 ms (measured at 10,000 entries).
SWITCH_S = 0.0005


class NoThreadError(Exception):
    """The system starts no further thread now."""


class Arrivals(QObject):
    """Carries the news that there is an outcome from a worker's thread into the window's.

    It lives as long as the application, so that no thread but the window's ever destroys it.
    """

    some = Signal()


@cache  # to look among the application's children takes milliseconds
def arrivals() -> Arrivals:
    """Return the application's only one."""
    app = QCoreApplication.instance()
    assert app is not None  # noqa: S101 - nobody works for a window without one
    Collector(app)
    sys.setswitchinterval(SWITCH_S)
    return Arrivals(app)


class Worker(Generic[T]):
    """Does work in order, in a thread that lives while there is any; work must not raise."""

    def __init__(self, arrivals: Arrivals) -> None:
        self.arrivals = arrivals
        self._change = Condition()
        self._work: deque[Callable[[], T]] = deque()
        self._outcomes: deque[T] = deque()
        self._runs = False

    def put(self, work: Callable[[], T]) -> None:
        """Have something done after what is to be done already.

        Raises:
            NoThreadError: the system gives no thread; the work is not done, nor kept.

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
        """Add an outcome to those that are to be taken, and tell the window."""
        with self._change:
            self._outcomes.append(outcome)
        with suppress(RuntimeError):  # the application has ended
            self.arrivals.some.emit()

    def take(self) -> T | None:
        """Return the oldest outcome that was not yet taken, or None."""
        with self._change:
            return self._outcomes.popleft() if self._outcomes else None

    def wait(self, timeout_s: float) -> bool:
        """Wait until all is done, and return whether it is."""
        with self._change:
            return self._change.wait_for(lambda: not self._runs, timeout_s)

    def _run(self) -> None:
        try:
            while (work := self._next()) is not None:
                self.hand_over(work())
        except BaseException:
            with self._change:
                self._end()  # what comes next gets a new thread
            raise

    def _next(self) -> Callable[[], T] | None:
        with self._change:
            if self._work:
                return self._work.popleft()
            self._end()
            return None

    def _end(self) -> None:
        """Let the next work start a thread, and whoever waits go on; `_change` is held."""
        self._runs = False
        self._change.notify_all()


def as_error(bug: BaseException) -> Exception:
    """Return a bug so that it can be raised in the window's thread, which SystemExit would end."""
    if isinstance(bug, Exception):
        return bug
    error = RuntimeError(type(bug).__name__)
    error.__cause__ = bug
    return error


_Outcome = tuple[object, Exception | None]


class Background(QObject):
    """Has work done in order; what the work is given is shared with its thread: only frozen values.

    Of the two callables only the work goes into the other thread, so that no widget ends there.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker[_Outcome] = Worker(arrivals())
        self._worker.arrivals.some.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thens: deque[Callable[[Any], object]] = deque()
        self._is_stopped = False

    @property
    def is_busy(self) -> bool:
        """Whether anything is to be done, or to be handed over."""
        return bool(self._thens) and not self._is_stopped

    def do(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Have something done; `then` gets the result. Returns at once."""
        self._thens.append(then)
        try:
            self._worker.put(partial(_done, work))
        except NoThreadError as error:
            self._worker.hand_over((None, error))

    def stop(self) -> None:
        """Hand nothing over any more: nobody is there to take it."""
        self._is_stopped = True

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything is done and handed over, and return whether it is."""
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
