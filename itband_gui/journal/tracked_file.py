"""What is known of the journal's file, joined with what others write into it meanwhile."""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from itband_gui.journal.acknowledged import Missed, missed
from itband_gui.journal.backups import DueCopies, Why
from itband_gui.journal.changes import Change
from itband_gui.journal.codec import decode
from itband_gui.journal.memory import JournalMemory
from itband_gui.journal.merge import edited_by_hand, merge, needs_consent
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError, read_file, real_target
from itband_gui.journal.salvage import Decoded, JournalVerdict
from itband_gui.journal.snapshot import FileImage, FileSnapshot

_REFUSED = {
    JournalVerdict.DAMAGED: NotSavedCode.DAMAGED,
    JournalVerdict.NEWER: NotSavedCode.NEWER,
}


class ShrunkError(NotSavedError):
    """Something else took entries out of the file, which now has the digest `found`.

    `missing`: their ids.
    """

    def __init__(self, path: Path, missing: frozenset[str], found: str) -> None:
        super().__init__(NotSavedCode.SHRINK, path)
        self.missing = missing
        self.found = found


class FileState(NamedTuple):
    """How the file looked when it was last read or written."""

    inode: int
    size: int
    mtime_ns: int
    digest: str


def seen(status: os.stat_result, digest: str) -> FileState:
    """Return how a file looks that has this status and this checksum."""
    return FileState(status.st_ino, status.st_size, status.st_mtime_ns, digest)


class TrackedFile:
    """The file at `path`.

    `held` is what it, and what others know, comes to; `needs_write`: it holds less than that, or
    may lose it at a power cut; `seen`: how it looked, None where it has to be read again; `missed`:
    what it lacked of what this machine has acknowledged, since that was last told.
    """

    def __init__(
        self, path: Path, due: DueCopies, held: FileSnapshot, memory: JournalMemory | None = None
    ) -> None:
        self._path = path
        self._due = due
        self._memory = memory or JournalMemory(None)
        self.held = held
        self.needs_write = False
        self.seen: FileState | None = None
        self.met = False  # whether the file has been read or written
        self.missed = Missed()

    def opened(self, data: bytes, status: os.stat_result, decoded: Decoded) -> None:
        """Begin with the file as it was just read."""
        digest = digest_of(data, decoded)
        self.seen, self.met = seen(status, digest), True
        self._memory.cover(digest)
        self._remember(data, decoded)

    def wrote(self, status: os.stat_result, whole: FileImage) -> None:
        """Take note of what was just written."""
        self.seen, self.met = seen(status, whole.checksum), True

    def take_in(self, changes: tuple[Change, ...], now: datetime, consent: str | None) -> None:
        """Join what is held with what the file holds now; cheap where it has not changed.

        Args:
            changes: what the user is about to change; what is removed there may be gone.
            now: when what a hand took out counts as removed.
            consent: the digest of the file that many entries may be gone from.

        Raises:
            ShrunkError: too many are gone from it, and it is not the file that was agreed to.
            NotSavedError: it cannot be read or is damaged, or its folder is gone.

        """
        try:
            self._take_in(changes, now, consent)
        finally:
            self._memory.release()

    def _take_in(self, changes: tuple[Change, ...], now: datetime, consent: str | None) -> None:
        # Looked at before the file: whoever saves here writes the file first.
        news = self._memory.news(self.seen.digest if self.seen else None)
        read = self._read()
        if read is None:
            if news and self.met:
                self._recall(news)
                self.needs_write = True
            return
        data, status = read
        decoded = decode(data)
        if decoded.verdict in _REFUSED:
            raise NotSavedError(_REFUSED[decoded.verdict], self._path)
        digest, tells = digest_of(data, decoded), not self.needs_write
        if news:
            self._recall(news)
        before, theirs = self.held, FileSnapshot()
        if not self.looks_like(digest) and not self._memory.is_earlier(digest):
            theirs = self._theirs(decoded, digest, changes, now, consent)
            self._remember(data, decoded)
            self._memory.cover(digest)
        self.join(theirs, decoded.holding)
        if tells:
            self._note(missed(before, decoded.holding, self.held))
        self.seen, self.met = seen(status, digest), True

    def join(self, theirs: FileSnapshot, in_file: FileSnapshot, *, keeps: bool = False) -> None:
        """Hold what we and they come to, and keep what we held if that is not all in it.

        With `keeps`, that is kept in any case, so that the user can go back.
        """
        merged = merge(self.held, theirs)
        self.needs_write = self.needs_write or merged.data != in_file.data
        if merged.data == self.held.data:
            return
        if (keeps and self.held.lines) or not self.held.data.items() <= merged.data.items():
            self._due.add(Why.MERGE, self.held.encoded().data)
        self.held = merged

    def _recall(self, news: FileSnapshot) -> None:
        """Hold what this machine has acknowledged, too; whether that is owed, the file tells."""
        needs_write = self.needs_write
        self.join(news, news)
        self.needs_write = needs_write
        self._memory.joined()

    def _note(self, lacked: Missed) -> None:
        """Note what the file lacked; what goes while it is open is told as the news that it is."""
        self.missed |= lacked.but_gone() if self.met else lacked
        self.needs_write = self.needs_write or bool(
            self.missed.gone
        )  # so that it is kept, and told once

    def _theirs(
        self,
        decoded: Decoded,
        digest: str,
        changes: tuple[Change, ...],
        now: datetime,
        consent: str | None,
    ) -> FileSnapshot:
        """Return what somebody else's file comes to; a hand takes entries out without a word."""
        if decoded.verdict is not JournalVerdict.EDITED:
            return decoded.holding
        edited = self._memory.edited_from(decoded.named)
        theirs = edited_by_hand(self.held if edited is None else edited, decoded.holding, now)
        missing = self._missing(merge(self.held, theirs), changes)
        if missing and consent != digest and self.met:  # what is met anew is told, and kept
            raise ShrunkError(self._path, missing, digest)
        if missing:
            self._due.add(Why.SHRINK, self.held.encoded().data)
        return theirs

    def _read(self) -> tuple[bytes, os.stat_result] | None:
        """Return the file and its status; None where it is as it was, or has to be written anew."""
        try:
            return None if self._is_unchanged() else read_file(self._path)
        except FileNotFoundError as error:
            self._missed(error)
            return None
        except OSError as error:
            gone = isinstance(error, NotADirectoryError)  # the data folder is a file
            code = NotSavedCode.GONE if gone else NotSavedCode.UNREADABLE
            raise NotSavedError(code, self._path, error.errno) from error

    def _missing(self, merged: FileSnapshot, changes: tuple[Change, ...]) -> frozenset[str]:
        """Return what a hand took out, if that is more than anybody would without a word."""
        before = self.held.lines.keys() - self.held.others
        gone = before - (merged.lines.keys() - merged.others)
        removed = gone & {change.entry.id for change in changes if change.after is None}
        asks = needs_consent(len(before), len(before) - len(gone), len(removed))
        return frozenset(gone - removed) if asks else frozenset()

    def _remember(self, data: bytes, decoded: Decoded) -> None:
        """Keep what is not as we wrote it until the next save has made a copy of it."""
        if decoded.verdict is JournalVerdict.EDITED:
            self._due.add(Why.EDITED, data)
        if decoded.migrated_from is not None:
            self._due.add(Why.MIGRATION, data)
            self.needs_write = True

    def _missed(self, error: FileNotFoundError) -> None:
        """Owe the file if it was here; where its folder is gone too, that has to come back."""
        if self.seen is None:
            return
        if not real_target(self._path).parent.is_dir():
            raise NotSavedError(NotSavedCode.GONE, self._path, error.errno) from error
        self.seen = None
        self.needs_write = True

    def looks_like(self, checksum: str) -> bool:
        """Whether the file was, when it was last read or written, one with this checksum."""
        return self.seen is not None and self.seen.digest == checksum

    def _is_unchanged(self) -> bool:
        if self.seen is None:
            return False
        now = self._path.stat()
        return (now.st_ino, now.st_size, now.st_mtime_ns) == self.seen[:3]


def digest_of(data: bytes, decoded: Decoded) -> str:
    """Return what tells a file from others; its own checksum leaves out the last line.

    Somebody else's tool may put all into that line.
    """
    own = decoded.verdict is JournalVerdict.SOUND
    return decoded.digest if own else hashlib.sha256(data).hexdigest()
