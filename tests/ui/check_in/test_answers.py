"""The first two questions: legs, places and scores, by keys and by clicks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from itband_gui.journal.entries import Moment, Rating
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.check_in import Dose
from itband_gui.ui.check_in.sore_step import SoreStep
from itband_gui.ui.session.page import SessionPage
from itband_gui.ui.today.page import TodayPage

if TYPE_CHECKING:
    from tests.ui.conftest import User


def sore_step(user: "User") -> SoreStep:
    step = user.check_in.sore
    assert step is not None
    return step


def score_button(user: "User", leg: Leg, score: int) -> str:
    return f"{'Left' if leg is Leg.LEFT else 'Right'} leg: {score} out of 10"


def click_score(user: "User", leg: Leg, score: int) -> None:
    name = score_button(user, leg, score)
    buttons = [b for b in user.window.findChildren(QAbstractButton) if b.accessibleName() == name]
    (found,) = (b for b in buttons if b.isVisible())
    user.click(found)


def click_place(user: "User", leg: Leg, place: Place) -> None:
    view = sore_step(user).legs[leg].map
    x, y = view.scene.viewport.to_pixels(view.anatomy.places[place].centre)
    user.click(view, QPoint(round(x), round(y)))


def ratings(user: "User") -> list[tuple[Leg, Moment, int, tuple[Place, ...]]]:
    found = [entry for entry in user.journal() if isinstance(entry, Rating)]
    found.sort(key=lambda rating: rating.leg)  # of one second, the journal has no order
    return [(r.leg, r.moment, r.score, r.places) for r in found]


# The whole way


def test_a_check_in_by_keyboard_alone(short_user: "User") -> None:
    user = short_user
    user.today.choose(user.today.library.routines[-1])
    user.press("Space", "Return", "B", "Return")
    user.press("Down", "Space", "4", "5", "Return")
    user.pass_the_list()
    session = user.session
    assert session.clock.engine.plan.legs == (Leg.LEFT, Leg.RIGHT)
    left, right = ratings(user)
    assert left[:3] == (Leg.LEFT, Moment.BEFORE, 4)
    assert len(left[3]) == 1
    assert right == (Leg.RIGHT, Moment.BEFORE, 5, ())


def test_a_check_in_by_mouse_alone(short_user: "User") -> None:
    user = short_user
    user.click_on("Short")
    user.click_on("Start")
    user.click_on("I understand")
    user.click_on("Both")
    user.click_on("Next")
    click_place(user, Leg.LEFT, Place.OUTER_KNEE)
    click_place(user, Leg.RIGHT, Place.GLUTEAL)
    click_score(user, Leg.RIGHT, 2)
    click_score(user, Leg.LEFT, 6)
    user.click_on("Next")
    while "Show the rest" in user.check_in.next.text():
        user.click(user.check_in.next)
    user.click_on("None of these")
    assert isinstance(user.page, SessionPage)
    assert ratings(user) == [
        (Leg.LEFT, Moment.BEFORE, 6, (Place.OUTER_KNEE,)),
        (Leg.RIGHT, Moment.BEFORE, 2, (Place.GLUTEAL,)),
    ]


def test_the_way_back_keeps_every_answer(short_user: "User") -> None:
    user = short_user
    user.go_to_check_in("own/short")
    user.press("B", "Return", "Space", "4", "3", "Return")
    user.press("Escape", "Escape")
    assert user.check_in.draft.legs == (Leg.LEFT, Leg.RIGHT)
    user.press("Return")
    assert [s.score.score for s in sore_step(user).legs.values()] == [4, 3]
    assert sore_step(user).legs[Leg.LEFT].map.marked == {Place.BAND_MIDDLE}
    assert user.journal() == [], "nothing is kept of a check-in that is still open"


def test_deselecting_a_leg_drops_its_answers(short_user: "User") -> None:
    user = short_user
    user.go_to_check_in("own/short")
    user.press("B", "Return", "4", "3", "Escape", "R", "Return")
    assert list(sore_step(user).legs) == [Leg.RIGHT]
    user.press("Return")
    user.pass_the_list()
    assert [(leg, score) for leg, _, score, _ in ratings(user)] == [(Leg.RIGHT, 3)]


def test_escape_from_the_first_question_leaves_without_a_trace(user: "User") -> None:
    user.open()
    user.go_to_check_in()
    user.press("L", "Escape")
    assert isinstance(user.page, TodayPage)
    assert user.journal() == []
    assert QApplication.focusWidget() is user.today.start


# Where, and how much


def test_digits_rate_the_legs_in_turn_and_then_over_again(short_user: "User") -> None:
    user = short_user
    user.go_to_check_in("own/short")
    user.press("B", "Return")
    draft = user.check_in.draft
    seen = []
    for digit in ("4", "0", "5", "X", "7"):
        user.press(digit)
        seen.append(tuple(draft.scores.get(leg) for leg in Leg))
    assert seen == [(4, None), (4, 0), (5, 0), (5, 10), (7, 10)]


def test_digits_rate_the_leg_whose_row_has_the_focus(short_user: "User") -> None:
    user = short_user
    user.go_to_check_in("own/short")
    user.press("B", "Return")
    click_score(user, Leg.RIGHT, 2)
    user.press("8")
    assert user.check_in.draft.scores == {Leg.RIGHT: 8}


def test_digits_of_the_keypad_rate_too(user: "User") -> None:
    user.open()
    user.go_to_check_in()
    user.press("L", "Return")
    user.press("6", modifier=Qt.KeyboardModifier.KeypadModifier)
    assert user.check_in.draft.scores == {Leg.LEFT: 6}
    for _ in range(4):
        user.press("Enter", modifier=Qt.KeyboardModifier.KeypadModifier)
    assert isinstance(user.page, SessionPage)


def test_a_held_digit_rates_one_leg(short_user: "User") -> None:
    user = short_user
    user.go_to_check_in("own/short")
    user.press("B", "Return")
    user.hold("4")
    assert user.check_in.draft.scores == {Leg.LEFT: 4}


def test_shortcuts_do_not_rate(user: "User") -> None:
    user.open()
    user.go_to_check_in()
    user.press("L", "Return")
    user.press("X", "3", modifier=Qt.KeyboardModifier.ControlModifier)
    assert user.check_in.draft.scores == {}


def test_the_dose_is_asked_only_when_one_leg_is_sorer(short_user: "User") -> None:
    user = short_user
    user.go_to_check_in("own/short")
    user.press("B", "Return")
    shown = []
    for digit in ("4", "4", "5", "4"):
        user.press(digit)
        shown.append(sore_step(user).dose.isVisible())
    assert shown == [False, False, True, True]
    user.press("4")
    assert not sore_step(user).dose.isVisible()


def test_the_chosen_dose_changes_the_sorer_leg_s_share(short_user: "User") -> None:
    user = short_user
    user.go_to_check_in("own/short")
    user.press("B", "Return", "5", "3")
    user.click(sore_step(user).dose_choice.button_for(Dose.MORE))
    assert user.check_in.draft.dose is Dose.MORE
    user.press("Return")
    user.pass_the_list()
    lengths = {
        leg: [
            p.length_ms
            for p in user.session.clock.engine.plan.phases
            if p.set_number and p.leg is leg
        ]
        for leg in Leg
    }
    assert lengths[Leg.LEFT] == [30_000, 30_000, 18_000]
    assert lengths[Leg.RIGHT] == [20_000, 20_000, 12_000]


def test_a_very_sore_leg_gets_a_remark_about_light_strokes(short_user: "User") -> None:
    user = short_user
    user.go_to_check_in("own/short")
    user.press("B", "Return", "5", "5")
    assert "light strokes only" not in user.reads()
    user.press("6")
    assert "At 6 out of 10 (Left), sore places get light strokes only." in user.reads()
    user.press("7")
    assert "At 7 or more (Right), there is no massage today." in user.reads()
    click_score(user, Leg.LEFT, 7)
    assert "At 7 or more on both legs, there is no massage today." in user.reads()
    assert "At 7 or more (" not in user.reads()


def test_a_sore_place_elsewhere_is_kept_too(user: "User") -> None:
    user.open()
    user.go_to_check_in()
    user.press("L", "Return", "4")
    user.click_on("Somewhere else")
    user.press("Return")
    user.press("N")
    user.pass_the_list()
    assert ratings(user) == [(Leg.LEFT, Moment.BEFORE, 4, (Place.OTHER,))]


def test_the_place_under_the_pointer_is_named(user: "User") -> None:
    user.open()
    user.go_to_check_in()
    user.press("L", "Return")
    assert "Middle of the band" in user.reads()
    user.press("Space")
    assert "Middle of the band: marked" in user.reads()


def test_a_sore_knee_that_leaves_nothing_of_a_routine_is_reported(
    user: "User",
) -> None:
    lower = """
name = "Lower"
[settle]
zones = ["band-lower"]
seconds = 10
speed_cm_s = 3
[[steps]]
technique = "light"
zones = ["band-lower"]
seconds = 10
speed_cm_s = 3
"""
    user.add_routine("lower.toml", lower)
    user.open()
    user.go_to_check_in("own/lower")
    user.press("L", "Return", "4")
    click_place(user, Leg.LEFT, Place.OUTER_KNEE)
    user.press("Return")
    user.pass_the_list()
    assert isinstance(user.page, TodayPage)
    assert "outer knee" in user.reads()
    assert "Lower" in user.reads()
    assert user.journal() == []
