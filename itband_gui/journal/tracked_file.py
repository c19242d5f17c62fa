"""Tracks the journal's file and merges what other programs write to it."""

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
    """Another program removed the entries with the ids `missing`; the file's digest is `found`."""

    def __init__(self, path: Path, missing: frozenset[str], found: str) -> None:
        super().__init__(NotSavedCode.SHRINK, path)
        self.missing = missing
        self.found = found


class FileState(NamedTuple):
    """The file's status and digest when it was last read or written."""

    inode: int
    size: int
    mtime_ns: int
    digest: str


def seen(status: os.stat_result, digest: str) -> FileState:
    """Return the `FileState` of a file with this status and checksum."""
    return FileState(status.st_ino, status.st_size, status.st_mtime_ns, digest)


class TrackedFile:
    """The journal's file at `path` and its merged contents.

    Attributes:
        held: the merged contents of the file and of this computer's record.
        needs_write: whether the file lacks some of `held`, or may lose it in a power cut.
        seen: the file's last known status; None if it must be read again.
        met: whether the file was ever read or written.
        missed: entries of this computer's record that the file lacked, until they are reported.

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
        self.met = False
        self.missed = Missed()

    def opened(self, data: bytes, status: os.stat_result, decoded: Decoded) -> None:
        """Start with the file as it was just read."""
        digest = digest_of(data, decoded)
        self.seen, self.met = seen(status, digest), True
        self._memory.cover(digest)
        self._remember(data, decoded)

    def wrote(self, status: os.stat_result, whole: FileImage) -> None:
        """Note the file that was just written."""
        self.seen, self.met = seen(status, whole.checksum), True

    def take_in(self, changes: tuple[Change, ...], now: datetime, consent: str | None) -> None:
        """Merge the file's present contents into `held`; fast if the file has not changed.

        Args:
            changes: the user's changes about to be saved; entries removed there may be missing.
            now: the removal time for entries that were removed in the file by hand.
            consent: the digest of the file from which the user lets many entries go.

        Raises:
            ShrunkError: too many entries are missing, and the user did not agree to this file.
            NotSavedError: the file cannot be read or is damaged, or its folder is gone.

        """
        try:
            self._take_in(changes, now, consent)
        finally:
            self._memory.release()

    def _take_in(self, changes: tuple[Change, ...], now: datetime, consent: str | None) -> None:
        # Read before the file: every save here writes the file first.
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
        self.join(theirs, decoded.snapshot)
        if tells:
            self._note(missed(before, decoded.snapshot, self.held))
        self.seen, self.met = seen(status, digest), True

    def join(self, theirs: FileSnapshot, in_file: FileSnapshot, *, keeps: bool = False) -> None:
        """Merge `theirs` into `held`, and ask for a backup of `held` if the merge drops any of it.

        With `keeps`, a backup is made in any case, so that the user can go back.
        """
        merged = merge(self.held, theirs)
        self.needs_write = self.needs_write or merged.data != in_file.data
        if merged.data == self.held.data:
            return
        if (keeps and self.held.lines) or not self.held.data.items() <= merged.data.items():
            self._due.add(Why.MERGE, self.held.encoded().data)
        self.held = merged

    def _recall(self, news: FileSnapshot) -> None:
        """Merge this computer's record into `held`; a reading of the file decides `needs_write`."""
        needs_write = self.needs_write
        self.join(news, news)
        self.needs_write = needs_write
        self._memory.joined()

    def _note(self, lacked: Missed) -> None:
        """Note what the file lacked; removals while it is open are reported as changes instead."""
        self.missed |= lacked.but_gone() if self.met else lacked
        # So that it is saved, and reported once.
        self.needs_write = self.needs_write or bool(self.missed.gone)

    def _theirs(
        self,
        decoded: Decoded,
        digest: str,
        changes: tuple[Change, ...],
        now: datetime,
        consent: str | None,
    ) -> FileSnapshot:
        """Return the contents of a file from elsewhere; if edited by hand, with its removals."""
        if decoded.verdict is not JournalVerdict.EDITED:
            return decoded.snapshot
        edited = self._memory.edited_from(decoded.named)
        theirs = edited_by_hand(self.held if edited is None else edited, decoded.snapshot, now)
        missing = self._missing(merge(self.held, theirs), changes)
        if missing and consent != digest and self.met:  # at a first read it is reported instead
            raise ShrunkError(self._path, missing, digest)
        if missing:
            self._due.add(Why.SHRINK, self.held.encoded().data)
        return theirs

    def _read(self) -> tuple[bytes, os.stat_result] | None:
        """Return the file's bytes and status; None if it is unchanged or missing."""
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
        """Return the ids of entries removed by hand if so many that the user must agree."""
        before = self.held.lines.keys() - self.held.others
        gone = before - (merged.lines.keys() - merged.others)
        removed = gone & {change.entry.id for change in changes if change.after is None}
        asks = needs_consent(len(before), len(before) - len(gone), len(removed))
        return frozenset(gone - removed) if asks else frozenset()

    def _remember(self, data: bytes, decoded: Decoded) -> None:
        """Ask for a backup of a file that was edited elsewhere or has an older schema."""
        if decoded.verdict is JournalVerdict.EDITED:
            self._due.add(Why.EDITED, data)
        if decoded.migrated_from is not None:
            self._due.add(Why.MIGRATION, data)
            self.needs_write = True

    def _missed(self, error: FileNotFoundError) -> None:
        """Mark the file to be written again if it existed; raise if its folder is gone, too."""
        if self.seen is None:
            return
        if not real_target(self._path).parent.is_dir():
            raise NotSavedError(NotSavedCode.GONE, self._path, error.errno) from error
        self.seen = None
        self.needs_write = True

    def looks_like(self, checksum: str) -> bool:
        """Return whether the file had this checksum when it was last read or written."""
        return self.seen is not None and self.seen.digest == checksum

    def _is_unchanged(self) -> bool:
        if self.seen is None:
            return False
        now = self._path.stat()
        return (now.st_ino, now.st_size, now.st_mtime_ns) == self.seen[:3]


def digest_of(data: bytes, decoded: Decoded) -> str:
    """Return a digest that identifies a file.

    A journal's own checksum, which does not cover the last line, is enough only if it is correct:
    another program's file may have everything on that line.
    """
    own = decoded.verdict is JournalVerdict.SOUND
    return decoded.digest if own else hashlib.sha256(data).hexdigest()
