"""The asset files are found, give the sources of their numbers, and use plain words."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from itband_gui.machine import assets
from itband_gui.machine.assets import assets_dir

ROUTINES = sorted((assets_dir() / "routines").glob("*.toml"))
SOURCES = ("Behm 2020", "Löken 2009", "Ackerley 2014", "Grabow 2018", "our choice")
# The words that would make a comfort guide a treatment; "until the skin has healed" is a wound's.
FORBIDDEN = re.compile(
    r"\b(treat\w*|heal(?!th\b)\w*|cur(e|es|ed|ing)|therap\w*|diagnos\w*|releas\w*|adhesions?"
    r"|prevent\w*|proven|ITBS|syndrome)\b",
    re.IGNORECASE,
)
GRANTED = ("does not diagnose or treat", "until the skin has healed")


def test_a_checkout_finds_every_kind_of_asset() -> None:
    folder = assets_dir()
    assert (folder / "leg" / "leg.svg").is_file()
    assert {file.stem for file in ROUTINES} == {
        *("first-time", "full", "after-a-run", "muscles-around")
    }


def where(folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask a lone copy of the module in `folder` where its assets are."""
    (folder / "itband_gui" / "machine").mkdir(parents=True)
    shutil.copy(assets.__file__, folder / "itband_gui" / "machine" / "assets.py")
    program = "import sys; sys.path[:] = [p for p in sys.path if 'itband' not in p]\n"
    program += f"sys.path.insert(0, {str(folder)!r})\nimport itband_gui.machine.assets as a\n"
    program += "print(a.assets_dir())"
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("place", ["itband_gui/_assets", "assets"])
def test_a_wheel_and_a_checkout_find_the_assets_beside_them(tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(parents=True)
    shutil.copy(assets_dir() / "safety.toml", tmp_path / place)
    assert Path(where(tmp_path).stdout.strip()) == tmp_path.resolve() / place


def test_a_bundle_finds_the_assets_that_were_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assets").mkdir()
    shutil.copy(assets_dir() / "safety.toml", tmp_path / "assets")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert assets_dir.__wrapped__() == tmp_path / "assets"


def test_an_installation_without_assets_says_where_it_looked(tmp_path: Path) -> None:
    run = where(tmp_path)
    assert run.returncode != 0
    assert "AssetsMissingError" in run.stderr
    assert str(tmp_path.resolve() / "itband_gui" / "_assets") in run.stderr


@pytest.mark.parametrize("file", ROUTINES, ids=lambda file: file.stem)
def test_every_number_of_a_routine_names_its_source(file: Path) -> None:
    numbers = [line for line in file.read_text("utf-8").splitlines() if has_number(line)]
    assert len(numbers) > 10
    bare = [line for line in numbers if not any(s in line.partition("#")[2] for s in SOURCES)]
    assert bare == []


def has_number(line: str) -> bool:
    key, _, value = line.partition("#")[0].partition("=")
    return bool(key.strip() and re.match(r"\s*[\[\d.+-]*\d", value))


def test_the_number_of_the_stop_rules_names_its_source() -> None:
    text = (assets_dir() / "safety.toml").read_text("utf-8")
    assert re.search(r"^worse_by = 2 .*# our choice", text, re.MULTILINE)


def user_texts(value: object, key: str = "") -> Iterator[str]:
    """Yield every text of a TOML document that a user reads: not ids, not words of the program."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from user_texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from user_texts(inner, key)
    elif isinstance(value, str) and key not in {"id", "group", "urgency", "technique", "zones"}:
        yield value


@pytest.mark.parametrize("file", [*ROUTINES, assets_dir() / "safety.toml"], ids=lambda f: f.stem)
def test_no_text_promises_more_than_comfort(file: Path) -> None:
    texts = list(user_texts(tomllib.loads(file.read_text("utf-8"))))
    assert texts
    for text in texts:
        plain = text
        for granted in GRANTED:
            plain = plain.replace(granted, "")
        assert FORBIDDEN.findall(plain) == [], text


@pytest.mark.parametrize(
    "text",
    ["It heals", "a cure", "Therapy", "diagnosed", "release the band", "treats ITBS", "prevents"],
)
def test_the_search_for_promises_finds_them(text: str) -> None:
    assert FORBIDDEN.search(text)
    assert not FORBIDDEN.search("See a physiotherapist for your health; it may occur again")
