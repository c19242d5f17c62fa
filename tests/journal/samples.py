"""One entry of each kind, as it may enter the journal."""

from datetime import UTC, datetime

from itband_gui.journal.entries import (
    Activity,
    Ended,
    Moment,
    Rating,
    Run,
    Session,
    Sign,
    Sport,
    Work,
)
from itband_gui.leg.names import Leg, Place, Technique, Zone

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
RATING = Rating(
    id="a",
    at=NOW,
    leg=Leg.LEFT,
    moment=Moment.BEFORE,
    score=4,
    places=(Place.OUTER_KNEE,),
    session="b",
)
RUN = Run(id="r", at=NOW, minutes=30, effort=4)
ACTIVITY = Activity(id="y", at=NOW, sport=Sport.TENNIS, minutes=60, effort=5)
SIGN = Sign(id="s", at=NOW, sign="numbness")
WORK = Work(leg=Leg.LEFT, zone=Zone.GLUTEAL, technique=Technique.KNUCKLES, strokes=9, seconds=40)
SESSION = Session(
    id="x",
    at=NOW,
    routine="full",
    legs=(Leg.RIGHT, Leg.LEFT),
    work=(WORK,),
    hands_on_seconds=40,
    total_seconds=60,
    ended=Ended.FINISHED,
)
