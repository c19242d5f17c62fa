"""Versions of a line: bytes and what they say, a mark, a descent, and a rank among rivals."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Raw, UnsetType
from msgspec.structs import replace

from itband_gui.journal.entries import (
    EARLIER,
    REVISION,
    AnyLine,
    ConflictingVersion,
    Entry,
    Line,
    Removed,
    known_part,
)

_MARK_LENGTH = 12
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


class EncodingError(Exception):
    """A line that, read back, is not what was written: a fault of memory or of this program."""


class Version(NamedTuple):
    """A line and its bytes, with no comma and no newline; `newer`: it has fields unknown here."""

    line: AnyLine
    data: bytes
    newer: bool = False


def written(line: Line, earlier: Version | None = None) -> Version:
    """Return a line with its bytes, the unknown fields of its `earlier` version kept.

    Raises:
        EncodingError: what was written does not read back as the same.

    """
    kept = earlier is not None and earlier.newer
    data = _with_unknown_fields(line, earlier.data) if earlier and kept else _encoder.encode(line)
    read = known_part(data) if kept else _decoder.decode(data)
    if read != line and not isinstance(line, ConflictingVersion):
        raise EncodingError(line.id)
    return Version(line, data, kept)


def mark(data: bytes) -> str:
    """Return the short name by which later versions remember this one."""
    return sha256(data).hexdigest()[:_MARK_LENGTH]


def was(line: AnyLine) -> tuple[str, ...]:
    """Return the marks of a line's earlier versions, newest last."""
    return () if isinstance(line.was, UnsetType) else line.was


def descent(*versions: Version) -> tuple[str, ...]:
    """Return the `was` of a line that takes the place of these, the last the most recent."""
    marks = [one for version in versions for one in (*was(version.line), mark(version.data))]
    newest_first = dict.fromkeys(reversed(marks))
    return tuple(reversed(list(newest_first)[: EARLIER.high]))


def next_rev(line: AnyLine) -> int:
    """Return the revision of what takes the place of a line."""
    return min(line.rev + 1, REVISION.high)


def same_content(one: Entry, other: Entry) -> bool:
    """Whether two versions of an entry differ in nothing but how they came about."""
    return one == replace(other, rev=one.rev, was=one.was)


def overruled(version: Version) -> Version:
    """Return the line that keeps a version which lost; the same on every machine."""
    line = ConflictingVersion(
        id=derived_id(version.data),
        at=version.line.at,
        of=version.line.id,
        version=Raw(version.data),
    )
    return written(line)


def derived_id(data: bytes) -> str:
    """Return an id made from a line's bytes: always the same for the same line."""
    return str(UUID(sha256(data).hexdigest()[:32]))


def settled(versions: Iterable[Version]) -> list[Version]:
    """Return the versions that no other one descends from, the one that stands first.

    It is the edit before the removal, then the higher revision, then the higher hash: the same
    on every machine, whatever its clock says.
    """
    different = {version.data: version for version in versions}
    dead = {one for version in different.values() for one in was(version.line)}
    alive = [version for data, version in different.items() if mark(data) not in dead]
    alive = sorted(alive or different.values(), key=_rank, reverse=True)
    return [version for version in alive if not _is_idle_removal(version, alive)]


def _rank(version: Version) -> tuple[bool, int, str]:
    line = version.line
    return not isinstance(line, Removed), line.rev, sha256(version.data).hexdigest()


def _is_idle_removal(version: Version, others: Iterable[Version]) -> bool:
    """Whether a removal replaces nothing that another one of the versions does not replace."""
    if not isinstance(version.line, Removed):
        return False
    replaced = set(was(version.line))
    return any(
        replaced < set(was(other.line))
        or (replaced == set(was(other.line)) and _rank(other) > _rank(version))
        for other in others
    )


def _with_unknown_fields(line: Line, earlier: bytes) -> bytes:
    fields: dict[str, Any] = msgspec.json.decode(_encoder.encode(line))
    before: Mapping[str, Any] = msgspec.json.decode(earlier)
    return _encoder.encode(fields | {key: before[key] for key in before.keys() - fields})
