"""Plays the sample of a sound panel with the voice that the settings ask for."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from itband_gui.cues.choice import SoundChoice
from itband_gui.cues.player import CuePlayer
from itband_gui.cues.problems import Problem
from itband_gui.cues.sound_check import Sample, SoundCheck
from itband_gui.ui.cue_problems import problem_text, remedy_text
from itband_gui.ui.settings import Settings
from itband_gui.ui.widgets.sound_panel import SoundPanel

SAMPLE = ("left-leg", "zone-front-edge", "heel-of-hand")


class Sampler(QObject):
    """Makes a player for each sample, as a session would, and lets go of it afterwards."""

    def __init__(
        self, panel: SoundPanel, settings: Settings, make: Callable[[SoundChoice], CuePlayer]
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._settings = settings
        self._make = make
        self._player: CuePlayer | None = None
        self._check: SoundCheck | None = None
        panel.sample_wished.connect(self._play)

    @Slot()
    def stop(self) -> None:
        """Be quiet and let go of the machine's sound."""
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

    @Slot(Problem)
    def _tell(self, problem: Problem) -> None:
        speaks = self._player is not None and self._player.has_voice
        self._panel.tell(problem_text(problem, speaks=speaks))

    @Slot(Sample)
    def _learn(self, sample: Sample) -> None:
        """Know what to say to someone who heard nothing."""
        self._panel.remedies = "\n".join(map(remedy_text, sample.remedies()))
        QTimer.singleShot(0, self, self.stop)  # not from within its own signal
