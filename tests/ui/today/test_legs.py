"""The legs show the places last marked; a score without places keeps them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.leg.names import Leg, Place
from tests.ui.today.conftest import Begin

if TYPE_CHECKING:
    from tests.ui.conftest import User

HOUR = timedelta(hours=1)
KNEE, HIP = Place.OUTER_KNEE, Place.OUTER_HIP


def rating(
    at: datetime, moment: Moment, *places: Place, session: str | None = None, leg: Leg = Leg.LEFT
) -> Rating:
    return Rating(
        id=new_id(), at=at, leg=leg, moment=moment, score=3, places=places, session=session
    )


def marked(user: "User", leg: Leg = Leg.LEFT) -> str:
    """Return a leg picture's description for screen readers."""
    return user.today.legs.pair.legs[leg].accessibleDescription()


@pytest.mark.parametrize("moment", Moment)
def test_a_score_alone_leaves_the_last_marks(
    begin: Begin, yesterday: datetime, moment: Moment
) -> None:
    user = begin(
        rating(yesterday, Moment.BEFORE, KNEE, session="s"), rating(yesterday + HOUR, moment)
    )
    assert marked(user) == "Outer knee"


@pytest.mark.parametrize("moment", set(Moment) - {Moment.BEFORE})
def test_a_score_alone_leaves_the_last_marks_in_a_session_too(
    begin: Begin, yesterday: datetime, moment: Moment
) -> None:
    before = rating(yesterday, Moment.BEFORE, KNEE, session="s")
    user = begin(before, rating(yesterday + HOUR, moment, session="s"))
    assert marked(user) == "Outer knee"


@pytest.mark.parametrize("moment", Moment)
def test_any_rating_that_marks_places_replaces_the_marks(
    begin: Begin, yesterday: datetime, moment: Moment
) -> None:
    before = rating(yesterday, Moment.BEFORE, KNEE, session="s")
    user = begin(before, rating(yesterday + HOUR, moment, HIP))
    assert marked(user) == "Outer hip bone"


def test_a_check_in_that_marks_nothing_means_nowhere(begin: Begin, yesterday: datetime) -> None:
    user = begin(
        rating(yesterday, Moment.BEFORE, KNEE, session="s"),
        rating(yesterday + HOUR, Moment.BEFORE, session="t"),
    )
    assert marked(user) == ""


def test_each_leg_keeps_its_own_marks(begin: Begin, yesterday: datetime) -> None:
    user = begin(
        rating(yesterday, Moment.OTHER, KNEE),
        rating(yesterday + HOUR, Moment.OTHER, HIP, leg=Leg.RIGHT),
    )
    assert marked(user) == "Outer knee"
    assert marked(user, Leg.RIGHT) == "Outer hip bone"


def test_a_score_given_by_one_key_leaves_the_marks(begin: Begin, user: "User") -> None:
    begin(rating(user.clock.now() - HOUR, Moment.BEFORE, KNEE, session="s"))
    added = rating(user.clock.now(), Moment.OTHER)
    user.link.add(added)
    assert marked(user) == "Outer knee"
