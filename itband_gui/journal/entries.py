"""Defines the lines of the journal file: one frozen struct for each kind."""

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
    """The kinds of entry, as in the `kind` of a line in the file."""

    RATING = "rating"
    SESSION = "session"
    RUN = "run"
    REST_DAY = "rest-day"
    ACTIVITY = "activity"
    SIGN = "sign"


class Moment(StrEnum):
    """The moments at which a leg is rated."""

    BEFORE = "before"
    AFTER = "after"
    MORNING = "morning"
    LAST_RUN = "last-run"
    OTHER = "other"


class Ended(StrEnum):
    """Why a session ended: completed, stopped by a symptom, or ended early by choice."""

    FINISHED = "finished"
    STOPPED = "stopped"
    ENDED_EARLY = "ended-early"


class Resolution(StrEnum):
    """Why a warning sign is no longer open."""

    GONE = "gone"
    CLINICIAN_AGREED = "clinician-agreed"


class Sport(StrEnum):
    """Sports other than running."""

    STRENGTH = "strength"  # including squats and lunges
    CYCLING = "cycling"
    HIKING = "hiking"
    SWIMMING = "swimming"
    TENNIS = "tennis"
    TEAM_SPORT = "team-sport"
    WALKING = "walking"
    YOGA = "yoga"
    OTHER = "other"


class Limits(NamedTuple):
    """An allowed range, including both ends."""

    low: int
    high: int


# All our choice: wide enough for any real day, narrow enough to catch a slip or an attack.
SCORE = Limits(0, 10)
NOTE_LENGTH = Limits(0, 4_000)  # characters
RUN_MINUTES = Limits(1, 24 * 60)
DISTANCE_KM = Limits(0, 500)
YEARS = Limits(1900, 2200)  # in a file; `check` also refuses the future
REVISION = Limits(1, 1_000_000)
COUNT = Limits(0, 100_000)
SECONDS = Limits(0, 24 * 60 * 60)
NAME_LENGTH = Limits(1, 64)
LEGS = Limits(1, 2)
PLACES = Limits(0, 32)
WORKS = Limits(0, 1_000)
EARLIER = Limits(1, 32)  # earlier versions named in a line

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
Mark = Annotated[str, Meta(min_length=12, max_length=12)]  # see `versions.mark`
Was = Annotated[tuple[Mark, ...], Meta(min_length=EARLIER.low, max_length=EARLIER.high)]


class _Line(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", gc=False
):
    """The fields of every line; `was` has the marks of its earlier versions, newest last."""

    id: Name
    rev: Revision = 1
    at: At
    was: Was | UnsetType = UNSET


class _Common(_Line, frozen=True, kw_only=True, gc=False):
    """The base of every entry; each kind declares `note` last because of its place in the line."""

    @property
    def kind(self) -> Kind:
        """The kind of entry."""
        return Kind(str(self.__struct_config__.tag))

    @property
    def about(self) -> tuple[Leg, ...]:
        """The legs that the entry is about; empty if it is about neither leg."""
        return ()


class Rating(_Common, frozen=True, kw_only=True, tag="rating", gc=False):
    """The soreness of one leg, 0 (none) to 10, with the places and the session if there is one."""

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
    """The work actually done on one zone of one leg: strokes and hands-on seconds."""

    leg: Leg
    zone: Zone
    technique: Technique
    strokes: Count
    seconds: Seconds


class Session(_Common, frozen=True, kw_only=True, tag="session", gc=False):
    """A session as it was actually done; `at` is its start, and the counts are of sets.

    `legs` are the planned ones: a session that ended early may not have reached the second.
    `stopped_for` names a reason in safety.toml and `stopped_leg` the leg concerned; both are
    omitted if not given, so that older lines stay the same.
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
        """The legs that the session was planned for."""
        return self.legs

    def worked_on(self, leg: Leg) -> bool:
        """Return whether a leg was massaged; without details of the work, all planned legs were."""
        if not self.work:
            return leg in self.legs and self.hands_on_seconds > 0
        return any(work.leg is leg and work.seconds > 0 for work in self.work)


class Run(_Common, frozen=True, kw_only=True, tag="run", gc=False):
    """A run: minutes, effort 0 to 10, kilometres, and the worst soreness 0 to 10 during it."""

    minutes: Minutes
    effort: Score
    distance_km: Kilometres | None = None
    worst: Score | None = None
    changed_stride: bool = False
    note: Note = ""


class RestDay(_Common, frozen=True, kw_only=True, tag="rest-day", gc=False):
    """A day on which the runner chose not to run."""

    note: Note = ""


class Activity(_Common, frozen=True, kw_only=True, tag="activity", gc=False):
    """Sport other than running: minutes, and effort 0 to 10."""

    sport: Sport
    minutes: Minutes
    effort: Score
    note: Note = ""


class Sign(_Common, frozen=True, kw_only=True, tag="sign", gc=False):
    """A warning sign from safety.toml; open until resolved, with the reason."""

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
    """The removal of the entry with this id at `at`; kept until other computers have it, too."""


class ConflictingVersion(_Line, frozen=True, kw_only=True, tag="overruled", gc=False):
    """A version of the entry `of` that lost in a merge, kept unchanged until the user decides."""

    of: Name
    version: Raw

    @property
    def entry(self) -> "Entry | None":
        """The version as an entry; None for a removal or a line only newer versions can read."""
        line = known_part(bytes(self.version))
        return None if isinstance(line, Removed | ConflictingVersion) else line


class UnknownLine(NamedTuple):
    """A line that only a newer version of this program can read, kept unchanged."""

    id: str
    rev: int
    at: datetime
    was: tuple[str, ...]


# Errors that the decoder raises for hostile bytes; the last for brackets nested thousands deep.
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
    """Return the line in JSON data without its unknown fields; None if it is not a line."""
    try:
        fields = msgspec.json.decode(data)
    except UNREADABLE:  # for example, a huge number in an unknown field
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
    """Return whether a time has a time of day; exact midnight stands for a day without one."""
    return at.time() != time.min


def new_id() -> str:
    """Return a new id, a version 6 UUID, so that ids made one after another sort in that order.

    Its time is only for sorting; the rest is random.
    """
    made = uuid1(node=_random_bits(48), clock_seq=_random_bits(14))
    time = (made.time >> 12 << 80) | (made.time & 0xFFF) << 64
    return str(UUID(int=time | (6 << 76) | made.int & ((1 << 64) - 1)))


def _random_bits(count: int) -> int:
    return int.from_bytes(os.urandom(8)) >> (64 - count)  # `secrets` takes 5 ms to import


def stamp(moment: datetime) -> datetime:
    """Return an aware time as the journal stores it: whole seconds, an offset of whole minutes."""
    exact = moment.utcoffset() or timedelta()
    is_stamped = not (moment.microsecond or exact.microseconds or exact.seconds % 60)
    if is_stamped and type(moment.tzinfo) is timezone:
        return moment
    offset = timedelta(minutes=round(exact / timedelta(minutes=1)))
    zone = UTC if not offset else timezone(offset)
    return moment.astimezone(zone).replace(microsecond=0)


def stamped(entry: Entry) -> Entry:
    """Return the entry with its times stamped, or itself if they are; see `stamp`."""
    if isinstance(entry, Sign) and entry.resolved is not None:
        resolved = stamp(entry.resolved)
        entry = entry if resolved is entry.resolved else replace(entry, resolved=resolved)
    at = stamp(entry.at)
    return entry if at is entry.at else replace(entry, at=at)
