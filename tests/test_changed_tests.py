"""`make check` finds the tests of what was changed."""

from pathlib import Path

import pytest

from scripts.changed_tests import files_for

FILES = {
    "itband_gui/leg/names.py": "",
    "itband_gui/leg/art.py": "from itband_gui.leg import names",
    "itband_gui/leg/shape.py": "",
    "itband_gui/ui/today/card.py": "",
    "tests/makers.py": "",
    "tests/leg/test_names.py": "",
    "tests/leg/test_other.py": "def test() -> None:\n    from itband_gui.leg.art import ART",
    "tests/leg/conftest.py": "",
    "tests/routine/test_plan.py": "from itband_gui.leg.names import Leg\nimport tests.makers",
    "tests/ui/today/test_page.py": "",
    "tests/test_layers.py": "",
    "tests/test_setup.py": "",
    "assets/safety.toml": "",
    "tests/safety/test_signs.py": "",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("itband_gui/leg/names.py", {"leg/test_names.py", "routine/test_plan.py"}),
        ("itband_gui/leg/art.py", {"leg/test_other.py", "leg/test_names.py"}),  # none of its name
        ("itband_gui/leg/shape.py", {"leg/test_other.py", "leg/test_names.py"}),
        ("itband_gui/ui/today/card.py", {"ui/today/test_page.py"}),
        ("tests/makers.py", {"routine/test_plan.py"}),
        ("tests/leg/test_other.py", {"leg/test_other.py"}),
        ("tests/leg/conftest.py", {"leg/test_other.py", "leg/test_names.py"}),
        ("tests/leg/test_that_was_removed.py", set()),
    ],
)
def test_the_tests_of_a_module_import_it_or_have_its_name_and_place(
    checkout: Path, changed: str, tests: set[str]
) -> None:
    found = {file.as_posix() for file in files_for([changed], checkout)}
    assert found == {f"tests/{name}" for name in tests} | {"tests/test_layers.py"}


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("assets/safety.toml", ["tests/safety/test_signs.py"]),
        ("Makefile", ["tests/test_setup.py"]),
        ("docs/leg.md", []),
    ],
)
def test_what_is_no_python_has_tests_too(checkout: Path, changed: str, tests: list[str]) -> None:
    assert [file.as_posix() for file in files_for([changed], checkout)] == tests
