"""Holds the services that pages and sessions share; importing it imports none of them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from itband_gui.cues.keep_awake import KeepAwake
    from itband_gui.cues.player import CuePlayer
    from itband_gui.cues.silent_keys import MediaKeys
    from itband_gui.cues.sound_settings import SoundChoice
    from itband_gui.safety.signs import Safety
    from itband_gui.ui.look.style import Appearance
    from itband_gui.ui.services.journal_link import JournalLink
    from itband_gui.ui.services.settings import Settings


class Devices(msgspec.Struct, frozen=True):
    """Factories for this machine's devices; each call returns a new one, not yet started."""

    player: "Callable[[SoundChoice], CuePlayer]"
    keep_awake: "Callable[[], KeepAwake]"
    media_keys: "Callable[[], MediaKeys]"


class AppContext(msgspec.Struct, frozen=True):
    """The shared services.

    Attributes:
        state: the folder for checkpoints.
        now_ms: the session's clock.
        devices: this machine's voice, media keys and screen; None for a session without them.

    """

    link: "JournalLink"
    safety: "Safety"
    settings: "Settings"
    appearance: "Appearance"
    state: Path
    now_ms: Callable[[], int]
    devices: Devices | None = None
