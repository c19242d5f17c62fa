"""The entries that the list's answers leave in the journal's file; a slip leaves none."""

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from itband_gui.journal.entries import Moment, Rating, Resolution
from itband_gui.leg.names import Leg
from itband_gui.ui.session.page import SessionPage
from tests.ui.check_in.listing import begin_anew, kept, row, rule, tick, to_the_list

if TYPE_CHECKING:
    from tests.ui.conftest import User

DAY = timedelta(days=1)


def test_an_answer_is_in_the_file_as_soon_as_advice_is_shown(user: "User") -> None:
    for sign in ("clot", "skin", "feeling", "varicose-veins"):
        to_the_list(user)
        tick(user, sign)
        user.pass_the_list()
        assert sign in {each.sign for each in kept(user)}


def test_not_today_saves_the_answers(user: "User") -> None:
    to_the_list(user)
    tick(user, "blood-thinners")
    user.pass_the_list()
    user.click_on("Not today")
    assert [(each.sign, each.resolved) for each in kept(user)] == [("blood-thinners", None)]
    scores = {e.leg: (e.score, e.moment) for e in user.journal() if isinstance(e, Rating)}
    assert scores == {Leg.LEFT: (4, Moment.OTHER), Leg.RIGHT: (3, Moment.OTHER)}


def test_a_slip_leaves_no_line_in_the_file(user: "User") -> None:
    to_the_list(user)
    tick(user, "clot")
    user.pass_the_list()
    assert "clot" in user.file.read_text("utf-8")
    user.press("Escape")
    tick(user, "clot")
    user.pass_the_list()
    assert isinstance(user.page, SessionPage)
    assert kept(user) == []
    assert "clot" not in user.file.read_text("utf-8")


def test_another_leg_after_a_slip_is_the_only_one_kept(user: "User") -> None:
    to_the_list(user)
    tick(user, "skin", leg="L")
    user.pass_the_list()
    user.press("Escape")
    row(user, "skin").box.setFocus()
    user.press("R")
    user.pass_the_list()
    assert [each.leg for each in kept(user)] == [Leg.RIGHT]
    assert "No massage on your right leg today" in user.reads()


def test_unticking_and_ticking_a_known_sign_changes_nothing(user: "User") -> None:
    begin_anew(user, "surgery", "bones")
    before = kept(user)
    user.clock.start += DAY
    to_the_list(user)
    tick(user, "surgery", "bones")
    tick(user, "lump")
    user.pass_the_list()
    assert {each.resolution for each in kept(user) if each.sign != "lump"} == {Resolution.GONE}
    user.press("Escape")
    tick(user, "lump", "bones")
    row(user, "surgery").box.click()
    assert row(user, "surgery").legs.value == (Leg.LEFT,), "as it was known"
    user.pass_the_list()
    assert [(e.id, e.at, e.leg, e.resolved) for e in kept(user)] == [
        (e.id, e.at, e.leg, e.resolved) for e in before
    ]


def test_changes_by_another_program_are_kept(user: "User") -> None:
    begin_anew(user, "surgery")
    user.clock.start += DAY
    to_the_list(user)
    (surgery,) = kept(user)
    elsewhere = replace(surgery, note="the surgeon called", resolved=None)
    user.link.amend(elsewhere)
    tick(user, "surgery", "lump")
    user.pass_the_list()
    noted = {each.sign: each for each in kept(user)}
    assert noted["surgery"].note == "the surgeon called"
    assert noted["surgery"].resolution is Resolution.GONE


def test_an_entry_removed_elsewhere_is_added_again(user: "User") -> None:
    to_the_list(user)
    tick(user, "lump")
    user.pass_the_list()
    user.link.remove(kept(user)[0].id)
    user.press("Escape")
    user.pass_the_list()
    assert [each.sign for each in kept(user)] == ["lump"], "it is ticked still"
    user.link.remove(kept(user)[0].id)
    user.press("Escape")
    tick(user, "lump")
    user.pass_the_list()
    assert kept(user) == []


def test_closing_one_sign_keeps_the_newly_reported_ones(user: "User") -> None:
    begin_anew(user, "bone-or-joint")
    user.clock.start += DAY
    to_the_list(user)
    tick(user, "clot")
    user.pass_the_list()
    user.click_on("A clinician has seen it")
    resolutions = {each.sign: each.resolution for each in kept(user)}
    assert resolutions == {"bone-or-joint": Resolution.CLINICIAN_AGREED, "clot": None}
    assert rule("clot").action in user.reads(), "which still stands in the way"


def test_a_sign_closed_by_others_meanwhile_is_not_reopened(user: "User") -> None:
    begin_anew(user, "surgery", "lump")
    user.clock.start += DAY
    to_the_list(user)
    found = {each.sign: each for each in kept(user)}
    now = user.clock.now()
    over = replace(found["surgery"], resolved=now, resolution=Resolution.CLINICIAN_AGREED)
    user.link.amend(over)
    user.link.remove(found["lump"].id)
    tick(user, "blood-thinners")
    user.pass_the_list()
    left = {each.sign: each.resolution for each in kept(user)}
    assert left == {"surgery": Resolution.CLINICIAN_AGREED, "blood-thinners": None}


def test_a_leg_that_was_left_out_gets_no_consent(user: "User") -> None:
    to_the_list(user)
    tick(user, "skin", leg="L")
    tick(user, "feeling", leg="B")
    user.pass_the_list()
    user.click_on("Right leg only: start")
    user.click_on("Agreed: start")
    found = {each.leg: each.resolution for each in kept(user) if each.sign == "feeling"}
    assert found == {Leg.LEFT: None, Leg.RIGHT: Resolution.CLINICIAN_AGREED}
