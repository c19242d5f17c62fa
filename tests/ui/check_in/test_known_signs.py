"""Signs known before a check-in, and the entries it leaves in the journal's file."""

from datetime import timedelta
from typing import TYPE_CHECKING

from itband_gui.journal.entries import Moment, Rating, Resolution, Sign, new_id
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import ScreeningResult
from itband_gui.ui.check_in.advice import Advice
from itband_gui.ui.session.page import SessionPage
from itband_gui.ui.today.page import TodayPage
from tests.ui.check_in.listing import begin_anew, kept, row, rule, tick, to_the_list

if TYPE_CHECKING:
    from tests.ui.conftest import User

DAY = timedelta(days=1)


def advice(user: "User") -> Advice:
    (found,) = (each for each in user.window.findChildren(Advice) if each.isVisible())
    return found


def test_a_known_sign_shows_its_legs_and_its_day(user: "User") -> None:
    begin_anew(user, "clot", leg="R")
    user.clock.start += DAY
    to_the_list(user)
    assert row(user, "clot").legs.value == (Leg.RIGHT,)
    assert "Open since 22 Nov. Untick it if it is gone." in user.reads()


def test_a_lapsed_consent_is_asked_for_again(user: "User") -> None:
    to_the_list(user)
    tick(user, "feeling", leg="B")
    user.pass_the_list()
    user.click_on("Agreed: start")
    user.clock.start += 28 * DAY
    to_the_list(user)
    assert "A clinician agreed on 22 Nov. Is that still the case?" in user.reads()
    assert row(user, "feeling").box.isChecked()
    user.pass_the_list()
    assert advice(user).verdict is ScreeningResult.ASK_FIRST
    assert "A clinician agreed on 22 Nov. Is that still the case?" in user.reads()
    user.click_on("Agreed: start")
    assert isinstance(user.page, SessionPage)
    assert {each.resolved for each in kept(user)} == {user.clock.now()}
    assert len(kept(user)) == 2, "one a leg, as before"


def test_an_unseen_sign_is_unticked_and_blocks(user: "User") -> None:
    begin_anew(user, "clot")
    user.clock.start += DAY
    to_the_list(user)
    tick(user, "clot")
    user.pass_the_list()
    user.click_on("I'll do that")
    user.clock.start += DAY
    to_the_list(user)
    assert not row(user, "clot").box.isChecked()
    assert "You said on 23 Nov that it was gone. Have it checked before you run" in user.reads()
    user.pass_the_list()
    assert advice(user).verdict is ScreeningResult.BLOCKED
    assert "Gone, but not yet seen by a clinician" in user.reads()
    assert "Left leg" in user.reads()
    user.click_on("A clinician has seen it")
    assert user.check_in.signs.isVisible(), "nothing starts by itself"
    user.pass_the_list()
    assert isinstance(user.page, SessionPage)
    (sign,) = kept(user)
    assert (sign.resolution, sign.resolved) == (Resolution.CLINICIAN_AGREED, user.clock.now())


def test_a_sign_that_came_back_is_open_again(user: "User") -> None:
    begin_anew(user, "clot")
    (before,) = kept(user)
    user.clock.start += DAY
    begin_anew(user, "clot")  # unticked
    assert kept(user)[0].resolution is Resolution.GONE
    user.clock.start += DAY
    begin_anew(user, "clot")
    (after,) = kept(user)
    assert (after.id, after.at, after.resolved) == (before.id, before.at, None)


def test_a_consent_for_one_leg_does_not_cover_a_new_sign_on_the_other(user: "User") -> None:
    begin_anew(user, "clot", leg="L")
    user.clock.start += DAY
    to_the_list(user)
    row(user, "clot").box.setFocus()
    user.press("B")
    user.pass_the_list()
    assert "A clinician has seen it" not in user.reads()
    assert {each.leg: each.resolution for each in kept(user)} == {Leg.LEFT: None, Leg.RIGHT: None}


def test_night_pain_has_no_consent(user: "User") -> None:
    begin_anew(user, "cancer-or-night-pain")
    user.clock.start += DAY
    to_the_list(user)
    user.pass_the_list()
    assert advice(user).verdict is ScreeningResult.BLOCKED
    assert "greed: start" not in user.reads()
    user.click_on("A clinician has seen it")
    assert user.check_in.signs.isVisible(), "nothing starts by itself"
    user.pass_the_list()
    assert isinstance(user.page, SessionPage)


def test_a_sign_that_the_runner_may_close_has_no_clinician_s_button(user: "User") -> None:
    begin_anew(user, "skin", leg="B")
    user.clock.start += DAY
    to_the_list(user)
    user.pass_the_list()
    assert "A clinician has seen it" not in user.reads()


def test_a_sign_from_another_list_blocks_and_is_not_closed_unseen(user: "User") -> None:
    user.open()
    user.link.add(Sign(id=new_id(), at=user.clock.now(), sign="<b>of tomorrow</b>"))
    user.look()
    to_the_list(user)
    assert "<b>of tomorrow</b>" in user.reads()
    user.pass_the_list()
    assert advice(user).verdict is ScreeningResult.BLOCKED
    assert [each.resolved for each in kept(user)] == [None]


def test_a_fresh_injury_counts_for_its_hours_even_when_gone(user: "User") -> None:
    begin_anew(user, "fresh-injury")
    user.clock.start += DAY
    to_the_list(user)
    tick(user, "fresh-injury")
    user.pass_the_list()
    assert "Gone, but too soon for massage" in user.reads()
    assert "until 72 hours have passed" in user.reads()
    user.click_on("Not today")
    user.clock.start += DAY
    to_the_list(user)
    assert not row(user, "fresh-injury").box.isChecked()
    assert "You said on 23 Nov that it was gone. It is too soon for massage." in user.reads()
    user.pass_the_list()
    user.click_on("Right leg only: start")
    assert isinstance(user.page, SessionPage)
    user.clock.start += DAY
    to_the_list(user)
    user.pass_the_list()
    assert isinstance(user.page, SessionPage)
    assert [each.resolution for each in kept(user)] == [Resolution.GONE]


def test_the_advice_is_read_out_with_its_first_focus(user: "User") -> None:
    to_the_list(user)
    tick(user, "clot")
    user.pass_the_list()
    said = advice(user).first_focus().accessibleDescription()
    assert said.startswith("No massage today")
    assert rule("clot").action in said


# What comes first


def test_severe_soreness_comes_after_what_is_urgent_and_before_the_rest(user: "User") -> None:
    to_the_list(user, scores="97")
    tick(user, "clot", "lump", leg="R")
    user.pass_the_list()
    read = user.reads()
    said = (rule("clot").action, "Left leg: 9 out of 10", "Right leg: 7", rule("lump").action)
    places = [read.index(words) for words in said]
    assert places == sorted(places)


def test_blocking_signs_come_before_those_that_need_agreement(user: "User") -> None:
    to_the_list(user)
    tick(user, "varicose-veins", "cancer", "skin")
    user.pass_the_list()
    places = [user.reads().index(rule(s).action) for s in ("skin", "cancer", "varicose-veins")]
    assert places == sorted(places)


def test_a_leg_at_seven_is_named_and_the_other_continues(user: "User") -> None:
    to_the_list(user, scores="73")
    user.pass_the_list()
    assert "No massage on your left leg today" in user.reads()
    assert "If it stays this bad, call your doctor." in user.reads()
    user.click_on("Right leg only: start")
    assert user.session.clock.engine.plan.legs == (Leg.RIGHT,)


def test_both_legs_at_nine_end_the_check_in(user: "User") -> None:
    to_the_list(user, scores="99")
    user.pass_the_list()
    assert "No massage today" in user.reads()
    assert "call your doctor today" in user.reads()
    user.click_on("I'll do that")
    assert isinstance(user.page, TodayPage)
    assert {e.moment for e in user.journal() if isinstance(e, Rating)} == {Moment.OTHER}
