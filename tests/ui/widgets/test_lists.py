"""However a row is selected, it becomes the current one."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QListView

from itband_gui.ui.guide.page import GuidePage
from itband_gui.ui.journal.page import JournalPage
from tests.ui.scenes import SCENES

if TYPE_CHECKING:
    from tests.ui.conftest import User

LISTS = ["journal", "guide", "other versions", "restore"]
_SELECT = QItemSelectionModel.SelectionFlag.Select


def select(view: QListView, row: int) -> None:
    """Select a row as Qt does for a screen reader, without making it current."""
    view.clearSelection()
    view.selectionModel().select(view.model().index(row, 0), _SELECT)


def first_list(user: "User", name: str) -> QListView:
    root = SCENES[name](user)
    found = [each for each in root.findChildren(QListView) if each.isVisible()]
    return found[0]


@pytest.mark.parametrize("name", LISTS)
def test_the_row_that_a_screen_reader_selects_becomes_the_current_one(
    user: "User", name: str
) -> None:
    view = first_list(user, name)
    last = view.model().rowCount() - 1
    for row in (last, 1, last):
        select(view, row)
        assert view.currentIndex().row() == row
        assert [index.row() for index in view.selectedIndexes()] == [row]


@pytest.mark.parametrize("name", LISTS)
def test_the_current_row_stays_selected(user: "User", name: str) -> None:
    view = first_list(user, name)
    select(view, 1)
    view.selectionModel().select(view.currentIndex(), QItemSelectionModel.SelectionFlag.Deselect)
    assert [index.row() for index in view.selectedIndexes()] == [view.currentIndex().row()] == [1]


def test_change_opens_the_entry_that_was_selected(user: "User") -> None:
    view = first_list(user, "journal")
    before = user.page_of(JournalPage).list.chosen
    select(view, view.model().rowCount() - 1)
    assert user.page_of(JournalPage).list.chosen not in {before, None}


def test_the_guide_turns_to_the_section_that_was_selected(user: "User") -> None:
    view = first_list(user, "guide")
    page = user.page_of(GuidePage)
    select(view, len(page.sections) // 2)
    assert page.reader.verticalScrollBar().value() > 0
