"""A rating that points to a warning sign asks Yes or No; answers are saved and can be undone."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.journal.entries import Entry, Moment, Rating, Run, Sign, new_id
from itband_gui.leg.names import Leg, Place
from itband_gui.safety.signs import load_safety
from itband_gui.ui.today.questions import NewSignCard, ScoreCard, SignCard
from itband_gui.ui.widgets.text import TextLabel
from tests.ui.conftest import START
from tests.ui.today.conftest import Begin, session

if TYPE_CHECKING:
    from tests.ui.conftest import User

CTRL = Qt.KeyboardModifier.ControlModifier
BONE, NIGHT = "stress-fracture", "cancer-or-night-pain"


def rating(back: timedelta, leg: Leg, score: int, *places: Place) -> Rating:
    at = START - back
    return Rating(id=new_id(), at=at, leg=leg, moment=Moment.OTHER, score=score, places=places)


def hip() -> Rating:
    return rating(timedelta(days=2), Leg.RIGHT, 3, Place.OUTER_HIP)


def severe() -> Rating:
    return rating(timedelta(hours=10), Leg.LEFT, 8)


def asked(user: "User") -> NewSignCard:
    card = user.today.questions.card
    assert isinstance(card, NewSignCard)
    return card


def text(sign_id: str) -> str:
    sign = load_safety().sign(sign_id)
    assert sign is not None
    return sign.text


def signs(user: "User") -> list[tuple[str, Leg | None, datetime]]:
    return [(e.sign, e.leg, e.at) for e in user.journal() if isinstance(e, Sign)]


def begins_in_sight(card: QWidget) -> bool:
    """Whether a card's first line is fully visible."""
    first = min(card.findChildren(TextLabel), key=lambda label: (label.isHidden(), label.y()))
    return first.isVisible() and first.visibleRegion().boundingRect() == first.rect()


def test_an_outer_hip_that_was_marked_is_asked_about(begin: Begin) -> None:
    user = begin(hip())
    words = asked(user).text.text()
    assert words.startswith("You marked your right outer hip on Friday.")
    assert text(BONE) in words
    assert "More likely with missed periods" in user.reads()
    assert asked(user).accessibleName() == words
    assert QApplication.focusWidget() is asked(user)


def test_severe_soreness_is_asked_about(begin: Begin) -> None:
    user = begin(severe())
    words = asked(user).text.text()
    assert words.startswith("Your left leg was at 8 out of 10 yesterday.")
    assert text(NIGHT) in words


@pytest.mark.parametrize("by_key", [True, False])
@pytest.mark.parametrize(
    ("entry", "sign_id", "leg"), [(hip, BONE, Leg.RIGHT), (severe, NIGHT, None)]
)
def test_yes_opens_the_sign_on_its_leg_and_undo_removes_it(
    begin: Begin, entry: object, sign_id: str, leg: Leg | None, by_key: bool
) -> None:
    assert callable(entry)
    user = begin(entry())
    if by_key:
        user.press("Y")
    else:
        user.click_on("Yes (Y)")
    assert signs(user) == [(sign_id, leg, user.clock.now())]
    assert user.today.questions.card is None
    (card,) = user.today.open_signs.cards
    assert isinstance(card, SignCard)
    assert QApplication.focusWidget() is card
    user.press("Z", modifier=CTRL)
    assert signs(user) == []
    assert asked(user).isVisible()


@pytest.mark.parametrize("height", [360, 420, 500])
def test_a_question_and_advice_stay_in_sight_with_a_notice(begin: Begin, height: int) -> None:
    user = begin(session(START - timedelta(hours=72), Leg.LEFT), hip(), severe())
    user.window.resize(640, height)
    user.look()
    user.press("N")
    assert begins_in_sight(asked(user))
    user.press("Y")
    (card,) = user.today.open_signs.cards
    assert begins_in_sight(card)


@pytest.mark.parametrize("by_key", [True, False])
def test_no_saves_no_sign_and_is_not_asked_again(begin: Begin, by_key: bool) -> None:
    user = begin(hip())
    if by_key:
        user.press("N")
    else:
        user.click_on("No (N)")
    assert signs(user) == []
    assert user.today.questions.card is None
    assert "Not there." in user.reads()
    user.leave()
    user.open()
    assert user.today.questions.card is None


def test_no_can_be_undone(begin: Begin) -> None:
    user = begin(hip())
    user.press("N")
    user.click_on("Undo")
    assert asked(user).isVisible()


def test_a_newer_rating_asks_again(begin: Begin) -> None:
    user = begin(hip())
    user.press("N")
    user.link.add(rating(timedelta(hours=1), Leg.LEFT, 2, Place.OTHER))
    user.look()
    assert "“somewhere else” on your left leg today" in asked(user).text.text()


@pytest.mark.parametrize("key", ["Space", "Return", "Escape", "3"])
def test_a_stray_key_does_not_answer_a_warning(begin: Begin, key: str) -> None:
    user = begin(hip())
    card = asked(user)
    user.press(key)
    assert asked(user) is card
    assert signs(user) == []


def test_a_held_key_answers_one_question(begin: Begin) -> None:
    user = begin(hip(), severe())
    user.hold("N")
    assert text(BONE) in asked(user).text.text()


def test_the_second_half_of_a_double_click_answers_nothing(begin: Begin) -> None:
    user = begin(hip(), severe())
    user.click_on("No (N)")
    button = asked(user).no
    at = QPointF(button.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, button.mapToGlobal(at), left, left, none)
        QApplication.sendEvent(button, event)
    user.look()
    assert text(BONE) in asked(user).text.text()


def test_by_tab_and_space(begin: Begin) -> None:
    user = begin(hip())
    user.press("Tab")
    assert QApplication.focusWidget() is asked(user).yes
    user.press("Tab", "Space")
    assert user.today.questions.card is None
    assert signs(user) == []


def test_new_signs_come_after_mornings_and_runs_before_open_signs(begin: Begin) -> None:
    evening = START - timedelta(hours=12)
    run: Entry = Run(id=new_id(), at=evening, minutes=40, effort=4)
    skin = Sign(id=new_id(), at=evening, sign="skin", leg=Leg.LEFT)
    user = begin(session(evening, Leg.LEFT), run, hip(), severe(), skin)
    assert isinstance(user.today.questions.card, ScoreCard)
    assert "Then 4 more questions." in user.reads()
    user.press("2")
    assert "run" in user.today.questions.card.text.text()
    user.press("2")
    assert text(NIGHT) in asked(user).text.text(), "severe soreness first"
    user.press("N")
    assert text(BONE) in asked(user).text.text()
    user.press("N")
    assert isinstance(user.today.questions.card, SignCard)


def test_an_open_sign_is_not_asked_about_as_new(begin: Begin) -> None:
    user = begin(hip(), Sign(id=new_id(), at=START - timedelta(hours=1), sign=BONE, leg=Leg.RIGHT))
    assert user.today.questions.card is None
