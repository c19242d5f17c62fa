"""Finds other journals in the journal's folder, whatever their names.

Sync tools, editors and people name copies in too many ways to list. So each file is recognised by
its first or last bytes; its name counts only if they are lost or cannot be read.
"""

import os
import re
import zlib
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import msgspec

from itband_gui.journal.safe_file import TEMP_PREFIX
from itband_gui.journal.snapshot import FORMAT

# Either end of our journal is enough, so that a damaged one is still recognised.
OURS = re.compile(rb'"format"\s*:\s*"%b"|"count"\s*:\s*\d+,\s*"sha256"\s*:\s*"' % FORMAT.encode())
GZIP = b"\x1f\x8b"
UNPACK = 31  # zlib's number for gzip
_STARTS = (GZIP, b"{", b"\0", b" ", b"\t", b"\r", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_END = 512  # bytes examined at either end; a journal's first line has about 60
_STAMP = r"\d{8}T\d{6}Z(?:-\d+)?"  # as `quarantine` names files
_PASSING = re.compile(r"[.~].*|.*\.(?:tmp|temp|part|partial|crdownload|download|swp)", re.DOTALL)


class FileLook(NamedTuple):
    """A file's status; while it stays the same, so do the file's bytes."""

    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int


class SiblingFile(NamedTuple):
    """A file that is or was a journal; `errno` says why it cannot be read, None if it can."""

    path: Path
    look: FileLook
    errno: int | None = None


class Finder:
    """Finds neighbours repeatedly, without reading unchanged files known not to be journals."""

    def __init__(self) -> None:
        self._strangers: dict[str, FileLook] = {}

    def find(self, target: Path) -> list[SiblingFile]:
        """Return the other journals in the folder of `target`, sorted, without our own copies.

        A folder that cannot be listed counts as empty.
        """
        found, strangers = list[SiblingFile](), dict[str, FileLook]()
        own, here = _own(target), _identity(target)
        with suppress(OSError), os.scandir(target.parent) as entries:
            for entry in entries:
                if entry.name == target.name or own.fullmatch(entry.name):
                    continue
                with suppress(OSError):
                    status = entry.is_file() and os.stat(entry.path)  # noqa: PTH116 - faster for 1,000 files
                    if not status or (status.st_dev, status.st_ino) == here:
                        continue
                    look = _look(status)
                    known = self._strangers.get(entry.name) == look
                    neighbour = None if known else _met(entry, look, target)
                    if neighbour:
                        found.append(neighbour)
                    else:
                        strangers[entry.name] = look
        self._strangers = strangers
        return sorted(found)


def is_named_after(target: Path, name: str) -> bool:
    """Return whether a name contains the stem of `target`, ignoring case and Unicode form."""
    return _folded(target.stem) in _folded(name)


def is_passing(name: str) -> bool:
    """Return whether a name is of the kind that programs give to unfinished files."""
    return _PASSING.fullmatch(name.casefold()) is not None


def _met(entry: os.DirEntry[str], look: FileLook, target: Path) -> SiblingFile | None:
    """Return a file as a neighbour; None if it is not a journal."""
    is_named = is_named_after(target, entry.name)
    is_copy = is_named and target.suffix.casefold() in entry.name.casefold()
    is_told = is_copy and not is_passing(entry.name)  # whatever its contents
    try:
        first, last = _ends(entry.path, look.size if is_named else 0)
    except OSError as error:
        return SiblingFile(Path(entry.path), look, error.errno) if is_told else None
    if not is_named and not first.startswith(_STARTS):
        return None
    if first.startswith(GZIP):
        with suppress(zlib.error):
            first = zlib.decompressobj(UNPACK).decompress(first, _END)
    text = first.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    begins = (text.startswith(b"{") or is_named) and OURS.search(text)
    is_lost = is_told and not text and not last.strip(b"\0 \r\n\t")
    found = begins or OURS.search(last) or is_lost
    return SiblingFile(Path(entry.path), look) if found else None


def _ends(path: str, size: int) -> tuple[bytes, bytes]:
    """Return a file's first bytes and, if `size` is not 0, its last."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags)
    try:
        first, last = os.read(opened, _END), b""
        if size > _END and not OURS.search(first):
            os.lseek(opened, size - _END, os.SEEK_SET)
            last = os.read(opened, _END)
    finally:
        os.close(opened)
    return first, last


def _own(target: Path) -> re.Pattern[str]:
    """Return a pattern for the names of files that this program puts in the journal's folder."""
    name, stem, suffix = map(re.escape, (target.name, target.stem, target.suffix))
    kept, damaged = rf"{name}(?:\.{_STAMP})?\.bak", rf"{stem}\.corrupt-{_STAMP}{suffix}"
    return re.compile(rf"{re.escape(TEMP_PREFIX)}.*|{kept}|{damaged}", re.DOTALL)


def _identity(target: Path) -> tuple[int, int] | None:
    try:
        status = target.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _look(status: os.stat_result) -> FileLook:
    return FileLook(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _folded(name: str) -> str:
    if name.isascii():
        return name.casefold()
    from unicodedata import normalize  # noqa: PLC0415 - costs a millisecond, rarely needed

    return normalize("NFC", name).casefold()


class Fate(StrEnum):
    """The fates of another journal; only one that was taken in is merged."""

    TAKEN_IN = "taken-in"
    OTHER = "other"  # neither its name nor its entries show that it belongs to this journal
    LEFT = "left"  # older than this journal: the user may have put it there
    DAMAGED = "damaged"
    NEWER = "newer"  # only a newer version of this program can merge it
    UNREADABLE = "unreadable"
    EMPTY = "empty"


class SiblingJournal(msgspec.Struct, frozen=True):
    """Another journal in the journal's folder.

    `more` counts entries or changes that the journal lacks or, if merged, lacked before; `moved` is
    the file's new path if it was moved.
    """

    path: Path
    fate: Fate
    more: int = 0
    moved: Path | None = None
