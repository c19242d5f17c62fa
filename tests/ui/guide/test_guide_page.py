"""The guide page: read, searched, printed, and visited from a session."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtTest import QTest

from itband_gui.session.events import PauseReason
from itband_gui.ui.guide.content import load_guide
from itband_gui.ui.guide.figures import FIGURES, figure_caption, figure_picture
from itband_gui.ui.guide.page import GuidePage
from itband_gui.ui.guide.printing import guide_document
from itband_gui.ui.look.theme import THEMES, ThemeName
from itband_gui.ui.session.page import SessionPage
from itband_gui.ui.window.main_window import Page

if TYPE_CHECKING:
    from tests.ui.conftest import User

A4_MM = QSizeF(170, 261)


@pytest.fixture
def reader(user: "User") -> "User":
    """A user on the guide page."""
    user.open()
    user.window.show_page(Page.GUIDE)
    return user


def shown(page: GuidePage) -> list[str]:
    return [view.section.id for view in page.sections if not view.isHidden()]


def test_it_shows_every_section_and_lists_it(reader: "User") -> None:
    page = reader.page_of(GuidePage)
    ids = [section.id for section in load_guide()]
    assert shown(page) == ids
    assert page.contents.count() == len(ids)


def test_arrow_keys_in_the_contents_turn_to_the_section(reader: "User") -> None:
    page = reader.page_of(GuidePage)
    assert page.contents.hasFocus()
    before = page.reader.verticalScrollBar().value()
    reader.press("Down", "Down", "Down")
    assert page.reader.verticalScrollBar().value() > before
    title = page.sections[page.contents.currentRow()].section.title
    assert page.contents.currentItem().text() == title


def test_a_search_hides_what_does_not_match_and_esc_brings_it_back(reader: "User") -> None:
    page = reader.page_of(GuidePage)
    QTest.keyClicks(page.search, "pillow chair")
    assert shown(page) == ["positions"]
    assert page.nothing.isHidden()
    page.search.clear()
    QTest.keyClicks(page.search, "yoga")
    assert shown(page) == []
    assert not page.nothing.isHidden()
    page.search.setFocus()
    reader.press("Escape")
    assert len(shown(page)) == len(load_guide())
    assert reader.page is page, "Esc only cleared the search"


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_a_caption_and_looks_different_in_each_theme(
    reader: "User", name: str
) -> None:
    del reader  # the application must run
    assert figure_caption(name)
    size = QSize(120, 160)
    pictures = [figure_picture(name, THEMES[theme], size, 1.0).toImage() for theme in ThemeName]
    assert all(picture.size() == size for picture in pictures)
    assert all(a != b for i, a in enumerate(pictures) for b in pictures[:i])


def test_on_paper_every_word_stands_and_no_title_is_left_at_the_foot(reader: "User") -> None:
    del reader
    document = guide_document(load_guide(), A4_MM)
    text = document.toPlainText()
    for section in load_guide():
        assert section.title in text
        assert all(block.text in text for block in section.blocks)
    titles = {section.title for section in load_guide()}
    layout, height = document.documentLayout(), document.pageSize().height()
    block = document.begin()
    while block.isValid():
        if block.text() in titles:
            top = layout.blockBoundingRect(block).top()
            after = layout.blockBoundingRect(block.next()).bottom()
            assert top // height == after // height, block.text()
        block = block.next()


def test_g_in_a_session_shows_the_guide_and_esc_goes_on_where_it_stood(short_user: "User") -> None:
    user = short_user
    user.skip_to_session("own/short")
    user.let_pass(2)
    before = user.session.clock.position
    assert user.session.guide.isVisible()
    user.press("G")
    assert isinstance(user.page, GuidePage)
    paused = user.window.flow.clock
    assert paused is not None
    assert paused.engine.paused is PauseReason.USER
    user.let_pass(60)
    user.press("Escape")
    assert isinstance(user.page, SessionPage)
    assert user.session.clock.position == before
    assert user.session.clock.engine.running


def test_the_button_does_the_same_and_a_paused_session_stays_paused(short_user: "User") -> None:
    user = short_user
    user.skip_to_session("own/short")
    user.press("Space")
    user.click(user.session.guide)
    guide = user.page_of(GuidePage)
    user.click(guide.back)
    assert user.session.clock.engine.paused is PauseReason.USER


def test_outside_a_session_there_is_no_way_back_to_one(reader: "User") -> None:
    page = reader.page_of(GuidePage)
    assert page.back.isHidden()
    reader.press("Escape")
    assert reader.page is page


def test_words_can_be_found_from_the_keyboard(reader: "User") -> None:
    page = reader.page_of(GuidePage)
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()


def test_when_the_session_ends_there_is_no_way_back_to_it(short_user: "User") -> None:
    user = short_user
    user.skip_to_session("own/short")
    user.press("G")
    user.window.flow.end_early()
    user.press("Return")
    user.window.show_page(Page.GUIDE)
    assert user.page_of(GuidePage).back.isHidden()


def test_g_turns_to_what_the_hand_is_about_to_do(short_user: "User") -> None:
    user = short_user
    user.skip_to_session("own/short")
    user.press("G")
    guide = user.page_of(GuidePage)
    assert guide.sections[guide.contents.currentRow()].section.id == "light"
