"""Lines of speech in order of priority, through the first voice that works."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, Signal

from itband_gui.cues.choice import Rate, Source
from itband_gui.cues.problems import Problem
from itband_gui.cues.voice import Voice
from itband_gui.session.cues import Line, Pace

SLACK_MS = 150  # our choice: by how much a line may overrun; a pace is a forecast


class _State(Enum):
    STARTING = auto()
    READY = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class _Wish:
    """A line, and when it becomes stale."""

    line: Line
    until: QDeadlineTimer


class Speaker(QObject):
    """Says one line at a time, or the part of it for which there is time; never one that is late.

    A line of higher priority cuts off a lower one; one without phrases only does that. Any other
    waits for the end of what is being said, one at most: the highest, then the newest. `finished`
    comes once for each line that was offered, with whether it was begun at all; `fell` when a voice
    that was in use, or would have been next, is given up.
    """

    began = Signal(Line)
    finished = Signal(Line, bool)
    settled = Signal()
    fell = Signal(Problem)

    def __init__(self, voices: Mapping[Source, Voice]) -> None:
        super().__init__()
        self._voices = dict(voices)
        self._states = dict.fromkeys(voices, _State.STARTING)
        self._problems: dict[Source, Problem] = {}
        self._count = 0
        self._saying: _Wish | None = None
        self._has_begun = False
        self._waiting: _Wish | None = None
        for source, voice in self._voices.items():
            voice.ready.connect(lambda source=source: self._ready(source))
            voice.begun.connect(self._begun)
            voice.ended.connect(self._ended)
            voice.failed.connect(lambda problem, source=source: self._failed(source, problem))

    @property
    def source(self) -> Source | None:
        """The voice in use, or the one that is awaited; None when all have failed."""
        found = (s for s, state in self._states.items() if state is not _State.FAILED)
        return next(found, None)

    @property
    def is_settled(self) -> bool:
        """Whether the voice in use is ready, or none is to be had."""
        source = self.source
        return source is None or self._states[source] is _State.READY

    @property
    def pace(self) -> Pace | None:
        """The pace of the voice in use; None without one."""
        source = self.source
        return None if source is None else self._voices[source].pace

    def start(self) -> None:
        """Make every voice ready: a later one may be wanted at once."""
        for voice in self._voices.values():
            voice.start()

    def offer(self, line: Line, left_ms: int) -> None:
        """Say a line now, or keep it waiting, or drop it.

        Args:
            line: what to say.
            left_ms: how long it is until it must have been said.

        """
        wish = _Wish(line, QDeadlineTimer(max(left_ms, 0), Qt.TimerType.PreciseTimer))
        saying = self._saying
        if not line.phrases:
            self._hush(line)
        elif not (phrases := self._in_time(wish)):
            self.finished.emit(line, False)
        elif self._usable() is None or (saying and saying.line.priority >= line.priority):
            self._keep(wish)
        else:
            self._say(wish, phrases)

    def stop(self) -> None:
        """Be quiet, and forget what waits."""
        waiting, self._waiting = self._waiting, None
        saying, self._saying = self._saying, None
        voice = self._usable()
        if voice is not None:
            voice.stop()
        if saying is not None:
            self.finished.emit(saying.line, self._has_begun)
        if waiting is not None:
            self.finished.emit(waiting.line, False)

    def set_volume(self, percent: int) -> None:
        """Set every voice's loudness, 0 to 100."""
        for voice in self._voices.values():
            voice.set_volume(percent)

    def set_rate(self, rate: Rate) -> None:
        """Set how fast the voices are, as far as they can."""
        for voice in self._voices.values():
            voice.set_rate(rate)

    def close(self) -> None:
        """Let go of every voice, in silence."""
        self.blockSignals(True)
        self._saying = self._waiting = None
        for voice in self._voices.values():
            voice.close()

    def _usable(self) -> Voice | None:
        source = self.source
        ready = source is not None and self._states[source] is _State.READY
        return self._voices[source] if ready and source is not None else None

    def _say(self, wish: _Wish, phrases: tuple[str, ...]) -> None:
        """Say a line through the voice in use; what it cuts off is over."""
        voice = self._usable()
        assert voice is not None  # noqa: S101 - asked by the callers
        cut_off, self._saying = self._saying, wish
        was_begun, self._has_begun = self._has_begun, False
        if cut_off is not None:
            self.finished.emit(cut_off.line, was_begun)
        self._count += 1
        voice.say(self._count, phrases)

    def _hush(self, silence: Line) -> None:
        """Cut off, and forget, what is of lower priority than a line of no phrases."""
        waiting, saying, voice = self._waiting, self._saying, self._usable()
        if waiting is not None and waiting.line.priority < silence.priority:
            self._waiting = None
            self.finished.emit(waiting.line, False)
        if voice is not None and saying is not None and saying.line.priority < silence.priority:
            voice.stop()  # tells that it ended
        self.finished.emit(silence, False)

    def _keep(self, wish: _Wish) -> None:
        """Let a line wait in the one place that there is, unless a better one does."""
        waiting = self._waiting
        if (
            waiting is not None
            and waiting.line.priority > wish.line.priority
            and not waiting.until.hasExpired()
        ):
            wish, waiting = waiting, wish
        self._waiting = wish
        if waiting is not None:
            self.finished.emit(waiting.line, False)

    def _in_time(self, wish: _Wish) -> tuple[str, ...]:
        """Return as much of a line as can still be said before it is late; empty for nothing."""
        pace = self.pace
        if pace is None:
            return ()
        left_ms = wish.until.remainingTime() + SLACK_MS
        ways = (wish.line.phrases, *wish.line.shorter)
        return next((phrases for phrases in ways if pace.duration_ms(phrases) <= left_ms), ())

    def _go_on(self) -> None:
        """Say what waited, if there still is time for it."""
        wish = self._waiting
        if wish is None or not self.is_settled:
            return
        self._waiting = None
        phrases = self._in_time(wish)
        if phrases:
            self._say(wish, phrases)
        else:
            self.finished.emit(wish.line, False)

    def _ready(self, source: Source) -> None:
        self._states[source] = _State.READY
        if source is self.source:
            self.settled.emit()
            self._go_on()

    def _begun(self, number: int) -> None:
        if number == self._count and self._saying is not None:
            self._has_begun = True
            self.began.emit(self._saying.line)

    def _ended(self, number: int) -> None:
        if number == self._count and self._saying is not None:
            wish, self._saying = self._saying, None
            self.finished.emit(wish.line, self._has_begun)
            if self._saying is None:
                self._go_on()

    def _failed(self, source: Source, problem: Problem) -> None:
        before = self.source
        self._states[source] = _State.FAILED
        self._problems[source] = problem
        if source is not before:
            return  # told when it would have been next
        for gone in self._voices:
            if self._states[gone] is not _State.FAILED:
                break
            if gone in self._problems:
                self.fell.emit(self._problems.pop(gone))
        lost, self._saying = self._saying, None
        if lost is not None and self._has_begun:
            self.finished.emit(lost.line, True)
        elif lost is not None:
            self._keep(lost)
        if self.is_settled:
            self.settled.emit()
        self._go_on()
