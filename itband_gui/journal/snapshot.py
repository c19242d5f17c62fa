"""A frozen picture of the journal file: its lines, their order, and the file's bytes."""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from itband_gui.journal.entries import ENTRY_TYPES, AnyLine, ConflictingVersion, Entry
from itband_gui.journal.versions import Version
from itband_gui.journal.versions import written as version_of

FILE_NAME = "journal.json"
FORMAT = "itband-journal"
SCHEMA = 2
READER = 1  # the newest `min_reader` that this program can read
SEPARATOR = b",\n"
HEADER = re.compile(
    rb'\{"format": "itband-journal", "schema": ([1-9]\d{0,8}), "min_reader": ([1-9]\d{0,8}),'
    rb'\n"entries": \[\n'
)
_FOOTER = re.compile(rb'\],\n"count": (\d{1,9}), "sha256": "([0-9a-f]{64})"\}\n\Z')
_FOOTER_REACH = 128  # bytes; the longest footer has 101
BLOCK = 64 * 1024  # bytes between two states of the hash that are kept


class FileImage(NamedTuple):
    """A file's bytes; `states[n]` is the hash after the first n blocks, or after all bytes."""

    data: bytes
    checksum: str
    states: "tuple[hashlib._Hash, ...]"


_NOTHING = FileImage(b"", "", (hashlib.sha256(),))


def read(data: bytes) -> FileImage:
    """Return a file with its computed checksum."""
    return _hashed(_NOTHING, 0, data, data.rfind(b"\n", 0, -1) + 1)


def proof(whole: FileImage) -> re.Match[bytes] | None:
    """Return the match of the footer if its checksum is right, else None."""
    found = _FOOTER.search(whole.data, max(0, len(whole.data) - _FOOTER_REACH))
    return found if found and found[2] == whole.checksum.encode() else None


def named(data: bytes) -> str | None:
    """Return the checksum written at the end of a file, right or wrong."""
    found = _FOOTER.search(data, max(0, len(data) - _FOOTER_REACH))
    return found[2].decode() if found else None


def begun(schema: int) -> FileImage:
    """Return the start of a file, without lines."""
    lines = header(schema)
    return _hashed(_NOTHING, 0, lines, len(lines))


def header(schema: int) -> bytes:
    """Return the first two lines of a file."""
    first = f'{{"format": "{FORMAT}", "schema": {schema}, "min_reader": {READER},\n'
    return first.encode() + b'"entries": [\n'


def continued(whole: FileImage, kept: int, lines: bytes, count: int) -> FileImage:
    """Return a file that begins with the first `kept` bytes of another, its lines and a footer."""
    blocks = kept // BLOCK
    rest = b"".join((whole.data[blocks * BLOCK : kept], lines, b"\n" * bool(count), b"],\n"))
    made = _hashed(whole, blocks, rest, len(rest))
    footer = f'"count": {count}, "sha256": "{made.checksum}"}}\n'.encode()
    data = b"".join((memoryview(whole.data)[: blocks * BLOCK], rest, footer))
    return FileImage(data, made.checksum, made.states)


def _hashed(whole: FileImage, blocks: int, rest: bytes, end: int) -> FileImage:
    """Return `rest` with the hash of the first `blocks` of `whole` and of `rest` up to `end`."""
    states = list(islice(whole.states, blocks + 1))
    view = memoryview(rest)[:end]
    for start in range(0, end, BLOCK):
        state = states[-1].copy()
        state.update(view[start : start + BLOCK])
        states.append(state)
    return FileImage(rest, states[-1].hexdigest(), tuple(states))


ENTRIES = frozenset(ENTRY_TYPES.values())

LineKey = tuple[datetime, str]  # lines are sorted by time, then id


class SharedStart(msgspec.Struct, frozen=True):
    """A file that shares its first `lines` lines, which end at byte `end`, with a snapshot."""

    whole: FileImage
    lines: int
    end: int


class FileSnapshot(msgspec.Struct, frozen=True, eq=False, dict=True):
    """Lines by id and their order; `beginning` is a file that shares its first lines, if any.

    `others` are the ids of lines that are not entries, `newer` those of lines with unknown fields.
    """

    lines: Mapping[str, AnyLine] = msgspec.field(default_factory=dict)
    order: Sequence[LineKey] = ()
    others: frozenset[str] = frozenset()
    newer: frozenset[str] = frozenset()
    schema: int = SCHEMA
    beginning: SharedStart | None = None

    @cached_property
    def data(self) -> Mapping[str, bytes]:
        """The bytes of each line, by id."""
        if self.beginning is None:
            return {}
        start = len(header(self.schema))
        pieces = self.beginning.whole.data[start : self.beginning.end].split(SEPARATOR)
        return {line_id: piece for (_, line_id), piece in zip(self.order, pieces, strict=False)}

    @classmethod
    def of(cls, versions: Mapping[str, Version], schema: int = SCHEMA) -> "FileSnapshot":
        """Return a snapshot of these versions, by id."""
        return cls(schema=schema).put(versions)

    @classmethod
    def of_entries(cls, entries: Iterable[Entry]) -> "FileSnapshot":
        """Return a snapshot of these entries, encoded as by this version of the program."""
        return cls.of({entry.id: version_of(entry) for entry in entries})

    def __len__(self) -> int:
        return len(self.lines)

    def put(
        self, versions: Mapping[str, Version], gone: Iterable[str] = (), schema: int | None = None
    ) -> "FileSnapshot":
        """Return a snapshot with these versions set and the lines `gone` removed."""
        changed = {*versions, *gone}
        lines, data = dict(self.lines), dict(self.data)
        old = [(lines[key].at, key) for key in changed & lines.keys()]
        new = [(version.line.at, key) for key, version in versions.items()]
        first = bisect_left(self.order, min(old + new)) if old or new else len(self.order)
        for _, line_id in old:
            del lines[line_id], data[line_id]
        for line_id, version in versions.items():
            lines[line_id], data[line_id] = version.line, version.data
        rest = [key for key in self.order[first:] if key[1] not in changed]
        order = [*self.order[:first], *sorted(rest + new)]
        other = {key for key, version in versions.items() if type(version.line) not in ENTRIES}
        newer = {key for key, version in versions.items() if version.newer}
        others, with_more = self.others - changed | other, self.newer - changed | newer
        beginning = self._beginning_up_to(first) if schema in (None, self.schema) else None
        made = FileSnapshot(lines, order, others, with_more, schema or self.schema, beginning)
        made.__dict__["data"] = data  # saves splitting the file again
        return made

    def _beginning_up_to(self, first: int) -> SharedStart | None:
        """Return `beginning` shortened to the lines before index `first`."""
        if self.beginning is None or first >= self.beginning.lines:
            return self.beginning
        cut = [self.data[line_id] for _, line_id in self.order[first : self.beginning.lines]]
        end = self.beginning.end - sum(map(len, cut)) - len(SEPARATOR) * len(cut)
        return SharedStart(self.beginning.whole, first, end if first else len(header(self.schema)))

    def version(self, line_id: str) -> Version | None:
        """Return the line with this id and its bytes, or None."""
        line = self.lines.get(line_id)
        if line is None:
            return None
        return Version(line, self.data[line_id], line_id in self.newer)

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None."""
        line = self.lines.get(entry_id)
        return line if isinstance(line, Entry) else None

    def entries_by_id(self) -> dict[str, Entry]:
        """Return the entries by id."""
        found = dict(self.lines)
        for line_id in self.others:
            del found[line_id]
        return found  # type: ignore[return-value] # `others` has the ids of the rest

    def entries(self) -> list[Entry]:
        """Return the entries, oldest first."""
        entries = self.entries_by_id()
        return [entries[line_id] for _, line_id in self.order if line_id in entries]

    def overruled(self, entry_id: str | None = None) -> list[ConflictingVersion]:
        """Return the versions that lost in a merge, of one entry or all, sorted by id."""
        lines = [self.lines[line_id] for line_id in sorted(self.others)]
        return [
            line
            for line in lines
            if isinstance(line, ConflictingVersion) and entry_id in (None, line.of)
        ]

    def encoded(self) -> FileImage:
        """Return the encoded file."""
        is_older = self.schema < SCHEMA  # needs this program's header
        begun_as = (None if is_older else self.beginning) or _begun(max(SCHEMA, self.schema))
        rest = [self.data[line_id] for _, line_id in self.order[begun_as.lines :]]
        if begun_as.lines and rest:
            rest.insert(0, b"")  # a separator
        return continued(begun_as.whole, begun_as.end, SEPARATOR.join(rest), len(self))

    def as_in(self, whole: FileImage) -> "FileSnapshot":
        """Return this snapshot with `whole` remembered as its encoding, to be reused by a save."""
        footer = whole.data.rfind(b"\n", 0, -1) + 1
        end = footer - len(b"\n],\n" if self.order else b"],\n")
        made = replace(
            self, schema=max(SCHEMA, self.schema), beginning=SharedStart(whole, len(self), end)
        )
        made.__dict__["data"] = self.data
        return made


def _begun(schema: int) -> SharedStart:
    whole = begun(schema)
    return SharedStart(whole, 0, len(whole.data))
