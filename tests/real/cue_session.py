"""Plays a session's first seconds through the real clock, script and player; reports as JSON.

Usage: cue_session.py SOURCE SECONDS. Also says how long the longest time between two pictures was.
"""

import json
import sys
import tempfile
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from itband_gui.assets import assets_dir
from itband_gui.cues.choice import SoundChoice, Source
from itband_gui.cues.player import CuePlayer
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.checkin import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import Plan, make_plan
from itband_gui.session.cues import Count, Cue, Line, Talk
from itband_gui.session.engine import Engine
from itband_gui.session.events import Event
from itband_gui.session.phrases import load_phrases
from itband_gui.session.script import Script
from itband_gui.ui.session_clock import SessionClock, system_ms

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
    """Measures the time between the pictures of a window that has nothing to do."""

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
    clock = SessionClock(Engine(plan(), system_ms()))
    frames = Frames()
    player = CuePlayer(load_phrases(), assets_dir() / "sounds", SoundChoice(Source(source)))
    script = Script(clock.engine.plan, Talk.FULL, Count.LAST_THREE, player.pace)
    problems: list[str] = []
    player.problem.connect(problems.append)
    player.began.connect(lambda _line: told(**{"is": "began"}, at=monotonic()))

    def finished(line: Line, begun: bool) -> None:
        told(**{"is": "finished"}, at=monotonic(), begun=begun, phrases=line.phrases)

    def play(cue: Cue) -> None:
        told(**{"is": "cue"}, at=monotonic(), tone=cue.tone, late_ms=clock.last_ms - cue.at_ms)
        player.play(cue, clock.last_ms)

    def take(event: Event) -> None:
        cue = script.take(event)
        if cue is not None:
            play(cue)

    def end() -> None:
        source, gap_ms = player.source, round(1000 * frames.worst)
        player.close()
        told(**{"is": "end"}, at=monotonic(), source=source, problems=problems, gap_ms=gap_ms)
        app.quit()

    player.finished.connect(finished)
    player.said.connect(script.said)
    clock.happened.connect(take)
    player.start()
    QTimer.singleShot(0, clock.begin)
    QTimer.singleShot(1000 * int(seconds), end)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
