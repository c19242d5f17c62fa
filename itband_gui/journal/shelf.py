"""The entries in memory, oldest first, and what is asked of them."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from itband_gui.journal.entries import Entry, Kind
from itband_gui.journal.holding import LineKey
from itband_gui.leg.names import Leg

_FEW = 20  # changes that are put in order one by one; to order all anew takes longer than these


class Shelf:
    """Entries in order of time, then of id."""

    def __init__(self, entries: dict[str, Entry], order: list[LineKey]) -> None:
        self._fill(entries, order)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return (self._entries[entry_id] for _, entry_id in self._order)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._entries

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry of that id, or None."""
        return self._entries.get(entry_id)

    def query(
        self,
        since: datetime | None = None,
        leg: Leg | None = None,
        kinds: Collection[Kind] | None = None,
    ) -> list[Entry]:
        """Return the entries from `since` on, about `leg`, of `kinds`, oldest first.

        An entry about no leg (a run, a rest day) is not about `leg`.
        """
        start = 0 if since is None else bisect_left(self._order, (since, ""))
        found = (self._entries[entry_id] for _, entry_id in self._order[start:])
        return [
            entry
            for entry in found
            if (leg is None or leg in entry.about) and (kinds is None or entry.kind in kinds)
        ]

    def _fill(self, entries: dict[str, Entry], order: list[LineKey]) -> None:
        """Hold these entries, by id, and no others."""
        self._entries, self._order = entries, order

    def _place(self, afters: Mapping[str, Entry | None]) -> dict[str, Entry | None]:
        """Put entries, or None, in the place of what their ids stood for, and return that."""
        befores = {entry_id: self._entries.pop(entry_id, None) for entry_id in afters}
        new = {entry_id: entry for entry_id, entry in afters.items() if entry}
        self._entries |= new
        keys = [(entry.at, entry_id) for entry_id, entry in new.items()]
        if len(afters) > _FEW:
            rest = [key for key in self._order if key[1] not in afters]
            self._order = sorted(rest + keys)
            return befores
        for entry_id, before in befores.items():
            if before:
                del self._order[bisect_left(self._order, (before.at, entry_id))]
        for key in keys:
            insort(self._order, key)
        return befores
