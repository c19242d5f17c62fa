"""A user at the Today page on a morning, with a given journal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from itband_gui.journal.entries import Ended, Entry, Session, Work, new_id
from itband_gui.leg.names import Leg, Technique, Zone
from tests.makers import save_entries

if TYPE_CHECKING:
    from tests.ui.conftest import User

Begin = Callable[..., "User"]
DAY_MS = 24 * 60 * 60 * 1000


def session(at: datetime, *legs: Leg) -> Session:
    """Return a session that worked on legs."""
    work = tuple(
        Work(leg=leg, zone=Zone.BAND_MIDDLE, technique=Technique.LIGHT, strokes=5, seconds=30)
        for leg in legs
    )
    return Session(
        id=new_id(),
        at=at,
        routine="first-time",
        legs=legs,
        work=work,
        hands_on_seconds=30,
        total_seconds=60,
        ended=Ended.FINISHED,
    )


@pytest.fixture
def yesterday(user: "User") -> datetime:
    """Return a time on the evening before."""
    return user.clock.now() - timedelta(hours=12)


@pytest.fixture
def begin(user: "User") -> Begin:
    """Return a function that opens the window on a journal with the given entries."""

    def make(*entries: Entry) -> "User":
        save_entries(user.file, entries)
        user.open()
        return user

    return make


@pytest.fixture
def morning(begin: Begin, yesterday: datetime) -> "User":
    """Return a user on the morning after a session on the left leg."""
    return begin(session(yesterday, Leg.LEFT))
