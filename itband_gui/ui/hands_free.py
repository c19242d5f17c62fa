"""What a session says and hears outside its window: voice, tones, media keys, a screen kept awake.

Each part has a silent twin; what is missing is told once, and the session goes on.
"""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from itband_gui.cues.keep_awake_policy import AwakePolicy
from itband_gui.session.events import Ended, EndReason, Event
from itband_gui.session.script import Script
from itband_gui.ui.cue_problems import problem_text
from itband_gui.ui.errors import awake_text
from itband_gui.ui.session_clock import SessionClock
from itband_gui.ui.session_text import title_text
from itband_gui.ui.settings import Settings
from itband_gui.ui.surroundings import Senses

LET_GO_MS = 10_000  # longer than the screen's keeper takes to let go


class HandsFree(QObject):
    """Follows one session; `told` carries a sentence on what this machine lacks."""

    told = Signal(str)

    def __init__(self, clock: SessionClock, settings: Settings, senses: Senses) -> None:
        super().__init__()
        self._clock = clock
        self._player = senses.player(settings.sound)
        self._script = Script(clock.engine.plan, settings.talk, settings.count, self._player.pace)
        self._awake, self._policy = senses.keep_awake(), AwakePolicy()
        self._keys = senses.media_keys()
        self._player.problem.connect(lambda problem: self.told.emit(problem_text(problem)))
        self._awake.problem_found.connect(lambda _problem: self.told.emit(awake_text()))
        self._keys.play_pause_wished.connect(clock.toggle_pause)
        self._keys.next_wished.connect(clock.skip)
        self._keys.previous_wished.connect(clock.again)
        self._keys.stop_wished.connect(self._stop)
        clock.happened.connect(self._take)
        clock.told.connect(self._look)

    def begin(self) -> None:
        """Start what makes sound and listens; before the clock begins."""
        if self._clock.engine.paused is not None:
            self._script.stand_at(self._clock.position, self._clock.last_ms)
        self._player.start()
        self._awake.hold()
        self._keys.open()

    def mute(self, *, on: bool) -> None:
        """Quiet the voice; the tones stay."""
        self._player.muted = on

    def close(self) -> None:
        """End everything at once."""
        self._awake.release()
        self._keys.close()
        self._player.close()
        # What they own is connected to them: only Qt's own end takes such circles apart.
        self._keys.deleteLater()
        self._player.deleteLater()
        QTimer.singleShot(LET_GO_MS, self._awake, self._awake.deleteLater)
        self.deleteLater()

    @Slot(Event)
    def _take(self, event: Event) -> None:
        cue = self._script.take(event)
        if cue is not None:
            self._player.play(cue, self._clock.last_ms)
        self._policy.take(event)
        if isinstance(event, Ended):
            self._keys.close()

    @Slot(tuple)
    def _look(self, _events: tuple[Event, ...]) -> None:
        """Keep the screen as it should be, and the desktop told."""
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
