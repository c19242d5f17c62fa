"""Entries and helpers for the stories about `today`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Resolution, Sign, new_id
from itband_gui.leg.names import Leg
from tests.insight.making import at, morning, run

Say = dict[str, Any]
Told = Callable[..., Say]
# Both legs rated 0 on each of the last mornings, and a calm run two days ago.
CALM: list[Entry] = [
    *(morning(back, 0, leg) for back in range(7, -1, -1) for leg in Leg),
    run(2, worst=0),
]
NINE = at(0, 9)


def sign(days_ago: float, name: str, leg: Leg | None = None, gone: datetime | None = None) -> Sign:
    return Sign(
        id=new_id(),
        at=at(0, 8) - timedelta(days=days_ago),
        sign=name,
        leg=leg,
        resolved=gone,
        resolution=None if gone is None else Resolution.GONE,
    )


def seen(entry: Sign, when: datetime) -> Sign:
    return Sign(
        id=entry.id,
        at=entry.at,
        sign=entry.sign,
        leg=entry.leg,
        resolved=when,
        resolution=Resolution.CLINICIAN_AGREED,
    )


def sign_seen_long_ago(entry: Sign) -> Sign:
    return replace(seen(entry, at(8, 8)), at=at(9, 8))


def codes(said: Say, light: str | None = None) -> set[str]:
    return {each["code"] for each in said["reasons"] if light in {None, each["light"]}}


def bars(said: Say) -> set[str]:
    return {each["code"] for each in said["massage"]["reasons"]}


def due(said: Say) -> set[str]:
    return {each["code"] for each in said["due"]}
