"""The journal's part of the settings: where it lies, that it is not encrypted, the last copy."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from itband_gui.journal.backups import Why
from itband_gui.journal.csv_writer import write_csv
from itband_gui.journal.entries import Entry
from itband_gui.ui.journal_file.import_dialog import ImportDialog

if TYPE_CHECKING:
    from tests.ui.journal_file.conftest import Keeper, MakeDays

JournalOf = Callable[[list[Entry]], bytes]


def test_it_says_where_the_journal_lies_and_that_it_is_not_encrypted(keeper: "Keeper") -> None:
    section = keeper.open()
    assert section.path.text() == str(keeper.user.file)
    assert "not encrypted: whoever can read your files can read it" in keeper.reads()


def test_where_it_lies_can_be_copied_but_not_changed(keeper: "Keeper") -> None:
    section = keeper.open()
    section.path.setFocus()
    keeper.press("X")
    for name in ("A", "C"):
        keeper.user.press(name, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == str(keeper.user.file)
    assert section.path.text() == str(keeper.user.file)


def test_the_last_copy_is_told_and_follows_what_is_kept(
    keeper: "Keeper", days: "MakeDays", journal_of: JournalOf
) -> None:
    section = keeper.open()
    assert "No copy is kept yet" in section.last_copy.text()
    keeper.keep(journal_of(days(3)), 1, Why.IMPORT)
    keeper.user.link.add(days(1)[0])
    keeper.look()
    assert "before an import" in section.last_copy.text()


def test_a_folder_that_cannot_be_listed_is_told(keeper: "Keeper") -> None:
    keeper.user.folder.mkdir()
    (keeper.user.folder / "backups").write_bytes(b"a file")
    assert "cannot be listed" in keeper.open().last_copy.text()


def test_ctrl_z_at_the_settings_takes_back_nothing_that_was_done_elsewhere(
    keeper: "Keeper", days: "MakeDays"
) -> None:
    section = keeper.open()
    keeper.user.link.add(days(1)[0])
    keeper.look()
    section.restore.setFocus()
    keeper.user.press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(keeper.ids()) == 1


def test_what_is_told_is_wholly_in_sight_in_a_small_window(
    keeper: "Keeper", days: "MakeDays", tmp_path: Path
) -> None:
    source = tmp_path / "theirs.csv"
    source.write_bytes(write_csv(days(2)))
    section = keeper.open()
    section.open_import(source)
    keeper.user.click(keeper.dialog(ImportDialog).take)
    keeper.look()
    notice = section.notices.notice
    assert notice is not None
    window = keeper.user.window
    bottom = notice.mapTo(window, QPoint(0, notice.height())).y()
    assert 0 < bottom <= window.height()
    assert notice.visibleRegion().boundingRect().height() == notice.height()


def test_when_the_journal_changes_after_it_an_import_is_no_longer_offered_for_undo(
    keeper: "Keeper", days: "MakeDays", tmp_path: Path
) -> None:
    source = tmp_path / "theirs.csv"
    source.write_bytes(write_csv(days(2)))
    section = keeper.open()
    section.open_import(source)
    keeper.user.click(keeper.dialog(ImportDialog).take)
    keeper.look()
    keeper.user.link.add(days(1, first=9)[0])
    keeper.look()
    assert keeper.says() == ""
    section.restore.setFocus()
    keeper.user.press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(keeper.ids()) == 3
