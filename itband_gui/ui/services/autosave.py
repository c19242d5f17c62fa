"""Schedules writing and reading the journal: what is in progress, waiting, or to be retried."""

from collections.abc import Callable
from functools import partial

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QTimer, Signal, Slot

from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.merge import merge
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import Store
from itband_gui.journal.tracked_file import ShrunkError
from itband_gui.ui.services.background import NoThreadError, Worker, arrivals, as_error


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of one piece of work.

    Attributes:
        wrote: whether it was a write; otherwise it was a look.
        saved: what the file holds now, if that is news; after a failed write, what came in from
            others anyway.
        error: why it failed.
        blind: whether the file could not be read either, so that a later successful look means
            that something has been fixed.
        bug: the unexpected exception, if there was one.

    """

    wrote: bool
    saved: Saved | None = None
    error: NotSavedError | None = None
    blind: bool = False
    bug: Exception | None = None


class StoreWorker(QObject):
    """Runs the store's work one piece at a time and emits each outcome with `done`."""

    done = Signal(Outcome)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._worker: Worker[Outcome] = Worker(arrivals())
        self._worker.arrivals.some.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def write(
        self,
        changes: tuple[Change, ...],
        extra_lines: FileSnapshot | None = None,
        consent: str | None = None,
    ) -> None:
        """Write changes, and data brought by an import, durably; returns at once."""
        self._put(partial(_write, self._store, changes, extra_lines, consent), wrote=True)

    def look(self) -> None:
        """Read the file again if something else changed it; returns at once."""
        self._put(partial(_look, self._store), wrote=False)

    def remember(self, changes: tuple[Change, ...], extra_lines: FileSnapshot | None) -> None:
        """Store unsaved changes elsewhere; returns at once."""
        self._put(partial(_remember, self._store, changes, extra_lines), wrote=False)

    def settle(self, timeout_s: float) -> bool:
        """Wait until all work is done and its outcomes are emitted; return whether it is."""
        settled = self._worker.wait(timeout_s)
        self._deliver()
        return settled

    def _put(self, work: Callable[[], Outcome], *, wrote: bool) -> None:
        try:
            self._worker.put(work)
        except NoThreadError:  # treated like a disk error: reported, and retried
            failed = Outcome(wrote=wrote, error=_unknown(self._store), blind=True)
            self._worker.hand_over(failed)

    @Slot()
    def _deliver(self) -> None:
        while (outcome := self._worker.take()) is not None:
            self.done.emit(outcome)


def _write(
    store: Store, changes: tuple[Change, ...], extra_lines: FileSnapshot | None, consent: str | None
) -> Outcome:
    try:
        saved = store.write(changes, extra_lines=extra_lines, consent=consent)
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


def _remember(
    store: Store, changes: tuple[Change, ...], extra_lines: FileSnapshot | None
) -> Outcome:
    try:
        store.remember(changes, extra_lines)
        return Outcome(wrote=False)
    except BaseException as bug:  # noqa: BLE001 - raised again in the window's thread
        return Outcome(wrote=False, bug=as_error(bug))


def _unknown(store: Store) -> NotSavedError:
    return NotSavedError(NotSavedCode.OTHER, store.path)


PAUSE_MS = 250  # between saves while changes keep coming; our choice
RETRY_MS = 10_000  # wait before retrying a failed save; our choice
FLUSH_MS = 5_000  # the longest wait for the disk; our choice: a healthy one takes milliseconds


class SaveState(msgspec.Struct, frozen=True):
    """Whether everything is on the disk; `error` is why the last attempt failed."""

    saved: bool = True
    error: NotSavedError | None = None


class _Answer(msgspec.Struct, frozen=True):
    """The user's answer about a file that has lost many entries; it applies to one write."""

    found: str
    bring_back: frozenset[str]


class _Write(msgspec.Struct, frozen=True):
    """A write in progress, with the data that an import brought and the user's answer."""

    extra_lines: FileSnapshot | None
    answer: _Answer | None


class Autosave(QObject):
    """Writes a book's changes, one write at a time; a failed one is retried.

    `found` carries what the file holds now, which the book must take over at once, and the ids to
    add back if they are gone.
    """

    state_changed = Signal(SaveState)
    found = Signal(Saved, frozenset)

    def __init__(self, book: Book, store: Store) -> None:
        super().__init__()
        self.state = SaveState()
        self._book = book
        self._saver = StoreWorker(store)
        self._saver.done.connect(self._take_outcome)
        self._under_way: _Write | None = None
        self._brought: FileSnapshot | None = (
            None  # from imports, not in the book; for the next write
        )
        self._answer: _Answer | None = None  # for the next write
        self._is_looking = self._looks_again = False
        self._is_blind = False  # the file could not even be read when the last attempt failed
        self._waiting: list[Callable[[bool], object]] = []
        self._pause = self._timer(self._save_rest)
        self._retry = self._timer(self.save)

    # Requests

    def soon(self) -> None:
        """Write changes in the next turn of the event loop, or soon after."""
        self._tell(SaveState(saved=False, error=self.state.error))
        if not self._pause.isActive():
            self._pause.start(0)

    def bring(self, extra_lines: FileSnapshot | None) -> None:
        """Write data that is not in the book together with its next changes."""
        if extra_lines:
            self._brought = merge(self._brought, extra_lines) if self._brought else extra_lines

    @Slot()
    def save(self) -> None:
        """Write unsaved changes now; after a failed look, look again."""
        if self._under_way:
            return  # anything newer is written after it
        if self._is_dirty:
            self._write()
        elif self.state.error is not None:
            self.look()
        else:
            self._end(SaveState())

    def save_then(self, told: Callable[[bool], object]) -> None:
        """Save now, then call `told` with whether everything is saved."""
        self._waiting.append(told)
        self.save()

    def answer(self, *, bring_back: bool) -> None:
        """Save although many entries are missing from the file; bring them back, or not."""
        error = self.state.error
        if not isinstance(error, ShrunkError):
            self.save()  # the file has changed since
            return
        answer = _Answer(error.found, error.missing if bring_back else frozenset())
        if self._under_way is None:
            self._write(answer)
        elif self._under_way.answer is None:
            self._answer = answer
        else:
            self._under_way = replace(self._under_way, answer=answer)  # the latest answer counts

    @Slot()
    def look(self) -> None:
        """Merge what others have saved meanwhile; unreadable data is left out."""
        if self._is_looking:
            self._looks_again = True  # this look may have read what was there before
        else:
            self._is_looking = True
            self._saver.look()

    # Waiting

    def flush(self) -> bool:
        """Wait until everything is on the disk, for seconds at most; return whether it is."""
        until = QDeadlineTimer(FLUSH_MS)
        if self._settle(until):
            if self._is_dirty:
                self.save()
            else:  # the file may have been deleted since the last look
                self.look()
            self._settle(until)
        return self.state.saved

    def settle(self) -> None:
        """Wait until no work is in progress; a failed save is not retried."""
        self._settle(QDeadlineTimer(FLUSH_MS))

    def remember(self) -> None:
        """Store unsaved changes for the next start; wait as long as `flush` at most."""
        if not self.state.saved:
            extra_lines = self._brought or (
                self._under_way.extra_lines if self._under_way else None
            )
            self._saver.remember(self._book.pending, extra_lines)
            self._saver.settle(FLUSH_MS / 1000)

    def _settle(self, until: QDeadlineTimer) -> bool:
        """Wait for work in progress and any follow-up work; return whether that is done."""
        while self._saver.settle(max(0, until.remainingTime()) / 1000):
            if self._pause.isActive():
                self._save_rest()
            if not (self._under_way or self._is_looking):
                return True
        return False

    # Work in progress

    @property
    def _is_dirty(self) -> bool:
        """Whether the book, or data from an import, has to be written."""
        return self._book.dirty or self._brought is not None

    @Slot()
    def _save_rest(self) -> None:
        if not self.state.saved:
            self.save()

    def _write(self, answer: _Answer | None = None) -> None:
        self._under_way = _Write(self._brought, answer)
        self._brought = None
        self._retry.stop()
        self._pause.start(PAUSE_MS)
        self._tell(SaveState(saved=False, error=self.state.error))
        consent = answer.found if answer else None
        self._saver.write(self._book.pending, self._under_way.extra_lines, consent)

    @Slot(Outcome)
    def _take_outcome(self, outcome: Outcome) -> None:
        if outcome.wrote:
            self._end_write(outcome)
        else:
            self._end_look(outcome)
        if outcome.bug is not None:
            raise outcome.bug

    def _end_write(self, outcome: Outcome) -> None:
        ended, self._under_way = self._under_way, None
        assert ended is not None  # noqa: S101 - an outcome of a write follows a write
        if outcome.error is not None:
            self.bring(ended.extra_lines)
        if outcome.saved is not None:
            back = ended.answer.bring_back if ended.answer else frozenset()
            self.found.emit(outcome.saved, back)
        self._go_on(outcome)

    def _end_look(self, outcome: Outcome) -> None:
        self._is_looking = False
        if self._looks_again:
            self._looks_again = False
            self.look()
        if outcome.saved is not None:
            self.found.emit(outcome.saved, frozenset())
        if outcome.error is not None or self._is_worth_a_try(outcome):
            self._go_on(outcome)

    def _is_worth_a_try(self, look: Outcome) -> bool:
        """Whether a successful look is reason to write before the next retry is due.

        A failed write changes the folder and so triggers a look, which is no reason to retry.
        """
        waits = self._is_dirty and self._retry.isActive()
        return not waits or look.saved is not None or self._is_blind

    def _go_on(self, outcome: Outcome) -> None:
        """After a piece of work, do what is due next, or report the final state."""
        self._is_blind = outcome.blind
        if self._under_way:
            return  # its outcome is what counts
        answer, self._answer = self._answer, None
        if outcome.error is not None and answer:
            self._write(answer)
        elif outcome.error is not None:
            if outcome.wrote:  # after a failed look, newer changes are still written
                self._pause.stop()
            if not self._retry.isActive():
                self._retry.start(RETRY_MS)
            self._end(SaveState(saved=False, error=outcome.error))
        elif not self._is_dirty:
            self._retry.stop()
            self._end(SaveState())
        elif not self._pause.isActive():
            self._write()

    def _end(self, state: SaveState) -> None:
        """Report the state, also to the callers of `save_then`."""
        self._tell(state)
        waiting, self._waiting = self._waiting, []
        for told in waiting:
            told(state.saved)

    def _tell(self, state: SaveState) -> None:
        self.state = state
        self.state_changed.emit(state)

    def _timer(self, due: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(due)
        return timer
