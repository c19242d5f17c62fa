"""Previews and imports a file of entries, and finds entries that were noted before.

Importing loses nothing from the journal: if both versions of an entry were changed, the winner is
chosen as in a merge and the other is kept until the user decides.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change, following
from itband_gui.journal.codec import decode
from itband_gui.journal.csv_reader import ROW_LIMIT, Localize, read_csv
from itband_gui.journal.entries import (
    Activity,
    ConflictingVersion,
    Entry,
    Moment,
    Rating,
    RestDay,
    Run,
    Session,
    Sign,
    UnknownLine,
    has_time,
    stamped,
)
from itband_gui.journal.import_errors import FileUnusableError, ImportFault, RefusedRow
from itband_gui.journal.merge import difference
from itband_gui.journal.salvage import JournalFault, JournalProblem, JournalVerdict
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.validation import EntryInvalidError, check
from itband_gui.journal.versions import mark, overruled, same_content, settled, was, written

IMPORT_LIMIT = 32 * 1024 * 1024  # bytes, checked before parsing
_Key = tuple[Hashable, ...]
_ANY = ""  # moment
_APART = {Moment.BEFORE: Moment.AFTER, Moment.AFTER: Moment.BEFORE}
# No entry is missing because of these.
_HARMLESS = (JournalFault.CHECKSUM, JournalFault.REPEATED_ID)


class KnownEntries:
    """Entries to compare others with."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._keys = {
            (*about, *when)
            for entry in entries
            for about in _about(entry, _moments_told(entry))
            for when in (*_minutes(entry), *_days(entry, is_bare=not has_time(entry.at)))
        }

    def looks_like_one(self, entry: Entry) -> bool:
        """Return whether one of them looks like this entry."""
        is_bare = not has_time(entry.at)
        return any(
            (*about, *when) in self._keys
            for about in _about(entry, _moments_sought(entry, exactly=is_bare))
            for when in _minutes(entry)
        ) or any(
            (*about, *when) in self._keys
            for about in _about(entry, _moments_sought(entry, exactly=True))
            for when in _days(entry, is_bare=not is_bare)
        )


def said_again(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries that repeat an earlier one, apart from ids and spaces around notes."""
    said = set()
    for entry in entries:
        plain = replace(entry, id="", note=entry.note.strip())
        if plain in said:
            yield entry
        said.add(plain)


def _about(entry: Entry, moments: tuple[str, ...]) -> Iterator[_Key]:
    """Yield keys for the subject of an entry; for a rating one for each moment."""
    if isinstance(entry, Rating):
        yield from ((entry.kind, entry.leg, moment) for moment in moments)
    elif isinstance(entry, Session):
        yield entry.kind, frozenset(entry.legs)
    elif isinstance(entry, Activity):
        yield entry.kind, entry.sport
    elif isinstance(entry, Sign):
        yield entry.kind, entry.sign, entry.leg
    else:
        yield (entry.kind,)


def _moments_told(entry: Entry) -> tuple[str, ...]:
    return (entry.moment, _ANY) if isinstance(entry, Rating) else ()


def _moments_sought(entry: Entry, *, exactly: bool) -> tuple[str, ...]:
    """Return the moments that look like the entry's; `other` may also be a row without a moment.

    In the same minute all moments look alike except `before` and `after` of a very short session.
    """
    if not isinstance(entry, Rating):
        return ()
    if entry.moment is Moment.OTHER:
        return (_ANY,)
    if exactly:
        return entry.moment, Moment.OTHER
    apart = _APART.get(entry.moment)
    return tuple(moment for moment in Moment if moment is not apart)


def _minutes(entry: Entry) -> Iterator[_Key]:
    """Yield the minute of an entry in its own offset and in UTC."""
    if isinstance(entry, RestDay):
        yield (entry.at.date(),)
        return
    is_bare = not has_time(entry.at)
    yield ("here", is_bare, _minute(entry.at))
    if not is_bare:
        yield ("anywhere", _minute(entry.at.astimezone(UTC)))


def _days(entry: Entry, *, is_bare: bool) -> Iterator[_Key]:
    """Yield the day and value of an entry, to compare one that has a time with one that has not."""
    if isinstance(entry, Rating):
        yield is_bare, entry.at.date(), entry.score
    elif isinstance(entry, Run | Activity):
        yield is_bare, entry.at.date(), entry.minutes
    elif isinstance(entry, Sign):
        yield is_bare, entry.at.date()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0, tzinfo=None)


class ImportOutcome(StrEnum):
    """The ways in which an import treats an entry."""

    NEW = "new"  # the journal does not have it
    DOUBLE = "double"  # not in the journal, but looks like an entry there: skipped
    SAME = "same"  # the journal has the same, or keeps it as an overruled version
    OLDER = "older"  # the journal's version was made from it
    NEWER = "newer"  # made from the journal's version, which it replaces
    THEIRS_WINS = "stands"  # both were changed: it replaces the journal's version, which is kept
    OURS_WINS = "kept"  # both were changed: the journal's stays, and this one is kept
    CONFLICT_KEPT = "beside"  # an overruled version in the file, kept as such


# An import adds these, or replaces the journal's version with them.
TAKEN = (ImportOutcome.NEW, ImportOutcome.NEWER, ImportOutcome.THEIRS_WINS)


@dataclass(frozen=True)
class Importable:
    """The contents of a file to import.

    Attributes:
        entries: the valid entries.
        by_hand: whether an entry may have been changed without a new revision.
        refused: invalid rows of a table, or lines of a journal.
        unknown: ignored columns of a table.
        left_out: the number of lines with contents that only a newer version can read.
        made_ids: ids derived from a row's contents: a known one means the same row.
        told: a journal's other lines: overruled versions and removals.

    """

    entries: tuple[Entry, ...]
    by_hand: bool
    refused: tuple[RefusedRow | JournalProblem, ...] = ()
    unknown: tuple[str, ...] = ()
    left_out: int = 0
    made_ids: frozenset[str] = frozenset()
    told: FileSnapshot = field(default_factory=FileSnapshot)


@dataclass(frozen=True)
class ImportPreview:
    """The effect of importing a file: its entries by what happens to them.

    `extra_lines` are the lines that come with the entries, for `Store.write`; `doubles` is the
    number of entries that look like existing ones, whether skipped or not.
    """

    ways: dict[ImportOutcome, tuple[Entry, ...]]
    extra_lines: FileSnapshot = field(default_factory=FileSnapshot)
    doubles: int = 0

    @property
    def changes(self) -> int:
        """The number of entries that would be added, changed or kept as overruled versions."""
        unchanging = (ImportOutcome.SAME, ImportOutcome.OLDER, ImportOutcome.DOUBLE)
        return sum(len(found) for way, found in self.ways.items() if way not in unchanging)


def read_import(data: bytes, now: datetime, localize: Localize) -> Importable:
    """Read a journal or a table; see `csv_reader.read_csv` for the arguments.

    Raises:
        FileUnusableError: nothing in it can be imported.

    """
    if len(data) > IMPORT_LIMIT:
        raise FileUnusableError(ImportFault.TOO_BIG)
    if data.removeprefix(BOM_UTF8).lstrip()[:1] in (b"{", b"["):
        return _read_journal(data, now)
    table = read_csv(data, now, localize)
    return Importable(
        table.entries,
        by_hand=True,
        refused=table.refused,
        unknown=table.unknown,
        made_ids=table.made_ids,
    )


def preview(book: Book, found: Importable, *, take_doubles: bool = False) -> ImportPreview:
    """Compare a file's entries with the journal's without changing anything.

    With `take_doubles`, entries that look like existing ones count as new.
    """
    compared = difference(book, found.entries)
    doubles = _doubles(book, found, compared.new)
    ways: dict[ImportOutcome, list[Entry]] = {way: [] for way in ImportOutcome}
    for theirs in compared.new:
        is_left_out = theirs.id in doubles and not take_doubles
        ways[ImportOutcome.DOUBLE if is_left_out else ImportOutcome.NEW].append(theirs)
    ways[ImportOutcome.SAME].extend(compared.same)
    kept = [entry for line in book.overruled if (entry := line.entry)]
    for ours, theirs in compared.different:
        if (
            theirs.id in found.made_ids
            or _only_breaks_differ(ours, theirs)
            or any(same_content(one, theirs) for one in kept)
        ):
            ways[ImportOutcome.SAME].append(theirs)
        else:
            ways[_way(book, ours, theirs, by_hand=found.by_hand)].append(theirs)
    beside = _beside(book, found, ways)
    ways[ImportOutcome.CONFLICT_KEPT].extend(
        line.entry
        for line in beside.lines.values()
        if isinstance(line, ConflictingVersion) and line.entry
    )
    losers = [overruled(written(entry)) for entry in ways[ImportOutcome.OURS_WINS]]
    losers += [
        overruled(book.version(ours)) for ours in _present(book, ways[ImportOutcome.THEIRS_WINS])
    ]
    extra_lines = beside.put({version.line.id: version for version in losers})
    told = {way: tuple(entries) for way, entries in ways.items()}
    return ImportPreview(told, extra_lines, len(doubles))


def take_in(book: Book, chosen: ImportPreview) -> tuple[Change, ...]:
    """Import into the book as one undoable step and return its unsaved changes.

    Versions keep their descent, so that every computer recognises them. Overruled versions are in
    `chosen.extra_lines`.
    """
    newer = [_upon(book, entry) for entry in chosen.ways[ImportOutcome.NEWER]]
    entries = [*chosen.ways[ImportOutcome.NEW], *newer, *chosen.ways[ImportOutcome.THEIRS_WINS]]
    book.take_over(entries, chosen.extra_lines.lines)
    return book.pending


def _only_breaks_differ(ours: Entry, theirs: Entry) -> bool:
    """Return whether only the line breaks in the note differ, which spreadsheets convert."""
    if "\r" not in ours.note:
        return False
    in_lines = "\n".join(re.split("\r\n|\r|\n", ours.note))
    return same_content(replace(ours, note=in_lines), theirs)


def _doubles(book: Book, found: Importable, new: Iterable[Entry]) -> set[str]:
    """Return the ids of new entries that look like one in the journal or an earlier row.

    Entries of the journal that are also in the file do not count: the file lists both.
    """
    in_file = {entry.id for entry in found.entries}
    noted = KnownEntries(entry for entry in book if entry.id not in in_file)
    again = said_again(entry for entry in found.entries if entry.id in found.made_ids)
    in_journal = (entry for entry in new if noted.looks_like_one(entry))
    return {entry.id for entry in (*in_journal, *again) if entry.id not in book}


def _way(book: Book, ours: Entry, theirs: Entry, *, by_hand: bool) -> ImportOutcome:
    """Return what happens to `theirs`, which differs from ours."""
    mine, its = book.version(ours), written(theirs)
    if mark(its.data) in was(ours):
        return ImportOutcome.OLDER
    edited = by_hand and (ours.rev, was(ours)) == (theirs.rev, was(theirs))
    if edited or mark(mine.data) in was(theirs):
        return ImportOutcome.NEWER
    return ImportOutcome.THEIRS_WINS if settled((mine, its))[0] is its else ImportOutcome.OURS_WINS


def _upon(book: Book, theirs: Entry) -> Entry:
    """Return a version with the journal's version, which it replaces, in its descent."""
    ours = book.get(theirs.id)
    if ours is None or mark(book.version(ours).data) in was(theirs):
        return theirs
    return following(theirs, book.version(ours))


def _present(book: Book, entries: Iterable[Entry]) -> list[Entry]:
    """Return the journal's versions of those entries that it has."""
    return [ours for entry in entries if (ours := book.get(entry.id))]


def _covered(book: Book, stands: Entry) -> set[str]:
    """Return the marks of an entry's versions that need not be kept as overruled."""
    ours = _present(book, [stands])
    return {*was(stands), mark(written(stands).data), *(mark(book.version(o).data) for o in ours)}


def _beside(book: Book, found: Importable, ways: dict[ImportOutcome, list[Entry]]) -> FileSnapshot:
    """Return the file's other lines that are new to the journal.

    A removal removes nothing here; it is passed on if the journal does not know the entry.
    """
    taken = {entry.id: entry for way in TAKEN for entry in ways[way]}
    news = {}
    for line_id, line in found.told.lines.items():
        version = found.told.version(line_id)
        if version is None or line_id in book.snapshot.lines or line_id in book:
            continue
        if isinstance(line, ConflictingVersion):
            stands = taken.get(line.of) or book.get(line.of)
            if stands is None or mark(bytes(line.version)) in _covered(book, stands):
                continue
        news[line_id] = version
    return FileSnapshot.of(news)


def _read_journal(data: bytes, now: datetime) -> Importable:
    if data.count(b'"kind"') > 2 * ROW_LIMIT:  # a line may hold an overruled version
        raise FileUnusableError(ImportFault.TOO_MANY)
    decoded = decode(data)
    if decoded.verdict is JournalVerdict.NEWER:
        raise FileUnusableError(ImportFault.NEWER)
    entries = decoded.entries
    if decoded.verdict is JournalVerdict.DAMAGED and not entries:
        fault = decoded.problems[0].fault
        raise FileUnusableError(
            ImportFault.NOT_TEXT if fault is JournalFault.NOT_TEXT else ImportFault.NOT_A_JOURNAL
        )
    if len(entries) > ROW_LIMIT:
        raise FileUnusableError(ImportFault.TOO_MANY)
    by_hand = decoded.verdict is not JournalVerdict.SOUND
    # Entries that this program wrote were checked against the clock when they were added.
    taken, unfit = _fit(data, entries, now if by_hand else None)
    problems = [problem for problem in decoded.problems if problem.fault not in _HARMLESS]
    snapshot = decoded.snapshot
    newer = {
        one for one in snapshot.others if type(snapshot.lines[one]) is UnknownLine
    } | snapshot.newer
    told = snapshot.put({}, snapshot.lines.keys() - (snapshot.others - newer))
    return Importable(tuple(taken), by_hand, (*problems, *unfit), left_out=len(newer), told=told)


def _fit(
    data: bytes, entries: list[Entry], now: datetime | None
) -> tuple[list[Entry], list[JournalProblem]]:
    """Return the valid entries and the problems of the others."""
    taken, unfit = [], []
    for entry in entries:
        try:
            check(entry, now)
        except EntryInvalidError as error:
            line = data.count(b"\n", 0, _start_of(data, entry)) + 1
            unfit.append(
                JournalProblem(JournalFault.BAD_ENTRY, line, f"{error.field}: {error.code}")
            )
        else:
            taken.append(stamped(entry))
    return taken, unfit


def _start_of(data: bytes, entry: Entry) -> int:
    """Return the position of an entry's id in a file; other lines may contain it, too."""
    written_id = re.escape(msgspec.json.encode(entry.id))
    found = re.search(rb'"id"\s*:\s*' + written_id, data)
    return found.start() if found else 0
