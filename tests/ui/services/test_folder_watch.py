"""What is watched, and that a disk which hangs is waited for by nobody."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, get_ident
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QFileSystemWatcher
from pytestqt.qtbot import QtBot

from itband_gui.journal.safe_file import real_target
from itband_gui.ui.services import folder_watch
from itband_gui.ui.services.folder_watch import FolderWatch
from tests.ui.troubles import held, rest_day, retry, says, wait_for_news, watch_of

if TYPE_CHECKING:
    from tests.ui.conftest import User

See = Callable[[Callable[[], object]], None]


@pytest.fixture(autouse=True)
def _a_window(user: "User") -> None:
    user.fill_journal()
    user.open()


@pytest.fixture
def watch(user: "User") -> FolderWatch:
    """The window's, once it watches all that is there."""
    return watch_of(user)


@pytest.fixture
def sees(user: "User", qtbot: QtBot) -> See:
    """Return what does something to the folder and waits until the window has taken it in."""

    return partial(wait_for_news, user, qtbot)


def watched(watch: FolderWatch) -> set[str]:
    watcher = watch.findChild(QFileSystemWatcher)
    assert isinstance(watcher, QFileSystemWatcher)
    return {*watcher.directories(), *watcher.files()}


def edit(file: Path, before: str, after: str) -> None:
    """Write into the file, which stays the same one."""
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def test_the_window_s_thread_never_asks_the_disk_what_is_there(
    user: "User", watch: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    stat = Path.stat

    def noted(path: Path, *, follow_symlinks: bool = True) -> object:
        asked.append(get_ident())
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", noted)
    user.link.add(rest_day(user))
    user.look()
    assert watch.settle(60)
    assert asked
    assert get_ident() not in asked


def test_a_disk_that_hangs_where_it_is_watched_holds_up_no_save(
    user: "User", watch: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = Event()

    def hanging(path: Path) -> Path:
        assert goes_on.wait(60), "the window waited for it"
        return real_target(path)

    monkeypatch.setattr(folder_watch, "real_target", hanging)
    user.link.add(rest_day(user))
    user.look()
    assert (says(user), held(user)) == ("Saved", 4)
    assert not watch.settle(0)
    goes_on.set()
    assert watch.settle(60)


def test_after_each_save_the_file_and_its_folder_are_watched(
    user: "User", watch: FolderWatch
) -> None:
    assert watched(watch) == {str(user.folder), str(user.file)}
    for _ in range(3):
        user.link.add(rest_day(user))
        user.look()
        assert watch.settle(60)
        assert watched(watch) == {str(user.folder), str(user.file)}


def test_what_is_written_into_a_file_is_seen_however_often_the_window_has_replaced_it(
    user: "User", sees: See
) -> None:
    for score in (7, 8, 9):
        user.link.add(rest_day(user))
        user.look()
        before = next(each for each in (2, 7, 8) if f'"score":{each}' in user.file.read_text())
        sees(partial(edit, user.file, f'"score":{before}', f'"score":{score}'))
        assert f'"score":{score}' in user.file.read_text()


def test_a_file_that_was_away_is_watched_again_though_it_is_the_same_one(
    user: "User", watch: FolderWatch, sees: See, qtbot: QtBot
) -> None:
    inode = user.file.stat().st_ino
    with qtbot.waitSignal(watch._timer.timeout, timeout=60_000):  # noqa: SLF001 - it looks then
        user.file.rename(user.folder / "away").rename(user.file)
    user.look()
    assert watch.settle(60)
    assert user.file.stat().st_ino == inode
    assert watched(watch) == {str(user.folder), str(user.file)}
    sees(partial(edit, user.file, '"score":2', '"score":9'))


def test_a_folder_that_comes_with_a_journal_that_cannot_be_read_is_watched(
    user: "User", qtbot: QtBot
) -> None:
    sound = user.file.read_bytes()
    other = type(user)(user.folder.with_name("later"), user.appearance)
    other.open()
    other.folder.mkdir()
    other.file.write_bytes(sound[:-40])
    other.link.take_in()
    other.look()
    assert says(other) == "Not saved"
    retry(other).start(3_600_000)  # it would see it too
    wait_for_news(other, qtbot, partial(other.file.write_bytes, sound))
    assert (says(other), len(other.link.book)) == ("Saved", 3)
    other.leave()


def test_what_changed_before_it_was_watched_is_looked_at(
    user: "User", watch: FolderWatch, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    found = Event()

    def found_late(path: Path) -> Path:
        assert found.wait(60)
        return real_target(path)

    monkeypatch.setattr(folder_watch, "real_target", found_late)
    with qtbot.waitSignal(watch._timer.timeout, timeout=60_000):  # noqa: SLF001 - its own save
        user.link.add(rest_day(user))
        user.look()
    user.look()
    edit(user.file, '"score":2', '"score":9')  # the new file, which is not watched yet
    with qtbot.waitSignal(user.link.changed_elsewhere, timeout=60_000):
        found.set()
    user.look()
    assert user.notices() == ["Your journal was changed in another place: 1 changed."]


def test_what_is_watched_already_is_not_watched_anew(
    user: "User", watch: FolderWatch, qtbot: QtBot
) -> None:
    user.link.take_in()
    user.look()
    assert watch.settle(60)
    watch._timer.stop()  # noqa: SLF001 - what there was to look at before this test
    user.link.take_in()
    user.look()
    assert watch.settle(60)
    assert not watch._timer.isActive()  # noqa: SLF001 - no look is due


def test_a_folder_that_cannot_be_written_to_is_told_at_the_start_until_a_save_fails(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who runs this may write anywhere, so what the system would say to others is put in its place.
    monkeypatch.setattr(os, "access", lambda folder, _mode: folder != user.folder)
    user.leave()
    user.open()
    assert watch_of(user).settle(60)
    (said,) = user.notices()
    assert said == (
        f"Nothing can be saved: the folder {user.folder} cannot be written to. Allow writing there "
        "before you begin."
    )
    user.turn_to(user.window)
    assert user.notices() == [said], "a look that goes well says nothing about writing"
    user.folder.rename(user.folder.with_name("away"))
    user.link.add(rest_day(user))
    user.look()
    (said,) = user.notices()
    assert said.startswith("Not saved.")


def test_of_a_folder_that_is_not_made_yet_the_one_above_is_asked(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    user.leave()
    user.folder.rename(user.folder.with_name("away"))
    above = user.folder.parent
    monkeypatch.setattr(os, "access", lambda folder, _mode: folder != above)
    user.open()
    assert watch_of(user).settle(60)
    assert f"the folder {above} cannot be written to" in user.reads()
