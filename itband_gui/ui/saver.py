"""Works on the journal's file in a thread of its own, so that a slow disk holds up no window."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Condition, Thread

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.store import Store
from itband_gui.ui.collector import collect_in_this_thread


@dataclass(frozen=True)
class Outcome:
    """How a piece of work ended.

    Attributes:
        wrote: whether it was a write; else a look.
        saved: what the file holds now, where that is news; after a failed write, what came in
            from others all the same.
        error: why it failed.
        bug: what should never be raised, where that is why.

    """

    wrote: bool
    saved: Saved | None = None
    error: NotSavedError | None = None
    bug: Exception | None = None


class Saver(QObject):
    """Has the store work, one piece after the other, and tells each outcome by `done`."""

    done = Signal(Outcome)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._worker = _Worker(_arrivals())
        self._worker.arrivals.some.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def write(self, changes: tuple[Change, ...], *, consent: bool = False) -> None:
        """Have changes made durable; returns at once."""
        self._worker.put(partial(_write, self._store, changes, consent=consent))

    def look(self) -> None:
        """Have the file read again if something else changed it; returns at once."""
        self._worker.put(partial(_look, self._store))

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything asked for is done and told, and return whether it is."""
        settled = self._worker.wait(timeout_s)
        self._deliver()
        return settled

    @Slot()
    def _deliver(self) -> None:
        while (outcome := self._worker.take()) is not None:
            self.done.emit(outcome)


def _write(store: Store, changes: tuple[Change, ...], *, consent: bool) -> Outcome:
    try:
        return Outcome(wrote=True, saved=store.write(changes, consent=consent))
    except NotSavedError as error:
        return Outcome(wrote=True, saved=_look(store).saved, error=error)
    except Exception as bug:  # noqa: BLE001 - raised again in the window's thread
        return Outcome(wrote=True, error=_unknown(store), bug=bug)


def _look(store: Store) -> Outcome:
    try:
        return Outcome(wrote=False, saved=store.look())
    except NotSavedError as error:
        return Outcome(wrote=False, error=error)
    except Exception as bug:  # noqa: BLE001 - raised again in the window's thread
        return Outcome(wrote=False, error=_unknown(store), bug=bug)


def _unknown(store: Store) -> NotSavedError:
    return NotSavedError(NotSavedCode.OTHER, store.path)


class _Arrivals(QObject):
    """Carries the news that there is an outcome from a worker's thread into the window's.

    It lives as long as the application, so that no thread but the window's ever destroys it.
    """

    some = Signal()


def _arrivals() -> _Arrivals:
    app = QCoreApplication.instance()
    assert app is not None  # noqa: S101 - nobody saves from a window without one
    collect_in_this_thread(app)
    return app.findChild(_Arrivals) or _Arrivals(app)


class _Worker:
    """Does work in order, in a thread that lives while there is any."""

    def __init__(self, arrivals: _Arrivals) -> None:
        self.arrivals = arrivals
        self._change = Condition()
        self._work: deque[Callable[[], Outcome]] = deque()
        self._outcomes: deque[Outcome] = deque()
        self._runs = False

    def put(self, work: Callable[[], Outcome]) -> None:
        with self._change:
            self._work.append(work)
            if self._runs:
                return
            self._runs = True
        # A daemon: a disk that hangs must not keep the program from ending.
        Thread(target=self._run, name="journal", daemon=True).start()

    def take(self) -> Outcome | None:
        with self._change:
            return self._outcomes.popleft() if self._outcomes else None

    def wait(self, timeout_s: float) -> bool:
        with self._change:
            return self._change.wait_for(lambda: not self._runs, timeout_s)

    def _run(self) -> None:
        while (work := self._next()) is not None:
            outcome = work()
            with self._change:
                self._outcomes.append(outcome)
            with suppress(RuntimeError):  # the application has ended
                self.arrivals.some.emit()

    def _next(self) -> Callable[[], Outcome] | None:
        with self._change:
            if self._work:
                return self._work.popleft()
            self._runs = False
            self._change.notify_all()
            return None
