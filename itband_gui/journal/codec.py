"""Decodes and encodes the journal file strictly; `whole` describes the format."""

import re
from codecs import BOM_UTF8

import msgspec

from itband_gui.journal.book import Book
from itband_gui.journal.entries import UNREADABLE, AnyLine, ConflictingVersion, Entry, Line, Sign
from itband_gui.journal.lines import LineInvalidError, dated_sanely, parse_line
from itband_gui.journal.salvage import ENTRY_START, Decoded, JournalVerdict, Reading
from itband_gui.journal.snapshot import (
    ENTRIES,
    HEADER,
    READER,
    SCHEMA,
    SEPARATOR,
    FileImage,
    FileSnapshot,
    SharedStart,
    proof,
    read,
)

_list_decoder: msgspec.json.Decoder[list[Line]] = msgspec.json.Decoder(list[Line])
_encoder = msgspec.json.Encoder()


def encode(book: Book) -> bytes:
    """Return the bytes of a file with the book's contents."""
    changed = {c.entry.id: book.version(c.after) for c in book.pending if c.after}
    gone = [change.entry.id for change in book.pending if change.after is None]
    return book.snapshot.put(changed, gone).encoded().data


def entry_line(book: Book, entry: Entry) -> bytes:
    """Return the line of a book's entry, without comma and newline."""
    return book.version(entry).data


def decode(data: bytes) -> Decoded:
    """Decode a journal file; never raises: `verdict` and `problems` give the result."""
    data = data.removeprefix(BOM_UTF8)  # some editors add it
    whole = read(data)
    footer = proof(whole)
    own = _decode_own(whole, footer) if footer else None
    return own or Reading(data, whole.checksum, sound=footer is not None).decoded()


def _decode_own(whole: FileImage, footer: re.Match[bytes]) -> Decoded | None:
    """Decode in one go a file whose checksum is right; None if this program did not write it."""
    data = whole.data
    start = HEADER.match(data)
    if start is None or int(start[2]) > READER:
        return None
    try:
        lines = _list_decoder.decode(memoryview(data)[start.end() - 2 : footer.start() + 1])
    except UNREADABLE:
        return None
    by_id: dict[str, AnyLine] = {line.id: line for line in lines}
    # The separator must occur only between two of our lines.
    gaps = data.count(SEPARATOR, start.end(), footer.start())
    parted = data.count(SEPARATOR + ENTRY_START, start.end(), footer.start())
    if not len(by_id) == len(lines) == int(footer[1]) or not gaps == parted == max(
        0, len(lines) - 1
    ):
        return None
    order = [(line.at, line.id) for line in lines]
    others = frozenset(line.id for line in lines if type(line) not in ENTRIES)
    dated = [*(line for line in lines if type(line) is Sign), *lines[:1], *lines[-1:]]
    if order != sorted(order) or not all(map(dated_sanely, dated)):
        return None
    end = max(start.end(), footer.start() - 1)
    beginning = SharedStart(whole, len(lines), end)
    schema = int(start[1])
    snapshot = FileSnapshot(by_id, order, others, schema=schema, beginning=beginning)
    if not all(_is_admitted(line) for line in snapshot.overruled()):
        return None
    migrated_from = schema if schema < SCHEMA else None
    return Decoded(JournalVerdict.SOUND, snapshot, (), whole.checksum, migrated_from)


def _is_admitted(line: ConflictingVersion) -> bool:
    """Return whether an overruled line holds a valid version."""
    try:
        parse_line(_encoder.encode(line), lenient=False)
    except LineInvalidError:
        return False
    return True
