"""Qt's messages in the log: each once, so that they push nothing else out of it."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, qWarning
from itband_gui.machine.log import LogFile
from itband_gui.ui.window.faults import log_qt_messages
app = QCoreApplication([])
log = LogFile(Path(sys.argv[1]))
log_qt_messages(log, Path("nowhere"))
log.write("ERROR", "the only one")
for n in range(13_000):
    qWarning(sys.argv[2].replace("N", str(n)).replace("X", "x" * (n % 300)))
"""


@pytest.mark.parametrize("text", ["no room", "no room for N at 0xfN", "no room for X"])
def test_what_qt_says_again_and_again_is_counted(tmp_path: Path, text: str) -> None:
    subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "state", text], check=True, timeout=300
    )
    told = (tmp_path / "state" / "log.txt").read_text("utf-8")
    assert "ERROR the only one" in told
    assert "Qt default: no room" in told
    assert len(told.splitlines()) < 120
