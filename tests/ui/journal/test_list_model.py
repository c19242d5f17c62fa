from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from itband_gui.journal.entries import RestDay
from itband_gui.ui.journal.list_model import Row, changed_span, rows_of
from itband_gui.ui.text.dates import local_date

MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds carry no zone here
SHORT_LISTS = st.lists(st.dates(date(2026, 1, 1), date(2026, 1, 4)), max_size=8)


def _entries(moments: list[datetime]) -> list[RestDay]:
    ordered = sorted(moments, reverse=True)
    return [RestDay(id=str(number), at=at) for number, at in enumerate(ordered)]


@given(st.lists(MOMENTS, max_size=30))
def test_every_entry_is_under_the_heading_of_its_own_local_day(moments: list[datetime]) -> None:
    heading = None
    for row in rows_of(_entries(moments)):
        if isinstance(row, date):
            assert heading is None or row < heading
            heading = row
        else:
            assert local_date(row.at) == heading


@given(st.lists(MOMENTS, max_size=30))
def test_the_entries_keep_their_order_and_none_is_lost(moments: list[datetime]) -> None:
    entries = _entries(moments)
    assert [row for row in rows_of(entries) if not isinstance(row, date)] == entries


def test_no_entries_have_no_heading() -> None:
    assert rows_of([]) == []


def test_one_day_has_one_heading(now: datetime) -> None:
    entries = _entries([now, now - timedelta(minutes=1), now - timedelta(minutes=2)])
    assert rows_of(entries) == [local_date(now), *entries]


@given(SHORT_LISTS, SHORT_LISTS)
def test_replacing_the_changed_span_turns_old_into_new(old: list[Row], new: list[Row]) -> None:
    first, old_end, new_end = changed_span(old, new)
    assert old[:first] + new[first:new_end] + old[old_end:] == new


@given(SHORT_LISTS, st.integers(0, 8))
def test_one_row_that_went_is_a_span_of_one(old: list[Row], where: int) -> None:
    old.insert(min(where, len(old)), date(1999, 1, 1))
    new = [row for row in old if row != date(1999, 1, 1)]
    first, old_end, new_end = changed_span(old, new)
    assert (old_end - first, new_end - first) == (1, 0)
