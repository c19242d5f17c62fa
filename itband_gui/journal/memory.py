"""Gives a store access to this computer's record of saves."""

from itband_gui.journal.acknowledged import Acknowledged, Remembered
from itband_gui.journal.codec import decode
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.journal.snapshot import SCHEMA, FileImage, FileSnapshot


class JournalMemory:
    """The record of one journal, if any; `_known` is the digest of the last one held already."""

    def __init__(self, log: Acknowledged | None) -> None:
        self._log = log
        self._known: str | None = None
        self._recalled: Remembered | None = None
        self._covered: list[str] = []

    def agrees(self, digest: str) -> bool:
        """Return whether the record has nothing that the file with this digest lacks."""
        return self.news(digest) is None

    def news(self, seen: str | None) -> FileSnapshot | None:
        """Return recorded contents not yet held; `seen` is the digest of a file that is held."""
        last = self._log.last() if self._log else None
        if last is not None and last == seen:
            self._known = last
        if last in (None, self._known):
            return None
        remembered = self._recall()
        if remembered is None or remembered.digest == self._known:
            return None
        return _snapshot(remembered.data)

    def joined(self) -> None:
        """Note that the news is held now."""
        if self._recalled:
            self._known = self._recalled.digest

    def release(self) -> None:
        """Free what was read from the log, which is as large as the journal."""
        self._recalled = None

    def is_earlier(self, digest: str) -> bool:
        """Return whether a file with this digest is an earlier version of what is held."""
        remembered = self._held()
        return remembered is not None and remembered.is_earlier(digest)

    def edited_from(self, named: str | None) -> FileSnapshot | None:
        """Return the earlier version that was edited by hand, found by the checksum left in it.

        None if it is not an earlier version; empty if only its checksum is known.
        """
        remembered = self._held()
        if named is None or remembered is None or not remembered.is_earlier(named):
            return None
        data = remembered.version(named)
        return (_snapshot(data) if data else None) or FileSnapshot()

    def cover(self, digest: str) -> None:
        """Record a merged file's digest along with the next save."""
        self._covered.append(digest)

    def keep(self, whole: FileImage, held: FileSnapshot, *, synced: bool = False) -> bool:
        """Record a journal; return whether that worked.

        With `synced`, wait for the disk, because the journal is stored nowhere else.
        """
        if self._log is None:
            return True
        begun = held.beginning if held.schema >= SCHEMA else None
        before, kept = (begun.whole.checksum, begun.end) if begun else ("", 0)
        kept_well = self._log.add(whole, before, kept, self._covered, synced=synced)
        if kept_well:
            self._known, self._covered = whole.checksum, []
        return kept_well

    def left_out(self) -> bytes | None:
        """Return the recorded journal if it was never held, else None."""
        if self.news(None) is None:
            return None
        return self._recalled.data if self._recalled else None

    def forget(self) -> None:
        """Clear the record: the next journal is unrelated to it."""
        self._recalled = self._known = None
        if self._log is not None:
            self._log.forget()

    def _held(self) -> Remembered | None:
        """Return the record if its last journal is held, else None."""
        remembered = self._recalled or self._recall()
        return remembered if remembered and remembered.digest == self._known else None

    def _recall(self) -> Remembered | None:
        self._recalled = self._log.recall() if self._log else None
        return self._recalled


def _snapshot(data: bytes) -> FileSnapshot | None:
    decoded = decode(data)
    return decoded.snapshot if decoded.verdict is JournalVerdict.SOUND else None
