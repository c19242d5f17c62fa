"""Parses one line of the journal file, carrying along what only a newer version understands."""

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
    """Faults of a line, or of a file, that the JSON decoder accepts."""

    ABSURD_YEAR = "absurd-year"  # outside YEARS
    NOT_ITS_VERSION = "not-its-version"  # an overruled line holds a version of another entry
    REPEATED_KEY = "repeated-key"
    NO_KIND = "no-kind"  # the start of the line is missing
    NO_ENTRY = "no-entry"  # nothing shows that the line was an entry
    TOO_MANY_VALUES = "too-many-values"


class LineInvalidError(ValueError):
    """A line is not a valid entry; `reason` is the decoder's message or a flaw."""

    def __init__(self, reason: str | Flaw) -> None:
        super().__init__(reason)
        self.reason = reason


class _Outline(msgspec.Struct):
    """The fields that an unknown line must have to be carried along."""

    id: str
    at: datetime
    rev: int = 1
    was: tuple[str, ...] = ()


def parse_line(raw: bytes, *, lenient: bool) -> Version:
    """Parse one line; `lenient` also accepts kinds and fields that a newer version may have added.

    Raises:
        LineInvalidError: not JSON, a wrong type or value, an absurd date or, unless `lenient`, an
            unknown kind or field.

    """
    version = _admit_alone(raw, lenient=lenient)
    if version.newer or not isinstance(version.line, ConflictingVersion):
        return version
    line = _with_version_admitted(version.line, lenient=lenient)
    return Version(line, version.data if lenient else _encoder.encode(line))


def _admit_alone(raw: bytes, *, lenient: bool) -> Version:
    """Parse one line without checking another version inside it."""
    try:
        line = _decoder.decode(raw)
    except UNREADABLE as error:
        if not lenient or not isinstance(error, msgspec.ValidationError):
            raise LineInvalidError(str(error)) from error
        return _admit_newer(raw, error)
    if not dated_sanely(line):
        raise LineInvalidError(Flaw.ABSURD_YEAR)
    # A program's lines stay as they are; lines typed by hand are re-encoded to get our marks.
    return Version(line, _one_line(raw) if lenient else _encoder.encode(line))


def dated_sanely(line: AnyLine) -> bool:
    """Return whether a line's dates are in the years that a journal may hold."""
    resolved = line.resolved if isinstance(line, Sign) else None
    years = [line.at.year] if resolved is None else [line.at.year, resolved.year]
    return all(YEARS.low <= year <= YEARS.high for year in years)


def _with_version_admitted(line: ConflictingVersion, *, lenient: bool) -> ConflictingVersion:
    """Return a checked overruled line that references only its own bytes, not the whole file."""
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
    """Return whether an object in valid JSON has a key twice; decoders silently drop one."""
    import json  # noqa: PLC0415 - only needed for files that another program wrote

    try:
        # Numbers stay text, as their values do not matter and 100,000 digits are slow to convert.
        json.loads(data, object_pairs_hook=_refuse_repeats, parse_int=str, parse_float=str)
    except (_RepeatedKeyError, RecursionError):
        return True
    return False


class _RepeatedKeyError(ValueError):
    """An object has the same key twice."""


def _refuse_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _RepeatedKeyError
    return fields


def _one_line(raw: bytes) -> bytes:
    return bytes(msgspec.json.format(raw, indent=-1)) if b"\n" in raw else bytes(raw)
