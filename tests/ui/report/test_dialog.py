"""The dialog: set up, previewed, saved and printed by keyboard; nothing kept without consent."""

import errno
import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from itband_gui.insight.days import Period, Range
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry
from itband_gui.journal.store import Store
from itband_gui.safety.signs import Safety, load_safety
from itband_gui.ui.look.keys import Announcer
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.report import dialog as dialog_module
from itband_gui.ui.report.content import Content, page_content
from itband_gui.ui.report.dialog import ReportDialog, report_dialog
from itband_gui.ui.report.page import Paper
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.services.settings import Settings
from tests.insight.making import NOW, run
from tests.ui.conftest import settle_down


class Desk:
    """A window with a journal behind it, from which the dialog is opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(folder / "settings.ini")
        self.window = QWidget()
        self.window.resize(800, 600)
        self.window.show()
        self.link: JournalLink | None = None

    def open(
        self, entries: list[Entry], length: Range = Range.FOUR_WEEKS, now: datetime = NOW
    ) -> ReportDialog:
        book = Book()
        book.add_all(entries)
        self.link = JournalLink(book, Store(self.folder / "journal.json"), lambda: now)
        dialog = report_dialog(self.link, load_safety(), self.settings, self.window, length)
        dialog.activateWindow()
        settle_down()
        return dialog


@pytest.fixture
def desk(tmp_path: Path, appearance: Appearance) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    if desk.link is not None:
        desk.link.settle()
    desk.window.deleteLater()
    settle_down()


def page(dialog: ReportDialog) -> str:
    """Return what a screen reader reads of the preview."""
    return dialog.preview.accessibleDescription()


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        settle_down()


def test_the_preview_shows_the_range_that_is_chosen(desk: Desk) -> None:
    dialog = desk.open([run(60), run(3)])
    assert "1 run," in page(dialog)
    dialog.lengths.choose(Range.THREE_MONTHS)
    assert "2 runs," in page(dialog)


def test_the_preview_shows_the_paper_that_is_chosen(desk: Desk) -> None:
    dialog = desk.open([run(3)])
    for paper in (Paper.LETTER, Paper.A4):
        dialog.papers.choose(paper)
        sheet, size = dialog.preview.sheet, paper.size
        shape = sheet.height() / sheet.width()
        assert shape == pytest.approx(size.height() / size.width(), abs=0.01)


def test_the_preview_shows_that_it_has_the_keys(desk: Desk) -> None:
    dialog = desk.open([run(3)])
    corner = dialog.preview.sheet.grab().toImage().pixelColor(2, 2)
    dialog.preview.setFocus()
    settle_down()
    assert dialog.preview.sheet.grab().toImage().pixelColor(2, 2) != corner


def test_messages_are_announced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Announcer, "say", lambda _self, text: said.append(text))
    dialog = desk.open([run(3)])
    dialog.save_to(str(desk.folder / "page.pdf"))
    assert said[-1] == dialog.told.text()


def test_the_preview_shows_the_name_while_it_is_typed(desk: Desk) -> None:
    dialog = desk.open([run(3)])
    dialog.name.setText("Ada")
    assert "\nAda\n" in page(dialog)


def test_typing_a_name_recomputes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reckoned: list[Content] = []

    def count(entries: Sequence[Entry], period: Period, today: date, safety: Safety) -> Content:
        reckoned.append(page_content(entries, period, today, safety))
        return reckoned[-1]

    monkeypatch.setattr(dialog_module, "page_content", count)
    dialog = desk.open([run(60), run(3)])
    assert len(reckoned) == 1
    for letters in ("A", "Ad", "Ada", ""):
        dialog.name.setText(letters)
    dialog.papers.choose(Paper.LETTER)
    dialog.save_to(str(desk.folder / "page.pdf"))
    assert len(reckoned) == 1
    dialog.lengths.choose(Range.THREE_MONTHS)
    assert len(reckoned) == 2
    assert "2 runs," in page(dialog)


def test_today_is_the_day_of_the_runners_own_clock(desk: Desk) -> None:
    just_now = NOW.replace(hour=0, minute=30, tzinfo=timezone(timedelta(hours=14)))
    dialog = desk.open([replace(run(0), at=just_now)], now=just_now)
    assert dialog.period.last == just_now.date()
    assert "1 run," in page(dialog)


def test_the_preview_follows_the_journal(desk: Desk) -> None:
    dialog = desk.open([run(3)])
    assert desk.link is not None
    desk.link.add(run(1))
    assert "2 runs," in page(dialog)


def test_everything_is_reached_and_done_by_keys_alone(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open([run(60), run(3)])
    assert QApplication.focusWidget() is dialog.lengths.button_for(Range.FOUR_WEEKS)
    press(Qt.Key.Key_Right)
    assert "2 runs," in page(dialog)
    reached = []
    for _ in range(20):
        press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    for wanted in (
        dialog.name,
        dialog.remember,
        dialog.save,
        dialog.print,
        dialog.close_button,
        dialog.preview,
    ):
        assert wanted in reached
    dialog.save.setFocus()
    press(Qt.Key.Key_Return)
    (asking,) = dialog.findChildren(QFileDialog)
    (line,) = [each for each in asking.findChildren(QLineEdit) if each.isVisible()][:1]
    line.setText(str(tmp_path / "mine"))
    press(Qt.Key.Key_Return)
    assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF-")


def test_a_saved_page_is_private_and_the_dialog_says_where(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open([run(3)])
    dialog.papers.choose(Paper.LETTER)
    file = tmp_path / "page.pdf"
    dialog.save_to(str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"612" in file.read_bytes()
    assert str(file) in dialog.told.text()
    assert "not encrypted" in dialog.told.text()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "cannot be written to"),
        (errno.EIO, "reports an error"),
        (errno.EISDIR, "cannot be written"),
    ],
)
def test_a_page_that_cannot_be_saved_says_why(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    dialog = desk.open([run(3)])

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", refuse)
    dialog.save_to(str(tmp_path / "page.pdf"))
    assert dialog.told.text().startswith("Not saved")
    assert words in dialog.told.text()
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_page_never_overwrites_a_file_that_is_not_a_pdf(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open([run(3)])
    journal, link = tmp_path / "journal.json", tmp_path / "link.pdf"
    journal.write_text("{}")
    link.symlink_to(journal)
    for file in (journal, link):
        dialog.save_to(str(file))
        assert "ends in .pdf" in dialog.told.text()
    assert journal.read_text() == "{}"


def test_a_folder_that_is_gone_is_named(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open([run(3)])
    dialog.save_to(str(tmp_path / "gone" / "page.pdf"))
    assert f"{tmp_path / 'gone'} does not exist" in dialog.told.text()


def test_a_file_in_place_of_the_folder_is_reported(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open([run(3)])
    (tmp_path / "file").touch()
    dialog.save_to(str(tmp_path / "file" / "page.pdf"))
    assert f"{tmp_path / 'file'} is not a folder. Move" in dialog.told.text()


def test_an_empty_page_is_not_made(desk: Desk) -> None:
    dialog = desk.open([run(60)])
    assert not dialog.save.isEnabled()
    assert not dialog.print.isEnabled()
    assert "Nothing is logged" in dialog.told.text()
    dialog.lengths.choose(Range.ALL)
    assert dialog.save.isEnabled()
    assert dialog.told.text() == ""


def test_a_name_is_forgotten_unless_it_is_to_be_remembered(desk: Desk) -> None:
    dialog = desk.open([run(3)])
    dialog.name.setText("Ada, Lovelace")
    dialog.reject()
    assert desk.settings.report_name == ""
    dialog = desk.open([run(3)])
    assert dialog.name.text() == ""
    dialog.name.setText("Ada, Lovelace")
    dialog.remember.setChecked(True)
    dialog.reject()
    dialog = desk.open([run(3)])
    assert (dialog.name.text(), dialog.remember.isChecked()) == ("Ada, Lovelace", True)
    dialog.remember.setChecked(False)
    dialog.reject()
    assert "Ada" not in (desk.folder / "settings.ini").read_text()


def test_the_dialog_says_that_notes_are_not_printed(desk: Desk) -> None:
    dialog = desk.open([run(3)])
    labels = [label.text() for label in dialog.findChildren(type(dialog.told))]
    assert any("notes aren’t printed" in text for text in labels)


def test_a_large_preview_is_larger_than_the_whole_page(desk: Desk) -> None:
    dialog = desk.open([run(3)])
    sheet = dialog.preview.sheet
    small = sheet.width()
    assert sheet.height() <= dialog.preview.height()
    dialog.zoom.choose(value=True)
    assert sheet.width() > 2 * small
    bar = dialog.preview.verticalScrollBar()
    dialog.preview.setFocus()
    press(Qt.Key.Key_Down)
    assert bar.value() > 0


def test_the_page_is_black_on_white_in_every_theme(desk: Desk, appearance: Appearance) -> None:
    from itband_gui.ui.look.theme import ThemeName  # noqa: PLC0415 - only here

    seen = set()
    for theme in ThemeName:
        appearance.choose(theme)
        dialog = desk.open([run(3)])
        settle_down()
        image = dialog.preview.sheet.grab().toImage()
        inside = image.copy(4, 4, image.width() - 8, image.height() - 8)
        seen.add(bytes(inside.constBits()))
        dialog.reject()
    assert len(seen) == 1


def test_a_page_that_no_printer_accepts_is_reported(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open([run(3)])
    dialog.print_on(QPdfWriter(str(tmp_path / "gone" / "page.pdf")))
    assert dialog.told.text().startswith("Not printed")
    dialog.print_on(QPdfWriter(str(tmp_path / "page.pdf")))
    assert dialog.told.text() == ""


def test_print_offers_the_page_to_a_printer_on_the_chosen_paper(desk: Desk) -> None:
    dialog = desk.open([run(3)])
    dialog.papers.choose(Paper.LETTER)
    dialog.print.click()
    settle_down()
    (offered,) = dialog.findChildren(QPrintDialog)
    assert offered.printer().pageLayout().pageSize().id() == QPageSize.PageSizeId.Letter
    offered.reject()
