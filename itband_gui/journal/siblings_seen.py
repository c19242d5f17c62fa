"""Remembers which other journals in the folder were seen, so that each is handled only once.

So an old copy cannot bring back an entry that was deleted since. The file, next to this computer's
record of saves, has a line for each journal with its status, digest and fate. If it cannot be read
or written, journals are just looked at again.
"""

import re
from contextlib import suppress
from pathlib import Path

from itband_gui.journal import safe_file
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.safe_file import NotSavedError, read_file
from itband_gui.journal.siblings import Fate, FileLook, Finder, SiblingFile
from itband_gui.journal.snapshot import READER, SCHEMA

MOST = 1_000  # files (our choice)
_FORM = b"itband-beside 1 "
_FIRST = _FORM + f"{SCHEMA} {READER}".encode()
_LINE = re.compile(
    rb"(\d{1,20}) (\d{1,20}) (-?\d{1,20}) (-?\d{1,20}) ([0-9a-f]{64}|-) (%b)"  # of 64 bits
    % "|".join(Fate).encode()
)
_LIMIT = 1024 * 1024  # bytes; a line has about 150


class SeenSiblings:
    """The marks for one journal's neighbours; without a log they are kept only in memory."""

    def __init__(self, log: Acknowledged | None = None) -> None:
        self._file: Path | None = log.file.with_suffix(".beside") if log else None
        self._by_look: dict[FileLook, tuple[str, Fate]] | None = None
        self._noted: dict[FileLook, tuple[str, Fate]] = {}  # not yet written

    def knows(self, neighbour: SiblingFile) -> bool:
        """Return whether a neighbour was seen in this state; becoming readable is a new state."""
        _, fate = self._marks().get(neighbour.look, ("", None))
        return fate is not None and (fate is Fate.UNREADABLE) == (neighbour.errno is not None)

    def knows_bytes(self, digest: str) -> Fate | None:
        """Return the fate of a file with these bytes, or None if it was not seen."""
        return next((fate for known, fate in self._marks().values() if known == digest), None)

    def mark(self, look: FileLook, digest: str, fate: Fate) -> None:
        """Note a file's fate; `keep` writes it to disk."""
        self._marks()[look] = self._noted[look] = digest, fate

    def keep(self) -> None:
        """Write the new marks, merged with those of other processes."""
        if not self._noted or self._file is None:
            return
        known = self._marks() | _read(self._file)
        for look in self._noted:  # to the end, because the oldest are dropped
            known.pop(look, None)
        self._by_look = known | self._noted
        lines = (
            f"{' '.join(map(str, look))} {digest or '-'} {fate}\n".encode()
            for look, (digest, fate) in list(self._by_look.items())[-MOST:]
        )
        with suppress(NotSavedError):
            safe_file.make_folder(self._file.parent)
            safe_file.replace_file(self._file, b"".join((_FIRST, b"\n", *lines)))
            self._noted = {}

    def _marks(self) -> dict[FileLook, tuple[str, Fate]]:
        if self._by_look is None:
            self._by_look = _read(self._file) if self._file else {}
        return self._by_look


def any_new(target: Path, marks: SeenSiblings) -> bool:
    """Return whether the folder of `target` has a journal that was not seen before."""
    return not all(map(marks.knows, Finder().find(target)))


def _read(file: Path) -> dict[FileLook, tuple[str, Fate]]:
    try:
        data, _ = read_file(file, _LIMIT)
    except OSError:
        return {}
    first, *rest = data.splitlines() or [b""]
    if not first.startswith(_FORM):
        return {}
    lines = filter(None, map(_LINE.fullmatch, rest))
    marks = {
        FileLook(*map(int, line.groups()[:4])): (line[5].decode(), Fate(line[6].decode()))
        for line in lines
    }
    if first != _FIRST:  # this version may be able to read what another version could not
        return {look: mark for look, mark in marks.items() if mark[1] is not Fate.NEWER}
    return marks
