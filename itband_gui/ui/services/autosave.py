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


class _Written(msgspec.Struct, frozen=True):
    """How a write ended.

    Attributes:
        saved: what the file holds now, if known; after a failed write, what others saved.
        error: why it failed.
        blind: whether the file could not be read either, so that a later successful look means
            that something has been fixed.

    """

    saved: Saved | None = None
    error: NotSavedError | None = None
    blind: bool = False


class Autosave(QObject):
    """Writes a book's changes, one write at a time; a failed one is retried.

    `found` carries what the file holds now, which the book must take over at once, and the ids to
    add back if they are gone. `retry` is the timer of the next attempt after a failed save.
    """

    state_changed = Signal(SaveState)
    found = Signal(Saved, frozenset)

    def __init__(self, book: Book, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self.state = SaveState()
        self._book, self._store = book, store
        self._background = Background(self)
        self._under_way: _Write | None = None
        # From imports, not in the book; for the next write.
        self._extra_lines: FileSnapshot | None = None
        self._answer: _Answer | None = None  # for the next write
        self._is_looking = self._looks_again = False
        self._is_blind = False  # the file could not even be read when the last attempt failed
        self._waiting: list[Callable[[bool], object]] = []
        self._pause = self._timer(self._save_rest)
        self.retry = self._timer(self.save)

    # Requests

    def soon(self) -> None:
        """Write changes in the next turn of the event loop, or soon after."""
        self._tell(SaveState(saved=False, error=self.state.error))
        if not self._pause.isActive():
            self._pause.start(0)

    def add_lines(self, extra_lines: FileSnapshot | None) -> None:
        """Write data that is not in the book together with its next changes."""
        if extra_lines:
            self._extra_lines = (
                merge(self._extra_lines, extra_lines) if self._extra_lines else extra_lines
            )

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
            self._background.do(self._store.look, self._end_look, self._fail_look)

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

    def settle(self) -> bool:
        """Wait until no work is in progress; return whether that is so. Nothing is retried."""
        return self._settle(QDeadlineTimer(FLUSH_MS))

    def remember(self) -> None:
        """Store unsaved changes for the next start; wait as long as `flush` at most."""
        if not self.state.saved:
            if self._under_way:  # it may fail yet
                self.add_lines(self._under_way.extra_lines)
            work = partial(self._store.remember, self._book.pending, self._extra_lines)
            self._background.do(work, lambda _is_kept: None, _report)
            self._background.settle(FLUSH_MS / 1000)

    def _settle(self, until: QDeadlineTimer) -> bool:
        """Wait for work in progress and any follow-up work; return whether that is done."""
        while self._background.settle(until.remainingTime() / 1000):
            if self._pause.isActive() and not self.state.saved:
                self._pause.stop()  # a failed look would begin another each time
                self.save()
            if not (self._under_way or self._is_looking):
                return True
        return False

    # Work in progress

    @property
    def _is_dirty(self) -> bool:
        """Whether the book, or data from an import, has to be written."""
        return self._book.dirty or self._extra_lines is not None

    @Slot()
    def _save_rest(self) -> None:
        if not self.state.saved:
            self.save()

    def _write(self, answer: _Answer | None = None) -> None:
        self._under_way = _Write(self._extra_lines, answer)
        self._extra_lines = None
        self.retry.stop()
        self._pause.start(PAUSE_MS)
        self._tell(SaveState(saved=False, error=self.state.error))
        extra_lines, consent = self._under_way.extra_lines, answer.found if answer else None
        work = partial(_write, self._store, self._book.pending, extra_lines, consent)
        self._background.do(work, self._end_write, self._fail_write)

    def _end_write(self, written: _Written) -> None:
        ended, self._under_way = self._under_way, None
        assert ended is not None  # noqa: S101 - an outcome of a write follows a write
        if written.error is not None:
            self.add_lines(ended.extra_lines)
        if written.saved is not None:
            back = ended.answer.bring_back if ended.answer else frozenset()
            self.found.emit(written.saved, back)
        if written.error is not None and not self._under_way:
            self._pause.stop()  # after a failed look, newer changes are still written
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
        """Whether a successful look is reason to write before the next retry is due.

        A failed write changes the folder and so triggers a look, which is no reason to retry.
        """
        waits = self._is_dirty and self.retry.isActive()
        return not waits or saved is not None or self._is_blind

    def _go_on(self, error: NotSavedError | None, *, blind: bool) -> None:
        """After a write or a look, do what is due next, or report the final state."""
        self._is_blind = blind
        if self._under_way:
            return  # its outcome is what counts
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
