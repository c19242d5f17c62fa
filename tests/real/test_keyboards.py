"""A check-in and a stop by the keys' places, on keyboards of other languages, in a real window."""

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.journal.entries import Ended, Moment, Rating, Session
from itband_gui.leg.names import Leg
from tests.real.buses import need
from tests.real.test_session import SHORTEST, of_moment, wait_for

if TYPE_CHECKING:
    from tests.real.conftest import Screen

BUILT_IN = 4  # routines before it in the list
# X's numbers of the keys that an American keyboard calls so.
L, S = 46, 39
DIGITS = dict(zip("1234567890", range(10, 20), strict=True))
# The layout, and the places of L and S on it.
LAYOUTS = {
    "Russian and American": ("ru,us", L, S),
    "Russian alone": ("ru", L, S),
    "Hebrew": ("il", L, S),
    "Persian": ("ir", L, S),
    "French": ("fr", L, S),
    "Vietnamese, with dead keys": ("vn", L, S),
    "Dvorak": ("us -variant dvorak", 33, 47),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_keys_work_by_their_place(
    screen: "Screen", qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    need("x11-xkb-utils", there=shutil.which("setxkbmap") is not None)
    layout, left, stop = LAYOUTS[name]
    folder = tmp_path / "data"
    (folder / "routines").mkdir(parents=True)
    (folder / "routines" / "shortest.toml").write_text(SHORTEST, "utf-8")
    (folder / "settings.ini").write_text("[sound]\nchecked=true\nsource=silent\n", "utf-8")
    process = screen.open(folder)
    # Now: a display server without clients forgets its layout.
    subprocess.run(["setxkbmap", *layout.split()], env=screen.environ, check=True, timeout=300)
    screen.press("shift+Tab", *["Down"] * BUILT_IN, "Tab", "space")  # choose it, and Start
    screen.press("Return", str(left), "Return")  # the disclaimer, the left leg
    screen.press(str(DIGITS["5"]), "Return", *["Return"] * 6)  # nothing on the list
    (before,) = wait_for(qtbot, folder, lambda entry: of_moment(entry, Moment.BEFORE))
    assert isinstance(before, Rating)
    assert (before.leg, before.score) == (Leg.LEFT, 5)

    screen.press(str(stop))
    kept = wait_for(qtbot, folder, lambda entry: isinstance(entry, Session))
    assert [entry.ended for entry in kept if isinstance(entry, Session)] == [Ended.STOPPED]
    screen.press(str(DIGITS["1"]), str(DIGITS["3"]))  # what it was, and how sore it is now
    kept = wait_for(qtbot, folder, lambda entry: of_moment(entry, Moment.AFTER))
    assert [e.score for e in kept if isinstance(e, Rating) and e.moment is Moment.AFTER] == [3]
    assert "Traceback" not in screen.end(process)
