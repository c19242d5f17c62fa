"""Every sentence can be translated: literal context, literal text, placeholders that are filled."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import itband_gui

UI = Path(itband_gui.__file__).parent / "ui"
WORDING = UI.with_name("wording")  # knows no Qt: there the call is a bare `translate`
# What hands on what others say has no words of its own.
HANDS_ON = {UI / "text" / "qt_language.py"}
FILES = sorted({*UI.rglob("*.py"), *WORDING.glob("*.py")} - HANDS_ON)
OWNER = "QCoreApplication"
BARE = "from itband_gui.wording.translation import"
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")


def translate_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that are about sentences; a painter's `translate` takes numbers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate":
            yield node
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            ours = isinstance(node.func.value, ast.Name) and node.func.value.id == OWNER
            words = any(literal(argument) is not None for argument in node.args)
            if node.func.attr in {"translate", "tr"} and (ours or words):
                yield node


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def filled(tree: ast.AST) -> list[set[str]]:
    """Return the names that each call of `.format` fills in."""
    return [
        {keyword.arg for keyword in node.keywords if keyword.arg}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
    ]


def faults(source: str) -> list[str]:
    """Return what the translation tools, or a translator, would stumble over."""
    tree = ast.parse(source)
    found = [
        f"line {node.lineno}: `translate` under another name"
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in {"translate", "tr"}
    ]
    formats = filled(tree)
    for call in translate_calls(tree):
        where = f"line {call.lineno}"
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        bare = isinstance(call.func, ast.Name) and BARE in source
        if not (bare or (isinstance(owner, ast.Name) and owner.id == OWNER)):
            found.append(f"{where}: not QCoreApplication.translate")
            continue
        texts = [literal(argument) for argument in call.args[:2]]
        if len(texts) < 2 or not all(texts):
            found.append(f"{where}: context and text must be literal and not empty")
            continue
        context, text = str(texts[0]), str(texts[1])
        names = set(PLACEHOLDER.findall(text))
        if "{" in context or "" in names or text.count("{") != text.count("}"):
            found.append(f"{where}: a brace without a name")
        elif names and not any(names <= given for given in formats):
            found.append(f"{where}: nothing fills in {sorted(names)}")
        if "%n" in text and len(call.args) < 4:
            found.append(f"{where}: %n without a number")
    return found


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}/{file.name}" for file in FILES])
def test_every_sentence_can_be_translated(file: Path) -> None:
    assert faults(file.read_text("utf-8")) == []


def test_there_are_sentences_to_look_at() -> None:
    calls = [list(translate_calls(ast.parse(file.read_text("utf-8")))) for file in FILES]
    assert sum(map(len, calls)) > 150


@pytest.mark.parametrize(
    "source",
    [
        'QCoreApplication.translate("C", f"bad {n}")',
        'QCoreApplication.translate("C", "bad {n}")',
        'QCoreApplication.translate("C", "bad {n}").format(m=1)',
        'QCoreApplication.translate("C", "bad {}").format(1)',
        'QCoreApplication.translate("C", "bad " + n)',
        'QCoreApplication.translate(context, "bad")',
        'QCoreApplication.translate("", "bad")',
        'QCoreApplication.translate("C")',
        'QCoreApplication.translate("C", "%n bad")',
        'self.tr("bad")',
        'translate("C", "bad")',
        'QApplication.translate("C", "bad")',
        'tr = QCoreApplication.translate\ntr("C", "bad")',
    ],
)
def test_the_check_finds_what_cannot_be_translated(source: str) -> None:
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    [
        'QCoreApplication.translate("C", "good")',
        "painter.translate(3, 4)",
        'QCoreApplication.translate("C", "good {n}").format(n=1)',
        'QCoreApplication.translate("C", "%n good", "", n)',
        't = QCoreApplication.translate("C", "good {n}")\nt.format(n=1, m=2)',
    ],
)
def test_the_check_lets_what_is_right_be(source: str) -> None:
    assert faults(source) == []
