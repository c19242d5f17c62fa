"""How a store uses what this machine has acknowledged: what of it is news, and what it proves."""

from itband_gui.journal.acknowledged import Acknowledged, Remembered
from itband_gui.journal.codec import decode
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.journal.snapshot import SCHEMA, FileImage, FileSnapshot


class JournalMemory:
    """The log of one journal, None for none; `_known` is its last journal that is held already."""

    def __init__(self, log: Acknowledged | None) -> None:
        self._log = log
        self._known: str | None = None
        self._recalled: Remembered | None = None
        self._covered: list[str] = []

    def agrees(self, digest: str) -> bool:
        """Whether nothing else is remembered than the file with that digest."""
        return self.news(digest) is None

    def news(self, seen: str | None) -> FileSnapshot | None:
        """Return what is remembered and not yet held; `seen` is the digest of a file that is."""
        last = self._log.last() if self._log else None
        if last is not None and last == seen:
            self._known = last
        if last in (None, self._known):
            return None
        remembered = self._recall()
        if remembered is None or remembered.digest == self._known:
            return None
        return _holding(remembered.data)

    def joined(self) -> None:
        """Take note that the news is held now."""
        if self._recalled:
            self._known = self._recalled.digest

    def release(self) -> None:
        """Forget what was read of the log: it is as large as the journal."""
        self._recalled = None

    def is_earlier(self, digest: str) -> bool:
        """Whether all that the file with that digest holds is in what is remembered and held."""
        remembered = self._held()
        return remembered is not None and remembered.is_earlier(digest)

    def edited_from(self, named: str | None) -> FileSnapshot | None:
        """Return the earlier file that somebody edited, by the checksum that was left in it.

        None where it is no earlier one; empty where only its checksum is known.
        """
        remembered = self._held()
        if named is None or remembered is None or not remembered.is_earlier(named):
            return None
        data = remembered.version(named)
        return (_holding(data) if data else None) or FileSnapshot()

    def cover(self, digest: str) -> None:
        """Have a file that was taken in known by the next one that is kept."""
        self._covered.append(digest)

    def keep(self, whole: FileImage, held: FileSnapshot, *, synced: bool = False) -> bool:
        """Remember a journal that is durable, or is to be; return whether that went well.

        `synced`: wait for the disk, as nothing else holds it.
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
        """Return the journal that is remembered and was never held, where there is one."""
        if self.news(None) is None:
            return None
        return self._recalled.data if self._recalled else None

    def forget(self) -> None:
        """Remember nothing: what is written next has nothing to do with it."""
        self._recalled = self._known = None
        if self._log is not None:
            self._log.forget()

    def _held(self) -> Remembered | None:
        """Return what is remembered; None where it is not held, and so covers no file."""
        remembered = self._recalled or self._recall()
        return remembered if remembered and remembered.digest == self._known else None

    def _recall(self) -> Remembered | None:
        self._recalled = self._log.recall() if self._log else None
        return self._recalled


def _holding(data: bytes) -> FileSnapshot | None:
    decoded = decode(data)
    return decoded.holding if decoded.verdict is JournalVerdict.SOUND else None
