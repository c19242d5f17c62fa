"""Returns the local time and converts local times to instants.

All local times of the program are made here, so that typed, given and imported times agree. The
zone is looked up each time because it may change while the program runs.
"""

import os
import time as system_time
from datetime import UTC, datetime, time, timedelta, timezone

_MINUTE = timedelta(minutes=1)
_DAY_SECONDS = 24 * 60 * 60  # Python's offsets are all shorter
_CYCLE_YEARS = 28  # weekdays and leap years repeat after it
_FIRST_YEAR = 1971  # the first whole year that Windows can convert


def local_now() -> datetime:
    """Return the local time with its offset."""
    _look_up_zone()
    return datetime.now().astimezone()


def local_instant(wall: datetime, offset: timedelta | None = None) -> datetime:
    """Return a local wall time as an aware time, with an offset of whole minutes.

    A time that occurred twice means the first, unless the second has `offset`. A time skipped when
    the clocks went forward moves forward with them: 02:30 becomes 03:30. Midnight stands for a day
    without a time and stays midnight, with the offset from before the change; so does a time that
    would otherwise move to the next day.

    Args:
        wall: a naive time.
        offset: the clock's offset from UTC at that time, if known.

    Raises:
        ValueError, OverflowError, OSError: this computer knows no offset for that year.

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
    """Use UTC if the zone is a day or more away from it; return the rejected name, or ""."""
    if max(abs(system_time.timezone), abs(system_time.altzone)) < _DAY_SECONDS:
        return ""
    unusable = os.environ.get("TZ", "")
    os.environ["TZ"] = "UTC"
    _look_up_zone()
    return unusable


def _look_up_zone() -> None:
    """Make the C library, which Qt uses too, read the zone again; not possible on Windows."""
    if hasattr(system_time, "tzset"):
        system_time.tzset()


def _seconds(wall: datetime) -> float:
    """Return a naive local time as seconds since 1970.

    Windows cannot convert earlier years; as it applies today's rules to every year, a later year
    with the same calendar gives the answer.
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
    """Return a naive time with the offset that makes it the given instant."""
    instant = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    offset = round((wall.replace(tzinfo=UTC) - instant) / _MINUTE) * _MINUTE
    return wall.replace(tzinfo=timezone(offset) if offset else UTC, fold=0)
