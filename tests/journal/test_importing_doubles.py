"""Entries that look like earlier ones are found under any id and skipped unless requested."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.csv_writer import write_csv
from itband_gui.journal.entries import (
    Activity,
    Ended,
    Entry,
    Moment,
    Rating,
    RestDay,
    Run,
    Session,
    Sign,
    Sport,
)
from itband_gui.journal.importing import (
    ImportOutcome,
    ImportPreview,
    KnownEntries,
    preview,
    read_import,
    said_again,
    take_in,
)
from itband_gui.leg.names import Leg

BERLIN = timezone(timedelta(hours=1))
MORNING = datetime(2026, 11, 20, 7, 10, 25, tzinfo=BERLIN)
MIDNIGHT = MORNING.replace(hour=0, minute=0, second=0)
EVENING = MORNING + timedelta(hours=11)
RATING = Rating(id="a", at=MORNING, leg=Leg.LEFT, moment=Moment.MORNING, score=4, note="stairs")
RUN = Run(id="a", at=MORNING, minutes=40, effort=3)
GYM = Activity(id="a", at=MORNING, sport=Sport.STRENGTH, minutes=45, effort=5)
SIGN = Sign(id="a", at=MORNING, sign="numb", leg=Leg.LEFT)
REST = RestDay(id="a", at=MORNING)
SESSION = Session(
    id="a",
    at=MORNING,
    routine="short",
    legs=(Leg.LEFT, Leg.RIGHT),
    hands_on_seconds=60,
    total_seconds=90,
    ended=Ended.FINISHED,
)
HEAD = "date,time,leg,score,note\n"
ROW = "2026-11-20,07:10,left,4,stairs\n"


def looks(noted: Entry, entry: Entry) -> bool:
    return KnownEntries([noted]).looks_like_one(entry)


def compared(book: Book, table: str | bytes, *, take_doubles: bool = False) -> ImportPreview:
    data = table.encode() if isinstance(table, str) else table
    found = read_import(
        data, datetime(2026, 11, 25, tzinfo=UTC), lambda at: at.replace(tzinfo=BERLIN)
    )
    assert found.refused == ()
    return preview(book, found, take_doubles=take_doubles)


def counts(chosen: ImportPreview) -> dict[ImportOutcome, int]:
    return {way: len(entries) for way, entries in chosen.ways.items() if entries}


def snapshot(*tables: str) -> Book:
    """Return a book into which tables were imported."""
    book = Book()
    for table in tables:
        take_in(book, compared(book, table))
    return book


@pytest.mark.parametrize("entry", [RATING, RUN, GYM, SIGN, REST, SESSION])
def test_of_the_same_minute_under_another_id_it_looks_the_same(entry: Entry) -> None:
    other = replace(entry, id="b", note="another", at=entry.at + timedelta(seconds=30))
    assert looks(entry, other)
    east = timezone(timedelta(hours=9))
    assert looks(entry, replace(other, at=other.at.astimezone(east))) or entry is REST
    assert looks(entry, replace(other, at=other.at.replace(tzinfo=east))), "the same on the clock"


@pytest.mark.parametrize("entry", [RATING, RUN, GYM, SIGN, SESSION])
def test_of_another_minute_it_is_another(entry: Entry) -> None:
    assert not looks(entry, replace(entry, at=entry.at + timedelta(minutes=1)))
    assert not looks(entry, replace(entry, at=EVENING))


def test_a_rest_day_is_one_whatever_the_time() -> None:
    assert looks(REST, replace(REST, at=EVENING))
    assert not looks(REST, replace(REST, at=MORNING + timedelta(days=1)))


@pytest.mark.parametrize(
    ("entry", "other"),
    [
        (RATING, replace(RATING, leg=Leg.RIGHT)),
        (replace(RATING, moment=Moment.BEFORE), replace(RATING, moment=Moment.AFTER)),
        (replace(RATING, at=MIDNIGHT), replace(RATING, at=MIDNIGHT, moment=Moment.AFTER)),
        (replace(RATING, at=MIDNIGHT), replace(RATING, moment=Moment.AFTER)),
        (GYM, replace(GYM, sport=Sport.YOGA)),
        (SIGN, replace(SIGN, leg=Leg.RIGHT)),
        (SIGN, replace(SIGN, sign="swelling")),
        (SESSION, replace(SESSION, legs=(Leg.LEFT,))),
        (RATING, RUN),
        (RUN, GYM),
    ],
)
def test_what_is_about_something_else_is_another(entry: Entry, other: Entry) -> None:
    assert not looks(entry, other)
    assert not looks(other, entry)


def test_a_moment_that_was_not_named_may_be_any() -> None:
    unnamed = replace(RATING, moment=Moment.OTHER)
    assert looks(RATING, unnamed)
    assert looks(unnamed, RATING)
    bare = replace(unnamed, at=MIDNIGHT)
    assert looks(RATING, bare)
    assert looks(bare, replace(RATING, at=MIDNIGHT))


def test_a_moment_that_was_corrected_is_no_other_rating() -> None:
    for moment in (Moment.BEFORE, Moment.AFTER, Moment.LAST_RUN):
        assert looks(RATING, replace(RATING, moment=moment))
        assert looks(replace(RATING, moment=moment), RATING)


@pytest.mark.parametrize(
    ("entry", "unlike"),
    [
        (RATING, replace(RATING, score=5)),
        (RUN, replace(RUN, minutes=41)),
        (GYM, replace(GYM, minutes=46)),
        (SIGN, replace(SIGN, sign="swelling")),
    ],
)
def test_a_day_without_a_time_is_like_a_time_of_that_day_with_the_same_figure(
    entry: Entry, unlike: Entry
) -> None:
    bare = replace(entry, at=MIDNIGHT)
    assert looks(entry, bare)
    assert looks(bare, entry)
    assert looks(bare, bare)
    assert not looks(unlike, bare)
    assert not looks(bare, unlike)
    assert not looks(entry, replace(bare, at=MIDNIGHT + timedelta(days=1)))


def test_midnight_says_no_minute_elsewhere() -> None:
    there = replace(RATING, at=MIDNIGHT.astimezone(UTC), score=9)
    assert not looks(replace(RATING, at=MIDNIGHT), there)


def test_said_again_is_what_differs_in_ids_and_blanks_around_the_note_alone() -> None:
    again = replace(RATING, id="b", note=" stairs ")
    other = replace(RATING, id="c", note="more stairs")
    assert list(said_again([RATING, other, again])) == [again]


def test_a_corrected_table_is_not_counted_twice() -> None:
    book = snapshot(HEAD + ROW)
    assert counts(compared(book, HEAD + ROW)) == {ImportOutcome.SAME: 1}
    chosen = compared(book, HEAD + ROW.replace(",4,", ",5,"))
    assert (counts(chosen), chosen.doubles, chosen.changes) == ({ImportOutcome.DOUBLE: 1}, 1, 0)
    take_in(book, chosen)
    assert len(book) == 1


def test_a_blank_behind_a_note_is_no_new_entry() -> None:
    book = snapshot(HEAD + ROW)
    assert counts(compared(book, HEAD + ROW.replace("stairs", "stairs "))) == {
        ImportOutcome.DOUBLE: 1
    }


def test_a_rating_that_was_typed_is_known_again_in_a_table() -> None:
    book = Book([RATING])
    assert counts(compared(book, HEAD + ROW)) == {ImportOutcome.DOUBLE: 1}
    assert counts(compared(book, "date,leg,score\n2026-11-20,left,4\n")) == {
        ImportOutcome.DOUBLE: 1
    }
    assert counts(compared(book, "date,leg,score\n2026-11-20,right,4\n")) == {ImportOutcome.NEW: 1}


@pytest.mark.parametrize(
    ("entry", "row"),
    [
        (RUN, "run,2026-11-20,,40,3,,"),
        (GYM, "activity,2026-11-20,07:10,30,5,gym,"),
        (SIGN, "sign,2026-11-20,07:10,,,,numb"),
        (REST, "rest-day,2026-11-20,,,,,"),
    ],
)
def test_other_kinds_are_known_again_too(entry: Entry, row: str) -> None:
    head = "kind,date,time,minutes,effort,sport,sign,leg\n"
    row += ",left\n" if entry is SIGN else ",\n"
    assert counts(compared(Book([entry]), head + row)) == {ImportOutcome.DOUBLE: 1}


def test_two_same_rows_of_one_table_are_one_unless_wished() -> None:
    table = HEAD + ROW + ROW.replace("stairs", " stairs") + ROW.replace("4", "6")
    chosen = compared(Book(), table)
    assert counts(chosen) == {ImportOutcome.NEW: 2, ImportOutcome.DOUBLE: 1}
    book = Book()
    take_in(book, chosen)
    assert len(book) == 2
    requested = compared(book, table, take_doubles=True)
    assert (counts(requested), requested.doubles) == (
        {ImportOutcome.SAME: 2, ImportOutcome.NEW: 1},
        1,
    )
    take_in(book, requested)
    assert len(book) == 3
    assert counts(compared(book, table)) == {ImportOutcome.SAME: 3}


@pytest.mark.parametrize("write", [write_csv, lambda entries: encode(Book(entries))])
def test_what_has_a_row_of_its_own_in_the_file_is_not_what_another_row_looks_like(
    write: Callable[[Iterable[Entry]], bytes],
) -> None:
    twice = [RATING, replace(RATING, id="b", score=6)]
    assert counts(compared(Book(), write(twice))) == {ImportOutcome.NEW: 2}
    assert counts(compared(Book(twice[:1]), write(twice))) == {
        ImportOutcome.NEW: 1,
        ImportOutcome.SAME: 1,
    }
    assert counts(compared(Book([replace(RATING, id="c")]), write(twice))) == {
        ImportOutcome.DOUBLE: 2
    }


def test_every_entry_looks_like_itself_and_likeness_is_mutual(
    any_entry: st.SearchStrategy[Entry],
) -> None:
    times = st.sampled_from([MIDNIGHT, MIDNIGHT.replace(second=30), MORNING, EVENING])

    @given(any_entry, any_entry, times, times)
    def law(entry: Entry, other: Entry, at: datetime, then: datetime) -> None:
        assert looks(entry, replace(entry, id="another"))
        entry, other = replace(entry, at=at), replace(other, at=then)
        assert looks(entry, other) == looks(other, entry)

    law()
