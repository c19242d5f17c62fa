"""Warning signs from Today: opened from the list, asked about once a day, ended in one step."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from itband_gui.journal.entries import Entry, Resolution, RestDay, Sign, new_id
from itband_gui.leg.names import Leg
from itband_gui.ui.today.sign_card import SignCard
from itband_gui.ui.today.warning_dialog import WarningDialog
from tests.ui.today.conftest import DAY_MS, Begin, session

if TYPE_CHECKING:
    from tests.ui.conftest import User

CTRL = Qt.KeyboardModifier.ControlModifier


def sign(at: datetime, sign_id: str = "clot", leg: Leg | None = None) -> Sign:
    return Sign(id=new_id(), at=at, sign=sign_id, leg=leg)


def outcome(entries: list[Entry]) -> list[tuple[datetime | None, Resolution | None]]:
    return [(e.resolved, e.resolution) for e in entries if isinstance(e, Sign)]


def asked(user: "User") -> SignCard:
    card = user.today.asking.card
    assert isinstance(card, SignCard)
    return card


def list_of(user: "User") -> WarningDialog:
    (found,) = (d for d in user.window.findChildren(WarningDialog) if d.isVisible())
    return found


def test_an_open_sign_says_what_to_do(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday, leg=Leg.LEFT))
    assert "Warning sign, left leg, open since 21 Nov" in user.reads()
    assert "Get medical help today and say that you are worried about a clot." in user.reads()


@pytest.mark.parametrize(
    ("keys", "resolution"),
    [(("Tab",), Resolution.GONE), (("Tab", "Tab"), Resolution.CLINICIAN_AGREED)],
)
def test_a_sign_is_over_by_keys(
    begin: Begin, yesterday: datetime, keys: tuple[str, ...], resolution: Resolution
) -> None:
    user = begin(sign(yesterday))
    user.press(*keys, "Space")
    assert outcome(user.journal()) == [(user.clock.now(), resolution)]
    assert "worried about a clot" not in user.reads()
    user.press("Z", modifier=CTRL)
    assert outcome(user.journal()) == [(None, None)]


@pytest.mark.parametrize(
    ("text", "resolution"),
    [
        ("It is gone", Resolution.GONE),
        ("A clinician has agreed", Resolution.CLINICIAN_AGREED),
    ],
)
def test_a_sign_is_over_by_one_click(
    begin: Begin, yesterday: datetime, text: str, resolution: Resolution
) -> None:
    user = begin(sign(yesterday))
    user.click_on(text)
    assert outcome(user.journal()) == [(user.clock.now(), resolution)]
    user.click_on("Undo")
    assert outcome(user.journal()) == [(None, None)]


def test_a_late_space_ends_no_warning(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday))
    assert QApplication.focusWidget() is asked(user).still
    user.press("Space")
    assert outcome(user.journal()) == [(None, None)]


def test_a_sign_that_is_still_there_is_asked_about_the_next_day(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(sign(yesterday))
    user.click_on("Still there")
    assert user.today.asking.card is None
    assert "worried about a clot" in user.reads(), "it stays to be seen"
    user.leave()
    user.open()
    assert user.today.asking.card is None
    user.clock.ms += DAY_MS
    user.today.clock.timeout.emit()
    assert asked(user).isVisible()


def test_a_sign_that_was_put_away_can_still_be_ended(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday))
    user.click_on("Still there")
    user.click_on("It is gone")
    assert outcome(user.journal()) == [(user.clock.now(), Resolution.GONE)]


def test_several_signs_are_asked_about_one_after_the_other(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(sign(yesterday), sign(yesterday, "no-better"))
    user.click(asked(user).gone)
    user.click(asked(user).agreed)
    resolutions = [resolution for _, resolution in outcome(user.journal())]
    assert resolutions == [Resolution.GONE, Resolution.CLINICIAN_AGREED]


def test_the_morning_comes_before_a_sign(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday), session(yesterday, Leg.RIGHT))
    assert "Right leg this morning" in user.reads()
    user.press("1")
    assert QApplication.focusWidget() is asked(user).still


def test_a_sign_is_opened_by_keys(begin: Begin) -> None:
    user = begin()
    user.press("W", "Space", "Return")
    (opened,) = user.journal()
    assert isinstance(opened, Sign)
    assert (opened.sign, opened.at, opened.resolved) == ("emergency", user.clock.now(), None)
    assert "Call your emergency number now" in user.reads()
    assert "Rest today" in user.reads()
    user.press("Z", modifier=CTRL)
    assert user.journal() == []


def test_signs_are_opened_and_ended_by_clicks_in_one_step(
    begin: Begin, yesterday: datetime, user: "User"
) -> None:
    begin(sign(yesterday))
    user.click_on("Still there")
    user.click_on("Warning signs (W)")
    rows = list_of(user).list.rows
    assert rows["clot"].box.isChecked(), "what is open stands ticked"
    user.click(rows["clot"].box)
    user.click(rows["stress-fracture"].box)
    user.click(list_of(user).save)
    states = {e.sign: e.resolution for e in user.journal() if isinstance(e, Sign)}
    assert states == {"clot": Resolution.GONE, "stress-fracture": None}
    user.click_on("Undo")
    assert outcome(user.journal()) == [(None, None)]


def test_a_list_that_is_cancelled_or_left_as_it_was_changes_nothing(begin: Begin) -> None:
    user = begin()
    user.press("W", "Space", "Escape")
    user.press("W", "Return")
    assert user.journal() == []
    assert "Noted" not in user.reads()


def test_a_sign_of_an_unknown_list_can_be_ended(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday, "<b>from elsewhere</b>"))
    assert "<b>from elsewhere</b>" in user.reads()
    user.click_on("It is gone")
    assert outcome(user.journal()) == [(user.clock.now(), Resolution.GONE)]


def test_a_sign_dated_ahead_of_the_clock_can_be_ended(
    begin: Begin, user: "User", yesterday: datetime
) -> None:
    ahead = user.clock.now() + timedelta(hours=3)
    begin(sign(ahead), RestDay(id=new_id(), at=yesterday))
    user.click_on("It is gone")
    assert outcome(user.journal()) == [(ahead, Resolution.GONE)]


def test_a_sign_that_asks_for_a_clinician_is_open_until_one_has_agreed(begin: Begin) -> None:
    user = begin()
    user.click_on("Warning signs (W)")
    user.click(list_of(user).list.rows["no-better"].box)
    user.click(list_of(user).save)
    assert outcome(user.journal()) == [(None, None)]


def test_the_keyboard_stays_on_a_sign_while_other_things_change(begin: Begin, user: "User") -> None:
    begin(sign(user.clock.now()))
    gone = user.today.open_signs.cards[0].gone
    gone.setFocus()
    user.link.add(RestDay(id=new_id(), at=user.clock.now()))
    assert QApplication.focusWidget() is gone
