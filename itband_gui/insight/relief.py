"""How one leg's ratings changed around sessions: pairs, the typical change, and its certainty.

None of this can show that massage was the cause: soreness rated when it is high tends to be lower
at the next rating anyway (Barnett 2005), and there is no control to compare with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from itband_gui.insight.days import Period, day_of, morning_after
from itband_gui.insight.statistics import FEWEST, Estimate, Spread, estimate, spread
from itband_gui.journal.entries import Entry, Moment, Rating, Session
from itband_gui.leg.names import Leg, Technique

# A smaller change is normal variation: in spine patients, 1.77 points could be told from noise
# (10.1055/a-1304-3677), and 2 is what 825 people with chronic pain called much better (Salaffi
# 2004).
WOBBLE = 2
# Sessions were on sorer days if the ratings before them were this much above other ratings: the
# least change that people called slightly better (Salaffi 2004).
SORER_BY = 1


@dataclass(frozen=True)
class RatingPair:
    """The rating before a session, and a later one that belongs to it."""

    session: Session
    before: Rating
    later: Rating

    @property
    def change(self) -> int:
        """The change in points: positive is sorer, negative is less sore."""
        return self.later.score - self.before.score


@dataclass(frozen=True)
class ChangeSummary:
    """The changes of some pairs, oldest first; better means less sore.

    Attributes:
        spread: median and range; None without pairs.
        estimate: None with fewer than six pairs.

    """

    pairs: tuple[RatingPair, ...]
    better: int
    same: int
    worse: int
    spread: Spread | None
    estimate: Estimate | None

    @property
    def within_wobble(self) -> bool:
        """Whether the median change is too small to tell from noise."""
        return self.spread is not None and abs(self.spread.median) < WOBBLE


_K = TypeVar("_K")


@dataclass(frozen=True)
class Groups(Generic[_K]):
    """Changes by group: those with at least six pairs, and the pair counts of the others."""

    enough: Mapping[_K, ChangeSummary]
    short: Mapping[_K, int]


class Caution(StrEnum):
    """Why a fall after sessions may only be a return to the usual."""

    SORER_DAYS = "sorer-days"  # sessions were on sorer days than others
    TOO_FEW_OTHERS = "too-few-others"  # too few ratings on other days to tell


@dataclass(frozen=True)
class Selection:
    """Ratings before sessions, and those on days without one (mornings and other times)."""

    before: Spread | None
    others: Spread | None
    caution: Caution | None


@dataclass(frozen=True)
class Mornings:
    """First steps on mornings after a session, and on the other mornings."""

    after_massage: Spread | None
    other: Spread | None

    @property
    def comparable(self) -> bool:
        """Whether both have enough mornings to be compared."""
        both = (self.after_massage, self.other)
        return all(each is not None and each.count >= FEWEST for each in both)


@dataclass(frozen=True)
class Relief:
    """Everything that one leg's ratings show about sessions."""

    after: ChangeSummary
    next_morning: ChangeSummary
    by_technique: Groups[Technique]
    by_routine: Groups[str]
    selection: Selection
    mornings: Mornings


def relief(entries: Iterable[Entry], leg: Leg, period: Period) -> Relief:
    """Return how a leg's ratings changed around the sessions of a period.

    Args:
        entries: the journal's entries, oldest first, not cut to the period, as the morning after
            its last session may be a day later.
        leg: the leg; two legs of one session would not be independent.
        period: the days of the sessions.

    """
    kept = list(entries)
    worked = [e for e in kept if isinstance(e, Session) and e.worked_on(leg)]
    sessions = [each for each in worked if day_of(each) in period]
    ratings = [e for e in kept if isinstance(e, Rating) and e.leg is leg]
    after = _pairs_after(sessions, ratings)
    return Relief(
        changes(after),
        changes(_pairs_next_morning(sessions, ratings)),
        _grouped(after, lambda pair: main_technique(pair.session, leg)),
        _grouped(after, lambda pair: pair.session.routine),
        _selection(sessions, ratings, period),
        _mornings(worked, ratings, period),
    )


def changes(pairs: Sequence[RatingPair]) -> ChangeSummary:
    """Summarize the changes of some pairs."""
    points = [pair.change for pair in pairs]
    return ChangeSummary(
        tuple(pairs),
        sum(each < 0 for each in points),
        sum(each == 0 for each in points),
        sum(each > 0 for each in points),
        spread(points),
        estimate(points),
    )


def main_technique(session: Session, leg: Leg) -> Technique | None:
    """Return the technique used longest on a leg; the flat hand only if it was the only one.

    Nearly every routine begins and ends with the flat hand, so it would distinguish nothing.
    """
    seconds: dict[Technique, int] = {}
    for work in session.work:
        if work.leg is leg and work.seconds:
            seconds[work.technique] = seconds.get(work.technique, 0) + work.seconds
    return max(
        (technique for technique in Technique if technique in seconds),
        key=lambda technique: (technique.firm, seconds[technique]),
        default=None,
    )


def _linked(ratings: Iterable[Rating], moment: Moment) -> dict[str, Rating]:
    """Return the newest rating of a moment for each session."""
    return {each.session: each for each in ratings if each.session and each.moment is moment}


def _pairs_after(sessions: Iterable[Session], ratings: Sequence[Rating]) -> list[RatingPair]:
    before, after = _linked(ratings, Moment.BEFORE), _linked(ratings, Moment.AFTER)
    return [
        RatingPair(session, before[session.id], after[session.id])
        for session in sessions
        if session.id in before and session.id in after
    ]


def _pairs_next_morning(sessions: Iterable[Session], ratings: Sequence[Rating]) -> list[RatingPair]:
    """Pair each morning with the last session before it; a link in the rating takes precedence."""
    before, linked = _linked(ratings, Moment.BEFORE), _linked(ratings, Moment.MORNING)
    by_day = {
        day_of(each): each
        for each in ratings
        if each.moment is Moment.MORNING and each.session is None
    }
    last = {morning_after(session): session for session in sessions}
    found = []
    for day, session in last.items():
        morning = linked.get(session.id) or by_day.get(day)
        if session.id in before and morning is not None:
            found.append(RatingPair(session, before[session.id], morning))
    return found


def _grouped(pairs: Iterable[RatingPair], key: Callable[[RatingPair], _K | None]) -> Groups[_K]:
    groups: dict[_K, list[RatingPair]] = {}
    for pair in pairs:
        name = key(pair)
        if name is not None:
            groups.setdefault(name, []).append(pair)
    enough = {name: changes(group) for name, group in groups.items() if len(group) >= FEWEST}
    short = {name: len(group) for name, group in groups.items() if name not in enough}
    return Groups(enough, short)


def _selection(sessions: Iterable[Session], ratings: Iterable[Rating], period: Period) -> Selection:
    """Compare the ratings before sessions with those on days without one."""
    days = {day_of(session) for session in sessions}
    ids = {session.id for session in sessions}
    before, others = [], []
    for each in ratings:
        if day_of(each) not in period:
            continue
        if each.moment is Moment.BEFORE and each.session in ids:
            before.append(each.score)
        elif each.moment in _OTHERS and day_of(each) not in days:
            others.append(each.score)
    one, two = spread(before), spread(others)
    caution = None
    if one is not None and (two is None or two.count < FEWEST):
        caution = Caution.TOO_FEW_OTHERS
    elif one is not None and two is not None and one.median - two.median >= SORER_BY:
        caution = Caution.SORER_DAYS
    return Selection(one, two, caution)


_OTHERS = frozenset({Moment.MORNING, Moment.OTHER})


def _mornings(sessions: Iterable[Session], ratings: Iterable[Rating], period: Period) -> Mornings:
    """Compare mornings after a session with the others; each counts once, at its worst."""
    massaged = {morning_after(session) for session in sessions}
    worst: dict[date, int] = {}
    for each in ratings:
        day = day_of(each)
        if each.moment is Moment.MORNING and day in period:
            worst[day] = max(worst.get(day, 0), each.score)
    after = [score for day, score in worst.items() if day in massaged]
    other = [score for day, score in worst.items() if day not in massaged]
    return Mornings(spread(after), spread(other))
