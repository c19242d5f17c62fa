"""Merges two snapshots of one journal without losing an edit, and compares them.

Every version of an entry lists in `was` the versions that it replaced. So the versions not yet
replaced are the same however often and in whatever order computers merge. One of them wins; the
others are kept as overruled lines until the user decides.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

import msgspec
from msgspec.structs import replace

from itband_gui.journal.changes import Change
from itband_gui.journal.entries import ConflictingVersion, Entry, Removed, stamp
from itband_gui.journal.lines import parse_line
from itband_gui.journal.snapshot import ENTRIES, FileSnapshot
from itband_gui.journal.versions import (
    Version,
    descent,
    mark,
    next_rev,
    overruled,
    same_content,
    settled,
    was,
    written,
)

REMEMBERED = timedelta(days=180)  # how long a removal is kept for other computers (our choice)
SINCE = 10  # this many entries must be newer, too: a wrong clock affects only a few (our choice)
MOST_PERCENT = 10
MOST_ENTRIES = 20
TINY = 10  # entries; in a smaller journal a single entry is more than 10%


def merge(ours: FileSnapshot, theirs: FileSnapshot) -> FileSnapshot:
    """Return the merge of both; a line absent from one is new from the other.

    The result does not depend on the order in which two or more snapshots are merged.
    """
    small, large = sorted((ours, theirs), key=len)
    puts: dict[str, Version] = {}
    gone: set[str] = set()
    for entry_id in _contested(small, large):
        rivals = [rival for side in (small, large) for rival in side.overruled(entry_id)]
        found = (small.version(entry_id), large.version(entry_id), *map(_lost, rivals))
        stands, *losers = settled(version for version in found if version)
        gone.update(rival.id for rival in rivals)
        puts[entry_id] = stands
        for version in map(overruled, losers):
            puts[version.line.id] = version
    for line_id, line in small.lines.items():
        new = small.version(line_id)
        if new and line_id not in large.lines and not isinstance(line, ConflictingVersion):
            puts.setdefault(line_id, new)
    return large.put(puts, gone, max(small.schema, large.schema))


def applied(held: FileSnapshot, changes: Sequence[Change], now: datetime) -> FileSnapshot:
    """Return `held` with the user's changes merged into it."""
    made = [_made(held, change, now) for change in changes]
    made += [overruled(written(lost)) for change in changes for lost in change.again]
    return merge(held, FileSnapshot.of({version.line.id: version for version in made}))


def edited_by_hand(base: FileSnapshot, theirs: FileSnapshot, now: datetime) -> FileSnapshot:
    """Return another program's file with its changes since `base` made explicit.

    An entry of `base` that it lacks was removed; one that differs replaced that of `base`.
    """
    puts = {}
    for entry_id, line in base.lines.items():
        if type(line) not in ENTRIES or theirs.data.get(entry_id) == base.data[entry_id]:
            continue
        known, found = base.version(entry_id), theirs.version(entry_id)
        assert known  # noqa: S101 - its id is from `base`
        if found is None:
            puts[entry_id] = _removal(known, (), now)
        elif isinstance(found.line, Entry) and len(settled((known, found))) > 1:
            newer = replace(found.line, rev=next_rev(known.line), was=descent(known))
            puts[entry_id] = written(newer, found)
    return theirs.put(puts)


def without_old_removals(held: FileSnapshot, now: datetime) -> FileSnapshot:
    """Return a snapshot without removals so old that every computer must have them.

    The clock alone is not trusted, as it may jump: enough entries must be newer, too.
    """
    entries = (at for at, line_id in reversed(held.order) if line_id not in held.others)
    tenth_newest = next(islice(entries, SINCE - 1, None), None)
    if tenth_newest is None:
        return held
    gone = []
    for line_id in held.others:
        line = held.lines[line_id]
        lost = _lost(line).line if isinstance(line, ConflictingVersion) else line
        if isinstance(lost, Removed) and lost.at < min(now, tenth_newest) - REMEMBERED:
            gone.append(line_id)
    return held.put({}, gone) if gone else held


def _made(held: FileSnapshot, change: Change, now: datetime) -> Version:
    """Return the version that results from a change."""
    entry_id = change.entry.id
    there, lost = held.version(entry_id), [_lost(line) for line in held.overruled(entry_id)]
    if change.after is None:
        known = there if there and there.line == change.before else written(change.entry)
        return _removal(known, lost, now)
    chosen = (v for v in lost if was(change.after)[-1:] == (mark(v.data),))
    return written(change.after, next(chosen, there))


def _removal(known: Version, rivals: Iterable[Version], now: datetime) -> Version:
    rev, replaced = next_rev(known.line), descent(*rivals, known)
    return written(Removed(id=known.line.id, rev=rev, at=stamp(now), was=replaced))


def _contested(small: FileSnapshot, large: FileSnapshot) -> set[str]:
    """Return the ids for which the two sides may have different versions."""
    found = {line.of for line in small.overruled()}
    for line_id, data in small.data.items():
        if large.data.get(line_id, data) != data:
            found.add(line_id)
    return found


def _lost(line: ConflictingVersion) -> Version:
    return parse_line(bytes(line.version), lenient=True)


class Difference(msgspec.Struct, frozen=True):
    """Two sets of entries compared by id, each tuple in the order of the side that it is from.

    Attributes:
        new: theirs that we do not have.
        same: theirs with the same content as ours, apart from `rev` and `was`.
        different: pairs of ours and theirs with different content.
        missing: ours that they do not have; a restore removes them, an import keeps them.

    """

    new: tuple[Entry, ...]
    same: tuple[Entry, ...]
    different: tuple[tuple[Entry, Entry], ...]
    missing: tuple[Entry, ...]


def difference(mine: Iterable[Entry], theirs: Iterable[Entry]) -> Difference:
    """Compare our entries with theirs; if an id occurs twice on one side, the last counts."""
    ours = {entry.id: entry for entry in mine}
    new, same, different = [], [], []
    for entry in {entry.id: entry for entry in theirs}.values():
        own = ours.pop(entry.id, None)
        if own is None:
            new.append(entry)
        elif same_content(own, entry):
            same.append(entry)
        else:
            different.append((own, entry))
    return Difference(tuple(new), tuple(same), tuple(different), missing=tuple(ours.values()))


def needs_consent(held: int, staying: int, removed: int) -> bool:
    """Return whether the user must agree to a save, and a backup be pinned, before it is made.

    This is so if the save would lose more than 10 % or more than 20 of the file's entries. In a
    journal of fewer than 10 entries, it is so only if none of them would remain.

    Args:
        held: the number of entries in the file now.
        staying: how many of them will remain; new entries do not count.
        removed: how many of them the user removed.

    """
    unasked = held - staying - removed
    if held < TINY:
        return unasked > 0 and staying == 0
    return unasked > MOST_ENTRIES or unasked * 100 > held * MOST_PERCENT
