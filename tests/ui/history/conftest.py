"""A real history page on a journal, on the evening of the seeded journals' last day."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry
from itband_gui.journal.store import Store
from itband_gui.leg.drawing import load_anatomy
from itband_gui.routine.library import load_library
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.services.journal_link import JournalLink
from tests.ui.history.reader import Reader, ReadHistory

NOW = datetime(2026, 11, 22, 22, 30, tzinfo=timezone(timedelta(hours=1)))
SIZE = (800, 1200)  # high enough for chart and legs


@pytest.fixture(autouse=True)
def _plain_locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.fixture
def open_history(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[ReadHistory]:
    """Return a function that opens a page on entries, before anything else is drawn."""
    readers: list[Reader] = []  # keep references to their pages

    def make(entries: Iterable[Entry]) -> Reader:
        book = Book()
        book.add_all(list(entries))
        link = JournalLink(book, Store(tmp_path / f"{len(readers)}.json"), lambda: NOW)
        page = HistoryPage(link, load_library(load_anatomy(), None), appearance)
        qtbot.addWidget(page)
        page.resize(*SIZE)
        page.show()
        page.activateWindow()
        page.first_focus().setFocus()
        readers.append(Reader(page, link))
        return readers[-1]

    yield make
    for reader in readers:
        reader.link.settle()


@pytest.fixture
def read_history(open_history: ReadHistory) -> ReadHistory:
    """Return a function that opens a page on entries and waits until everything is drawn."""

    def make(entries: Iterable[Entry]) -> Reader:
        reader = open_history(entries)
        reader.settle()
        return reader

    return make
