"""Imports run one way: the domain knows no Qt, no screen and no clock."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import itband_gui

PACKAGE = Path(itband_gui.__file__).parent
NO_QT = ("machine", "wording")  # below the window and the commands
ASSETS = "itband_gui.machine.assets"  # all that the domain may know of the machine
DOMAIN = ("leg", "routine", "safety", "session", "journal", "insight")
ROOMS = [room for room in DOMAIN if (PACKAGE / room / "__init__.py").is_file()]
OUTSIDE = {"PySide6", "PyQt6", "PyQt5", "shiboken6", "qtpy", "pyqtgraph"}
CLOCKS = {"time", "sched", "asyncio"}  # modules that know the time
GRANTED = {"time.sleep"}  # waiting for a lock reads no clock
Module = tuple[str, ...]  # its path below `itband_gui`
BY_NAME = {"importlib", "runpy", "pkgutil"}  # ways round a reading of the imports
CLOCK_CALLS = {
    *("now", "today", "utcnow", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"),
    *("time_ns", "localtime", "gmtime"),
}


def test_the_rooms_of_the_domain_are_found() -> None:
    assert {"leg", "routine", "safety", "session"} <= set(ROOMS)


def imports(tree: ast.AST, package: str) -> Iterator[str]:
    """Yield the full name of everything that a file of `package` imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: -(node.level - 1) or None] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_assets(name: str) -> bool:
    """Return whether a name is the module of the assets, or in it."""
    return name == ASSETS or name.startswith(f"{ASSETS}.")


def wrongs(source: str, package: str) -> list[str]:
    """Return what a domain file must not do, as far as its text shows."""
    tree = ast.parse(source)
    found = []
    for name in imports(tree, package):
        root, *rest = name.split(".")
        ours = root == "itband_gui" and rest and rest[0] not in DOMAIN
        ours = ours and not is_assets(name)
        if name not in GRANTED and (ours or root in OUTSIDE | CLOCKS | BY_NAME):
            found.append(f"imports {name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_CALLS:
            found.append(f"calls {node.attr}")
        if isinstance(node, ast.Name) and node.id == "__import__":
            found.append("imports by name")
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_domain_room_imports_no_screen_and_reads_no_clock(room: str) -> None:
    files = list((PACKAGE / room).rglob("*.py"))
    found = {f.name: wrongs(f.read_text("utf-8"), f"itband_gui.{room}") for f in files}
    assert files
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from PySide6 import QtCore",
        "def f():\n    import PySide6.QtWidgets as w",
        "from itband_gui.ui import theme",
        "from itband_gui import ui",
        "from itband_gui.machine.assets_anything import read",
        "from itband_gui import cues as c",
        "from ..app import main",
        "import time",
        "from time import monotonic",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\nread = datetime.date.today",
        "import importlib\nimportlib.import_module('PySide6')",
        "__import__('PySide6')",
    ],
)
def test_the_reading_of_imports_finds_each_way_out(source: str) -> None:
    assert wrongs(source, "itband_gui.leg")


def test_the_reading_of_imports_lets_the_domain_be() -> None:
    source = "from datetime import datetime, time\nfrom . import names\nfrom time import sleep\n"
    source += "from itband_gui.machine import assets\nnow = assets.at(now=1)"
    assert wrongs(source, "itband_gui.leg") == []


@pytest.mark.parametrize(
    ("room", "below"),
    [("machine", {"__version__"}), ("wording", {*DOMAIN}), ("commands", {*DOMAIN, "wording"})],
)
def test_a_room_below_the_window_knows_neither_it_nor_qt(room: str, below: set[str]) -> None:
    if room == "commands":
        below = {*below, "machine"}
    for file in (PACKAGE / room).rglob("*.py"):
        for name in imports(ast.parse(file.read_text("utf-8")), f"itband_gui.{room}"):
            parts = name.split(".")
            assert parts[0] not in OUTSIDE, (file.name, name)
            ours = parts[0] == "itband_gui" and len(parts) > 1 and not is_assets(name)
            assert not ours or parts[1] in {room, *below}, (file.name, name)


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_whole_domain_room_brings_in_no_screen(room: str) -> None:
    program = (
        "import importlib, json, pkgutil, sys\n"
        f"import itband_gui.{room} as room\n"
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300
    )
    modules: list[str] = json.loads(run.stdout)
    names = [module.split(".") for module in modules]
    assert [".".join(n) for n in names if n[0] in OUTSIDE] == []
    rooms = {n[1] for n in names if n[0] == "itband_gui" and len(n) > 1}
    assert room in rooms
    assert rooms <= {*DOMAIN, "machine"}
    assert {".".join(n) for n in names if n[:2] == ["itband_gui", "machine"]} <= {
        *("itband_gui.machine", ASSETS)
    }


def room_of(module: Module) -> str:
    """Return the room of a module, below `itband_gui`: a folder, in the window a page's."""
    return ".".join(module[: 2 if module[0] == "ui" and len(module) > 2 else 1])


def itself(module: Module) -> str:
    return ".".join(module)


def stands_on(part_of: Callable[[Module], str]) -> dict[str, set[str]]:
    """Return which parts of the package import which others, anywhere in their files."""
    modules = {f.relative_to(PACKAGE).with_suffix("").parts for f in PACKAGE.rglob("*.py")}
    found: dict[str, set[str]] = {}
    for module in modules:
        tree = ast.parse(PACKAGE.joinpath(*module).with_suffix(".py").read_text("utf-8"))
        for name in imports(tree, ".".join(("itband_gui", *module[:-1]))):
            parts = tuple(name.split("."))[1:]
            below = next(
                (parts[:n] for n in range(len(parts), 0, -1) if parts[:n] in modules), None
            )
            if name.startswith("itband_gui.") and below and part_of(below) != part_of(module):
                found.setdefault(part_of(module), set()).add(part_of(below))
    return found


def test_no_room_stands_on_another_that_stands_on_it() -> None:
    found = stands_on(room_of)
    assert found["session"] >= {"routine"}
    assert found["ui.today"] >= {"ui.services", "ui.widgets"}
    TopologicalSorter(found).prepare()  # raises CycleError, naming the circle


def test_no_module_stands_on_another_that_stands_on_it() -> None:
    found = stands_on(itself)
    assert "session.events" in found["session.engine"]
    TopologicalSorter(found).prepare()
