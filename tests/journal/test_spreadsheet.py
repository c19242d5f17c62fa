"""A real spreadsheet can open and save a table without changing the journal."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from itband_gui.journal.book import Book
from itband_gui.journal.csv_writer import write_csv
from itband_gui.journal.entries import (
    Activity,
    Ended,
    Entry,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
    Sign,
    Sport,
    Work,
)
from itband_gui.journal.importing import ImportOutcome, preview, read_import
from itband_gui.leg.names import Leg, Place, Technique, Zone
from tests.journal.test_csv_writer import LIKE_VALUES

OFFICE = shutil.which("soffice")
EN, DE = 1033, 1031  # the languages' numbers
BERLIN = timezone(timedelta(hours=1))
MORNING = datetime(2026, 11, 22, 7, 10, tzinfo=BERLIN)
NOW = datetime(2026, 11, 25, tzinfo=UTC)
NOTES = [
    *LIKE_VALUES,
    *(f"'{text}" for text in LIKE_VALUES),
    *("=1+1", "+5", "-5", "@SUM(1)", "x;=1+1;", ";=1", "a,-1", "'=1", "''", " lead", "trail "),
    *(
        "a\nb",
        "a\r\nb\r\n",
        "a\rb",
        "  ",
        "\t12",
        'say "so"',
        "#N/A",
        "👍🏽",
        "½",
        "x=1",
        "ש\u200fלום",
    ),
]

Resaved = Callable[[bytes, int, str], bytes]


@pytest.fixture
def resaved(tmp_path: Path) -> Resaved:
    """Return what opens a table in a spreadsheet of a language, and saves it."""
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")

    def through(data: bytes, language: int, separator: str) -> bytes:
        source, out = tmp_path / "table.csv", tmp_path / "saved"
        source.write_bytes(data)
        # Separator, quote, UTF-8, first line; then: quoted cells are no text, dates are looked for.
        how = f"{ord(separator)},34,76,1,,{language}"
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                f"--infilter=CSV:{how},false,true",
                "--convert-to",
                f"csv:Text - txt - csv (StarCalc):{how},true,true",
                "--outdir",
                str(out),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return (out / source.name).read_bytes()

    return through


def journal() -> list[Entry]:
    """Return a journal of all kinds, with notes that spreadsheets like to change."""
    days = [
        RestDay(id=f"day {number}", at=MORNING - timedelta(days=number), note=note)
        for number, note in enumerate(NOTES)
    ]
    return [*one_of_each(), session(), *days]


def one_of_each() -> list[Entry]:
    """Return entries whose ids look like numbers, dates and booleans."""
    return [
        Rating(
            id="1e5",
            at=MORNING,
            leg=Leg.LEFT,
            moment=Moment.MORNING,
            score=4,
            places=(Place.OUTER_KNEE, Place.BAND_LOWER),
            session="0012",
            was=("123456789012", "0123456789ab"),
        ),
        Run(id="007", at=MORNING, minutes=40, effort=3, distance_km=7.5, worst=0),
        Activity(id="TRUE", at=MORNING, sport=Sport.HIKING, minutes=90, effort=6),
        Sign(
            id="12/11",
            at=MORNING,
            sign="numb",
            leg=Leg.RIGHT,
            resolved=MORNING + timedelta(days=1),
            resolution=Resolution.GONE,
        ),
    ]


def session() -> Session:
    work = Work(
        leg=Leg.LEFT, zone=Zone.BAND_LOWER, technique=Technique.LIGHT, strokes=12, seconds=60
    )
    return Session(
        id="s",
        at=MORNING,
        routine="1-2",
        legs=(Leg.RIGHT, Leg.LEFT),
        work=(work, work),
        hands_on_seconds=120,
        total_seconds=150,
        ended=Ended.STOPPED,
        stopped_for="sharp",
        stopped_leg=Leg.LEFT,
    )


@pytest.mark.parametrize(
    ("language", "semicolons"), [(EN, False), (DE, False), (DE, True)], ids=["en", "de", "de;"]
)
def test_a_table_comes_back_from_a_spreadsheet_as_it_went(
    resaved: Resaved, language: int, semicolons: bool
) -> None:
    book = Book(journal())
    data = write_csv(book, semicolons=semicolons)
    found = read_import(
        resaved(data, language, ";" if semicolons else ","), NOW, datetime.astimezone
    )
    assert (found.refused, found.unknown) == ((), ())
    ways = {way: entries for way, entries in preview(book, found).ways.items() if entries}
    assert {way: len(entries) for way, entries in ways.items()} == {
        ImportOutcome.SAME: len(book)
    }, ways
