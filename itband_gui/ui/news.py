"""What others did to the journal, in numbers of entries."""

from collections.abc import Mapping

import msgspec

from itband_gui.journal.entries import Entry


class News(msgspec.Struct, frozen=True):
    """What others did to the journal: numbers of entries; `overruled`: versions that lost."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    overruled: int = 0

    def __add__(self, other: "News") -> "News":
        return News(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.overruled + other.overruled,
        )


def news_between(before: Mapping[str, Entry], now: Mapping[str, Entry], overruled: int) -> News:
    """Return what became of the entries, by id, that there were before."""
    staying = before.keys() & now.keys()
    return News(
        added=len(now.keys() - before.keys()),
        changed=sum(1 for key in staying if before[key] != now[key]),
        removed=len(before.keys() - now.keys()),
        overruled=overruled,
    )
