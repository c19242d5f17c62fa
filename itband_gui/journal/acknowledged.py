"""Logs what this computer acknowledged of a journal, and finds what its file has lost since.

The file is a log. After its first line comes a whole journal. Each later save adds a line with the
number of bytes kept of the journal before, the number of bytes that follow and the new journal's
checksum, then those bytes. A line with no bytes names a journal that later ones include. So a save
adds a few hundred bytes.

It is a safety net: it is not synced to disk at each save, a damaged log is used as far as it can
be read, and a save succeeds even if the log cannot be written.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from itband_gui.journal import safe_file
from itband_gui.journal.entries import Removed
from itband_gui.journal.safe_file import (
    JOURNAL_LIMIT,
    NotSavedError,
    changed_at,
    open_file,
    read_file,
)
from itband_gui.journal.snapshot import ENTRIES, FileImage, FileSnapshot, named, proof, read

MOST_EARLIER = 1_000  # digests kept when the log is rewritten (our choice)
_FIRST = b"itband-acknowledged 1\n"
_RECORD = re.compile(rb"(\d{1,10}) (\d{1,10}) ([0-9a-f]{64})\n")
_END = 128  # bytes; a journal's last line has at most 101
_ROOM = 256 * 1024  # bytes that the log may have beyond twice the journal (our choice)
_TRIES = 8  # journals to try, newest first; a power cut damages the last few


class Record(NamedTuple):
    """A journal made of the first `kept` bytes of the one before it and `tail`."""

    kept: int
    tail: bytes
    digest: str


class Remembered(NamedTuple):
    """The last journal saved on this computer and the records that lead to it."""

    data: bytes
    digest: str
    records: tuple[Record, ...]

    def is_earlier(self, digest: str) -> bool:
        """Return whether a digest is that of an earlier version of the last journal."""
        return digest != self.digest and any(record.digest == digest for record in self.records)

    def version(self, digest: str) -> bytes | None:
        """Return an earlier journal's bytes, or None if they were not recorded."""
        for number, record in enumerate(self.records, 1):
            if record.tail and record.digest == digest:
                return _replayed(self.records[:number])
        return None


class Acknowledged:
    """The log at `file`; hold the journal's lock to write it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def last(self) -> str | None:
        """Return the last journal's checksum, "" if it needs a `recall`, None without a log."""
        try:
            with open_file(self.file) as stream:
                if stream.read(len(_FIRST)) != _FIRST:
                    return ""
                stream.seek(max(0, stream.seek(0, os.SEEK_END) - _END))
                return named(stream.read()) or ""
        except OSError:
            return None

    def at(self) -> datetime:
        """Return when the last journal was recorded, in UTC.

        Raises:
            OSError: there is no log, or it cannot be accessed.

        """
        return changed_at(self.file.stat())

    def read(self) -> bytes:
        """Return the last journal's bytes; empty if nothing can be read."""
        remembered = self.recall()
        return remembered.data if remembered else b""

    def recall(self) -> Remembered | None:
        """Return the last intact journal in the log; None if there is none."""
        records = self._records()
        for _ in range(_TRIES):
            while records and not records[-1].tail:
                records.pop()
            if not records:
                return None
            data, digest = _replayed(records), records[-1].digest
            whole = read(data)
            if whole.checksum == digest and proof(whole):
                return Remembered(data, digest, tuple(records))
            records.pop()
        return None

    def add(
        self,
        whole: FileImage,
        before: str,
        kept: int,
        covered: Iterable[str] = (),
        *,
        synced: bool = False,
    ) -> bool:
        """Record a saved journal; return whether that worked.

        Args:
            whole: the journal.
            before: the checksum of a journal that starts with the same bytes.
            kept: the number of those bytes.
            covered: digests of merged files, so that they are recognised if they come back.
            synced: whether to wait for the disk, because the journal itself is not on it.

        """
        tail = whole.data[kept:]
        lines = [_line(0, 0, digest) for digest in covered]
        added = b"".join((*lines, _line(kept, len(tail), whole.checksum), tail))
        try:
            if before and self.last() == before and self._has_room(len(added), len(whole.data)):
                self._append(added, synced=synced)
            else:
                self._begin(whole, covered)
        except (OSError, NotSavedError):
            return False
        return True

    def forget(self) -> None:
        """Remove the log."""
        with suppress(OSError):
            self.file.unlink()

    def _has_room(self, added: int, size: int) -> bool:
        return self.file.stat().st_size + added <= 2 * size + _ROOM

    def _append(self, added: bytes, *, synced: bool) -> None:
        opened = os.open(self.file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            size = os.fstat(opened).st_size
            try:
                safe_file.write_whole(opened, added)
                if synced:
                    os.fsync(opened)
            except OSError:
                os.ftruncate(opened, size)
                raise
        finally:
            os.close(opened)

    def _begin(self, whole: FileImage, covered: Iterable[str]) -> None:
        """Rewrite the log with this journal and the digests of earlier ones."""
        known = dict.fromkeys([record.digest for record in self._records()] + [*covered])
        known.pop(whole.checksum, None)
        lines = [_line(0, 0, digest) for digest in list(known)[-MOST_EARLIER:]]
        last = _line(0, len(whole.data), whole.checksum)
        safe_file.make_folder(self.file.parent)
        safe_file.replace_file(self.file, b"".join((_FIRST, *lines, last, whole.data)))

    def _records(self) -> list[Record]:
        """Return the log's records up to the first damage."""
        try:
            data, _ = read_file(self.file, 3 * JOURNAL_LIMIT)
        except OSError:
            return []
        if not data.startswith(_FIRST):
            return []
        found, position = list[Record](), len(_FIRST)
        while line := _RECORD.match(data, position):
            start, length = line.end(), int(line[2])
            position = start + length
            if position > len(data):
                break
            found.append(Record(int(line[1]), data[start:position], line[3].decode()))
        return found


def _line(kept: int, length: int, digest: str) -> bytes:
    return f"{kept} {length} {digest}\n".encode()


def _replayed(records: Iterable[Record]) -> bytes:
    data = bytearray()
    for record in records:
        if record.tail:
            del data[record.kept :]
            data += record.tail
    return bytes(data)


class Missed(msgspec.Struct, frozen=True):
    """Ids of entries that differ between the file and the record.

    Attributes:
        back: missing entries that were put back.
        changed: entries whose change or removal was missing and was made again.
        gone: entries that were removed elsewhere and stay removed.

    """

    back: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.back or self.changed or self.gone)

    def __or__(self, other: "Missed") -> "Missed":
        return Missed(self.back | other.back, self.changed | other.changed, self.gone | other.gone)

    def but_gone(self) -> "Missed":
        """Return a copy without `gone`."""
        return replace(self, gone=frozenset())


def missed(acknowledged: FileSnapshot, in_file: FileSnapshot, held: FileSnapshot) -> Missed:
    """Return what the file lacked of the acknowledged lines; `held` is the merge of both."""
    back, changed, gone = set[str](), set[str](), set[str]()
    for line_id, data in acknowledged.data.items():
        if in_file.data.get(line_id) == data:
            continue
        stays, line = held.data.get(line_id) == data, acknowledged.lines[line_id]
        is_there = in_file.entry(line_id) is not None
        if type(line) in ENTRIES:
            if held.entry(line_id) is None:
                gone.add(line_id)
            elif stays:
                (changed if is_there else back).add(line_id)
        elif stays and is_there and isinstance(line, Removed):
            changed.add(line_id)
    return Missed(frozenset(back), frozenset(changed), frozenset(gone))
