"""Plays our own WAV files through the child process: tones and recorded phrases."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Signal

from itband_gui.cues.child_process import ChildProcess
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_child import Role
from itband_gui.cues.voice import RecordedPace, SpokenPace, Voice, wav_ms
from itband_gui.session.cues import Tone

TONES, PHRASES = "tones", "phrases"  # folders
FIRST_MS = 1_000  # our choice: how long a tone may wait for the process to start (0.2 s)
# Our choice: a sound is stuck after twice its length plus this. On a busy computer the stream
# sometimes runs dry, and a long line lasts a few seconds longer.
GRACE_MS = 3_000


class Recordings(QObject):
    """Plays the files of one folder; every call returns at once.

    `start` is followed by `ready` or `failed`. Phrases have numbers above 0, tones below.
    """

    ready = Signal()
    begun = Signal(int)
    ended = Signal(int)
    failed = Signal(CueProblem)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._volume = 100
        self._tones_played = 0
        self._first: Tone | None = None
        self._first_until = QDeadlineTimer(0)
        self.is_ready = False
        self.problem: CueProblem | None = None
        self._child = ChildProcess(Role.SOUNDS, CueProblem.SOUND_HANGS, CueProblem.SOUND_BROKE)
        self._child.ready.connect(self._started)
        self._child.begun.connect(self.begun)
        self._child.ended.connect(self.ended)
        self._child.failed.connect(self._fail)

    def start(self) -> None:
        """Start the process and load the tones."""
        self._child.start()

    def tone(self, tone: Tone) -> None:
        """Play a tone over any other sound; the last one before `ready` waits a little."""
        file = self._folder / TONES / f"{tone}.wav"
        length_ms = wav_ms(file)
        if not self.is_ready:
            self._first, self._first_until = tone, QDeadlineTimer(FIRST_MS)
        elif length_ms is not None:
            self._tones_played += 1
            number = -self._tones_played
            self._child.order(2 * length_ms + GRACE_MS, do="tone", id=number, file=str(file))

    def phrase_file(self, phrase: str) -> Path:
        """Return the path of a phrase's recording; it may not exist."""
        return self._folder / PHRASES / f"{phrase}.wav"

    def say(self, number: int, files: Sequence[Path], length_ms: int) -> None:
        """Play files in a row; stop those of an earlier call."""
        names = [str(file) for file in files]
        self._child.order(2 * length_ms + GRACE_MS, do="say", id=number, files=names)

    def stop(self) -> None:
        """Stop the files of `say`; tones are short and continue."""
        self._child.order(do="stop")

    def set_volume(self, percent: int) -> None:
        """Set the volume of everything, 0 to 100."""
        self._volume = percent
        self._child.order(do="volume", percent=percent)

    def close(self) -> None:
        """End the process, which also ends every sound."""
        self.is_ready = False
        self._child.close()

    def _started(self) -> None:
        self.is_ready = True
        self.set_volume(self._volume)
        tones = [str(self._folder / TONES / f"{tone}.wav") for tone in Tone]
        self._child.order(do="load", files=[file for file in tones if Path(file).is_file()])
        if self._first is not None and not self._first_until.hasExpired():
            self.tone(self._first)
        self.ready.emit()

    def _fail(self, problem: CueProblem) -> None:
        self.is_ready = False
        self.problem = problem
        self.failed.emit(problem)


class RecordedVoice(Voice):
    """Plays recordings through `sounds`, which its owner starts and closes."""

    def __init__(self, sounds: Recordings, texts: Mapping[str, str]) -> None:
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
        """The pace of the recordings."""
        return self._pace

    def start(self) -> None:
        """Become ready or fail once `sounds` does."""
        if self._sounds.is_ready:
            self._look()
        elif self._sounds.problem is not None:
            self.failed.emit(self._sounds.problem)

    def say(self, number: int, phrases: Sequence[str]) -> None:
        """Play phrases in a row; the voice fails if a recording is missing."""
        self.stop()
        files = [self._sounds.phrase_file(phrase) for phrase in phrases]
        if not all(file.is_file() for file in files):
            self.failed.emit(CueProblem.NO_PHRASES)
            return
        self._number = number
        self._sounds.say(number, files, self._pace.duration_ms(phrases))

    def stop(self) -> None:
        """Stop playing phrases."""
        if self._number:
            self._sounds.stop()
            self._finish(self._number)

    def set_volume(self, percent: int) -> None:
        """Do nothing: `sounds` has one volume for tones and phrases."""

    def close(self) -> None:
        """Stop, without further signals."""
        self.blockSignals(True)
        self.stop()

    def _look(self) -> None:
        if self._sounds.phrase_file("").parent.is_dir():
            self.ready.emit()
        else:
            self.failed.emit(CueProblem.NO_PHRASES)

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
