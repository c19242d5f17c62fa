from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from itband_gui.journal.entries import RestDay, Run
from itband_gui.journal.store import Store
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.services.journal_link import JournalLink
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
At = Callable[..., datetime]


@pytest.fixture
def entries(at: At) -> list[Run]:
    return [Run(id=str(day), at=at(day), minutes=day, effort=5) for day in (20, 21, 22)]


def test_the_delete_key_deletes_the_chosen_entry_from_the_disk(
    open_page: OpenPage, entries: list[Run], store: Store
) -> None:
    page = open_page(*entries)
    page.list.choose("21")
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert list(store.load().book) == [entries[0], entries[2]]


def test_the_button_deletes_the_entry_that_was_clicked(
    open_page: OpenPage, entries: list[Run], link: JournalLink
) -> None:
    page = open_page(*entries)
    where = page.list.visualRect(page.list.model().index(3, 0)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    click(page.delete)
    assert list(link.book) == [entries[0], entries[2]]


def test_undo_by_the_notice_brings_the_entry_back_and_chooses_it(
    open_page: OpenPage, entries: list[Run], store: Store
) -> None:
    page = open_page(*entries)
    page.list.choose("21")
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    notice = page.notices.notice
    assert notice is not None
    assert notice.text.text() == "Deleted: Run: 21 min, effort 5 out of 10 (yesterday)"
    click(notice.buttons[0])
    assert [entry.id for entry in store.load().book] == ["20", "21", "22"]
    assert page.list.chosen == "21"


def test_ctrl_z_undoes_one_deletion_after_the_other(
    open_page: OpenPage, entries: list[Run], link: JournalLink
) -> None:
    page = open_page(*entries)
    page.list.choose("22")
    for _ in entries:
        QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert len(link.book) == 0
    for _ in entries:
        QTest.keyClick(page.first_focus(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [entry.id for entry in link.book] == ["20", "21", "22"]


def test_after_deleting_the_next_entry_is_chosen(
    open_page: OpenPage, entries: list[Run], at: At
) -> None:
    twice = RestDay(id="21b", at=at(21, 5))
    page = open_page(*entries, twice)
    page.list.choose("21")
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.list.chosen == "21b"
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.list.chosen == "20"
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.list.chosen == "22"


def test_the_menu_of_a_row_deletes_it(
    open_page: OpenPage, entries: list[Run], link: JournalLink
) -> None:
    page = open_page(*entries)
    page.list.choose("22")
    row = page.list.visualRect(page.list.currentIndex()).center()
    page.list.customContextMenuRequested.emit(row)
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    QTest.mouseClick(
        menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[1]).center()
    )
    assert "22" not in link.book


def test_a_heading_has_no_menu(open_page: OpenPage, entries: list[Run]) -> None:
    page = open_page(*entries)
    heading = page.list.visualRect(page.list.model().index(0, 0)).center()
    page.list.customContextMenuRequested.emit(heading)
    assert not [menu for menu in page.findChildren(QMenu) if menu.isVisible()]


def test_a_change_made_elsewhere_removes_the_offer_to_undo(
    open_page: OpenPage, entries: list[Run], link: JournalLink, at: At
) -> None:
    page = open_page(*entries)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.notices.notice is not None
    link.add(RestDay(id="other", at=at(1)))
    assert page.notices.notice is None


def test_a_closed_notice_gives_way_to_the_next(open_page: OpenPage, entries: list[Run]) -> None:
    page = open_page(*entries)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.notices.notice is not None
    click(page.notices.notice.buttons[-1])
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.notices.notice.text.text() == "Deleted: Run: 21 min, effort 5 out of 10 (yesterday)"


def test_undo_without_anything_to_undo_does_nothing(open_page: OpenPage) -> None:
    page = open_page()
    QTest.keyClick(page.first_focus(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.notices.notice is None


def test_deleting_in_an_empty_journal_does_nothing(open_page: OpenPage, link: JournalLink) -> None:
    page = open_page()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert len(link.book) == 0
    assert page.notices.notice is None
