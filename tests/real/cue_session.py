"""Plays a session's first seconds through the real clock, script and player; reports as JSON.

Usage: cue_session.py SOURCE SECONDS. It goes on for longer on a busy machine, until a line has been
said or none can be. Also says how long the longest time between two pictures was, and how late a
process was meanwhile that has nothing else to do.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from itband_gui.cues.player import CuePlayer
from itband_gui.cues.sound_settings import SoundChoice, VoiceSource
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.machine.assets import assets_dir
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import Plan, make_plan
from itband_gui.session.cues import Count, SpokenLine, Talk, load_phrases
from itband_gui.session.engine import Engine
from itband_gui.session.events import Event
from itband_gui.session.script import Script
from itband_gui.ui.session.clock import SessionClock, system_ms

ROUTINE = """
name = "Heard"
legs = "one"
get_ready_s = 15
[settle]
zones = ["front-edge"]
seconds = 10
speed_cm_s = 8
[[steps]]
technique = "heel-of-hand"
zones = ["front-edge"]
seconds = 12
sets = 2
rest_s = 15
speed_cm_s = 8
pressure = [3, 4]
"""
FRAME_MS = 16
LIMIT_S = 90  # a session that says nothing for so long is at fault
IDLE = """
import select, sys, time
print("running", flush=True)
last, worst = time.monotonic(), 0.0
while not select.select([sys.stdin], [], [], 0.016)[0]:
    now = time.monotonic()
    worst, last = max(worst, now - last), now
print(round(1000 * worst))
"""


def told(**news: object) -> None:
    sys.stdout.write(json.dumps(news) + "\n")
    sys.stdout.flush()


def plan() -> Plan:
    anatomy = load_anatomy()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "heard.toml").write_text(ROUTINE, "utf-8")
        library = load_library(anatomy, Path(folder))
    routine = library.get("own/heard")
    assert routine is not None, library.problems
    return make_plan(routine, CheckIn({Leg.LEFT: 4}), anatomy)


class Frames:
    """Measures the time between the frames of an idle window."""

    def __init__(self) -> None:
        self.last, self.worst = monotonic(), 0.0
        self.timer = QTimer(interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start()

    def tick(self) -> None:
        now = monotonic()
        self.worst, self.last = max(self.worst, now - self.last), now


class Idle:
    """A process that has nothing else to do than to measure how late it is."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", IDLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()  # its start is no part of the session

    def worst_ms(self) -> int:
        """End it; return how late it was at worst."""
        return int(self._process.communicate("", timeout=30)[0])


class Played:
    """A session whose cues are played and reported as they come."""

    def __init__(self, source: str) -> None:
        self.clock = SessionClock(Engine(plan(), system_ms()))
        choice = SoundChoice(VoiceSource(source))
        self.player = CuePlayer(load_phrases(), assets_dir() / "sounds", choice)
        pace = self.player.pace
        self.script = Script(self.clock.engine.plan, Talk.FULL, Count.LAST_THREE, pace)
        self.problems: list[str] = []
        self.heard: set[str] = set()
        self.began = monotonic()
        self.player.problem.connect(self.problems.append)
        self.player.began.connect(lambda _line: told(**{"is": "began"}, at=monotonic()))
        self.player.finished.connect(self.finished)
        self.player.said.connect(self.said)
        self.clock.happened.connect(self.take)
        self.player.start()
        QTimer.singleShot(0, self.clock.begin)

    def is_to_go_on(self) -> bool:
        """Whether nothing was heard yet that may still come: the machine is busy."""
        waits = monotonic() - self.began < LIMIT_S
        return self.player.has_voice and not self.heard and waits

    def said(self, line: SpokenLine, phrases: tuple[str, ...]) -> None:
        self.script.said(line, phrases)
        self.heard.update(phrases)
        told(**{"is": "said"}, phrases=phrases)

    def finished(self, line: SpokenLine, begun: bool) -> None:
        told(**{"is": "finished"}, at=monotonic(), begun=begun, phrases=line.phrases)

    def take(self, event: Event) -> None:
        cue = self.script.take(event)
        if cue is not None:
            late_ms = self.clock.last_ms - cue.at_ms
            told(**{"is": "cue"}, at=monotonic(), tone=cue.tone, late_ms=late_ms)
            self.player.play(cue, self.clock.last_ms)


def main(source: str, seconds: str) -> None:
    app = QCoreApplication([])
    idle = Idle()
    session, frames = Played(source), Frames()

    def end() -> None:
        if session.is_to_go_on():
            return  # the next look is in a moment
        looks.stop()
        source, gap_ms = session.player.source, round(1000 * frames.worst)
        session.player.close()
        found = {"source": source, "problems": session.problems, "gap_ms": gap_ms}
        told(**{"is": "end"}, at=monotonic(), **found, idle_ms=idle.worst_ms())
        app.quit()

    looks = QTimer(interval=200)
    looks.timeout.connect(end)
    QTimer.singleShot(1000 * int(seconds), looks.start)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
