"""Each code for what went wrong has exactly one text, for the window and the commands."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import itband_gui
from itband_gui.journal.backups import Why
from itband_gui.journal.import_errors import ImportFault, RowFault
from itband_gui.journal.importing import ImportOutcome
from itband_gui.journal.lines import Flaw
from itband_gui.journal.safe_file import NotSavedCode
from itband_gui.journal.salvage import JournalFault
from itband_gui.journal.validation import EntryFault

PACKAGE = Path(itband_gui.__file__).parent
CODES = (EntryFault, Flaw, ImportFault, ImportOutcome, JournalFault, NotSavedCode, RowFault, Why)
# What a command says to type comes after the text of the code.
ADDED = {"commands/shared.py"}


def texts(source: str) -> Iterator[str]:
    """Yield "RowFault.MISSING" for each text that a table of the source has for that code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Attribute) and _has_text(value):
                    yield ast.unparse(key)


def _has_text(value: ast.expr) -> bool:
    # Where codes stand for other codes there is no constant.
    return any(isinstance(each, ast.Constant) for each in ast.walk(value))


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """Return the files that hold a text of each code."""
    found: dict[str, list[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        if name not in ADDED:
            for code in texts(file.read_text("utf-8")):
                found.setdefault(code, []).append(name)
    return found


@pytest.mark.parametrize("codes", CODES, ids=lambda codes: codes.__name__)
def test_each_code_has_one_text_in_the_room_of_wording(
    codes: type[StrEnum], found: dict[str, list[str]]
) -> None:
    files = {code: found.get(f"{codes.__name__}.{code.name}", []) for code in codes}
    wrong = {code: names for code, names in files.items() if len(names) != 1}
    assert wrong == {}
    assert {name.partition("/")[0] for (name,) in files.values()} == {"wording"}


def test_a_second_text_is_found() -> None:
    source = 'def f():\n    return {A.ONE: translate("C", "a"), A.TWO: ("b", ""), A.SIX: B.SIX}\n'
    assert sorted(texts(source + '_AGAIN = {A.ONE: "c"}')) == ["A.ONE", "A.ONE", "A.TWO"]
