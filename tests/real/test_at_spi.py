"""The check-in as a screen reader finds it on the accessibility bus of a real desktop session."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from itband_gui.leg.names import Place
from itband_gui.ui.text.words import place_name

if TYPE_CHECKING:
    from tests.real.conftest import Screen

READER = Path(__file__).with_name("at_spi_reader.py")
PROGRAMS = {  # and the Debian packages that bring them
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dbus-run-session": "dbus-daemon",
}
BUS = "dbus-1/services/org.a11y.Bus.service"  # how a session bus starts the accessibility bus
LIBRARY = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
LEFT, RIGHT = "Left leg: where it is sore", "Right leg: where it is sore"
PLACES = [place_name(place) for place in Place if place is not Place.OTHER]


def system_python() -> str:
    """Return the desktop's own Python: the reader's library is made for no other."""
    return shutil.which("python3", path=os.defpath) or ""


def missing_packages() -> list[str]:
    missing = [package for name, package in PROGRAMS.items() if shutil.which(name) is None]
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    if not any(Path(folder, BUS).exists() for folder in shared.split(":")):
        missing.append("at-spi2-core")
    python = system_python()
    probe = [python, "-c", LIBRARY]
    if (
        not python
        or subprocess.run(probe, capture_output=True, check=False, timeout=300).returncode
    ):
        missing += ["python3-gi", "gir1.2-atspi-2.0"]
    return missing


@pytest.fixture
def session(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Return the environment of a desktop session whose screen reader is on."""
    missing = missing_packages()
    if missing:
        answer = f"no screen reader's bus to be had: apt install {' '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(answer)
        pytest.skip(answer)
    screen: Screen = request.getfixturevalue("screen")
    with tempfile.TemporaryDirectory() as run:  # short: the bus's socket lies in it
        reading = {"XDG_RUNTIME_DIR": run, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        yield {**screen.environ, **reading}


@pytest.fixture
def found(session: dict[str, str], tmp_path: Path) -> dict[str, Any]:
    """Return what the reader found in a check-in of both legs."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.ini").write_text("[sound]\nchecked=true\nsource=silent\n")
    program = [sys.executable, "-m", "itband_gui", "--data-dir", str(tmp_path / "data")]
    answer, said = tmp_path / "answer.json", tmp_path / "said.txt"
    with said.open("w") as out:  # not a pipe: what outlives the session would hold it open
        ended = subprocess.run(
            ["dbus-run-session", "--", system_python(), READER, answer, *program],
            env=session,
            stdout=out,
            stderr=out,
            timeout=300,
            check=False,
        )
    assert ended.returncode == 0, said.read_text("utf-8")
    assert "Traceback" not in said.read_text("utf-8"), said.read_text("utf-8")
    read: dict[str, Any] = json.loads(answer.read_text("utf-8"))
    return read


def test_a_screen_reader_reads_marks_and_hears_the_places_of_both_legs(
    found: dict[str, Any],
) -> None:
    check_what_is_read(found)
    check_what_is_heard(found)
    assert found["still runs"]


def check_what_is_read(found: dict[str, Any]) -> None:
    for leg in (LEFT, RIGHT):
        whole, places = found["maps"][leg], found["places"][leg]
        assert (whole["role"], whole["description"]) == ("panel", "nothing marked")
        assert [place["name"] for place in places] == PLACES
        for place in places:
            assert place["role"] == "check box"
            assert place["description"] == ""
            assert place["actions"] == ["Toggle", "Press", "SetFocus"]
            assert {"checkable", "focusable", "showing", "visible"} <= set(place["states"])
            assert "checked" not in place["states"]
            assert is_within(place["box"], whole["box"])
    for left, right in zip(found["places"][LEFT], found["places"][RIGHT], strict=True):
        assert left["box"][1:] == pytest.approx(right["box"][1:], abs=1)
        mirrored = right_of(found["maps"][LEFT]) - right_of(left)
        assert mirrored == pytest.approx(right["box"][0] - found["maps"][RIGHT]["box"][0], abs=1)
    assert found["at the point"] == "Middle of the band"


def check_what_is_heard(found: dict[str, Any]) -> None:
    def checked(name: str, leg: str, on: int) -> dict[str, Any]:
        return {"type": "state-changed:checked", "name": name, "in": leg, "on": on}

    def focused(name: str, leg: str, on: int) -> dict[str, Any]:
        return {"type": "state-changed:focused", "name": name, "in": leg, "on": on}

    def said(text: str, leg: str) -> tuple[str, str, str]:
        return "announcement", leg, text

    def sayings(heard: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
        return [(each["type"], each["name"], each["says"]) for each in heard if "says" in each]

    knee, band = "Outer knee", "Middle of the band"
    assert checked(knee, LEFT, 1) in found["toggled"]
    assert sayings(found["toggled"]) == [said("Outer knee: marked", LEFT)]
    assert "checked" in found["states when marked"]
    assert checked(knee, LEFT, 0) in found["pressed"]
    assert sayings(found["pressed"]) == [said("Outer knee: not marked", LEFT)]
    assert checked(band, RIGHT, 1) in found["clicked"]
    assert sayings(found["clicked"]) == [said("Middle of the band: marked", RIGHT)]
    assert found["clicked"][-1] == focused(band, RIGHT, 1), "the focus ends on the place"
    assert found["group"] == band
    assert found["went down"][-1] == focused("Lower band", RIGHT, 1)
    assert checked("Buttock", LEFT, 1) in found["pressed anew"]


def is_within(box: list[int], whole: list[int]) -> bool:
    left, top, width, height = box
    return (
        whole[0] <= left
        and whole[1] <= top
        and left + width <= whole[0] + whole[2]
        and top + height <= whole[1] + whole[3]
    )


def right_of(each: dict[str, Any]) -> int:
    left, _, width, _ = each["box"]
    return int(left + width)
