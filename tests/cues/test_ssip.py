from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from itband_gui.cues.ssip import LONGEST, Ssip, dotted, socket_path


@given(st.text())
def test_no_text_can_end_its_message_or_begin_a_command(text: str) -> None:
    line = dotted(text)
    assert "\n" not in line
    assert "\r" not in line
    assert line != "."


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"SPEECHD_ADDRESS": "unix_socket:/a/b.sock"}, "/a/b.sock"),
        ({"SPEECHD_ADDRESS": "unix_socket:default", "XDG_RUNTIME_DIR": "/r"}, "/r"),
        ({"XDG_RUNTIME_DIR": "/r"}, "/r"),
        ({"XDG_CACHE_HOME": "/c"}, "/c"),
        ({"SPEECHD_ADDRESS": "inet_socket:127.0.0.1:6560"}, None),
    ],
)
def test_the_daemon_is_looked_for_where_the_desktop_has_it(
    environ: dict[str, str], path: str | None
) -> None:
    own = (
        path
        if path is None or path.endswith(".sock")
        else str(Path(path, "speech-dispatcher/speechd.sock"))
    )
    assert socket_path(environ) == own


def test_a_daemon_whose_line_has_no_end_is_left(qtbot: QtBot, tmp_path: Path) -> None:
    daemon = QLocalServer()
    assert daemon.listen(str(tmp_path / "speechd.sock"))
    ssip = Ssip()
    with qtbot.waitSignal(ssip.opened, timeout=60_000):
        ssip.open(daemon.serverName())
    qtbot.waitUntil(daemon.hasPendingConnections, timeout=60_000)
    with qtbot.waitSignal(ssip.lost, timeout=60_000) as lost:
        daemon.nextPendingConnection().write(b"2" * (LONGEST + 1))
    assert lost.args == [False]
