"""Silent stand-ins for sound, media keys and the screen lock that record their calls."""

import pytest

from itband_gui.cues.keep_awake import KeepAwake
from itband_gui.cues.player import CuePlayer
from itband_gui.cues.silent_keys import MediaKeys
from itband_gui.cues.sound_settings import SoundChoice, VoiceSource
from itband_gui.machine.assets import assets_dir
from itband_gui.session.cues import Cue, load_phrases
from itband_gui.ui.services.context import Devices


class NotingPlayer(CuePlayer):
    """The real player without sound, which records its cues."""

    def __init__(self, choice: SoundChoice) -> None:
        silent = SoundChoice(VoiceSource.SILENT, choice.rate, choice.volume)
        super().__init__(load_phrases(), assets_dir() / "sounds", silent)
        self.requested = choice
        self.cues: list[Cue] = []
        self.left_ms: list[int | None] = []  # time left for each cue's line
        self.closed = self.started = False

    def start(self) -> None:
        self.started = True
        super().start()

    def play(self, cue: Cue, now_ms: int) -> None:
        self.cues.append(cue)
        self.left_ms.append(cue.line.until_ms - now_ms if cue.line else None)
        super().play(cue, now_ms)

    def close(self) -> None:
        self.closed = True
        super().close()

    def words(self) -> list[str]:
        return [phrase for cue in self.cues if cue.line for phrase in cue.line.phrases]


class NotingKeys(MediaKeys):
    """Media keys without a desktop, which record what they should show."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, int, int, bool]] = []
        self.is_open = False

    def open(self) -> None:
        self.is_open = True

    def show(self, title: str, position_ms: int, length_ms: int, *, playing: bool) -> None:
        self.shown.append((title, position_ms, length_ms, playing))

    def close(self) -> None:
        self.is_open = False


class NotingAwake(KeepAwake):
    """Records whether the screen should be kept awake, without doing so."""

    def __init__(self) -> None:
        super().__init__(["true"])
        self.requested = False

    def is_requested(self) -> bool:
        return self.requested

    def hold(self) -> None:
        self.requested = True

    def release(self) -> None:
        self.requested = False


class Machine:
    """Makes the stand-ins and keeps references to them."""

    def __init__(self) -> None:
        self.players: list[NotingPlayer] = []
        self.keys: list[NotingKeys] = []
        self.awake: list[NotingAwake] = []

    @property
    def devices(self) -> Devices:
        return Devices(self._player, self._keep_awake, self._media_keys)

    def _player(self, choice: SoundChoice) -> NotingPlayer:
        self.players.append(NotingPlayer(choice))
        return self.players[-1]

    def _keep_awake(self) -> NotingAwake:
        self.awake.append(NotingAwake())
        return self.awake[-1]

    def _media_keys(self) -> NotingKeys:
        self.keys.append(NotingKeys())
        return self.keys[-1]


@pytest.fixture
def machine() -> Machine:
    return Machine()
