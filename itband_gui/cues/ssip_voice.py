"""The desktop's speech on Linux, through speech-dispatcher."""

import os
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QTimer

from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import Rate
from itband_gui.cues.ssip import Ssip, SsipStart
from itband_gui.cues.voice import SpokenPace, Voice, spoken_text

RATES = {Rate.SLOW: -40, Rate.NORMAL: 0, Rate.FAST: 20}  # from -100 to 100
# Every other priority cuts off other programs, including screen readers; with this one, our speech
# gives way.
PRIORITY = "notification"
LANGUAGE = "en"  # of our phrases
# Said first, at volume 0: it loads the engine (2 s the first time, measured), and without a sound
# device it never ends.
FIRST = "a"
FIRST_MS = 6_000
BEGIN_MS = 2_000  # an utterance begins within 10 ms of being accepted (measured)
GRACE_MS = 4_000  # an utterance is lost after twice its expected time plus this
PULSE_MS = 1_000  # how often a speaking daemon is sent a command to check that it is alive
_NONE, _FIRST = -1, 0


class SsipVoice(Voice):
    """Speaks through speech-dispatcher; gives way to other programs that speak."""

    def __init__(self, texts: Mapping[str, str], environ: Mapping[str, str] = os.environ) -> None:
        super().__init__()
        self._texts = texts
        self._pace = SpokenPace(texts)
        self._volume, self._rate = 100, Rate.NORMAL
        self._ssip: Ssip | None = None
        self._number = _NONE  # of the current utterance
        self._phrases: Sequence[str] = ()
        self._since = QElapsedTimer()
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(lambda: self._fail(CueProblem.SPEECH_SILENT))
        self._pulse = QTimer(self, interval=PULSE_MS)
        self._pulse.timeout.connect(self._feel_pulse)
        self._start = SsipStart(environ)
        self._start.opened.connect(self._open)
        self._start.failed.connect(self._fail)

    @property
    def pace(self) -> SpokenPace:
        """The pace of this voice, as learnt so far."""
        return self._pace

    def start(self) -> None:
        """Connect and say something inaudible."""
        self._start.begin()

    def say(self, number: int, phrases: Sequence[str]) -> None:
        """Say phrases in a row; stop the current utterance first."""
        self.stop()
        text = spoken_text(phrases, self._texts)
        if self._ssip is None or not text:
            self.ended.emit(number)
            return
        self._number, self._phrases = number, tuple(phrases)
        self._since.start()
        self._limit.start(BEGIN_MS)
        self._ssip.set("VOLUME", self._volume * 2 - 100)
        self._ssip.set("RATE", RATES[self._rate])
        self._ssip.speak(number, text)

    def stop(self) -> None:
        """Stop speaking."""
        if self._ssip is not None and self._number > _FIRST:
            self._ssip.cancel()
            self._finish()

    def set_volume(self, percent: int) -> None:
        """Set the volume of later utterances, 0 to 100."""
        self._volume = percent

    def set_rate(self, rate: Rate) -> None:
        """Set the speed of later utterances."""
        self._rate = rate
        self._pace.set_rate(rate)

    def close(self) -> None:
        """Close the connection, without further signals."""
        self.blockSignals(True)
        self._limit.stop()
        self._pulse.stop()
        self._start.close()
        if self._ssip is not None:
            self._ssip.close()
            self._ssip = None

    def _open(self, ssip: Ssip) -> None:
        self._ssip = ssip
        ssip.lost.connect(self._lost)
        ssip.refused.connect(lambda: self._fail(CueProblem.SPEECH_BROKE))
        ssip.begun.connect(self._begun)
        ssip.ended.connect(self._said)
        ssip.cancelled.connect(self._gave_way)
        ssip.set("CLIENT_NAME", "user:itband-gui:cues")
        for event in ("BEGIN", "END", "CANCEL"):
            ssip.set(f"NOTIFICATION {event}", "ON")
        ssip.set("LANGUAGE", LANGUAGE)
        ssip.set("PRIORITY", PRIORITY)
        ssip.set("VOLUME", -100)
        self._number = _FIRST
        self._limit.start(FIRST_MS)
        ssip.speak(_FIRST, FIRST)

    def _begun(self, number: int) -> None:
        if number == self._number > _FIRST:
            self._limit.start(2 * self._pace.duration_ms(self._phrases) + GRACE_MS)
            self._pulse.start()
            self.begun.emit(number)

    def _feel_pulse(self) -> None:
        if self._ssip is not None:
            self._ssip.set("PRIORITY", PRIORITY)

    def _said(self, number: int) -> None:
        if number == self._number:
            self._pace.learn(self._phrases, self._since.elapsed())
            if number > _FIRST:
                self.completed.emit(number)
            self._finish()

    def _gave_way(self, number: int) -> None:
        if number == self._number:
            self._finish()

    def _finish(self) -> None:
        number, self._number, self._phrases = self._number, _NONE, ()
        self._limit.stop()
        self._pulse.stop()
        if number == _FIRST:
            self.ready.emit()
        else:
            self.ended.emit(number)

    def _lost(self, hangs: bool) -> None:
        self._fail(CueProblem.SPEECH_HANGS if hangs else CueProblem.SPEECH_BROKE)

    def _fail(self, problem: CueProblem) -> None:
        if not self.signalsBlocked():
            self.failed.emit(problem)
            self.close()
