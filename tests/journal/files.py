"""Bytes of journal files, as this program, another version of it or a hand would write them."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from itband_gui.journal.salvage import Decoded, JournalFault
from itband_gui.journal.snapshot import SCHEMA

Change = Callable[[dict[str, Any]], object]
REST = b'{"kind":"rest-day","id":"%b","rev":1,"at":"2026-01-01T00:00:00Z","note":""}'
LOST = b'{"kind":"overruled","id":"o","rev":1,"at":"2026-01-01T00:00:00Z","of":"a","version":%b}'


def faults(decoded: Decoded) -> list[JournalFault]:
    return [problem.fault for problem in decoded.problems]


def rewritten(data: bytes, change: Change) -> bytes:
    """Return the file with its JSON changed, as another program would write it."""
    document = json.loads(data)
    change(document)
    return json.dumps(document).encode()


def signed(lines: bytes, count: int, schema: int = SCHEMA, min_reader: int = 1) -> bytes:
    """Return a file with a right checksum, as another version of this program would write it."""
    header = f'{{"format": "itband-journal", "schema": {schema}, "min_reader": {min_reader},\n'
    covered = header.encode() + b'"entries": [\n' + lines + b"\n],\n"
    digest = hashlib.sha256(covered).hexdigest()
    return covered + f'"count": {count}, "sha256": "{digest}"}}\n'.encode()
