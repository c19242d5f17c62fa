"""Validates entries: ranges, lengths and dates, with a code for each refusal."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import UNSET

from itband_gui.journal.entries import (
    COUNT,
    DISTANCE_KM,
    ENTRY_TYPES,
    LEGS,
    NAME_LENGTH,
    NOTE_LENGTH,
    PLACES,
    REVISION,
    RUN_MINUTES,
    SCORE,
    SECONDS,
    WORKS,
    YEARS,
    Entry,
    Limits,
    Session,
    Sign,
    Work,
    stamped,
)

_SPANS = {
    "rev": REVISION,
    "score": SCORE,
    "effort": SCORE,
    "worst": SCORE,
    "minutes": RUN_MINUTES,
    "distance_km": DISTANCE_KM,
    "strokes": COUNT,
    "skipped": COUNT,
    "repeated": COUNT,
    "eased": COUNT,
    "seconds": SECONDS,
    "hands_on_seconds": SECONDS,
    "total_seconds": SECONDS,
}
_LENGTHS = {
    "id": NAME_LENGTH,
    "routine": NAME_LENGTH,
    "sign": NAME_LENGTH,
    "stopped_for": NAME_LENGTH,
    "session": NAME_LENGTH,
    "note": NOTE_LENGTH,
    "legs": LEGS,
    "places": PLACES,
    "work": WORKS,
}


def _of_each_type(
    spans: Mapping[str, Limits],
) -> dict[type[Entry | Work], tuple[tuple[str, Limits], ...]]:
    """Return which of these fields each type has, prepared once to check thousands quickly."""
    return {
        each: tuple((name, spans[name]) for name in each.__struct_fields__ if name in spans)
        for each in (*ENTRY_TYPES.values(), Work)
    }


_NUMBERS = _of_each_type(_SPANS)
_SIZED = _of_each_type(_LENGTHS)


class EntryFault(StrEnum):
    """The reasons to refuse an entry."""

    OUT_OF_RANGE = "out-of-range"
    WRONG_LENGTH = "wrong-length"
    NOT_A_NUMBER = "not-a-number"
    NOT_TEXT = "not-text"
    NO_OFFSET = "no-offset"
    TOO_EARLY = "too-early"
    IN_THE_FUTURE = "in-the-future"
    HALF_RESOLVED = "half-resolved"


class EntryInvalidError(ValueError):
    """An entry is invalid: which field, why, and the allowed range if any."""

    def __init__(self, field: str, code: EntryFault, allowed: Limits | None = None) -> None:
        super().__init__(field, code, allowed)
        self.field = field
        self.code = code
        self.allowed = allowed


def check(entry: Entry, now: datetime | None = None) -> None:
    """Check that an entry is valid; without `now`, dates in the future are allowed.

    Raises:
        EntryInvalidError: a field is out of range, too long, not text, or absurdly dated.

    """
    _check_numbers(entry)
    for work in entry.work if isinstance(entry, Session) else ():
        _check_numbers(work)
    _check_lengths(entry)
    _check_time("at", entry.at, now)
    if isinstance(entry, Sign):
        if (entry.resolved is None) != (entry.resolution is None):
            raise EntryInvalidError("resolution", EntryFault.HALF_RESOLVED)
        if entry.resolved is not None:
            _check_time("resolved", entry.resolved, now)


def normalized(entry: Entry) -> Entry:
    """Return the valid entry as the journal stores it, so that it can be written and read back.

    Raises:
        EntryInvalidError: see `check`.

    """
    check(entry)
    kept = stamped(entry)
    if kept is not entry:
        check(kept)  # rounding an offset with seconds may cross into another year
    return kept


def _check_numbers(entry: Entry | Work) -> None:
    for field, span in _NUMBERS[type(entry)]:
        value = getattr(entry, field)
        if value is None:
            continue
        allowed = (int, float) if field == "distance_km" else (int,)
        if type(value) not in allowed:  # True is not a number
            raise EntryInvalidError(field, EntryFault.NOT_A_NUMBER, span)
        if not span.low <= value <= span.high:  # also refuses NaN
            raise EntryInvalidError(field, EntryFault.OUT_OF_RANGE, span)


def _check_lengths(entry: Entry) -> None:
    for field, span in _SIZED[type(entry)]:
        value = getattr(entry, field)
        if value is None or value is UNSET:
            continue
        if not span.low <= len(value) <= span.high:
            raise EntryInvalidError(field, EntryFault.WRONG_LENGTH, span)
        if isinstance(value, str) and not _is_text(value):
            raise EntryInvalidError(field, EntryFault.NOT_TEXT)


def _is_text(value: str) -> bool:
    """Return whether a value can be encoded as UTF-8; an argument with stray bytes cannot."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_time(field: str, moment: datetime, now: datetime | None) -> None:
    if moment.utcoffset() is None:
        raise EntryInvalidError(field, EntryFault.NO_OFFSET)
    if moment.year < YEARS.low:
        raise EntryInvalidError(field, EntryFault.TOO_EARLY, YEARS)
    latest = None if now is None else now + timedelta(minutes=1)  # two clocks may differ a little
    if moment.year > YEARS.high or (latest is not None and moment > latest):
        raise EntryInvalidError(field, EntryFault.IN_THE_FUTURE)
