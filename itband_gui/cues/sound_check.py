"""Plays a sample and reports what played it; only the user knows whether it was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from itband_gui.cues.player import CuePlayer
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import VoiceSource
from itband_gui.session.cues import Cue, SpokenLine, Tone

# The slowest failure: a child process that never answers (`helper.START_MS`), and then a line.
LIMIT_MS = 20_000
_TONE_MS = 600  # our choice: until a tone alone has surely died away


class SoundAdvice(StrEnum):
    """Codes for what may help someone who heard nothing; the window has the sentences."""

    TURN_UP = "turn-up"  # the computer's volume, and the program's in the mixer
    OTHER_OUTPUT = "other-output"  # headphones, or a screen without speakers
    OTHER_SOURCE = "other-source"  # the recorded voice instead of the desktop's
    INSTALL_SPEECH = "install-speech"  # `itband-gui doctor` lists the packages
    RESTART_SPEECH = "restart-speech"
    INSTALL_SOUND = "install-sound"  # `itband-gui doctor` lists the packages
    PLUG_IN = "plug-in"  # nothing to play on
    INSTALL_AGAIN = "install-again"  # our own files are missing
    CHOOSE_SOUND = "choose-sound"  # silence was chosen


_REMEDIES = {
    CueProblem.NO_SPEECH: SoundAdvice.INSTALL_SPEECH,
    CueProblem.SPEECH_HANGS: SoundAdvice.RESTART_SPEECH,
    CueProblem.SPEECH_BROKE: SoundAdvice.RESTART_SPEECH,
    CueProblem.SPEECH_SILENT: SoundAdvice.INSTALL_SPEECH,
    CueProblem.NO_PHRASES: SoundAdvice.INSTALL_AGAIN,
    CueProblem.NO_SOUND_LIBRARY: SoundAdvice.INSTALL_SOUND,
    CueProblem.NO_SOUND_DEVICE: SoundAdvice.PLUG_IN,
    CueProblem.SOUND_HANGS: SoundAdvice.OTHER_OUTPUT,
    CueProblem.SOUND_BROKE: SoundAdvice.INSTALL_AGAIN,
}


@dataclass(frozen=True, slots=True)
class Sample:
    """The result of playing a sample: the source (a voice, tones only or none) and the problems."""

    source: VoiceSource
    problems: frozenset[CueProblem]

    def remedies(self) -> tuple[SoundAdvice, ...]:
        """Return what to try if it was not heard, likeliest first, without repeats."""
        found = [_REMEDIES[problem] for problem in CueProblem if problem in self.problems]
        if self.source is VoiceSource.SILENT:
            return tuple(dict.fromkeys(found)) or (SoundAdvice.CHOOSE_SOUND,)
        found += [SoundAdvice.TURN_UP, SoundAdvice.OTHER_OUTPUT]
        if self.source is VoiceSource.SYSTEM:
            # The daemon may lack its audio plug-in (a separate package on Debian).
            found += [SoundAdvice.OTHER_SOURCE, SoundAdvice.INSTALL_SPEECH]
        return tuple(dict.fromkeys(found))


class SoundCheck(QObject):
    """Plays one sample through a started player; `played` is emitted once, with the result."""

    played = Signal(Sample)

    def __init__(self, player: CuePlayer, phrases: Sequence[str]) -> None:
        super().__init__()
        self._player = player
        self._line = SpokenLine(tuple(phrases), priority=0, until_ms=LIMIT_MS)
        self._is_over = False
        self._limit = QTimer(self, singleShot=True, interval=LIMIT_MS)
        self._limit.timeout.connect(self._tell)
        player.settled.connect(self._play)
        player.finished.connect(self._finish)

    def begin(self) -> None:
        """Play as soon as the player is ready."""
        self._limit.start()
        if self._player.is_settled:
            self._play()

    def _play(self) -> None:
        if not self._limit.isActive():
            return
        speaks = self._player.source not in {VoiceSource.TONES, VoiceSource.SILENT}
        self._player.play(Cue(0, Tone.STEP, self._line if speaks else None), now_ms=0)
        if not speaks:
            QTimer.singleShot(_TONE_MS, self, self._tell)

    def _finish(self, line: SpokenLine, _begun: bool) -> None:
        if line is self._line:
            self._tell()

    def _tell(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._limit.stop()
            self.played.emit(Sample(self._player.source, self._player.problems))
