"""No sentence about the journal uses wording that clinical section 6 avoids, or counts streaks."""

import ast
import re
from pathlib import Path

import pytest

import itband_gui

UI = Path(itband_gui.__file__).parent / "ui"
FILES = sorted(
    [
        *UI.glob("text/*.py"),
        *UI.glob("history/*.py"),
        *UI.glob("today/*.py"),
        *UI.with_name("wording").glob("*.py"),
    ]
)
AVOIDED = re.compile(
    r"\b(treat\w*|heal\w*|cur(e|es|ed|ing)|therap\w*|diagnos\w*|releas\w*|adhesion\w*|prevent\w*"
    r"|clinically|proven|ITBS|syndrome|injur\w*|effective\w*|works|thanks to|due to|relie[fv]\w*"
    r"|streak\w*|in a row|acute|chronic|risk\w*|should have|failed|missed|only \d+ of)\b",
    re.IGNORECASE,
)


def sentences(source: str) -> list[str]:
    """Return every text passed to Qt for translation, without its context."""
    return [
        node.args[1].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and "translate" in {getattr(node.func, "attr", ""), getattr(node.func, "id", "")}
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
        and isinstance(node.args[1].value, str)
    ]


@pytest.mark.parametrize("file", FILES, ids=[f"{f.parent.name}/{f.name}" for f in FILES])
def test_no_sentence_promises_or_blames(file: Path) -> None:
    found = [each for each in sentences(file.read_text("utf-8")) if AVOIDED.search(each)]
    assert found == []


def test_there_are_sentences_to_read() -> None:
    assert sum(len(sentences(file.read_text("utf-8"))) for file in FILES) > 80


@pytest.mark.parametrize(
    "sentence",
    ["It heals.", "Massage works for you", "Treats ITBS", "A 9-day streak", "Releases the band"],
)
def test_the_check_finds_what_is_avoided(sentence: str) -> None:
    assert AVOIDED.search(sentence)


def test_a_physiotherapist_may_be_named() -> None:
    assert not AVOIDED.search("Let a physiotherapist or a doctor have a look.")
