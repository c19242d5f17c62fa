"""How opening the journal went, and what of it there is."""

from enum import StrEnum
from pathlib import Path

import msgspec

from itband_gui.journal.book import Book
from itband_gui.journal.holding import Holding
from itband_gui.journal.missed import Missed
from itband_gui.journal.reading import Problem, Verdict
from itband_gui.journal.rescue import Offer


class LoadCode(StrEnum):
    """How opening the journal went."""

    NEW = "new"  # there is no file yet
    SOUND = "sound"
    EDITED = "edited-outside"  # valid and whole, but last changed by something else
    NEWER = "newer-read-only"  # a newer version of this program has to write it
    DAMAGED = "damaged"  # the book holds what can be saved of it
    UNREADABLE = "cannot-be-read"  # the disk or its permissions refuse; nobody says it is damaged


LOAD_CODES = {
    Verdict.SOUND: LoadCode.SOUND,
    Verdict.EDITED: LoadCode.EDITED,
    Verdict.NEWER: LoadCode.NEWER,
    Verdict.DAMAGED: LoadCode.DAMAGED,
}


class Loaded(msgspec.Struct, frozen=True):
    """An opened journal.

    `problems`, `unlisted` (how many more there are) and `lost` (entries that could not be read)
    tell about damage; `set_aside` is where
    the damaged file lies now; `errno` says why a file cannot be read (EFBIG: beyond SIZE_LIMIT,
    EISDIR: it is no file); `migrated_from` is the file's schema, where that is an older one;
    `offers` are what can bring back what is damaged or missing, the best first; `missed` is what
    the file lacked of what this machine has acknowledged: the book has it, the file still has not.
    """

    code: LoadCode
    book: Book
    problems: tuple[Problem, ...] = ()
    lost: int = 0
    unlisted: int = 0
    set_aside: Path | None = None
    errno: int | None = None
    migrated_from: int | None = None
    offers: tuple[Offer, ...] = ()
    missed: Missed = Missed()

    @property
    def holding(self) -> Holding:
        """What was read of the file."""
        return self.book.holding

    @property
    def read_only(self) -> bool:
        """Whether saving will be refused for as long as the file stays as it is."""
        refused = (LoadCode.NEWER, LoadCode.UNREADABLE)
        return self.code in refused or (self.code is LoadCode.DAMAGED and not self.set_aside)
