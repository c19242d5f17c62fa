"""The dialog about what nobody caught: one, truthful about the journal, and out of the way."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from itband_gui.journal.book import Book
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import LoadCode, Store
from itband_gui.machine.crash import Fault, FaultKind, Watch, report
from itband_gui.machine.log import LogFile
from itband_gui.ui.widgets.notice import Notice
from itband_gui.ui.window.fault_dialog import (
    FaultDialog,
    JournalCheck,
    happened_text,
    look,
    safe_text,
)
from itband_gui.ui.window.faults import FaultReporter
from tests.ui.troubles import no_thread

if TYPE_CHECKING:
    from tests.ui.conftest import User

NOTE = "Zaphod cried terribly"


def _raise(error: Exception) -> None:
    raise error


class Scene:
    """A window that is watched, and what goes wrong in it."""

    def __init__(self, user: "User", qtbot: QtBot) -> None:
        self.user = user
        self._qtbot = qtbot
        self.watch = Watch(LogFile(user.folder.parent / "state"))
        self.unexpected = FaultReporter(self.watch, user.window, user.folder)

    @property
    def dialog(self) -> FaultDialog:
        assert self.unexpected.dialog is not None
        return self.unexpected.dialog

    @property
    def dialogs(self) -> list[FaultDialog]:
        return [d for d in self.user.window.findChildren(FaultDialog) if d.isVisible()]

    @property
    def notices(self) -> list[Notice]:
        found = self.user.window.findChildren(Notice)
        return [n for n in found if n.isVisible() and "unexpected" in n.text.text()]

    def go_wrong(self, error: Exception, times: int = 1) -> None:
        """Let the same thing go wrong, and wait until all that follows has been shown."""
        for _ in range(times):
            try:
                _raise(error)
            except Exception as raised:  # noqa: BLE001 - it is what the hook gets
                self.watch.take(raised)
        self.wait(lambda: self.unexpected.idle)

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=60_000)
        QCoreApplication.processEvents()

    def wait_for_journal(self, words: str) -> str:
        self.wait(lambda: words in self.dialog.journal.text())
        return self.dialog.journal.text()

    def press(self, button: QPushButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QCoreApplication.processEvents()


@pytest.fixture
def scene(user: "User", qtbot: QtBot) -> Iterator[Scene]:
    """Return a watched window on an empty data folder."""
    user.open()
    scene = Scene(user, qtbot)
    yield scene
    for dialog in scene.dialogs:
        dialog.reject()


def rest_day(scene: Scene) -> None:
    link = scene.user.link
    link.add(RestDay(id=new_id(), at=link.now(), note=NOTE))


def test_one_dialog_says_what_happened_where_the_log_is_and_that_the_journal_is_safe(
    scene: Scene,
) -> None:
    rest_day(scene)
    scene.user.link.flush()
    scene.go_wrong(ValueError(NOTE))
    assert "The program has a fault" in scene.dialog.happened.text()
    assert str(scene.watch.log.path) in scene.dialog.log.text()
    assert "Entries: 1." in scene.wait_for_journal("Your journal is safe")
    assert NOTE not in scene.dialog.box.toPlainText()


def test_the_same_again_is_counted_and_not_stacked(scene: Scene) -> None:
    scene.go_wrong(ValueError(NOTE), 3)
    scene.go_wrong(ValueError(NOTE), 40)
    assert len(scene.dialogs) == 1
    scene.wait(lambda: "43 times" in scene.dialog.happened.text())
    assert "ValueError (" in scene.dialog.box.toPlainText()


def test_another_fault_goes_into_the_open_dialog(scene: Scene) -> None:
    scene.go_wrong(ValueError())
    scene.go_wrong(KeyError())
    assert len(scene.dialogs) == 1
    scene.wait(lambda: "KeyError" in scene.dialog.box.toPlainText())


def test_once_put_away_the_same_stays_away_and_another_is_shown(scene: Scene) -> None:
    scene.go_wrong(ValueError())
    scene.press(scene.dialog.go_on)
    scene.go_wrong(ValueError(), 5)
    assert scene.dialogs == []
    scene.go_wrong(KeyError())
    assert len(scene.dialogs) == 1


def test_in_a_session_it_is_a_notice_and_the_session_goes_on(scene: Scene) -> None:
    scene.user.go_to_session()
    clock = scene.user.window.flow.clock
    assert clock is not None
    scene.go_wrong(ValueError(NOTE), 2)
    scene.go_wrong(KeyError())
    assert scene.dialogs == []
    (notice,) = scene.notices
    assert "session continues" in notice.text.text()
    assert clock.engine.running
    scene.press(notice.buttons[0])
    assert len(scene.dialogs) == 1
    assert "KeyError" in scene.dialog.box.toPlainText()
    assert clock.engine.running


@pytest.fixture
def broken_off(user: "User", qtbot: QtBot) -> Iterator[Scene]:
    """Return a window that reports a crash of the last one."""
    user.open()
    state = user.folder.parent / "state"
    state.mkdir(parents=True)
    (state / "fatal.txt").write_text("Fatal Python error: Aborted\n")
    scene = Scene(user, qtbot)
    scene.wait(lambda: scene.unexpected.notice is not None)
    yield scene
    for dialog in scene.dialogs:
        dialog.reject()


def test_a_notice_of_the_last_time_hides_nothing_that_happens_now(broken_off: Scene) -> None:
    broken_off.go_wrong(ValueError())
    assert len(broken_off.dialogs) == 1
    assert "Aborted" in broken_off.dialog.box.toPlainText()
    assert broken_off.user.notices() == []


def test_in_a_session_too_it_hides_nothing(broken_off: Scene) -> None:
    broken_off.user.go_to_session()
    broken_off.go_wrong(ValueError())
    assert len(broken_off.notices) == 1
    assert broken_off.dialogs == []


def test_after_the_session_its_notice_hides_nothing(scene: Scene) -> None:
    scene.user.go_to_session()
    scene.go_wrong(ValueError())
    assert len(scene.notices) == 1
    scene.user.press("S")
    scene.user.press("3")
    assert not scene.user.window.flow.in_session
    scene.go_wrong(KeyError())
    assert len(scene.dialogs) == 1
    assert scene.notices == []


def test_entries_that_are_not_saved_are_counted_and_then_said_to_be_safe(scene: Scene) -> None:
    scene.user.folder.parent.mkdir(exist_ok=True)
    scene.user.folder.write_text("a file where the folder should be")
    for _ in range(3):
        rest_day(scene)
    scene.user.link.flush()
    scene.go_wrong(ValueError())
    text = scene.wait_for_journal("3 entries are not saved yet")
    assert "safe:" not in text
    scene.user.folder.unlink()
    scene.user.folder.mkdir()
    scene.user.link.flush()
    assert "not saved" not in scene.wait_for_journal("Your journal is safe")


def test_a_journal_that_no_thread_can_check_is_reported_as_unchecked(
    scene: Scene, qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as raised, no_thread():
        scene.go_wrong(ValueError())
        scene.wait_for_journal("could not be checked")
    assert raised == []


def test_copy_gives_the_report_without_a_word_of_the_journal(scene: Scene) -> None:
    rest_day(scene)
    scene.go_wrong(ValueError(NOTE))
    scene.press(scene.dialog.copy)
    text = QApplication.clipboard().text()
    assert text.strip() == scene.dialog.box.toPlainText().strip()
    assert "itband-gui" in text
    assert not set(NOTE.split()) & set(text.split())
    assert scene.dialog.copied.isVisible()


def test_enter_goes_on_escape_too_and_tab_reaches_everything(scene: Scene) -> None:
    scene.go_wrong(ValueError())
    dialog = scene.dialog
    assert dialog.focusWidget() is dialog.go_on
    seen = set()
    for _ in range(5):
        seen.add(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
    assert seen >= {dialog.go_on, dialog.copy, dialog.end, dialog.box}
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QCoreApplication.processEvents()
    assert scene.dialogs == []
    scene.go_wrong(KeyError())
    QTest.keyClick(scene.dialog.go_on, Qt.Key.Key_Return)
    QCoreApplication.processEvents()
    assert scene.dialogs == []
    assert scene.user.window.isVisible()


def test_closing_the_program_from_it_saves_first(scene: Scene) -> None:
    rest_day(scene)
    scene.go_wrong(ValueError())
    scene.press(scene.dialog.end)
    assert not scene.user.window.isVisible()
    assert len(Store(scene.user.folder / "journal.json").load().book) == 1


def test_what_went_wrong_before_the_window_listened_is_shown(user: "User", qtbot: QtBot) -> None:
    user.open()
    watch = Watch(LogFile(user.folder.parent / "state"))
    watch.take(ValueError(NOTE))
    unexpected = FaultReporter(watch, user.window, user.folder)
    qtbot.waitUntil(lambda: unexpected.dialog is not None, timeout=60_000)
    assert unexpected.dialog is not None
    unexpected.dialog.reject()


def test_after_a_session_with_notes_and_faults_the_log_tells_nothing_of_it(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger().addHandler(scene.watch.log)
    scene.watch.log.setLevel(logging.DEBUG)
    try:
        rest_day(scene)
        scene.user.make_two_entries()
        scene.user.link.flush()
        file = scene.user.folder / "journal.json"
        file.write_bytes(file.read_bytes().replace(b'"score":4', b'"score":"cried"'))
        scene.user.window.link.take_in()
        scene.user.link.settle()
        scene.go_wrong(ValueError(file.read_text("utf-8")))
        scene.go_wrong(NotSavedError(NotSavedCode.FULL, file))
    finally:
        logging.getLogger().removeHandler(scene.watch.log)
    told = scene.watch.log.path.read_text("utf-8")
    assert "unexpected: ValueError" in told
    assert "unexpected: itband_gui.journal.safe_file.NotSavedError" in told
    for word in (*NOTE.split(), "score", "journal.json", str(scene.user.folder)):
        assert word not in told


# The journal, looked at


def kept(folder: Path, count: int) -> tuple[Path, FileSnapshot]:
    book = Book()
    for day in range(1, count + 1):
        book.add(RestDay(id=new_id(), at=datetime(2026, 11, day, tzinfo=UTC)))
    store = Store(folder / "journal.json")
    store.save(book)
    return store.path, book.snapshot


def test_a_whole_journal_is_safe_and_is_left_as_it_is(tmp_path: Path) -> None:
    file, known = kept(tmp_path, 3)
    before = file.read_bytes(), file.stat().st_mtime_ns
    found = look(file, known)
    assert (found, found.safe) == (JournalCheck(LoadCode.SOUND, 3, 3, 0), True)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_entries_that_went_are_counted(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    file, known = kept(tmp_path, 3)
    other, _ = kept(tmp_path / "other", 1)
    file.write_bytes(other.read_bytes())
    found = look(file, known)
    assert found.lost == 3
    assert not found.safe
    assert "no longer in the journal file: 3" in safe_text(found, 0, file)


def test_a_file_that_is_gone_damaged_or_unreadable_is_never_called_safe(tmp_path: Path) -> None:
    file, known = kept(tmp_path, 2)
    whole = file.read_bytes()
    file.write_bytes(whole[:-60])
    assert look(file, known).code is LoadCode.DAMAGED
    assert "is damaged" in safe_text(look(file, known), 0, file)
    file.unlink()
    assert "no longer there" in safe_text(look(file, known), 0, file)
    file.mkdir()
    assert "cannot be read" in safe_text(look(file, known), 0, file)
    for found in (look(file, known), JournalCheck(None), JournalCheck(LoadCode.NEWER)):
        assert not found.safe
        assert "safe" not in safe_text(found, 0, file)


def test_an_empty_journal_has_nothing_to_lose(tmp_path: Path) -> None:
    found = look(tmp_path / "journal.json", FileSnapshot())
    assert found.safe
    assert "nothing is lost" in safe_text(found, 0, tmp_path)
    assert "1 entry is not saved" in safe_text(found, 1, tmp_path)


def test_where_nobody_knows_what_was_in_it_nothing_is_called_safe(tmp_path: Path) -> None:
    file, _ = kept(tmp_path, 3)
    assert safe_text(look(file, None), 0, file) == f"Your journal can be read: {file}. Entries: 3."
    previous = file.rename(file.with_name("journal.json.bak"))
    said = safe_text(look(file, None), 0, file)
    assert said.startswith(f"There is no journal file: {file}. Copies of it are kept")
    previous.unlink()
    assert safe_text(look(file, None), 0, file) == f"There is no journal file: {file}."


def test_copies_are_named_only_where_there_are_any(tmp_path: Path) -> None:
    file, known = kept(tmp_path, 2)
    whole = file.read_bytes()
    file.write_bytes(whole[:-60])
    assert "Copies" not in safe_text(look(file, known), 0, file)
    file.with_name("journal.json.bak").write_bytes(whole)
    assert "Copies of it are kept" in safe_text(look(file, known), 0, file)


@pytest.mark.parametrize(
    ("sort", "words"),
    [
        (FaultKind.DISK_FULL, "disk is full"),
        (FaultKind.MEMORY, "memory"),
        (FaultKind.PART_MISSING, "itband-gui doctor"),
        (FaultKind.OTHER, "has a fault"),
    ],
)
def test_each_sort_is_told_in_plain_words(qapp: QApplication, sort: FaultKind, words: str) -> None:
    assert words in happened_text((Fault(sort, "x"),))


def test_a_report_counts_each_fault(qapp: QApplication) -> None:
    told = report((Fault(FaultKind.OTHER, "A\n  here", 3), Fault(FaultKind.OTHER, "B")))
    assert "A (3 times)\n  here\n" in told
    assert "\nB\n" in told
