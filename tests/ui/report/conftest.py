"""The report page of three runners, drawn on both paper sizes."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QApplication

from itband_gui.insight.days import Period
from itband_gui.journal.entries import Entry
from itband_gui.safety.signs import load_safety
from itband_gui.ui.report.content import Content, page_content
from itband_gui.ui.report.page import Paper, paint_page
from tests.insight.journals import LAST, calm_month, flare, ten_years

JOURNALS: dict[str, Callable[[], list[Entry]]] = {
    "calm": calm_month,
    "flare": flare,
    "ten-years": ten_years,
}


@pytest.fixture(scope="session")
def journals() -> dict[str, list[Entry]]:
    return {name: make() for name, make in JOURNALS.items()}


@pytest.fixture(params=list(JOURNALS))
def journal(request: pytest.FixtureRequest, journals: dict[str, list[Entry]]) -> list[Entry]:
    """Return one of the three journals."""
    return journals[request.param]


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> None:
    """Start the application, which measuring text needs."""


def whole(entries: Sequence[Entry]) -> Period:
    """Return all days of a journal."""
    return Period(entries[0].at.date(), LAST)


def made(
    entries: Sequence[Entry], period: Period | None = None, name: str = "", today: date = LAST
) -> Content:
    return page_content(entries, period or whole(entries), today, load_safety()).named(name)


def drawn(content: Content, paper: Paper = Paper.A4) -> list[str]:
    """Return the drawn texts."""
    picture = QPicture()
    painter = QPainter(picture)
    ink = paint_page(painter, content, paper.size)
    painter.end()
    return ink.said
