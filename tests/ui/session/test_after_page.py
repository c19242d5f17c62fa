"""After a session: one score per leg, the change, and what is saved."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton

from itband_gui.journal.entries import Moment, Rating, Session
from itband_gui.leg.names import Leg
from itband_gui.ui.today.page import TodayPage

if TYPE_CHECKING:
    from tests.ui.conftest import User

WORSE = "48 hours"


def go_to_after(user: "User", *scores: str) -> None:
    """Go to the ratings after a session that ended early; two scores mean both legs."""
    user.open()
    both = len(scores) > 1
    user.skip_to_session("full" if both else "first-time", "B" if both else "L", scores)
    user.let_pass(30)
    user.press("Escape")
    user.click_on("End and save")


def afters(user: "User") -> dict[Leg, Rating]:
    """Return the ratings after the session, one per leg."""
    found = [e for e in user.journal() if isinstance(e, Rating) and e.moment is Moment.AFTER]
    assert len(found) == len({rating.leg for rating in found})
    return {rating.leg: rating for rating in found}


def scores(user: "User") -> dict[Leg, int]:
    return {leg: rating.score for leg, rating in afters(user).items()}


def click_score(user: "User", leg: Leg, score: int) -> None:
    row = user.after.rows[leg]
    name = f": {score} out of 10"
    (found,) = (b for b in row.findChildren(QAbstractButton) if b.accessibleName().endswith(name))
    user.click(found)


def test_a_digit_rates_the_leg_and_shows_the_change(user: "User") -> None:
    go_to_after(user, "4")
    user.press("3")
    assert "Left 4 → 3" in user.reads()
    assert scores(user) == {Leg.LEFT: 3}


def test_digits_rate_the_legs_in_turn(user: "User") -> None:
    go_to_after(user, "4", "6")
    user.press("3")
    assert scores(user) == {Leg.LEFT: 3}, "saved at once"
    user.press("X")
    assert scores(user) == {Leg.LEFT: 3, Leg.RIGHT: 10}
    assert "Left 4 → 3" in user.reads()
    assert "Right 6 → 10" in user.reads()


def test_clicks_rate_too(user: "User") -> None:
    go_to_after(user, "4", "6")
    click_score(user, Leg.RIGHT, 7)
    click_score(user, Leg.LEFT, 0)
    assert scores(user) == {Leg.LEFT: 0, Leg.RIGHT: 7}


def test_a_new_score_amends_the_rating(user: "User") -> None:
    go_to_after(user, "4")
    user.press("3")
    first = afters(user)[Leg.LEFT]
    click_score(user, Leg.LEFT, 5)
    user.press("2")
    last = afters(user)[Leg.LEFT]
    assert (last.id, last.score, last.rev) == (first.id, 2, first.rev + 2)
    assert "Left 4 → 2" in user.reads()


def test_a_held_digit_rates_one_leg(user: "User") -> None:
    go_to_after(user, "4", "6")
    user.hold("3")
    assert scores(user) == {Leg.LEFT: 3}


def test_each_rating_names_its_session(user: "User") -> None:
    go_to_after(user, "4")
    user.press("3")
    (session,) = (entry for entry in user.journal() if isinstance(entry, Session))
    assert afters(user)[Leg.LEFT].session == session.id


def test_two_points_worse_asks_for_a_rest_of_two_days(user: "User") -> None:
    go_to_after(user, "4")
    for after, said in (("4", False), ("5", False), ("6", True), ("X", True)):
        user.press(after)
        assert (WORSE in user.reads()) is said


def test_the_warning_goes_if_the_leg_is_no_longer_worse(user: "User") -> None:
    go_to_after(user, "4", "4")
    user.press("8", "4")
    assert WORSE in user.reads()
    click_score(user, Leg.LEFT, 4)
    assert WORSE not in user.reads()


def test_the_warning_is_next_to_the_worse_leg(user: "User") -> None:
    go_to_after(user, "4", "4")
    user.press("4", "8")
    worse = user.after.worse
    assert {leg: label.isVisible() for leg, label in worse.items()} == {
        Leg.LEFT: False,
        Leg.RIGHT: True,
    }
    assert WORSE in worse[Leg.RIGHT].text()


@pytest.mark.parametrize("by_key", [True, False])
def test_it_can_end_without_a_rating(user: "User", by_key: bool) -> None:
    go_to_after(user, "4")
    if by_key:
        user.press("Return")
    else:
        user.click_on("Done")
    assert isinstance(user.page, TodayPage)
    assert afters(user) == {}
    assert len([e for e in user.journal() if isinstance(e, Session)]) == 1


def test_enter_is_done_after_a_click_on_a_score(user: "User") -> None:
    go_to_after(user, "4")
    click_score(user, Leg.LEFT, 3)
    user.press("Return")
    assert isinstance(user.page, TodayPage)
    assert scores(user) == {Leg.LEFT: 3}


def test_a_held_enter_starts_nothing_new(user: "User") -> None:
    go_to_after(user, "4")
    user.hold("Return")
    assert isinstance(user.page, TodayPage)


def test_the_next_session_s_ratings_are_its_own(user: "User") -> None:
    go_to_after(user, "4")
    user.press("3", "Return")
    user.skip_to_session(scores=("6",))
    user.press("S")
    user.press("1", "5")
    found = [e for e in user.journal() if isinstance(e, Rating) and e.moment is Moment.AFTER]
    assert sorted(rating.score for rating in found) == [3, 5]
    assert len({rating.session for rating in found}) == 2


def test_today_shows_how_it_went(user: "User") -> None:
    go_to_after(user, "4")
    user.press("3", "Return")
    read = user.reads()
    assert "Left: 3 out of 10" in read
    assert "First time" in read
