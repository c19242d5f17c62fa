"""Which journals beside the journal were seen before, so that each is taken in, or told, once.

An entry that was deleted since is not brought back by a copy that still has it, however old that
is. Kept beside what this machine has acknowledged: a line for each file, with how it looks, its
digest and its fate. What cannot be read or written of this costs a second look, nothing else.
"""

import re
from contextlib import suppress
from pathlib import Path

from itband_gui.journal import safe_file
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.safe_file import NotSavedError, read_file
from itband_gui.journal.siblings import Fate, FileLook, Finder, SiblingFile
from itband_gui.journal.snapshot import READER, SCHEMA

MOST = 1_000  # files; our choice
_FORM = b"itband-beside 1 "
_FIRST = _FORM + f"{SCHEMA} {READER}".encode()
_LINE = re.compile(
    rb"(\d{1,20}) (\d{1,20}) (-?\d{1,20}) (-?\d{1,20}) ([0-9a-f]{64}|-) (%b)"  # of 64 bits
    % "|".join(Fate).encode()
)
_LIMIT = 1024 * 1024  # bytes; a line has some 150


class SeenSiblings:
    """The marks of one journal's neighbours; without a log they last as long as this object."""

    def __init__(self, log: Acknowledged | None = None) -> None:
        self._file: Path | None = log.file.with_suffix(".beside") if log else None
        self._by_look: dict[FileLook, tuple[str, Fate]] | None = None
        self._noted: dict[
            FileLook, tuple[str, Fate]
        ] = {}  # what the file does not have from us yet

    def knows(self, neighbour: SiblingFile) -> bool:
        """Whether it was seen as it is; one that can be read now was not seen when it could not."""
        _, fate = self._marks().get(neighbour.look, ("", None))
        return fate is not None and (fate is Fate.UNREADABLE) == (neighbour.errno is not None)

    def knows_bytes(self, digest: str) -> Fate | None:
        """Return what became of a file with these bytes, None for one that was not seen."""
        return next((fate for known, fate in self._marks().values() if known == digest), None)

    def mark(self, look: FileLook, digest: str, fate: Fate) -> None:
        """Note what became of a file; `keep` makes it last."""
        self._marks()[look] = self._noted[look] = digest, fate

    def keep(self) -> None:
        """Write down what was noted, beside what other processes have noted meanwhile."""
        if not self._noted or self._file is None:
            return
        known = self._marks() | _read(self._file)
        for look in self._noted:  # the newest are the last: only so many are kept
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
    """Whether there is a journal beside `target` that was not seen before."""
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
    if first != _FIRST:  # what another version of this program could not read, this one may
        return {look: mark for look, mark in marks.items() if mark[1] is not Fate.NEWER}
    return marks
