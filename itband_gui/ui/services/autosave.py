"""Decides when the journal is saved, when its file is read again and when a save is retried."""

from collections.abc import Callable
from functools import partial

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal, Slot

from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.merge import merge
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import Store
from itband_gui.journal.tracked_file import ShrunkError
from itband_gui.ui.services.background import Background, NoThreadError

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


class _Written(msgspec.Struct, frozen=True):
    """How a write ended.

    Attributes:
        saved: what the file holds now, where that is known; after a failed write, what others
            saved.
        error: why it failed.
        blind: whether the file could not be read either, so that the next look which goes well
            shows that something was mended.

    """

    saved: Saved | None = None
    error: NotSavedError | None = None
    blind: bool = False


class Autosave(QObject):
    """Has a book's changes written, one write at a time; a failed one is tried again.

    `found` tells what the file holds now, which the book has to take over there and then, and the
    ids of what is to come back if it is gone. `retry` runs until a failed save is tried again.
    """

    state_changed = Signal(SaveState)
    found = Signal(Saved, frozenset)

    def __init__(self, book: Book, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self.state = SaveState()
        self._book, self._store = book, store
        self._background = Background(self)
        self._under_way: _Write | None = None
        self._brought: FileSnapshot | None = None  # by imports, beside the book; for the next write
        self._answer: _Answer | None = None  # for the next write
        self._is_looking = self._looks_again = False
        self._is_blind = False  # the file could not even be looked at when the last try failed
        self._waiting: list[Callable[[bool], object]] = []
        self._pause = self._timer(self._save_rest)
        self.retry = self._timer(self.save)

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
            self._background.do(self._store.look, self._end_look, self._fail_look)

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

    def settle(self) -> bool:
        """Wait until nothing is under way, as `flush`; what failed is not tried again."""
        return self._settle(QDeadlineTimer(FLUSH_MS))

    def remember(self) -> None:
        """Have what is not saved remembered for the next start, and wait for that, as `flush`."""
        if not self.state.saved:
            extra_lines = self._brought or (
                self._under_way.extra_lines if self._under_way else None
            )
            work = partial(self._store.remember, self._book.pending, extra_lines)
            self._background.do(work, lambda _is_kept: None, _report)
            self._background.settle(FLUSH_MS / 1000)

    def _settle(self, until: QDeadlineTimer) -> bool:
        """Wait for what is under way and what follows from it, and return whether that is done."""
        while self._background.settle(until.remainingTime() / 1000):
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
        self.retry.stop()
        self._pause.start(PAUSE_MS)
        self._tell(SaveState(saved=False, error=self.state.error))
        extra_lines, consent = self._under_way.extra_lines, answer.found if answer else None
        work = partial(_write, self._store, self._book.pending, extra_lines, consent)
        self._background.do(work, self._end_write, self._fail_write)

    def _end_write(self, written: _Written) -> None:
        ended, self._under_way = self._under_way, None
        assert ended is not None  # noqa: S101 - before its end there was a write
        if written.error is not None:
            self.bring(ended.extra_lines)
        if written.saved is not None:
            back = ended.answer.bring_back if ended.answer else frozenset()
            self.found.emit(written.saved, back)
        if written.error is not None and not self._under_way:
            self._pause.stop()  # a look that fails lets it run: what was changed since is tried
        self._go_on(written.error, blind=written.blind)

    def _fail_write(self, error: Exception) -> None:
        self._end_write(_Written(None, self._unknown, isinstance(error, NoThreadError)))
        _report(error)

    def _end_look(self, saved: Saved | None, error: NotSavedError | None = None) -> None:
        self._is_looking = False
        if self._looks_again:
            self._looks_again = False
            self.look()
        if saved is not None:
            self.found.emit(saved, frozenset())
        if error is not None or self._is_worth_a_try(saved):
            self._go_on(error, blind=error is not None)

    def _fail_look(self, error: Exception) -> None:
        self._end_look(None, error if isinstance(error, NotSavedError) else self._unknown)
        _report(error)

    @property
    def _unknown(self) -> NotSavedError:
        return NotSavedError(NotSavedCode.OTHER, self._store.path)

    def _is_worth_a_try(self, saved: Saved | None) -> bool:
        """Whether a look that went well is reason to write before the next try is due.

        What a failed write does to the folder has it looked at: no reason to write again at once.
        """
        waits = self._is_dirty and self.retry.isActive()
        return not waits or saved is not None or self._is_blind

    def _go_on(self, error: NotSavedError | None, *, blind: bool) -> None:
        """After a write or a look, do what is due now, or tell how all has ended."""
        self._is_blind = blind
        if self._under_way:
            return  # how that ends is what counts
        answer, self._answer = self._answer, None
        if error is not None and answer:
            self._write(answer)
        elif error is not None:
            if not self.retry.isActive():
                self.retry.start(RETRY_MS)
            self._end(SaveState(saved=False, error=error))
        elif not self._is_dirty:
            self.retry.stop()
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


def _write(
    store: Store, changes: tuple[Change, ...], extra_lines: FileSnapshot | None, consent: str | None
) -> _Written:
    """Write changes; where that fails, see what others saved."""
    try:
        return _Written(store.write(changes, extra_lines=extra_lines, consent=consent))
    except NotSavedError as error:
        try:
            return _Written(store.look(), error, error.code is NotSavedCode.GONE)
        except NotSavedError:
            return _Written(None, error, blind=True)


def _report(error: Exception) -> None:
    """Raise a bug; the state tells of the rest."""
    if not isinstance(error, NotSavedError | NoThreadError):
        raise error
