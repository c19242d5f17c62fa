"""The clock of this place: what time it is here, and which instant a local time means.

Every local time of the program is made here, so that what is typed, given and imported comes to
the same instant. The zone is looked up each time: it may be changed while the program runs.
"""

import os
import time as system_time
from datetime import UTC, datetime, time, timedelta, timezone

_MINUTE = timedelta(minutes=1)
_DAY_SECONDS = 24 * 60 * 60  # Python has no offset as long as that
_CYCLE_YEARS = 28  # after which weekdays and leap years are the same
_FIRST_YEAR = 1971  # the first whole year of which Windows knows


def local_now() -> datetime:
    """Return the time here, with its offset."""
    _look_up_zone()
    return datetime.now().astimezone()


def local_instant(wall: datetime, offset: timedelta | None = None) -> datetime:
    """Return a time on the clock here as an aware time, with an offset of whole minutes.

    Of a time that was there twice the first is meant, unless the second has `offset`. One that was
    skipped, as the clocks were put forward, is as much later as they were: 02:30 is 03:30. Midnight
    stands for a day without a time and stays midnight of its day: it keeps the offset from before
    the change, and so does what would come to another day.

    Args:
        wall: a naive time.
        offset: what the clock here was ahead of UTC when it told this time, if that is known.

    Raises:
        ValueError, OverflowError, OSError: this machine knows no offset for that year.

    """
    _look_up_zone()
    first, second = (_seconds(wall.replace(fold=fold)) for fold in (0, 1))
    if second < first and wall.time() != time.min:
        later = wall + timedelta(seconds=first - second)
        if later.date() == wall.date():
            return _placed(later, first)
    if second > first and wall.time() != time.min:
        again = _placed(wall, second)
        if again.utcoffset() == offset:
            return again
    return _placed(wall, first)


def settle_zone() -> str:
    """Use UTC where the zone is set to one that no clock has; return its name then, or ""."""
    if max(abs(system_time.timezone), abs(system_time.altzone)) < _DAY_SECONDS:
        return ""
    unusable = os.environ.get("TZ", "")
    os.environ["TZ"] = "UTC"
    _look_up_zone()
    return unusable


def _look_up_zone() -> None:
    """Have the C library, which Qt asks too, look at the zone again; Windows cannot."""
    if hasattr(system_time, "tzset"):
        system_time.tzset()


def _seconds(wall: datetime) -> float:
    """Return the seconds since 1970 until a naive time.

    Windows knows no earlier year; its clocks follow today's rules in all years, so that one with
    the same calendar tells.
    """
    try:
        return wall.timestamp()
    except OSError:
        if wall.year >= _FIRST_YEAR:
            raise
        cycles = -((wall.year - _FIRST_YEAR) // _CYCLE_YEARS)
        later = wall.replace(year=wall.year + cycles * _CYCLE_YEARS)
        return later.timestamp() - (later - wall).total_seconds()


def _placed(wall: datetime, seconds: float) -> datetime:
    """Return a naive time with the offset under which it is that instant."""
    instant = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    offset = round((wall.replace(tzinfo=UTC) - instant) / _MINUTE) * _MINUTE
    return wall.replace(tzinfo=timezone(offset) if offset else UTC, fold=0)
