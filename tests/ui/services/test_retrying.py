"""A failed save is retried after a while, or as soon as there is reason to."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.journal.book import Book
from itband_gui.journal.store import Store
from itband_gui.ui.services.autosave import RETRY_MS
from itband_gui.ui.services.journal_link import JournalLink
from tests.ui.troubles import (
    add_elsewhere,
    gone_folder,
    held,
    rest_day,
    retry,
    says,
    small_disk,
    wait_for_news,
    watch_of,
    writes_of,
)

if TYPE_CHECKING:
    from tests.ui.conftest import User

LONG_MS = 3_600_000


@pytest.fixture(autouse=True)
def _a_folder(user: "User") -> None:
    user.folder.mkdir()


def fill_up(user: "User") -> None:
    with suppress(OSError):
        (user.folder / "ballast").write_bytes(b"x" * 1_000_000)


def test_on_a_full_disk_a_failed_save_does_not_trigger_another(
    user: "User", qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(user.folder):
        user.fill_journal()
        user.open()
        watch = watch_of(user)
        fill_up(user)
        writes = writes_of(user, monkeypatch)
        for changes in (1, 2):
            with qtbot.waitSignal(watch.changed, timeout=60_000):
                user.link.add(rest_day(user))
                user.look()
            user.look()
            assert "The disk is full" in user.reads()
            assert writes == [1, 2][:changes], "once for each change, and not for each look"
        assert retry(user).isActive()


def test_changes_by_others_are_seen_while_the_disk_is_full(user: "User", qtbot: QtBot) -> None:
    with small_disk(user.folder):
        user.fill_journal()
        user.open()
        fill_up(user)
        user.link.add(rest_day(user))
        user.look()
        watch = watch_of(user)
        with qtbot.waitSignal(watch.changed, timeout=60_000):
            user.file.rename(user.folder / "away").rename(user.file)  # as sync tools do
        user.look()
        retry(user).start(LONG_MS)  # it would see it too
        edited = user.file.read_text("utf-8").replace('"score":2', '"score":9')
        wait_for_news(user, qtbot, partial(user.file.write_text, edited, "utf-8"))
        assert says(user) == "Not saved"


def test_looks_do_not_delay_the_next_retry(user: "User") -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.link.add(rest_day(user))
    user.look()
    assert retry(user).interval() == RETRY_MS
    retry(user).start(LONG_MS)
    user.link.take_in()
    user.look()
    assert retry(user).interval() == LONG_MS
    mend()


def test_a_look_with_news_saves_waiting_changes(user: "User") -> None:
    with small_disk(user.folder):
        user.fill_journal()
        user.open()
        fill_up(user)
        user.link.add(rest_day(user))
        user.look()
        (user.folder / "ballast").unlink()
        user.link.take_in()
        user.look()
        assert says(user) == "Not saved", "nothing has told of the room"
        add_elsewhere(user)
        user.link.take_in()
        user.look()
        assert (says(user), held(user)) == ("Saved", 5)


def test_closing_always_retries_once(
    user: "User",
) -> None:
    with small_disk(user.folder):
        user.fill_journal()
        user.open()
        fill_up(user)
        user.link.add(rest_day(user))
        user.look()
        (user.folder / "ballast").unlink()
        assert user.window.close()
        assert held(user) == 4


def test_undoing_an_unsaved_change_leaves_everything_saved(
    user: "User",
) -> None:
    with small_disk(user.folder):
        user.fill_journal()
        user.open()
        fill_up(user)
        user.link.add(rest_day(user))
        user.look()
        assert says(user) == "Not saved"
        user.link.undo()
        user.look()
        assert says(user) == "Saved"
        assert not retry(user).isActive()


def test_changes_before_any_request_are_saved_with_the_first_look(
    user: "User",
) -> None:
    book = Book()
    book.add(rest_day(user))
    link = JournalLink(book, Store(user.file), user.clock.now)
    link.take_in()
    link.settle()
    assert link.save_state.saved
    assert held(user) == 1


@pytest.mark.parametrize("entries", [0, 3])
def test_waiting_changes_are_saved_when_the_folder_is_back(user: "User", entries: int) -> None:
    if entries:
        user.fill_journal(entries)
    user.open()
    mend = gone_folder(user)
    user.link.add(rest_day(user))
    user.look()
    user.link.take_in()
    user.look()
    assert says(user) == "Not saved"
    mend()
    user.link.take_in()
    user.look()
    assert (says(user), held(user)) == ("Saved", entries + 1)


def test_waiting_changes_are_saved_once_when_a_damaged_file_is_mended(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(user.folder):
        user.fill_journal()
        user.open()
        sound = user.file.read_bytes()
        user.file.write_bytes(sound[:-40])
        user.link.add(rest_day(user))
        user.look()
        assert "is damaged" in user.reads()
        fill_up(user)
        user.file.write_bytes(sound)
        writes = writes_of(user, monkeypatch)
        for _ in range(3):
            user.link.take_in()
            user.look()
            assert "The disk is full" in user.reads()
            assert writes == [1]


def test_a_requested_retry_restarts_the_timer(user: "User") -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.link.add(rest_day(user))
    user.look()
    retry(user).start(LONG_MS)
    user.click_on("Try again")
    assert (retry(user).isActive(), retry(user).interval()) == (True, RETRY_MS)
    mend()
    user.click_on("Try again")
    assert says(user) == "Saved"
    assert not retry(user).isActive()


def test_no_retry_is_due_after_a_successful_look(user: "User") -> None:
    user.fill_journal()
    user.open()
    sound = user.file.read_bytes()
    user.file.write_bytes(sound[:-40])
    user.link.take_in()
    user.look()
    assert retry(user).isActive()
    user.file.write_bytes(sound)
    user.link.take_in()
    user.look()
    assert says(user) == "Saved"
    assert not retry(user).isActive()
