"""Reads a copy from the journal's folder and moves it away once it is merged.

The caller holds the journal's lock, reads a copy, merges it, and moves it away once the merged
journal is on the disk. A kill in between leaves the copy where it was; merging it again changes
nothing.
"""

import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from itband_gui.journal import safe_file
from itband_gui.journal.codec import decode
from itband_gui.journal.safe_file import JOURNAL_LIMIT, read_file
from itband_gui.journal.salvage import Decoded
from itband_gui.journal.siblings import GZIP, UNPACK

_STEM_KEPT, _SUFFIX_KEPT = 50, 10  # characters, so that no name gets too long


class ConflictCopy(msgspec.Struct, frozen=True):
    """A copy as read; if `decoded` is DAMAGED, it has only what could be recovered."""

    path: Path
    data: bytes
    decoded: Decoded

    @property
    def digest(self) -> str:
        """The file's SHA-256 in hexadecimal."""
        return sha256(self.data).hexdigest()


def read(path: Path) -> ConflictCopy:
    """Read a copy, compressed with gzip or not.

    Raises:
        OSError: it cannot be read; see `read_file`.

    """
    data, _ = read_file(path)
    return ConflictCopy(path, data, decode(_unpacked(data)))


def unpacked(path: Path) -> bytes:
    """Return the bytes of a journal, decompressed if it is gzip.

    Raises:
        OSError: as for `read`.

    """
    return _unpacked(read_file(path)[0])


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(GZIP):
        return data
    try:
        return zlib.decompressobj(UNPACK).decompress(data, JOURNAL_LIMIT)
    except zlib.error:
        return b""


def put_away(copy: ConflictCopy, folder: Path) -> Path | None:
    """Move a merged copy into `folder` and return its new path.

    `folder` holds only copies of this journal and may be on another disk. Returns None if the copy
    changed since it was read; it then stays, to be merged again.

    Raises:
        NotSavedError: the copy was not moved or, if not confirmed, may come back.

    """
    digest = copy.digest[:12]
    kept = folder / f"{copy.path.stem[:_STEM_KEPT]}.{digest}{copy.path.suffix[:_SUFFIX_KEPT]}"
    safe_file.make_folder(folder)
    safe_file.sweep_folder(folder)  # only written with this journal's lock held
    safe_file.replace_file(kept, copy.data)
    # A process killed just after it replaced the journal may not have flushed the folder.
    safe_file.flush_folder(copy.path.parent)
    with safe_file.refusing(copy.path), suppress(FileNotFoundError):
        if read_file(copy.path)[0] != copy.data:
            return None
        copy.path.unlink()
    safe_file.flush_folder(copy.path.parent)
    return kept
