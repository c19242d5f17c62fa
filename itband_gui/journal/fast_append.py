"""Quickly appends a newest entry to a journal that this program wrote.

If the checksum proves that the file is ours, its lines need not be parsed, checked and written
again, which is most of the work of a `Store`. All other cases are left to the `Store`: a file from
another program, conflict copies, an entry older than the newest, a missing journal.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from itband_gui.journal import safe_file
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import BackupError, Backups, DueCopies
from itband_gui.journal.entries import Entry
from itband_gui.journal.lines import LineInvalidError, parse_line
from itband_gui.journal.lock import locked
from itband_gui.journal.safe_file import read_file
from itband_gui.journal.siblings_seen import SeenSiblings, any_new
from itband_gui.journal.snapshot import (
    HEADER,
    READER,
    SCHEMA,
    SEPARATOR,
    FileImage,
    continued,
    named,
    proof,
    read,
)
from itband_gui.journal.validation import normalized
from itband_gui.journal.versions import EncodingError, Version, written


class Appended(NamedTuple):
    """The result of an append; its fields are those of `Saved`."""

    backup_error: BackupError | None
    unlocked: bool = False
    unremembered: bool = False


def append(
    path: Path, entry: Entry, backups: Backups, now: datetime, log: Acknowledged | None = None
) -> Appended | None:
    """Save a new entry durably; change nothing and return None if that needs a `Store`.

    `log` is this computer's record of saves; a `Store` is needed if it differs from the file.

    Raises:
        EntryInvalidError: see `validation.check`.
        NotSavedError: as for `Store.write`.

    """
    target = safe_file.real_target(path)
    if not os.path.exists(target):  # noqa: PTH110 - a disk error counts as missing
        return None
    with locked(target) as is_alone:
        found = _with_newest(target, entry, log)
        if found is None:
            return None
        safe_file.sweep(target)
        backup_error = DueCopies(backups).keep(target, now)
        safe_file.save_file(target, found.whole.data)
        is_remembered = log is None or log.add(found.whole, found.before, found.kept)
    return Appended(backup_error, not is_alone, not is_remembered)


class _Longer(NamedTuple):
    """A journal with one more line; it shares `kept` bytes with the one of checksum `before`."""

    whole: FileImage
    before: str
    kept: int


def _with_newest(target: Path, entry: Entry, log: Acknowledged | None) -> _Longer | None:
    try:
        version = written(normalized(entry))
        data = b"" if any_new(target, SeenSiblings(log)) else read_file(target)[0]
    except (OSError, EncodingError):  # the store reports the reason
        return None
    before = named(data)
    if before is None or (log and log.last() not in (None, before)):
        return None
    whole = with_newest(data, version)
    return _Longer(whole, before, data.rfind(b"\n],\n")) if whole else None


def with_newest(data: bytes, version: Version) -> FileImage | None:
    """Return a journal with one more line, parsing only the last one.

    None if another program wrote it, if it has no line yet, or if the line is not new or not the
    newest.
    """
    whole = read(data)
    start, footer = HEADER.match(data), proof(whole)
    if not (start and footer and int(start[1]) == SCHEMA and int(start[2]) <= READER):
        return None
    count, end = data.count(b"\n", start.end(), footer.start()), footer.start() - 1
    try:
        newest = parse_line(data[data.rfind(b"\n", 0, end) + 1 : end], lenient=False).line
    except LineInvalidError:
        return None
    line = version.line
    is_known = b'"id":' + msgspec.json.encode(line.id) in data
    if count != int(footer[1]) or is_known or (newest.at, newest.id) >= (line.at, line.id):
        return None
    return continued(whole, end, SEPARATOR + version.data, count + 1)
