"""Which entries look as if they were noted before, under another id.

Alike are entries of one kind, about the same leg, sport or sign, of the same minute. Days without a
time are alike if their ratings may be of the same moment, and like a time of that day if the score,
or the minutes, are the same too.
"""

from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, datetime

from msgspec.structs import replace

from itband_gui.journal.entries import (
    Activity,
    Entry,
    Moment,
    Rating,
    RestDay,
    Run,
    Session,
    Sign,
    has_time,
)

_Key = tuple[Hashable, ...]
_ANY = ""  # moment
_APART = {Moment.BEFORE: Moment.AFTER, Moment.AFTER: Moment.BEFORE}


class Noted:
    """Entries to compare others with."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._keys = {
            (*about, *when)
            for entry in entries
            for about in _about(entry, _moments_told(entry))
            for when in (*_minutes(entry), *_days(entry, is_bare=not has_time(entry.at)))
        }

    def looks_like_one(self, entry: Entry) -> bool:
        """Whether one of them looks like this entry."""
        is_bare = not has_time(entry.at)
        return any(
            (*about, *when) in self._keys
            for about in _about(entry, _moments_sought(entry, exactly=is_bare))
            for when in _minutes(entry)
        ) or any(
            (*about, *when) in self._keys
            for about in _about(entry, _moments_sought(entry, exactly=True))
            for when in _days(entry, is_bare=not is_bare)
        )


def said_again(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield those that say what one before them says, ids and blanks around notes aside."""
    said = set()
    for entry in entries:
        plain = replace(entry, id="", note=entry.note.strip())
        if plain in said:
            yield entry
        said.add(plain)


def _about(entry: Entry, moments: tuple[str, ...]) -> Iterator[_Key]:
    """Yield the ways to say what an entry is about; of a rating one for each moment."""
    if isinstance(entry, Rating):
        yield from ((entry.kind, entry.leg, moment) for moment in moments)
    elif isinstance(entry, Session):
        yield entry.kind, frozenset(entry.legs)
    elif isinstance(entry, Activity):
        yield entry.kind, entry.sport
    elif isinstance(entry, Sign):
        yield entry.kind, entry.sign, entry.leg
    else:
        yield (entry.kind,)


def _moments_told(entry: Entry) -> tuple[str, ...]:
    return (entry.moment, _ANY) if isinstance(entry, Rating) else ()


def _moments_sought(entry: Entry, *, exactly: bool) -> tuple[str, ...]:
    """Return the moments that an entry's may be: `other` is what a row without one has.

    Of the same minute all are alike but `before` and `after`, as of a session that ended at once.
    """
    if not isinstance(entry, Rating):
        return ()
    if entry.moment is Moment.OTHER:
        return (_ANY,)
    if exactly:
        return entry.moment, Moment.OTHER
    apart = _APART.get(entry.moment)
    return tuple(moment for moment in Moment if moment is not apart)


def _minutes(entry: Entry) -> Iterator[_Key]:
    """Yield the minute of an entry, by its own clock and by all clocks."""
    if isinstance(entry, RestDay):
        yield (entry.at.date(),)
        return
    is_bare = not has_time(entry.at)
    yield ("here", is_bare, _minute(entry.at))
    if not is_bare:
        yield ("anywhere", _minute(entry.at.astimezone(UTC)))


def _days(entry: Entry, *, is_bare: bool) -> Iterator[_Key]:
    """Yield the day of an entry with its figure, for one with a time beside one without."""
    if isinstance(entry, Rating):
        yield is_bare, entry.at.date(), entry.score
    elif isinstance(entry, Run | Activity):
        yield is_bare, entry.at.date(), entry.minutes
    elif isinstance(entry, Sign):
        yield is_bare, entry.at.date()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0, tzinfo=None)
