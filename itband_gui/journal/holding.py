"""What the journal's file holds: a frozen picture of its lines, with the bytes of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from itband_gui.journal.entries import ENTRY_TYPES, AnyLine, Entry, Overruled
from itband_gui.journal.versions import Version, written

FORMAT = "itband-journal"
SCHEMA = 1
READER = 1  # the newest `min_reader` that this program can read
ENTRIES = frozenset(ENTRY_TYPES.values())

Spot = tuple[datetime, str]  # where a line stands: by time, then by id


@dataclass(frozen=True, eq=False)
class Holding:
    """Lines by id, their bytes by id, and their order; `schema` is the file's own.

    `others` are the ids of what is no entry, `newer` of lines with fields unknown here.
    """

    lines: Mapping[str, AnyLine] = field(default_factory=dict)
    data: Mapping[str, bytes] = field(default_factory=dict)
    order: Sequence[Spot] = ()
    others: frozenset[str] = frozenset()
    newer: frozenset[str] = frozenset()
    schema: int = SCHEMA

    @classmethod
    def of(cls, versions: Mapping[str, Version], schema: int = SCHEMA) -> "Holding":
        """Return what holds these versions, each under its id."""
        return cls(schema=schema).put(versions)

    @classmethod
    def of_entries(cls, entries: Iterable[Entry]) -> "Holding":
        """Return what holds these entries, as a file written now would."""
        return cls.of({entry.id: written(entry) for entry in entries})

    def __len__(self) -> int:
        return len(self.lines)

    def put(
        self, versions: Mapping[str, Version], gone: Iterable[str] = (), schema: int | None = None
    ) -> "Holding":
        """Return a holding with these versions in the place of what their ids held."""
        changed = {*versions, *gone}
        lines, data = dict(self.lines), dict(self.data)
        for line_id in changed & lines.keys():
            del lines[line_id], data[line_id]
        order = [spot for spot in self.order if spot[1] not in changed]
        for line_id, version in versions.items():
            lines[line_id], data[line_id] = version.line, version.data
            order.append((version.line.at, line_id))
        order.sort()  # it is in order but for what came in, which makes this one pass
        other = {key for key, version in versions.items() if type(version.line) not in ENTRIES}
        newer = {key for key, version in versions.items() if version.newer}
        others, with_more = self.others - changed | other, self.newer - changed | newer
        return Holding(lines, data, order, others, with_more, schema or self.schema)

    def version(self, line_id: str) -> Version | None:
        """Return the line of that id with its bytes, or None."""
        line = self.lines.get(line_id)
        if line is None:
            return None
        return Version(line, self.data[line_id], line_id in self.newer)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries, oldest first."""
        for _, line_id in self.order:
            if line_id not in self.others:
                yield self.lines[line_id]  # type: ignore[misc] # `others` has the ids of the rest

    def overruled(self, entry_id: str | None = None) -> list[Overruled]:
        """Return the versions that lost a merge, of one entry or of all, in the order of ids."""
        lines = [self.lines[line_id] for line_id in sorted(self.others)]
        return [
            line for line in lines if isinstance(line, Overruled) and entry_id in (None, line.of)
        ]

    def encoded(self) -> tuple[bytes, str]:
        """Return the bytes of the whole file, and the checksum in them."""
        schema = max(SCHEMA, self.schema)
        header = f'{{"format": "{FORMAT}", "schema": {schema}, "min_reader": {READER},\n'
        lines = b",\n".join([self.data[line_id] for _, line_id in self.order])
        covered = b"".join(
            (header.encode(), b'"entries": [\n', lines, b"\n" * bool(lines), b"],\n")
        )
        checksum = sha256(covered).hexdigest()
        return covered + f'"count": {len(self)}, "sha256": "{checksum}"}}\n'.encode(), checksum
