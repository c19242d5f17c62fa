"""Others at the same file: a second window, the command line, a file damaged meanwhile."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from itband_gui.journal.entries import RestDay, new_id
from itband_gui.ui.journal_link import JournalLink
from itband_gui.ui.main_window import MainWindow

if TYPE_CHECKING:
    from tests.ui.conftest import User


def test_two_windows_on_one_folder_lose_nothing(user: "User") -> None:
    user.open()
    user.make_two_entries()
    user.open()
    user.make_two_entries()
    user.windows.reverse()
    user.turn_to(user.window)
    assert len(user.journal()) == 4
    user.make_two_entries()
    assert len(user.journal()) == 6


def test_a_rating_added_by_the_command_line_appears_when_the_window_is_turned_to(
    user: "User",
) -> None:
    user.clock.start = user.clock.start.now().astimezone() + timedelta(minutes=1)
    window = user.open()
    other = user.open()
    assert "Right: 7 of 10" not in user.reads()
    command = [sys.executable, "-m", "itband_gui", "--data-dir", str(user.folder)]
    command += ["journal", "add", "--leg", "right", "--score", "7"]
    subprocess.run(command, check=True, capture_output=True, timeout=60, env=dict(os.environ))
    user.windows = [other, window]
    user.turn_to(window)
    assert "Right: 7 of 10" in user.reads()
    user.make_two_entries()
    assert len(user.journal()) == 3


def test_a_file_damaged_by_others_is_said_at_focus_and_taken_back_when_it_is_mended(
    user: "User",
) -> None:
    user.fill_journal()
    window, other = user.open(), user.open()
    sound = user.file.read_bytes()
    user.file.write_bytes(sound[:-40])
    user.windows = [other, window]
    user.turn_to(window)
    assert "Not saved" in user.reads()
    user.file.write_bytes(sound)
    user.turn_to(other)
    user.turn_to(window)
    assert user.notices() == []
    assert "Not saved" not in user.reads()


def test_what_one_window_adds_and_the_other_removes_is_right_in_both(user: "User") -> None:
    def link(window: MainWindow) -> JournalLink:
        return window._link  # noqa: SLF001 - what the pages change the journal through

    user.fill_journal()
    first, second = user.open(), user.open()
    rest = RestDay(id=new_id(), at=user.clock.now())
    link(first).add(rest)
    oldest = user.journal()[0]
    link(second).remove(oldest.id)
    user.look()
    link(first).take_in()
    expected = {entry.id for entry in user.journal()}
    assert {entry.id for entry in link(first).book} == expected
    assert rest.id in expected
    assert oldest.id not in expected
