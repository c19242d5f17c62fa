"""The steps that can be taken back, and what taking one back puts in place."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from itband_gui.journal.changes import Change
from itband_gui.journal.entries import Entry, Overruled
from itband_gui.journal.versions import (
    Version,
    descent,
    mark,
    next_rev,
    same_content,
    settled,
    was,
    written,
)


class Step(msgspec.Struct, frozen=True):
    """Changes that are undone as one, and how often the book had been saved before them.

    `lost`: overruled versions that went with them; `beside`: the ids of those that came with them.
    """

    changes: tuple[Change, ...]
    saves: int
    lost: tuple[Entry, ...] = ()
    beside: frozenset[str] = frozenset()

    def revived(self, entry_id: str) -> tuple[Entry, ...]:
        """Return what of `lost` was of an entry, new again to all machines that forgot it."""
        gone = (entry for entry in self.lost if entry.id == entry_id)
        return tuple(replace(entry, was=descent(written(entry))) for entry in gone)


def decided(lines: Iterable[Overruled], changes: Iterable[Change]) -> tuple[Entry, ...]:
    """Return the overruled versions that nobody is asked about any more after these changes."""
    after = {change.entry.id: change.after for change in changes}
    lost = []
    for line in lines:
        entry, stands = line.entry, after.get(line.of)
        undecided = stands and mark(bytes(line.version)) not in was(stands)
        if entry and line.of in after and not undecided:
            lost.append(entry)
    return tuple(lost)


def again(entry: Entry, base: Version | None, rivals: Iterable[Version]) -> Entry:
    """Return an entry as it was before a step: what comes after `base`, and its like kept beside.

    `rivals`: the versions of it that nobody has decided about.
    """
    if base is None:
        return entry
    like = (rival for rival in rivals if rival.line == entry)
    return replace(entry, rev=next_rev(base.line), was=descent(*like, base))


def instead(added: Version | None, rivals: Sequence[Version]) -> Entry | None:
    """Return what stands where an addition is taken back: a version that others made, or None.

    It is one of the `rivals`, about which nobody has decided; what else they are stays undecided.
    """
    if added is None or not rivals:
        return None
    theirs = settled(rivals)[0]
    assert isinstance(theirs.line, Entry)  # noqa: S101 - nothing else is ever undecided
    return replace(theirs.line, rev=next_rev(added.line), was=descent(added, theirs))


def still_undoable(
    steps: Iterable[Step], before: Mapping[str, Entry], now: Mapping[str, Entry]
) -> list[Step]:
    """Return the steps of which nothing has been changed from outside since."""

    def is_as_left(entry_id: str) -> bool:
        left, there = before.get(entry_id), now.get(entry_id)
        return there == left or bool(there and left and same_content(there, left))

    return [step for step in steps if all(is_as_left(one.entry.id) for one in step.changes)]
