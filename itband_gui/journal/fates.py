"""The fates of the other journals in the journal's folder."""

from enum import StrEnum
from pathlib import Path

import msgspec


class Fate(StrEnum):
    """The fate of one; the file stays where it is, and only one that was taken in is merged."""

    TAKEN_IN = "taken-in"
    OTHER = "other"  # neither its name nor any of its entries says that it belongs to the journal
    LEFT = "left"  # it lay there before the journal was begun: the user may have put it there
    DAMAGED = "damaged"
    NEWER = "newer"  # only a newer version of this program may merge it
    UNREADABLE = "unreadable"
    EMPTY = "empty"


class Beside(msgspec.Struct, frozen=True):
    """A journal beside the journal.

    `more`: how many entries or changes it has, or had, that the journal has not, or had not;
    `moved`: where it lies now, None for where it was.
    """

    path: Path
    fate: Fate
    more: int = 0
    moved: Path | None = None
