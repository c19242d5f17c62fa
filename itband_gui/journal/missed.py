"""Compares a journal's file with what this machine had acknowledged of it."""

import msgspec
from msgspec.structs import replace

from itband_gui.journal.entries import Removed
from itband_gui.journal.holding import ENTRIES, Holding


class Missed(msgspec.Struct, frozen=True):
    """Ids of entries.

    `back`: those that were missing, `changed`: those whose change or removal was missing; both are
    held again. `gone`: those that were taken out in another place, and stay out.
    """

    back: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.back or self.changed or self.gone)

    def __or__(self, other: "Missed") -> "Missed":
        return Missed(self.back | other.back, self.changed | other.changed, self.gone | other.gone)

    def but_gone(self) -> "Missed":
        """Return the same without what was taken out."""
        return replace(self, gone=frozenset())


def missed(acknowledged: Holding, in_file: Holding, held: Holding) -> Missed:
    """Return what the file lacked of what was acknowledged, by what is held of both now."""
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
