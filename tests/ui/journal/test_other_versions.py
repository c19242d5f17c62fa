"""Entries changed in two places: announced quietly, decided by keyboard, undone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from itband_gui.journal.book import Book
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.store import Store
from itband_gui.ui.journal.other_versions import OtherVersionsDialog
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.window.main_window import Page

if TYPE_CHECKING:
    from tests.ui.conftest import User

CTRL = Qt.KeyboardModifier.ControlModifier


def amended_in_two_places(user: "User", count: int) -> None:
    """Leave a journal in which two machines changed the same entries, merged."""
    store = Store(user.file)
    book = Book()
    made = [RestDay(id=new_id(), at=user.clock.now()) for _ in range(count)]
    book.add_all(made)
    store.save(book)
    other = Store(user.file)
    theirs = other.load().book
    for number, entry in enumerate(made):
        theirs.amend(replace(entry, note=f"theirs {number}"))
        book.amend(replace(entry, note=f"<i>ours</i> {number}"))
    other.save(theirs)
    store.save(book)
    assert len(book.overruled) == count


@pytest.fixture
def page(user: "User") -> JournalPage:
    amended_in_two_places(user, 2)
    user.open()
    user.window.show_page(Page.JOURNAL)
    user.look()
    return user.page_of(JournalPage)


@pytest.fixture
def dialog(user: "User", page: JournalPage) -> Callable[[], OtherVersionsDialog]:
    """Return a function that finds the open dialog, which is opened first."""
    user.click_on("Look at them")

    def find() -> OtherVersionsDialog:
        (found,) = (d for d in user.window.findChildren(OtherVersionsDialog) if d.isVisible())
        return found

    return find


Find = Callable[[], OtherVersionsDialog]


def notes(user: "User") -> set[str]:
    return {entry.note for entry in user.journal()}


def test_a_quiet_notice_shows_how_many_there_are(user: "User", page: JournalPage) -> None:
    assert page.other_versions.isVisible()
    assert "Entries changed in two places: 2" in page.other_versions.text.text()


def test_without_any_there_is_no_notice(user: "User") -> None:
    user.fill_journal()
    user.open()
    user.window.show_page(Page.JOURNAL)
    user.look()
    assert not user.page_of(JournalPage).other_versions.isVisible()


def test_versions_that_arrive_while_the_page_is_shown_are_announced(user: "User") -> None:
    user.fill_journal(1)
    user.open()
    user.window.show_page(Page.JOURNAL)
    user.look()
    (entry,) = user.journal()
    other = Store(user.file)
    theirs = other.load().book
    theirs.amend(replace(entry, note="theirs"))
    other.save(theirs)
    user.link.amend(replace(entry, note="ours"))
    user.look()
    assert "changed in two places: 1" in user.page_of(JournalPage).other_versions.text.text()


def test_both_versions_are_shown_as_plain_text(user: "User", dialog: Find) -> None:
    shown = {dialog().counts.text().split("\n")[1], dialog().other.text().split("\n")[1]}
    assert shown in ({"theirs 0", "<i>ours</i> 0"}, {"theirs 1", "<i>ours</i> 1"})
    assert dialog().counts.textFormat() is Qt.TextFormat.PlainText


def test_the_other_version_is_used_by_keys_and_ctrl_z_undoes_it(user: "User", dialog: Find) -> None:
    before = notes(user)
    pair = dialog().model.pairs[0]
    user.press("Tab", "Tab", "Return")
    assert notes(user) == before - {pair.counts.note} | {pair.other.note}
    assert len(dialog().model.pairs) == 1
    user.press("Z", modifier=CTRL)
    assert notes(user) == before
    assert len(dialog().model.pairs) == 2


def test_this_version_is_kept_by_mouse_and_undo_brings_the_question_back(
    user: "User", dialog: Find, page: JournalPage
) -> None:
    before = notes(user)
    user.click(dialog().keep)
    assert notes(user) == before
    assert len(dialog().model.pairs) == 1
    user.click_on("Undo")
    assert len(dialog().model.pairs) == 2
    assert "two places: 2" in page.other_versions.text.text()


def test_when_all_is_decided_it_says_so_and_the_notice_goes(
    user: "User", dialog: Find, page: JournalPage
) -> None:
    user.click(dialog().keep)
    user.click(dialog().use)
    assert dialog().counts.text() == "Nothing left to decide."
    assert not dialog().use.isEnabled()
    user.press("Return")
    assert not page.other_versions.isVisible()
    assert Store(user.file).load().book.overruled == ()


def test_ctrl_z_undoes_only_decisions_made_here(user: "User", dialog: Find) -> None:
    user.link.add(RestDay(id=new_id(), at=user.clock.now()))
    user.look()
    user.press("Z", modifier=CTRL)
    assert len(user.journal()) == 3


def test_a_pair_decided_elsewhere_leaves_the_list(user: "User", dialog: Find) -> None:
    store = Store(user.file)
    book = store.load().book
    book.dismiss(book.overruled[0].id)
    store.save(book)
    user.link.take_in()
    user.look()
    assert len(dialog().model.pairs) == 1


def test_versions_that_differ_only_in_hidden_details_say_so(user: "User") -> None:
    store = Store(user.file)
    book = Book()
    day = RestDay(id=new_id(), at=user.clock.now())
    book.add(day)
    store.save(book)
    other = Store(user.file)
    theirs = other.load().book
    theirs.amend(replace(day, note="one  two"))
    book.amend(replace(day, note="one two"))
    other.save(theirs)
    store.save(book)
    user.open()
    user.window.show_page(Page.JOURNAL)
    user.look()
    user.click_on("Look at them")
    (dialog,) = user.window.findChildren(OtherVersionsDialog)
    assert "details that are not shown" in dialog.other.text()


def test_after_a_change_from_elsewhere_ctrl_z_undoes_nothing_older(
    user: "User", page: JournalPage
) -> None:
    user.link.add(RestDay(id=new_id(), at=user.clock.now(), note="mine"))
    user.look()
    user.click_on("Look at them")
    (dialog,) = user.window.findChildren(OtherVersionsDialog)
    decided = dialog.model.pairs[0].counts.id
    user.click(dialog.keep)
    store = Store(user.file)
    book = store.load().book
    book.remove(decided)  # the step that Ctrl+Z would take back is no longer there
    store.save(book)
    user.link.take_in()
    user.look()
    user.press("Z", modifier=CTRL)
    assert "mine" in notes(user)


def test_a_long_version_is_read_to_its_end_by_keys(
    user: "User", dialog: Callable[[], OtherVersionsDialog]
) -> None:
    pair = dialog()
    pair.other.setText("\n".join("line" for _ in range(99)))
    user.look()
    user.press("Tab")
    scroll = pair.findChild(QScrollArea)
    assert scroll is not None
    assert scroll.hasFocus()
    user.press(*("PageDown" for _ in range(20)))
    assert scroll.verticalScrollBar().value() == scroll.verticalScrollBar().maximum() > 0
