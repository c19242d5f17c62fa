"""The voice that came with the program: recorded phrases, one file each."""

from collections.abc import Mapping, Sequence

from itband_gui.cues.pace import RecordedPace, SpokenPace
from itband_gui.cues.problems import Problem
from itband_gui.cues.sounds import Sounds
from itband_gui.cues.voice import Voice


class RecordedVoice(Voice):
    """Plays recordings through `sounds`, which someone else starts and closes."""

    def __init__(self, sounds: Sounds, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._sounds = sounds
        self._number = 0
        self._pace = RecordedPace(sounds.phrase_file, SpokenPace(texts))
        sounds.ready.connect(self._look)
        sounds.begun.connect(self._begun)
        sounds.ended.connect(self._played)
        sounds.failed.connect(self.failed)

    @property
    def pace(self) -> RecordedPace:
        """How long the recordings are."""
        return self._pace

    def start(self) -> None:
        """Wait for `sounds`, or see that they are there or never will be."""
        if self._sounds.is_ready:
            self._look()
        elif self._sounds.problem is not None:
            self.failed.emit(self._sounds.problem)

    def say(self, number: int, phrases: Sequence[str]) -> None:
        """Play phrases one after the other; where a recording is missing, the voice fails."""
        self.stop()
        files = [self._sounds.phrase_file(phrase) for phrase in phrases]
        if not all(file.is_file() for file in files):
            self.failed.emit(Problem.NO_PHRASES)
            return
        self._number = number
        self._sounds.say(number, files, self._pace.duration_ms(phrases))

    def stop(self) -> None:
        """Be quiet."""
        if self._number:
            self._sounds.stop()
            self._finish(self._number)

    def set_volume(self, percent: int) -> None:
        """Do nothing: `sounds` has one loudness for tones and phrases."""

    def close(self) -> None:
        """Say no more."""
        self.blockSignals(True)
        self.stop()

    def _look(self) -> None:
        if self._sounds.phrase_file("").parent.is_dir():
            self.ready.emit()
        else:
            self.failed.emit(Problem.NO_PHRASES)

    def _begun(self, number: int) -> None:
        if number == self._number:
            self.begun.emit(number)

    def _played(self, number: int) -> None:
        if number == self._number:
            self.completed.emit(number)
            self._finish(number)

    def _finish(self, number: int) -> None:
        if number == self._number:
            self._number = 0
            self.ended.emit(number)
