"""The question on the morning after a session: one key, once, until noon."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton

from itband_gui.journal.entries import Entry, Moment, Rating, Session, new_id
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.today.questions import ScoreCard
from tests.ui.today.conftest import DAY_MS, Begin, session

if TYPE_CHECKING:
    from tests.ui.conftest import User

LEFT, RIGHT = "your left leg this morning", "your right leg this morning"
LEG = Leg.LEFT
HOUR_MS = 60 * 60 * 1000


def mornings(entries: list[Entry]) -> list[tuple[Leg, int]]:
    ratings = [entry for entry in entries if isinstance(entry, Rating)]
    assert all(rating.moment is Moment.MORNING for rating in ratings)
    return [(rating.leg, rating.score) for rating in ratings]


def score_button(user: "User", score: int) -> QPushButton:
    card = user.today.questions.card
    assert isinstance(card, ScoreCard)
    return card.scores.findChildren(QPushButton)[score]


@pytest.mark.parametrize(("key", "score"), [("0", 0), ("3", 3), ("9", 9), ("X", 10)])
def test_one_key_rates_the_morning(morning: "User", key: str, score: int) -> None:
    assert LEFT in morning.reads()
    morning.press(key)
    assert mornings(morning.journal()) == [(Leg.LEFT, score)]
    assert LEFT not in morning.reads()


def test_one_click_rates_the_morning(morning: "User") -> None:
    morning.click(score_button(morning, 10))
    assert mornings(morning.journal()) == [(Leg.LEFT, 10)]


def test_the_rating_names_the_session_and_the_time(morning: "User") -> None:
    morning.press("3")
    of, rating = morning.journal()
    assert isinstance(of, Session)
    assert isinstance(rating, Rating)
    assert (rating.session, rating.at) == (of.id, morning.clock.now())


def test_the_answer_is_confirmed_and_start_is_next(morning: "User") -> None:
    morning.press("3")
    assert "Noted: Left leg · 3 out of 10 · Morning, first steps." in morning.reads()
    assert QApplication.focusWidget() is morning.today.start


def test_both_legs_are_asked_one_after_the_other(begin: Begin, yesterday: datetime) -> None:
    user = begin(session(yesterday, Leg.RIGHT, Leg.LEFT))
    assert LEFT in user.reads()
    assert RIGHT not in user.reads()
    assert "Then one more question." in user.reads()
    user.press("3")
    assert RIGHT in user.reads()
    assert "more question" not in user.reads()
    user.press("X")
    assert mornings(user.journal()) == [(Leg.LEFT, 3), (Leg.RIGHT, 10)]


def test_a_double_click_answers_one_leg_only(begin: Begin, yesterday: datetime) -> None:
    user = begin(session(yesterday, Leg.LEFT, Leg.RIGHT))
    user.click(score_button(user, 4))
    second = score_button(user, 4)
    where = QPointF(second.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(kind, where, second.mapToGlobal(where), left, left, none)
        QApplication.sendEvent(second, event)
    user.look()
    assert mornings(user.journal()) == [(Leg.LEFT, 4)]


def test_stray_space_enter_or_held_keys_do_not_answer(morning: "User") -> None:
    morning.press("Space", "Return")
    morning.send("3", repeat=True)
    morning.press("7", modifier=Qt.KeyboardModifier.ControlModifier)
    assert LEFT in morning.reads()
    assert mornings(morning.journal()) == []


def test_arrow_keys_move_and_space_answers(morning: "User") -> None:
    morning.press("Tab", "Right", "Right")
    assert mornings(morning.journal()) == [], "looking around answers nothing"
    morning.press("Space")
    assert mornings(morning.journal()) == [(Leg.LEFT, 2)]


def test_a_key_skips_the_question_for_good(morning: "User") -> None:
    morning.press("Escape")
    assert LEFT not in morning.reads()
    assert QApplication.focusWidget() is morning.today.start
    morning.leave()
    morning.open()
    assert LEFT not in morning.reads()
    assert mornings(morning.journal()) == []


def test_a_click_skips_the_question_and_undo_brings_it_back(morning: "User") -> None:
    morning.click_on("Skip (Esc)")
    assert LEFT not in morning.reads()
    morning.click_on("Undo")
    assert LEFT in morning.reads()
    morning.press("3")
    assert mornings(morning.journal()) == [(Leg.LEFT, 3)]


def test_a_question_does_not_steal_the_focus(
    begin: Begin, yesterday: datetime, user: "User"
) -> None:
    begin(session(yesterday, Leg.LEFT, Leg.RIGHT))
    user.today.start.setFocus()
    at, leg = user.clock.now(), Leg.LEFT
    user.link.add(Rating(id=new_id(), at=at, leg=leg, moment=Moment.MORNING, score=1))
    user.look()
    assert RIGHT in user.reads()
    assert QApplication.focusWidget() is user.today.start


def test_skipping_one_leg_keeps_the_other(begin: Begin, yesterday: datetime) -> None:
    user = begin(session(yesterday, Leg.LEFT, Leg.RIGHT))
    user.press("Escape")
    assert RIGHT in user.reads()
    user.press("2")
    assert mornings(user.journal()) == [(Leg.RIGHT, 2)]


def test_an_unanswered_question_is_there_after_a_restart(morning: "User") -> None:
    morning.leave()
    morning.open()
    assert LEFT in morning.reads()


def test_an_answered_question_is_not_asked_after_a_restart(morning: "User") -> None:
    morning.press("3")
    morning.leave()
    morning.open()
    assert LEFT not in morning.reads()


def by_the_clock(user: "User") -> None:
    user.today.clock.timeout.emit()  # as it does every minute


def by_coming_back(user: "User") -> None:
    user.window.hide()
    user.window.show()


@pytest.mark.parametrize("look", [by_the_clock, by_coming_back])
def test_the_question_goes_at_noon(morning: "User", look: Callable[["User"], None]) -> None:
    morning.clock.ms += 4 * HOUR_MS  # 11:10
    look(morning)
    assert LEFT in morning.reads()
    morning.clock.ms += HOUR_MS
    look(morning)
    assert LEFT not in morning.reads()
    assert morning.window.focusWidget() is morning.today.start


def test_the_question_appears_when_a_day_begins_in_an_open_window(
    begin: Begin, user: "User"
) -> None:
    begin(session(user.clock.now(), Leg.LEFT))
    assert LEFT not in user.reads()
    user.clock.ms += DAY_MS
    by_the_clock(user)
    assert LEFT in user.reads()
    assert QApplication.focusWidget() is user.today.questions.card


def test_an_answer_to_yesterdays_question_is_not_saved_for_today(
    begin: Begin, yesterday: datetime, user: "User"
) -> None:
    begin(session(yesterday, Leg.LEFT))
    user.clock.ms += DAY_MS
    user.press("3")
    assert mornings(user.journal()) == []
    assert LEFT not in user.reads()


@pytest.mark.parametrize("way", ["key", "click"])
def test_an_answer_can_be_undone(morning: "User", way: str) -> None:
    morning.press("3")
    if way == "key":
        morning.press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
    else:
        morning.click_on("Undo")
    assert len(morning.journal()) == 1
    assert "Undone." in morning.reads()
    assert QApplication.focusWidget() is morning.today.questions.card
    morning.press("4")
    assert mornings(morning.journal()) == [(Leg.LEFT, 4)]


def test_undo_goes_with_its_notice(morning: "User") -> None:
    morning.press("3")
    morning.click_on("Close")
    morning.today.start.setFocus()
    morning.press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert mornings(morning.journal()) == [(Leg.LEFT, 3)]


def marked(at: datetime, place: Place) -> Rating:
    return Rating(id=new_id(), at=at, leg=LEG, moment=Moment.BEFORE, score=4, places=(place,))


def test_a_mornings_rating_leaves_the_legs_as_they_were_marked(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(marked(yesterday, Place.OUTER_KNEE), session(yesterday, LEG))
    user.press("3")
    assert "Left: 3 out of 10, morning, first steps, today" in user.reads()
    assert user.today.legs.pair.legs[LEG].accessibleDescription() == "Outer knee"


def test_the_legs_show_four_weeks_and_not_more(begin: Begin, yesterday: datetime) -> None:
    old = marked(yesterday - timedelta(days=28), Place.GLUTEAL)
    user = begin(old, marked(yesterday, Place.OUTER_KNEE))
    user.click_on("Four weeks")
    told = user.today.legs.pair.legs[LEG].accessibleDescription()
    assert told == "Outer knee: marked 1×, median 4 out of 10"
