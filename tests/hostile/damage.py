"""Damages a journal in one way at many places and checks how it is read.

`python -m tests.hostile.damage FIRST COUNT WAY TOTAL ENTRIES` prints {"tried": …, "violations": …}
(the first few). WAY: a name in WAYS. The places are those from FIRST to FIRST + COUNT of TOTAL,
spread evenly over the file; where there are more than bytes, each is met several times.

Two laws must hold. Damage never passes for the journal as saved: there is a verdict and a
problem to show. And every undamaged line is read as before.
"""

import json
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import (
    AnyLine,
    Ended,
    Entry,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
    Sign,
    Work,
)
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.leg.names import Leg, Place, Technique, Zone

HOLE = 4096  # bytes: what a file system loses at once
_SHOWN = 5
_FIRST_DAY = datetime(2026, 1, 1, 7, tzinfo=timezone(timedelta(hours=1)))
_NOTES = ("", "", 'said "ouch"', "a\nb\\n{}", "},\n{", "Knöchel 🦵", "x" * 90)


@dataclass(frozen=True)
class Damaged:
    """A journal's bytes with those from `start` to `end` changed or removed."""

    data: bytes
    start: int
    end: int


class Sound:
    """A sound journal and the positions of its lines."""

    def __init__(self, entries: int) -> None:
        book = Book()
        for number in range(entries):
            book.add(_entry(number))
        book.amend(_entry(entries // 2))
        book.remove(_id(entries - 1))
        self.data = encode(book)
        self.lines: dict[str, AnyLine] = dict(decode(self.data).snapshot.lines)
        self.starts, self.ends, self.ids = list[int](), list[int](), list[str]()
        position = 0
        for line in self.data.splitlines(keepends=True):
            if line.startswith(b'{"kind":'):
                self.starts.append(position)
                self.ends.append(position + len(line.rstrip(b",\n")))
                self.ids.append(json.loads(line.rstrip(b",\n"))["id"])
            position += len(line)

    def untouched(self, damaged: Damaged) -> Iterator[str]:
        """Yield the ids of the lines whose bytes are all still there."""
        yield from self.ids[: bisect_right(self.ends, damaged.start)]
        yield from self.ids[bisect_left(self.starts, damaged.end) :]

    def violation(self, damaged: Damaged) -> str | None:
        """Return what is wrong with how the damaged journal is read, or None."""
        decoded = decode(damaged.data)
        if decoded.verdict is JournalVerdict.SOUND or not decoded.problems:
            return "not noticed"
        held = decoded.snapshot.lines
        for line_id in self.untouched(damaged):
            if held.get(line_id) != self.lines[line_id]:
                return f"an undamaged line is lost: {line_id}"
        return None


def _cut(data: bytes, position: int, _dice: Random) -> Damaged:
    return Damaged(data[:position], position, len(data))


def _zero_tail(data: bytes, position: int, _dice: Random) -> Damaged:
    return Damaged(data[:position] + bytes(len(data) - position), position, len(data))


def _hole(data: bytes, position: int, _dice: Random) -> Damaged:
    end = min(len(data), position + HOLE)
    return Damaged(data[:position] + bytes(end - position) + data[end:], position, end)


def _aligned_hole(data: bytes, position: int, dice: Random) -> Damaged:
    return _hole(data, position // HOLE * HOLE, dice)


def _flip_bit(data: bytes, position: int, dice: Random) -> Damaged:
    return _put(data, position, data[position] ^ 1 << dice.randrange(8))


def _flip_byte(data: bytes, position: int, dice: Random) -> Damaged:
    return _put(data, position, data[position] ^ dice.randrange(1, 256))


def _put(data: bytes, position: int, byte: int) -> Damaged:
    changed = bytearray(data)
    changed[position] = byte
    return Damaged(bytes(changed), position, position + 1)


WAYS: dict[str, Callable[[bytes, int, Random], Damaged]] = {
    "cut": _cut,
    "zero-tail": _zero_tail,
    "hole": _hole,
    "aligned-hole": _aligned_hole,
    "bit": _flip_bit,
    "byte": _flip_byte,
}


def _id(number: int) -> str:
    return str(UUID(sha256(str(number).encode()).hexdigest()[:32]))  # far from every other


def _entry(number: int) -> Entry:
    """Return an entry of one of the five kinds in turn, always the same for a number."""
    common: dict[str, Any] = {
        "id": _id(number),
        "at": _FIRST_DAY + timedelta(hours=7 * number),
        "note": _NOTES[number % len(_NOTES)],
    }
    leg = (Leg.LEFT, Leg.RIGHT)[number % 2]
    work = Work(
        leg=leg, zone=Zone.GLUTEAL, technique=Technique.LIGHT, strokes=number % 90, seconds=60
    )
    made: tuple[Entry, ...] = (
        Rating(**common, leg=leg, moment=Moment.MORNING, score=number % 11, places=tuple(Place)),
        Session(
            **common,
            routine="full",
            legs=(leg,),
            work=(work,),
            hands_on_seconds=60,
            total_seconds=90,
            ended=Ended.FINISHED,
        ),
        Run(**common, minutes=30, effort=number % 11, distance_km=number / 8),
        RestDay(**common),
        Sign(
            **common,
            sign="night-pain",
            leg=leg,
            resolved=datetime(2026, 11, 22, tzinfo=UTC),
            resolution=Resolution.GONE,
        ),
    )
    return made[number % len(made)]


def main() -> None:
    """Damage the places given by the arguments."""
    first, count = map(int, sys.argv[1:3])
    way, total, entries = sys.argv[3], *map(int, sys.argv[4:6])
    sound = Sound(entries)
    # A last newline that is gone is no damage: no byte of the journal's text is.
    size = len(sound.data) - (1 if way in ("cut", "zero-tail") else 0)
    violations = list[str]()
    for number in range(first, first + count):
        position = number * size // total if total <= size else number % size
        damaged = WAYS[way](sound.data, position, Random(number))  # noqa: S311 - no secret
        violation = sound.violation(damaged)
        if violation:
            violations.append(f"{way} {number} at {position} of {size}: {violation}")
    told = {"tried": count, "violations": len(violations), "shown": violations[:_SHOWN]}
    print(json.dumps(told))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
