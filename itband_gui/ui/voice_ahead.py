"""Makes the sound of a session ready before the session: a voice takes seconds the first time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from itband_gui.ui.settings import Settings
from itband_gui.ui.surroundings import Senses

if TYPE_CHECKING:
    from itband_gui.cues.choice import SoundChoice
    from itband_gui.cues.player import CuePlayer


class VoiceAhead(QObject):
    """Holds one player, started in silence, until a session takes it."""

    def __init__(self, settings: Settings, senses: Senses, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._senses = senses
        self._player: CuePlayer | None = None
        self._choice: SoundChoice | None = None

    @Slot()
    def warm(self) -> None:
        """Start a player as the settings ask for it, unless one is there."""
        if self._player is None or self._choice != self._settings.sound:
            self.close()
            self._choice = self._settings.sound
            self._player = self._senses.player(self._choice)
            self._player.start()

    def take(self) -> "CuePlayer":
        """Hand over the player; one that the settings no longer ask for is replaced."""
        self.warm()
        player, self._player = self._player, None
        assert player is not None  # noqa: S101 - made by `warm`
        return player

    @Slot()
    def close(self) -> None:
        """Let go of a player that no session took."""
        if self._player is not None:
            self._player.close()
            self._player.deleteLater()
            self._player = None
