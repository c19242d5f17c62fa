"""Merges other journals from the folder into the journal, each once, and reports their fates.

To be merged, a file must be undamaged and belong to the journal: they share an entry, or its name
shows it. Only a file that a sync tool named a conflict is moved away afterwards, once its entries
are on the disk. All others stay, as somebody may have put them there on purpose.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from itband_gui.journal.conflict_copies import ConflictCopy, put_away, read
from itband_gui.journal.entries import ConflictingVersion
from itband_gui.journal.merge import merge
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.journal.siblings import (
    Fate,
    Finder,
    SiblingFile,
    SiblingJournal,
    is_named_after,
    is_passing,
)
from itband_gui.journal.siblings_seen import SeenSiblings
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.tracked_file import TrackedFile

_IN_CONFLICT = re.compile("[ck]onfli", re.IGNORECASE)
_LEFT_ALONE = {JournalVerdict.DAMAGED: Fate.DAMAGED, JournalVerdict.NEWER: Fate.NEWER}


class _Joined(NamedTuple):
    """A copy whose entries are merged but not yet on the disk."""

    neighbour: SiblingFile
    copy: ConflictCopy
    more: int


class Siblings:
    """The other journals in a journal's folder; merged conflict copies are moved into `folder`."""

    def __init__(self, folder: Path, marks: SeenSiblings) -> None:
        self._folder = folder
        self._marks = marks
        self._finder = Finder()
        self._joined: dict[Path, _Joined] = {}
        self._left: list[tuple[SiblingFile, ConflictCopy]] = []
        self._told: list[SiblingJournal] = []

    def take_in(self, target: Path, file: TrackedFile) -> None:
        """Merge the copies that were not seen yet into the journal.

        If there is no journal, only conflict copies are merged; the others are offered.
        """
        self._left = []
        begins = not file.met and not file.held.lines
        for neighbour in self._new(target):
            copy = self._readable(neighbour)
            if copy is None:
                continue
            fate = _fate(copy, target, file.held, begins=begins)
            if fate is Fate.LEFT:
                self._left.append((neighbour, copy))
            elif fate is Fate.OTHER:
                more = _count(file.held, copy.decoded.snapshot)
                self._end(neighbour, copy.digest, SiblingJournal(neighbour.path, fate, more))
            else:
                self._join(neighbour, copy, file)
        self._marks.keep()

    def settle(self, held: FileSnapshot, *, begun: bool) -> None:
        """Move away and mark the merged copies, whose entries are now on the disk.

        A copy that cannot be moved is tried again at the next save. `held` is the journal's
        contents. If `begun`, the journal is new and older files are left alone from now on.
        """
        for path, joined in list(self._joined.items()):
            moved = None
            if _is_to_move(path):
                try:
                    moved = put_away(joined.copy, self._folder)
                except NotSavedError:
                    continue
            del self._joined[path]
            told = SiblingJournal(path, Fate.TAKEN_IN, joined.more, moved)
            if moved:
                self._told.append(told)
            else:
                self._end(joined.neighbour, joined.copy.digest, told)
        if begun:
            for neighbour, copy in self._left:
                self._leave(neighbour, copy, held)
        self._marks.keep()

    def _leave(self, neighbour: SiblingFile, copy: ConflictCopy, held: FileSnapshot) -> None:
        more = _count(held, merge(held, copy.decoded.snapshot))
        if more:
            self._end(neighbour, copy.digest, SiblingJournal(neighbour.path, Fate.LEFT, more))
        else:  # the new journal already has its entries
            self._marks.mark(neighbour.look, copy.digest, Fate.TAKEN_IN)

    def told(self) -> tuple[SiblingJournal, ...]:
        """Return the fates that were not yet reported."""
        told, self._told = tuple(self._told), []
        return told

    def _new(self, target: Path) -> Iterator[SiblingFile]:
        for neighbour in self._finder.find(target):
            joined = self._joined.get(neighbour.path)
            if not (joined and joined.neighbour == neighbour) and not self._marks.knows(neighbour):
                yield neighbour

    def _readable(self, neighbour: SiblingFile) -> ConflictCopy | None:
        """Return a copy that can be merged; report the fate of any other and return None."""
        path = neighbour.path
        try:
            copy = read(path)
        except OSError as error:
            unread = neighbour._replace(errno=error.errno)
            if not self._marks.knows(unread):
                self._end(unread, "", SiblingJournal(path, Fate.UNREADABLE))
            return None
        known = self._marks.knows_bytes(copy.digest)
        if known:
            self._marks.mark(neighbour.look, copy.digest, known)
            return None
        fate = _LEFT_ALONE.get(copy.decoded.verdict)
        if fate is None:
            return copy
        if not is_passing(path.name):  # unfinished files look damaged, too
            fate = fate if _has_bytes(copy) else Fate.EMPTY
            self._end(neighbour, copy.digest, SiblingJournal(path, fate, len(copy.decoded.entries)))
        return None

    def _join(self, neighbour: SiblingFile, copy: ConflictCopy, file: TrackedFile) -> None:
        before, theirs = file.held, copy.decoded.snapshot
        file.join(theirs, before, keeps=not _shares(theirs, before))
        more = _count(before, file.held)
        if more or _is_to_move(neighbour.path):
            file.needs_write = True
            self._joined[neighbour.path] = _Joined(neighbour, copy, more)
        else:
            self._marks.mark(neighbour.look, copy.digest, Fate.TAKEN_IN)

    def _end(self, neighbour: SiblingFile, digest: str, told: SiblingJournal) -> None:
        self._marks.mark(neighbour.look, digest, told.fate)
        self._told.append(told)


def siblings_of(target: Path, held: FileSnapshot) -> Iterator[SiblingJournal]:
    """Yield the other journals in the folder, compared with `held`, without changing anything.

    TAKEN_IN means that `held` has all their entries, OTHER that it lacks `more` of them.
    """
    for neighbour in Finder().find(target):
        path = neighbour.path
        try:
            copy = read(path)
        except OSError:
            yield SiblingJournal(path, Fate.UNREADABLE)
            continue
        fate = _LEFT_ALONE.get(copy.decoded.verdict)
        if fate is None:
            more = _count(held, merge(held, copy.decoded.snapshot))
            yield SiblingJournal(path, Fate.OTHER if more else Fate.TAKEN_IN, more)
        else:
            yield SiblingJournal(
                path, fate if _has_bytes(copy) else Fate.EMPTY, len(copy.decoded.entries)
            )


def _fate(copy: ConflictCopy, target: Path, held: FileSnapshot, *, begins: bool) -> Fate:
    if begins and not _IN_CONFLICT.search(copy.path.name):
        return Fate.LEFT
    if _shares(copy.decoded.snapshot, held) or is_named_after(target, copy.path.name):
        return Fate.TAKEN_IN
    return Fate.OTHER


def _shares(copy: FileSnapshot, held: FileSnapshot) -> bool:
    """Return whether the two share a line; an empty copy belongs to every journal."""
    return not copy.lines or not copy.lines.keys().isdisjoint(held.lines.keys())


def _has_bytes(copy: ConflictCopy) -> bool:
    return bool(copy.data.strip(b"\0 \r\n\t"))


def _is_to_move(path: Path) -> bool:
    name = path.name
    return bool(_IN_CONFLICT.search(name)) and not is_passing(name) and not path.is_symlink()


def _count(before: FileSnapshot, after: FileSnapshot) -> int:
    """Return the number of entries that are new, changed or removed in `after`."""
    return sum(
        1
        for line_id, data in after.data.items()
        if before.data.get(line_id) != data
        and not isinstance(after.lines[line_id], ConflictingVersion)
    )
