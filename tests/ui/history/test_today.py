"""The page ends with today in local time."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from itband_gui.journal.book import Book
from itband_gui.journal.store import Store
from itband_gui.leg.drawing import load_anatomy
from itband_gui.routine.library import load_library
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.services.journal_link import JournalLink
from tests.insight.making import run

EARLY = datetime(2026, 11, 22, 0, 30, tzinfo=timezone(timedelta(hours=14)))  # elsewhere the 21st


def test_today_is_the_day_of_the_runners_own_clock(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    book = Book()
    book.add_all([replace(run(0), at=EARLY)])
    link = JournalLink(book, Store(tmp_path / "journal.json"), lambda: EARLY)
    page = HistoryPage(link, load_library(load_anatomy(), None), appearance)
    qtbot.addWidget(page)
    page.show()
    assert page.view.period.last == EARLY.date()
    link.settle()
