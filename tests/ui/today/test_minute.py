"""Today checks the clock every minute and refreshes only if something changes."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from itband_gui.journal.entries import Moment, Rating, Resolution, Run, Sign, new_id
from itband_gui.leg.names import Leg
from tests.ui.today.conftest import Begin

if TYPE_CHECKING:
    from tests.ui.conftest import User

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
SOON = timedelta(seconds=30)


def a_minute(user: "User", ms: int = MINUTE_MS) -> None:
    user.clock.ms += ms
    user.today.clock.timeout.emit()
    user.look()


def headline(user: "User") -> str:
    return user.today.light.headline.text()


def run(at: datetime, worst: int) -> Run:
    return Run(id=new_id(), at=at, minutes=40, effort=4, worst=worst)


def test_a_minute_without_changes_rebuilds_nothing(morning: "User") -> None:
    morning.today.light.more.click()
    before = morning.today.light.details.findChildren(QLabel)
    assert before
    for _ in range(3):
        a_minute(morning)
    assert morning.today.light.details.findChildren(QLabel) == before


def test_a_question_disappears_in_the_minute_it_ends(morning: "User") -> None:
    assert morning.today.questions.card is not None
    a_minute(morning, 5 * HOUR_MS)
    assert morning.today.questions.card is None


def test_an_entry_counts_from_its_own_minute(begin: Begin) -> None:
    user = begin()
    user.link.add(run(user.clock.now() + SOON, worst=7))
    user.look()
    assert headline(user) == "Not enough to tell"
    a_minute(user)
    assert headline(user) == "Rest today"


def test_a_sign_counts_until_the_minute_it_is_over(begin: Begin) -> None:
    user = begin()
    now = user.clock.now()
    over = {"resolved": now + SOON, "resolution": Resolution.GONE}
    user.link.add(Sign(id=new_id(), at=now, sign="skin-of-a-newer-list", **over))  # type: ignore[arg-type] # both right
    user.look()
    assert headline(user) == "Rest today"
    a_minute(user)
    assert headline(user) == "Not enough to tell"


def test_a_rule_of_24_hours_ends_in_its_minute(begin: Begin) -> None:
    user = begin()
    at = user.clock.now() - timedelta(hours=23)
    user.link.add(Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.AFTER, score=8))
    user.look()
    assert headline(user) == "Easy today"
    a_minute(user, HOUR_MS)
    assert headline(user) == "Not enough to tell"


def test_the_page_follows_a_clock_that_is_set_back(begin: Begin, user: "User") -> None:
    begin(run(user.clock.now(), worst=7))
    assert headline(user) == "Rest today"
    a_minute(user, -HOUR_MS)
    assert headline(user) == "Not enough to tell"
