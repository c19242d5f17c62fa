"""Entries dated in the future by a wrong clock are reported and never count as the latest."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from itband_gui.insight.days import Range, known_by, last_day
from itband_gui.journal.entries import Entry, Moment, Rating, RestDay, Session, Sign, new_id
from itband_gui.leg.names import Leg, Place
from itband_gui.safety.signs import load_safety
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.history.view import HistoryView
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.report.dialog import report_dialog
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.window.main_window import Page
from tests.makers import save_entries
from tests.ui.conftest import START
from tests.ui.today.conftest import session

if TYPE_CHECKING:
    from tests.ui.conftest import User

YEARS = timedelta(days=3447)  # to 1 May 2036
AGO = START - timedelta(days=1)
LATER = START + YEARS
MINUTE_MS = 60_000


def rating(at: datetime, score: int, *places: Place) -> Rating:
    return Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=score, places=places)


def begin(user: "User", *entries: Entry) -> None:
    save_entries(user.file, entries)
    user.open()


def drawn(view: HistoryView) -> list[float]:
    """Return the scores of the left leg that the chart shows."""
    assert view.card.chart is not None
    points = view.card.chart.ratings[Leg.LEFT].points[Moment.OTHER]
    return [float(y) for y in points.getData()[1]]


def notices(user: "User") -> list[str]:
    return [each for each in user.notices() if "future" in each]


def test_the_latest_entry_on_today_is_never_from_the_future(user: "User") -> None:
    now, then = session(AGO, Leg.LEFT), replace(session(LATER, Leg.LEFT), routine="after-run")
    begin(
        user,
        rating(AGO, 5, Place.OUTER_KNEE),
        rating(LATER, 0, Place.BAND_UPPER),
        *(now, then, RestDay(id=new_id(), at=LATER)),
    )
    assert "5 out of 10" in user.today.last_ratings.lines[Leg.LEFT].text()
    assert "yesterday" in user.today.last_ratings.lines[Leg.LEFT].text()
    assert user.today.lead.text() == "Last session: First time, yesterday."
    assert user.today.chosen.id == "first-time"
    assert not user.today.log.remark.text()
    assert user.today.legs.pair.legs[Leg.LEFT].accessibleDescription() == "Outer knee"


def test_history_and_its_page_end_with_today_and_count_nothing_of_the_future(
    user: "User",
) -> None:
    begin(user, rating(AGO, 5), rating(START + timedelta(hours=2), 9), rating(LATER, 0))
    user.window.show_page(Page.HISTORY)
    view = user.page_of(HistoryPage).view
    view.settle()
    view.bar.ranges.choose(Range.ALL)
    assert view.period.last == START.date()
    assert drawn(view) == [5]
    dialog = report_dialog(
        user.link, load_safety(), Settings(user.folder / "own.ini"), user.window, Range.ALL
    )
    assert dialog.period.last == START.date()
    assert "Left leg: 1 rating." in dialog.preview.accessibleDescription()
    dialog.reject()


def test_history_counts_an_entry_from_its_own_minute(user: "User") -> None:
    soon = START + timedelta(seconds=30)
    begin(user, rating(AGO, 5), rating(soon, 3))
    user.window.show_page(Page.HISTORY)
    page = user.page_of(HistoryPage)
    page.view.settle()
    user.clock.ms += MINUTE_MS
    page.clock.timeout.emit()
    assert drawn(page.view) == [5, 3]


def test_a_range_ends_with_the_day_of_an_entry_written_further_east() -> None:
    east = datetime.fromisoformat("2026-11-23T01:00+13:00")  # noon of the 22nd at UTC
    now = datetime.fromisoformat("2026-11-22T14:00+01:00")
    assert last_day([rating(AGO, 1), rating(east, 2)], now) == east.date()
    assert last_day([rating(AGO, 1), rating(LATER, 2)], now) == now.date()
    assert last_day([], now) == now.date()


def test_a_future_sign_hides_no_other(user: "User") -> None:
    """A sign that is clearing stays so, whatever is dated years ahead."""
    ids = [sign.id for sign in load_safety().signs]
    signs = [Sign(id=new_id(), at=AGO, sign=ids[0]), Sign(id=new_id(), at=LATER, sign=ids[1])]
    begin(user, rating(AGO, 5), *signs)
    asked = user.today.questions.question
    shown = {card.sign.id for card in user.today.open_signs.cards}
    assert signs[1].id in shown
    assert signs[0].id in shown or asked is not None
    assert {each.id for each in known_by(signs, START)} == {sign.id for sign in signs}


def test_the_window_says_how_many_entries_are_in_the_future(user: "User") -> None:
    begin(user, rating(AGO, 5), rating(LATER, 0), rating(LATER, 1))
    (told,) = notices(user)
    assert "2" in told
    assert "2036" in told


def test_the_notice_opens_the_date_and_goes_with_the_last_entry(user: "User") -> None:
    begin(user, rating(AGO, 5), rating(LATER, 3))
    user.click_on("Change the date…")
    assert isinstance(user.page, JournalPage)
    (dialog,) = user.window.findChildren(EntryDialog)
    dialog.form.when.day.show_value(dialog.form.when.day.last.addDays(-YEARS.days))
    dialog.save.click()
    user.look()
    assert notices(user) == []
    assert [entry.at for entry in user.journal()][1] == START


def test_the_notice_goes_when_the_clock_is_set_right(user: "User") -> None:
    begin(user, rating(LATER, 3))
    assert notices(user)
    user.clock.ms += round(YEARS.total_seconds()) * 1000
    user.window.journal_notices.clock.timeout.emit()
    user.look()
    assert notices(user) == []


def test_a_notice_that_was_closed_does_not_come_back_each_minute(user: "User") -> None:
    begin(user, rating(LATER, 3))
    user.click_on("Close")
    user.window.journal_notices.clock.timeout.emit()
    user.look()
    assert notices(user) == []


@pytest.mark.parametrize("ahead", [timedelta(seconds=50), timedelta(minutes=9)])
def test_small_clock_differences_are_not_reported(user: "User", ahead: timedelta) -> None:
    begin(user, rating(START + ahead, 3))
    assert notices(user) == []


def test_an_entry_dated_tomorrow_in_another_zone_is_not_reported(user: "User") -> None:
    east = (START - timedelta(hours=1)).astimezone(
        datetime.fromisoformat("2026-11-22T00:00+14:00").tzinfo
    )
    begin(user, rating(east, 3), rating(START - timedelta(hours=2), 8))
    assert notices(user) == []
    assert "3 out of 10" in user.today.last_ratings.lines[Leg.LEFT].text()


def test_a_future_session_does_not_block_massage(user: "User") -> None:
    begin(user, session(START + timedelta(hours=3), Leg.LEFT))
    assert isinstance(next(iter(user.link.book)), Session)
    assert user.today.start.isEnabled()
    assert user.today.lead.text() == "Choose a routine and press Start."
