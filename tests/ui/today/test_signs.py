"""Warning signs on Today: opened from the list, asked about once a day, closed in one step."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget

from itband_gui.journal.entries import Entry, Resolution, RestDay, Sign, new_id
from itband_gui.leg.names import Leg
from itband_gui.ui.check_in.warning_dialog import WarningDialog
from itband_gui.ui.today.questions import SignCard
from tests.ui.today.conftest import DAY_MS, Begin, session

if TYPE_CHECKING:
    from tests.ui.conftest import User

CTRL = Qt.KeyboardModifier.ControlModifier


def sign(at: datetime, sign_id: str = "clot", leg: Leg | None = None) -> Sign:
    return Sign(id=new_id(), at=at, sign=sign_id, leg=leg)


def outcome(entries: list[Entry]) -> list[tuple[datetime | None, Resolution | None]]:
    return [(e.resolved, e.resolution) for e in entries if isinstance(e, Sign)]


def asked(user: "User") -> SignCard:
    card = user.today.questions.card
    assert isinstance(card, SignCard)
    return card


def list_of(user: "User") -> WarningDialog:
    (found,) = (d for d in user.window.findChildren(WarningDialog) if d.isVisible())
    return found


def asks_to_discard(user: "User") -> bool:
    boxes = [box for box in user.window.findChildren(QMessageBox) if box.isVisible()]
    return [box.text() for box in boxes] == ["Discard your changes?"]


def test_an_open_sign_says_what_to_do(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday, leg=Leg.LEFT))
    assert "Warning sign, left leg, open since 21 Nov" in user.reads()
    assert "Get medical help today and say that you are worried about a clot." in user.reads()


@pytest.mark.parametrize(
    ("keys", "resolution"),
    [(("Tab",) * 2, Resolution.GONE), (("Tab",) * 3, Resolution.CLINICIAN_AGREED)],
)
def test_a_sign_is_closed_by_keys(
    begin: Begin, yesterday: datetime, keys: tuple[str, ...], resolution: Resolution
) -> None:
    user = begin(sign(yesterday, "lump"))
    user.press(*keys, "Space")
    assert outcome(user.journal()) == [(user.clock.now(), resolution)]
    assert "Show it to a clinician" not in user.reads()
    user.press("Z", modifier=CTRL)
    assert outcome(user.journal()) == [(None, None)]


@pytest.mark.parametrize(
    ("text", "resolution"),
    [
        ("It is gone", Resolution.GONE),
        ("A clinician has seen it", Resolution.CLINICIAN_AGREED),
    ],
)
def test_a_sign_is_closed_by_one_click(
    begin: Begin, yesterday: datetime, text: str, resolution: Resolution
) -> None:
    user = begin(sign(yesterday, "lump"))
    user.click_on(text)
    assert outcome(user.journal()) == [(user.clock.now(), resolution)]
    user.click_on("Undo")
    assert outcome(user.journal()) == [(None, None)]


def test_a_sign_that_must_be_seen_stays_when_it_is_gone(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday))
    user.click_on("It is gone")
    assert outcome(user.journal()) == [(user.clock.now(), Resolution.GONE)]
    assert "Have it checked before you run or massage." in user.reads()
    assert "It is gone" not in user.reads()
    assert "Rest today" in user.reads()
    user.click_on("A clinician has seen it")
    assert outcome(user.journal()) == [(user.clock.now(), Resolution.CLINICIAN_AGREED)]
    assert "Have it checked" not in user.reads()


@pytest.mark.parametrize("key", ["Space", "Return"])
def test_a_stray_key_does_not_answer_a_warning(begin: Begin, yesterday: datetime, key: str) -> None:
    user = begin(sign(yesterday))
    card = asked(user)
    assert QApplication.focusWidget() is card
    user.press(key)
    assert outcome(user.journal()) == [(None, None)]
    assert asked(user) is card, "it is asked still"


def test_still_there_is_confirmed(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday))
    user.click_on("Still there")
    assert "Still there. You’ll be asked again tomorrow." in user.reads()
    assert "Left out" not in user.reads()
    user.click_on("Undo")
    assert asked(user).isVisible()


def above(user: "User", first: QWidget, second: QWidget) -> bool:
    """Whether one widget ends before the other begins, from the top of the window."""
    bottom = first.mapTo(user.window, first.rect().bottomLeft()).y()
    return bottom < second.mapTo(user.window, second.rect().topLeft()).y()


def test_a_blocking_sign_comes_first_and_start_does_not_invite(begin: Begin) -> None:
    user = begin()
    today = user.today
    today.start.setFocus()
    user.press("W", "Space", "Return")
    (card,) = today.open_signs.cards
    assert above(user, card, today.light)
    assert QApplication.focusWidget() is card
    assert today.start.property("look") == "plain"
    assert "press Start" not in user.reads()
    assert "a warning sign is open" in user.reads()
    assert "well spent" not in user.reads()
    first, *_ = (label for label in card.findChildren(QLabel) if label.y() < card.text.y())
    assert first.text().startswith("Call your emergency number now")
    user.press("Z", modifier=CTRL)
    assert today.start.property("look") == "main"


@pytest.mark.parametrize("width", [800, 1600])
def test_a_sign_that_was_put_away_stays_above_the_light(
    begin: Begin, yesterday: datetime, width: int
) -> None:
    user = begin(sign(yesterday, "no-better"))
    user.window.resize(width, 1000)
    user.click_on("Still there")
    (card,) = user.today.open_signs.cards
    assert above(user, card, user.today.light)
    assert user.today.start.property("look") == "plain", "nothing invites before one has agreed"
    assert user.today.start.isEnabled(), "the check-in asks for that"


def test_the_emergency_comes_before_the_sign_that_is_asked_about(
    begin: Begin, user: "User", yesterday: datetime
) -> None:
    begin(sign(yesterday, "skin"), sign(yesterday, "clot"), sign(user.clock.now(), "emergency"))
    shown = user.today.open_signs.cards
    assert [card.sign.sign for card in shown] == ["emergency", "clot"]
    assert above(user, shown[0], asked(user))
    assert above(user, asked(user), user.today.light)


def test_a_blocking_sign_is_above_the_morning_question(
    begin: Begin, user: "User", yesterday: datetime
) -> None:
    begin(sign(user.clock.now()), session(yesterday, Leg.LEFT))
    (card,) = user.today.open_signs.cards
    assert user.today.questions.card is not None
    assert above(user, card, user.today.questions)
    assert QApplication.focusWidget() is user.today.questions.card


def test_a_sign_that_is_still_there_is_asked_about_the_next_day(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(sign(yesterday))
    user.click_on("Still there")
    assert user.today.questions.card is None
    assert "worried about a clot" in user.reads(), "it stays to be seen"
    user.leave()
    user.open()
    assert user.today.questions.card is None
    user.clock.ms += DAY_MS
    user.today.clock.timeout.emit()
    assert asked(user).isVisible()


def test_a_sign_that_was_put_away_can_still_be_closed(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday))
    user.click_on("Still there")
    user.click_on("It is gone")
    assert outcome(user.journal()) == [(user.clock.now(), Resolution.GONE)]


def test_several_signs_are_asked_about_one_after_the_other(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(sign(yesterday, "lump"), sign(yesterday, "no-better"))
    user.click(asked(user).gone)
    user.click(asked(user).agreed)
    resolutions = [resolution for _, resolution in outcome(user.journal())]
    assert resolutions == [Resolution.GONE, Resolution.CLINICIAN_AGREED]


def test_the_morning_comes_before_a_sign(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday), session(yesterday, Leg.RIGHT))
    assert "your right leg this morning" in user.reads()
    user.press("1")
    assert QApplication.focusWidget() is asked(user)


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


def test_clicks_open_and_close_signs_in_one_step(
    begin: Begin, yesterday: datetime, user: "User"
) -> None:
    begin(sign(yesterday))
    user.click_on("Still there")
    user.click_on("Warning signs (W)")
    rows = list_of(user).list.rows
    assert rows["clot"].box.isChecked(), "what is open stands ticked"
    user.click(rows["clot"].box)
    user.click(rows["stress-fracture"].box)
    assert not list_of(user).save.isEnabled(), "it waits for the leg"
    user.press("R")
    user.click(list_of(user).save)
    found = {e.sign: (e.resolution, e.leg) for e in user.journal() if isinstance(e, Sign)}
    assert found == {"clot": (Resolution.GONE, None), "stress-fracture": (None, Leg.RIGHT)}
    user.click_on("Undo")
    assert outcome(user.journal()) == [(None, None)]


def test_a_list_that_is_cancelled_or_left_as_it_was_changes_nothing(begin: Begin) -> None:
    user = begin()
    user.press("W", "Escape")
    user.press("W", "Return")
    assert user.journal() == []
    assert "Noted" not in user.reads()


def test_a_tick_is_not_discarded_without_asking(begin: Begin) -> None:
    user = begin()
    user.press("W", "Space", "Escape")
    assert asks_to_discard(user)
    user.press("Escape")
    assert list_of(user).list.rows["emergency"].box.isChecked()
    user.click(list_of(user).cancel)
    (discard,) = (b for b in list_of(user).findChildren(QPushButton) if b.text() == "Discard")
    user.click(discard)
    assert user.journal() == []
    assert not [d for d in user.window.findChildren(WarningDialog) if d.isVisible()]


def test_an_unticked_slip_needs_no_question(begin: Begin) -> None:
    user = begin()
    user.press("W", "Space", "Space", "Escape")
    assert not asks_to_discard(user)
    assert not [d for d in user.window.findChildren(WarningDialog) if d.isVisible()]


def test_ctrl_enter_saves_the_warning_list_as_it_does_every_form(begin: Begin) -> None:
    user = begin()
    user.press("W", "Space")
    user.press("Return", modifier=CTRL)
    assert outcome(user.journal()) == [(None, None)]


def test_a_sign_from_an_unknown_list_can_be_closed(begin: Begin, yesterday: datetime) -> None:
    user = begin(sign(yesterday, "<b>from elsewhere</b>"))
    assert "<b>from elsewhere</b>" in user.reads()
    user.click_on("It is gone")
    assert outcome(user.journal()) == [(user.clock.now(), Resolution.GONE)]


def test_a_sign_dated_in_the_future_can_be_closed(
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
    user.press("B")
    user.click(list_of(user).save)
    assert outcome(user.journal()) == [(None, None)] * 2, "one a leg"


def test_the_focus_stays_on_a_sign_while_other_things_change(begin: Begin, user: "User") -> None:
    begin(sign(user.clock.now()))
    gone = user.today.open_signs.cards[0].gone
    gone.setFocus()
    user.link.add(RestDay(id=new_id(), at=user.clock.now()))
    assert QApplication.focusWidget() is gone


def test_an_unseen_sign_has_its_own_question(
    begin: Begin, user: "User", yesterday: datetime
) -> None:
    gone = replace(sign(yesterday, leg=Leg.LEFT), resolved=yesterday, resolution=Resolution.GONE)
    begin(gone)
    assert "left leg, gone since 21 Nov, not yet seen by a clinician" in user.reads()
    assert "Still there" not in user.reads()
    user.click_on("Not yet")
    assert "Not yet. You’ll be asked again tomorrow." in user.reads()
    assert len(user.today.open_signs.cards) == 1, "it stays to be seen"
    user.click_on("A clinician has seen it")
    assert user.today.open_signs.cards == []


def test_a_sign_that_is_clearing_has_no_card(
    begin: Begin, user: "User", yesterday: datetime
) -> None:
    begin(replace(sign(yesterday, "unwell"), resolved=yesterday, resolution=Resolution.GONE))
    assert user.today.open_signs.cards == []
    assert user.today.questions.card is None


def test_enter_in_the_list_moves_to_the_missing_leg(begin: Begin) -> None:
    user = begin()
    user.press("W")
    rows = list_of(user).list.rows
    rows["implant"].box.click()
    rows["clot"].box.setFocus()
    user.press("Return", modifier=CTRL)
    assert list_of(user).where.text() == "Which leg?"
    assert QApplication.focusWidget() is rows["implant"].legs.button_for((Leg.LEFT,))
    user.press("R")
    user.press("Return", modifier=CTRL)
    assert [(e.sign, e.leg) for e in user.journal() if isinstance(e, Sign)] == [
        ("implant", Leg.RIGHT)
    ]
