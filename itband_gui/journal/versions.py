"""Versions of a line: their bytes, marks, descent, and rank among rivals."""

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
    """A line does not read back as written: a fault of memory or of this program."""


class Version(NamedTuple):
    """A line and its bytes, without comma and newline; `newer` if it has unknown fields."""

    line: AnyLine
    data: bytes
    newer: bool = False


def written(line: Line, earlier: Version | None = None) -> Version:
    """Return a line with its bytes, keeping unknown fields of its `earlier` version.

    Raises:
        EncodingError: the bytes do not read back as the same line.

    """
    kept = earlier is not None and earlier.newer
    data = _with_unknown_fields(line, earlier.data) if earlier and kept else _encoder.encode(line)
    read = known_part(data) if kept else _decoder.decode(data)
    if read != line and not isinstance(line, ConflictingVersion):
        raise EncodingError(line.id)
    return Version(line, data, kept)


def mark(data: bytes) -> str:
    """Return the short hash by which later versions refer to this one."""
    return sha256(data).hexdigest()[:_MARK_LENGTH]


def was(line: AnyLine) -> tuple[str, ...]:
    """Return the marks of a line's earlier versions, newest last."""
    return () if isinstance(line.was, UnsetType) else line.was


def descent(*versions: Version) -> tuple[str, ...]:
    """Return the `was` of a line that replaces these versions, given oldest first."""
    marks = [one for version in versions for one in (*was(version.line), mark(version.data))]
    newest_first = dict.fromkeys(reversed(marks))
    return tuple(reversed(list(newest_first)[: EARLIER.high]))


def next_rev(line: AnyLine) -> int:
    """Return the revision of a line's successor."""
    return min(line.rev + 1, REVISION.high)


def same_content(one: Entry, other: Entry) -> bool:
    """Return whether two versions of an entry are equal apart from `rev` and `was`."""
    return one == replace(other, rev=one.rev, was=one.was)


def overruled(version: Version) -> Version:
    """Return the line that keeps a losing version; the same on every computer."""
    line = ConflictingVersion(
        id=derived_id(version.data),
        at=version.line.at,
        of=version.line.id,
        version=Raw(version.data),
    )
    return written(line)


def derived_id(data: bytes) -> str:
    """Return an id derived from a line's bytes, always the same for the same line."""
    return str(UUID(sha256(data).hexdigest()[:32]))


def settled(versions: Iterable[Version]) -> list[Version]:
    """Return the versions that no other one descends from, the winner first.

    Edits come before removals, then the higher revision, then the higher hash: the same on every
    computer, whatever its clock.
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
    """Return whether another version replaces everything that a removal replaces."""
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
