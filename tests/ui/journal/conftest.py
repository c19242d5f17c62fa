"""A real journal page on a real store, on a Sunday evening."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry
from itband_gui.journal.store import Loaded, Store
from itband_gui.leg.anatomy import Anatomy
from itband_gui.routine.library import Library, load_library
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.text.dates import from_local

At = Callable[..., datetime]


@pytest.fixture(autouse=True)
def _plain_locale() -> Iterator[None]:
    """Use one locale, whatever the machine's."""
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.fixture
def at() -> At:
    """Return a function `at(day, hour, minute)` for local times in November 2026."""

    def make(day: int, hour: int = 12, minute: int = 0) -> datetime:
        return from_local(QDate(2026, 11, day), QTime(hour, minute))

    return make


@pytest.fixture
def now(at: At) -> datetime:
    return at(22, 18, 5)


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, ThemeName.LIGHT)


@pytest.fixture
def library(anatomy: Anatomy) -> Library:
    return load_library(anatomy, None)


class Disk(Store):
    """The journal's file, read once the page's changes are saved."""

    def __init__(self, path: Path, link: JournalLink) -> None:
        super().__init__(path)
        self._link = link

    def load(self, *, set_aside: bool = False) -> Loaded:
        assert self._link.flush()
        return super().load(set_aside=set_aside)


@pytest.fixture
def store(link: JournalLink, tmp_path: Path) -> Store:
    return Disk(tmp_path / "journal.json", link)


@pytest.fixture
def link(qapp: QApplication, tmp_path: Path, now: datetime) -> Iterator[JournalLink]:
    link = JournalLink(Book(), Store(tmp_path / "journal.json"), lambda: now)
    yield link
    link.settle()


@pytest.fixture
def open_page(
    qtbot: QtBot, link: JournalLink, library: Library, appearance: Appearance
) -> Callable[..., JournalPage]:
    """Return a function that opens a page on a journal with the given entries."""

    def make(*entries: Entry) -> JournalPage:
        for entry in entries:
            link.add(entry)
        page = JournalPage(link, library, appearance)
        qtbot.addWidget(page)
        page.resize(800, 600)
        with qtbot.waitActive(page, timeout=60_000):
            page.show()
            page.activateWindow()
        page.first_focus().setFocus()
        return page

    return make


@pytest.fixture
def dialog_of(qtbot: QtBot) -> Callable[[JournalPage], EntryDialog]:
    """Return a function that finds the page's only open dialog."""

    def find(page: JournalPage) -> EntryDialog:
        dialogs = [each for each in page.findChildren(EntryDialog) if each.isVisible()]
        assert len(dialogs) == 1
        qtbot.waitUntil(dialogs[0].isActiveWindow, timeout=60_000)  # keys go to the active window
        return dialogs[0]

    return find
