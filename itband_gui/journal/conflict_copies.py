"""The copies that sync tools leave beside the journal when two machines wrote it: found, put away.

Nothing here merges: whoever holds the journal's lock reads a copy, merges it, and puts it away once
the merged journal is on the disk. A kill in between leaves the copy where it was, to be merged
again, which changes nothing.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from itband_gui.journal import durable
from itband_gui.journal.codec import decode
from itband_gui.journal.conflict_names import find
from itband_gui.journal.durable import NotSavedError
from itband_gui.journal.reading import Decoded, Verdict
from itband_gui.journal.regular import read_regular
from itband_gui.journal.whole import FORMAT

# Either end of a journal of ours is enough, so that ruins are told from somebody else's file.
_OURS = re.compile(rb'"format":\s*"%b"|"count": \d+, "sha256": "' % FORMAT.encode())
_Look = tuple[int, int, int, int]
_STEM_KEPT = 50  # characters: with the digest, no name gets too long for a folder


class ConflictCopy(msgspec.Struct, frozen=True):
    """A copy as it was read; `decoded` is DAMAGED where it holds only what could be saved."""

    path: Path
    data: bytes
    decoded: Decoded


class ConflictCopies:
    """The copies of one journal, and what has become of each; merged ones go to `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looked_at: dict[Path, _Look] = {}  # not read again as long as it looks the same
        self._merged: dict[Path, ConflictCopy] = {}  # to be put away

    def new(self, target: Path) -> Iterator[ConflictCopy]:
        """Yield the copies to be merged that have not been yielded before."""
        for path in find(target):
            with suppress(OSError):
                status = path.stat()
                look = status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
                if self._looked_at.get(path) == look:
                    continue
                copy = _judged(path, read_regular(path)[0])
                self._looked_at[path] = look
                if copy:
                    self._merged[path] = copy
                    yield copy

    def put_away(self) -> None:
        """Move aside what was yielded, now that its entries are in the journal.

        What fails is tried again the next time.
        """
        for path, copy in list(self._merged.items()):
            with suppress(NotSavedError):
                put_away(copy, self._folder)
                del self._merged[path]


def read(path: Path) -> ConflictCopy | None:
    """Read a copy; None for one to leave where it is.

    That is one that is no journal, that holds nothing readable, that only a newer version may
    merge, or that cannot be read now.
    """
    try:
        data, _ = read_regular(path)
    except OSError:
        return None
    return _judged(path, data)


def _judged(path: Path, data: bytes) -> ConflictCopy | None:
    decoded = decode(data)
    if decoded.verdict is Verdict.NEWER:
        return None
    if decoded.verdict is Verdict.DAMAGED and not (decoded.holding and _OURS.search(data)):
        return None
    return ConflictCopy(path, data, decoded)


def put_away(copy: ConflictCopy, folder: Path) -> Path | None:
    """Move a copy whose entries are in the journal into `folder`, and return where it lies now.

    `folder` is another one than the journal's, for its copies alone; it may be on another disk.
    None: the copy changed since it was read, so the new one stays, to be merged as well.

    Raises:
        NotSavedError: the copy is still where it was, or (not confirmed) may come back.

    """
    digest = sha256(copy.data).hexdigest()[:12]
    kept = folder / f"{copy.path.stem[:_STEM_KEPT]}.{digest}{copy.path.suffix}"
    durable.make_folder(folder)
    durable.sweep_folder(folder)  # one journal's copies, put there with its lock held
    durable.replace_file(kept, copy.data)
    # A process killed just after it replaced the journal may not have made that durable.
    durable.flush_folder(copy.path.parent)
    with durable.refusing(copy.path), suppress(FileNotFoundError):
        if read_regular(copy.path)[0] != copy.data:
            return None
        copy.path.unlink()
    durable.flush_folder(copy.path.parent)
    return kept
