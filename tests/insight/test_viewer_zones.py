"""The light of past days is the same in every time zone."""

from datetime import datetime, timedelta, timezone

import pytest

from itband_gui.insight.readiness import readiness
from itband_gui.insight.reasons import Cause, Readiness
from itband_gui.insight.rest import rest
from itband_gui.journal.entries import Entry, Moment, Rating, Run, new_id
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import load_safety

HERE = timezone(timedelta(hours=-8))
NOON = datetime(2026, 11, 30, 10, tzinfo=HERE)  # the same day in all zones below


def sore_evenings() -> list[Entry]:
    """Return runs, calm mornings and three sore evenings, in one time zone."""
    entries: list[Entry] = [
        Run(id=new_id(), at=datetime(2026, 11, day, 8, tzinfo=HERE), minutes=30, effort=3, worst=0)
        for day in (21, 23, 25)
    ]
    for day in range(22, 31):
        at = datetime(2026, 11, day, 7, tzinfo=HERE)
        calm = [Rating(id=new_id(), at=at, leg=leg, moment=Moment.MORNING, score=1) for leg in Leg]
        entries += calm
    for day in (27, 28, 29):
        at = datetime(2026, 11, day, 20, tzinfo=HERE)
        entries.append(Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=6))
    return sorted(entries, key=lambda entry: entry.at)


@pytest.mark.parametrize("hours", [-10, -8, 0, 1, 5])
def test_sore_evenings_count_from_every_zone(hours: int) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=hours)))
    verdict = readiness(sore_evenings(), there, load_safety())
    assert verdict.light is Readiness.REST
    assert Cause.TWO_REDS in {reason.cause for reason in verdict.deciding}
    assert len(rest(sore_evenings(), there, load_safety()).advised) >= 3
