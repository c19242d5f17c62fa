"""What the window says of its file: how it opened, and whether all is saved."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Moment, Rating, RestDay, Sign, new_id
from itband_gui.journal.store import LoadCode, Store
from itband_gui.leg.names import Leg
from itband_gui.ui.journal_link import RETRY_MS, JournalLink
from itband_gui.ui.settings import Settings
from itband_gui.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from tests.ui.conftest import User


@pytest.fixture(autouse=True)
def _been_here_before(user: "User") -> None:
    """Accept the disclaimer, so that nothing but the journal is written."""
    user.folder.mkdir()
    Settings(user.folder / "settings.ini").disclaimer_read = True


def file(user: "User") -> Path:
    return user.folder / "journal.json"


def notices(user: "User") -> list[str]:
    """Return the sentences above the page."""
    return [n.text.text() for n in user.window.findChildren(Notice) if n.isVisible()]


def fill(user: "User", count: int = 3) -> None:
    """Put ratings into the journal before the window opens."""
    book, store = Book(), Store(file(user))
    for number in range(count):
        at = user.clock.now() - timedelta(days=count - number)
        book.add(Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=number))
    store.save(book)


def rate(user: "User") -> None:
    """Make two entries: a check-in up to the session, which is then stopped."""
    user.go_to_session()
    user.press("S", "Return")


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


# How it opened


def test_a_first_start_and_a_sound_journal_need_no_words(user: "User") -> None:
    user.open()
    assert notices(user) == []
    fill(user)
    user.open()
    assert notices(user) == []
    assert "Saved" in user.reads()


def test_a_damaged_journal_is_put_aside_and_what_it_held_is_brought_back(user: "User") -> None:
    fill(user)
    lines = file(user).read_bytes().splitlines(keepends=True)
    lines[3] = b'{"kind":"rating","id":"x",\n'
    damaged = b"".join(lines)
    file(user).write_bytes(damaged)
    user.open()
    (said,) = notices(user)
    (aside,) = user.folder.glob("journal.corrupt-*.json")
    assert aside.read_bytes() == damaged
    assert aside.name in said
    assert re.findall(r"\b\d\b", said.replace(aside.name, "")) == ["2", "1"], "kept and lost"
    assert len(user.journal()) == 2


@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"PK\x03\x04", b'{"format": "other"}'])
def test_a_foreign_file_is_put_aside_untouched(user: "User", content: bytes) -> None:
    file(user).write_bytes(content)
    user.open()
    assert "put aside" in notices(user)[0]
    (aside,) = user.folder.glob("journal.corrupt-*.json")
    assert aside.read_bytes() == content
    rate(user)
    assert len(user.journal()) == 2


def test_a_journal_changed_by_hand_is_read_and_said_to_be(user: "User") -> None:
    fill(user)
    text = file(user).read_text("utf-8")
    file(user).write_text(text.replace('"note":""', '"note":"by hand"', 1), "utf-8")
    user.open()
    (said,) = notices(user)
    assert "changed by something other" in said
    rate(user)
    assert "by hand" in file(user).read_text("utf-8")


def test_a_journal_of_a_newer_version_is_read_and_never_written(user: "User") -> None:
    fill(user)
    whole = json.loads(file(user).read_bytes())
    whole |= {"schema": 99, "min_reader": 99}
    newer = json.dumps(whole).encode()
    file(user).write_bytes(newer)
    user.open()
    assert "newer version" in notices(user)[0]
    rate(user)
    assert file(user).read_bytes() == newer
    assert "Not saved" in user.reads()


def test_a_journal_that_cannot_be_read_is_not_written_over(user: "User") -> None:
    file(user).mkdir()
    user.open()
    assert "cannot be read" in notices(user)[0]
    rate(user)
    assert file(user).is_dir()
    assert "Not saved" in user.reads()


def test_a_notice_goes_when_it_is_closed(user: "User") -> None:
    file(user).write_bytes(b"?")
    user.open()
    user.click_on("Close")
    assert notices(user) == []


# Routines


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ('name = "x"\ncolour = 1', "colour", "name, settle, steps"),
        ('name = "x"', "settle", ""),
        ("name =", "not a TOML file", ""),
        (None, "steps[0].pressure", "[1, 5]"),
        ("zones", "steps[0].zones", "back-edge"),
    ],
)
def test_a_wrong_routine_is_named_with_its_file_its_key_and_what_is_allowed(
    user: "User", text: str | None, key: str, allowed: str, short: str
) -> None:
    if text is None:
        text = short.replace("pressure = [3, 4]", "pressure = [3, 6]")
    elif text == "zones":
        text = short.replace('["front-edge"]', '["elbow"]')
    user.add_routine("mine.toml", text)
    user.add_routine("good.toml", short.replace('"Short"', '"Good"'))
    user.open()
    (said,) = notices(user)
    assert "mine.toml" in said
    assert key in said
    assert allowed in said
    assert "Good" in user.reads(), "the others work"


# Saved, and not


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
    sound = file(user).read_bytes()
    file(user).write_bytes(sound[:-40])

    def mend() -> None:
        file(user).write_bytes(sound)

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
    fill(user)
    user.open()
    mend = trouble(user)
    rate(user)
    read = user.reads()
    assert "Not saved" in read
    assert "Saved" not in read.split("\n")
    assert word in read
    fire_retry(user)
    assert "Not saved" in user.reads()
    assert len(notices(user)) == 1, "said once, not once a try"
    mend()
    fire_retry(user)
    assert "Not saved" not in user.reads()
    assert "Saved" in user.reads().split("\n")
    assert len(user.journal()) == 5


def test_trying_again_can_be_asked_for(user: "User") -> None:
    fill(user)
    user.open()
    mend = gone_folder(user)
    rate(user)
    mend()
    user.click_on("Try again")
    assert notices(user) == []
    assert len(user.journal()) == 5


def test_a_full_disk_is_said_and_what_was_made_is_saved_once_there_is_room(user: "User") -> None:
    with small_disk(user.folder):
        fill(user)
        user.open()
        ballast = user.folder / "ballast"
        with suppress(OSError):
            ballast.write_bytes(b"x" * 1_000_000)
        before = file(user).read_bytes()
        rate(user)
        assert "The disk is full" in user.reads()
        assert file(user).read_bytes() == before
        ballast.unlink()
        fire_retry(user)
        assert "Saved" in user.reads().split("\n")
        assert len(user.journal()) == 5


def test_saved_is_said_only_after_the_file_was_replaced(user: "User") -> None:
    user.open()
    seen: list[tuple[bool, bool]] = []
    link(user).save_state_changed.connect(
        lambda state: seen.append((state.saved, file(user).is_file()))
    )
    rate(user)
    assert seen
    assert all(on_disk for saved, on_disk in seen if saved)


# Closing


def test_closing_with_everything_saved_asks_nothing(user: "User") -> None:
    user.open()
    rate(user)
    assert user.window.close()


@pytest.mark.parametrize("answer", ["Return", "Escape"])
def test_closing_with_unsaved_changes_asks_and_stays(user: "User", answer: str) -> None:
    fill(user)
    user.open()
    mend = gone_folder(user)
    rate(user)
    assert not user.window.close()
    user.look()
    user.press(answer)
    assert user.question is None
    assert user.window.isVisible()
    mend()
    assert user.window.close(), "closing tries once more"
    assert len(user.journal()) == 5


def test_closing_without_saving_is_possible(user: "User") -> None:
    fill(user)
    user.open()
    gone_folder(user)
    rate(user)
    user.window.close()
    user.click_on("Close and lose them")
    assert not user.window.isVisible()


# Others at the same file


def test_two_windows_on_one_folder_lose_nothing(user: "User") -> None:
    user.open()
    rate(user)
    user.open()
    rate(user)
    user.windows.reverse()
    user.turn_to(user.window)
    assert len(user.journal()) == 4
    rate(user)
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
    rate(user)
    assert len(user.journal()) == 3


def test_a_file_damaged_by_others_is_said_at_focus_and_taken_back_when_it_is_mended(
    user: "User",
) -> None:
    fill(user)
    window, other = user.open(), user.open()
    mend = damaged_meanwhile(user)
    user.windows = [other, window]
    user.turn_to(window)
    assert "Not saved" in user.reads()
    mend()
    user.turn_to(other)
    user.turn_to(window)
    assert notices(user) == []
    assert "Not saved" not in user.reads()


def test_undo_in_one_window_and_a_sign_in_the_other_are_both_kept(user: "User") -> None:
    window, other = user.open(), user.open()
    sign = Sign(id=new_id(), at=user.clock.now(), sign="clot")
    rest = RestDay(id=new_id(), at=user.clock.now())
    user.windows = [other, window]
    link(user).add(rest)
    user.windows = [window, other]
    link(user).add(sign)
    user.windows = [other, window]
    link(user).remove(rest.id)
    link(user).undo()
    assert {entry.id for entry in user.journal()} == {sign.id, rest.id}
    assert Store(file(user)).load().code is LoadCode.SOUND
