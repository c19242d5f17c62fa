"""`make check` finds the tests of what was changed."""

from pathlib import Path

import pytest

from scripts.changed_tests import ABOUT, LAWS, MOST, ROOT, files_for

FILES = {
    "itband_gui/leg/names.py": "",
    "itband_gui/leg/art.py": "from itband_gui.leg import names",
    "itband_gui/leg/shape.py": "",
    "itband_gui/ui/today/card.py": "",
    "tests/makers.py": "",
    "tests/leg/test_names.py": "",
    "tests/leg/test_other.py": "def test() -> None:\n    from itband_gui.leg.art import ART",
    "tests/leg/conftest.py": "",
    "tests/leg/drawn/test_hand.py": "",
    "tests/routine/test_plan.py": "from itband_gui.leg.names import Leg\nimport tests.makers",
    "tests/ui/today/test_page.py": "",
    "tests/test_layers.py": "",
    "tests/test_house.py": "",
    "tests/test_wordings.py": "",
    "tests/test_contributing.py": "",
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
        ("itband_gui/ui/today/card.py", {"ui/today/test_page.py", "test_wordings.py"}),
        ("tests/makers.py", {"routine/test_plan.py"}),
        ("tests/leg/test_other.py", {"leg/test_other.py"}),
        (
            "tests/leg/conftest.py",
            {"leg/test_other.py", "leg/test_names.py", "leg/drawn/test_hand.py"},
        ),
        ("tests/leg/test_that_was_removed.py", set()),
    ],
)
def test_the_tests_of_a_module_import_it_or_have_its_name_and_place(
    checkout: Path, changed: str, tests: set[str]
) -> None:
    found, left = files_for([changed], checkout)
    laws = {"test_layers.py", "test_house.py"}
    assert {file.as_posix() for file in found} == {f"tests/{name}" for name in tests | laws}
    assert left == 0


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("assets/safety.toml", ["tests/safety/test_signs.py", "tests/test_wordings.py"]),
        ("Makefile", ["tests/test_setup.py"]),
        ("docs/leg.md", ["tests/test_contributing.py"]),
        ("LICENSE", []),
    ],
)
def test_what_is_no_python_has_tests_too(checkout: Path, changed: str, tests: list[str]) -> None:
    assert [file.as_posix() for file in files_for([changed], checkout)[0]] == tests


def test_beyond_a_number_of_files_the_closest_are_run_and_the_rest_is_counted(
    checkout: Path,
) -> None:
    for number in range(MOST):
        user = checkout / f"tests/routine/test_{number}.py"
        user.write_text("from itband_gui.leg import names")
    found, left = files_for(["itband_gui/leg/names.py"], checkout)
    assert (len(found), left) == (MOST, 4)  # beside them: its own, two laws and the plan's
    assert Path("tests/leg/test_names.py") in found


def test_every_asset_names_a_test() -> None:
    assets = [f.relative_to(ROOT).as_posix() for f in (ROOT / "assets").rglob("*") if f.is_file()]
    assert assets
    assert [name for name in assets if not files_for([name])[0]] == []


@pytest.mark.parametrize("pattern", sorted({*LAWS, *sum(ABOUT.values(), ())}))
def test_every_test_of_the_table_exists(pattern: str) -> None:
    assert list((ROOT / "tests").glob(pattern))
