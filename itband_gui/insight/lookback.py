"""The journal as it stood at a moment, limited to what matters for running then."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from statistics import median

import msgspec

from itband_gui.insight.days import DAY, WEEK_DAYS, E, by_night, day_of
from itband_gui.journal.entries import Entry, Moment, Rating, Run, Session, Sign
from itband_gui.leg.names import Leg

# Our choice: longer than the 14 days for which a run counts, and the 14 before it.
LOOK_BACK_DAYS = 40
# Our choice: a rating of the last run belongs to the run logged at most two days before it.
RUN_RATED_WITHIN_DAYS = 2
# Our choice: fewer rated mornings among the seven days before give no usual level.
USUAL_NEEDS = 3
FOUR_WEEKS = 28  # days; a usual that creeps up is compared with the one back then (our choice)
# How sore a leg is in daily life. First steps stand in for walking and stairs, which nothing else
# asks about (our choice). Ratings after massage never count: the effect of rolling is gone within
# ten minutes (D'Amico 2021).
NOW = frozenset({Moment.BEFORE, Moment.MORNING, Moment.OTHER})


class RunWithRatings(msgspec.Struct, frozen=True):
    """A run with its ratings; `run` is None if it was rated but not logged.

    Attributes:
        worst: the worst soreness while running, 0 to 10; None if unknown.
        entries: the run, and the ratings with the worst score.

    """

    day: date
    run: Run | None
    worst: int | None
    entries: tuple[Entry, ...]

    @property
    def changed_stride(self) -> bool:
        """Whether the runner limped or changed stride."""
        return self.run is not None and self.run.changed_stride


class JournalAt(msgspec.Struct, frozen=True):
    """The journal as it stood at a moment.

    Attributes:
        moment: an aware local time; its date is `this_day`.
        entries: the entries of the last weeks, oldest first.
        signs: every warning sign logged by then, however old.
        ever_ran: whether any run was logged or rated by then.

    """

    moment: datetime
    entries: tuple[Entry, ...]
    signs: tuple[Sign, ...]
    ever_ran: bool

    @property
    def this_day(self) -> date:
        """The day being judged."""
        return self.moment.date()

    def day(self, entry: Entry) -> date:
        """Return an entry's day; if it was written further east, it says tomorrow."""
        return min(day_of(entry), self.this_day)

    def day_here(self, moment: datetime) -> date:
        """Return the local day of an instant."""
        return moment.astimezone(self.moment.tzinfo).date()

    def of(self, kind: type[E], days: int) -> list[E]:
        """Return the entries of a kind from the last `days` days, including today, oldest first."""
        first = self.this_day - (days - 1) * DAY
        # No two time zones are two days apart, so nothing before this belongs to those days.
        start = bisect_left(self.entries, self.moment - (days + 2) * DAY, key=_at)
        return [e for e in self.entries[start:] if isinstance(e, kind) and day_of(e) >= first]

    def now_ratings(self, leg: Leg, day: date) -> list[Rating]:
        """Return a leg's ratings in daily life on a day."""
        return [
            each
            for each in self.of(Rating, (self.this_day - day).days + 1)
            if each.leg is leg and each.moment in NOW and self.day(each) == day
        ]

    def untouched(self, leg: Leg) -> list[Rating]:
        """Return today's ratings given before any massage of the leg today.

        Only they can favour running, as a leg feels better for some minutes after a massage. A
        massage in the small hours belongs to the night, and is over by the morning.
        """
        sessions = [each for each in self.of(Session, 1) if each.worked_on(leg)]

        def massaged_before(rating: Rating) -> bool:
            return any(
                each.at < rating.at
                and not (by_night(each) and not by_night(rating))
                and not (rating.moment is Moment.BEFORE and rating.session == each.id)
                for each in sessions
            )

        return [each for each in self.now_ratings(leg, self.this_day) if not massaged_before(each)]

    def mornings(self, leg: Leg) -> list[int]:
        """Return the worst score of each rated morning among the seven days before today."""
        return _in_week(self._worst_mornings(leg, WEEK_DAYS), 1)

    def usual(self, leg: Leg) -> float | None:
        """Return the leg's 7-day median of mornings, or None if there are too few."""
        return _usual(self.mornings(leg))

    def earlier_usual(self, leg: Leg) -> float | None:
        """Return the usual morning of four weeks ago, or the earliest one known since then.

        The latest week considered is the one before last; None if nothing is known by then.
        """
        worst = self._worst_mornings(leg, FOUR_WEEKS)
        weeks = (_in_week(worst, ending) for ending in range(FOUR_WEEKS - WEEK_DAYS, WEEK_DAYS, -1))
        return next((usual for usual in map(_usual, weeks) if usual is not None), None)

    def _worst_mornings(self, leg: Leg, days: int) -> dict[int, int]:
        """Return the worst score of each rated morning, keyed by days ago (1 or more)."""
        worst: dict[int, int] = {}
        for each in self.of(Rating, days + 1):
            if each.leg is leg and each.moment is Moment.MORNING:
                ago = (self.this_day - self.day(each)).days
                worst[ago] = max(worst.get(ago, 0), each.score)
        worst.pop(0, None)
        return worst

    def outings(self) -> list[RunWithRatings]:
        """Return the runs of the last weeks, oldest first, each with its ratings."""
        groups: list[tuple[Run | None, list[Rating]]] = []
        for entry in self.entries:
            if isinstance(entry, Run):
                groups.append((entry, []))
            elif isinstance(entry, Rating) and entry.moment is Moment.LAST_RUN:
                if not groups or not self._rates(entry, *groups[-1]):
                    groups.append((None, []))
                groups[-1][1].append(entry)
        return [self._outing(run, ratings) for run, ratings in groups]

    def _rates(self, rating: Rating, run: Run | None, others: list[Rating]) -> bool:
        days = (self.day(rating) - self.day(run or others[0])).days
        # A run logged with its soreness is rated again by the next day at the latest; a later
        # rating belongs to a run that was not logged.
        if run is None:
            return days == 0
        return days <= (RUN_RATED_WITHIN_DAYS if run.worst is None else 1)

    def _outing(self, run: Run | None, ratings: list[Rating]) -> RunWithRatings:
        scores = [each.score for each in ratings]
        if run is not None and run.worst is not None:
            scores.append(run.worst)
        worst = max(scores, default=None)
        telling = tuple(each for each in ratings if each.score == worst)
        entries: tuple[Entry, ...] = telling if run is None else (run, *telling)
        return RunWithRatings(self.day(run or ratings[0]), run, worst, entries)


def _at(entry: Entry) -> datetime:
    return entry.at


def _in_week(worst: Mapping[int, int], ending: int) -> list[int]:
    """Return the mornings of the seven days that ended `ending` days ago."""
    return [score for ago, score in worst.items() if ending <= ago < ending + WEEK_DAYS]


def _usual(mornings: Sequence[int]) -> float | None:
    return median(mornings) if len(mornings) >= USUAL_NEEDS else None


class Lookback:
    """The entries, prepared for views as of any moment."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.at)
        self._times = [entry.at for entry in self._entries]
        self._signs = [entry for entry in self._entries if isinstance(entry, Sign)]
        self._first_run = next(
            (
                e.at
                for e in self._entries
                if isinstance(e, Run) or (isinstance(e, Rating) and e.moment is Moment.LAST_RUN)
            ),
            None,
        )

    def end_of(self, day: date, now: datetime) -> datetime:
        """Return the last instant of a day that can be judged at `now`.

        Entries of that day in their own time zone belong to it, even if it had ended here.
        """
        if day == now.date():
            return now
        end = datetime.combine(day, time.max, now.tzinfo)
        start, stop = bisect_right(self._times, end), bisect_right(self._times, min(end + DAY, now))
        return max([end, *(e.at for e in self._entries[start:stop] if day_of(e) == day)])

    def view(self, now: datetime) -> JournalAt:
        """Return the journal as of `now`."""
        start = bisect_left(self._times, now - LOOK_BACK_DAYS * DAY)
        signs = (sign for sign in self._signs if sign.at <= now)
        ever_ran = self._first_run is not None and self._first_run <= now
        entries = self._entries[start : bisect_right(self._times, now)]
        return JournalAt(now, tuple(entries), tuple(signs), ever_ran)


# The light judges each day of the last three weeks as of that day.
_DAYS = LOOK_BACK_DAYS + 3 * WEEK_DAYS + 1


def relevant_entries(entries: Sequence[Entry], now: datetime) -> list[Entry]:
    """Return the entries that today's light and questions depend on.

    These are the last weeks, every older sign and the first run; `readiness` and `due` give the
    same answers for them as for all. `entries` are oldest first.
    """
    start = bisect_left(entries, now - _DAYS * DAY, key=lambda entry: entry.at)
    older = entries[:start]
    first_run = next((each for each in older if _tells_of_running(each)), None)
    signs = [each for each in older if isinstance(each, Sign)]
    return [*([first_run] if first_run else []), *signs, *entries[start:]]


def _tells_of_running(entry: Entry) -> bool:
    return isinstance(entry, Run) or (isinstance(entry, Rating) and entry.moment is Moment.LAST_RUN)
