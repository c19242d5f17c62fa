"""Odd wordings that were once removed do not come back."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import itband_gui
from itband_gui.machine.assets import assets_dir

PACKAGE = Path(itband_gui.__file__).parent
ASSETS = assets_dir()
ROOMS = ("ui", "commands", "wording")
CODE = [
    *(path for room in ROOMS for path in sorted(PACKAGE.glob(f"{room}/**/*.py"))),
    PACKAGE / "cli.py",
]
TEXTS = sorted(
    [*ASSETS.glob("*.toml"), *ASSETS.glob("guide/*.toml"), *ASSETS.glob("routines/*.toml")]
)
ODD = re.compile(
    r"(?<!\bout)[ \xa0]of[ \xa0](10|ten)\b(?![,\d])"  # "3 out of 10"
    r"|\btaken? (it |this |that )?(back|in)\b|\btakes that back\b"  # "Undone", "Import"
    r"|\bthrown? away\b"  # "Discard"
    r"|\bgo on\b|\b(Space|Enter) goes on\b"  # "Continue"
    r"|^Left out\.$|^Leave out \("  # "Skip"
    r"|\bwhere (it|the journal) lies\b|\blies (in the future|before)\b"  # "is stored", "is"
    r"|\bby the clock\b|\bby (itself|themselves)\b"  # "automatic copy", "automatically"
    r"|\bnought\b|\bwobble\b|\bby half\b|\bslept\b|\bLet \{\w+\} of\b",
    re.IGNORECASE,
)


def said_by_code(source: str) -> Iterator[str]:
    """Yield every text of a module that is no docstring."""
    tree = ast.parse(source)
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    docstrings = {
        ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, documented)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and text not in docstrings:
            yield text


def said_by_file(value: object) -> Iterator[str]:
    """Yield every text below a value of a TOML file."""
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from said_by_file(each)


def said(file: Path) -> list[str]:
    text = file.read_text("utf-8")
    return list(said_by_code(text) if file.suffix == ".py" else said_by_file(tomllib.loads(text)))


@pytest.mark.parametrize("file", [*CODE, *TEXTS], ids=lambda file: file.name)
def test_no_text_is_worded_oddly(file: Path) -> None:
    assert [text for text in said(file) if ODD.search(text)] == []


def test_there_are_texts_to_read() -> None:
    assert sum(map(len, map(said, CODE))) > 1000
    assert sum(map(len, map(said, TEXTS))) > 200


@pytest.mark.parametrize(
    "text",
    [
        *("Stop above 5 of 10", "Press 3\xa0of\xa010", "three of ten."),
        *("Taken back.", "Undo takes that back", "Take in", "Entries taken in: 3", "Throw away"),
        *("Go on (Enter)", "Space goes on.", "Leave out (Esc)", "Left out.", "Where it lies"),
        *("kept by the clock", "saved by itself", "within normal wobble", "More by half"),
    ],
)
def test_the_check_finds_the_odd_ones(text: str) -> None:
    assert ODD.search(text)


@pytest.mark.parametrize(
    "text", ["5 out of 10", "three out of ten.", "set 2 of 2", "Leave out what hurts.", "of 10,000"]
)
def test_the_check_lets_plain_ones_be(text: str) -> None:
    assert not ODD.search(text)
