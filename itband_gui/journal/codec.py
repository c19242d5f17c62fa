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

from itband_gui.journal.admit import UNREADABLE, LineInvalidError, admit, dated_sanely
from itband_gui.journal.book import Book
from itband_gui.journal.entries import AnyLine, Entry, Line
from itband_gui.journal.holding import ENTRIES, READER, Holding
from itband_gui.journal.reading import ENTRY_START, Decoded, Reading, Verdict

_FOOTER = re.compile(rb'\],\n"count": (\d{1,9}), "sha256": "([0-9a-f]{64})"\}\n\Z')
_HEADER = re.compile(
    rb'\{"format": "itband-journal", "schema": (\d{1,9}), "min_reader": (\d{1,9}),\n"entries": \[\n'
)
_FOOTER_REACH = 128  # bytes; the longest footer has 101
_list_decoder: msgspec.json.Decoder[list[Line]] = msgspec.json.Decoder(list[Line])


def digest(data: bytes) -> str:
    """Return the SHA-256 of every byte before the last line, as 64 hexadecimal digits."""
    return sha256(memoryview(data)[: data.rfind(b"\n", 0, -1) + 1]).hexdigest()


def encode(book: Book) -> bytes:
    """Return the bytes of a file that holds what the book holds."""
    changed = {c.entry.id: book.version(c.after) for c in book.pending if c.after}
    gone = [change.entry.id for change in book.pending if change.after is None]
    return book.holding.put(changed, gone).encoded()[0]


def entry_line(book: Book, entry: Entry) -> bytes:
    """Return the line of an entry of the book, with no comma and no newline."""
    return book.version(entry).data


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
    body = data[header.end() : footer.start()]
    try:
        lines = _list_decoder.decode(b"[%b]" % body)
    except UNREADABLE:
        return None
    pieces = body[:-1].split(b",\n") if body else []
    holding = _holding(lines, pieces, int(header[1]))
    if holding is None or len(lines) != int(footer[1]):
        return None
    return Decoded(Verdict.SOUND, holding, (), actual)


def _holding(lines: list[Line], pieces: list[bytes], schema: int) -> Holding | None:
    """Return the lines with their bytes; None where the one do not belong to the other."""
    by_id: dict[str, AnyLine] = {line.id: line for line in lines}
    if not len(by_id) == len(lines) == len(pieces):
        return None
    if not all(piece.startswith(ENTRY_START) for piece in pieces):
        return None
    data = dict(zip(by_id, pieces, strict=True))
    others = {line.id for line in lines if type(line) not in ENTRIES}
    try:
        for line_id in others:  # an overruled line holds a version to look at as well
            by_id[line_id] = admit(data[line_id], lenient=False).line
    except LineInvalidError:
        return None
    if not all(map(dated_sanely, lines)):
        return None
    order = sorted((line.at, line.id) for line in lines)
    return Holding(by_id, data, order, frozenset(others), schema=schema)
