"""The bytes of the whole journal file, and what of them need not be hashed again at the next save.

    {"format": "itband-journal", "schema": 2, "min_reader": 1,
    "entries": [
    {"kind":"rating","id":"…",…},
    {"kind":"run","id":"…",…}
    ],
    "count": 2, "sha256": "…"}

Each line ends with one newline, the last too. `sha256` is taken over every byte before the last
line, the newline before it included: `head -n -1 journal.json | sha256sum` prints it.

`schema` says which kinds and fields the file may hold, `min_reader` how much of the file's form a
program must know to write it. Schema 2 added activities, and why and for which leg a session was
stopped; a program of schema 1 does not show these, and carries them byte for byte.
"""

import hashlib
import re
from itertools import islice
from typing import NamedTuple

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
_BLOCK = 64 * 1024  # bytes between two states of the hash that are kept


class Whole(NamedTuple):
    """A file's bytes; `states[n]` is the hash of its first n blocks, or of all."""

    data: bytes
    checksum: str
    states: "tuple[hashlib._Hash, ...]"


_NOTHING = Whole(b"", "", (hashlib.sha256(),))


def read(data: bytes) -> Whole:
    """Return a file with its checksum, which is not looked for in the file."""
    return _hashed(_NOTHING, 0, data, data.rfind(b"\n", 0, -1) + 1)


def proof(whole: Whole) -> re.Match[bytes] | None:
    """Return the footer, with its count, of a file that is just as this program wrote it."""
    found = _FOOTER.search(whole.data, max(0, len(whole.data) - _FOOTER_REACH))
    return found if found and found[2] == whole.checksum.encode() else None


def named(data: bytes) -> str | None:
    """Return the checksum that the end of a file names, right or wrong."""
    found = _FOOTER.search(data, max(0, len(data) - _FOOTER_REACH))
    return found[2].decode() if found else None


def begun(schema: int) -> Whole:
    """Return the beginning of a file without lines."""
    lines = header(schema)
    return _hashed(_NOTHING, 0, lines, len(lines))


def header(schema: int) -> bytes:
    """Return the first two lines of a file."""
    first = f'{{"format": "{FORMAT}", "schema": {schema}, "min_reader": {READER},\n'
    return first.encode() + b'"entries": [\n'


def continued(whole: Whole, kept: int, lines: bytes, count: int) -> Whole:
    """Return a file that begins with the first `kept` bytes of another, its lines and a footer."""
    blocks = kept // _BLOCK
    rest = b"".join((whole.data[blocks * _BLOCK : kept], lines, b"\n" * bool(count), b"],\n"))
    made = _hashed(whole, blocks, rest, len(rest))
    footer = f'"count": {count}, "sha256": "{made.checksum}"}}\n'.encode()
    data = b"".join((memoryview(whole.data)[: blocks * _BLOCK], rest, footer))
    return Whole(data, made.checksum, made.states)


def _hashed(whole: Whole, blocks: int, rest: bytes, end: int) -> Whole:
    """Return the hash of the first blocks of `whole` and of `rest` up to its `end`."""
    states = list(islice(whole.states, blocks + 1))
    view = memoryview(rest)[:end]
    for start in range(0, end, _BLOCK):
        state = states[-1].copy()
        state.update(view[start : start + _BLOCK])
        states.append(state)
    return Whole(rest, states[-1].hexdigest(), tuple(states))
