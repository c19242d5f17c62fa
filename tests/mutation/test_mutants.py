import ast

import pytest

from tests.fleet import CHECKOUT
from tests.mutation.mutants import mutants
from tests.mutation.watched import WATCHED_BY


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a = b < c", {"a = (b <= c)", "pass"}),
        ("a = b and not c", {"a = (b or not c)", "a = b and (c)", "pass"}),
        ("f(True, 7, 'x')", {"f(False, 7, 'x')", "f(True, 8, 'x')", "f(True, 7, 'x_')", "pass"}),
        ("if ready():\n    go()", {"if not (ready()):\n    go()", "if ready():\n    pass"}),
        (
            "def f() -> 'int':\n    'Doc.'\n    return a",
            {"def f() -> 'int':\n    'Doc.'\n    return None"},
        ),
        ("x = 'ü' + y", {"x = ('ü' - y)", "x = 'ü_' + y", "pass"}),
        ("raise Error(f'{a + 1}')", {"pass"}),
        ("for a in b:\n    continue", {"for a in b:\n    break"}),
    ],
)
def test_each_small_change_is_made_once(source: str, changed: set[str]) -> None:
    made = [mutant.source for mutant in mutants(source)]
    assert len(made) == len({*made})
    assert {*made} == changed


def test_what_is_made_is_python() -> None:
    source = "def f(a: int = 1):\n    while not a:\n        a |= 2\n    return a if a > 3 else -a\n"
    for mutant in mutants(source):
        ast.parse(mutant.source)
        assert mutant.source != source


def test_every_module_of_the_journal_is_watched_by_tests_that_are_there() -> None:
    modules = {path.stem for path in (CHECKOUT / "itband_gui/journal").glob("*.py")}
    assert set(WATCHED_BY) == modules - {"__init__"}
    assert all((CHECKOUT / file).exists() for files in WATCHED_BY.values() for file in files)
    for path in (CHECKOUT / "tests/journal").glob("test_*.py"):
        own = WATCHED_BY.get(path.stem.removeprefix("test_"))
        assert own is None or own[0] == f"tests/journal/{path.name}"
