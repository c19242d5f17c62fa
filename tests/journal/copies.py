"""Times, bytes and copies for tests of the backups."""

from datetime import UTC, datetime, timedelta
from hashlib import shake_128

from itband_gui.journal.backups import Backups, Copy, Why

AT = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86400))
ONE, TWO, THREE = b"one\n" * 99, b"two\n" * 9999, shake_128(b"3").digest(99_999)
# The system calls of keeping a copy.
CALLS = (
    *("open", "write", "fsync", "fstat", "close", "replace", "rename", "stat", "lstat", "scandir"),
    *("mkdir", "unlink", "link", "chmod"),
)


def kept(backups: Backups, data: bytes, at: datetime = AT, why: Why = Why.TIMED) -> Copy:
    copy = backups.keep(data, at, why)
    assert copy is not None
    return copy


def names(backups: Backups) -> list[str]:
    return sorted(path.name for path in backups.folder.iterdir())
