import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from uuid import RFC_4122, UUID, uuid1
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal.entries import (
    ENTRY_TYPES,
    LINE_TYPES,
    Activity,
    Ended,
    Entry,
    Kind,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
    Sign,
    Sport,
    Work,
    has_time,
    new_id,
    stamp,
)
from itband_gui.journal.lines import LineInvalidError, parse_line
from itband_gui.journal.validation import EntryFault, EntryInvalidError, check, normalized
from itband_gui.journal.versions import written
from itband_gui.leg.names import Leg, Place, Technique, Zone

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
RATING = Rating(
    id="a",
    at=NOW,
    leg=Leg.LEFT,
    moment=Moment.BEFORE,
    score=4,
    places=(Place.OUTER_KNEE,),
    session="b",
)
RUN = Run(id="r", at=NOW, minutes=30, effort=4)
ACTIVITY = Activity(id="y", at=NOW, sport=Sport.TENNIS, minutes=60, effort=5)
SIGN = Sign(id="s", at=NOW, sign="numbness")
WORK = Work(leg=Leg.LEFT, zone=Zone.GLUTEAL, technique=Technique.KNUCKLES, strokes=9, seconds=40)
SESSION = Session(
    id="x",
    at=NOW,
    routine="full",
    legs=(Leg.RIGHT, Leg.LEFT),
    work=(WORK,),
    hands_on_seconds=40,
    total_seconds=60,
    ended=Ended.FINISHED,
)


def test_the_line_of_a_rating_has_the_fields_in_the_order_of_the_format() -> None:
    assert msgspec.json.encode(RATING) == (
        b'{"kind":"rating","id":"a","rev":1,"at":"2026-11-22T08:00:00Z","leg":"left",'
        b'"moment":"before","score":4,"places":["outer-knee"],"session":"b","note":""}'
    )


@pytest.mark.parametrize("entry", [RATING, RUN, ACTIVITY, SIGN, SESSION, RestDay(id="d", at=NOW)])
def test_every_kind_ends_its_line_with_the_note_and_knows_its_kind(entry: Entry) -> None:
    line = msgspec.json.encode(entry)
    assert line.endswith(b'"note":""}')
    assert line.startswith(f'{{"kind":"{entry.kind}","id":'.encode())
    assert entry.kind in Kind
    check(entry, NOW)


def test_a_session_of_which_no_reason_was_said_reads_as_it_always_did() -> None:
    assert b"stopped" not in msgspec.json.encode(SESSION)
    said = replace(SESSION, stopped_for="sharp", stopped_leg=Leg.LEFT)
    assert b'"stopped_for":"sharp","stopped_leg":"left","note":""}' in msgspec.json.encode(said)


def test_a_session_worked_on_the_legs_that_hands_were_on() -> None:
    assert [leg for leg in Leg if SESSION.worked_on(leg)] == [Leg.LEFT]
    nothing = replace(SESSION, work=(replace(WORK, seconds=0),), hands_on_seconds=0)
    assert not any(map(nothing.worked_on, Leg))


def test_a_session_without_named_work_worked_on_all_its_legs_if_hands_were_on_at_all() -> None:
    unnamed = replace(SESSION, work=(), legs=(Leg.RIGHT,))
    assert [leg for leg in Leg if unnamed.worked_on(leg)] == [Leg.RIGHT]
    assert not any(map(replace(unnamed, hands_on_seconds=0).worked_on, Leg))


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


def test_a_stamp_keeps_the_instant_to_the_second_and_the_offset() -> None:
    berlin = datetime(2026, 7, 1, 7, 10, 5, 999_999, tzinfo=ZoneInfo("Europe/Berlin"))
    assert stamp(berlin).isoformat() == "2026-07-01T07:10:05+02:00"


def test_a_stamp_keeps_the_instant_where_an_old_offset_had_seconds() -> None:
    local_mean_time = datetime(1901, 1, 1, tzinfo=ZoneInfo("Europe/Paris"))  # +00:09:21
    assert stamp(local_mean_time) == local_mean_time
    assert stamp(local_mean_time).utcoffset() == timedelta(minutes=9)


def test_midnight_sharp_stands_for_a_day_without_a_time() -> None:
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    assert not has_time(midnight)
    assert has_time(midnight + timedelta(seconds=1))


def test_an_entry_knows_the_legs_that_it_is_about() -> None:
    assert RATING.about == (Leg.LEFT,)
    assert SESSION.about == (Leg.RIGHT, Leg.LEFT)
    assert SIGN.about == RUN.about == ()
    assert replace(SIGN, leg=Leg.RIGHT).about == (Leg.RIGHT,)


def test_ids_made_one_after_another_are_in_order_and_never_the_same() -> None:
    ids = [new_id() for _ in range(2_000)]
    assert ids == sorted(set(ids))
    assert {(UUID(made).version, UUID(made).variant) for made in ids} == {(6, RFC_4122)}


def test_an_id_holds_its_time_where_a_uuid_of_version_6_has_it() -> None:
    before, made, after = uuid1().time, UUID(new_id()).int, uuid1().time
    assert before < (made >> 80 << 12 | made >> 64 & 0xFFF) < after


def test_an_id_names_no_machine() -> None:
    assert len({UUID(new_id()).node for _ in range(20)}) == 20


def test_each_kind_of_line_has_its_name_in_the_file() -> None:
    named = {kind: line.__struct_config__.tag for kind, line in LINE_TYPES.items()}
    assert all(kind == tag for kind, tag in named.items())
    assert set(ENTRY_TYPES) == set(Kind)
    assert set(LINE_TYPES) - set(ENTRY_TYPES) == {"removed", "overruled"}


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
