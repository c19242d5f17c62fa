"""The pages for developers name what is there: every path, every room, every class."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "itband_gui"
PAGES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
QUOTED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
FILE = re.compile(r".+\.(?:py|toml|svg|css|md|json|spec|txt)")
# Made when it is needed, or in the user's own folders, or a name to be filled in.
NOT_HERE = re.compile(
    r"""(?: build | dist | tour | routines | state | licenses | _internal | assets/languages
        | \.venv | \.tools )/.*
      | journal\.json(?:\.bak)? | log\.txt | info\.json | parts\.json | page\.py
      | Library/Application | .*NAME.*""",
    re.VERBOSE,
)


def missing(text: str, folder: Path) -> set[str]:
    """Return the files and folders that a page in `folder` names and the tree does not have."""
    links = {target for target in LINKED.findall(text) if "://" not in target}
    words = {word for quote in QUOTED.findall(text) for word in quote.split()}
    named = {word for word in words if PATH.fullmatch(word) and ("/" in word or FILE.match(word))}
    return {link for link in links if not (folder / link).exists()} | {
        name
        for name in named
        if not NOT_HERE.fullmatch(name) and not any(any(at.glob(name)) for at in (ROOT, PACKAGE))
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    assert missing(page.read_text("utf-8"), page.parent) == set()


@pytest.mark.parametrize(
    "text",
    ["`itband_gui/gone.py`", "in `journal/gone.py` now", "`gone.svg`", "[gone](docs/gone.md)"],
)
def test_a_path_that_is_gone_is_found(text: str) -> None:
    assert missing(text, ROOT)


def test_every_room_is_named_in_contributing() -> None:
    house = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("```")[1]
    rooms = {file.parent.relative_to(PACKAGE) for file in PACKAGE.rglob("__init__.py")}
    assert {room.name for room in rooms if room.name and f"{room.name}/" not in house} == set()


def test_every_class_of_the_glossary_exists() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    named = {word for word in QUOTED.findall(page) if re.fullmatch(r"[A-Z][A-Za-z]+", word)}
    code = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    assert len(named) > 50
    assert {
        name for name in named if not re.search(rf"^(class )?{name}\b", code, re.MULTILINE)
    } == set()
