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
from itband_gui.session.cues import Count, Cue, SpokenLine, Talk, load_phrases
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


def main(source: str, seconds: str) -> None:
    app = QCoreApplication([])
    idle = subprocess.Popen(
        [sys.executable, "-c", IDLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert idle.stdout is not None
    idle.stdout.readline()  # its start is no part of the session
    clock = SessionClock(Engine(plan(), system_ms()))
    frames = Frames()
    player = CuePlayer(load_phrases(), assets_dir() / "sounds", SoundChoice(VoiceSource(source)))
    script = Script(clock.engine.plan, Talk.FULL, Count.LAST_THREE, player.pace)
    problems: list[str] = []
    heard: set[str] = set()
    began = monotonic()
    player.problem.connect(problems.append)
    player.began.connect(lambda _line: told(**{"is": "began"}, at=monotonic()))

    def said(line: SpokenLine, phrases: tuple[str, ...]) -> None:
        script.said(line, phrases)
        heard.update(phrases)
        told(**{"is": "said"}, phrases=phrases)

    def finished(line: SpokenLine, begun: bool) -> None:
        told(**{"is": "finished"}, at=monotonic(), begun=begun, phrases=line.phrases)

    def play(cue: Cue) -> None:
        told(**{"is": "cue"}, at=monotonic(), tone=cue.tone, late_ms=clock.last_ms - cue.at_ms)
        player.play(cue, clock.last_ms)

    def take(event: Event) -> None:
        cue = script.take(event)
        if cue is not None:
            play(cue)

    def end() -> None:
        if player.has_voice and not heard and monotonic() - began < LIMIT_S:
            return  # the machine is busy: the next look is in a moment
        looks.stop()
        source, gap_ms = player.source, round(1000 * frames.worst)
        player.close()
        idle_ms = int(idle.communicate("", timeout=300)[0])
        found = {"source": source, "problems": problems, "gap_ms": gap_ms, "idle_ms": idle_ms}
        told(**{"is": "end"}, at=monotonic(), **found)
        app.quit()

    player.finished.connect(finished)
    player.said.connect(said)
    clock.happened.connect(take)
    player.start()
    QTimer.singleShot(0, clock.begin)
    looks = QTimer(interval=200)
    looks.timeout.connect(end)
    QTimer.singleShot(1000 * int(seconds), looks.start)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
