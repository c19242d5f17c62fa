"""An entry as one line for the terminal."""

from collections.abc import Iterator

from itband_gui.journal.entries import Activity, Entry, Rating, Run, Session, Sign, has_time
from itband_gui.leg.names import Leg


def described(entry: Entry) -> str:
    """Return an entry as one line for the terminal."""
    day = f"{entry.at:%Y-%m-%d}"
    when = f"{entry.at:%Y-%m-%d %H:%M}" if has_time(entry.at) else f"{day:<16}"
    parts = [f"{when} {entry.at:%z}", f"{entry.kind:<8}", *_details(entry)]
    if entry.note:
        parts.append(f'"{entry.note}"')
    return "  ".join(parts)


def _details(entry: Entry) -> Iterator[str]:
    yield f"{'+'.join(entry.about) or '-':<5}"
    if isinstance(entry, Rating):
        yield f"{entry.moment:<8}"
        yield f"{entry.score}/10"
        yield from ((", ".join(entry.places),) if entry.places else ())
    elif isinstance(entry, Session):
        yield entry.routine
        leg = f" ({entry.stopped_leg} leg)" if isinstance(entry.stopped_leg, Leg) else ""
        yield f"{entry.ended}{leg}, {_minutes(entry.hands_on_seconds)} hands on"
    elif isinstance(entry, Run):
        yield f"{entry.minutes} min, effort {entry.effort}/10"
        yield from (() if entry.distance_km is None else (f"{entry.distance_km:g} km",))
        yield from (() if entry.worst is None else (f"worst {entry.worst}/10",))
        yield from (("changed stride",) if entry.changed_stride else ())
    elif isinstance(entry, Activity):
        yield f"{entry.sport}, {entry.minutes} min, effort {entry.effort}/10"
    elif isinstance(entry, Sign):
        yield entry.sign
        yield f"resolved: {entry.resolution}" if entry.resolution else "open"


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02} min"
