"""Voices with simulated timing, and a session spoken by them in simulated time."""

import heapq
from collections.abc import Callable, Mapping, Sequence
from itertools import count

from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import Rate, VoiceSource
from itband_gui.cues.speaker import Speaker
from itband_gui.cues.voice import SpokenPace, Voice
from itband_gui.routine.plan import Plan
from itband_gui.session.cues import Count, Pace, Talk, load_phrases
from itband_gui.session.engine import Engine
from itband_gui.session.events import Event
from itband_gui.session.script import Script
from tests.session.paces import RecordedPace

TICK_MS = 100


class ToldTime:
    """A controlled clock with scheduled calls."""

    def __init__(self) -> None:
        self.now_ms = 0
        self._due: list[tuple[int, int, Callable[[], None]]] = []
        self._count = count()

    def after(self, ms: int, what: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now_ms + ms, next(self._count), what))

    def advance_to(self, ms: int) -> None:
        while self._due and self._due[0][0] <= ms:
            self.now_ms, _, what = heapq.heappop(self._due)
            what()
        self.now_ms = ms


class ToldVoice(Voice):
    """A voice that becomes ready after a delay, speaks at a share of its pace, and may fail."""

    def __init__(self, time: ToldTime, pace: Pace, warm_up_ms: int, factor: float = 1.0) -> None:
        super().__init__()
        self._time, self._pace = time, pace
        self._warm_up_ms, self._factor = warm_up_ms, factor
        self._number = 0
        self._is_dead = False

    @property
    def pace(self) -> Pace:
        return self._pace

    def start(self) -> None:
        self._time.after(self._warm_up_ms, self._warm)

    def say(self, number: int, phrases: Sequence[str]) -> None:
        self.stop()
        self._number = number
        self.begun.emit(number)
        took_ms = round(self._pace.duration_ms(phrases) * self._factor)
        self._time.after(took_ms, lambda: self._end(number, phrases, took_ms))

    def stop(self) -> None:
        number, self._number = self._number, 0
        if number:
            self.ended.emit(number)

    def set_rate(self, rate: Rate) -> None:
        if isinstance(self._pace, SpokenPace):
            self._pace.set_rate(rate)

    def set_volume(self, percent: int) -> None:
        pass

    def close(self) -> None:
        pass

    def fail(self) -> None:
        """Fail, in the middle of a word or before the first."""
        self._is_dead, self._number = True, 0
        self.failed.emit(CueProblem.SPEECH_BROKE)

    def _warm(self) -> None:
        if not self._is_dead:
            self.ready.emit()

    def _end(self, number: int, phrases: Sequence[str], took_ms: int) -> None:
        if number == self._number:
            self._number = 0
            if isinstance(self._pace, SpokenPace):
                self._pace.learn(phrases, took_ms)
            self.completed.emit(number)
            self.ended.emit(number)


def recorded(time: ToldTime, warm_up_ms: int = 300) -> ToldVoice:
    return ToldVoice(time, RecordedPace(), warm_up_ms)


def spoken(
    time: ToldTime, warm_up_ms: int, rate: Rate = Rate.NORMAL, factor: float = 1.0
) -> ToldVoice:
    voice = ToldVoice(time, SpokenPace(load_phrases()), warm_up_ms, factor)
    voice.set_rate(rate)
    return voice


class ToldSession:
    """A session on a plan, spoken by the first voice that works; `heard` is what was said."""

    def __init__(
        self,
        plan: Plan,
        time: ToldTime,
        voices: Mapping[VoiceSource, Voice],
        talk: Talk = Talk.FULL,
    ) -> None:
        self._time = time
        self._engine = Engine(plan, 0)
        self._speaker = Speaker(voices, lambda: time.now_ms)
        self._script = Script(plan, talk, Count.LAST_THREE, self)
        self._guess = SpokenPace(load_phrases())
        self.heard: set[str] = set()
        self._speaker.said.connect(self._script.said)
        self._speaker.said.connect(lambda _line, phrases: self.heard.update(phrases))
        self._speaker.start()
        self._take(self._engine.begin())

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return the duration for the voice in use."""
        return (self._speaker.pace or self._guess).duration_ms(phrases)

    def until(self, ms: int) -> None:
        """Advance tick by tick."""
        while self._time.now_ms < ms:
            self._time.advance_to(min(self._time.now_ms + TICK_MS, ms))
            self._speaker.look()
            self._take(self._engine.advance_to(self._time.now_ms))

    def skip(self) -> None:
        self._take(self._engine.skip(self._time.now_ms))

    def _take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            cue = self._script.take(event)
            if cue is not None and cue.line is not None:
                self._speaker.offer(cue.line, cue.line.until_ms - self._time.now_ms)
