"""The light on Today follows the journal and the clock, and everything fits."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from itband_gui.journal.entries import Entry, Moment, Rating, RestDay, Run, Sign, new_id
from itband_gui.leg.names import Leg
from itband_gui.ui.widgets.layout import ScrollColumn
from tests.ui.today.conftest import DAY_MS, Begin, session

if TYPE_CHECKING:
    from tests.ui.conftest import User


def everything(at: datetime) -> list[Entry]:
    """Return a journal after which all questions are due at once."""
    return [
        session(at, Leg.LEFT, Leg.RIGHT),
        Run(id=new_id(), at=at, minutes=40, effort=4),
        RestDay(id=new_id(), at=at + timedelta(hours=11)),
        Sign(id=new_id(), at=at, sign="clot", leg=Leg.LEFT),
        Sign(id=new_id(), at=at, sign="no-better"),
        Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.BEFORE, score=4),
    ]


def column_of(user: "User") -> QWidget:
    """Return the page's scrolling column."""
    column = user.today.routines.parentWidget()
    assert column is not None
    return column


def headline(user: "User") -> str:
    return user.today.light.headline.text()


# The light


def test_an_answer_changes_the_light_at_once(begin: Begin, yesterday: datetime) -> None:
    calm = Run(id=new_id(), at=yesterday, minutes=40, effort=4, worst=1)
    user = begin(calm, session(yesterday, Leg.LEFT))
    assert headline(user) == "Not enough to tell"
    user.press("0")
    assert headline(user) == "Go"
    user.click_on("Undo")
    assert headline(user) == "Not enough to tell"
    user.press("6")
    assert headline(user) == "Rest today"


def test_the_light_changes_with_the_day(begin: Begin, user: "User") -> None:
    begin(Run(id=new_id(), at=user.clock.now(), minutes=40, effort=4, worst=7))
    assert headline(user) == "Rest today"
    user.clock.ms += 3 * DAY_MS
    user.today.clock.timeout.emit()
    assert headline(user) == "Easy today"


def test_the_light_follows_what_another_program_writes(begin: Begin, user: "User") -> None:
    begin(session(user.clock.now(), Leg.LEFT))
    user.link.add(Sign(id=new_id(), at=user.clock.now(), sign="clot"))
    assert headline(user) == "Rest today"


def test_an_empty_journal_has_no_light_but_says_what_to_do_first(user: "User") -> None:
    user.open()
    assert not user.today.light.isVisible()
    assert not user.today.open_signs.isVisible()
    assert "Ready when you are" in user.reads()
    assert "Start with “First time”" in user.reads()
    assert QApplication.focusWidget() is user.today.start


def test_the_introduction_goes_with_the_first_entry(begin: Begin, user: "User") -> None:
    begin(RestDay(id=new_id(), at=user.clock.now()))
    assert "Ready when you are" not in user.reads()


def test_a_hidden_page_catches_up_when_it_is_shown(begin: Begin, user: "User") -> None:
    begin(RestDay(id=new_id(), at=user.clock.now()))
    today = user.today
    user.press("2", modifier=Qt.KeyboardModifier.ControlModifier)
    user.link.add(Sign(id=new_id(), at=user.clock.now(), sign="clot"))
    assert today.open_signs.cards == []
    user.press("1", modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(today.open_signs.cards) == 1
    assert headline(user) == "Rest today"


# Room and turn


def test_the_light_is_at_the_top_right_of_a_wide_window(begin: Begin, yesterday: datetime) -> None:
    user = begin(*(e for e in everything(yesterday) if not isinstance(e, Sign)))
    card = user.today.questions
    assert user.today.light.y() >= card.geometry().bottom()
    user.window.resize(1600, 1000)
    user.look()
    assert user.today.light.x() >= card.geometry().right()
    assert user.today.light.y() == card.y()


def test_the_legs_make_room_for_large_text(begin: Begin, yesterday: datetime) -> None:
    user = begin(*everything(yesterday))
    today = user.today
    assert today.legs.isVisible()
    font = today.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    today.setFont(font)
    user.window.resize(801, 601)
    user.look()
    assert not today.legs.isVisible()


@pytest.mark.parametrize("size", [(640, 480), (800, 600), (1100, 760), (1600, 1000)])
def test_nothing_is_cut_with_everything_due(
    begin: Begin, yesterday: datetime, size: tuple[int, int]
) -> None:
    user = begin(*everything(yesterday))
    user.window.resize(*size)
    user.look()
    assert user.window.size().toTuple() == size, "nothing pushes the window wider"
    column = column_of(user)
    for keys in (("1",), ("1",), ("1",), ("Tab", "Space"), ("Tab", "Space")):
        assert user.today.questions.card is not None
        parts = [w for w in column.findChildren(QWidget) if isinstance(w, QLabel | QPushButton)]
        for part in (each for each in parts if each.isVisible()):
            left = part.mapTo(column, QPoint(0, 0)).x()
            assert left >= 0
            assert left + part.width() <= column.width(), part.text()
            needed = part.heightForWidth(part.width()) if isinstance(part, QLabel) else 0
            assert part.height() >= needed, part.text()
        user.press(*keys)
    assert user.today.questions.card is None


def test_the_column_fits_without_scrolling_sideways(begin: Begin, yesterday: datetime) -> None:
    user = begin(*everything(yesterday))
    viewport = column_of(user).parentWidget()
    assert viewport is not None
    assert column_of(user).width() == viewport.width()


def test_tab_goes_through_signs_questions_light_start_and_log(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(*everything(yesterday))
    today = user.today
    stops: list[QWidget | None] = []
    today.open_signs.cards[0].setFocus()
    for _ in range(18):
        stops.append(QApplication.focusWidget())
        user.press("Tab")
    wanted = [
        today.open_signs.cards[0].gone,
        today.open_signs.cards[1].agreed,
        today.questions.card,
        today.light.more,
        today.start,
        today.log.run,
        today.log.rest_day,
        today.log.signs,
    ]
    assert [stop for stop in stops if stop in wanted] == wanted


def test_a_new_question_is_scrolled_into_sight(begin: Begin, yesterday: datetime) -> None:
    user = begin(*everything(yesterday))
    today = user.today
    (area,) = today.findChildren(ScrollColumn)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    user.press("3")
    assert today.questions.card is not None
    assert not today.questions.card.visibleRegion().isEmpty()
