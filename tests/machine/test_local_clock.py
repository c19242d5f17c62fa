"""Typed, given and imported local times mean the same instant."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDateTime
from pytestqt.qtbot import QtBot

from itband_gui import cli
from itband_gui.journal.exchange import read_file_to_import
from itband_gui.journal.importing import Importable
from itband_gui.journal.store import Store
from itband_gui.machine.local_clock import local_instant, local_now
from itband_gui.ui.journal.date_field import WhenField

LiveIn = Callable[[str], None]
NOW = datetime(2025, 6, 1, tzinfo=UTC)
NOON = datetime.combine(date(2024, 5, 1), time(12))
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
ROUNDED = timedelta(seconds=30)  # the journal keeps offsets of whole minutes
STEP = timedelta(days=10)
ZONES = sorted(available_timezones())


def hours(offset: float) -> timezone:
    return timezone(timedelta(hours=offset))


def offset_at(zone: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


@cache
def changes_of(name: str) -> list[tuple[datetime, datetime]]:
    """Return what the clocks of a zone showed before and after each of their changes."""
    return list(_changes(ZoneInfo(name)))


def _changes(zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    start = FIRST
    while start < LAST:
        end = start + STEP
        before, after = offset_at(zone, start), offset_at(zone, end)
        if before != after:
            low, high = start, end
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                if offset_at(zone, middle) == before:
                    low = middle
                else:
                    high = middle
            naive = high.replace(tzinfo=None, microsecond=0)
            yield naive + before, naive + after
        start = end


@st.composite
def odd_times(draw: st.DrawFn) -> tuple[str, datetime]:
    """Draw a zone and a time on its clock about when that was changed, or midnight of that day."""
    zone = draw(st.sampled_from(ZONES).filter(changes_of))
    change = draw(st.sampled_from(changes_of(zone)))
    wall = draw(st.sampled_from(change)) + timedelta(minutes=draw(st.integers(-90, 90)))
    return zone, datetime.combine(wall, time.min) if draw(st.booleans()) else wall


@pytest.mark.skipif(not ZONES, reason="this system has no table of zones")
@pytest.mark.usefixtures("live_in")
def test_no_local_time_ever_leaves_its_day_or_goes_backwards(live_in: LiveIn) -> None:
    @given(odd_times())
    def holds(drawn: tuple[str, datetime]) -> None:
        zone, wall = drawn
        live_in(zone)
        kept = local_instant(wall)
        assert kept.date() == wall.date()
        assert kept.replace(tzinfo=None) >= wall
        # Python's own rule (PEP 495) for a time that was skipped, and for one that was there twice.
        assert abs(kept - wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)) <= ROUNDED
        if wall.time() == time.min:
            assert kept.time() == time.min, "a day without a time gets none"

    holds()


@pytest.mark.parametrize(
    ("zone", "given_time", "kept"),
    [
        ("Africa/Cairo", "2024-04-26", datetime(2024, 4, 26, tzinfo=hours(2))),
        ("America/Santiago", "2024-09-08", datetime(2024, 9, 8, tzinfo=hours(-4))),
        ("America/Sao_Paulo", "2018-11-04", datetime(2018, 11, 4, tzinfo=hours(-3))),
        ("Pacific/Apia", "2011-12-30", datetime(2011, 12, 30, tzinfo=hours(-10))),
        ("Europe/Berlin", "2024-03-31T02:30", datetime(2024, 3, 31, 3, 30, tzinfo=hours(2))),
        ("America/New_York", "2024-03-10T02:00", datetime(2024, 3, 10, 3, 0, tzinfo=hours(-4))),
        ("Australia/Lord_Howe", "2024-10-06T02:10", datetime(2024, 10, 6, 2, 40, tzinfo=hours(11))),
        ("Europe/Berlin", "2024-10-27T02:30", datetime(2024, 10, 27, 2, 30, tzinfo=hours(2))),
        ("Asia/Kolkata", "2024-11-20T07:10", datetime(2024, 11, 20, 7, 10, tzinfo=hours(5.5))),
    ],
)
def test_added_imported_and_typed_it_is_the_same(
    zone: str, given_time: str, kept: datetime, tmp_path: Path, live_in: LiveIn, qtbot: QtBot
) -> None:
    live_in(zone)
    table = tmp_path / "typed.csv"
    day, _, clock = given_time.partition("T")
    table.write_text(f"date,time,leg,score\n{day},{clock},left,4\n")
    added, imported = tmp_path / "added", tmp_path / "imported"
    rating = ("--leg", "left", "--score", "4", "--at", given_time)
    assert cli.run(cli.parse(["journal", "add", *rating, "--data-dir", str(added)])) == 0
    command = ("journal", "import", "--yes", str(table), "--data-dir", str(imported))
    assert cli.run(cli.parse(command)) == 0
    in_window = read_file_to_import(table, NOW, local_instant)
    assert isinstance(in_window, Importable)
    moments = {entry.at for entry in in_window.entries}
    for folder in (added, imported):
        moments |= {entry.at for entry in Store(folder / "journal.json").load().book}
    wall = datetime.fromisoformat(given_time)
    field = WhenField("When", local_instant(NOON), lambda: NOW)
    qtbot.addWidget(field)
    field.day.setText(day)
    field.time.setText(f"{wall:%H:%M}")
    moments.add(field.moment)
    assert {moment.isoformat() for moment in moments} == {kept.isoformat()}


def test_a_day_without_a_midnight_is_listed_without_a_time(
    tmp_path: Path, live_in: LiveIn, capsys: pytest.CaptureFixture[str]
) -> None:
    live_in("Africa/Cairo")
    table = tmp_path / "typed.csv"
    table.write_text("date,leg,score\n2024-04-26,left,3\n")
    assert cli.run(cli.parse(["journal", "import", "--yes", str(table)])) == 0
    capsys.readouterr()
    assert cli.run(cli.parse(["journal", "list"])) == 0
    assert capsys.readouterr().out.startswith("2024-04-26       ")


def test_the_day_of_an_old_zone_with_odd_seconds_stays(live_in: LiveIn) -> None:
    live_in("Europe/Amsterdam")  # 19 minutes and 32 seconds ahead, until 1937
    assert local_instant(datetime.combine(date(1930, 1, 1), time.min)).time() == time.min


# The zone is changed while the program runs


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"])
def test_a_changed_zone_counts_at_once(
    zone: str, live_in: LiveIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_in("Europe/Berlin")
    assert local_now().utcoffset() in (timedelta(hours=1), timedelta(hours=2))
    monkeypatch.setenv("TZ", zone)  # and nothing tells the C library
    typed = local_instant(datetime.combine(date(2024, 7, 1), time(12)))
    now = local_now()
    assert now.utcoffset() == timedelta(seconds=QDateTime.currentDateTime().offsetFromUtc())
    assert now.utcoffset() == now.astimezone(ZoneInfo(zone)).utcoffset()
    assert typed.utcoffset() == typed.astimezone(ZoneInfo(zone)).utcoffset()


def test_a_form_shows_and_saves_by_the_new_zone(
    live_in: LiveIn, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    live_in("Europe/Berlin")
    before = WhenField("When", local_now(), local_now)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    after = WhenField("When", local_now(), local_now)
    for field in (before, after):
        qtbot.addWidget(field)
        field.day.setText("2024-11-20")
        field.time.setText("7:10")
        assert field.moment.isoformat() == "2024-11-20T07:10:00+05:30"


# Moves to another zone once Today is painted, notes a rest day by its key, and prints the journal.
MOVING = """
import os, subprocess, sys
from pathlib import Path
from itband_gui import app
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest

how, zone_file, zone, journal = *sys.argv[1:4], Path(sys.argv[4]) / "journal.json"

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and type(watched).__name__ == "TodayPage":
            watched.removeEventFilter(self)
            QTimer.singleShot(0, lambda: move(watched))
        return False

def move(page):
    qt.removeEventFilter(painted)
    if how == "system":
        subprocess.run(["mount", "--bind", zone_file, "/etc/localtime"], check=True)
    else:
        os.environ["TZ"] = zone
    QTest.keyClick(page.window().windowHandle(), Qt.Key.Key_D)
    look()

def look():
    if journal.exists():
        print(journal.read_text(), flush=True)
        os._exit(0)
    QTimer.singleShot(10, look)

qt, painted = app.start_qt(["x"]), Painted()
qt.installEventFilter(painted)
app.main(["--data-dir", str(journal.parent)])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux keeps its zone")
@pytest.mark.parametrize("how", ["variable", "system"])
def test_the_first_entry_after_the_zone_was_changed_has_the_new_offset(
    how: str, tmp_path: Path
) -> None:
    zone, file = "Asia/Kolkata", Path("/usr/share/zoneinfo/Asia/Kolkata")  # never like the old one
    apart = ["unshare", "--mount"] if how == "system" else []
    if not file.exists() or (
        apart
        and subprocess.run(
            [*apart, "true"], capture_output=True, check=False, timeout=300
        ).returncode
    ):
        pytest.skip("this system has no such zone, or lends nobody a system zone of their own")
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TZ": "Europe/Berlin"}
    if apart:
        del environ["TZ"]
    ran = subprocess.run(
        [*apart, sys.executable, "-c", MOVING, how, str(file), zone, str(tmp_path)],
        env=environ, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    assert '+05:30"' in ran.stdout


# A zone that is none


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes its zone from elsewhere")
@pytest.mark.parametrize("zone", ["XXX+25", "XXX-25", "XXX+24:59", "<+30>-30", "XXX-23YYY-25"])
def test_a_zone_more_than_a_day_away_is_told_and_taken_for_utc(zone: str, tmp_path: Path) -> None:
    command = ("journal", "add", "--leg", "left", "--score", "3", "--data-dir", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "itband_gui", *command],
        env={**os.environ, "TZ": zone}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    (entry,) = Store(tmp_path / "journal.json").load().book
    assert (done.returncode, done.stdout) == (0, f"{entry.id}\n")
    assert entry.at.utcoffset() == timedelta()
    about_the_zone, about_the_journal = done.stderr.splitlines()
    assert about_the_zone.startswith(f"itband-gui: TZ={zone} is ")
    assert "new journal" in about_the_journal


@pytest.mark.parametrize("zone", ["Nowhere/Land", ":", "", "/nonexistent", "a\nb"])
def test_a_zone_that_nobody_knows_is_utc(zone: str, live_in: LiveIn) -> None:
    live_in(zone)
    assert local_now().utcoffset() == timedelta()
