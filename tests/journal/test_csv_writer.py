"""A table is read back as it was written, and spreadsheets evaluate none of it."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from itband_gui.journal.csv_reader import CsvTable, read_csv
from itband_gui.journal.csv_writer import COLUMNS, as_written, harmless, write_csv
from itband_gui.journal.entries import Ended, Entry, Rating, RestDay, Run, Session, Sign, Work
from itband_gui.leg.names import Leg, Technique, Zone

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
LIKE_VALUES = [
    *("0012", "1e5", "1E+5", "12/11", "10-2", "1-2", "1.2.", "3 1/2", "1:30", "7:10 am", "7.10"),
    *("TRUE", "false", "Wahr", "VRAI ", "ложь", "123456789012345678901234567890", " 12", "12 "),
    *("\xa012", "50 %", "50%", "$5", "5 €", "(5)", "5-", ".5", "1,000,000", "1'000", "Nov 12"),
    *("12. März", "Sunday, November 22, 2026", "2026-11-22", "22 de noviembre de 2026"),
    *("١٢", "１２", "2026年11月22日", "٣٫٥", "\u200f22/11/2026"),
]
TRICKY = [
    *HOSTILE,
    *LIKE_VALUES,
    *(f"'{text}" for text in LIKE_VALUES),
    *("x;=1+1;", ";=1+1;", "x;'=1+1;", "a,-1\t+1", '";=1'),
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
    """Times that the program writes have an offset, so the local zone does not matter."""
    raise AssertionError(moment)


def back(data: bytes) -> CsvTable:
    return read_csv(data, LATE, no_place)


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_whatever_is_written_is_read_back_equal(any_entry: st.SearchStrategy[Entry]) -> None:
    notes = st.text(max_size=20) | st.sampled_from(TRICKY)
    marks = st.text("0123456789abcdef", min_size=12, max_size=12)
    earlier = st.just(UNSET) | st.lists(marks, min_size=1, max_size=32).map(tuple)
    noted = st.builds(_with, any_entry, notes, earlier)

    @given(st.lists(noted, max_size=6, unique_by=lambda entry: entry.id), st.sampled_from(",;\t"))
    def law(entries: list[Entry], separator: str) -> None:
        written = CsvTable(tuple(entries))
        for semicolons in (False, True):
            data = write_csv(entries, semicolons=semicolons)
            assert back(data) == written
            assert back(saved_again(data, ";" if semicolons else ",", separator)) == written

    law()


def saved_again(data: bytes, before: str, after: str) -> bytes:
    """Return a table as a program saves it that puts another separator between the cells."""
    read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=before)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=after).writerows(read)
    return text.getvalue().encode()


def _with(entry: Entry, note: str, was: tuple[str, ...] | UnsetType) -> Entry:
    return replace(entry, note=note, was=was)


HARD = st.text(alphabet="'=+-@＝\"，,;: \t\r\n\0a1", max_size=9)
NUMBERS = st.from_regex(r"'{0,2}[ +-]?[0-9]{0,4}[.,:/ e-]?[0-9]{0,3}[ %€]?", fullmatch=True)
ANY_TEXT = st.text(max_size=8) | HARD | NUMBERS
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "−")


@given(ANY_TEXT)
def test_a_harmless_cell_gives_its_text_back(text: str) -> None:
    assert as_written(harmless(text)) == text


@given(ANY_TEXT)
def test_a_harmless_cell_starts_no_formula_wherever_it_is_split(text: str) -> None:
    cell = harmless(text)
    assert cell.replace("'", "") == text.replace("'", ""), "nothing but apostrophes is added"
    assert not cell.startswith(("\t", "\r", "\n", "\0"))
    for piece in re.split("[,;|\t\r\n]", cell):
        assert not piece.lstrip(' "\0').startswith(STARTS)


@given(st.lists(ANY_TEXT, min_size=1, max_size=3), st.sampled_from(",;|\t"), st.booleans())
def test_no_cell_is_a_formula_whichever_separator_a_program_splits_at(
    notes: list[str], separator: str, semicolons: bool
) -> None:
    entries = [RestDay(id=str(number), at=MORNING, note=note) for number, note in enumerate(notes)]
    text = write_csv(entries, semicolons=semicolons).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        for cell in row:
            assert not cell.lstrip(' "\0\r\n').startswith(STARTS)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("x;=1+1;", "x;'=1+1;"),
        (";=1+1;", ";'=1+1;"),
        ("a,b\t@SUM(1)", "a,b\t'@SUM(1)"),
        ("a\n=1", "a\n'=1"),
        ("a|=1", "a|'=1"),
        ('x;"=1"', 'x;\'"=1"'),
        ("x;'=1", "x;''=1"),
        ("=1;=1", "'=1;'=1"),
        ("x; 'twas", "x; 'twas"),
    ],
)
def test_each_piece_between_separators_is_harmless_by_itself(text: str, cell: str) -> None:
    assert harmless(text) == cell
    assert as_written(cell) == text


@pytest.mark.parametrize("text", LIKE_VALUES)
def test_what_a_spreadsheet_would_rewrite_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", LIKE_VALUES)
def test_what_begins_with_the_sign_itself_comes_back_too(text: str) -> None:
    for noted in (f"'{text}", f"''{text}"):
        assert harmless(noted) == f"'{noted}"
        assert as_written(harmless(noted)) == noted


@pytest.mark.parametrize("number", ["007", "1e5", "TRUE"])
def test_ids_and_names_that_look_like_numbers_are_protected_too(number: str) -> None:
    sign = Sign(id=number, at=MORNING, sign=number)
    header, row = rows(write_csv([sign]))
    cells = dict(zip(header, row, strict=True))
    assert (cells["id"], cells["sign"]) == (f"'{number}", f"'{number}")
    assert back(write_csv([sign])).entries == (sign,)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "X", "x=1", "a\tb", "#1", "👍", "שלום", "[link](=1)", "true enough"),
        *("4 of 10 on the stairs, worse than Monday", "rest for 2 days, then run", "B12?", "4/10!"),
    ],
)
def test_what_no_spreadsheet_changes_stays_as_it_is(text: str) -> None:
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


def test_a_table_with_semicolons_has_decimal_commas_and_bare_numbers() -> None:
    runs = [
        Run(id=str(km), at=MORNING, minutes=40, effort=3, distance_km=km) for km in (7.5, 1e-7, 8)
    ]
    data = write_csv(runs, semicolons=True)
    assert data.startswith(b"\xef\xbb\xbf" + b'"at";"date";"kind"')
    assert [b";7,5;" in data, b";1e-07;" in data, b";8;" in data] == [True] * 3
    assert back(data).entries == tuple(runs)


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
    assert back(write_csv(entries)) == CsvTable(tuple(entries))


def test_a_thousand_entries_are_read_in_order(rating: Callable[..., Rating]) -> None:
    entries = [rating(score=n % 11, hour=n) for n in range(1000)]
    assert back(write_csv(entries)).entries == tuple(entries)
    assert entries[-1].at - entries[0].at == timedelta(hours=999)
