"""The devices of a session: voice, tones, media keys, keep-awake, each warmed up in time.

Each part has a silent twin; a missing part is reported once and the session goes on without it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from itband_gui.cues.keep_awake import AwakePolicy
from itband_gui.cues.problems import CueProblem
from itband_gui.session.events import EndReason, Event, Paused, SessionEnded
from itband_gui.session.script import Script
from itband_gui.ui.services.context import Devices
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.session.clock import SessionClock
from itband_gui.ui.session.sound_check import problem_text
from itband_gui.ui.session.text import awake_text, title_text

if TYPE_CHECKING:
    from itband_gui.cues.player import CuePlayer
    from itband_gui.cues.sound_settings import SoundChoice

LET_GO_MS = 10_000  # longer than the keep-awake process takes to release the screen


class HandsFree(QObject):
    """Follows one session; `told` carries a sentence about problems with this machine."""

    told = Signal(str)

    def __init__(
        self, clock: SessionClock, settings: Settings, devices: Devices, player: "CuePlayer"
    ) -> None:
        super().__init__()
        self._clock = clock
        self._player = player
        self._script = Script(clock.engine.plan, settings.talk, settings.count, self._player.pace)
        self._awake, self._policy = devices.keep_awake(), AwakePolicy()
        self._sound_lack = self._screen_lack = ""  # the latest sentence about each
        self._keys = devices.media_keys()
        self._player.problem.connect(self._tell)
        self._player.said.connect(self._script.said)
        self._awake.problem_found.connect(self._tell_of_the_screen)
        self._keys.play_pause_requested.connect(clock.toggle_pause)
        self._keys.next_requested.connect(clock.skip)
        self._keys.previous_requested.connect(clock.again)
        self._keys.stop_requested.connect(self._stop)
        clock.happened.connect(self._take)
        clock.told.connect(self._look)

    def begin(self) -> None:
        """Start sound, media keys and keep-awake; call this before the clock begins."""
        if self._clock.engine.paused is not None:
            self._script.stand_at(self._clock.position, self._clock.last_ms)
        self._player.start()
        self._awake.hold()
        self._keys.open()

    def tell_problems(self) -> None:
        """Report the problems found before the session began."""
        for problem in CueProblem:
            if problem in self._player.problems:
                self._tell(problem)

    def mute(self, *, on: bool) -> None:
        """Mute the voice but not the tones; when unmuted, it says any missed safety lines."""
        self._player.muted = on
        cue = None
        if not on and self._clock.engine.ended is None:
            cue = self._script.remind(self._clock.last_ms)
        if cue is not None:
            self._player.play(cue, self._clock.last_ms)

    def close(self) -> None:
        """Release everything at once."""
        self._awake.release()
        self._keys.close()
        self._player.close()
        # Their signals form reference cycles, which only deletion by Qt breaks.
        self._keys.deleteLater()
        self._player.deleteLater()
        QTimer.singleShot(LET_GO_MS, self._awake, self._awake.deleteLater)
        self.deleteLater()

    @Slot(CueProblem)
    def _tell(self, problem: CueProblem) -> None:
        self._sound_lack = problem_text(problem, speaks=self._player.has_voice)
        self._tell_all()

    def _tell_of_the_screen(self) -> None:
        self._screen_lack = awake_text()
        self._tell_all()

    def _tell_all(self) -> None:
        """Report both problems: the page has one place for them, and neither may hide the other."""
        self.told.emit(" ".join(filter(None, (self._sound_lack, self._screen_lack))))

    @Slot(Event)
    def _take(self, event: Event) -> None:
        cue = self._script.take(event)
        if cue is not None:
            # A sleep is noticed only after it ends; its cue must not count as late for that.
            now_ms = cue.at_ms if isinstance(event, Paused) else self._clock.last_ms
            self._player.play(cue, now_ms)
        self._policy.take(event)
        if isinstance(event, SessionEnded):
            self._keys.close()

    @Slot(tuple)
    def _look(self, _events: tuple[Event, ...]) -> None:
        """Keep the screen awake or release it, and update the desktop's media player."""
        if self._policy.wanted(self._clock.last_ms):
            self._awake.hold()
        else:
            self._awake.release()
        engine, position = self._clock.engine, self._clock.position
        if engine.ended is None:
            total_ms = engine.plan.total_ms
            title = title_text(position.phase)
            done_ms = round(position.progress * total_ms)
            self._keys.show(title, done_ms, total_ms, playing=engine.running)

    @Slot()
    def _stop(self) -> None:
        self._clock.end(EndReason.STOPPED)


class VoiceAhead(QObject):
    """Holds one started, silent player until a session takes it."""

    def __init__(self, settings: Settings, devices: Devices, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._devices = devices
        self._player: CuePlayer | None = None
        self._choice: SoundChoice | None = None

    @Slot()
    def warm(self) -> None:
        """Start a player for the current settings, unless there is one."""
        if self._player is None or self._choice != self._settings.sound:
            self.close()
            self._choice = self._settings.sound
            self._player = self._devices.player(self._choice)
            self._player.start()

    def take(self) -> "CuePlayer":
        """Return the player, or a new one if the settings have changed."""
        self.warm()
        player, self._player = self._player, None
        assert player is not None  # noqa: S101 - made by `warm`
        return player

    @Slot()
    def close(self) -> None:
        """Close a player that no session took."""
        if self._player is not None:
            self._player.close()
            self._player.deleteLater()
            self._player = None
