"""Reads a copy of the journal that lies beside it, and puts it away.

Nothing here merges: whoever holds the journal's lock reads a copy, merges it, and puts it away once
the merged journal is on the disk. A kill in between leaves the copy where it was, to be merged
again, which changes nothing.
"""

import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from itband_gui.journal import safe_file
from itband_gui.journal.codec import decode
from itband_gui.journal.safe_file import SIZE_LIMIT, read_file
from itband_gui.journal.salvage import Decoded
from itband_gui.journal.siblings import GZIP, UNPACK

_STEM_KEPT, _SUFFIX_KEPT = 50, 10  # characters: with the digest, no name gets too long


class ConflictCopy(msgspec.Struct, frozen=True):
    """A copy as it was read; `decoded` is DAMAGED where it holds only what could be saved."""

    path: Path
    data: bytes
    decoded: Decoded

    @property
    def digest(self) -> str:
        """Its checksum, which tells it from other files."""
        return sha256(self.data).hexdigest()


def read(path: Path) -> ConflictCopy:
    """Read a copy, packed by gzip or not.

    Raises:
        OSError: it cannot be read; see `read_file`.

    """
    data, _ = read_file(path)
    return ConflictCopy(path, data, decode(_unpacked(data)))


def unpacked(path: Path) -> bytes:
    """Return the bytes of a journal, packed by gzip or not.

    Raises:
        OSError: as for `read`.

    """
    return _unpacked(read_file(path)[0])


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(GZIP):
        return data
    try:
        return zlib.decompressobj(UNPACK).decompress(data, SIZE_LIMIT)
    except zlib.error:
        return b""


def put_away(copy: ConflictCopy, folder: Path) -> Path | None:
    """Move a copy whose entries are in the journal into `folder`, and return where it lies now.

    `folder` is another one than the journal's, for its copies alone; it may be on another disk.
    None: the copy changed since it was read, so the new one stays, to be merged as well.

    Raises:
        NotSavedError: the copy is still where it was, or (not confirmed) may come back.

    """
    digest = copy.digest[:12]
    kept = folder / f"{copy.path.stem[:_STEM_KEPT]}.{digest}{copy.path.suffix[:_SUFFIX_KEPT]}"
    safe_file.make_folder(folder)
    safe_file.sweep_folder(folder)  # one journal's copies, put there with its lock held
    safe_file.replace_file(kept, copy.data)
    # A process killed just after it replaced the journal may not have made that durable.
    safe_file.flush_folder(copy.path.parent)
    with safe_file.refusing(copy.path), suppress(FileNotFoundError):
        if read_file(copy.path)[0] != copy.data:
            return None
        copy.path.unlink()
    safe_file.flush_folder(copy.path.parent)
    return kept
