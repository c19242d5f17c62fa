"""Measures the lateness of cues against a bare QTimer in the same run, and drift over an hour.

The cues are made and played as in a session, on whatever sound this computer has; the strokes are
short, so that a round has enough of them for a p99. The bare timer fires at equally many instants
in the same event loop. The hour is simulated, with frames every 33 ms and occasional stalls of
500 ms.
"""

import os
import random
import sys
import time
from dataclasses import replace
from itertools import count

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from benchmarks.table import What, alone, hand_over, paired
from itband_gui.cues.player import CuePlayer
from itband_gui.cues.sound_settings import SoundChoice
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.names import Leg
from itband_gui.machine.assets import assets_dir
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.plan import PhaseKind, Plan, Stroke, make_plan
from itband_gui.session.cues import Count, Talk, load_phrases
from itband_gui.session.engine import Engine
from itband_gui.session.events import Event
from itband_gui.session.script import Script
from itband_gui.ui.session.clock import SessionClock, system_ms

ROUNDS, ROUND_MS = 5, 15_000
STROKE_MS, BARE_MS = 500, 250  # a stroke has two cues
HOUR_MS, STALL_MS = 3_600_000, 500


def clock_ms() -> float:
    """Return the session clock's time at a finer resolution."""
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


def quick_plan() -> Plan:
    """Return a session of one set of short strokes, as long as all rounds together."""
    a_set = next(phase for phase in longest_plan().phases if phase.kind is PhaseKind.SET)
    length_ms = (ROUNDS + 1) * ROUND_MS
    starts = range(0, length_ms, STROKE_MS)
    strokes = tuple(Stroke(at, at + STROKE_MS // 2, at + STROKE_MS) for at in starts)
    quick = replace(a_set, start_ms=0, length_ms=length_ms, strokes=strokes)
    return Plan("quick", (quick.leg,), (quick,))


def lateness() -> list[tuple[float, float]]:
    """Return each round's p99 lateness in ms: of cues, as their calls return, and of the timer."""
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    clock = SessionClock(Engine(quick_plan(), system_ms()))
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
    bare = Bare()
    rounds = []
    for _ in range(ROUNDS):
        late.clear()
        bare.late.clear()
        QTimer.singleShot(ROUND_MS, app.quit)
        app.exec()
        rounds.append((p99(late), p99(bare.late)))
    player.close()
    return rounds


def instants(plan: Plan, ticks: "count[int] | list[int]") -> list[int]:
    """Return the instants of a session's events when it is advanced at the given ticks."""
    engine = Engine(plan, 0)
    events = [*engine.begin()]
    for now_ms in ticks:
        events += engine.advance_to(now_ms)
        if engine.ended is not None:
            break
    return [event.at_ms for event in events]


def drift() -> tuple[int, int]:
    """Return the number of events in an hour, and the most that stalls move one."""
    plan, chance = longest_plan(), random.Random(4)  # noqa: S311 - a repeatable hour
    total, most_ms, passed_ms = 0, 0, 0
    while passed_ms < HOUR_MS:
        ticks, now_ms = [], 0
        while now_ms < 2 * plan.total_ms:
            now_ms += STALL_MS if chance.random() < 0.002 else 33
            ticks.append(now_ms)
        pairs = list(zip(instants(plan, ticks), instants(plan, count(1)), strict=True))
        total += len(pairs)
        most_ms = max(most_ms, *(abs(stalled - exact) for stalled, exact in pairs))
        passed_ms += plan.total_ms
    return total, most_ms


def main() -> int:
    rounds = lateness()
    events, most_ms = drift()
    print(f"an hour with stalls of {STALL_MS} ms: {events} events, moved by {most_ms} ms at most")
    hand_over(
        paired(What.LATENESS, "ms", rounds),
        alone(What.DRIFT, "ms", [most_ms]),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
