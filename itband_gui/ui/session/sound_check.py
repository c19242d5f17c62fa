"""The sound check: plays a sample, and helps if nothing is heard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.cues.player import CuePlayer
from itband_gui.cues.problems import CueProblem
from itband_gui.cues.sound_settings import SoundChoice, VoiceSource
from itband_gui.session.cues import Cue, SpokenLine, Tone
from itband_gui.ui.look.keys import ENTER, is_answer
from itband_gui.ui.look.style import SPACE, Look
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import Card, WrappingRow, centre_column
from itband_gui.ui.widgets.text import TextLabel

# The slowest to be given up: a child process that never answers, and a line after it.
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


_ADVICE = {
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
        found = [_ADVICE[problem] for problem in CueProblem if problem in self.problems]
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


_LOOK: Look = "segment"  # Enter continues, as on other choices


class SoundPanel(QWidget):
    """Asks "Did you hear it?" and shows `remedies` if not.

    `sample_requested` is emitted to have the sample played.
    """

    sample_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.remedies = ""
        self.play = button(
            QCoreApplication.translate("SoundPanel", "Play a sample"), self._play, _LOOK
        )
        self.yes = button(
            QCoreApplication.translate("SoundPanel", "I heard it"), self._heard, _LOOK
        )
        self.no = button(
            QCoreApplication.translate("SoundPanel", "I heard nothing"), self._missed, _LOOK
        )
        self.remark = TextLabel()
        self.remark.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        box.addWidget(WrappingRow((self.play, self.yes, self.no)))
        box.addWidget(self.remark)
        self._ask(on=False)

    def tell(self, text: str) -> None:
        """Show a remark about the sample."""
        self.remark.show_text(text)

    def _ask(self, *, on: bool) -> None:
        self.yes.setEnabled(on)
        self.no.setEnabled(on)

    @Slot()
    def _play(self) -> None:
        self.tell(QCoreApplication.translate("SoundPanel", "Did you hear it?"))
        self._ask(on=True)
        self.sample_requested.emit()

    @Slot()
    def _heard(self) -> None:
        self.tell(QCoreApplication.translate("SoundPanel", "Good."))

    @Slot()
    def _missed(self) -> None:
        besides = QCoreApplication.translate("SoundPanel", "Everything is on the screen, too.")
        self.tell(f"{self.remedies}\n{besides}".strip())


def problem_text(problem: CueProblem, *, speaks: bool = True) -> str:
    """Return one line: the problem, and what the user hears or follows instead.

    Args:
        problem: the problem.
        speaks: whether another voice still speaks.

    """
    texts = _PROBLEMS if speaks else _PROBLEMS | _SILENT
    return texts[problem]()


def remedy_text(remedy: SoundAdvice) -> str:
    """Return one thing to try."""
    return _REMEDIES[remedy]()


_PROBLEMS = {
    CueProblem.NO_SPEECH: lambda: QCoreApplication.translate(
        "CueProblems",
        "No speech service could be started on this computer; the recorded voice speaks instead.",
    ),
    CueProblem.SPEECH_HANGS: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service does not respond; the recorded voice speaks instead.",
    ),
    CueProblem.SPEECH_BROKE: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service stopped; the recorded voice speaks instead.",
    ),
    CueProblem.SPEECH_SILENT: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service makes no sound; the recorded voice speaks instead.",
    ),
    CueProblem.NO_PHRASES: lambda: QCoreApplication.translate(
        "CueProblems", "The recorded phrases are missing; tones guide you instead."
    ),
    CueProblem.NO_SOUND_LIBRARY: lambda: QCoreApplication.translate(
        "CueProblems",
        "A sound library is missing, so there are no tones and no recorded voice.",
    ),
    CueProblem.NO_SOUND_DEVICE: lambda: QCoreApplication.translate(
        "CueProblems", "There is no sound output; follow the session on the screen."
    ),
    CueProblem.SOUND_HANGS: lambda: QCoreApplication.translate(
        "CueProblems", "The computer's sound does not respond; there are no tones."
    ),
    CueProblem.SOUND_BROKE: lambda: QCoreApplication.translate(
        "CueProblems", "The computer's sound stopped; there are no tones."
    ),
}

# For when no voice is left to speak instead.
_SILENT = {
    CueProblem.NO_SPEECH: lambda: QCoreApplication.translate(
        "CueProblems",
        "This computer has no speech service, so there is no voice; follow the screen.",
    ),
    CueProblem.SPEECH_HANGS: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service does not respond, so there is no voice; follow the screen.",
    ),
    CueProblem.SPEECH_BROKE: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service stopped, so there is no voice; follow the screen.",
    ),
    CueProblem.SPEECH_SILENT: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service makes no sound, so there is no voice; follow the screen.",
    ),
    CueProblem.NO_PHRASES: lambda: QCoreApplication.translate(
        "CueProblems",
        "The recorded phrases are missing, so there is no voice; follow the tones and the screen.",
    ),
    CueProblem.NO_SOUND_LIBRARY: lambda: QCoreApplication.translate(
        "CueProblems",
        "A sound library is missing, so there is no voice; follow the screen.",
    ),
    CueProblem.SOUND_HANGS: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's sound does not respond, so there is no voice; follow the screen.",
    ),
    CueProblem.SOUND_BROKE: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's sound stopped, so there is no voice; follow the screen.",
    ),
}

_REMEDIES = {
    SoundAdvice.TURN_UP: lambda: QCoreApplication.translate(
        "CueProblems", "Turn up the volume, and this program's volume in the system's mixer."
    ),
    SoundAdvice.OTHER_OUTPUT: lambda: QCoreApplication.translate(
        "CueProblems", "Choose another output in the desktop's sound settings."
    ),
    SoundAdvice.OTHER_SOURCE: lambda: QCoreApplication.translate(
        "CueProblems", "Choose the recorded voice here."
    ),
    SoundAdvice.INSTALL_SPEECH: lambda: QCoreApplication.translate(
        "CueProblems",
        "Install the speech service with its audio plug-in; "
        "`itband-gui doctor` names the packages.",
    ),
    SoundAdvice.RESTART_SPEECH: lambda: QCoreApplication.translate(
        "CueProblems", "Log out and back in to restart the speech service."
    ),
    SoundAdvice.INSTALL_SOUND: lambda: QCoreApplication.translate(
        "CueProblems", "Install the sound library; `itband-gui doctor` names the package."
    ),
    SoundAdvice.PLUG_IN: lambda: QCoreApplication.translate(
        "CueProblems", "Connect speakers or headphones, then start the session again."
    ),
    SoundAdvice.INSTALL_AGAIN: lambda: QCoreApplication.translate(
        "CueProblems", "Install the program again; some of its own files are missing."
    ),
    SoundAdvice.CHOOSE_SOUND: lambda: QCoreApplication.translate(
        "CueProblems", "Sound is turned off; choose a voice or tones."
    ),
}


class SoundCheckPage(QWidget):
    """Plays a sample and asks about it; the user can always continue."""

    done = Signal()

    def __init__(self, check: SoundPanel) -> None:
        super().__init__()
        self.check = check
        self.go_on = button(
            QCoreApplication.translate("SoundCheck", "Continue (Enter)"), self.done.emit, "primary"
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        box = centre_column(self)
        box.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["l"])
        box.setSpacing(SPACE["l"])
        title = QCoreApplication.translate("SoundCheck", "Can you hear the voice?")
        box.addWidget(TextLabel(title, "title"))
        text = QCoreApplication.translate(
            "SoundCheck",
            "A voice and soft tones guide the session, so your eyes and hands are free. "
            "You can change or mute them in Settings.",
        )
        box.addWidget(TextLabel(text, "lead"))
        box.addWidget(Card(check))
        box.addStretch(1)
        box.addLayout(foot)

    def first_focus(self) -> QWidget:
        """Return the button that plays the sample."""
        return self.check.play

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Continue with Enter or Esc."""
        if is_answer(event) and event.key() in {*ENTER, Qt.Key.Key_Escape}:
            self.done.emit()
        else:
            super().keyPressEvent(event)


SAMPLE = ("left-leg", "zone-front-edge", "heel-of-hand")


class Sampler(QObject):
    """Makes a player for each sample, as a session would, and closes it afterwards."""

    def __init__(
        self, panel: SoundPanel, settings: Settings, make: Callable[[SoundChoice], CuePlayer]
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._settings = settings
        self._make = make
        self._player: CuePlayer | None = None
        self._check: SoundCheck | None = None
        panel.sample_requested.connect(self._play)

    @Slot()
    def stop(self) -> None:
        """Stop playing and release the machine's sound."""
        if self._player is not None:
            self._player.close()
            self._player.deleteLater()
        self._player = self._check = None

    @Slot()
    def _play(self) -> None:
        self.stop()
        self._player = self._make(self._settings.sound)
        self._player.problem.connect(self._tell)
        self._player.start()
        self._check = SoundCheck(self._player, SAMPLE)
        self._check.played.connect(self._learn)
        self._check.begin()

    @Slot(CueProblem)
    def _tell(self, problem: CueProblem) -> None:
        speaks = self._player is not None and self._player.has_voice
        self._panel.tell(problem_text(problem, speaks=speaks))

    @Slot(Sample)
    def _learn(self, sample: Sample) -> None:
        """Prepare the advice for a user who heard nothing."""
        self._panel.remedies = "\n".join(map(remedy_text, sample.remedies()))
        QTimer.singleShot(0, self, self.stop)  # not from within its own signal
