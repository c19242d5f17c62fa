"""Today's massage card: reasons against massage, how long they last, and the state of Start."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from itband_gui.journal.entries import (
    Ended,
    Entry,
    Moment,
    Rating,
    Resolution,
    Session,
    Sign,
    new_id,
)
from itband_gui.leg.names import Leg
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.check_in.warning_dialog import WarningDialog
from tests.ui.conftest import START
from tests.ui.today.conftest import Begin, session

if TYPE_CHECKING:
    from tests.ui.conftest import User

HOUR_MS = 60 * 60 * 1000
DAY = timedelta(days=1)


def hours_ago(hours: float) -> datetime:
    return START - timedelta(hours=hours)


def rating(at: datetime, leg: Leg, score: int, moment: Moment = Moment.OTHER) -> Rating:
    return Rating(id=new_id(), at=at, leg=leg, moment=moment, score=score)


def stop(at: datetime, reason: str, leg: Leg | None = None, *legs: Leg) -> Session:
    made = replace(session(at, *(legs or (Leg.LEFT,))), ended=Ended.STOPPED, stopped_for=reason)
    return made if leg is None else replace(made, stopped_leg=leg)


def worse(at: datetime, leg: Leg) -> list[Entry]:
    """Return a session after which a leg was three points sorer."""
    of = session(at, leg)
    pair = ((Moment.BEFORE, 2), (Moment.AFTER, 5))
    return [of, *(replace(rating(at, leg, s, m), session=of.id) for m, s in pair)]


def look_of_start(user: "User") -> object:
    return user.today.start.property("look")


def told(user: "User") -> list[str]:
    """Return the massage card's headline and its reasons against massage."""
    card = user.today.routines
    shown = [label.text() for label in (card.headline, card.barred) if label.isVisible()]
    return "\n".join(shown).split("\n") if shown else []


def pass_time(user: "User", hours: float) -> None:
    """Let time pass with the window open; the page checks the clock every minute."""
    user.clock.ms += round(hours * HOUR_MS)
    user.today.clock.timeout.emit()
    user.look()


def test_start_invites_when_nothing_speaks_against_massage(begin: Begin) -> None:
    user = begin(session(hours_ago(72), Leg.LEFT))
    assert told(user) == []
    assert look_of_start(user) == "main"
    assert user.today.start.accessibleDescription() == ""
    assert QApplication.focusWidget() is user.today.start


def test_after_a_stop_the_next_page_does_not_invite(user: "User") -> None:
    user.open()
    user.skip_to_session("full", "B", ("4", "3"))
    user.let_pass(30)
    user.press("S", "3", "R", "Return")
    assert look_of_start(user) == "plain"
    assert QApplication.focusWidget() is user.today.light.more
    assert "press Start" not in user.reads()
    headline, first, *_ = told(user)
    assert headline == "Better not to massage now"
    assert "You stopped a session today: pain on the bony outer side of the knee." in first
    assert "your right leg until Tuesday at 07:10" in first
    assert first[2:] in user.today.start.accessibleDescription()


@pytest.mark.parametrize(
    ("reason", "hours"), [("knee", 48), ("bruise", 72), ("of-a-newer-list", 48)]
)
def test_a_stop_runs_out_while_the_window_is_open(begin: Begin, reason: str, hours: int) -> None:
    user = begin(stop(hours_ago(30), reason, Leg.LEFT))
    assert told(user)[0] == "Only the right leg for now"
    pass_time(user, hours - 30 - 0.1)
    assert told(user)[0] == "Only the right leg for now"
    assert look_of_start(user) == "plain"
    pass_time(user, 0.2)
    assert told(user) == []
    assert look_of_start(user) == "main"


def test_a_sore_hand_does_not_block_massage(begin: Begin) -> None:
    user = begin(stop(hours_ago(30), "hand"))
    assert told(user) == []
    assert look_of_start(user) == "main"


def test_a_leg_that_was_sorer_afterwards_waits_for_48_hours(begin: Begin) -> None:
    user = begin(*worse(hours_ago(40), Leg.RIGHT))
    headline, line = told(user)
    assert headline == "Only the left leg for now"
    assert "Your right leg was at 2 before the last massage and 5 after it." in line
    assert look_of_start(user) == "plain"
    pass_time(user, 8.1)
    assert told(user) == []


def test_a_leg_has_one_massage_a_day(begin: Begin) -> None:
    user = begin(session(hours_ago(2), Leg.LEFT))
    assert told(user) == [
        "Only the right leg for now",
        "• Your left leg has had its massage today; once a day is enough.",
    ]
    pass_time(user, 17)
    assert told(user) == []


def test_five_sessions_in_seven_days_are_enough(begin: Begin) -> None:
    user = begin(*(session(START - day * DAY, Leg.LEFT) for day in range(2, 6)))
    assert told(user) == []
    user.link.add(session(hours_ago(30), Leg.LEFT))
    user.look()
    headline, line = told(user)
    assert headline == "Better not to massage now"
    assert "5 sessions in seven days" in line
    assert line.endswith("Skip massage until the end of tomorrow.")
    assert user.today.start.isEnabled()


def test_each_reason_against_massage_has_one_sentence(begin: Begin) -> None:
    user = begin(stop(hours_ago(2), "knee", Leg.LEFT), *worse(hours_ago(20), Leg.RIGHT))
    headline, *lines = told(user)
    assert headline == "Better not to massage now"
    assert len(lines) == 3
    assert all(line.startswith("• ") for line in lines)


@pytest.mark.parametrize(
    ("scores", "enabled"),
    [({Leg.LEFT: 7, Leg.RIGHT: 9}, False), ({Leg.LEFT: 7, Leg.RIGHT: 6}, True)],
)
def test_start_is_disabled_only_if_both_legs_are_too_sore(
    begin: Begin, scores: dict[Leg, int], enabled: bool
) -> None:
    user = begin(*(rating(hours_ago(1), leg, score) for leg, score in scores.items()))
    assert user.today.start.isEnabled() is enabled
    assert look_of_start(user) == "plain"
    assert "Your left leg is at 7 out of 10." in user.reads()
    user.press("N")  # night pain
    if not enabled:
        pass_time(user, 24)
        assert user.today.start.isEnabled(), "another day"


def test_too_sore_for_massage_still_leads_to_the_warning_list(begin: Begin) -> None:
    user = begin(*(rating(hours_ago(1), leg, 8) for leg in Leg))
    user.press("W")
    assert [each.isVisible() for each in user.window.findChildren(WarningDialog)] == [True]


@pytest.mark.parametrize("sign_id", ["clot", "unwell", "blood-thinners"])
def test_a_sign_leaves_the_way_to_the_check_in_which_asks_about_it(
    begin: Begin, sign_id: str
) -> None:
    user = begin(Sign(id=new_id(), at=hours_ago(1), sign=sign_id))
    assert look_of_start(user) == "plain"
    assert len(told(user)) == 1, "its card says the rest"
    user.click(user.today.start)
    user.press("Return")
    assert isinstance(user.page, CheckInPage)


def test_a_sign_and_soreness_together_keep_the_way_to_the_warning_list(begin: Begin) -> None:
    user = begin(
        Sign(id=new_id(), at=hours_ago(1), sign="skin", leg=Leg.LEFT),
        *(rating(hours_ago(1), leg, 8) for leg in Leg),
    )
    assert not user.today.start.isEnabled()
    assert told(user)[0] == "No massage for now"
    user.press("W")
    assert [each.isVisible() for each in user.window.findChildren(WarningDialog)] == [True]


def test_a_lapsed_consent_says_why_start_no_longer_invites(begin: Begin) -> None:
    agreed = {"resolved": START - 35 * DAY, "resolution": Resolution.CLINICIAN_AGREED}
    user = begin(Sign(id=new_id(), at=START - 40 * DAY, sign="blood-thinners", **agreed))  # type: ignore[arg-type] # both right
    assert look_of_start(user) == "plain"
    headline, line = told(user)
    assert headline == "Ask a clinician before massage"
    assert "Does your clinician still agree" in line
    assert "Blood thinners" in line


def injury() -> Sign:
    """Return an injury of ten hours ago that was reported gone."""
    gone = {"resolved": hours_ago(1), "resolution": Resolution.GONE}
    return Sign(id=new_id(), at=hours_ago(10), sign="fresh-injury", leg=Leg.LEFT, **gone)  # type: ignore[arg-type] # both right


def test_an_injury_that_is_gone_counts_until_its_hours_are_over(begin: Begin) -> None:
    user = begin(injury())
    headline, line = told(user)
    assert headline == "Only the right leg for now"
    assert "Gone only recently: A fresh injury" in line
    assert line.endswith("Skip massage on your left leg until Tuesday at 21:10.")
    assert look_of_start(user) == "plain"
    pass_time(user, 62.1)
    assert told(user) == []
    assert look_of_start(user) == "main"


def test_the_check_in_warns_about_everything_but_signs(begin: Begin) -> None:
    headline, line = warning(begin(injury()))
    assert headline == "Only the right leg for now."
    assert "Gone only recently" in line


def test_after_undo_start_invites_again(begin: Begin) -> None:
    user = begin(session(hours_ago(72), Leg.LEFT))
    user.link.add(stop(hours_ago(1), "knee", Leg.LEFT))
    user.look()
    assert look_of_start(user) == "plain"
    user.link.undo()
    user.look()
    assert look_of_start(user) == "main"
    assert told(user) == []


# The check-in says it again


def warning(user: "User") -> list[str]:
    """Return the warning in the first step of a check-in."""
    said = user.go_to_check_in("full").legs.warning
    return said.text().split("\n") if said.isVisible() else []


def test_the_check_in_says_which_leg_and_offers_the_other(begin: Begin) -> None:
    user = begin(stop(hours_ago(2), "sharp-or-numb", Leg.LEFT))
    said = warning(user)
    assert said[0] == "Only the right leg for now."
    assert "Skip massage on your left leg until" in said[1]
    assert ": sharp, electric, burning, tingling or numb" in said[1]


def test_the_check_in_has_a_line_per_reason(begin: Begin) -> None:
    user = begin(*worse(hours_ago(2), Leg.LEFT), *worse(hours_ago(1), Leg.RIGHT))
    said = warning(user)
    assert said[0] == "Better not to massage now."
    assert len(said) == 5


def test_the_check_in_does_not_warn_about_signs_on_its_list(begin: Begin) -> None:
    assert warning(begin(Sign(id=new_id(), at=hours_ago(1), sign="clot"))) == []


def test_the_check_in_warns_of_nothing_after_two_days(begin: Begin) -> None:
    assert warning(begin(stop(hours_ago(48.1), "knee", Leg.LEFT))) == []


def test_the_check_in_hides_the_legs_before_a_warning(begin: Begin) -> None:
    user = begin(
        stop(hours_ago(3), "sharp-or-numb", Leg.LEFT),
        *worse(hours_ago(2), Leg.LEFT),
        *worse(hours_ago(1), Leg.RIGHT),
    )
    assert len(warning(user)) == 6
    legs = user.check_in.legs
    assert all(picture.isVisible() for picture in legs.legs.values())
    user.window.resize(640, 400)
    user.look()
    assert not any(picture.isVisible() for picture in legs.legs.values())
    assert legs.warning.height() >= legs.warning.heightForWidth(legs.warning.width())
    user.press("R")
    assert user.check_in.draft.legs == (Leg.RIGHT,)
