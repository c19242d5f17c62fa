"""Looks at the drawing: hatching, numbers, dots, lines, and the PDF as a reader shows it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument

from itband_gui.journal.entries import Entry
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg, Place
from itband_gui.leg.viewport import SORE, Viewport
from itband_gui.ui.report.drawing import Ink, paint_leg_map, paint_strips
from itband_gui.ui.report.page import Paper, layout_of, pdf_bytes, print_on
from tests.insight.making import marked, morning
from tests.ui.report.conftest import made

MAP = QRectF(0, 0, 600, 1400)
STRIP = QRectF(0, 0, 5000, 700)
EACH = 500.0


def blank(box: QRectF) -> QImage:
    image = QImage(box.size().toSize(), QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    return image


def darkness(image: QImage, box: QRectF) -> float:
    """Return how dark a part is, from 0 to 255 per pixel."""
    part = image.copy(box.toAlignedRect())
    pixels = [
        255 - part.pixelColor(x, y).lightness()
        for y in range(part.height())
        for x in range(part.width())
    ]
    return sum(pixels) / len(pixels)


def leg_map(*entries: Entry, leg: Leg = Leg.RIGHT) -> tuple[QImage, list[str]]:
    image = blank(MAP)
    painter = QPainter(image)
    ink = Ink(painter)
    (part,) = [each for each in made(entries).legs if each.leg is leg]
    paint_leg_map(ink, part, MAP)
    painter.end()
    return image, ink.said


def buttock(leg: Leg = Leg.RIGHT) -> QRectF:
    """Return a part of the place next to its number."""
    view = Viewport(SORE, leg, MAP.width(), MAP.height())
    centre = load_anatomy().places[Place.GLUTEAL].centre
    return QRectF(QPointF(*view.to_pixels(centre)) + QPointF(-40, 60), QSizeF(80, 60))


def sore(score: int, leg: Leg = Leg.RIGHT) -> Entry:
    return marked(3, score, Place.GLUTEAL, leg=leg)


def test_the_leg_itself_is_drawn_and_mirrored() -> None:
    right, _ = leg_map(morning(3, 1))
    left, _ = leg_map(morning(3, 1), leg=Leg.LEFT)
    assert darkness(right, QRectF(250, 300, 100, 100)) > 20
    assert darkness(right, buttock()) == pytest.approx(
        darkness(left.flipped(Qt.Orientation.Horizontal), buttock()), abs=2
    )


def test_a_sorer_place_is_hatched_more_densely_and_numbered() -> None:
    plain, none = leg_map(morning(3, 1))
    little, one = leg_map(sore(1))
    much, _ = leg_map(sore(9))
    amounts = [darkness(image, buttock()) for image in (plain, little, much)]
    assert amounts[0] + 5 < amounts[1]
    assert amounts[1] + 5 < amounts[2]
    assert (none, one) == ([], ["1"])


def test_a_place_on_the_other_leg_is_not_hatched() -> None:
    plain, _ = leg_map(morning(3, 1))
    other, _ = leg_map(sore(9, Leg.LEFT))
    assert darkness(plain, buttock()) == darkness(other, buttock())


def strips(*entries: Entry) -> tuple[QImage, list[str]]:
    image = blank(STRIP)
    painter = QPainter(image)
    ink = Ink(painter)
    paint_strips(ink, made(entries), STRIP, EACH)
    painter.end()
    return image, ink.said


def rows_with(image: QImage, darkest: int, until: int = 1700) -> list[int]:
    """Return the rows of the left leg's strip with a pixel this dark; words are further right."""
    return [
        y
        for y in range(120, round(EACH))
        if any(image.pixelColor(x, y).lightness() <= darkest for x in range(910, until, 2))
    ]


GREY, BLACK = 0x4A, 0x00


def test_a_higher_score_has_a_higher_dot() -> None:
    levels = [rows_with(strips(morning(5, score), morning(0, score))[0], GREY) for score in (0, 9)]
    assert min(levels[0]) > max(levels[1])


def test_six_rated_days_have_a_line_and_five_say_what_is_missing() -> None:
    five, said = strips(*(morning(back, 5) for back in range(4, -1, -1)))
    six, silent = strips(*(morning(back, 5) for back in range(5, -1, -1)))
    assert "5 rated days" in said
    assert silent.count("no rated day") == 1  # the right leg
    middle = range(min(rows_with(six, GREY)), max(rows_with(six, GREY)) + 1)
    assert set(middle) & set(rows_with(six, BLACK, 2700))
    assert not set(middle) & set(rows_with(five, BLACK, 2700))


def darkest_of_the_right_leg(*entries: Entry) -> int:
    """Return how light its darkest dot is; two ratings have no line, and words stand above."""
    image, _ = strips(*entries, *(morning(back, 3, Leg.RIGHT) for back in (90, 1)))
    lower = image.copy(3020, 350, 1900, 200)
    return min(
        lower.pixelColor(x, y).lightness()
        for x in range(lower.width())
        for y in range(lower.height())
    )


def test_where_dots_are_many_all_of_both_legs_are_paler_than_the_line() -> None:
    assert darkest_of_the_right_leg(morning(99, 3)) == GREY
    assert darkest_of_the_right_leg(*(morning(back, 3) for back in range(99, -1, -1))) > GREY


def test_the_axis_shows_scores_and_days() -> None:
    _, said = strips(*(morning(back, 5) for back in range(27, -1, -1)))
    assert said.count("10") == said.count("0") == 2
    assert "5" not in said
    assert "2 Nov" in said


def read(data: bytes, folder: Path) -> QPdfDocument:
    file = folder / "page.pdf"
    file.write_bytes(data)
    document = QPdfDocument()
    assert document.load(str(file)) is QPdfDocument.Error.None_
    return document


def on_white(document: QPdfDocument, size: QSize) -> QImage:
    image = blank(QRectF(QPointF(0, 0), size.toSizeF()))
    painter = QPainter(image)
    painter.drawImage(0, 0, document.render(0, size))
    painter.end()
    return image


def text_of(document: QPdfDocument) -> str:
    return " ".join(document.getAllText(0).text().split())


@pytest.mark.parametrize("paper", Paper)
def test_a_pdf_reader_finds_one_page_and_its_words(
    journal: list[Entry], paper: Paper, tmp_path: Path
) -> None:
    content = made(journal, name="Ada Lovelace")
    document = read(pdf_bytes(content, paper), tmp_path)
    assert document.pageCount() == 1
    assert document.pagePointSize(0).toSize() == (paper.size / 10).toSize()
    text = text_of(document)
    for words in (content.name, content.cause, content.running[:40], content.remarks[1][0][:60]):
        assert " ".join(words.split()) in text
    field = QPdfDocument.MetaDataField
    assert "physiotherapist" in document.metaData(field.Title)
    assert document.metaData(field.Author) == ""
    assert "Ada" not in "".join(str(document.metaData(each)) for each in field)
    document.close()


def test_the_caveat_on_causes_is_no_louder_than_the_rest(
    journal: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    loud: list[str] = []
    draw = Ink.paragraph

    def watched(ink: Ink, *args: Any, bold: bool = False) -> float:  # noqa: ANN401 - as it is called
        loud.extend([args[3]] if bold else [])
        return draw(ink, *args, bold=bold)

    monkeypatch.setattr(Ink, "paragraph", watched)
    content = made(journal)
    pdf_bytes(content, Paper.A4)
    assert content.cause not in loud


def test_a_printer_of_any_resolution_gets_the_same_page(
    journal: list[Entry], tmp_path: Path
) -> None:
    content = made(journal)
    file = tmp_path / "printed.pdf"
    writer = QPdfWriter(str(file))
    writer.setResolution(300)
    writer.setPageLayout(layout_of(Paper.A4))
    assert print_on(writer, content)
    del writer
    printed, saved = tmp_path / "printed", tmp_path / "saved"
    printed.mkdir()
    saved.mkdir()
    size = QSize(595, 842)
    one = read(file.read_bytes(), printed)
    two = read(pdf_bytes(content, Paper.A4), saved)
    assert text_of(one) == text_of(two)
    margin = QRectF(565, 0, 30, 842)
    for part in (QRectF(0, 0, 595, 200), QRectF(0, 400, 595, 200), margin):
        first, second = (darkness(on_white(each, size), part) for each in (one, two))
        assert first == pytest.approx(second, rel=0.1, abs=0.1)
    assert darkness(on_white(one, size), margin) < 0.1
    one.close()
    two.close()
