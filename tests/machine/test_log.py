"""The log is small and private, has no user data, and never gets in the way."""

import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from itband_gui.machine.log import FILE_NAME, LIMIT, LogFile, older

NOTE = "it burns"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes and no pipes")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LogFile]:
    """Return the log of a state folder that is not there yet, fed by all loggers."""
    made = LogFile(tmp_path / "state")
    logging.getLogger().addHandler(made)
    yield made
    logging.getLogger().removeHandler(made)


def text(log: LogFile) -> str:
    return log.path.read_text("utf-8")


@posix
def test_the_file_and_its_folder_are_for_their_owner_alone(log: LogFile) -> None:
    old = os.umask(0)
    log.write("ERROR", "x")
    os.umask(old)
    assert log.path.stat().st_mode & 0o777 == 0o600
    assert log.path.parent.stat().st_mode & 0o777 == 0o700


@posix
def test_a_file_that_others_could_read_is_made_private(log: LogFile) -> None:
    log.write("ERROR", "x")
    log.path.chmod(0o644)
    log.write("ERROR", "y")
    assert log.path.stat().st_mode & 0o777 == 0o600


def test_two_files_of_limited_size_are_kept_and_the_end_is_never_lost(log: LogFile) -> None:
    for number in range(5_000):
        log.write("ERROR", f"{number:05} " + "x" * 200)
    assert sorted(log.path.parent.iterdir()) == sorted([log.path, older(log.path)])
    assert log.path.stat().st_size <= LIMIT
    assert LIMIT - 300 <= older(log.path).stat().st_size <= LIMIT
    both = older(log.path).read_text("utf-8") + text(log)
    numbers = [int(line.split()[2]) for line in both.splitlines()]
    assert numbers == list(range(numbers[0], 5_000))


def test_no_folder_above_is_made_and_what_waits_is_written_later(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "unplugged" / "state")
    log.write("ERROR", "first")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "unplugged").mkdir()
    log.flush()
    assert text(log).endswith("ERROR first\n")


@posix
def test_a_pipe_or_a_link_in_its_place_holds_nobody_up(log: LogFile, tmp_path: Path) -> None:
    log.path.parent.mkdir()
    os.mkfifo(log.path)
    log.write("ERROR", "x")
    log.path.unlink()
    (tmp_path / "other").touch()
    log.path.symlink_to(tmp_path / "other")
    log.write("ERROR", "y")
    assert (tmp_path / "other").read_bytes() == b""


def test_our_own_warnings_are_written_and_lesser_ones_not(log: LogFile) -> None:
    ours = logging.getLogger("itband_gui.ui.services.settings")
    ours.warning("settings.ini: %s has an unknown value; ignored", "window/theme")
    ours.info("less")
    assert "WARNING itband_gui.ui.services.settings: settings.ini: window/theme has" in text(log)
    assert "less" not in text(log)


def test_an_exception_is_logged_without_what_it_says(log: LogFile) -> None:
    try:
        int(NOTE)
    except ValueError:
        logging.getLogger("itband_gui.x").exception("could not")
    assert "could not\n    ValueError\n" in text(log)
    assert NOTE not in text(log)


def test_what_other_libraries_say_is_told_by_its_place_only(log: LogFile) -> None:
    logging.getLogger("wakepy").error("no such file: %s", NOTE)
    assert f"wakepy: at {Path(__file__).name}:" in text(log)
    assert NOTE not in text(log)


def test_a_record_that_cannot_be_told_fails_nobody(log: LogFile) -> None:
    log.emit(logging.LogRecord("itband_gui", logging.ERROR, "x.py", 1, "%d", (NOTE,), None))
    assert NOTE not in text(log)
    assert "cannot be written" in text(log)


def test_a_record_is_one_line_or_indented_ones(log: LogFile) -> None:
    log.write("ERROR", "one\ntwo\x1b[31m\r")
    first, second = text(log).splitlines()
    assert first.endswith("ERROR one")
    assert second == "    two\\u001b[31m"


def test_threads_do_not_tear_each_other_s_lines(log: LogFile) -> None:
    def write(name: str) -> None:
        for _ in range(200):
            log.write("ERROR", name * 100)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    lines = [line.split()[2] for line in text(log).splitlines()]
    assert len(lines) == 800
    assert all(line == line[0] * 100 for line in lines)


def test_the_name_says_what_it_is() -> None:
    assert FILE_NAME == "log.txt"
