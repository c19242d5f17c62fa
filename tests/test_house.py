"""The house stays readable: short functions, short files, one meaning a name, reasons for ignores.

A function's lines are counted from `def` to its end, without its decorators and its docstring.
"""

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutation.watched import WATCHED_BY

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "itband_gui"
LONGEST_FUNCTION = 40
LONGEST_FILE = 500
SHORTEST_MODULE = 40  # below that a module needs a reason of its own
SHORT = {
    "__main__": "lets `python -m itband_gui` start the program",
    "cues/media_keys": "imports the bus's library only where there is a bus",
    "machine/assets": "all that the domain knows of the machine",
    "machine/session_bus": "used by the media keys and by the process that keeps the screen on",
    "qt_start": "starts Qt for the window, the tour and the report",
    "session/leftovers": "says without the rest of a session whether one was interrupted",
    "ui/look/access": "used wherever something is said to a screen reader",
    "ui/services/minute_look": "used by every page that shows the day",
    "ui/services/run_days": "used by Today and the journal, and not before the first frame",
    "ui/text/routine_problems": "imported only if one of the user's routines cannot be used",
    "ui/widgets/text": "the one way to show text, used on every page",
    "wording/signs": "used by the commands and by four pages",
}
SOURCES = sorted(
    file
    for folder in ("itband_gui", "tests", "benchmarks", "packaging", "scripts")
    for file in (ROOT / folder).rglob("*.py")
)
MODULES = [f for f in SOURCES if PACKAGE in f.parents and f.name != "__init__.py"]
TREES = {file: ast.parse(file.read_text("utf-8")) for file in SOURCES}
IGNORE = re.compile(r"(?:noqa|type: ?ignore)\b(?:: ?[A-Z0-9, ]+|\[[\w\-, ]+\])?(?P<reason>.*)")
POINTER = re.compile(
    r"see .*|as (?:above|below|said|it was)\b.*|so|idem|likewise|ditto|\S*", re.IGNORECASE
)
JOURNAL = sorted(
    f.stem for f in MODULES if f.parent.name == "journal" and f.parent.parent == PACKAGE
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def count_lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def length(function: Function) -> int:
    """Return the lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def signals(tree: ast.AST) -> Iterator[str]:
    """Yield the names of the signals that a module declares."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made = ast.unparse(node.value.func)
            if made.rpartition(".")[2] == "Signal":
                yield from (ast.unparse(target) for target in node.targets)


def unreasoned(source: str) -> list[int]:
    """Return the lines that ignore a rule without a reason of their own.

    A pointer such as "see above" is no reason. "likewise" is one directly below a reason.
    """
    found, reasoned = [], -1
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        ignore = IGNORE.search(token.string) if token.type == tokenize.COMMENT else None
        if ignore is None:
            continue
        reason, line = ignore["reason"].strip(" -#"), token.start[0]
        if not POINTER.fullmatch(reason) or (reason == "likewise" and reasoned == line - 1):
            reasoned = line
        else:
            found.append(line)
    return found


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name(file)}:{function.lineno} {function.name}: {length(function)}"
        for file, tree in TREES.items()
        for function in functions(tree)
        if length(function) > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_file_is_longer_than_500_lines() -> None:
    counted = {name(file): count_lines(file) for file in SOURCES}
    assert {file: lines for file, lines in counted.items() if lines > LONGEST_FILE} == {}


def test_a_public_class_name_has_one_meaning() -> None:
    homes = defaultdict(list)
    for file in MODULES:
        for node in ast.walk(TREES[file]):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name(file))
    assert {found: files for found, files in homes.items() if len(files) > 1} == {}


def test_a_signal_is_requested_not_wished_or_wanted() -> None:
    found = {name(file): list(signals(TREES[file])) for file in MODULES}
    assert found["itband_gui/ui/today/page.py"] == ["start_requested"]
    assert [
        s for names in found.values() for s in names if s.endswith(("_wished", "_wanted"))
    ] == []


def test_a_short_module_has_a_reason() -> None:
    short = {
        file.relative_to(PACKAGE).with_suffix("").as_posix()
        for file in MODULES
        if count_lines(file) < SHORTEST_MODULE
    }
    assert short - set(SHORT) == set()
    assert all((PACKAGE / f"{module}.py").exists() for module in SHORT)


@pytest.mark.parametrize("module", JOURNAL)
def test_a_module_of_the_journal_has_a_test_of_its_own(module: str) -> None:
    own = f"tests/journal/{module}" if module == "store" else f"tests/journal/test_{module}.py"
    assert (ROOT / own).exists()
    assert WATCHED_BY[module][0].startswith(own)


def test_every_ignored_rule_says_why() -> None:
    lines = {name(file): unreasoned(file.read_text("utf-8")) for file in SOURCES}
    assert {file: found for file, found in lines.items() if found} == {}


@pytest.mark.parametrize(
    "comment",
    [
        "",
        " - so",
        " - see above",
        " - see `_open`",
        " - as above",
        " - likewise",
        "  # idem",
        " - timed",
    ],
)
def test_a_pointer_is_no_reason_to_ignore_a_rule(comment: str) -> None:
    assert unreasoned(f"import os  # noqa: F401{comment}\n") == [1]
    assert unreasoned(f"import os  # type: ignore[misc]{comment}\n") == [1]


def test_likewise_is_a_reason_directly_below_one() -> None:
    first, second = (
        "import a  # noqa: F401 - for its effect\n",
        "import b  # noqa: F401 - likewise\n",
    )
    assert unreasoned(first + second + second) == []
    assert unreasoned(first + "\n" + second) == [3]


def test_a_docstring_does_not_begin_with_what() -> None:
    found = [
        f"{name(file)}: {text.splitlines()[0]}"
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and (text := ast.get_docstring(node) or "").split(" ")[0] == "What"
    ]
    assert found == []
