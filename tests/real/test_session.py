"""A session in a real window, by real key events, in real time."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher
from pytestqt.qtbot import QtBot

from itband_gui.journal.entries import Ended, Entry, Moment, Rating, Session
from itband_gui.journal.store import LoadCode, Store
from itband_gui.leg.names import Leg, Place, Technique, Zone

if TYPE_CHECKING:
    from tests.real.conftest import Screen

# The shortest that the format allows: 5 s to get ready, 10 s to settle, one set of 10 s.
SHORTEST = """
name = "Shortest"
legs = "one"
get_ready_s = 5
[settle]
zones = ["front-edge"]
seconds = 10
speed_cm_s = 10
return_s = 1
[[steps]]
technique = "heel-of-hand"
zones = ["front-edge"]
seconds = 10
speed_cm_s = 10
return_s = 1
pressure = [3, 4]
"""
BUILT_IN = 4  # routines before it in the list


def entries(folder: Path) -> list[Entry]:
    loaded = Store(folder / "journal.json").load()
    assert loaded.code in {LoadCode.SOUND, LoadCode.NEW}
    return list(loaded.book)


def of_moment(entry: Entry, moment: Moment) -> bool:
    return isinstance(entry, Rating) and entry.moment is moment


def wait_for(qtbot: QtBot, folder: Path, wanted: Callable[[Entry], bool]) -> list[Entry]:
    """Wait until an entry that is wanted is on the disk; return all."""
    watcher = QFileSystemWatcher([str(folder)])
    while not any(map(wanted, entries(folder))):
        with qtbot.waitSignal(watcher.directoryChanged, timeout=60_000):
            pass
    return entries(folder)


def test_a_session_of_one_s_own_routine_is_followed_and_kept(
    screen: "Screen", qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    (folder / "routines").mkdir(parents=True)
    (folder / "routines" / "shortest.toml").write_text(SHORTEST, "utf-8")
    (folder / "settings.ini").write_text("[sound]\nchecked=true\nsource=silent\n", "utf-8")
    process = screen.open(folder)
    screen.press("shift+Tab", *["Down"] * BUILT_IN, "Tab", "space")  # choose it, and Start
    screen.press("Return", "r", "Return")  # the disclaimer, the right leg
    screen.press("space", "x", "5", "Return")  # the middle of the band, 10 and no, 5
    screen.press(*["Return"] * 6)  # none of the signs; the list may be longer than the window
    (before,) = wait_for(qtbot, folder, lambda entry: of_moment(entry, Moment.BEFORE))
    assert isinstance(before, Rating)
    assert (before.leg, before.moment, before.score) == (Leg.RIGHT, Moment.BEFORE, 5)
    assert before.places == (Place.BAND_MIDDLE,)

    began = monotonic()
    screen.press("space", "space", "f", "Escape")  # a pause, the full screen and back
    screen.press("Right", "Right")  # ready, and settled, already
    wait_for(qtbot, folder, lambda entry: isinstance(entry, Session))
    lasted = monotonic() - began
    screen.press("4", "Return")
    kept = wait_for(qtbot, folder, lambda entry: of_moment(entry, Moment.AFTER))
    assert "Traceback" not in screen.end(process)

    (session,) = (entry for entry in kept if isinstance(entry, Session))
    assert (session.routine, session.legs) == ("own/shortest", (Leg.RIGHT,))
    assert (session.ended, session.skipped) == (Ended.FINISHED, 2)
    assert session.hands_on_seconds == 10
    assert 10 <= session.total_seconds <= lasted + 1 <= 20
    (work,) = (done for done in session.work if done.technique is Technique.HEEL_OF_HAND)
    assert (work.zone, work.seconds) == (Zone.FRONT_EDGE, 10)
    assert work.strokes >= 1
    ratings = {entry.moment: entry for entry in kept if isinstance(entry, Rating)}
    assert ratings[Moment.AFTER].score == 4
    assert {rating.session for rating in ratings.values()} == {session.id}
    assert len(kept) == 3
