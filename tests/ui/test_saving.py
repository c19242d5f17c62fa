"""Whether all is saved, what the window says when it is not, and how it closes then."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from itband_gui.ui.journal_link import RETRY_MS, JournalLink
from itband_gui.ui.settings import Settings

if TYPE_CHECKING:
    from tests.ui.conftest import User


@pytest.fixture(autouse=True)
def _been_here_before(user: "User") -> None:
    """Accept the disclaimer, so that nothing but the journal is written."""
    user.folder.mkdir()
    Settings(user.folder / "settings.ini").disclaimer_read = True


def link(user: "User") -> JournalLink:
    found: JournalLink = user.window._link  # noqa: SLF001 - its retry timer is fired by hand
    return found


def fire_retry(user: "User") -> None:
    """Let the time until the next try be over."""
    timer = link(user)._retry  # noqa: SLF001 - as above
    assert timer.isActive()
    assert timer.interval() == RETRY_MS
    timer.timeout.emit()
    user.look()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Put a disk of 64 KiB where a folder will be, if this machine lets us."""
    command = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(command, check=False, capture_output=True)
    if not mounted or mounted.returncode:
        pytest.skip("no leave to mount a small disk: run as root, outside a container")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def gone_folder(user: "User") -> Callable[[], None]:
    user.folder.rename(user.folder.with_name("away"))

    def mend() -> None:
        user.folder.with_name("away").rename(user.folder)

    return mend


def file_for_folder(user: "User") -> Callable[[], None]:
    mend = gone_folder(user)
    user.folder.write_text("not a folder")

    def take_away() -> None:
        user.folder.unlink()
        mend()

    return take_away


def damaged_meanwhile(user: "User") -> Callable[[], None]:
    sound = user.file.read_bytes()
    user.file.write_bytes(sound[:-40])

    def mend() -> None:
        user.file.write_bytes(sound)

    return mend


TROUBLES = pytest.mark.parametrize(
    ("trouble", "word"),
    [
        (gone_folder, "is gone"),
        (file_for_folder, "is gone"),
        (damaged_meanwhile, "damaged meanwhile"),
    ],
)


@TROUBLES
def test_what_cannot_be_saved_is_said_kept_and_saved_when_it_can_be(
    user: "User", trouble: Callable[["User"], Callable[[], None]], word: str
) -> None:
    user.fill_journal()
    user.open()
    mend = trouble(user)
    user.make_two_entries()
    read = user.reads()
    assert "Not saved" in read
    assert "Saved" not in read.split("\n")
    assert word in read
    fire_retry(user)
    assert "Not saved" in user.reads()
    assert len(user.notices()) == 1, "said once, not once a try"
    mend()
    fire_retry(user)
    assert "Not saved" not in user.reads()
    assert "Saved" in user.reads().split("\n")
    assert len(user.journal()) == 5


def test_trying_again_can_be_asked_for(user: "User") -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.make_two_entries()
    mend()
    user.click_on("Try again")
    assert user.notices() == []
    assert len(user.journal()) == 5


def test_a_full_disk_is_said_and_what_was_made_is_saved_once_there_is_room(user: "User") -> None:
    with small_disk(user.folder):
        user.fill_journal()
        user.open()
        ballast = user.folder / "ballast"
        with suppress(OSError):
            ballast.write_bytes(b"x" * 1_000_000)
        before = user.file.read_bytes()
        user.make_two_entries()
        assert "The disk is full" in user.reads()
        assert user.file.read_bytes() == before
        ballast.unlink()
        fire_retry(user)
        assert "Saved" in user.reads().split("\n")
        assert len(user.journal()) == 5


def test_saved_is_said_only_after_the_file_was_replaced(user: "User") -> None:
    user.open()
    seen: list[tuple[bool, bool]] = []
    link(user).save_state_changed.connect(
        lambda state: seen.append((state.saved, user.file.is_file()))
    )
    user.make_two_entries()
    assert seen
    assert all(on_disk for saved, on_disk in seen if saved)


# Closing


def test_closing_with_everything_saved_asks_nothing(user: "User") -> None:
    user.open()
    user.make_two_entries()
    assert user.window.close()


@pytest.mark.parametrize("answer", ["Return", "Escape"])
def test_closing_with_unsaved_changes_asks_and_stays(user: "User", answer: str) -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.make_two_entries()
    assert not user.window.close()
    user.look()
    user.press(answer)
    assert user.question is None
    assert user.window.isVisible()
    mend()
    assert user.window.close(), "closing tries once more"
    assert len(user.journal()) == 5


def test_closing_without_saving_is_possible(user: "User") -> None:
    user.fill_journal()
    user.open()
    gone_folder(user)
    user.make_two_entries()
    user.window.close()
    user.click_on("Close and lose them")
    assert not user.window.isVisible()
