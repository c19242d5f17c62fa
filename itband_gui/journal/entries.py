"""The lines of the journal, as they stand in the file: one frozen struct for each kind."""

import os
from datetime import UTC, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Annotated, NamedTuple
from uuid import UUID, uuid1

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType
from msgspec.structs import replace

from itband_gui.leg.names import Leg, Place, Technique, Zone


class Kind(StrEnum):
    """What an entry is about; the `kind` of its line in the file."""

    RATING = "rating"
    SESSION = "session"
    RUN = "run"
    REST_DAY = "rest-day"
    ACTIVITY = "activity"
    SIGN = "sign"


class Moment(StrEnum):
    """When a leg was rated."""

    BEFORE = "before"
    AFTER = "after"
    MORNING = "morning"
    LAST_RUN = "last-run"
    OTHER = "other"


class Ended(StrEnum):
    """Why a session ended: played through, stopped by a symptom, or ended early by choice."""

    FINISHED = "finished"
    STOPPED = "stopped"
    ENDED_EARLY = "ended-early"


class Resolution(StrEnum):
    """Why a warning sign is no longer open."""

    GONE = "gone"
    CLINICIAN_AGREED = "clinician-agreed"


class Sport(StrEnum):
    """Which activity, that is no run."""

    STRENGTH = "strength"  # squats and lunges too
    CYCLING = "cycling"
    HIKING = "hiking"
    SWIMMING = "swimming"
    TENNIS = "tennis"
    TEAM_SPORT = "team-sport"
    WALKING = "walking"
    YOGA = "yoga"
    OTHER = "other"


class Limits(NamedTuple):
    """A lowest and a highest allowed value, both included."""

    low: int
    high: int


# Our choice throughout: wide enough for any real day, narrow enough to catch a slip or an attack.
SCORE = Limits(0, 10)
NOTE_LENGTH = Limits(0, 4_000)  # characters
RUN_MINUTES = Limits(1, 24 * 60)
DISTANCE_KM = Limits(0, 500)
YEARS = Limits(1900, 2200)  # what a file may hold; `check` also refuses the future
REVISION = Limits(1, 1_000_000)
COUNT = Limits(0, 100_000)
SECONDS = Limits(0, 24 * 60 * 60)
NAME_LENGTH = Limits(1, 64)
LEGS = Limits(1, 2)
PLACES = Limits(0, 32)
WORKS = Limits(0, 1_000)
EARLIER = Limits(1, 32)  # versions of an entry that its line remembers

Score = Annotated[int, Meta(ge=SCORE.low, le=SCORE.high)]
Name = Annotated[str, Meta(min_length=NAME_LENGTH.low, max_length=NAME_LENGTH.high)]
Note = Annotated[str, Meta(max_length=NOTE_LENGTH.high)]
At = Annotated[datetime, Meta(tz=True)]
Revision = Annotated[int, Meta(ge=REVISION.low, le=REVISION.high)]
Count = Annotated[int, Meta(ge=COUNT.low, le=COUNT.high)]
Seconds = Annotated[int, Meta(ge=SECONDS.low, le=SECONDS.high)]
Minutes = Annotated[int, Meta(ge=RUN_MINUTES.low, le=RUN_MINUTES.high)]
Kilometres = Annotated[float, Meta(ge=DISTANCE_KM.low, le=DISTANCE_KM.high)]
Legs = Annotated[tuple[Leg, ...], Meta(min_length=LEGS.low, max_length=LEGS.high)]
Places = Annotated[tuple[Place, ...], Meta(max_length=PLACES.high)]
Mark = Annotated[str, Meta(min_length=12, max_length=12)]  # of a version: see `versions.mark`
Was = Annotated[tuple[Mark, ...], Meta(min_length=EARLIER.low, max_length=EARLIER.high)]


class _Line(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", gc=False
):
    """What every line has; `was` names its earlier versions, newest last, where there are any."""

    id: Name
    rev: Revision = 1
    at: At
    was: Was | UnsetType = UNSET


class _Common(_Line, frozen=True, kw_only=True, gc=False):
    """What every entry has; `note` is declared last in each kind, for its place in the line."""

    @property
    def kind(self) -> Kind:
        """What the entry is about."""
        return Kind(str(self.__struct_config__.tag))

    @property
    def about(self) -> tuple[Leg, ...]:
        """The legs that the entry is about; empty for one about the whole runner."""
        return ()


class Rating(_Common, frozen=True, kw_only=True, tag="rating", gc=False):
    """How sore one leg was, 0 (not at all) to 10, where, and in which session if in one."""

    leg: Leg
    moment: Moment
    score: Score
    places: Places = ()
    session: Name | None = None
    note: Note = ""

    @property
    def about(self) -> tuple[Leg, ...]:
        """The rated leg."""
        return (self.leg,)


class Work(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What was really done on one zone of one leg: strokes, and seconds with hands on."""

    leg: Leg
    zone: Zone
    technique: Technique
    strokes: Count
    seconds: Seconds


class Session(_Common, frozen=True, kw_only=True, tag="session", gc=False):
    """A session as it was really done; `at` is its start, counts are of sets.

    `legs` are those that it was meant for: one that ended early may have left the second alone.
    `stopped_for` names a reason of safety.toml, and `stopped_leg` the leg that it was about; both
    are left out where nothing was said, so that a line without them reads as it always did.
    """

    routine: Name
    legs: Legs
    work: Annotated[tuple[Work, ...], Meta(max_length=WORKS.high)] = ()
    hands_on_seconds: Seconds
    total_seconds: Seconds
    skipped: Count = 0
    repeated: Count = 0
    eased: Count = 0
    ended: Ended
    stopped_for: Name | UnsetType = UNSET
    stopped_leg: Leg | UnsetType = UNSET
    note: Note = ""

    @property
    def about(self) -> tuple[Leg, ...]:
        """The legs that it was meant for."""
        return self.legs

    def worked_on(self, leg: Leg) -> bool:
        """Whether hands were on a leg; where the file names no work, on all that it was for."""
        if not self.work:
            return leg in self.legs and self.hands_on_seconds > 0
        return any(work.leg is leg and work.seconds > 0 for work in self.work)


class Run(_Common, frozen=True, kw_only=True, tag="run", gc=False):
    """A run: minutes, effort 0 to 10, kilometres, the worst soreness 0 to 10 while running."""

    minutes: Minutes
    effort: Score
    distance_km: Kilometres | None = None
    worst: Score | None = None
    changed_stride: bool = False
    note: Note = ""


class RestDay(_Common, frozen=True, kw_only=True, tag="rest-day", gc=False):
    """A day without running, chosen."""

    note: Note = ""


class Activity(_Common, frozen=True, kw_only=True, tag="activity", gc=False):
    """Sport that is no run: minutes, effort 0 to 10."""

    sport: Sport
    minutes: Minutes
    effort: Score
    note: Note = ""


class Sign(_Common, frozen=True, kw_only=True, tag="sign", gc=False):
    """A warning sign of safety.toml; open until it is resolved, and then it says why."""

    sign: Name
    leg: Leg | None = None
    resolved: At | None = None
    resolution: Resolution | None = None
    note: Note = ""

    @property
    def about(self) -> tuple[Leg, ...]:
        """The leg with the sign, if it is on a leg."""
        return () if self.leg is None else (self.leg,)


class Removed(_Line, frozen=True, kw_only=True, tag="removed", gc=False):
    """The entry of this id was taken out at `at`; told to other machines, then forgotten."""


class ConflictingVersion(_Line, frozen=True, kw_only=True, tag="overruled", gc=False):
    """A version of the entry `of` that lost a merge, kept byte for byte until the user decides."""

    of: Name
    version: Raw

    @property
    def entry(self) -> "Entry | None":
        """The version as an entry; None for a removal, or what only a newer program can read."""
        line = known_part(bytes(self.version))
        return None if isinstance(line, Removed | ConflictingVersion) else line


class UnknownLine(NamedTuple):
    """A line that only a newer version of this program can read; kept byte for byte."""

    id: str
    rev: int
    at: datetime
    was: tuple[str, ...]


# What the decoder raises on hostile bytes; the last for brackets nested thousands deep.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
Entry = Rating | Session | Run | RestDay | Activity | Sign
Line = Entry | Removed | ConflictingVersion
AnyLine = Line | UnknownLine
ENTRY_TYPES: dict[str, type[Entry]] = {
    "rating": Rating,
    "session": Session,
    "run": Run,
    "rest-day": RestDay,
    "activity": Activity,
    "sign": Sign,
}
LINE_TYPES: dict[str, type[Line]] = {
    **ENTRY_TYPES,
    "removed": Removed,
    "overruled": ConflictingVersion,
}


def known_part(data: bytes) -> Line | None:
    """Return what a line of JSON holds, leaving out unknown fields; None if that is no line."""
    try:
        fields = msgspec.json.decode(data)
    except UNREADABLE:  # as a number beyond all numbers in a field that is unknown here
        return None
    kind = fields.get("kind") if isinstance(fields, dict) else None
    line_type = LINE_TYPES.get(kind) if isinstance(kind, str) else None
    if line_type is None:
        return None
    known = {"kind", *line_type.__struct_fields__}
    try:
        return msgspec.convert({key: fields[key] for key in fields if key in known}, line_type)
    except msgspec.ValidationError:
        return None


def has_time(at: datetime) -> bool:
    """Whether an entry has a time of day; midnight sharp stands for a day without one."""
    return at.time() != time.min


def new_id() -> str:
    """Return a fresh id: a UUID of version 6, so that ids made one after another are in order.

    The time in it is a hint for that order and nothing else; the rest is random.
    """
    made = uuid1(node=_random_bits(48), clock_seq=_random_bits(14))
    time = (made.time >> 12 << 80) | (made.time & 0xFFF) << 64
    return str(UUID(int=time | (6 << 76) | made.int & ((1 << 64) - 1)))


def _random_bits(count: int) -> int:
    return int.from_bytes(os.urandom(8)) >> (64 - count)  # `secrets` takes 5 ms to import


def stamp(moment: datetime) -> datetime:
    """Return an aware time as the journal keeps it: whole seconds, an offset of whole minutes."""
    exact = moment.utcoffset() or timedelta()
    is_stamped = not (moment.microsecond or exact.microseconds or exact.seconds % 60)
    if is_stamped and type(moment.tzinfo) is timezone:
        return moment
    offset = timedelta(minutes=round(exact / timedelta(minutes=1)))
    zone = UTC if not offset else timezone(offset)
    return moment.astimezone(zone).replace(microsecond=0)


def stamped(entry: Entry) -> Entry:
    """Return the entry with its times as the journal keeps them, itself if it has; see `stamp`."""
    if isinstance(entry, Sign) and entry.resolved is not None:
        resolved = stamp(entry.resolved)
        entry = entry if resolved is entry.resolved else replace(entry, resolved=resolved)
    at = stamp(entry.at)
    return entry if at is entry.at else replace(entry, at=at)
