from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from itband_gui.journal.entries import (
    NOTE_LENGTH,
    Ended,
    Entry,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
    Sign,
)
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.entry_forms import RatingForm, SignForm
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.services.journal_link import JournalLink
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
DialogOf = Callable[[JournalPage], EntryDialog]
At = Callable[..., datetime]


def open_first(page: JournalPage) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Home)
    QTest.keyClick(page.list, Qt.Key.Key_Return)


@pytest.fixture
def rating(at: At) -> Rating:
    return Rating(
        id="r",
        at=at(22, 7, 10),
        leg=Leg.LEFT,
        moment=Moment.MORNING,
        score=4,
        places=(Place.OUTER_KNEE, Place.OTHER),
        session="s",
        note="hard\u00a0blank",
    )


@pytest.fixture
def session(at: At) -> Session:
    return Session(
        id="s",
        at=at(21, 9),
        routine="full",
        legs=(Leg.LEFT, Leg.RIGHT),
        hands_on_seconds=700,
        total_seconds=900,
        skipped=1,
        ended=Ended.FINISHED,
    )


def test_enter_opens_the_chosen_entry_as_it_is(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating
) -> None:
    page = open_page(rating)
    open_first(page)
    form = dialog_of(page).form
    assert isinstance(form, RatingForm)
    assert form.entry() == rating


def test_a_double_click_opens_the_entry_under_it(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating, session: Session
) -> None:
    page = open_page(rating, session)
    where = page.list.visualRect(page.list.model().index(3, 0)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert dialog_of(page).form.entry() == session


def test_a_double_click_on_a_heading_opens_nothing(open_page: OpenPage, rating: Rating) -> None:
    page = open_page(rating)
    where = page.list.visualRect(page.list.model().index(0, 0)).center()
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.findChild(EntryDialog) is None


def test_the_button_opens_the_chosen_entry(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating
) -> None:
    page = open_page(rating)
    click(page.change)
    assert dialog_of(page).form.entry() == rating


def test_every_kind_of_entry_comes_back_unchanged_from_its_form(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating, session: Session, at: At
) -> None:
    entries: list[Entry] = [
        rating,
        session,
        Run(id="a", at=at(20), minutes=3, effort=0, distance_km=1.23456, worst=0),
        RestDay(id="b", at=at(19), note="\u202eodd"),
        Sign(id="c", at=at(3), sign="new-one", resolved=at(12), resolution=Resolution.GONE),
    ]
    page = open_page(*entries)
    for entry in entries:
        page.list.choose(entry.id)
        QTest.keyClick(page.list, Qt.Key.Key_Enter)
        dialog = dialog_of(page)
        assert dialog.form.entry() == entry
        click(dialog.save)


def test_saving_without_a_change_changes_nothing(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating, link: JournalLink
) -> None:
    page = open_page(rating)
    open_first(page)
    click(dialog_of(page).save)
    assert list(link.book) == [rating]
    assert page.notices.notice is None


def test_an_amended_score_is_on_the_disk_and_can_be_undone(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating, store: Store, qtbot: QtBot
) -> None:
    page = open_page(rating)
    open_first(page)
    dialog = dialog_of(page)
    QTest.keyClick(dialog.form.first_focus(), Qt.Key.Key_2)
    click(dialog.save)
    (amended,) = store.load().book
    assert isinstance(amended, Rating)
    assert (amended.score, amended.note, amended.session) == (2, rating.note, "s")
    with qtbot.waitActive(page, timeout=60_000):  # no window manager gives it back here
        page.activateWindow()
    QTest.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    (back,) = store.load().book
    assert isinstance(back, Rating)
    assert back.score == 4
    assert page.notices.notice is not None
    assert page.notices.notice.text.text().startswith("Changed back: Left leg · 4 out of 10")


def test_a_backdated_entry_moves_to_its_day_and_stays_chosen(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating, session: Session
) -> None:
    page = open_page(rating, session)
    open_first(page)
    dialog = dialog_of(page)
    QTest.keyClick(dialog.form.when.day, Qt.Key.Key_Down)
    click(dialog.form.when.earlier)
    click(dialog.save)
    shown = [page.list.model().index(row, 0).data() for row in range(page.list.model().rowCount())]
    assert shown[0] == "Yesterday"
    assert page.list.chosen == "r"


def test_a_session_can_have_its_time_and_note_amended_and_nothing_else(
    open_page: OpenPage, dialog_of: DialogOf, session: Session, link: JournalLink
) -> None:
    page = open_page(session)
    open_first(page)
    dialog = dialog_of(page)
    QTest.keyClicks(dialog.form.note.editor, "felt good")
    QTest.keyClick(dialog.form.note.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (amended,) = link.book
    assert isinstance(amended, Session)
    assert amended.note == "felt good"
    assert (amended.at, amended.skipped, amended.routine) == (session.at, 1, "full")


def test_an_open_sign_is_resolved_now(
    open_page: OpenPage, dialog_of: DialogOf, link: JournalLink, at: At, now: datetime
) -> None:
    page = open_page(Sign(id="s", at=at(3), sign="unwell"))
    open_first(page)
    dialog = dialog_of(page)
    assert isinstance(dialog.form, SignForm)
    assert not dialog.form.over.isVisible()
    click(dialog.form.state.button_for(Resolution.GONE))
    assert dialog.form.over.isVisible()
    click(dialog.save)
    (sign,) = link.book
    assert isinstance(sign, Sign)
    assert (sign.resolution, sign.resolved) == (Resolution.GONE, now)


def test_a_resolved_sign_is_opened_again(
    open_page: OpenPage, dialog_of: DialogOf, link: JournalLink, at: At
) -> None:
    over = Sign(id="s", at=at(3), sign="skin", resolved=at(9), resolution=Resolution.GONE)
    page = open_page(over)
    open_first(page)
    dialog = dialog_of(page)
    assert isinstance(dialog.form, SignForm)
    click(dialog.form.state.button_for(None))
    click(dialog.form.leg.button_for(Leg.RIGHT))
    click(dialog.save)
    (sign,) = link.book
    assert isinstance(sign, Sign)
    assert (sign.resolution, sign.resolved, sign.leg) == (None, None, Leg.RIGHT)


def test_a_sign_cannot_be_over_before_it_began(
    open_page: OpenPage, dialog_of: DialogOf, at: At
) -> None:
    page = open_page(Sign(id="s", at=at(22, 18), sign="unwell"))
    open_first(page)
    dialog = dialog_of(page)
    assert isinstance(dialog.form, SignForm)
    click(dialog.form.state.button_for(Resolution.CLINICIAN_AGREED))
    click(dialog.form.over.earlier)
    assert dialog.reason.text() == "It can’t end before it began. Choose a later time."
    assert not dialog.save.isEnabled()


def test_a_sign_cannot_be_over_in_the_future(
    open_page: OpenPage, dialog_of: DialogOf, at: At
) -> None:
    page = open_page(Sign(id="s", at=at(3), sign="unwell"))
    open_first(page)
    dialog = dialog_of(page)
    assert isinstance(dialog.form, SignForm)
    click(dialog.form.state.button_for(Resolution.GONE))
    QTest.keyClick(dialog.form.over.day, Qt.Key.Key_PageUp)
    assert times_said(dialog, "in the future") == 1
    assert not dialog.save.isEnabled()
    click(dialog.form.state.button_for(None))
    assert times_said(dialog, "in the future") == 0
    assert dialog.save.isEnabled()


def times_said(dialog: EntryDialog, words: str) -> int:
    return sum(words in label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_a_future_day_cannot_be_saved_and_the_reason_is_said(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating, link: JournalLink
) -> None:
    page = open_page(rating)
    open_first(page)
    dialog = dialog_of(page)
    QTest.keyClick(dialog.form.when.day, Qt.Key.Key_PageUp)
    assert times_said(dialog, "in the future") == 1
    click(dialog.save)
    assert list(link.book) == [rating]


def test_a_note_that_is_too_long_cannot_be_saved_and_the_reason_is_said(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating, link: JournalLink
) -> None:
    page = open_page(replace(rating, note="x" * NOTE_LENGTH.high))
    open_first(page)
    dialog = dialog_of(page)
    QTest.keyClicks(dialog.form.note.editor, "y")
    assert times_said(dialog, "Remove 1.") == 1
    click(dialog.save)
    assert dialog.isVisible()
    assert [entry.rev for entry in link.book] == [1]


def test_saving_restores_an_entry_deleted_elsewhere(
    open_page: OpenPage,
    dialog_of: DialogOf,
    link: JournalLink,
    rating: Rating,
    store: Store,
    tmp_path: Path,
) -> None:
    page = open_page(rating)
    assert link.flush()
    open_first(page)
    dialog = dialog_of(page)
    QTest.keyClick(dialog.form.first_focus(), Qt.Key.Key_2)
    other = Store(tmp_path / "journal.json")
    theirs = other.load().book
    theirs.remove("r")
    other.save(theirs)
    link.take_in()
    link.settle()
    assert len(link.book) == 0
    click(dialog.save)
    assert not dialog.isVisible()
    (entry,) = store.load().book
    assert isinstance(entry, Rating)
    assert entry.score == 2
    assert any(label.text().startswith("Changed") for label in page.notices.findChildren(QLabel))


def _question(dialog: EntryDialog) -> QMessageBox:
    question = dialog.findChild(QMessageBox)
    assert question is not None
    return question


def test_escape_asks_before_discarding_a_typed_note(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating
) -> None:
    page = open_page(rating)
    open_first(page)
    dialog = dialog_of(page)
    QTest.keyClicks(dialog.form.note.editor, "long story")
    QTest.keyClick(dialog.form.note.editor, Qt.Key.Key_Escape)
    QTest.keyClick(_question(dialog), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.form.note.edited


def test_a_typed_note_is_discarded_if_confirmed(
    open_page: OpenPage, dialog_of: DialogOf, rating: Rating, link: JournalLink
) -> None:
    page = open_page(rating)
    open_first(page)
    dialog = dialog_of(page)
    QTest.keyClicks(dialog.form.note.editor, "long story")
    click(dialog.cancel)
    question = _question(dialog)
    (discard,) = (
        each
        for each in question.buttons()
        if question.buttonRole(each) is QMessageBox.ButtonRole.DestructiveRole
    )
    click(discard)
    assert not dialog.isVisible()
    assert list(link.book) == [rating]
