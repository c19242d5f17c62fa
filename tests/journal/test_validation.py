"""Only what can be written and read back again enters the journal."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal.entries import (
    Entry,
    Resolution,
    Session,
)
from itband_gui.journal.lines import LineInvalidError, parse_line
from itband_gui.journal.validation import EntryFault, EntryInvalidError, check, normalized
from itband_gui.journal.versions import written
from itband_gui.leg.names import Leg, Place
from tests.journal.samples import ACTIVITY, NOW, RATING, RUN, SESSION, SIGN, WORK


@pytest.mark.parametrize(
    ("entry", "field", "code"),
    [
        (replace(RATING, score=11), "score", EntryFault.OUT_OF_RANGE),
        (replace(RATING, score=-1), "score", EntryFault.OUT_OF_RANGE),
        (replace(RATING, score=True), "score", EntryFault.NOT_A_NUMBER),
        (replace(RATING, score=4.0), "score", EntryFault.NOT_A_NUMBER),
        (replace(RATING, note="x" * 4001), "note", EntryFault.WRONG_LENGTH),
        (replace(RATING, note="x" * 1_000_000), "note", EntryFault.WRONG_LENGTH),
        (replace(RATING, note="\udcff"), "note", EntryFault.NOT_TEXT),
        (replace(RATING, id=""), "id", EntryFault.WRONG_LENGTH),
        (replace(RATING, rev=0), "rev", EntryFault.OUT_OF_RANGE),
        (replace(RATING, places=(Place.OTHER,) * 33), "places", EntryFault.WRONG_LENGTH),
        (replace(RATING, at=NOW.replace(tzinfo=None)), "at", EntryFault.NO_OFFSET),
        (replace(RATING, at=datetime(1899, 12, 31, tzinfo=UTC)), "at", EntryFault.TOO_EARLY),
        (replace(RATING, at=NOW + timedelta(seconds=61)), "at", EntryFault.IN_THE_FUTURE),
        (replace(RATING, at=datetime(9999, 1, 1, tzinfo=UTC)), "at", EntryFault.IN_THE_FUTURE),
        (replace(RUN, minutes=0), "minutes", EntryFault.OUT_OF_RANGE),
        (replace(RUN, distance_km=math.nan), "distance_km", EntryFault.OUT_OF_RANGE),
        (replace(RUN, distance_km=math.inf), "distance_km", EntryFault.OUT_OF_RANGE),
        (replace(RUN, worst=11), "worst", EntryFault.OUT_OF_RANGE),
        (replace(ACTIVITY, minutes=0), "minutes", EntryFault.OUT_OF_RANGE),
        (replace(ACTIVITY, minutes=1441), "minutes", EntryFault.OUT_OF_RANGE),
        (replace(ACTIVITY, effort=11), "effort", EntryFault.OUT_OF_RANGE),
        (replace(ACTIVITY, note="x" * 4001), "note", EntryFault.WRONG_LENGTH),
        (replace(SESSION, stopped_for=""), "stopped_for", EntryFault.WRONG_LENGTH),
        (replace(SESSION, stopped_for="x" * 65), "stopped_for", EntryFault.WRONG_LENGTH),
        (replace(SESSION, legs=()), "legs", EntryFault.WRONG_LENGTH),
        (replace(SESSION, work=(replace(WORK, strokes=-1),)), "strokes", EntryFault.OUT_OF_RANGE),
        (replace(SIGN, resolved=NOW), "resolution", EntryFault.HALF_RESOLVED),
        (replace(SIGN, resolution=Resolution.GONE), "resolution", EntryFault.HALF_RESOLVED),
        (
            replace(SIGN, resolved=NOW + timedelta(days=1), resolution=Resolution.GONE),
            "resolved",
            EntryFault.IN_THE_FUTURE,
        ),
    ],
)
def test_what_must_not_enter_is_refused_with_field_and_code(
    entry: Entry, field: str, code: EntryFault
) -> None:
    with pytest.raises(EntryInvalidError) as refused:
        check(entry, NOW)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_minute_of_the_future_is_forgiven_because_clocks_differ() -> None:
    check(replace(RATING, at=NOW + timedelta(seconds=59)), NOW)


def test_without_now_a_time_of_this_century_is_taken() -> None:
    check(replace(RATING, at=NOW + timedelta(days=400)))


def _with_work(**fields: int) -> Session:
    return replace(SESSION, work=(replace(WORK, **fields),))


@pytest.mark.parametrize(
    ("make", "field", "low", "high"),
    [
        (partial(replace, RATING), "score", 0, 10),
        (partial(replace, RATING), "rev", 1, 1_000_000),
        (partial(replace, RUN), "effort", 0, 10),
        (partial(replace, RUN), "worst", 0, 10),
        (partial(replace, RUN), "minutes", 1, 1440),
        (partial(replace, RUN), "distance_km", 0, 500),
        (_with_work, "strokes", 0, 100_000),
        (_with_work, "seconds", 0, 86_400),
        (partial(replace, SESSION), "skipped", 0, 100_000),
        (partial(replace, SESSION), "repeated", 0, 100_000),
        (partial(replace, SESSION), "eased", 0, 100_000),
        (partial(replace, SESSION), "hands_on_seconds", 0, 86_400),
        (partial(replace, SESSION), "total_seconds", 0, 86_400),
    ],
)
def test_each_number_is_taken_up_to_its_limits_and_not_beyond(
    make: Callable[..., Entry], field: str, low: int, high: int
) -> None:
    for value in (low, high):
        check(make(**{field: value}), NOW)
    for value in (low - 1, high + 1):
        with pytest.raises(EntryInvalidError) as refused:
            check(make(**{field: value}), NOW)
        assert (refused.value.field, refused.value.allowed) == (field, (low, high))


@pytest.mark.parametrize(
    ("entry", "field", "one", "low", "high"),
    [
        (RATING, "id", "a", 1, 64),
        (RATING, "session", "a", 1, 64),
        (RATING, "note", "a", 0, 4_000),
        (RATING, "places", (Place.OUTER_KNEE,), 0, 32),
        (SESSION, "routine", "a", 1, 64),
        (SESSION, "legs", (Leg.LEFT,), 1, 2),
        (SESSION, "work", (WORK,), 0, 1_000),
        (SIGN, "sign", "a", 1, 64),
    ],
)
def test_each_text_and_list_is_taken_up_to_its_limits_and_not_beyond(
    entry: Entry, field: str, one: str | tuple[object, ...], low: int, high: int
) -> None:
    for length in (low, high):
        check(replace(entry, **{field: one * length}), NOW)
    for length in (*range(low), high + 1):
        with pytest.raises(EntryInvalidError) as refused:
            check(replace(entry, **{field: one * length}), NOW)
        assert (refused.value.field, refused.value.code) == (field, EntryFault.WRONG_LENGTH)


def test_the_years_are_taken_from_the_first_to_the_last_and_a_minute_ahead_of_the_clock() -> None:
    for year in (1900, 2200):
        check(replace(RATING, at=NOW.replace(year=year)))
    for year in (1899, 2201):
        with pytest.raises(EntryInvalidError):
            check(replace(RATING, at=NOW.replace(year=year)))
    check(replace(RATING, at=NOW + timedelta(minutes=1)), NOW)
    with pytest.raises(EntryInvalidError):
        check(replace(RATING, at=NOW + timedelta(seconds=61)), NOW)


def test_what_is_admitted_has_an_offset_and_a_year_of_the_journal_once_it_is_stamped() -> None:
    odd = timezone(timedelta(seconds=20))
    first = datetime(1900, 1, 1, tzinfo=odd)
    check(replace(RATING, at=first))
    for at, code in (
        (NOW.replace(tzinfo=None), EntryFault.NO_OFFSET),
        (first, EntryFault.TOO_EARLY),
    ):
        with pytest.raises(EntryInvalidError) as refused:
            normalized(replace(RATING, at=at))
        assert refused.value.code is code
    fine = NOW.replace(microsecond=9)
    assert normalized(replace(RATING, at=fine)) == RATING


BOUNDS = [
    st.datetimes(datetime(year - 1, 12, 30), datetime(year, 1, 2))  # noqa: DTZ001 - bounds carry no zone here
    for year in (1900, 2201)
]
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(at=st.one_of(BOUNDS), offset=OFFSETS)
def test_a_date_that_may_be_added_may_be_loaded_and_the_other_way_round(
    at: datetime, offset: timezone
) -> None:
    entry = replace(RATING, at=at.replace(tzinfo=offset, microsecond=0))

    def is_taken(take: Callable[[], object]) -> bool:
        try:
            take()
        except (EntryInvalidError, LineInvalidError):
            return False
        return True

    line = written(entry).data
    added, loaded = (
        is_taken(partial(normalized, entry)),
        is_taken(partial(parse_line, line, lenient=True)),
    )
    assert added == loaded == (1900 <= at.year <= 2200)
