"""Plays cues: the tone at once, the line through the best voice that works.

The window's flash and the announcement to screen readers are always given, too, but not here.
"""

import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from itband_gui.cues.engine_voice import EngineVoice
from itband_gui.cues.problems import SPEECH, CueProblem
from itband_gui.cues.recordings import RecordedVoice, Recordings
from itband_gui.cues.sound_settings import CHAIN, SoundChoice, VoiceSource
from itband_gui.cues.speaker import Speaker
from itband_gui.cues.ssip_voice import SsipVoice
from itband_gui.cues.voice import SpokenPace, Voice
from itband_gui.session.cues import Cue, Pace, SpokenLine, Tone

# A late beat would mislead the hand; our choice, a third of a stroke's return.
LATE_BEAT_MS = 300
BEATS = frozenset({Tone.STROKE, Tone.TURN})


class CuePlayer(QObject):
    """The sound of a session; every call returns at once, whatever the computer lacks.

    Anything that fails is not used again by this player, and `problem` is emitted once for each
    code. `settled` is emitted once, when everything that will be heard is ready. For each line,
    `said` is emitted with the phrases said to the end, and `finished` with whether it was begun.
    """

    problem = Signal(CueProblem)
    settled = Signal()
    began = Signal(SpokenLine)
    finished = Signal(SpokenLine, bool)
    said = Signal(SpokenLine, tuple)

    def __init__(
        self,
        texts: Mapping[str, str],
        sounds: Path,
        choice: SoundChoice | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Use these texts of the phrases, and this folder of tones and recorded phrases."""
        super().__init__()
        self._choice = choice or SoundChoice()
        self._muted = self._was_settled = self._was_started = False
        self._pace = _PaceInUse(self, SpokenPace(texts))
        self._held: list[CueProblem] = []  # until it is known whether there is any sound
        self._told: set[CueProblem] = set()
        self._sounds = None if self._choice.source is VoiceSource.SILENT else Recordings(sounds)
        self._speaker = Speaker(self._voices(texts, environ))
        self._speaker.began.connect(self.began)
        self._speaker.finished.connect(self.finished)
        self._speaker.said.connect(self.said)
        self._speaker.settled.connect(self._settle)
        self._speaker.fell.connect(self._hold)
        if self._sounds is not None:
            self._sounds.ready.connect(self._settle)
            self._sounds.failed.connect(self._settle)
        self.set_volume(self._choice.volume)
        self._speaker.set_rate(self._choice.rate)

    @property
    def source(self) -> VoiceSource:
        """The sound in use now, or once it is ready: a voice, tones only, or silence."""
        voice = self._speaker.source
        if voice is not None and not self._muted:
            return voice
        has_tones = self._sounds is not None and self._sounds.problem is None
        return VoiceSource.TONES if has_tones else VoiceSource.SILENT

    @property
    def has_voice(self) -> bool:
        """Whether there is a voice, muted or not, or one that may become ready."""
        return self._speaker.source is not None

    @property
    def is_settled(self) -> bool:
        """Whether voice and tones are each ready or known to be unavailable."""
        sounds = self._sounds
        return self._speaker.is_settled and (
            sounds is None or sounds.is_ready or sounds.problem is not None
        )

    @property
    def problems(self) -> frozenset[CueProblem]:
        """The problems reported so far."""
        return frozenset(self._told)

    @property
    def pace(self) -> Pace:
        """The pace of whichever voice is in use at the time; without one, an estimate."""
        return self._pace

    @property
    def voice_pace(self) -> Pace | None:
        """The pace of the voice in use now; None without one."""
        return self._speaker.pace

    @property
    def muted(self) -> bool:
        """Whether the voice is muted; tones still sound."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self._speaker.stop()

    def start(self) -> None:
        """Start voice and tones, once; call this a few seconds before the first cue."""
        if self._was_started:
            return
        self._was_started = True
        if self._sounds is not None:
            self._sounds.start()
        self._speaker.start()

    def play(self, cue: Cue, now_ms: int) -> None:
        """Play the tone and say the line, unless they are too late at `now_ms`."""
        late_ms = now_ms - cue.at_ms
        in_time = cue.tone not in BEATS or late_ms <= LATE_BEAT_MS
        if cue.tone is not None and self._sounds is not None and in_time:
            self._sounds.tone(cue.tone)
        if cue.line is None:
            return
        if self._muted:
            self.said.emit(cue.line, ())
            self.finished.emit(cue.line, False)
        else:
            self._speaker.offer(cue.line, cue.line.until_ms - now_ms)

    def stop(self) -> None:
        """Stop speaking and drop the waiting line."""
        self._speaker.stop()

    def set_volume(self, percent: int) -> None:
        """Set the volume of voice and tones, 0 to 100; the current line keeps its volume."""
        self._speaker.set_volume(percent)
        if self._sounds is not None:
            self._sounds.set_volume(percent)

    def close(self) -> None:
        """End every sound and process; nothing is played or emitted after this."""
        self.blockSignals(True)
        self._speaker.close()
        if self._sounds is not None:
            self._sounds.close()

    def _voices(
        self, texts: Mapping[str, str], environ: Mapping[str, str]
    ) -> dict[VoiceSource, Voice]:
        voices: dict[VoiceSource, Voice] = {}
        for source in CHAIN[self._choice.source]:
            if source is VoiceSource.SYSTEM:
                linux = platform.system() == "Linux"
                voices[source] = SsipVoice(texts, environ) if linux else EngineVoice(texts)
            elif self._sounds is not None:
                voices[source] = RecordedVoice(self._sounds, texts)
        return voices

    def _hold(self, problem: CueProblem) -> None:
        self._held.append(problem)
        self._settle()

    def _settle(self) -> None:
        """Report what is known; problems of the tones first, as a missing device explains more."""
        sounds = self._sounds
        if sounds is not None and sounds.problem is not None:
            self._tell(sounds.problem)
        if sounds is None or sounds.is_ready or sounds.problem is not None:
            held, self._held = self._held, []
            for problem in held:
                self._tell(problem)
        if self.is_settled and not self._was_settled:
            self._was_settled = True
            self.settled.emit()

    def _tell(self, problem: CueProblem) -> None:
        # Without a device no speech is heard either, so one reason is enough.
        idle = problem in SPEECH and CueProblem.NO_SOUND_DEVICE in self._told
        if problem not in self._told and not idle:
            self._told.add(problem)
            self.problem.emit(problem)


class _PaceInUse:
    """The pace of the voice that a player uses at the time; without one, an estimate."""

    def __init__(self, player: CuePlayer, guess: SpokenPace) -> None:
        self._player = player
        self._guess = guess

    def duration_ms(self, phrases: Sequence[str]) -> int:
        """Return how long the phrases take to say in a row."""
        return (self._player.voice_pace or self._guess).duration_ms(phrases)
