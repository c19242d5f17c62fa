"""Clocks that are wrong, go back, change with the season, or stand while the machine sleeps."""

import os
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Entry, RestDay, new_id, stamp
from itband_gui.journal.store import LoadCode, Store
from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import make_plan
from itband_gui.session.engine import Engine, is_gap
from itband_gui.session.events import EndReason
from itband_gui.session.record import session_entry
from tests.conftest import Figure

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
START = datetime(2026, 10, 24, 12, tzinfo=timezone(2 * HOUR))
JUMPS = (DAY, -DAY, 10 * YEAR, -10 * YEAR, HOUR, -HOUR, timedelta(seconds=1), timedelta(0))
FOLDERS = count()


class Clock:
    """A clock that is told to jump, forward or back."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def rest(at: datetime, note: str = "") -> RestDay:
    return RestDay(id=new_id(), at=at, note=note)


def kept(path: Path) -> list[Entry]:
    loaded = Store(path).load()
    assert loaded.code is LoadCode.SOUND
    entries = list(loaded.book)
    assert entries == sorted(entries, key=lambda entry: (entry.at, entry.id))
    return entries


@given(st.lists(st.tuples(st.sampled_from(JUMPS), st.integers(-14, 14)), max_size=12), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # a folder each, below
def test_no_jump_of_the_clock_loses_an_entry_an_offset_or_the_order(
    tmp_path: Path, jumps: list[tuple[timedelta, int]], data: st.DataObject
) -> None:
    """Two windows, which add, amend and remove while their clock jumps from zone to zone.

    A jump of years makes a removal look old enough to be forgotten. A window that had not heard of
    it then brings the entry back: what is there too much can be removed again, what is lost not.
    """
    folder, clock = tmp_path / str(next(FOLDERS)), Clock()
    path, backups = folder / "journal.json", Backups(folder / "backups")
    stores = Store(path, backups, clock), Store(path, backups, clock)
    windows = [(store, store.load().book) for store in stores]
    expected: dict[str, Entry] = {}
    removed = set[str]()
    for jump, offset in jumps:
        clock.at = stamp((clock.at + jump).astimezone(timezone(offset * HOUR)))
        store, book = windows[data.draw(st.integers(0, 1))]
        store.refresh(book)
        added = book.add(rest(clock.at))
        expected[added.id] = added
        mine = [entry for entry in book if entry.id in expected]
        chosen = mine[data.draw(st.integers(0, len(mine) - 1))]
        if data.draw(st.booleans()):
            expected[chosen.id] = book.amend(replace(chosen, note="again"))
        elif chosen.id != added.id:
            removed.add(expected.pop(book.remove(chosen.id).id).id)
        store.save(book)
        found = {entry.id: entry for entry in kept(path)}
        back = found.keys() & removed
        assert not back or max(abs(jump) for jump, _ in jumps) > YEAR
        for entry_id in back:
            del found[entry_id]
        assert found == expected
        assert [entry.at.utcoffset() for entry in found.values()] == [
            expected[entry_id].at.utcoffset() for entry_id in found
        ]


def test_the_hour_that_comes_twice_keeps_its_order_and_both_offsets(tmp_path: Path) -> None:
    summer, winter = timezone(2 * HOUR), timezone(HOUR)
    times = [
        datetime(2026, 10, 25, 1, 59, 59, tzinfo=summer),
        datetime(2026, 10, 25, 2, 30, tzinfo=summer),
        datetime(2026, 10, 25, 2, 10, tzinfo=winter),  # forty minutes later
        datetime(2026, 10, 25, 2, 30, tzinfo=winter),
        datetime(2027, 3, 28, 1, 59, 59, tzinfo=winter),
        datetime(2027, 3, 28, 3, 0, tzinfo=summer),  # a second later
    ]
    book = Book()
    for at in reversed(times):
        book.add(rest(at))
    path = tmp_path / "journal.json"
    Store(path).save(book)
    assert [entry.at.isoformat() for entry in kept(path)] == [at.isoformat() for at in times]
    text = path.read_text()
    assert [text.index(at.isoformat()) for at in times] == sorted(
        text.index(at.isoformat()) for at in times
    )


def test_entries_of_the_future_stay_when_the_clock_is_set_right(tmp_path: Path) -> None:
    path, clock = tmp_path / "journal.json", Clock(START + 10 * YEAR)
    book = Book()
    book.add(rest(clock.at, "dated by a wrong clock"))
    Store(path, None, clock).save(book)
    clock.at = START
    window = Store(path, None, clock)
    book = window.load().book
    (early,) = book
    book.amend(replace(early, note="still there"))
    book.add(rest(clock.at))
    window.save(book)
    assert [(entry.at.year, entry.note) for entry in kept(path)] == [
        (2026, ""),
        (2036, "still there"),
    ]


@pytest.mark.parametrize("wrong", [-10 * YEAR, -DAY, DAY, 10 * YEAR])
def test_a_removal_under_a_wrong_clock_stays_one_and_takes_nothing_else(
    tmp_path: Path, wrong: timedelta
) -> None:
    path, clock = tmp_path / "journal.json", Clock()
    window = Store(path, None, clock)
    book = window.load().book
    gone, stays = book.add(rest(START, "gone")), book.add(rest(START, "stays"))
    window.save(book)
    clock.at = START + wrong
    book.remove(gone.id)
    window.save(book)
    clock.at = START
    book.add(rest(START, "later"))
    window.save(book)
    assert sorted(entry.note for entry in kept(path)) == ["later", "stays"]
    assert stays.id in window.load().book


# Backups


@given(st.lists(st.sampled_from(JUMPS), min_size=1, max_size=15))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # a folder each, below
def test_no_jump_of_the_clock_costs_the_backup_that_was_just_made(
    tmp_path: Path, jumps: list[timedelta]
) -> None:
    folder, clock = tmp_path / str(next(FOLDERS)), Clock()
    backups = Backups(folder / "backups")
    window = Store(folder / "journal.json", backups, clock)
    book = window.load().book
    made = 0
    for jump in jumps:
        clock.at += jump
        before = {copy.path for copy in backups.copies()}
        held = [entry.id for entry in book]
        book.add(rest(clock.at))
        assert window.save(book).backup_error is None
        new = [copy for copy in backups.copies() if copy.path not in before]
        made += len(new)
        assert len(new) <= 1
        if new:
            assert {entry.id for entry in decode(backups.read(new[0])).entries} == set(held)
        if made:
            assert backups.copies()


def test_a_clock_set_back_does_not_stop_the_backups(tmp_path: Path) -> None:
    backups = Backups(tmp_path / "backups")
    for number, years in enumerate((10, 0, -10)):
        at = START + years * YEAR
        assert backups.due(at)
        assert backups.keep(b"%d" % number, at, Why.TIMED) is not None
        backups.thin(at)
        assert not backups.due(at)
    assert len(backups.copies()) == 3


def test_an_hour_of_a_clock_ten_years_ahead_does_not_thin_what_is_recent(tmp_path: Path) -> None:
    backups = Backups(tmp_path / "backups")
    for number in range(48):
        backups.keep(b"%d" % number, START + number * HOUR, Why.TIMED)
    backups.thin(START + 48 * HOUR)
    assert len(backups.copies()) == 48
    backups.thin(START + 10 * YEAR)
    left = backups.copies()
    assert left[0].at == START + 47 * HOUR
    assert len(left) >= 2, "one of each day"


# A session


@pytest.mark.parametrize("slept", [timedelta(hours=10), 10 * YEAR])
@pytest.mark.parametrize("wrong", [-10 * YEAR, -DAY, timedelta(0), DAY, 10 * YEAR])
def test_a_session_through_which_the_machine_slept_is_kept_as_it_was_done(
    tmp_path: Path, anatomy: Anatomy, slept: timedelta, wrong: timedelta
) -> None:
    """The session's own clock counts the sleep or not; the time of day jumps as it likes."""
    full = load_library(anatomy, None).get("full")
    assert full is not None
    engine = Engine(make_plan(full, CheckIn({Leg.LEFT: 4}), anatomy), 0)
    for second in range(1, 201):
        engine.advance_to(second * 1000)
    before = engine.tally.hands_on_ms
    assert before > 0
    woken = 200_000 + slept // timedelta(milliseconds=1)
    assert is_gap(200_000, woken)
    engine.pause(200_000)  # as the session's clock does at a gap
    engine.advance_to(woken)
    assert engine.tally.hands_on_ms == before
    engine.end(woken, EndReason.ENDED_EARLY)
    path, clock = tmp_path / "journal.json", Clock(START + wrong)
    book = Book()
    entry = book.add(session_entry(engine, new_id(), START))
    book.add(rest(clock.at))
    Store(path, None, clock).save(book)
    assert entry in kept(path)
    assert entry.at == START
    assert len(kept(path)) == 2


@pytest.mark.parametrize("year", [1902, 1970, 2037, 2105])
def test_a_damaged_file_of_any_age_is_set_aside(tmp_path: Path, year: int, figure: Figure) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(b"ruins")
    at = datetime(year, 1, 1, tzinfo=UTC).timestamp()
    os.utime(path, (at, at))
    aside = Store(path).load(set_aside=True).set_aside
    assert aside is not None
    assert aside.read_bytes() == b"ruins"
    figure("clock +-1 day, +-10 years, between zones, DST, asleep: 0 entries, offsets, order lost")
