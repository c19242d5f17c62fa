"""Common setup of all tests: no screen, none of the user's files, no deadlines."""

import gc
import os
import platform
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import settings

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.drawing import load_anatomy
from tests import surroundings
from tests.leftovers import adopt_orphans, children, end_all_but

surroundings.settle()  # before anything imports Qt

# No deadline: a slow machine is no failure. No database: a run leaves nothing behind.
settings.register_profile("quick", deadline=None, database=None, max_examples=20)
settings.register_profile("slow", settings.get_profile("quick"), max_examples=60)
settings.register_profile("long", settings.get_profile("quick"), max_examples=1000)
settings.load_profile("quick")

Amount = Callable[[int, int], int]
Figure = Callable[[str], None]
# What `make test-long` measured, line by line.
FIGURES = Path(__file__).parents[1] / "build/long-figures.md"
_COUNTED = ("passed", "failed", "error", "skipped")
_REAL = Path(__file__).with_name("real")
_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA")


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "all of the tests, with the examples of a `.ci/run`: minutes more"
    parser.addoption("--slow", action="store_true", help=text)
    text = "the full figures of docs/reliability.md: hours"
    parser.addoption("--long", action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    adopt_orphans()
    config.addinivalue_line("markers", "slow: runs with --slow or --long only")
    config.addinivalue_line("markers", "long: runs with --long only")
    config.addinivalue_line("markers", "real: a real machine in real time; with nothing beside it")
    settings.load_profile(_depth(config))


def _depth(config: pytest.Config) -> str:
    """Return how much is tried: quick, slow or long."""
    if config.getoption("--long"):
        return "long"
    return "slow" if config.getoption("--slow") else "quick"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add this run's totals to the file that `.ci/run` adds up."""
    is_worker = hasattr(terminalreporter.config, "workerinput")
    if not is_worker and (file := os.environ.get("ITBAND_TEST_TOTALS")):
        counts = {kind: len(terminalreporter.getreports(kind)) for kind in _COUNTED}
        with Path(file).open("a", encoding="ascii") as stream:
            failed = counts["failed"] + counts["error"]
            stream.write(f"{counts['passed']} {failed} {counts['skipped']}\n")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = {"quick": ("slow", "long"), "slow": ("long",), "long": ()}[_depth(config)]
    kept: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        if item.path.is_relative_to(_REAL):
            item.add_marker("real")
        is_out = any(item.get_closest_marker(name) for name in left_out)
        (others if is_out else kept).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = kept


def pytest_collection_finish() -> None:
    """Keep what stays for the whole run out of each search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def amount(request: pytest.FixtureRequest) -> Amount:
    """Return what says how much to try: the first number but for --long, the second with it."""
    is_long = _depth(request.config) == "long"
    return lambda short, full: full if is_long else short


@pytest.fixture(scope="session")
def quick_or_slow(request: pytest.FixtureRequest) -> Amount:
    """Return what says how much to try: the first number in `make test`, else the second."""
    is_quick = _depth(request.config) == "quick"
    return lambda quick, slow: quick if is_quick else slow


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Return a function that records a result of a long run for docs/reliability.md."""

    def keep(result: str) -> None:
        if request.config.getoption("--long"):
            FIGURES.parent.mkdir(exist_ok=True)
            machine = f"{platform.system()} {platform.release()}, {os.cpu_count()} cores"
            line = f"| {datetime.now(UTC):%Y-%m-%d} | {machine} | {request.node.name} | {result} |"
            with FIGURES.open("a") as stream:
                stream.write(line + "\n")

    return keep


@pytest.fixture(autouse=True)
def _ends_with_its_test() -> Iterator[None]:
    """End processes that the test left running, except those of wider fixtures."""
    before = children()
    yield
    end_all_but(before)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test, and the programs that it starts, away from the user's own files."""
    monkeypatch.setenv("ITBAND_GUI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in _FOLDERS:
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def live_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return a function that sets this process's time zone for one test."""
    if not hasattr(time, "tzset") or not available_timezones():
        pytest.skip("this system cannot change its zone for one process")

    def live(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield live
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Give Qt the style that the program starts with."""
    return ["tests", "-style", "fusion"]


@pytest.fixture(scope="session")
def anatomy() -> Anatomy:
    """Return the drawn leg."""
    return load_anatomy()
