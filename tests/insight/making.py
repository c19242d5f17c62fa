"""Short functions that make entries; days count back from `TODAY`."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

from itband_gui.insight.readiness import Verdict, readiness
from itband_gui.insight.reasons import Cause, Readiness
from itband_gui.journal.entries import (
    Activity,
    Ended,
    Entry,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
    Sign,
    Sport,
    Work,
    new_id,
)
from itband_gui.leg.names import Leg, Place, Technique, Zone
from itband_gui.safety.signs import load_safety

SAFETY = load_safety()
OFFSET = timezone(timedelta(hours=1))
TODAY = date(2026, 11, 22)  # a Sunday
DAY = timedelta(days=1)
LEFT, RIGHT = Leg.LEFT, Leg.RIGHT


def at(days_ago: int, hour: float = 12) -> datetime:
    """Return an hour of a day in the runner's time zone."""
    return datetime.combine(TODAY - days_ago * DAY, time(), OFFSET) + timedelta(hours=hour)


NOW = at(0, 18)


def rating(
    days_ago: int,
    score: int,
    moment: Moment = Moment.OTHER,
    leg: Leg = LEFT,
    hour: float = 12,
    session: str | None = None,
) -> Rating:
    return Rating(
        id=new_id(),
        at=at(days_ago, hour),
        leg=leg,
        moment=moment,
        score=score,
        session=session,
    )


def morning(days_ago: int, score: int, leg: Leg = LEFT, hour: float = 7) -> Rating:
    return rating(days_ago, score, Moment.MORNING, leg, hour)


def marked(days_ago: int, score: int, *places: Place, leg: Leg = LEFT) -> Rating:
    return Rating(
        id=new_id(),
        at=at(days_ago),
        leg=leg,
        moment=Moment.BEFORE,
        score=score,
        places=places,
    )


def run(
    days_ago: int,
    worst: int | None = 1,
    hour: float = 10,
    minutes: int = 40,
    km: float | None = None,
    *,
    stride: bool = False,
    effort: int = 4,
) -> Run:
    return Run(
        id=new_id(),
        at=at(days_ago, hour),
        minutes=minutes,
        effort=effort,
        distance_km=km,
        worst=worst,
        changed_stride=stride,
    )


def activity(
    days_ago: int, minutes: int = 45, effort: int = 5, sport: Sport = Sport.CYCLING
) -> Activity:
    return Activity(id=new_id(), at=at(days_ago, 11), sport=sport, minutes=minutes, effort=effort)


def session(
    days_ago: int,
    hour: float = 20,
    legs: tuple[Leg, ...] = (LEFT,),
    ended: Ended = Ended.FINISHED,
    *,
    technique: Technique = Technique.HEEL_OF_HAND,
    routine: str = "full",
    seconds: int = 60,
    reached: tuple[Leg, ...] | None = None,
) -> Session:
    """Return a session planned for some legs, of which it reached `reached`."""
    reached = legs if reached is None else reached
    work = tuple(
        Work(leg=leg, zone=Zone.BAND_MIDDLE, technique=technique, strokes=10, seconds=seconds)
        for leg in reached
    )
    return Session(
        id=new_id(),
        at=at(days_ago, hour),
        routine=routine,
        legs=legs,
        work=work,
        hands_on_seconds=seconds * len(reached),
        total_seconds=seconds * len(legs),
        ended=ended,
    )


def around(
    done: Session, before: int | None, after: int | None, leg: Leg = LEFT
) -> list[Session | Rating]:
    """Return a session with its ratings."""
    made: list[Session | Rating] = []
    for moment, score, minutes in ((Moment.BEFORE, before, -1), (Moment.AFTER, after, 20)):
        if score is not None:
            made.append(
                Rating(
                    id=new_id(),
                    at=done.at + timedelta(minutes=minutes),
                    leg=leg,
                    moment=moment,
                    score=score,
                    session=done.id,
                )
            )
    return [*made[:1], done, *made[1:]] if before is not None else [done, *made]


def sign(
    days_ago: int, name: str = "fresh-injury", resolved: datetime | None = None, hour: float = 12
) -> Sign:
    return Sign(
        id=new_id(),
        at=at(days_ago, hour),
        sign=name,
        leg=LEFT,
        resolved=resolved,
        resolution=None if resolved is None else Resolution.GONE,
    )


def rest_day(days_ago: int) -> RestDay:
    return RestDay(id=new_id(), at=at(days_ago))


# The light

GO, UNKNOWN, EASY, REST = Readiness.GO, Readiness.UNKNOWN, Readiness.EASY, Readiness.REST
# A usual morning is 1.
USUAL: list[Entry] = [morning(back, 1) for back in range(7, 0, -1)]
RAN = run(2, worst=1)
CALM: list[Entry] = [*USUAL, RAN, morning(0, 1)]


def light(entries: Sequence[Entry], hour: float = 18) -> Verdict:
    return readiness(entries, at(0, hour), SAFETY)


def causes(verdict: Verdict) -> set[Cause]:
    return {reason.cause for reason in verdict.deciding}
