"""Says lines of speech by priority, through the first voice that works."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import Rate, VoiceSource
from itband_gui.cues.voice import Voice
from itband_gui.session.cues import Pace, SpokenLine

SLACK_MS = 150  # our choice: how much a line may overrun, as a pace is only an estimate
# Our choice: longer than a healthy service needs the first time (2.6 s, measured). After this,
# another voice that is ready says the line.
PATIENCE_MS = 4_000


class _State(Enum):
    STARTING = auto()
    READY = auto()
    FAILED = auto()


@dataclass(slots=True)
class _Wish:
    """A line, when it becomes stale, how long it waits for its voice, and what was said of it."""

    line: SpokenLine
    until_ms: int
    waits_until_ms: int
    phrases: tuple[str, ...] = ()
    begun: bool = False
    whole: bool = False  # all of `phrases` was said


def clock_ms() -> int:
    """Return the time in milliseconds on a clock that is never set."""
    return time.monotonic_ns() // 1_000_000


class Speaker(QObject):
    """Says one line at a time, or as much of it as there is time for, and never a late one.

    A line of higher priority cuts off a lower one; a line without phrases does only that. Any other
    line waits for the current one to end. Only one line waits: the one with the highest priority,
    then the newest. If the voice in use is slow to become ready, the next voice that is ready says
    lines that cannot wait. If a voice fails during a line, the next one says it again.

    `finished` is emitted once for each line offered, with whether it was begun at all; `said` just
    before it, with the phrases said to the end. `fell` is emitted when a voice that was in use, or
    would have been next, has failed.

    Args:
        voices: in order of preference.
        now_ms: returns the time in milliseconds.

    """

    began = Signal(SpokenLine)
    finished = Signal(SpokenLine, bool)
    said = Signal(SpokenLine, tuple)
    settled = Signal()
    fell = Signal(CueProblem)

    def __init__(
        self, voices: Mapping[VoiceSource, Voice], now_ms: Callable[[], int] = clock_ms
    ) -> None:
        super().__init__()
        self._now_ms = now_ms
        self._voices = dict(voices)
        self._states = dict.fromkeys(voices, _State.STARTING)
        self._problems: dict[VoiceSource, CueProblem] = {}
        self._count = 0
        self._saying: _Wish | None = None
        self._voice: Voice | None = None  # the voice that says it
        self._waiting: _Wish | None = None
        self._look = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._look.timeout.connect(self.look)
        for source, voice in self._voices.items():
            voice.ready.connect(lambda source=source: self._ready(source))
            voice.begun.connect(self._begun)
            voice.completed.connect(self._completed)
            voice.ended.connect(self._ended)
            voice.failed.connect(lambda problem, source=source: self._failed(source, problem))

    @property
    def source(self) -> VoiceSource | None:
        """The voice in use, or the one being started; None if all have failed."""
        found = (s for s, state in self._states.items() if state is not _State.FAILED)
        return next(found, None)

    @property
    def is_settled(self) -> bool:
        """Whether the voice in use is ready, or none is available."""
        source = self.source
        return source is None or self._states[source] is _State.READY

    @property
    def pace(self) -> Pace | None:
        """The pace of the voice in use; None without one."""
        source = self.source
        return None if source is None else self._voices[source].pace

    def start(self) -> None:
        """Start every voice, as a later one may be needed at any time."""
        for voice in self._voices.values():
            voice.start()

    def offer(self, line: SpokenLine, left_ms: int) -> None:
        """Say a line now, let it wait, or drop it.

        Args:
            line: the line to say.
            left_ms: the time left until it must have been said.

        """
        wish = self._wish(line, left_ms)
        saying, voice = self._saying, self._voice_for(wish)
        if not line.phrases:
            self._hush(wish)
        elif not (phrases := self._in_time(wish, self.pace if voice is None else voice.pace)):
            self._drop(wish)
        elif voice is None or (saying and saying.line.priority >= line.priority):
            self._keep(wish)
            self.look()
        else:
            self._say(wish, phrases, voice)

    @Slot()
    def look(self) -> None:
        """Say the waiting line if its turn has come and there is still time for it."""
        wish = self._waiting
        if wish is None or self._saying is not None:
            return
        voice = self._voice_for(wish)
        if voice is None and self.source is not None:
            left_ms = wish.waits_until_ms - self._now_ms()
            if left_ms > 0:
                self._look.start(left_ms)
            return
        self._waiting = None
        phrases = self._in_time(wish, None if voice is None else voice.pace)
        if voice is not None and phrases:
            self._say(wish, phrases, voice)
        else:
            self._drop(wish)

    def stop(self) -> None:
        """Stop speaking and drop the waiting line."""
        waiting, self._waiting = self._waiting, None
        saying, self._saying = self._saying, None
        voice, self._voice = self._voice, None
        if voice is not None:
            voice.stop()
        for gone in (saying, waiting):
            if gone is not None:
                self._drop(gone)

    def set_volume(self, percent: int) -> None:
        """Set the volume of every voice, 0 to 100."""
        for voice in self._voices.values():
            voice.set_volume(percent)

    def set_rate(self, rate: Rate) -> None:
        """Set the speed of every voice that has more than one."""
        for voice in self._voices.values():
            voice.set_rate(rate)

    def close(self) -> None:
        """Close every voice, without further signals."""
        self.blockSignals(True)
        self._look.stop()
        self._saying = self._waiting = None
        for voice in self._voices.values():
            voice.close()

    def _wish(self, line: SpokenLine, left_ms: int) -> _Wish:
        """Return a line with its times; it waits for its voice while a part can still be said."""
        now_ms = self._now_ms()
        least = line.shorter[-1] if line.shorter else line.phrases
        spare_ms = left_ms - self.pace.duration_ms(least) if self.pace is not None else 0
        return _Wish(line, now_ms + left_ms, now_ms + min(spare_ms, PATIENCE_MS))

    def _voice_for(self, wish: _Wish) -> Voice | None:
        """Return the voice in use if it is ready, or another if the line cannot wait for it."""
        for source, state in self._states.items():
            if state is _State.READY:
                return self._voices[source]
            if state is _State.STARTING and self._now_ms() < wish.waits_until_ms:
                return None
        return None

    def _say(self, wish: _Wish, phrases: tuple[str, ...], voice: Voice) -> None:
        """Say a line through a voice, cutting off the current one."""
        cut_off, self._saying = self._saying, wish
        before, self._voice = self._voice, voice
        wish.phrases = phrases
        self._count += 1
        if before is not None and before is not voice:
            before.stop()  # its `ended` has an old number and is ignored
        if cut_off is not None:
            self._drop(cut_off)
        voice.say(self._count, phrases)

    def _hush(self, silence: _Wish) -> None:
        """Cut off or drop lines of lower priority than a line without phrases."""
        waiting, saying, voice = self._waiting, self._saying, self._voice
        priority = silence.line.priority
        if waiting is not None and waiting.line.priority < priority:
            self._waiting = None
            self._drop(waiting)
        if voice is not None and saying is not None and saying.line.priority < priority:
            voice.stop()  # emits `ended`
        self._drop(silence)

    def _keep(self, wish: _Wish) -> None:
        """Let a line wait, unless a better one does already."""
        waiting = self._waiting
        if (
            waiting is not None
            and waiting.line.priority > wish.line.priority
            and self._now_ms() < waiting.until_ms
        ):
            wish, waiting = waiting, wish
        self._waiting = wish
        if waiting is not None:
            self._drop(waiting)

    def _drop(self, wish: _Wish) -> None:
        """Report that a line is over, and what was said of it."""
        self.said.emit(wish.line, wish.phrases if wish.whole else ())
        self.finished.emit(wish.line, wish.begun)

    def _in_time(self, wish: _Wish, pace: Pace | None) -> tuple[str, ...]:
        """Return as many phrases of a line as can still be said in time; maybe none."""
        if pace is None:
            return ()
        left_ms = wish.until_ms - self._now_ms() + SLACK_MS
        ways = (wish.line.phrases, *wish.line.shorter)
        return next((phrases for phrases in ways if pace.duration_ms(phrases) <= left_ms), ())

    def _ready(self, source: VoiceSource) -> None:
        if (
            self._states[source] is _State.FAILED
        ):  # a device that comes back is used from the next session on
            return
        self._states[source] = _State.READY
        if source is self.source:
            self.settled.emit()
        self.look()

    def _begun(self, number: int) -> None:
        if number == self._count and self._saying is not None:
            self._saying.begun = True
            self.began.emit(self._saying.line)

    def _completed(self, number: int) -> None:
        if number == self._count and self._saying is not None:
            self._saying.whole = True

    def _ended(self, number: int) -> None:
        if number == self._count and self._saying is not None:
            wish, self._saying, self._voice = self._saying, None, None
            self._drop(wish)
            self.look()

    def _failed(self, source: VoiceSource, problem: CueProblem) -> None:
        was_in_use = source is self.source
        self._states[source] = _State.FAILED
        self._problems[source] = problem
        if was_in_use:  # other failures are reported when it would be their turn
            self._tell_of_the_fallen()
        lost = self._saying
        if lost is not None and self._voice is self._voices[source]:
            self._saying = self._voice = None
            self._keep(lost)
        if was_in_use and self.is_settled:
            self.settled.emit()
        self.look()

    def _tell_of_the_fallen(self) -> None:
        for gone in self._voices:
            if self._states[gone] is not _State.FAILED:
                break
            if gone in self._problems:
                self.fell.emit(self._problems.pop(gone))
