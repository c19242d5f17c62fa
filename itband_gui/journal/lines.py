"""One line of the journal file to an entry and back, with what only a newer version understands."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

from itband_gui.journal.entries import (
    UNREADABLE,
    YEARS,
    AnyLine,
    ConflictingVersion,
    Line,
    Sign,
    UnknownLine,
    known_part,
)
from itband_gui.journal.versions import Version

_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_encoder = msgspec.json.Encoder()


class Flaw(StrEnum):
    """What is wrong with a line, or a file, that the decoder itself has nothing against."""

    ABSURD_YEAR = "absurd-year"  # outside of YEARS
    NOT_ITS_VERSION = "not-its-version"  # what is kept as another version is not one of that entry
    REPEATED_KEY = "repeated-key"
    NO_KIND = "no-kind"  # only the rest of a line is there
    NO_ENTRY = "no-entry"  # nothing in a line tells that it was one
    TOO_MANY_VALUES = "too-many-values"


class LineInvalidError(ValueError):
    """A line that is no entry; `reason` is the decoder's, in its words, or a flaw."""

    def __init__(self, reason: str | Flaw) -> None:
        super().__init__(reason)
        self.reason = reason


class _Outline(msgspec.Struct):
    """What a line must have to be carried along unread."""

    id: str
    at: datetime
    rev: int = 1
    was: tuple[str, ...] = ()


def parse_line(raw: bytes, *, lenient: bool) -> Version:
    """Read one line; `lenient` also takes what a newer version may have added.

    Raises:
        LineInvalidError: not JSON, a wrong type or value, an absurd date, or, unless `lenient`,
            a kind or a field that is unknown here.

    """
    version = _admit_alone(raw, lenient=lenient)
    if version.newer or not isinstance(version.line, ConflictingVersion):
        return version
    line = _with_version_admitted(version.line, lenient=lenient)
    return Version(line, version.data if lenient else _encoder.encode(line))


def _admit_alone(raw: bytes, *, lenient: bool) -> Version:
    """Read one line; another version within it is left as it is."""
    try:
        line = _decoder.decode(raw)
    except UNREADABLE as error:
        if not lenient or not isinstance(error, msgspec.ValidationError):
            raise LineInvalidError(str(error)) from error
        return _admit_newer(raw, error)
    if not dated_sanely(line):
        raise LineInvalidError(Flaw.ABSURD_YEAR)
    # What a program wrote stays as it is; what a hand did gets the form whose marks are known.
    return Version(line, _one_line(raw) if lenient else _encoder.encode(line))


def dated_sanely(line: AnyLine) -> bool:
    """Whether its dates lie in the years that a journal may hold."""
    resolved = line.resolved if isinstance(line, Sign) else None
    years = [line.at.year] if resolved is None else [line.at.year, resolved.year]
    return all(YEARS.low <= year <= YEARS.high for year in years)


def _with_version_admitted(line: ConflictingVersion, *, lenient: bool) -> ConflictingVersion:
    """Return an overruled line that holds on to its own few bytes, not to the whole file."""
    version = _admit_alone(bytes(line.version), lenient=lenient)
    if isinstance(version.line, ConflictingVersion) or version.line.id != line.of:
        raise LineInvalidError(Flaw.NOT_ITS_VERSION)
    return replace(line, version=msgspec.Raw(version.data))


def _admit_newer(raw: bytes, reason: msgspec.ValidationError) -> Version:
    data = _one_line(raw)
    line: AnyLine | None = known_part(data)
    if line is None:
        try:
            outline = msgspec.json.decode(data, type=_Outline)
        except UNREADABLE:
            raise LineInvalidError(str(reason)) from reason
        line = UnknownLine(outline.id, outline.rev, outline.at, outline.was)
    if line.at.utcoffset() is None or not dated_sanely(line):
        raise LineInvalidError(str(reason)) from reason
    return Version(line, data, newer=True)


def repeats_key(data: bytes) -> bool:
    """Whether an object in valid JSON names a key twice, of which decoders drop one silently."""
    import json  # noqa: PLC0415 - only for what another program wrote

    try:
        # Numbers stay text: they are not looked at, and one of 100,000 digits costs nothing.
        json.loads(data, object_pairs_hook=_refuse_repeats, parse_int=str, parse_float=str)
    except (_RepeatedKeyError, RecursionError):
        return True
    return False


class _RepeatedKeyError(ValueError):
    """A key stands twice in one object."""


def _refuse_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _RepeatedKeyError
    return fields


def _one_line(raw: bytes) -> bytes:
    return bytes(msgspec.json.format(raw, indent=-1)) if b"\n" in raw else bytes(raw)
