import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui.journal.safe_file import changed_at, read_file


def test_a_file_is_read_whole_with_its_status(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\0abc\n")
    data, status = read_file(path)
    assert (data, status.st_size, status.st_ino) == (b"\0abc\n", 5, path.stat().st_ino)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(OSError, match=r"not a file|directory") as refused:
            read_file(path)
        assert refused.value.errno == errno.EISDIR


def test_a_file_may_be_as_long_as_the_limit_and_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_file(path, 5)[0] == b"12345"
    with pytest.raises(OSError, match="beyond the limit") as refused:
        read_file(path, 4)
    assert refused.value.errno == errno.EFBIG


def test_a_giant_is_refused_before_it_is_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as stream:
        stream.truncate(1 << 42)
    with pytest.raises(OSError, match="beyond the limit") as refused:
        read_file(path, 1000)
    assert refused.value.errno == errno.EFBIG


def test_a_file_that_hides_its_length_is_held_to_the_limit() -> None:
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("no /proc on this system")
    assert path.stat().st_size == 0
    with pytest.raises(OSError, match="beyond the limit"):
        read_file(path, 10)
    assert read_file(path)[0].startswith(b"Name:")


def changed(seconds: int) -> datetime:
    return changed_at(os.stat_result((0, 0, 0, 0, 0, 0, 0, 0, seconds, 0)))


def test_a_file_tells_when_it_was_changed_or_1970() -> None:
    assert changed(1795331400) == datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
    assert changed(-86400) == datetime(1969, 12, 31, tzinfo=UTC)
    for seconds in (2**40, -(2**40), 2**62):
        assert changed(seconds) == datetime(1970, 1, 1, tzinfo=UTC)
