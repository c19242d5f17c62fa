"""A user's text is shown as typed, never as markup."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox, QWidget

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from itband_gui.ui.window.main_window import Page

if TYPE_CHECKING:
    from tests.ui.conftest import User

MARKUP = "<img src='x'> <b>Bold</b> &amp; Tom & Jerry"


def labels(root: QWidget) -> list[QLabel]:
    """Return every label, even hidden, except a message box's icon."""
    return [each for each in root.findChildren(QLabel) if "icon" not in each.objectName()]


def check(user: "User") -> None:
    found = labels(user.window)
    assert found
    rich = [each.text() for each in found if each.textFormat() is not Qt.TextFormat.PlainText]
    assert rich == []


def test_no_label_of_any_page_shows_rich_text(short_user: "User") -> None:
    user = short_user
    check(user)
    user.window.show_page(Page.JOURNAL)
    check(user)
    user.window.show_page(Page.TODAY)
    today = user.today
    mine = today.library.get("own/short")
    assert mine is not None
    today.choose(mine)
    user.press("Space")
    check(user)  # the disclaimer
    user.press("Return", "B", "Return", "4", "5")
    check(user)
    user.press("Return")
    user.click(user.check_in.signs.rows["clot"].box)
    user.press("L")
    user.pass_the_list()
    check(user)  # the advice
    user.click_on("Back to the list")
    user.click(user.check_in.signs.rows["clot"].box)
    user.press("Return")
    user.let_pass(20)
    check(user)
    user.press("Escape")
    assert user.question is not None
    check(user)  # the question too
    user.click_on("End and save")
    user.press("3", "X")
    check(user)


def test_a_question_takes_its_text_as_it_is(short_user: "User") -> None:
    short_user.skip_to_session("own/short")
    short_user.press("Escape")
    question = short_user.question
    assert isinstance(question, QMessageBox)
    assert question.textFormat() is Qt.TextFormat.PlainText


def shows(root: QWidget, text: str) -> bool:
    """Return whether a visible label or button shows exactly this text."""
    said = [each.text() for each in root.findChildren(QLabel) if each.isVisible()]
    buttons = [each for each in root.findChildren(QAbstractButton) if each.isVisible()]
    said += [each.text() for each in buttons]
    return any(text in each for each in said)


@pytest.fixture
def marked_up(user: "User", short: str) -> "User":
    """A user with a routine whose texts are all markup."""
    hostile = short.replace('"Short"', f'"{MARKUP}"\nsummary = "{MARKUP}!"\nlegs = "one"')
    user.add_routine("hostile.toml", hostile)
    user.open()
    return user


def test_a_routine_s_name_and_summary_are_shown_as_they_are(marked_up: "User") -> None:
    mine = marked_up.today.library.get("own/hostile")
    assert mine is not None
    marked_up.today.choose(mine)
    assert shows(marked_up.window, MARKUP)
    assert shows(marked_up.window, MARKUP + "!")
    check(marked_up)


def test_its_name_is_shown_as_it_is_at_the_check_in_and_afterwards(marked_up: "User") -> None:
    marked_up.go_to_check_in("own/hostile")
    assert shows(marked_up.window, MARKUP)
    check(marked_up)
    marked_up.press("L", "Return", "4", "Return")
    marked_up.pass_the_list()
    marked_up.let_pass(20)
    marked_up.press("S", "Return")
    assert shows(marked_up.window, MARKUP)
    marked_up.window.show_page(Page.JOURNAL)
    check(marked_up)


def test_a_wrong_routine_s_file_name_and_values_are_shown_as_they_are(
    user: "User", short: str
) -> None:
    user.add_routine("<b>x<b>.toml", short.replace('"heel-of-hand"', '"<i>elbow"'))
    user.open()
    assert shows(user.window, "<b>x<b>.toml")
    assert shows(user.window, "<i>elbow")
    check(user)


def test_notes_and_ids_from_the_file_are_shown_as_they_are(user: "User") -> None:
    book = Book()
    at = user.clock.now() - timedelta(hours=1)
    rating = Rating(
        id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=4, note=MARKUP, session="<b>"
    )
    book.add(rating)
    Store(user.folder / "journal.json").save(book)
    user.open()
    check(user)
    user.window.show_page(Page.JOURNAL)
    check(user)


def test_tooltips_hold_nothing_that_a_user_typed(marked_up: "User") -> None:
    tips = [each.toolTip() for each in marked_up.window.findChildren(QWidget)]
    assert any(tips)
    assert not any("<" in tip for tip in tips)
