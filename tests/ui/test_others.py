"""Other programs at the same file: a second window, the command line, damage."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from itband_gui.journal import safe_file
from itband_gui.journal import store as store_module
from itband_gui.journal.changes import Saved
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.lock import locked
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import Store
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.page import JournalPage
from tests.ui.troubles import add_elsewhere, wait_for_news, watch_of

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
    assert "Right: 7 out of 10" not in user.reads()
    command = [sys.executable, "-m", "itband_gui", "--data-dir", str(user.folder)]
    command += ["journal", "add", "--leg", "right", "--score", "7"]
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=dict(os.environ))
    user.windows = [other, window]
    user.turn_to(window)
    assert "Right: 7 out of 10" in user.reads()
    user.make_two_entries()
    assert len(user.journal()) == 3


def test_damage_by_others_is_reported_on_focus_until_it_is_mended(
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


def test_trying_again_looks_again_if_there_is_nothing_to_save(user: "User") -> None:
    user.fill_journal()
    user.open()
    sound = user.file.read_bytes()
    user.file.write_bytes(sound[:-40])
    user.link.take_in()
    user.look()
    user.click_on("Try again")
    assert "Not saved" in user.reads()
    user.file.write_bytes(sound)
    user.click_on("Try again")
    assert "Not saved" not in user.reads()
    assert user.notices() == []


def test_entries_merged_before_a_failed_save_are_shown(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    user.fill_journal()
    user.open()
    add_elsewhere(user)

    def refuse(target: Path, _data: bytes) -> None:
        raise NotSavedError(NotSavedCode.FULL, target)

    with monkeypatch.context() as full:
        full.setattr(safe_file, "save_file", refuse)
        user.link.add(RestDay(id=new_id(), at=user.clock.now()))
        assert not user.link.flush()
        assert len(user.link.book) == 5
    assert user.link.flush()
    assert len(user.journal()) == 5


def test_what_one_window_adds_and_the_other_removes_is_right_in_both(user: "User") -> None:
    user.fill_journal()
    first, second = user.open(), user.open()
    rest = RestDay(id=new_id(), at=user.clock.now())
    first.link.add(rest)
    oldest = user.journal()[0]
    second.link.remove(oldest.id)
    user.look()
    first.link.take_in()
    expected = {entry.id for entry in user.journal()}
    assert {entry.id for entry in first.link.book} == expected
    assert rest.id in expected
    assert oldest.id not in expected


# Without being turned to


@pytest.fixture
def sees(user: "User", qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    """Return what does something to the folder and waits until the window has taken it in."""

    return partial(wait_for_news, user, qtbot)


See = Callable[[Callable[[], object]], None]


def test_another_program_s_saves_are_merged_and_share_one_notice(user: "User", sees: See) -> None:
    user.fill_journal()
    user.open()
    for number in (1, 2, 3):  # a file that was replaced is another file each time
        sees(lambda: add_elsewhere(user))
        assert len(user.link.book) == 3 + number
        assert user.notices() == [f"Your journal was changed elsewhere: {number} added."]
    user.click_on("Close")
    sees(lambda: add_elsewhere(user))
    assert user.notices() == ["Your journal was changed elsewhere: 1 added."]


def test_a_journal_that_is_made_while_the_window_is_open_comes_in(user: "User", sees: See) -> None:
    user.folder.mkdir()
    user.open()
    sees(lambda: add_elsewhere(user))
    assert len(user.link.book) == 1


def test_writes_into_the_file_are_merged(user: "User", sees: See) -> None:
    user.fill_journal()
    user.open()
    text = user.file.read_text("utf-8")
    sees(lambda: user.file.write_text(text.replace('"score":2', '"score":9'), "utf-8"))
    assert user.notices() == ["Your journal was changed elsewhere: 1 changed."]


def test_a_folder_that_came_after_the_window_is_watched(user: "User", sees: See) -> None:
    user.open()
    user.link.add(RestDay(id=new_id(), at=user.clock.now()))
    user.look()
    sees(lambda: add_elsewhere(user))
    assert len(user.link.book) == 2


def test_writes_into_a_file_the_window_replaced_are_merged(
    user: "User", sees: See, qtbot: QtBot
) -> None:
    user.fill_journal()
    user.open()
    watch = watch_of(user)
    with qtbot.waitSignal(watch.changed, timeout=60_000):  # its own save
        user.link.add(RestDay(id=new_id(), at=user.clock.now()))
        user.look()
    user.look()
    edited = user.file.read_text("utf-8").replace('"score":2', '"score":9')
    sees(partial(user.file.write_text, edited, "utf-8"))
    assert user.notices() == ["Your journal was changed elsewhere: 1 changed."]


def test_the_copy_that_a_sync_tool_leaves_comes_in_and_is_put_away(user: "User", sees: See) -> None:
    user.fill_journal()
    before = user.file.read_bytes()
    add_elsewhere(user)
    theirs = user.file.read_bytes()
    user.file.write_bytes(before)
    user.open()
    copy = user.folder / "journal.sync-conflict-20261122-071000-ABCDEFG.json"
    sees(lambda: copy.write_bytes(theirs))
    assert len(user.journal()) == 4
    assert not copy.exists()


def test_the_window_s_own_saves_are_not_read_again(
    user: "User", qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.fill_journal()
    user.open()
    user.make_two_entries()
    watch = watch_of(user)
    monkeypatch.setattr(store_module, "read_file", lambda _path: pytest.fail("read again"))
    with qtbot.waitSignal(watch.changed, timeout=60_000):
        user.link.add(RestDay(id=new_id(), at=user.clock.now()))
        user.look()
    user.look()
    assert user.notices() == []


def test_a_change_during_a_look_is_looked_at_too(
    user: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    user.fill_journal()
    user.open()
    look = Store.look

    def overtaken(store: Store) -> Saved | None:
        monkeypatch.undo()
        found = look(store)
        add_elsewhere(user)  # just after it was read
        return found

    monkeypatch.setattr(Store, "look", overtaken)
    user.link.take_in()
    user.link.take_in()  # as for what happened while the first was under way
    assert user.link.settle()
    assert len(user.link.book) == 4


# A file that goes


@pytest.mark.parametrize("notice", ["the folder", "being turned to", "closing"])
@pytest.mark.parametrize("salvaged", [False, True])
def test_a_deleted_journal_is_rewritten_from_memory_silently(
    user: "User", qtbot: QtBot, notice: str, *, salvaged: bool
) -> None:
    user.fill_journal()
    if salvaged:
        user.file.write_bytes(user.file.read_bytes()[:-40])
    window = user.open()
    known = {entry.id for entry in user.link.book}
    said = user.notices()
    other = user.open() if notice == "being turned to" else None
    if other is not None:
        user.windows = [other, window]
    watch_of(user)
    for copy in user.folder.glob("journal.json*"):
        copy.unlink()
    if notice == "the folder":
        qtbot.waitUntil(user.file.exists, timeout=60_000)
        user.look()
    elif notice == "closing":
        assert window.close()
    else:
        user.turn_to(window)
    assert {entry.id for entry in Store(user.file).load().book} == known != set()
    if notice != "closing":
        assert user.notices() == said
        assert user.link.save_state.saved


def test_a_missing_folder_is_not_recreated_and_is_reported(user: "User") -> None:
    user.fill_journal()
    user.open()
    away = user.folder.rename(user.folder.with_name("away"))
    user.link.take_in()
    user.look()
    assert "does not exist" in " ".join(user.notices())
    assert "Not saved" in user.reads()
    assert not user.folder.exists()
    away.rename(user.folder)
    user.click_on("Try again")
    assert user.notices() == []
    assert len(user.journal()) == 3


# Two machines


def test_an_entry_changed_in_two_places_is_reported_and_keeps_both_versions(user: "User") -> None:
    user.fill_journal()
    user.open()
    (entry, *_) = user.journal()
    other = Store(user.file)
    book = other.load().book
    with locked(user.file):  # neither knows of the other
        user.link.amend(replace(entry, note="here"))
        QApplication.processEvents()
        book.amend(replace(entry, note="there"))
    user.link.settle()
    other.save(book)
    user.link.take_in()
    user.look()
    (said,) = user.notices()
    assert "Entries changed in two places: 1" in said
    assert len(user.link.book.overruled) == 1
    lost = user.link.book.overruled[0]
    kept = user.link.book.get(entry.id)
    assert kept is not None
    assert lost.entry is not None
    assert {kept.note, lost.entry.note} == {"here", "there"}
    user.link.use(lost.id)
    (used,) = (each for each in user.journal() if each.id == entry.id)
    assert used.note == lost.entry.note
    assert len(user.link.book.overruled) == 0


def test_a_form_that_is_open_keeps_what_was_typed_when_entries_come_in(user: "User") -> None:
    user.fill_journal()
    user.open()
    user.click_on("Journal")
    user.press("N", modifier=Qt.KeyboardModifier.ControlModifier)
    (dialog,) = user.window.findChildren(EntryDialog)
    note = dialog.findChild(QPlainTextEdit)
    assert note is not None
    note.setFocus()
    QTest.keyClicks(note, "half a sentence")
    add_elsewhere(user)
    user.link.take_in()
    user.look()
    assert len(user.link.book) == 4
    assert dialog.isVisible()
    assert note.toPlainText() == "half a sentence"
    assert QApplication.focusWidget() is note


def form_opened_before_a_change_came_in(user: "User") -> EntryDialog:
    """Open the only entry in its form; then another machine's note "there" is taken in."""
    user.fill_journal(1)
    user.open()
    user.click_on("Journal")
    (entry,) = user.journal()
    user.page_of(JournalPage).list.choose(entry.id)
    user.click_on("Change")
    (dialog,) = user.window.findChildren(EntryDialog)
    other = Store(user.file)
    book = other.load().book
    book.amend(replace(entry, note="there"))
    other.save(book)
    user.link.take_in()
    user.look()
    return dialog


def test_changes_made_elsewhere_while_a_form_is_open_are_kept(user: "User") -> None:
    dialog = form_opened_before_a_change_came_in(user)
    dialog.form.note.editor.setFocus()
    QTest.keyClicks(dialog.form.note.editor, "here")
    dialog.accept()
    user.link.settle()
    user.look()
    assert [each.note for each in user.journal()] == ["here"]
    (line,) = user.link.book.overruled
    assert line.entry is not None
    assert line.entry.note == "there"
    assert any("two places: 1" in said for said in user.notices())


def test_a_form_saved_as_it_was_opened_changes_nothing_that_came_in(user: "User") -> None:
    form_opened_before_a_change_came_in(user).accept()
    assert [each.note for each in user.link.book] == ["there"]
    assert not user.link.book.dirty
