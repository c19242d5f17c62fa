from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from itband_gui.journal.entries import Moment
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.entry_forms import RatingForm
from itband_gui.ui.journal.page import JournalPage
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
DialogOf = Callable[[JournalPage], EntryDialog]


def hidden_height(dialog: EntryDialog) -> int:
    """Return how many px of the form are out of sight."""
    QCoreApplication.processEvents()
    scroll = dialog.findChild(QScrollArea)
    assert scroll is not None
    return scroll.verticalScrollBar().maximum()


def assert_save_is_in_sight(dialog: EntryDialog) -> None:
    save = QRect(dialog.save.mapTo(dialog, QPoint()), dialog.save.size())
    assert dialog.rect().contains(save)


@pytest.mark.parametrize("kind", ["add_rating", "add_run", "add_rest_day"])
def test_every_form_is_seen_whole_in_the_smallest_window(
    open_page: OpenPage, dialog_of: DialogOf, kind: str
) -> None:
    page = open_page()
    click(getattr(page, kind))
    dialog = dialog_of(page)
    assert hidden_height(dialog) == 0
    assert dialog.height() <= page.height() - 30  # the window's own title needs room too
    assert_save_is_in_sight(dialog)


def test_no_moment_makes_the_form_scroll(open_page: OpenPage, dialog_of: DialogOf) -> None:
    page = open_page()
    click(page.add_rating)
    dialog = dialog_of(page)
    assert isinstance(dialog.form, RatingForm)
    size = dialog.size()
    for number in range(len(Moment)):
        menu = dialog.form.moment.choices
        click(dialog.form.moment)
        where = menu.actionGeometry(menu.actions()[number]).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=where)
        assert dialog.form.moment.value is list(Moment)[number]
        assert hidden_height(dialog) == 0
        assert dialog.size() == size
        assert_save_is_in_sight(dialog)


def test_a_refused_date_moves_nothing(open_page: OpenPage, dialog_of: DialogOf) -> None:
    page = open_page()
    click(page.add_rating)
    dialog = dialog_of(page)
    before = dialog.form.note.mapTo(dialog, QPoint())
    QTest.keyClicks(dialog.form.when.day, "x")
    assert hidden_height(dialog) == 0
    assert dialog.form.when.reason.isVisible()
    assert dialog.form.note.mapTo(dialog, QPoint()) == before


def test_a_choice_menu_keeps_its_width(open_page: OpenPage, dialog_of: DialogOf) -> None:
    page = open_page()
    click(page.add_rating)
    form = dialog_of(page).form
    assert isinstance(form, RatingForm)
    widths = set()
    for moment in Moment:
        form.moment.choose(moment)
        widths.add(form.moment.sizeHint().width())
    assert len(widths) == 1
