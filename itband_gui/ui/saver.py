"""Works on the journal's file in a thread of its own, so that a slow disk holds up no window."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, Slot

from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.durable import NotSavedCode, NotSavedError
from itband_gui.journal.holding import Holding
from itband_gui.journal.store import Store
from itband_gui.ui.worker import NoThreadError, Worker, arrivals, as_error


class Outcome(msgspec.Struct, frozen=True):
    """How a piece of work ended.

    Attributes:
        wrote: whether it was a write; else a look.
        saved: what the file holds now, where that is news; after a failed write, what came in
            from others all the same.
        error: why it failed.
        blind: whether the file could not be looked at either, so that a look which goes well tells
            that something was mended.
        bug: what should never be raised, where that is why.

    """

    wrote: bool
    saved: Saved | None = None
    error: NotSavedError | None = None
    blind: bool = False
    bug: Exception | None = None


class Saver(QObject):
    """Has the store work, one piece after the other, and tells each outcome by `done`."""

    done = Signal(Outcome)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._worker: Worker[Outcome] = Worker(arrivals())
        self._worker.arrivals.some.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def write(
        self,
        changes: tuple[Change, ...],
        brought: Holding | None = None,
        consent: str | None = None,
    ) -> None:
        """Have changes, and what an import brought beside them, made durable; returns at once."""
        self._put(partial(_write, self._store, changes, brought, consent), wrote=True)

    def look(self) -> None:
        """Have the file read again if something else changed it; returns at once."""
        self._put(partial(_look, self._store), wrote=False)

    def remember(self, changes: tuple[Change, ...], brought: Holding | None) -> None:
        """Have changes that could not be saved remembered elsewhere; returns at once."""
        self._put(partial(_remember, self._store, changes, brought), wrote=False)

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything asked for is done and told, and return whether it is."""
        settled = self._worker.wait(timeout_s)
        self._deliver()
        return settled

    def _put(self, work: Callable[[], Outcome], *, wrote: bool) -> None:
        try:
            self._worker.put(work)
        except NoThreadError:  # as if the disk had refused: said, and tried again
            failed = Outcome(wrote=wrote, error=_unknown(self._store), blind=True)
            self._worker.hand_over(failed)

    @Slot()
    def _deliver(self) -> None:
        while (outcome := self._worker.take()) is not None:
            self.done.emit(outcome)


def _write(
    store: Store, changes: tuple[Change, ...], brought: Holding | None, consent: str | None
) -> Outcome:
    try:
        saved = store.write(changes, brought=brought, consent=consent)
        return Outcome(wrote=True, saved=saved)
    except NotSavedError as error:
        seen = _look(store)
        blind = seen.blind or error.code is NotSavedCode.GONE
        return Outcome(wrote=True, saved=seen.saved, error=error, blind=blind)
    except BaseException as bug:  # noqa: BLE001 - raised again in the window's thread
        return Outcome(wrote=True, error=_unknown(store), bug=as_error(bug))


def _look(store: Store) -> Outcome:
    try:
        return Outcome(wrote=False, saved=store.look())
    except NotSavedError as error:
        return Outcome(wrote=False, error=error, blind=True)
    except BaseException as bug:  # noqa: BLE001 - raised again in the window's thread
        return Outcome(wrote=False, error=_unknown(store), blind=True, bug=as_error(bug))


def _remember(store: Store, changes: tuple[Change, ...], brought: Holding | None) -> Outcome:
    try:
        store.remember(changes, brought)
        return Outcome(wrote=False)
    except BaseException as bug:  # noqa: BLE001 - raised again in the window's thread
        return Outcome(wrote=False, bug=as_error(bug))


def _unknown(store: Store) -> NotSavedError:
    return NotSavedError(NotSavedCode.OTHER, store.path)
