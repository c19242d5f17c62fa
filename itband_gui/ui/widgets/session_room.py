"""The parts that a session's page gives up, in turn, where there is little room.

Letters never become smaller than the user's own, and what is said for safety stays to the last.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """A part that can go, in the order in which they do; each can be had in another way."""

    LABELS = "labels"  # names beside the leg
    KEYS = "keys"  # the second lines of the buttons
    HINT = "hint"  # how to use the hand
    NEXT = "next"
    GUIDE = "guide"
    LEG = "leg"


class Room(NamedTuple):
    """The parts that are shown, and how large they are.

    `letters` goes from 1, as large as suits the window, to 0, the user's own size.
    """

    letters: float
    gone: frozenset[Part]


# Letters shrink some way before the first part goes, and all the way before the third; our choice.
_LETTERS = {0: (1.0, 0.7, 0.4), 1: (0.4,), 2: (0.4, 0.0)}
_NOT_ON_THE_FLOOR = frozenset({Part.LABELS, Part.HINT, Part.GUIDE})  # too small to be read there


def rooms(*, floor: bool) -> Iterator[Room]:
    """Yield what to try, from the roomiest to the tightest; that one may have to be scrolled."""
    always = _NOT_ON_THE_FLOOR if floor else frozenset()
    parts = list(Part)
    for count in range(len(parts) + 1):
        gone = frozenset(parts[:count]) | always
        for letters in _LETTERS.get(count, (0.0,)):
            yield Room(letters, gone)
