from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from itband_gui.journal.entries import RestDay, Run, Sign
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import THEMES, ThemeName
from itband_gui.ui.services.journal_link import JournalLink

OpenPage = Callable[..., JournalPage]
At = Callable[..., datetime]


def many(count: int, now: datetime) -> list[Run]:
    """Return runs, three hours apart, oldest first; every third with a note."""
    return [
        Run(
            id=str(number),
            at=now - timedelta(hours=3 * (count - number)),
            minutes=30,
            effort=5,
            note="" if number % 3 else "sore\nafter it",
        )
        for number in range(count)
    ]


def top_of_chosen(page: JournalPage) -> int:
    return page.list.visualRect(page.list.currentIndex()).top()


def test_headings_are_read_but_never_chosen(open_page: OpenPage, at: At) -> None:
    page = open_page(RestDay(id="a", at=at(21)), RestDay(id="b", at=at(22)))
    model = page.list.model()
    assert [model.index(row, 0).data() for row in range(4)] == [
        "Today",
        "Rest day",
        "Yesterday",
        "Rest day",
    ]
    heading = page.list.visualRect(model.index(2, 0)).center()
    page.list.choose("b")
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert page.list.chosen == "b"


def test_a_click_below_the_entries_leaves_the_choice_seen(open_page: OpenPage, at: At) -> None:
    page = open_page(RestDay(id="a", at=at(22)))
    nowhere = page.list.viewport().rect().bottomRight() - QPoint(5, 5)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=nowhere)
    assert page.list.selectedIndexes() == [page.list.currentIndex()]
    assert page.list.chosen == "a"


def test_dragging_from_an_entry_onto_a_heading_leaves_the_choice_seen(
    open_page: OpenPage, at: At
) -> None:
    page = open_page(RestDay(id="a", at=at(21)), RestDay(id="b", at=at(22)))
    model, viewport = page.list.model(), page.list.viewport()
    entry, heading = (page.list.visualRect(model.index(row, 0)).center() for row in (1, 2))
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=entry)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(heading),
        QPointF(viewport.mapToGlobal(heading)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, move)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=heading)
    assert page.list.chosen == "b"
    assert page.list.selectedIndexes() == [page.list.currentIndex()]


def test_arrow_keys_go_from_entry_to_entry(open_page: OpenPage, at: At) -> None:
    page = open_page(*(RestDay(id=str(day), at=at(day)) for day in (20, 21, 22)))
    walk = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(page.list, key)
        walk.append(page.list.chosen)
    assert walk == ["21", "20", "20", "21"]


@pytest.mark.parametrize(("key", "chosen"), [(Qt.Key.Key_Home, "99"), (Qt.Key.Key_End, "0")])
def test_home_and_end_reach_the_newest_and_the_oldest(
    open_page: OpenPage, now: datetime, key: Qt.Key, chosen: str
) -> None:
    page = open_page(*many(100, now))
    page.list.choose("50")
    QTest.keyClick(page.list, key)
    assert page.list.chosen == chosen


def test_paging_always_ends_on_an_entry(open_page: OpenPage, now: datetime) -> None:
    page = open_page(*many(100, now))
    page.list.choose("99")
    for key in [Qt.Key.Key_PageDown] * 20 + [Qt.Key.Key_PageUp] * 20:
        QTest.keyClick(page.list, key)
        assert page.list.chosen is not None
    assert page.list.chosen == "99"


def test_the_newest_entry_is_shown_under_its_heading(open_page: OpenPage, now: datetime) -> None:
    page = open_page(*many(100, now))
    QTest.keyClick(page.list, Qt.Key.Key_End)
    QTest.keyClick(page.list, Qt.Key.Key_Home)
    assert page.list.verticalScrollBar().value() == 0


def test_visible_entries_stay_in_place_when_a_newer_one_comes(
    open_page: OpenPage, link: JournalLink, now: datetime
) -> None:
    page = open_page(*many(100, now))
    page.list.choose("40")
    before = top_of_chosen(page)
    assert page.list.verticalScrollBar().value() > 0
    link.add(RestDay(id="new", at=now, note="two lines high"))
    assert top_of_chosen(page) == before
    assert page.list.chosen == "40"


def test_at_the_top_a_newer_entry_becomes_visible(
    open_page: OpenPage, link: JournalLink, now: datetime
) -> None:
    page = open_page(*many(100, now))
    link.add(RestDay(id="new", at=now))
    page.list.setAutoScroll(False)
    page.list.choose("new")
    assert 0 <= top_of_chosen(page) < page.list.viewport().height()


def test_the_choice_survives_a_deletion_elsewhere(
    open_page: OpenPage, link: JournalLink, now: datetime
) -> None:
    page = open_page(*many(100, now))
    page.list.choose("40")
    link.remove("70")
    assert page.list.chosen == "40"


def test_a_hidden_page_shows_new_entries_on_return(
    open_page: OpenPage, link: JournalLink, now: datetime
) -> None:
    page = open_page(*many(3, now))
    page.hide()
    link.add(RestDay(id="new", at=now))
    page.show()
    page.list.choose("new")
    assert page.list.chosen == "new"


def test_a_row_is_spoken_with_its_day_time_words_and_note(open_page: OpenPage, at: At) -> None:
    page = open_page(RestDay(id="a", at=at(21, 7, 10), note="tired"))
    row = page.list.model().index(1, 0)
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Yesterday, 07:10. Rest day. Note: tired"


def test_an_entry_without_a_time_of_day_is_spoken_without_one(open_page: OpenPage, at: At) -> None:
    row = open_page(RestDay(id="a", at=at(21, 0, 0))).list.model().index(1, 0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "Yesterday. Rest day."


def test_markup_in_a_note_is_no_markup_in_the_tool_tip(open_page: OpenPage, now: datetime) -> None:
    page = open_page(RestDay(id="a", at=now, note="<img src=file:///etc/passwd>"))
    tip = page.list.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip


def test_a_row_with_a_note_is_higher_than_one_without(open_page: OpenPage, at: At) -> None:
    page = open_page(RestDay(id="a", at=at(22, 9)), RestDay(id="b", at=at(22, 8), note="x"))
    model = page.list.model()
    plain, noted = (page.list.visualRect(model.index(row, 0)).height() for row in (1, 2))
    assert noted > plain


@pytest.mark.parametrize("theme", list(ThemeName))
def test_rows_are_painted_in_the_colours_of_the_theme(
    open_page: OpenPage, appearance: Appearance, now: datetime, theme: ThemeName
) -> None:
    appearance.choose(theme)
    page = open_page(Sign(id="a", at=now, sign="unwell"), RestDay(id="b", at=now))
    image = page.list.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    appearance.choose(ThemeName.LIGHT)
    wanted = THEMES[theme]
    assert {wanted.surface.lower(), wanted.accent.lower(), wanted.wash.lower()} <= colours
