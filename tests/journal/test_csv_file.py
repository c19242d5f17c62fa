"""What is written as a table is read back as it was, and no spreadsheet runs any of it."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from itband_gui.journal.csv_cells import as_written, harmless
from itband_gui.journal.csv_file import COLUMNS, write_csv
from itband_gui.journal.csv_reading import Table, read_csv
from itband_gui.journal.entries import Ended, Entry, Rating, Run, Session, Sign, Work
from itband_gui.leg.names import Leg, Zone
from itband_gui.routine.names import Technique

MORNING = datetime(2026, 11, 22, 7, 10, tzinfo=timezone(timedelta(hours=1)))
LATE = datetime(2200, 12, 31, tzinfo=UTC)
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1",
    "﹢1",
    "−1",
    "  =1",
    "\u200b=1",
    "\ufeff=1",
    "'=1",
]
TRICKY = [
    *HOSTILE,
    "'",
    "''",
    "'twas",
    'say "so"',
    "a,b;c\td",
    "a\r\nb\rc\n",
    "ש\u200fלום",
    "👍🏽",
    "#",
    "",
]


def no_place(moment: datetime) -> datetime:
    """What the program writes has an offset and needs no place."""
    raise AssertionError(moment)


def back(data: bytes) -> Table:
    return read_csv(data, LATE, no_place)


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_whatever_is_written_is_read_back_equal(any_entry: st.SearchStrategy[Entry]) -> None:
    notes = st.text(max_size=20) | st.sampled_from(TRICKY)
    marks = st.text("0123456789abcdef", min_size=12, max_size=12)
    earlier = st.just(UNSET) | st.lists(marks, min_size=1, max_size=32).map(tuple)
    noted = st.builds(_with, any_entry, notes, earlier)

    @given(st.lists(noted, max_size=6, unique_by=lambda entry: entry.id))
    def law(entries: list[Entry]) -> None:
        table = back(write_csv(entries))
        assert table == Table(tuple(entries))

    law()


def _with(entry: Entry, note: str, was: tuple[str, ...] | UnsetType) -> Entry:
    return replace(entry, note=note, was=was)


@given(st.text(max_size=8) | st.text(alphabet="'=+-@＝ \t\r\n\0a", max_size=5))
def test_a_harmless_cell_starts_no_formula_and_gives_its_text_back(text: str) -> None:
    cell = harmless(text)
    assert as_written(cell) == text
    assert cell in {text, f"'{text}"}
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\r", "\n", "\0"))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", " ", "X", "x=1", "10-2", "a\tb", "#1", "👍", "שלום", "[link](=1)"]
)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_an_apostrophe_that_somebody_typed_stays() -> None:
    assert [as_written(cell) for cell in ("'twas", "'", "''")] == ["'twas", "'", "'"]


def test_texts_stand_in_quotes_and_numbers_bare_after_the_mark_that_excel_needs(
    rating: Callable[..., Rating],
) -> None:
    data = write_csv([rating(score=7, note="-3 = better")])
    assert data.startswith(b"\xef\xbb\xbf" + b'"at","date","kind","leg","moment","score"')
    assert b'"before",7,""' in data
    assert b'"\'-3 = better"' in data
    assert data.endswith(b"\r\n")


def test_a_session_is_readable_in_its_row() -> None:
    done = Work(
        leg=Leg.RIGHT,
        zone=Zone.BAND_LOWER,
        technique=Technique.LIGHT,
        strokes=12,
        seconds=60,
    )
    session = Session(
        id="s",
        at=MORNING,
        routine="short",
        legs=(Leg.RIGHT, Leg.LEFT),
        work=(done, done),
        hands_on_seconds=120,
        total_seconds=150,
        ended=Ended.FINISHED,
    )
    header, row = rows(write_csv([session]))
    assert header == list(COLUMNS)
    cells = dict(zip(header, row, strict=True))
    assert cells["leg"] == "right, left"
    assert cells["work"] == "; ".join(["right band-lower light 12 strokes 60 s"] * 2)
    assert (cells["date"], cells["at"]) == ("2026-11-22", "2026-11-22T07:10:00+01:00")
    assert cells["score"] == ""


def test_a_table_that_a_spreadsheet_saved_with_semicolons_and_its_own_numbers_is_the_same() -> None:
    run = Run(id="r", at=MORNING, minutes=40, effort=3, distance_km=7.5, changed_stride=True)
    table = rows(write_csv([run]))
    assert "yes" in table[1]
    saved = "\r\n".join(";".join(row) for row in table)
    saved = saved.replace("7.5", "7,5").replace("yes", "TRUE").replace(";40;", ";40.0;")
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert back(saved.encode(encoding)).entries == (run,)


def test_texts_of_nothing_but_blanks_stay(rating: Callable[..., Rating]) -> None:
    entries: list[Entry] = [
        replace(rating(note=" "), id=" \t", session="  "),
        Sign(id="b", at=MORNING, sign=" ", note="\n"),
        Session(
            id="s",
            at=MORNING,
            routine=" ",
            legs=(Leg.LEFT,),
            hands_on_seconds=0,
            total_seconds=0,
            ended=Ended.STOPPED,
        ),
    ]
    assert back(write_csv(entries)) == Table(tuple(entries))


def test_a_thousand_entries_are_read_in_order(rating: Callable[..., Rating]) -> None:
    entries = [rating(score=n % 11, hour=n) for n in range(1000)]
    assert back(write_csv(entries)).entries == tuple(entries)
    assert entries[-1].at - entries[0].at == timedelta(hours=999)
