"""Fits lines into the time there is: the weightier first, each as long as it may be, none late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from itband_gui.session.cues import Pace
from itband_gui.session.events import Event

BREATH_MS = 200  # of silence before the next thing that is said; our choice
LATE_MS = 1_000  # a count said later than that would be wrong; our choice
LATE_OPENING_MS = 3_000  # what holds for a whole phase may come later


class Weight(IntEnum):
    """What yields to what; the higher is heard."""

    REMINDER = 10
    SECONDS = 15
    HALF = 20
    COUNT = 25
    NEXT = 30
    PHASE = 40
    ANSWER = 50  # to a key; one that cuts off another answer weighs a little more
    SAFETY = 1_000


class LinePart(NamedTuple):
    """A piece of a line; where talk or time is short, the lower ranks have it."""

    rank: int
    phrases: tuple[str, ...]


Text = tuple[LinePart, ...]
Key = tuple[type[Event], int]  # the event at which a line is said; its number, or 0


@dataclass(frozen=True)
class TimedLine:
    """A line that would be good to have `at_ms` into the phase, said by `by_ms`.

    Attributes:
        quiet_ms: silence wanted on either side.
        group: of the wishes in one group only the first that fits comes true; empty for none.
        lasts: whether it is never stale before `by_ms`, as what is said for safety.

    """

    key: Key
    at_ms: int
    by_ms: int
    text: Text
    weight: Weight
    quiet_ms: int = BREATH_MS
    group: str = ""
    lasts: bool = False


@dataclass(frozen=True)
class Slot:
    """A line that has its time, as offsets from the phase's start; `shorter` says it in less."""

    key: Key
    at_ms: int
    end_ms: int
    until_ms: int
    phrases: tuple[str, ...]
    weight: Weight
    shorter: tuple[tuple[str, ...], ...] = ()
    lasts: bool = False


def longest(text: Text, rank: int, room_ms: int | None, pace: Pace) -> tuple[str, ...]:
    """Return as much of a text as may be said and can be, the lower ranks first.

    Nothing is said where even the lowest rank is too long.

    Args:
        text: parts in the order in which they are spoken.
        rank: the highest rank that may be said.
        room_ms: the time there is; None for no limit.
        pace: of the voice in use.

    """
    kept: set[int] = set()
    best: tuple[str, ...] = ()
    for candidate in sorted({part.rank for part in text if part.rank <= rank}):
        ranks = kept | {candidate}
        phrases = tuple(p for part in text if part.rank in ranks for p in part.phrases)
        if room_ms is None or pace.duration_ms(phrases) <= room_ms:
            kept, best = ranks, phrases
        elif not best:
            return ()
    return best


def fit(wishes: Iterable[TimedLine], rank: int, pace: Pace) -> dict[Key, Slot]:
    """Return the lines that have room, by the event at which each is said."""
    taken: list[Slot] = []
    groups: set[str] = set()
    for wish in sorted(wishes, key=lambda wish: (-wish.weight, wish.at_ms)):
        if wish.group in groups:
            continue
        slot = _placed(wish, taken, rank, pace)
        if slot is not None:
            taken.append(slot)
            groups.update({wish.group} - {""})
    return {slot.key: slot for slot in _with_limits(sorted(taken, key=lambda slot: slot.at_ms))}


def _placed(wish: TimedLine, taken: Sequence[Slot], rank: int, pace: Pace) -> Slot | None:
    by_ms = wish.by_ms
    for slot in taken:
        if slot.at_ms >= wish.at_ms:
            by_ms = min(by_ms, slot.at_ms - wish.quiet_ms)
        elif slot.end_ms + wish.quiet_ms > wish.at_ms:
            return None
    phrases = longest(wish.text, rank, by_ms - wish.at_ms, pace)
    if not phrases:
        return None
    end_ms = wish.at_ms + pace.duration_ms(phrases)
    less = shorter(wish.text, phrases) if wish.weight >= Weight.PHASE else ()
    timing = (wish.key, wish.at_ms, end_ms, wish.by_ms)
    return Slot(*timing, phrases, wish.weight, less, wish.lasts)


def shorter(text: Text, phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the ways to say less of a text than these phrases, the longest first.

    The highest rank goes first, as a whole: how to sit before where to press, the leg last.
    """
    said = [part for part in text if set(part.phrases) <= set(phrases)]
    tops = sorted({part.rank for part in said}, reverse=True)
    ways = (tuple(p for part in said if part.rank < top for p in part.phrases) for top in tops)
    return tuple(way for way in ways if way)


def _with_limits(slots: list[Slot]) -> Iterable[Slot]:
    """Yield the lines in order, each with the instant after which it would be late."""
    for slot, following in pairwise([*slots, None]):
        if slot is None:
            continue
        late_ms = LATE_OPENING_MS if slot.weight >= Weight.PHASE else LATE_MS
        until_ms = slot.until_ms if slot.lasts else min(slot.until_ms, slot.end_ms + late_ms)
        if following is not None:
            until_ms = min(until_ms, following.at_ms)
        yield replace(slot, until_ms=until_ms)
