"""An entry belongs to the day of its own clock, wherever and whenever it is shown."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

import itband_gui
from itband_gui import cli
from itband_gui.insight.days import Period, day_of
from itband_gui.insight.massage import Barred, WaitReason
from itband_gui.insight.trend import trend
from itband_gui.journal.csv_writer import write_csv
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library, load_library
from itband_gui.safety.signs import load_safety
from itband_gui.ui.history.text import words_of
from itband_gui.ui.history.ticks import short_day_words
from itband_gui.ui.history.tracks import tracks_of
from itband_gui.ui.journal.entry_dialog import form_to_amend
from itband_gui.ui.journal.list_model import EntryListModel
from itband_gui.ui.report.content import page_content
from itband_gui.ui.report.text import long_day
from itband_gui.ui.text.dates import day_text, day_text_within
from itband_gui.ui.text.entries import said_with_day
from itband_gui.ui.today.cards import LastRatings
from itband_gui.wording.massage import barred_text
from tests.makers import save_entries
from tests.ui.conftest import in_zone

HOURS = (-11, -3.5, 0, 1, 5.75, 13, 14)
TIMES = (time(0), time(0, 30), time(7, 10), time(12), time(23, 59))
SEEN_AT = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=1)))
TODAY = SEEN_AT.date()
DAYS = (date(2026, 11, 19), date(2026, 11, 20))
HERE = ("Europe/Berlin", "Pacific/Auckland", "Pacific/Honolulu", "Asia/Kathmandu")
in_zones = pytest.mark.parametrize("zone", HERE, indirect=True)


def entries() -> list[Rating]:
    """Return a rating of each day, time and zone, oldest first."""
    made = [
        Rating(
            id=new_id(),
            at=datetime.combine(day, at, timezone(timedelta(hours=hours))),
            leg=Leg.LEFT,
            moment=Moment.MORNING,
            score=4,
        )
        for day in DAYS
        for hours in HOURS
        for at in TIMES
    ]
    return sorted(made, key=lambda each: each.at)


@pytest.fixture(autouse=True)
def _british(qapp: QApplication) -> Iterator[None]:
    assert qapp  # forms need it
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def library(anatomy: Anatomy) -> Library:
    return load_library(anatomy, None)


@pytest.mark.usefixtures("zone")
@in_zones
def test_the_journal_page_shows_each_entry_under_its_own_day_at_its_own_time(
    library: Library,
) -> None:
    made = entries()
    model = EntryListModel(library, lambda: TODAY)
    model.show(reversed(made))
    headings = [model.heading(row) for row in range(model.rowCount()) if not model.entry_at(row)]
    assert headings == [day_text(day, TODAY) for day in reversed(DAYS)]
    shown = None
    for row in range(model.rowCount()):
        entry, line = model.entry_at(row), model.line(row)
        if entry is None or line is None:
            shown = model.heading(row)
            continue
        day = day_text(day_of(entry), TODAY)
        assert shown == day
        at = "" if entry.at.time() == time(0) else f"{entry.at:%H:%M}"
        assert line.time == at
        spoken = model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith(f"{day}, {at}" if at else f"{day}. ")


@pytest.mark.usefixtures("zone")
@in_zones
def test_a_form_shows_an_entrys_own_day_and_time_and_keeps_both(library: Library) -> None:
    for entry in entries():
        form = form_to_amend(entry, library, TODAY, lambda: SEEN_AT)
        assert form.when.day.value is not None
        assert form.when.day.value.toPython() == day_of(entry)
        assert form.when.time.value == entry.at.time()
        assert form.when.moment == entry.at
        form.when.day.step(-1)
        assert form.when.moment.replace(tzinfo=None) == (
            entry.at.replace(tzinfo=None) - timedelta(days=1)
        )
        assert form.when.moment.utcoffset() == entry.at.utcoffset()


@pytest.mark.usefixtures("zone")
@in_zones
def test_lists_and_tables_name_an_entrys_own_day(
    tmp_path: Path, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    made, folder = entries(), tmp_path / "data"
    folder.mkdir()
    save_entries(folder / "journal.json", made)
    listed = ["journal", "--data-dir", str(folder), "list"]
    assert cli.run(cli.parse(listed)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:10] for line in reversed(lines)] == [str(day_of(entry)) for entry in made]
    assert cli.run(cli.parse([*listed, "--since", str(DAYS[1])])) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(made) / len(DAYS)
    assert {line[:10] for line in lines} == {str(DAYS[1])}
    rows = csv.DictReader(io.StringIO(write_csv(made).decode("utf-8-sig")))
    assert [row["date"] for row in rows] == [str(day_of(entry)) for entry in made]


@pytest.mark.usefixtures("zone")
@in_zones
def test_history_and_the_page_for_a_physiotherapist_count_an_entry_on_its_own_day(
    library: Library,
) -> None:
    made, first = entries(), Period(DAYS[0], DAYS[0])
    half = len(made) // len(DAYS)
    content = page_content(made, first, TODAY, load_safety())
    assert str(half) in " ".join(content.facts)
    assert long_day(DAYS[0]) in " ".join(content.facts)
    for track in tracks_of(trend(made, Period(DAYS[0], DAYS[1])), tuple(Leg)):
        for index, entry in enumerate(track.entries):
            assert words_of(track, index, library, TODAY).day == short_day_words(
                day_of(entry), TODAY
            )


@pytest.mark.usefixtures("zone")
@in_zones
def test_today_and_what_it_tells_name_an_entrys_own_day(library: Library) -> None:
    last = LastRatings()
    for entry in entries():
        day = day_text_within(day_of(entry), TODAY)
        last.show_entries([entry], TODAY)
        assert last.lines[Leg.LEFT].text().endswith(day)
        assert said_with_day(entry, library, TODAY).endswith(f"({day})")


@pytest.mark.usefixtures("zone")
@in_zone("Europe/Berlin")
def test_on_a_journey_each_day_has_one_heading(library: Library) -> None:
    auckland, berlin = timezone(timedelta(hours=13)), timezone(timedelta(hours=1))
    times = (
        datetime(2026, 11, 19, 23, tzinfo=auckland),
        datetime(2026, 11, 20, 1, tzinfo=auckland),
        datetime(2026, 11, 19, 20, tzinfo=berlin),  # after landing it is the day before again
        datetime(2026, 11, 20, 6, tzinfo=berlin),
    )
    made = [replace(entries()[0], id=new_id(), at=at) for at in times]
    model = EntryListModel(library, lambda: TODAY)
    model.show(reversed(made))
    shown = [model.entry_at(row) or model.heading(row) for row in range(model.rowCount())]
    heads = [day_text(day, TODAY) for day in DAYS]
    assert shown == [heads[1], made[3], made[1], heads[0], made[2], made[0]]


def test_the_future_is_judged_by_the_local_clock() -> None:
    there = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=13)))
    rated = Rating(id=new_id(), at=there, leg=Leg.LEFT, moment=Moment.AFTER, score=7)
    before = replace(rated, id=new_id(), moment=Moment.BEFORE, score=3)
    until = there + timedelta(hours=48)  # 21:00 of the 25th here
    barred = Barred(WaitReason.WORSE_AFTER, (Leg.LEFT,), (before, rated), until)
    assert "until tomorrow at 21:00" in barred_text(barred, SEEN_AT, load_safety())


def test_one_function_decides_an_entrys_day() -> None:
    package = Path(itband_gui.__file__).parent
    asking = re.compile(r"\.at\.(date|astimezone)\(\)|\blocal(_date)?\((entry|each|rating)\.at")
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if asking.search(path.read_text("utf-8"))
    }
    # The journal's rooms stand below that of the days; a copy's time is no entry's.
    below = {"journal/csv_writer.py", "journal/csv_reader.py", "journal/importing.py"}
    assert found <= {"insight/days.py", "commands/restore.py"} | below


@pytest.mark.usefixtures("zone")
@in_zone("Europe/Berlin")
def test_a_form_says_quietly_that_an_entry_was_noted_in_another_zone(library: Library) -> None:
    (there,) = (e for e in entries() if e.at.isoformat() == "2026-11-20T07:10:00+13:00")
    (here,) = (e for e in entries() if e.at.isoformat() == "2026-11-20T07:10:00+01:00")
    form = form_to_amend(there, library, TODAY, lambda: SEEN_AT)
    assert form.when.reason.text() == "Recorded in another time zone (UTC+13)."
    assert form.when.reason.property("look") == "small"
    assert form_to_amend(here, library, TODAY, lambda: SEEN_AT).when.reason.text() == ""
