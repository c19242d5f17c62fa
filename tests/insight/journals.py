"""Makes realistic seeded journals for tests, benchmarks and pictures.

A seed always gives the same entries, oldest first, up to the evening of `last`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from uuid import UUID

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
)
from itband_gui.leg.names import Leg, Place, Technique, Zone

LAST = date(2026, 11, 22)
DAY = timedelta(days=1)
TEN_YEARS_OF_ENTRIES = 10_000
_TUE, _THU, _SAT, _SUN = 1, 3, 5, 6
_ROUTINES = {
    "full": ((Technique.HEEL_OF_HAND, tuple(Zone)), (Technique.LIGHT, (Zone.BAND_MIDDLE,))),
    "after-a-run": (
        (Technique.HEEL_OF_HAND, (Zone.FRONT_EDGE, Zone.BAND_UPPER, Zone.BAND_MIDDLE)),
        (Technique.LIGHT, (Zone.BAND_MIDDLE,)),
    ),
    "muscles-around": (
        (Technique.KNUCKLES, (Zone.GLUTEAL, Zone.FRONT_EDGE, Zone.BACK_EDGE)),
        (Technique.LIGHT, (Zone.BAND_UPPER,)),
    ),
}
_PLACES = (Place.OUTER_KNEE, Place.BAND_LOWER, Place.BAND_MIDDLE, Place.GLUTEAL, Place.OTHER)


def calm_month(seed: int = 1, last: date = LAST) -> list[Entry]:
    """Return four quiet weeks: easy runs, scores of 0 to 2, mornings rated, no signs."""
    runner = _Runner(_dice(seed), usual={Leg.LEFT: 1.3, Leg.RIGHT: 0.6}, noise=0.4)
    first = last - 27 * DAY
    lived = runner.live(first, last, lambda _: 1.0)
    return _in_order([*lived, *_activities(seed, first, last)])


def flare(seed: int = 23, last: date = LAST) -> list[Entry]:
    """Return ten weeks: six calm ones, two hard ones, and a flare with a sign after them."""
    first = last - 69 * DAY
    hard = {6, 7}
    runner = _Runner(_dice(seed), usual={Leg.LEFT: 1.5, Leg.RIGHT: 0.8}, noise=0.6)

    def load(day: date) -> float:
        week = (day - first).days // 7
        return 1.8 if week in hard else 0.5 if week > max(hard) else 1.0

    entries = [*runner.live(first, last, load), *_activities(seed, first, last)]
    opened = _at(runner.rng, first + 57 * DAY, 19)
    solved = _at(runner.rng, first + 61 * DAY, 8)
    entries += [
        Sign(
            id=_id(runner.rng),
            at=opened,
            sign="fresh-injury",
            leg=Leg.LEFT,
            resolved=solved,
            resolution=Resolution.GONE,
        ),
        Sign(id=_id(runner.rng), at=_at(runner.rng, last - 3 * DAY, 19), sign="no-better"),
    ]
    return _in_order(entries)


def ten_years(seed: int = 3, last: date = LAST) -> list[Entry]:
    """Return ten years of running with good and bad months: 10,000 entries exactly."""
    rng = _dice(seed)
    months: dict[tuple[int, int], float] = {}
    runner = _Runner(rng, usual={Leg.LEFT: 1.6, Leg.RIGHT: 0.8}, noise=0.9, keen=0.28)

    def load(day: date) -> float:
        return months.setdefault((day.year, day.month), rng.choice((0.5, 0.8, 1.0, 1.2, 1.9)))

    first = last - 3652 * DAY
    entries = [*runner.live(first, last, load), *_activities(seed, first, last)]
    entries += [
        _old_sign(rng, last - back * DAY) for back in sorted(rng.sample(range(30, 3600), 12))
    ]
    entries = _in_order(entries)
    loose = [e.id for e in entries if isinstance(e, Rating) and e.session is None]
    dropped = set(rng.sample(loose, len(entries) - TEN_YEARS_OF_ENTRIES))
    return [entry for entry in entries if entry.id not in dropped]


@dataclass
class _Runner:
    """One runner's body and habits; soreness drifts to its usual level and rises with load."""

    rng: Random
    usual: dict[Leg, float]
    noise: float
    keen: float = 0.5  # how likely a session is on a day, and a rating on a morning after none
    sore: dict[Leg, float] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    massaged: dict[Leg, str] = field(default_factory=dict)  # yesterday's session, by leg

    def live(self, first: date, last: date, load: Callable[[date], float]) -> list[Entry]:
        self.sore = dict(self.usual)
        for back in range((last - first).days + 1):
            day = first + back * DAY
            self._morning(day)
            self._run_or_rest(day, load(day))
            self._session(day)
        return _in_order(self.entries)

    def _score(self, leg: Leg, more: float = 0.0) -> int:
        return max(0, min(10, round(self.sore[leg] + more + self.rng.gauss(0, 0.5))))

    def _morning(self, day: date) -> None:
        for leg, usual in self.usual.items():
            drift = 0.25 * (usual - self.sore[leg]) + self.rng.gauss(0, self.noise / 2)
            self.sore[leg] = max(0.0, self.sore[leg] + drift)
            session = self.massaged.pop(leg, None)
            if self.rng.random() < (0.9 if session else self.keen):
                self._rate(day, 7, leg, Moment.MORNING, self._score(leg, 0.3), session)

    def _run_or_rest(self, day: date, load: float) -> None:
        likely = {_TUE: 0.9, _THU: 0.85, _SAT: 0.6, _SUN: 0.9}.get(day.weekday(), 0.05)
        if self.rng.random() >= likely * min(load, 1.1):
            if self.rng.random() < 0.35:
                self.entries.append(RestDay(id=_id(self.rng), at=_at(self.rng, day, 12)))
            return
        minutes = round((70 if day.weekday() == _SUN else 42) * load * self.rng.uniform(0.85, 1.1))
        effort = max(1, min(10, round(3 + 2 * load + self.rng.gauss(0, 0.8))))
        for leg, usual in self.usual.items():
            self.sore[leg] += usual * max(0, minutes * effort - 260) / 330
        worst = max(self._score(leg, 0.5) for leg in Leg)
        far = round(minutes / self.rng.uniform(5.6, 6.4), 1) if self.rng.random() < 0.7 else None
        self.entries.append(
            Run(
                id=_id(self.rng),
                at=_at(self.rng, day, 17),
                minutes=minutes,
                effort=effort,
                distance_km=far,
                worst=worst if self.rng.random() < 0.9 else None,
                changed_stride=worst > 6 and self.rng.random() < 0.5,
            )
        )
        if self.rng.random() < 0.3:
            self._rate(day, 18, Leg.LEFT, Moment.LAST_RUN, worst)

    def _session(self, day: date) -> None:
        if self.rng.random() >= self.keen:
            return
        legs = (Leg.LEFT, Leg.RIGHT) if self.rng.random() < 0.6 else (Leg.LEFT,)
        routine = self.rng.choice(list(_ROUTINES))
        stopped = max(self.sore.values()) > 7 and self.rng.random() < 0.3
        work = tuple(
            Work(leg=leg, zone=zone, technique=technique, strokes=10, seconds=60)
            for leg in legs
            for technique, zones in _ROUTINES[routine]
            for zone in (zones[:1] if stopped else zones)
        )
        session = Session(
            id=_id(self.rng),
            at=_at(self.rng, day, 20),
            routine=routine,
            legs=legs,
            work=work,
            hands_on_seconds=sum(each.seconds for each in work),
            total_seconds=sum(each.seconds for each in work) + 120,
            ended=Ended.STOPPED if stopped else Ended.FINISHED,
        )
        self.entries.append(session)
        for leg in legs:
            before = self._score(leg)
            self._rate(day, 19, leg, Moment.BEFORE, before, session.id)
            after = max(0, min(10, before + self.rng.choice((-2, -1, -1, -1, 0, 0, 1))))
            self._rate(day, 21, leg, Moment.AFTER, after, session.id)
            self.massaged[leg] = session.id

    def _rate(
        self, day: date, hour: int, leg: Leg, moment: Moment, score: int, session: str | None = None
    ) -> None:
        marked = self.rng.sample(_PLACES, min(2, score)) if moment is Moment.BEFORE else ()
        self.entries.append(
            Rating(
                id=_id(self.rng),
                at=_at(self.rng, day, hour),
                leg=leg,
                moment=moment,
                score=score,
                places=tuple(place for place in Place if place in marked),
                session=session,
            )
        )


def _activities(seed: int, first: date, last: date) -> list[Activity]:
    """Return strength training on most Mondays, and now and then something else.

    They use a separate random generator, so that everything else stays the same.
    """
    rng = _dice(1000 + seed)
    made = []
    for back in range((last - first).days + 1):
        day = first + back * DAY
        is_monday = day.weekday() == 0
        if rng.random() < (0.7 if is_monday else 0.06):
            sport = Sport.STRENGTH if is_monday else rng.choice(list(Sport))
            minutes, effort = rng.randint(20, 90), rng.randint(2, 8)
            at = _at(rng, day, 18)
            made.append(Activity(id=_id(rng), at=at, sport=sport, minutes=minutes, effort=effort))
    return made


def _old_sign(rng: Random, day: date) -> Sign:
    return Sign(
        id=_id(rng),
        at=_at(rng, day, 19),
        sign=rng.choice(("fresh-injury", "skin", "unwell")),
        leg=rng.choice(tuple(Leg)),
        resolved=_at(rng, day + rng.randint(1, 14) * DAY, 8),
        resolution=Resolution.GONE,
    )


def _at(rng: Random, day: date, hour: int) -> datetime:
    """Return a random minute of an hour; summer time is roughly April to October."""
    offset = timezone(timedelta(hours=2 if 4 <= day.month <= 10 else 1))
    return datetime.combine(day, time(hour, rng.randrange(60)), offset)


def _dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - nothing here is secret


def _id(rng: Random) -> str:
    return str(UUID(int=rng.getrandbits(128), version=4))


def _in_order(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.at, entry.id))
