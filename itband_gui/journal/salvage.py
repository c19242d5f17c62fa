"""Reads journal files that were edited or damaged and finds what is wrong with them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain, islice, pairwise
from typing import Annotated

import msgspec
from msgspec.structs import replace

from itband_gui.journal.entries import UNREADABLE, Entry, UnknownLine
from itband_gui.journal.lines import Flaw, LineInvalidError, parse_line, repeats_key
from itband_gui.journal.snapshot import FORMAT, READER, SCHEMA, FileSnapshot
from itband_gui.journal.versions import Version, derived_id, written

ENTRY_START = b'{"kind":'  # never occurs inside a text, where quotes are escaped
_LINE_START = re.compile(rb'(?<!"version":)' + re.escape(ENTRY_START))
_SCHEMA_NAMED = re.compile(rb'\A\{"format": "itband-journal", "schema": ([1-9]\d{0,5}),')
# The first byte of a line that is neither part of the envelope nor only brackets.
_AROUND = rb'\{"format": |"entries": \[|"count": |[][{}, \t\r]*$'
_UNREAD_LINE = re.compile(rb"^[ \t\r\0]*(?!" + _AROUND + rb")[^ \t\r\n\0]", re.MULTILINE)
# Our choice: 32 MB of damaged data must not take minutes or gigabytes.
MOST_LISTED = 1_000  # problems of a kind
MOST_COMMAS = 2_000_000  # in a file from another program: 100 years of entries
_ENVELOPE_KEYS = {"format", "schema", "min_reader", "entries", "count", "sha256"}


class JournalVerdict(StrEnum):
    """The state of a whole journal file."""

    SOUND = "sound"  # every byte is as this program wrote it
    EDITED = "edited"  # valid, but the checksum shows that another program changed it
    NEWER = "newer"  # only a newer version may write it
    DAMAGED = "damaged"  # parts cannot be read; `entries` has those that can


class JournalFault(StrEnum):
    """Faults of a journal file or of one of its entries."""

    EMPTY = "empty"
    NOT_TEXT = "not-text"  # not UTF-8
    NOT_JSON = "not-json"  # cut short, or its structure is broken
    NOT_A_JOURNAL = "not-a-journal"
    UNKNOWN_KEY = "unknown-key"  # at the level of `entries`
    REPEATED_KEY = "repeated-key"
    REPEATED_ID = "repeated-id"  # both entries are kept, the second under a new id
    BAD_ENTRY = "bad-entry"
    NEEDS_NEWER = "needs-newer"
    CHECKSUM = "checksum"


class JournalProblem(msgspec.Struct, frozen=True):
    """A fault, its line (from 1) if any, and a flaw or a text.

    The text is the decoder's message or the name of the item at fault; it may quote data.
    """

    fault: JournalFault
    line: int | None = None
    detail: str | Flaw = ""


class Decoded(msgspec.Struct, frozen=True):
    """A decoded file; `digest` is the SHA-256 of everything before its last line."""

    verdict: JournalVerdict
    snapshot: FileSnapshot
    problems: tuple[JournalProblem, ...]
    digest: str
    migrated_from: int | None = None  # the file's schema if it is an older one
    lost: int = 0  # entries that could not be read; 0 unless damaged
    unlisted: int = 0  # problems beyond those listed
    named: str | None = None  # the checksum written in the file; if edited, the original's

    @property
    def entries(self) -> list[Entry]:
        """The entries, oldest first."""
        return self.snapshot.entries()


class _Envelope(msgspec.Struct):
    """The file around the entries; someone editing by hand may drop the last two fields."""

    format: str
    schema: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    min_reader: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    entries: list[msgspec.Raw]
    count: int | None = None
    sha256: str | None = None


def _may_be_entry(raw: bytes) -> bool:
    return b'"id"' in raw and b'"at"' in raw


def _without_false_brace(raw: bytes) -> bytes:
    """Return a line without a final brace that was a comma or newline before the damage."""
    if not raw.endswith((b"}}", b"},}")):
        return raw
    try:
        msgspec.json.decode(raw)
    except UNREADABLE:
        return raw[:-1].rstrip(b",")
    return raw


class Reading:
    """A slow reading of a file that is not exactly as this program writes it."""

    def __init__(self, data: bytes, actual: str, *, sound: bool) -> None:
        self._data = data
        self._digest = actual
        self._sound = sound
        self._lenient = sound
        self._repeats = not sound  # whether an object may have the same key twice
        self._schema = SCHEMA
        self._named: str | None = None
        self._lines: dict[str, Version] = {}
        self._problems: list[JournalProblem] = []
        self._faults: Counter[JournalFault] = Counter()

    def decoded(self) -> Decoded:
        """Return as much of the file as can be read."""
        envelope = self._envelope()
        if envelope is None:
            self._salvage()
            return self._result(JournalVerdict.DAMAGED)
        self._schema, self._named = envelope.schema, envelope.sha256
        self._lenient = self._sound or envelope.schema > SCHEMA
        self._repeats = not self._sound and repeats_key(self._data)
        for line, raw in self._located(envelope.entries):
            self._take(line, raw)
        return self._result(self._verdict(envelope))

    def _result(self, verdict: JournalVerdict) -> Decoded:
        snapshot = FileSnapshot.of(self._lines, max(self._schema, SCHEMA))
        migrated_from = self._schema if self._schema < SCHEMA else None
        return Decoded(
            verdict,
            snapshot,
            tuple(self._problems),
            self._digest,
            migrated_from,
            lost=self._faults[JournalFault.BAD_ENTRY],
            unlisted=self._faults.total() - len(self._problems),
            named=self._named,
        )

    def _note(self, fault: JournalFault, line: int | None = None, detail: str | Flaw = "") -> None:
        self._faults[fault] += 1
        if self._faults[fault] <= MOST_LISTED:
            self._problems.append(JournalProblem(fault, line, detail))

    def _verdict(self, envelope: _Envelope) -> JournalVerdict:
        if envelope.min_reader > READER:
            self._note(JournalFault.NEEDS_NEWER)
            return JournalVerdict.NEWER
        unknown = sorted(msgspec.json.decode(self._data, type=dict[str, msgspec.Raw]))
        unknown = [key for key in unknown if key not in _ENVELOPE_KEYS]
        for key in unknown:
            self._note(JournalFault.UNKNOWN_KEY, detail=key)
        if unknown and self._lenient:
            return JournalVerdict.NEWER  # saving would lose it, so this program must not write
        if self._repeats and not self._problems:
            self._note(JournalFault.REPEATED_KEY)
        if self._faults.keys() - {JournalFault.REPEATED_ID}:
            return JournalVerdict.DAMAGED
        if self._sound and envelope.count == len(self._lines):
            return JournalVerdict.SOUND
        self._note(JournalFault.CHECKSUM)
        return JournalVerdict.EDITED

    def _envelope(self) -> _Envelope | None:
        """Return the envelope, or note the reason and return None."""
        if not self._data.strip(b" \t\r\n\0"):
            self._note(JournalFault.EMPTY)
            return None
        if self._data.count(b",") > MOST_COMMAS:
            self._note(JournalFault.NOT_A_JOURNAL, detail=Flaw.TOO_MANY_VALUES)
            return None
        try:
            self._data.decode()
            envelope = msgspec.json.decode(self._data, type=_Envelope)
        except UnicodeDecodeError as error:
            self._note(JournalFault.NOT_TEXT, self._line_of(error.start))
        except msgspec.ValidationError as error:
            self._note(JournalFault.NOT_A_JOURNAL, detail=str(error))
        except UNREADABLE as error:
            self._note(JournalFault.NOT_JSON, detail=str(error))
        else:
            if envelope.format == FORMAT:
                return envelope
            self._note(JournalFault.NOT_A_JOURNAL, detail=envelope.format[:40])
        return None

    def _take(self, line: int, raw: bytes) -> None:
        """Add an entry, or note why it cannot be read."""
        if self._faults[JournalFault.BAD_ENTRY] > MOST_LISTED and not _may_be_entry(raw):
            self._faults[JournalFault.BAD_ENTRY] += 1
            return
        try:
            admitted = parse_line(raw, lenient=self._lenient)
        except LineInvalidError as error:
            self._note(JournalFault.BAD_ENTRY, line, error.reason)
            return
        if self._repeats and repeats_key(raw):
            self._note(JournalFault.BAD_ENTRY, line, Flaw.REPEATED_KEY)
            return
        self._keep(line, admitted)

    def _keep(self, number: int, version: Version) -> None:
        line_id = version.line.id
        taken = self._lines.get(line_id)
        if taken == version:
            return
        if taken is not None:
            self._note(JournalFault.REPEATED_ID, number)
            line_id = derived_id(version.data)
            if not isinstance(version.line, UnknownLine):
                version = written(replace(version.line, id=line_id), version)
        self._lines[line_id] = version

    def _located(self, raws: Sequence[msgspec.Raw]) -> Iterator[tuple[int, bytes]]:
        """Yield each entry's bytes with the number of its first line."""
        line, position = 1, 0
        for raw in map(bytes, raws):
            start = self._data.index(raw, position)
            line += self._data.count(b"\n", position, start)
            yield line, raw
            line += raw.count(b"\n")
            position = start + len(raw)

    def _salvage(self) -> None:
        """Look for entries in a damaged file, line by line; a lost newline costs no entry."""
        named = _SCHEMA_NAMED.search(self._data)
        self._schema = min(int(named[1]), SCHEMA) if named else SCHEMA
        data, number, position = self._data, 1, 0
        first = _LINE_START.search(data)
        self._note_headless(0, first.start() if first else len(data), 1)
        starts = (found.start() for found in _LINE_START.finditer(data))
        for start, following in pairwise(chain(starts, (len(data),))):
            number += data.count(b"\n", position, start)
            position = start
            end = data.find(b"\n", start, following)
            end = following if end < 0 else end
            hole = data.find(b"\0", start, end)  # a line ends where zeros start
            close = data.rfind(b"}", start, end if hole < 0 else hole)
            self._take(number, _without_false_brace(data[start : close + 1]))
            self._note_headless(end, following, number)

    def _note_headless(self, start: int, end: int, number: int) -> None:
        """Note the lines between two entries whose start, or all of them, is lost.

        `number` is the line number at `start`. If no id is left, each line counts as an entry.
        """
        if self._data.find(b'"id":', start, end) < 0:
            unread = _UNREAD_LINE.finditer(self._data, start, end)
            for line in islice(unread, MOST_LISTED):
                number += self._data.count(b"\n", start, line.end())
                start = line.end()
                self._note(JournalFault.BAD_ENTRY, number, Flaw.NO_ENTRY)
            self._faults[JournalFault.BAD_ENTRY] += sum(1 for _ in unread)  # beyond those listed
            return
        while (found := self._data.find(b'"id":', start, end)) >= 0:
            number += self._data.count(b"\n", start, found)
            self._note(JournalFault.BAD_ENTRY, number, Flaw.NO_KIND)
            start = self._data.find(b"\n", found, end)
            if start < 0:
                return

    def _line_of(self, position: int) -> int:
        return self._data.count(b"\n", 0, position) + 1
