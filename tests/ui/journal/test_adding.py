from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from itband_gui.journal.entries import Moment, Rating, RestDay
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.entry_forms import RatingForm
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.services.journal_link import JournalLink
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
DialogOf = Callable[[JournalPage], EntryDialog]


@pytest.fixture
def rating_form(
    open_page: OpenPage, dialog_of: DialogOf
) -> Callable[[], tuple[EntryDialog, RatingForm]]:
    """Return a function that opens the page and clicks "Add a rating"."""

    def make() -> tuple[EntryDialog, RatingForm]:
        page = open_page()
        click(page.add_rating)
        dialog = dialog_of(page)
        assert isinstance(dialog.form, RatingForm)
        return dialog, dialog.form

    return make


def test_a_rating_added_by_mouse_alone_is_on_the_disk(
    rating_form: Callable[[], tuple[EntryDialog, RatingForm]], store: Store, now: datetime
) -> None:
    dialog, form = rating_form()
    click(form.leg.button_for(Leg.RIGHT))
    click(form.score.findChildren(QAbstractButton)[7])
    click(form.places[Place.OUTER_KNEE])
    click(dialog.save)
    (rating,) = store.load().book
    assert isinstance(rating, Rating)
    assert (rating.leg, rating.score, rating.places) == (Leg.RIGHT, 7, (Place.OUTER_KNEE,))
    assert (rating.at, rating.moment) == (now, Moment.OTHER)


def test_a_rating_added_by_keyboard_alone_is_on_the_disk(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, qtbot: QtBot
) -> None:
    page = open_page()
    QTest.keyClick(page.first_focus(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(page)
    qtbot.waitUntil(lambda: isinstance(dialog.focusWidget(), QAbstractButton), timeout=60_000)
    leg = dialog.focusWidget()
    QTest.keyClick(leg, Qt.Key.Key_Space)
    QTest.keyClick(leg, Qt.Key.Key_X)
    QTest.keyClick(leg, Qt.Key.Key_Return)
    (rating,) = store.load().book
    assert isinstance(rating, Rating)
    assert (rating.leg, rating.score) == (Leg.LEFT, 10)


def test_leg_and_score_are_asked_for_before_a_rating_can_be_saved(
    rating_form: Callable[[], tuple[EntryDialog, RatingForm]],
) -> None:
    dialog, form = rating_form()
    assert dialog.reason.text() == "Choose a leg."
    click(form.leg.button_for(Leg.LEFT))
    assert dialog.reason.text() == "Choose a score."
    assert not dialog.save.isEnabled()
    QTest.keyClick(form.leg.button_for(Leg.LEFT), Qt.Key.Key_0)
    assert dialog.reason.text() == ""
    assert dialog.save.isEnabled()


def test_enter_saves_nothing_while_something_is_missing(
    rating_form: Callable[[], tuple[EntryDialog, RatingForm]], link: JournalLink
) -> None:
    dialog, form = rating_form()
    QTest.keyClick(form.leg.button_for(Leg.LEFT), Qt.Key.Key_Return)
    QTest.keyClick(form.note.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    assert len(link.book) == 0


def test_the_moment_is_chosen_from_its_menu(
    rating_form: Callable[[], tuple[EntryDialog, RatingForm]], store: Store
) -> None:
    dialog, form = rating_form()
    click(form.leg.button_for(Leg.LEFT))
    form.score.findChildren(QAbstractButton)[3].click()
    click(form.moment)
    menu = form.moment.choices
    morning = menu.actions()[list(Moment).index(Moment.MORNING)]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(morning).center())
    click(dialog.save)
    (rating,) = store.load().book
    assert isinstance(rating, Rating)
    assert rating.moment is Moment.MORNING


def test_the_leg_that_is_filtered_for_is_already_chosen(
    open_page: OpenPage, dialog_of: DialogOf, now: datetime
) -> None:
    page = open_page(RestDay(id="a", at=now))
    click(page.filters.legs.button_for(Leg.RIGHT))
    click(page.add_rating)
    form = dialog_of(page).form
    assert isinstance(form, RatingForm)
    assert form.leg.value is Leg.RIGHT


def test_a_rest_day_is_added_for_yesterday_by_mouse(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, at: Callable[..., datetime]
) -> None:
    page = open_page()
    click(page.add_rest_day)
    dialog = dialog_of(page)
    click(dialog.form.when.earlier)
    click(dialog.save)
    (rest_day,) = store.load().book
    assert isinstance(rest_day, RestDay)
    assert rest_day.at == at(21, 18, 5)


def test_a_day_is_taken_from_the_calendar(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, at: Callable[..., datetime]
) -> None:
    page = open_page()
    click(page.add_rest_day)
    dialog = dialog_of(page)
    click(dialog.form.when.calendar)
    calendar = dialog.findChild(QCalendarWidget)
    assert calendar is not None
    QTest.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Left)
    QTest.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Return)
    click(dialog.save)
    (rest_day,) = store.load().book
    assert rest_day.at == at(21, 18, 5)


def test_several_ratings_a_day_stand_side_by_side(
    open_page: OpenPage, dialog_of: DialogOf, store: Store
) -> None:
    page = open_page()
    for score in (Qt.Key.Key_4, Qt.Key.Key_3):
        click(page.add_rating)
        dialog = dialog_of(page)
        assert isinstance(dialog.form, RatingForm)
        click(dialog.form.leg.button_for(Leg.LEFT))
        QTest.keyClick(dialog.form.leg.button_for(Leg.LEFT), score)
        click(dialog.save)
    assert sorted(rating.score for rating in store.load().book if isinstance(rating, Rating)) == [
        3,
        4,
    ]
    assert page.list.model().rowCount() == 3  # a heading and two entries


def test_an_added_entry_is_chosen_and_can_be_undone(
    open_page: OpenPage, dialog_of: DialogOf, link: JournalLink
) -> None:
    page = open_page()
    click(page.add_rest_day)
    click(dialog_of(page).save)
    (entry,) = link.book
    assert page.list.chosen == entry.id
    assert page.notices.notice is not None
    assert page.notices.notice.text.text() == "Added: Rest day"
    click(page.notices.notice.buttons[0])
    assert len(link.book) == 0


def test_cancel_adds_nothing(open_page: OpenPage, dialog_of: DialogOf, link: JournalLink) -> None:
    page = open_page()
    click(page.add_rest_day)
    dialog = dialog_of(page)
    click(dialog.cancel)
    assert not dialog.isVisible()
    assert len(link.book) == 0


def test_a_click_between_the_fields_does_no_harm(
    rating_form: Callable[[], tuple[EntryDialog, RatingForm]],
) -> None:
    dialog, form = rating_form()
    QTest.mouseClick(form, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert dialog.isVisible()
    assert form.leg.value is None


def test_digits_rate_from_the_leg_and_the_score_only(
    rating_form: Callable[[], tuple[EntryDialog, RatingForm]],
) -> None:
    dialog, form = rating_form()
    click(form.leg.button_for(Leg.LEFT))
    QTest.keyClick(form.leg.button_for(Leg.LEFT), Qt.Key.Key_4)
    click(form.score.findChildren(QAbstractButton)[3])
    QTest.keyClick(form.score.findChildren(QAbstractButton)[3], Qt.Key.Key_5)
    assert form.score.score == 5
    when = form.when
    places: list[QWidget] = list(form.places.values())
    others = [dialog.cancel, dialog.save, when.calendar, when.time, form.moment, *places]
    for elsewhere in [*others, form.note.editor, when.day]:  # the day last: 7 and X are no date
        elsewhere.setFocus()
        assert elsewhere.hasFocus()
        for key in (Qt.Key.Key_7, Qt.Key.Key_X):
            QTest.keyClick(elsewhere, key)
        assert form.score.score == 5


def test_digits_of_the_number_pad_rate_too(
    rating_form: Callable[[], tuple[EntryDialog, RatingForm]],
) -> None:
    _, form = rating_form()
    leg = form.leg.button_for(Leg.LEFT)
    QTest.keyClick(leg, Qt.Key.Key_6, Qt.KeyboardModifier.KeypadModifier)
    assert form.score.score == 6


@pytest.mark.parametrize("back", range(12))
def test_an_entry_added_for_an_earlier_day_is_visible(
    open_page: OpenPage, dialog_of: DialogOf, now: datetime, back: int
) -> None:
    rest_days = [RestDay(id=f"r{days}", at=now - timedelta(days=days)) for days in range(12, 0, -1)]
    page = open_page(*rest_days)
    click(page.add_rest_day)
    dialog = dialog_of(page)
    for _ in range(back):
        click(dialog.form.when.earlier)
    click(dialog.save)
    QCoreApplication.processEvents()  # the notice takes its room
    assert page.notices.notice is not None
    row = page.list.visualRect(page.list.currentIndex())
    assert page.list.viewport().rect().contains(row)
    assert page.list.selectedIndexes() == [page.list.currentIndex()]
    assert page.list.currentIndex().data() == "Rest day"
