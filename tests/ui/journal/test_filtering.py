from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from itband_gui.journal.entries import Activity, Kind, Moment, Rating, RestDay, Run, Sign, Sport
from itband_gui.leg.names import Leg
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.services.journal_link import JournalLink
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
At = Callable[..., datetime]


def pick_kind(page: JournalPage, index: int) -> None:
    click(page.filters.kinds)
    menu = page.filters.kinds.choices
    where = menu.actionGeometry(menu.actions()[index]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=where)


def ids(page: JournalPage) -> list[str]:
    model = page.list.model()
    chosen = []
    for row in range(model.rowCount()):
        if model.flags(model.index(row, 0)):
            page.list.setCurrentIndex(model.index(row, 0))
            chosen.append(page.list.chosen or "")
    return chosen


@pytest.fixture
def page(open_page: OpenPage, at: At) -> JournalPage:
    return open_page(
        Rating(id="l", at=at(18), leg=Leg.LEFT, moment=Moment.OTHER, score=1),
        Rating(id="r", at=at(19), leg=Leg.RIGHT, moment=Moment.OTHER, score=2),
        Run(id="run", at=at(20), minutes=30, effort=5),
        RestDay(id="rest", at=at(21)),
    )


def test_without_a_filter_every_entry_is_shown_newest_first(page: JournalPage) -> None:
    assert ids(page) == ["rest", "run", "r", "l"]
    assert page.count.text() == "Entries: 4"


def test_a_leg_shows_only_what_is_about_it(page: JournalPage) -> None:
    click(page.filters.legs.button_for(Leg.LEFT))
    assert ids(page) == ["l"]
    assert page.count.text() == "Entries: 1 of 4"


def test_a_kind_shows_only_its_entries(page: JournalPage) -> None:
    pick_kind(page, 3)
    assert page.filters.kind is Kind.RUN
    assert ids(page) == ["run"]


def test_activities_are_shown_alone(page: JournalPage, link: JournalLink, at: At) -> None:
    link.add(Activity(id="gym", at=at(12), sport=Sport.STRENGTH, minutes=30, effort=5))
    pick_kind(page, 4)
    assert page.filters.kind is Kind.ACTIVITY
    assert ids(page) == ["gym"]


def test_leg_and_kind_work_together(page: JournalPage) -> None:
    click(page.filters.legs.button_for(Leg.RIGHT))
    pick_kind(page, 1)
    assert ids(page) == ["r"]


def test_a_filter_that_hides_everything_says_so_and_is_lifted_by_a_click(
    page: JournalPage,
) -> None:
    pick_kind(page, 6)
    assert page.hidden.isVisible()
    assert not page.list.isVisible()
    click(page.show_all)
    assert ids(page) == ["rest", "run", "r", "l"]


def test_an_empty_journal_says_what_to_do_first(open_page: OpenPage) -> None:
    page = open_page()
    assert page.empty.isVisible()
    assert page.first_focus() is page.add_rating
    assert not page.filters.isVisible()


def test_the_first_entry_ends_the_empty_state(
    open_page: OpenPage, link: JournalLink, now: datetime
) -> None:
    page = open_page()
    link.add(RestDay(id="a", at=now))
    assert not page.empty.isVisible()
    assert page.first_focus() is page.list


def test_an_entry_that_the_filter_would_hide_is_shown_when_it_is_added(
    page: JournalPage, dialog_of: Callable[[JournalPage], EntryDialog]
) -> None:
    pick_kind(page, 1)
    click(page.add_rest_day)
    click(dialog_of(page).save)
    assert (page.filters.leg, page.filters.kind) == (None, None)
    assert len(ids(page)) == 5


def test_the_chosen_entry_stays_chosen_when_the_filter_still_shows_it(page: JournalPage) -> None:
    page.list.choose("r")
    pick_kind(page, 1)
    assert page.list.chosen == "r"


def test_a_sign_on_no_leg_is_shown_for_both_legs_only(
    page: JournalPage, link: JournalLink, at: At
) -> None:
    link.add(Sign(id="sign", at=at(1), sign="unwell"))
    assert "sign" in ids(page)
    click(page.filters.legs.button_for(Leg.LEFT))
    assert "sign" not in ids(page)
