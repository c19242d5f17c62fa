"""The entries in memory, oldest first, and what is asked of them."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator
from datetime import datetime

from itband_gui.journal.entries import Entry, Kind, Sign
from itband_gui.journal.holding import LineKey
from itband_gui.leg.names import Leg


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

    def open_signs(self) -> list[Sign]:
        """Return the warning signs not yet resolved, oldest first."""
        return [entry for entry in self if isinstance(entry, Sign) and entry.resolved is None]

    def _fill(self, entries: dict[str, Entry], order: list[LineKey]) -> None:
        """Hold these entries, by id, and no others."""
        self._entries, self._order = entries, order

    def _place(self, entry_id: str, after: Entry | None) -> Entry | None:
        """Put an entry, or None, in the place of what the id stood for, and return that."""
        before = self._entries.pop(entry_id, None)
        if before is not None:
            del self._order[bisect_left(self._order, (before.at, entry_id))]
        if after is not None:
            self._entries[entry_id] = after
            insort(self._order, (after.at, entry_id))
        return before
