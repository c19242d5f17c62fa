"""One line of the journal file to an entry and back, with what only a newer version understands."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from itband_gui.journal.book import Foreign
from itband_gui.journal.entries import ENTRY_TYPES, YEARS, Entry, Sign

# What the decoder raises on hostile bytes; the last for brackets nested thousands deep.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_entry_decoder: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)


class LineInvalidError(ValueError):
    """A line that is no entry; `args[0]` is the decoder's reason."""


class _Outline(msgspec.Struct):
    """What a line must have to be carried along unread."""

    id: str
    at: datetime


@dataclass(frozen=True)
class Admitted:
    """An entry, and its line if that holds fields unknown here; or a foreign line."""

    entry: Entry | Foreign
    line: bytes | None = None


def admit(raw: bytes, *, lenient: bool) -> Admitted:
    """Read one entry; `lenient` also takes what a newer version may have added.

    Raises:
        LineInvalidError: not JSON, a wrong type or value, an absurd date, or, unless `lenient`,
            a kind or a field that is unknown here.

    """
    try:
        entry = _entry_decoder.decode(raw)
    except UNREADABLE as error:
        if not lenient or not isinstance(error, msgspec.ValidationError):
            raise LineInvalidError(str(error)) from error
        return _admit_newer(raw, error)
    if not dated_sanely(entry):
        raise LineInvalidError(f"Expected a year from {YEARS.low} to {YEARS.high}")
    return Admitted(entry)


def dated_sanely(entry: Entry | Foreign) -> bool:
    """Whether its dates lie in the years that a journal may hold."""
    resolved = entry.resolved if isinstance(entry, Sign) else None
    years = [entry.at.year] if resolved is None else [entry.at.year, resolved.year]
    return all(YEARS.low <= year <= YEARS.high for year in years)


def _admit_newer(raw: bytes, reason: msgspec.ValidationError) -> Admitted:
    line = _one_line(raw)
    entry: Entry | Foreign | None = known_part(line)
    if entry is None:
        try:
            outline = msgspec.json.decode(line, type=_Outline)
        except msgspec.ValidationError:
            raise LineInvalidError(str(reason)) from reason
        entry = Foreign(outline.id, outline.at, line)
    if entry.at.utcoffset() is None or not dated_sanely(entry):
        raise LineInvalidError(str(reason)) from reason
    return Admitted(entry, None if isinstance(entry, Foreign) else line)


def known_part(line: bytes) -> Entry | None:
    """Return the entry in a line, leaving out unknown fields; None if that makes no entry."""
    fields = msgspec.json.decode(line)
    kind = fields.get("kind") if isinstance(fields, dict) else None
    entry_type = ENTRY_TYPES.get(kind) if isinstance(kind, str) else None
    if entry_type is None:
        return None
    known = {"kind", *entry_type.__struct_fields__}
    try:
        return msgspec.convert({key: fields[key] for key in fields if key in known}, entry_type)
    except msgspec.ValidationError:
        return None


def with_unknown_fields(entry: Entry, line: bytes) -> bytes:
    """Return the line of `entry` with the unknown fields of its earlier `line` kept."""
    if known_part(line) == entry:
        return line
    fields: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(entry))
    earlier: Mapping[str, Any] = msgspec.json.decode(line)
    return msgspec.json.encode(fields | {key: earlier[key] for key in earlier.keys() - fields})


def derived_id(line: bytes) -> str:
    """Return an id for an entry whose own is taken by another: always the same for a line."""
    return str(UUID(sha256(line).hexdigest()[:32]))


def repeats_key(data: bytes) -> bool:
    """Whether an object in valid JSON names a key twice, of which decoders drop one silently."""
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
