"""What taking entries over would do to the journal, before it is done: for import and restore."""

from collections.abc import Iterable
from dataclasses import dataclass

from itband_gui.journal.entries import Entry
from itband_gui.journal.versions import same_content


@dataclass(frozen=True)
class Difference:
    """Two sets of entries compared by id, each tuple in the order of the side that it is from.

    Attributes:
        new: theirs that we do not have.
        same: theirs that say what ours say; `rev` and `was`, which count versions, aside.
        different: ours and theirs, where they say different things.
        missing: ours that they do not have; a restore takes them out, an import leaves them.

    """

    new: tuple[Entry, ...]
    same: tuple[Entry, ...]
    different: tuple[tuple[Entry, Entry], ...]
    missing: tuple[Entry, ...]


def difference(mine: Iterable[Entry], theirs: Iterable[Entry]) -> Difference:
    """Compare our entries with theirs; of an id that stands twice on one side, the last counts."""
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
