"""When the journal is written and looked at: what is under way, what waits, what is tried again."""

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


class StoreWorker(QObject):
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
        extra_lines: FileSnapshot | None = None,
        consent: str | None = None,
    ) -> None:
        """Have changes, and what an import brought beside them, made durable; returns at once."""
        self._put(partial(_write, self._store, changes, extra_lines, consent), wrote=True)

    def look(self) -> None:
        """Have the file read again if something else changed it; returns at once."""
        self._put(partial(_look, self._store), wrote=False)

    def remember(self, changes: tuple[Change, ...], extra_lines: FileSnapshot | None) -> None:
        """Have changes that could not be saved remembered elsewhere; returns at once."""
        self._put(partial(_remember, self._store, changes, extra_lines), wrote=False)

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


PAUSE_MS = 250  # from one save to the next, while changes keep coming; our choice
RETRY_MS = 10_000  # how long to wait before a failed save is tried again; our choice
FLUSH_MS = 5_000  # the longest wait for the disk; our choice: a healthy one takes milliseconds


class SaveState(msgspec.Struct, frozen=True):
    """Whether everything is on the disk; `error` says why the last try failed."""

    saved: bool = True
    error: NotSavedError | None = None


class _Answer(msgspec.Struct, frozen=True):
    """What was said to the file that was found to lack many entries; it holds for one write."""

    found: str
    bring_back: frozenset[str]


class _Write(msgspec.Struct, frozen=True):
    """A write that is under way: with it went what an import brought, and an answer."""

    extra_lines: FileSnapshot | None
    answer: _Answer | None


class Autosave(QObject):
    """Has a book's changes written, one write at a time; a failed one is tried again.

    `found` tells what the file holds now, which the book has to take over there and then, and the
    ids of what is to come back if it is gone.
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
        self._brought: FileSnapshot | None = None  # by imports, beside the book; for the next write
        self._answer: _Answer | None = None  # for the next write
        self._is_looking = self._looks_again = False
        self._is_blind = False  # the file could not even be looked at when the last try failed
        self._waiting: list[Callable[[bool], object]] = []
        self._pause = self._timer(self._save_rest)
        self._retry = self._timer(self.save)

    # Asked for

    def soon(self) -> None:
        """Have what has changed written when this turn of the window is over, or soon after."""
        self._tell(SaveState(saved=False, error=self.state.error))
        if not self._pause.isActive():
            self._pause.start(0)

    def bring(self, extra_lines: FileSnapshot | None) -> None:
        """Have what comes in beside the book written with its next changes."""
        if extra_lines:
            self._brought = merge(self._brought, extra_lines) if self._brought else extra_lines

    @Slot()
    def save(self) -> None:
        """Have what is not yet saved written now; after a failed look, look again."""
        if self._under_way:
            return  # what it leaves is written after it
        if self._is_dirty:
            self._write()
        elif self.state.error is not None:
            self.look()
        else:
            self._end(SaveState())

    def save_then(self, told: Callable[[bool], object]) -> None:
        """Save now and, when that has come to an end, call `told` with whether all is saved."""
        self._waiting.append(told)
        self.save()

    def answer(self, *, bring_back: bool) -> None:
        """Save though many entries are missing from the file; bring them back, or not."""
        error = self.state.error
        if not isinstance(error, ShrunkError):
            self.save()  # that file is gone meanwhile
            return
        answer = _Answer(error.found, error.missing if bring_back else frozenset())
        if self._under_way is None:
            self._write(answer)
        elif self._under_way.answer is None:
            self._answer = answer
        else:
            self._under_way = replace(self._under_way, answer=answer)  # the last word counts

    @Slot()
    def look(self) -> None:
        """Have what others saved meanwhile taken in; what is not fit stays out."""
        if self._is_looking:
            self._looks_again = True  # this look may have read what was there before
        else:
            self._is_looking = True
            self._saver.look()

    # Waited for

    def flush(self) -> bool:
        """Wait until all is on the disk, for seconds at most, and return whether it is."""
        until = QDeadlineTimer(FLUSH_MS)
        if self._settle(until):
            if self._is_dirty:
                self.save()
            else:  # the file may have been deleted since the last look
                self.look()
            self._settle(until)
        return self.state.saved

    def settle(self) -> None:
        """Wait until nothing is under way; what failed is not tried again."""
        self._settle(QDeadlineTimer(FLUSH_MS))

    def remember(self) -> None:
        """Have what is not saved remembered for the next start, and wait for that, as `flush`."""
        if not self.state.saved:
            extra_lines = self._brought or (
                self._under_way.extra_lines if self._under_way else None
            )
            self._saver.remember(self._book.pending, extra_lines)
            self._saver.settle(FLUSH_MS / 1000)

    def _settle(self, until: QDeadlineTimer) -> bool:
        """Wait for what is under way and what follows from it, and return whether that is done."""
        while self._saver.settle(max(0, until.remainingTime()) / 1000):
            if self._pause.isActive():
                self._save_rest()
            if not (self._under_way or self._is_looking):
                return True
        return False

    # What is under way

    @property
    def _is_dirty(self) -> bool:
        """Whether the book, or what came in beside it, has to be written."""
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
        assert ended is not None  # noqa: S101 - before its outcome there was a write
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
        """Whether a look that went well is reason to write before the next try is due.

        What a failed write does to the folder has it looked at: no reason to write again at once.
        """
        waits = self._is_dirty and self._retry.isActive()
        return not waits or look.saved is not None or self._is_blind

    def _go_on(self, outcome: Outcome) -> None:
        """After something came to its end, do what is due now, or tell how all has ended."""
        self._is_blind = outcome.blind
        if self._under_way:
            return  # how that ends is what counts
        answer, self._answer = self._answer, None
        if outcome.error is not None and answer:
            self._write(answer)
        elif outcome.error is not None:
            if outcome.wrote:  # not where a look failed: what was changed since is tried
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
        """Tell how a try ended, also to those who wait for it."""
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
