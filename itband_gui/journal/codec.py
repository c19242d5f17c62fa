"""The journal's file format: bytes to entries and back, strictly; and what can be saved of ruins.

    {"format": "itband-journal", "schema": 1, "min_reader": 1,
    "entries": [
    {"kind":"rating","id":"…",…},
    {"kind":"run","id":"…",…}
    ],
    "count": 2, "sha256": "…"}

Each line ends with one newline, the last too. `sha256` is taken over every byte before the last
line, the newline before it included: `head -n -1 journal.json | sha256sum` prints it.
"""

import re
from hashlib import sha256

import msgspec

from itband_gui.journal.admit import UNREADABLE, dated_sanely, with_unknown_fields
from itband_gui.journal.book import Book, Luggage
from itband_gui.journal.entries import Entry
from itband_gui.journal.reading import FORMAT, READER, SCHEMA, Decoded, Reading, Verdict

_FOOTER = re.compile(rb'\],\n"count": (\d{1,9}), "sha256": "([0-9a-f]{64})"\}\n\Z')
_HEADER = re.compile(
    rb'\{"format": "itband-journal", "schema": (\d{1,9}), "min_reader": (\d{1,9}),\n"entries": \[\n'
)
_FOOTER_REACH = 128  # bytes; the longest footer has 101
_list_decoder: msgspec.json.Decoder[list[Entry]] = msgspec.json.Decoder(list[Entry])
_encoder = msgspec.json.Encoder()


def digest(data: bytes) -> str:
    """Return the SHA-256 of every byte before the last line, as 64 hexadecimal digits."""
    return sha256(memoryview(data)[: data.rfind(b"\n", 0, -1) + 1]).hexdigest()


def encode(book: Book) -> bytes:
    """Return the bytes of the whole file, with what a newer version left in it."""
    lines = _lines(book)
    schema = max(SCHEMA, book.luggage.schema)
    header = f'{{"format": "{FORMAT}", "schema": {schema}, "min_reader": {READER},\n'
    count = len(book) + len(book.luggage.foreign)
    covered = b"".join((header.encode(), b'"entries": [\n', lines, b"],\n"))
    footer = f'"count": {count}, "sha256": "{sha256(covered).hexdigest()}"}}\n'
    return covered + footer.encode()


def _lines(book: Book) -> bytes:
    """Return the entry lines, oldest first; newlines inside texts are escaped."""
    luggage = book.luggage
    if not luggage.lines and not luggage.foreign:
        return _encoder.encode_lines(book).replace(b"}\n{", b"},\n{")
    placed = [(foreign.at, foreign.id, foreign.line) for foreign in luggage.foreign]
    placed += [(entry.at, entry.id, entry_line(book, entry)) for entry in book]
    return b",\n".join(line for _, _, line in sorted(placed)) + b"\n" * bool(placed)


def entry_line(book: Book, entry: Entry) -> bytes:
    """Return the line of an entry of the book, with no comma and no newline."""
    earlier = book.luggage.lines.get(entry.id)
    return with_unknown_fields(entry, earlier) if earlier else _encoder.encode(entry)


def decode(data: bytes) -> Decoded:
    """Read a journal file; never fails, and says in `verdict` and `problems` how it went."""
    footer = _FOOTER.search(data, max(0, len(data) - _FOOTER_REACH))
    actual = digest(data)
    sound = footer is not None and footer[2] == actual.encode()
    if footer and sound:
        own = _decode_own(data, footer, actual)
        if own:
            return own
    return Reading(data, actual, sound=sound).decoded()


def _decode_own(data: bytes, footer: re.Match[bytes], actual: str) -> Decoded | None:
    """Read in one go what the checksum proves to be written by this program; None if it is not."""
    header = _HEADER.match(data)
    if header is None or int(header[2]) > READER:
        return None
    try:
        entries = _list_decoder.decode(memoryview(data)[header.end() - 2 : footer.start() + 1])
    except UNREADABLE:
        return None
    ids = {entry.id for entry in entries}
    if not len(ids) == len(entries) == int(footer[1]) or not all(map(dated_sanely, entries)):
        return None
    return Decoded(Verdict.SOUND, entries, Luggage(schema=int(header[1])), (), actual)
