"""The desktop's speech on Windows and macOS, through Qt's engines in the child process."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QElapsedTimer

from itband_gui.cues.child_process import ChildProcess
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_child import Role
from itband_gui.cues.sound_settings import Rate
from itband_gui.cues.voice import SpokenPace, Voice, spoken_text

RATES = {Rate.SLOW: -0.25, Rate.NORMAL: 0.0, Rate.FAST: 0.25}  # from -1 to 1 (our choice)
GRACE_MS = 4_000  # an utterance is lost after twice its expected time plus this


class EngineVoice(Voice):
    """Speaks through Qt's default engine; if it hangs, its process is killed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts
        self._pace = SpokenPace(texts)
        self._number = 0
        self._phrases: Sequence[str] = ()
        self._volume, self._rate = 100, Rate.NORMAL
        self._since = QElapsedTimer()
        self._child = ChildProcess(Role.SPEECH, CueProblem.SPEECH_HANGS, CueProblem.SPEECH_BROKE)
        self._child.ready.connect(self._started)
        self._child.begun.connect(self._begun)
        self._child.ended.connect(self._said)
        self._child.failed.connect(self.failed)

    @property
    def pace(self) -> SpokenPace:
        """The pace of this voice, as learnt so far."""
        return self._pace

    def start(self) -> None:
        """Start the process and its engine."""
        self._child.start()

    def say(self, number: int, phrases: Sequence[str]) -> None:
        """Say phrases in a row; stop the current utterance first."""
        self.stop()
        text = spoken_text(phrases, self._texts)
        if not text:
            self.ended.emit(number)
            return
        self._number, self._phrases = number, tuple(phrases)
        self._since.start()
        within_ms = 2 * self._pace.duration_ms(phrases) + GRACE_MS
        self._child.order(within_ms, do="say", id=number, text=text)

    def stop(self) -> None:
        """Stop speaking."""
        if self._number:
            self._child.order(do="stop")
            self._finish()

    def set_volume(self, percent: int) -> None:
        """Set the volume of later utterances, 0 to 100."""
        self._volume = percent
        self._child.order(do="volume", percent=percent)

    def set_rate(self, rate: Rate) -> None:
        """Set the speed of later utterances."""
        self._rate = rate
        self._pace.set_rate(rate)
        self._child.order(do="rate", rate=RATES[rate])

    def close(self) -> None:
        """End the process, which also ends the speech."""
        self.blockSignals(True)
        self._child.close()

    def _started(self) -> None:
        self.set_volume(self._volume)
        self.set_rate(self._rate)
        self.ready.emit()

    def _begun(self, number: int) -> None:
        if number == self._number:
            self.begun.emit(number)

    def _said(self, number: int) -> None:
        if number == self._number:
            self._pace.learn(self._phrases, self._since.elapsed())
            self.completed.emit(number)
            self._finish()

    def _finish(self) -> None:
        number, self._number, self._phrases = self._number, 0, ()
        self.ended.emit(number)
