"""Fits lines into the available time: by weight, each as long as possible, none late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from itband_gui.session.cues import Pace
from itband_gui.session.events import Event

BREATH_MS = 200  # silence before the next line (our choice)
LATE_MS = 1_000  # a later count would be wrong (our choice)
LATE_OPENING_MS = 3_000  # a line about the whole phase may be later


class Weight(IntEnum):
    """The weights of lines; a higher one takes precedence."""

    REMINDER = 10
    SECONDS = 15
    HALF = 20
    COUNT = 25
    NEXT = 30
    PHASE = 40
    ANSWER = 50  # to a key; an answer that cuts off another weighs a little more
    SAFETY = 1_000


class LinePart(NamedTuple):
    """A part of a line; in brief talk or short time, only lower ranks are said."""

    rank: int
    phrases: tuple[str, ...]


Text = tuple[LinePart, ...]
Key = tuple[type[Event], int]  # the event at which a line is said, and its number or 0


@dataclass(frozen=True)
class TimedLine:
    """A line requested `at_ms` into the phase, to be finished by `by_ms`.

    Attributes:
        quiet_ms: silence needed before and after it.
        group: only the first request of a group that fits is granted; empty for no group.
        lasts: whether it stays valid until `by_ms`, as safety lines do.

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
    """A line with its time, as offsets from the phase's start, and its shorter versions."""

    key: Key
    at_ms: int
    end_ms: int
    until_ms: int
    phrases: tuple[str, ...]
    weight: Weight
    shorter: tuple[tuple[str, ...], ...] = ()
    lasts: bool = False


def longest(text: Text, rank: int, room_ms: int | None, pace: Pace) -> tuple[str, ...]:
    """Return the phrases of a text that fit, adding lower ranks first.

    Returns nothing if even the lowest rank is too long.

    Args:
        text: parts in the order in which they are spoken.
        rank: the highest rank that may be said.
        room_ms: the available time; None for no limit.
        pace: the pace of the voice in use.

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
    """Return the lines that fit, by the event at which each is said."""
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
    """Return the shorter versions of a text than these phrases, longest first.

    Whole ranks are dropped, the highest first: how to sit before where to press, the leg last.
    """
    said = [part for part in text if set(part.phrases) <= set(phrases)]
    tops = sorted({part.rank for part in said}, reverse=True)
    ways = (tuple(p for part in said if part.rank < top for p in part.phrases) for top in tops)
    return tuple(way for way in ways if way)


def _with_limits(slots: list[Slot]) -> Iterable[Slot]:
    """Yield the lines in order, each with its latest possible end."""
    for slot, following in pairwise([*slots, None]):
        if slot is None:
            continue
        late_ms = LATE_OPENING_MS if slot.weight >= Weight.PHASE else LATE_MS
        until_ms = slot.until_ms if slot.lasts else min(slot.until_ms, slot.end_ms + late_ms)
        if following is not None:
            until_ms = min(until_ms, following.at_ms)
        yield replace(slot, until_ms=until_ms)
