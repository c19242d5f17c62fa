"""A bus that fails in any way is reported, and the session continues."""

from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.cues import dbus
from itband_gui.cues.dbus import BusLine
from itband_gui.cues.mpris import MprisKeys
from itband_gui.cues.silent_keys import MediaKeys, MediaKeysProblem

if TYPE_CHECKING:
    from tests.cues.media_keys.conftest import Bus

LENGTH_MS = 600_000


def find_problem(keys: MediaKeys, qtbot: QtBot) -> MediaKeysProblem | None:
    with qtbot.waitSignal(keys.problem_found, timeout=60_000):
        keys.open()
    return keys.problem


def test_a_name_that_is_taken_gets_our_number(bus: "Bus", qtbot: QtBot) -> None:
    bus.taken = {"org.mpris.MediaPlayer2.itband_gui"}
    keys = MprisKeys(bus.socket, "IT Band Guide")
    keys.open()
    qtbot.waitUntil(lambda: len(bus.names) == 2, timeout=60_000)
    assert bus.names[1].startswith("org.mpris.MediaPlayer2.itband_gui.instance")
    bus.taken.add(bus.names[1])
    again = MprisKeys(bus.socket, "IT Band Guide")
    assert find_problem(again, qtbot) is MediaKeysProblem.REFUSED
    keys.close()


def test_a_bus_that_does_not_let_us_in_is_told(bus: "Bus", qtbot: QtBot) -> None:
    bus.login = b"REJECTED EXTERNAL\r\n"
    keys = MprisKeys(bus.socket, "IT Band Guide")
    assert find_problem(keys, qtbot) is MediaKeysProblem.REFUSED
    keys.show("Rest", 0, LENGTH_MS, playing=True)
    keys.close()


def test_a_bus_that_says_nothing_is_given_up(
    bus: "Bus", qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus.login = b""
    monkeypatch.setattr(dbus, "ANSWER_MS", 1)
    keys = MprisKeys(bus.socket, "IT Band Guide")
    assert find_problem(keys, qtbot) is MediaKeysProblem.NO_ANSWER


def test_a_bus_that_hangs_up_is_told(bus: "Bus", keys: MediaKeys, qtbot: QtBot) -> None:
    assert bus.client is not None
    with qtbot.waitSignal(keys.problem_found, timeout=60_000):
        bus.client.abort()
    assert keys.problem is MediaKeysProblem.REFUSED


def test_a_bus_that_takes_nothing_more_is_given_up_not_fed_for_ever(
    bus: "Bus", keys: MediaKeys, qtbot: QtBot
) -> None:
    bus.told("a round trip")
    found: list[MediaKeysProblem] = []
    keys.problem_found.connect(found.append)
    for number in range(20_000):  # without a turn of the event loop the bus reads nothing
        keys.show(f"Set {number}", 0, LENGTH_MS, playing=True)
    assert found == [MediaKeysProblem.NO_ANSWER]


def test_nobody_at_the_address_is_no_bus(qtbot: QtBot) -> None:
    for socket in ("/nowhere/at/all", "\0nowhere-at-all"):
        assert find_problem(MprisKeys(socket, ""), qtbot) is MediaKeysProblem.NO_BUS


def test_a_line_that_was_lost_is_opened_anew_by_the_next_session(bus: "Bus", qtbot: QtBot) -> None:
    keys = MprisKeys("/nowhere/at/all", "IT Band Guide")
    for _ in range(2):
        assert find_problem(keys, qtbot) is MediaKeysProblem.NO_BUS


def test_a_closed_line_says_nothing_more(bus: "Bus", qtbot: QtBot) -> None:
    line = BusLine(bus.socket, "org.example.A")
    line.open()
    line.close()
    with qtbot.assertNotEmitted(line.lost):
        bus.server.close()
