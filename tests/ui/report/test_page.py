"""One page for any content: no word cut, real text, embedded fonts, the paper's size."""

import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPainter, QPdfWriter, QPicture

from itband_gui.insight.days import Period, Range, period_of
from itband_gui.journal.entries import Entry
from itband_gui.ui.report.content import Content
from itband_gui.ui.report.page import MARGIN, Paper, paint_page, pdf_bytes, print_on
from itband_gui.ui.report.text import title
from tests.insight.journals import LAST
from tests.insight.making import DAY, run, sign
from tests.ui.report.conftest import drawn, made

POINTS = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}


def words_of(content: Content) -> list[str]:
    """Return all words that must be on the page, however few weeks it shows."""
    tables = [leg.places for leg in content.legs]
    cells = [cell for table in tables for row in table.rows for cell in row]
    last_week = list(content.weeks.rows[-1])
    legs = [leg.hands for leg in content.legs]
    return [
        *(text for text in (title(), content.name) if text),
        *content.facts,
        *content.weeks.heads,
        *[cell for cell in (*cells, *last_week) if cell],
        *legs,
        content.running,
        *content.signs,
        *(text for texts in content.remarks for text in texts),
        content.cause,
    ]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("length", Range)
def test_everything_is_drawn_whole(journal: list[Entry], length: Range, paper: Paper) -> None:
    content = made(journal, period_of(length, LAST, journal), "Ada Lovelace")
    words = drawn(content, paper)
    assert [text for text in words_of(content) if text not in words] == []
    assert not any(text.endswith("…") for text in words)


@pytest.mark.parametrize("paper", Paper)
def test_the_page_ends_within_its_margins(journal: list[Entry], paper: Paper) -> None:
    content = made(journal, name="Ada Lovelace")
    scale = 0.1
    size = (paper.size * scale).toSize()
    image = QImage(size, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_page(painter, content, paper.size)
    painter.end()
    edge = round(MARGIN * scale) - 2
    wide, row = size.width(), image.bytesPerLine()
    pixels = bytes(image.constBits())
    rows = [pixels[y * row : y * row + wide] for y in range(size.height())]
    assert sum(pixel < 128 for line in rows for pixel in line) > 1000
    assert min(min(line) for line in rows[edge:-edge]) < 128
    for line in (*rows[:edge], *rows[-edge:]):
        assert min(line) >= 128
    for line in rows:
        assert min(line[:edge]) >= 128
        assert min(line[-edge:]) >= 128


def test_ten_years_show_the_last_weeks_and_their_total(
    journals: dict[str, list[Entry]],
) -> None:
    words = drawn(made(journals["ten-years"]))
    (heading,) = [text for text in words if text.startswith("The last")]
    match = re.fullmatch(r"The last (\d+) of 522 weeks", heading)
    assert match
    assert 8 <= int(match[1]) <= 14
    assert "Left leg, month by month" in words
    assert "2016" in words


def test_a_few_weeks_are_shown_whole_without_months(journals: dict[str, list[Entry]]) -> None:
    words = drawn(made(journals["calm"]))
    assert "Week by week" in words
    assert "Left leg, month by month" not in words


@pytest.mark.parametrize("paper", Paper)
def test_the_pdf_is_one_page_of_its_paper_with_its_fonts_inside(
    journal: list[Entry], paper: Paper
) -> None:
    data = pdf_bytes(made(journal), paper)
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", data)
    assert box
    assert tuple(round(float(side)) for side in box.groups()) == POINTS[paper]
    assert b"/Font" in data
    assert b"/FontFile" in data
    assert b"/ToUnicode" in data  # so that text can be selected and searched


def test_the_pdf_has_no_personal_data_except_what_was_typed() -> None:
    data = pdf_bytes(made([run(1)], name="Ada Lovelace"), Paper.A4)
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    text = data + b"".join(_unpacked(each) for each in streams)
    for private in (str(Path.home()).encode(), Path.home().name.encode() * 2, b"journal.json"):
        assert private not in text
    assert "Ada".encode("utf-16-be") not in text  # the name is not in the metadata
    assert "notes for a physio".encode("utf-16-be") in text


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_more_than_a_page_can_hold_still_becomes_one() -> None:
    signs = [sign(back) for back in range(40, 0, -1)]
    content = made(signs, Period(LAST - 400 * DAY, LAST), "W" * 80)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf_bytes(content, Paper.LETTER))) == 1
    assert content.name in drawn(content, Paper.LETTER)


def test_small_paper_gets_smaller_letters(journal: list[Entry]) -> None:
    picture = QPicture()
    painter = QPainter(picture)
    ink = paint_page(painter, made(journal), QSizeF(4200, 5950))  # A5
    painter.end()
    assert ink.scale < 1


def test_a_missing_printer_is_reported(tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "gone" / "printed.pdf"))
    assert not print_on(writer, made([run(1)]))
