"""Which backups stay as time goes by; rules about times only, so that they can be tested whole.

Days, weeks (from Monday) and months are those of UTC, as in the names of the copies.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable
from datetime import UTC, datetime, timedelta

RECENT = timedelta(hours=48)
DAILY, WEEKLY, MONTHLY = 12, 10, 9  # Anki's
PINNED_NEWEST = 20  # our choice, as is the next
PINNED_FOR = timedelta(days=180)

_Period = Callable[[datetime], Hashable]


def kept(times: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Return those of `times`, aware, at which a copy made by the clock stays.

    All of the last 48 hours stay, and all that lie in the future (a clock was wrong). Of the older
    ones, newest first, 12 stay that are each of another day, then 10 each of another week, then 9
    each of another month: always the newest there is of its day, week or month, and none of one
    from which a newer one stays already. Done again and again, what is left of a week is of its
    last day, and of a month of its last Sunday. Days without a copy do not count, so that a year
    away costs nothing, and a clock that runs ahead thins the copies but never removes all. The
    newest always stays.
    """
    places = [_day] * DAILY + [_week] * WEEKLY + [_month] * MONTHLY
    places.reverse()
    stay: list[datetime] = []
    for time in sorted((time.astimezone(UTC) for time in times), reverse=True):
        if time >= now - RECENT:
            stay.append(time)
        elif places and (not stay or places[-1](time) != places[-1](stay[-1])):
            stay.append(time)
            places.pop()
    return frozenset(stay)


def kept_pinned(times: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Return those of `times`, aware, at which a copy made for one reason, not by the clock, stays.

    The 20 newest by now stay whatever their age, and for 180 days the first of each day: it holds
    the journal as it was before anything of the kind was done on that day. All that lie in the
    future stay too (a clock was wrong): they push no newer one out.
    """
    ordered = sorted(time.astimezone(UTC) for time in times)
    firsts: dict[Hashable, datetime] = {}
    for time in ordered:
        firsts.setdefault(_day(time), time)
    young = (time for time in firsts.values() if time >= now - PINNED_FOR)
    past = bisect_right(ordered, now)
    return frozenset((*ordered[max(0, past - PINNED_NEWEST) :], *young))


def _day(time: datetime) -> Hashable:
    return time.date()


def _week(time: datetime) -> Hashable:
    return time.isocalendar()[:2]


def _month(time: datetime) -> Hashable:
    return time.year, time.month
