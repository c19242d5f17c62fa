"""Nothing is called saved while it is on its way to the disk."""

from threading import Event
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.journal.changes import Saved
from itband_gui.journal.entries import RestDay
from itband_gui.journal.lock import locked
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import Store
from itband_gui.ui.services import autosave as saving_module
from tests.ui.troubles import end_threads, gone_folder, held, rest_day, says, writes_of

if TYPE_CHECKING:
    from tests.ui.conftest import User


@pytest.fixture(autouse=True)
def _a_window(user: "User") -> None:
    user.fill_journal()
    user.open()


def bring(user: "User") -> RestDay:
    """Have something come in beside the book, as an import does; the book is not changed by it."""
    beside = rest_day(user)
    user.link.take_over(lambda _book: None, FileSnapshot.of_entries([beside]))
    return beside


def test_a_look_that_ends_while_an_import_is_written_does_not_call_it_saved(
    user: "User", qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, writes = list[bool](), writes_of(user, monkeypatch)
    with locked(user.file):  # the write waits for it, a look does not
        user.link.take_in()
        beside = bring(user)
        user.link.save_then(told.append)
        qtbot.waitUntil(lambda: bool(writes), timeout=60_000)  # after the look
        assert (says(user), told) == ("Saving…", [])
        with monkeypatch.context() as soon:
            soon.setattr(saving_module, "FLUSH_MS", 10)
            assert not user.link.flush()
    user.look()
    assert (says(user), told) == ("Saved", [True])
    assert beside in user.journal()


def test_a_look_that_fails_while_a_write_is_under_way_leaves_the_verdict_to_that(
    user: "User", qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, writes = list[bool](), writes_of(user, monkeypatch)
    sound = user.file.read_bytes()
    with locked(user.file):
        user.file.write_bytes(sound[:-40])
        user.link.take_in()
        user.link.add(rest_day(user))
        user.link.save_then(told.append)
        qtbot.waitUntil(lambda: bool(writes), timeout=60_000)  # after the look
        assert (says(user), told) == ("Saving…", [])
        user.file.write_bytes(sound)
    user.look()
    assert (says(user), told, held(user)) == ("Saved", [True], 4)


def test_what_an_import_brought_is_tried_again_when_its_write_failed(user: "User") -> None:
    mend = gone_folder(user)
    told: list[bool] = []
    beside = bring(user)
    user.link.save_then(told.append)
    user.look()
    assert (says(user), told) == ("Not saved", [False])
    mend()
    assert user.link.flush()
    assert beside in user.journal()


def test_two_imports_that_a_hung_disk_refuses_are_remembered_for_the_next_start(
    user: "User", qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, goes_on = Event(), Event()

    def hang(store: Store, *_: object, **__: object) -> Saved:
        hangs.set()
        assert goes_on.wait(60)
        raise NotSavedError(NotSavedCode.BROKEN, store.path)

    with monkeypatch.context() as broken:
        broken.setattr(Store, "write", hang)
        broken.setattr(saving_module, "FLUSH_MS", 10)
        first = bring(user)
        qtbot.waitUntil(hangs.is_set, timeout=60_000)
        second = bring(user)
        user.link.remember()
        goes_on.set()
        end_threads()
        user.leave()
    user.open()
    assert {first, second} <= set(user.journal())


def test_waiting_ends_when_each_look_fails_and_nothing_is_left_to_write(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_module, "PAUSE_MS", 3_600_000)  # the pause after the save lasts
    user.link.add(rest_day(user))
    assert user.link.settle()
    user.file.write_bytes(user.file.read_bytes()[:-40])
    user.link.take_in()
    assert user.link.settle()
    assert says(user) == "Not saved"


def test_a_change_that_is_taken_back_at_once_leaves_all_saved(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = writes_of(user, monkeypatch)
    user.link.add(rest_day(user))
    user.link.undo()
    user.look()
    assert (says(user), writes) == ("Saved", [])


def test_a_change_that_could_not_be_saved_and_is_taken_back_leaves_all_saved(
    user: "User",
) -> None:
    mend = gone_folder(user)
    user.link.add(rest_day(user))
    user.look()
    assert says(user) == "Not saved"
    mend()
    user.link.undo()
    user.look()
    assert says(user) == "Saved"
    assert user.notices() == []


def test_a_look_that_failed_does_not_put_off_what_was_changed_after_it(
    user: "User",
) -> None:
    mend = gone_folder(user)
    user.link.take_in()
    end_threads()  # it has failed, nobody knows yet
    mend()
    user.link.add(rest_day(user))
    user.look()
    assert (says(user), held(user)) == ("Saved", 4)


def test_closing_waits_for_all_that_one_write_leaves_to_the_next(user: "User") -> None:
    with locked(user.file):
        user.link.add(rest_day(user))
        user.link.save()
        user.link.add(rest_day(user))
    assert user.window.close()
    assert held(user) == 5
