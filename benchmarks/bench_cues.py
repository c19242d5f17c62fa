"""Lateness of a session's cues against a bare QTimer's in the same run, and drift over an hour.

Usage: bench_cues.py [SECONDS]. The cues are taken and played as in a session, on whatever sound
this machine has; the bare timer is aimed at instants of its own, as many. The hour is simulated:
pictures every 33 ms, and now and then none for 500 ms.
"""

import os
import random
import sys
import time
from itertools import count

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from itband_gui.assets import assets_dir
from itband_gui.cues.choice import SoundChoice
from itband_gui.cues.player import CuePlayer
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.checkin import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import Plan, make_plan
from itband_gui.session.cues import Count, Talk
from itband_gui.session.engine import Engine
from itband_gui.session.events import Event
from itband_gui.session.phrases import load_phrases
from itband_gui.session.script import Script
from itband_gui.ui.session_clock import SessionClock, system_ms

GOAL = 1.5
SECONDS = 60
BARE_MS = 500
HOUR_MS, STALL_MS = 3_600_000, 500


def clock_ms() -> float:
    """Return the session clock's time, finer than the clock itself."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    ns = time.monotonic_ns() if boot_time is None else time.clock_gettime_ns(boot_time)
    return ns / 1e6


def p99(values: list[float]) -> float:
    return sorted(values)[int(0.99 * (len(values) - 1))]


def longest_plan() -> Plan:
    anatomy = load_anatomy()
    check_in = CheckIn({Leg.LEFT: 4, Leg.RIGHT: 3})
    plans = [make_plan(r, check_in, anatomy) for r in load_library(anatomy, None).routines]
    return max(plans, key=lambda plan: plan.total_ms)


class Bare:
    """A single-shot timer aimed at one instant after another."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.due = clock_ms() + BARE_MS
        self.timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.fire)
        self.aim()

    def aim(self) -> None:
        self.timer.start(max(0, round(self.due - clock_ms())))

    def fire(self) -> None:
        self.late.append(clock_ms() - self.due)
        self.due += BARE_MS
        self.aim()


def lateness(seconds: int) -> tuple[list[float], list[float]]:
    """Return the lateness in ms of each cue when its call returns, and of the bare timer."""
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    clock = SessionClock(Engine(longest_plan(), system_ms()))
    player = CuePlayer(load_phrases(), assets_dir() / "sounds", SoundChoice())
    script = Script(clock.engine.plan, Talk.FULL, Count.ALL, player.pace)
    late: list[float] = []

    def take(event: Event) -> None:
        cue = script.take(event)
        if cue is not None:
            player.play(cue, clock.last_ms)
            late.append(clock_ms() - cue.at_ms)

    clock.happened.connect(take)
    player.start()
    clock.begin()
    clock.skip()  # get-ready has few cues
    late.clear()
    bare = Bare()
    QTimer.singleShot(1000 * seconds, app.quit)
    app.exec()
    player.close()
    return late, bare.late


def instants(plan: Plan, ticks: "count[int] | list[int]") -> list[tuple[str, int]]:
    """Return each event of a session that is asked at some instants, with its own."""
    engine = Engine(plan, 0)
    events = [*engine.begin()]
    for now_ms in ticks:
        events += engine.advance_to(now_ms)
        if engine.ended is not None:
            break
    return [(type(event).__name__, event.at_ms) for event in events]


def drift() -> tuple[int, int, int]:
    """Return events, of them those at another instant than without stalls, and the last's drift."""
    plan, chance = longest_plan(), random.Random(4)  # noqa: S311 - a repeatable hour
    total, moved, last, passed_ms = 0, 0, 0, 0
    while passed_ms < HOUR_MS:
        ticks, now_ms = [], 0
        while now_ms < 2 * plan.total_ms:
            now_ms += STALL_MS if chance.random() < 0.002 else 33
            ticks.append(now_ms)
        stalled, exact = instants(plan, ticks), instants(plan, count(1))
        total += len(exact)
        moved += sum(a != b for a, b in zip(stalled, exact, strict=True))
        last = max(last, abs(stalled[-1][1] - exact[-1][1]))
        passed_ms += plan.total_ms
    return total, moved, last


def main(seconds: int) -> int:
    ours, bare = lateness(seconds)
    ratio = p99(ours) / p99(bare)
    verdict = "met" if ratio <= GOAL else "MISSED"
    print(
        f"{len(ours)} cues in {seconds} s: late by {p99(ours):.2f} ms (p99), {max(ours):.2f} (max)"
    )
    print(f"bare QTimer, {len(bare)} shots: {p99(bare):.2f} ms (p99), {max(bare):.2f} (max)")
    print(f"ratio of p99: {ratio:.2f} (goal {GOAL}: {verdict})")
    total, moved, last = drift()
    print(
        f"an hour with {STALL_MS} ms stalls, {total} events: {moved} moved, "
        f"drift {last} ms (goal 0)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
