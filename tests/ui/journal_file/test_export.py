"""Exporting: both forms, what is there already, what the disk refuses."""

import stat
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from itband_gui.journal import safe_file
from itband_gui.journal.codec import decode
from itband_gui.journal.csv_reader import read_csv
from itband_gui.journal.entries import Run
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.ui.journal_file.export_dialog import ExportDialog
from itband_gui.ui.widgets.dialogs import Question

if TYPE_CHECKING:
    from tests.ui.journal_file.conftest import Keeper


@pytest.fixture
def dialog(keeper: "Keeper") -> ExportDialog:
    keeper.user.fill_journal(7)
    keeper.open()
    keeper.user.click(keeper.section.export)
    return keeper.dialog(ExportDialog)


def test_a_table_is_written_and_it_is_said_where_and_that_it_is_not_encrypted(
    keeper: "Keeper", dialog: ExportDialog, tmp_path: Path
) -> None:
    keeper.user.click(dialog.choose)
    keeper.name_file(tmp_path / "out.csv")
    table = read_csv((tmp_path / "out.csv").read_bytes(), keeper.user.clock.now(), lambda at: at)
    assert list(table.entries) == keeper.user.journal()
    assert keeper.gone(ExportDialog)
    assert "7 entries in" in keeper.says()
    assert str(tmp_path / "out.csv") in keeper.says()
    assert "not encrypted" in keeper.says()


def test_a_table_can_have_semicolons_and_decimal_commas(
    keeper: "Keeper", dialog: ExportDialog, tmp_path: Path
) -> None:
    at = keeper.user.clock.now() - timedelta(days=1)
    keeper.user.link.add(Run(id="r", at=at, minutes=40, effort=3, distance_km=7.5))
    keeper.look()
    keeper.user.click(dialog.semicolons.box)
    keeper.user.click(dialog.choose)
    keeper.name_file(tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert b";40;3;7,5;" in data
    table = read_csv(data, keeper.user.clock.now(), lambda at: at)
    assert sorted(entry.id for entry in table.entries) == sorted(keeper.ids())


def test_semicolons_can_be_chosen_for_a_table_only(keeper: "Keeper", dialog: ExportDialog) -> None:
    assert not dialog.semicolons.box.isChecked()
    for box, is_table in ((dialog.journal.box, False), (dialog.table.box, True)):
        keeper.user.click(box)
        assert dialog.semicolons.isEnabled() is is_table


def test_by_keys_alone_a_journal_is_written(
    keeper: "Keeper", dialog: ExportDialog, tmp_path: Path
) -> None:
    keeper.press("Down", "Return")
    keeper.name_file(tmp_path / "out.json")
    decoded = decode((tmp_path / "out.json").read_bytes())
    assert decoded.verdict is JournalVerdict.SOUND
    assert decoded.entries == keeper.user.journal()


def test_the_name_that_is_suggested_has_the_day_and_fits_the_form(
    keeper: "Keeper", dialog: ExportDialog
) -> None:
    for box, name in ((dialog.table.box, "csv"), (dialog.journal.box, "json")):
        keeper.user.click(box)
        keeper.user.click(dialog.choose)
        asking = keeper.dialog(QFileDialog)
        (chosen,) = asking.selectedFiles()
        assert Path(chosen).name == f"journal-export-2026-11-22.{name}"
        asking.reject()
        keeper.look()


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such modes")
def test_the_file_is_readable_by_its_owner_alone(
    keeper: "Keeper", dialog: ExportDialog, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    dialog.export_to(target)
    keeper.look()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_what_is_there_already_is_replaced_only_after_a_question(
    keeper: "Keeper", dialog: ExportDialog, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine", "utf-8")
    keeper.user.click(dialog.choose)
    keeper.name_file(target)
    assert keeper.user.question is not None
    keeper.press("Return")
    assert target.read_text("utf-8") == "mine"
    assert keeper.gone(Question)
    keeper.user.click(keeper.dialog(ExportDialog).choose)
    keeper.name_file(target)
    keeper.user.click_on("Replace it")
    keeper.look()
    assert "score" in target.read_text("utf-8")


def test_the_journal_itself_and_its_last_state_are_never_written_over(
    keeper: "Keeper", dialog: ExportDialog, tmp_path: Path
) -> None:
    keeper.user.link.remove(keeper.user.journal()[0].id)
    keeper.look()
    before = keeper.user.file.read_bytes()
    link = tmp_path / "link.json"
    link.symlink_to(keeper.user.file)
    hard = tmp_path / "hard.json"
    hard.hardlink_to(keeper.user.file)
    for target in (keeper.user.file, link, hard, keeper.user.file.with_name("journal.json.bak")):
        dialog.export_to(target)
        keeper.look()
        assert "That is the journal itself" in dialog.told.text()
        assert keeper.user.question is None
    assert keeper.user.file.read_bytes() == before


def test_what_is_not_saved_yet_is_exported_too(
    keeper: "Keeper",
    dialog: ExportDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = keeper.user.journal()[0]

    def refuse(target: Path, _data: bytes) -> None:
        raise NotSavedError(NotSavedCode.FULL, target)

    with monkeypatch.context() as full:
        full.setattr(safe_file, "save_file", refuse)
        keeper.user.link.remove(gone.id)
        keeper.look()
        dialog.journal.box.setChecked(True)
        dialog.export_to(tmp_path / "out.json")
        keeper.look()
    entries = decode((tmp_path / "out.json").read_bytes()).entries
    assert len(entries) == 6
    assert gone not in entries


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (NotSavedCode.FULL, "The disk is full"),
        (NotSavedCode.READ_ONLY, "cannot be written to"),
        (NotSavedCode.OTHER, "Input/output error"),
    ],
)
def test_what_the_disk_refuses_is_told_and_another_place_can_be_chosen(
    keeper: "Keeper",
    dialog: ExportDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: NotSavedCode,
    words: str,
) -> None:
    def refuse(target: Path, _data: bytes) -> None:
        raise NotSavedError(code, target, 5)

    with monkeypatch.context() as patch:
        patch.setattr(safe_file, "replace_file", refuse)
        dialog.export_to(tmp_path / "out.csv")
        keeper.look()
    assert words in dialog.told.text()
    assert "choose another place" in dialog.told.text()
    dialog.export_to(tmp_path / "out.csv")
    keeper.look()
    assert keeper.gone(ExportDialog)


def test_a_folder_that_is_not_there_is_told(
    keeper: "Keeper", dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.export_to(tmp_path / "nowhere" / "out.csv")
    keeper.look()
    assert "does not exist" in dialog.told.text()
    (tmp_path / "file").touch()
    dialog.export_to(tmp_path / "file" / "out.csv")
    keeper.look()
    assert "is not a folder" in dialog.told.text()


def test_of_a_newer_version_s_journal_there_is_a_table_and_no_journal(
    keeper: "Keeper", dialog: ExportDialog, tmp_path: Path
) -> None:
    newer = keeper.user.file.read_bytes().replace(b'"min_reader": 1', b'"min_reader": 9')
    keeper.user.file.write_bytes(newer)
    dialog.journal.box.setChecked(True)
    dialog.export_to(tmp_path / "out.json")
    keeper.look()
    assert "newer version" in dialog.told.text()
    assert not (tmp_path / "out.json").exists()
    dialog.table.box.setChecked(True)
    dialog.export_to(tmp_path / "out.csv")
    keeper.look()
    assert (tmp_path / "out.csv").exists()


def test_esc_leaves_without_a_file(keeper: "Keeper", dialog: ExportDialog) -> None:
    keeper.press("Escape")
    assert keeper.gone(ExportDialog)
    assert keeper.says() == ""
