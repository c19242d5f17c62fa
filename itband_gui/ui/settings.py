"""What the program remembers about its window, in `settings.ini` of the data folder."""

import logging
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from itband_gui.cues.choice import Rate, SoundChoice, Source
from itband_gui.session.cues import Count, Talk
from itband_gui.ui.settings_file import SettingsFile
from itband_gui.ui.theme import ThemeName

_LOG = logging.getLogger(__name__)
_Choice = TypeVar("_Choice", bound=StrEnum)
_LOUDEST = 100
PUT_AWAY_KEPT = 256  # newest keys: some must last a week, with many a day; our choice


class Settings:
    """Typed access; a missing value counts as not set, a wrong one too, and is named in the log."""

    def __init__(self, file: Path) -> None:
        self.file = SettingsFile(file)
        self._named: set[str] = set()

    @property
    def theme(self) -> ThemeName | None:
        """The chosen theme; None follows the desktop."""
        return self._choice("window/theme", ThemeName)

    @theme.setter
    def theme(self, name: ThemeName | None) -> None:
        self._keep("window/theme", name)

    @property
    def less_motion(self) -> bool | None:
        """Whether motion is to be less; None follows the desktop."""
        return self._flag("window/less-motion")

    @less_motion.setter
    def less_motion(self, less: bool) -> None:
        self._keep("window/less-motion", less)

    @property
    def floor_mode(self) -> bool:
        """Whether a session starts in floor mode by itself."""
        return self._flag("window/floor-mode") is True

    @floor_mode.setter
    def floor_mode(self, by_itself: bool) -> None:
        self._keep("window/floor-mode", by_itself)

    @property
    def disclaimer_read(self) -> bool:
        """Whether the disclaimer was shown and accepted once."""
        return self._flag("safety/disclaimer-read") is True

    @disclaimer_read.setter
    def disclaimer_read(self, read: bool) -> None:
        self._keep("safety/disclaimer-read", read)

    @property
    def sound_checked(self) -> bool:
        """Whether the user has said once what was heard."""
        return self._flag("sound/checked") is True

    @sound_checked.setter
    def sound_checked(self, checked: bool) -> None:
        self._keep("sound/checked", checked)

    @property
    def put_away(self) -> tuple[str, ...]:
        """The keys of Today's questions that the user leaves unanswered, the newest last."""
        return tuple(self._text("today/put-away").split("\n"))

    @put_away.setter
    def put_away(self, keys: Iterable[str]) -> None:
        self._keep("today/put-away", "\n".join(keys))

    def remember(self, key: str) -> None:
        """Keep one more key of what was asked, said or put away."""
        known = self.put_away
        if key not in known:
            self.put_away = (*known, key)[-PUT_AWAY_KEPT:]

    @property
    def talk(self) -> Talk:
        """How much is said in a session."""
        return self._choice("sound/talk", Talk) or Talk.FULL

    @talk.setter
    def talk(self, talk: Talk) -> None:
        self._keep("sound/talk", talk)

    @property
    def count(self) -> Count:
        """Which strokes are counted aloud."""
        return self._choice("sound/count", Count) or Count.LAST_THREE

    @count.setter
    def count(self, count: Count) -> None:
        self._keep("sound/count", count)

    @property
    def sound(self) -> SoundChoice:
        """Where the voice comes from, how fast and how loud it is."""
        usual = SoundChoice()
        return SoundChoice(
            self._choice("sound/source", Source) or usual.source,
            self._choice("sound/rate", Rate) or usual.rate,
            self._volume("sound/volume", usual.volume),
        )

    @sound.setter
    def sound(self, choice: SoundChoice) -> None:
        self._keep("sound/source", choice.source)
        self._keep("sound/rate", choice.rate)
        self._keep("sound/volume", str(choice.volume))

    @property
    def report_name(self) -> str:
        """The name for the page for a physiotherapist; "" unless it is to be remembered."""
        return self._text("report/name")

    @report_name.setter
    def report_name(self, name: str) -> None:
        self._keep("report/name", name or None)

    def _choice(self, key: str, options: type[_Choice]) -> _Choice | None:
        value = self._text(key)
        known = next((option for option in options if option == value), None)
        if value and known is None:
            self._name_wrong(key)
        return known

    def _flag(self, key: str) -> bool | None:
        value = self._text(key)
        known = {"true": True, "false": False}.get(value)
        if value and known is None:
            self._name_wrong(key)
        return known

    def _volume(self, key: str, usual: int) -> int:
        value = self._text(key)
        if value.isascii() and value.isdigit() and len(value) <= 3 and int(value) <= _LOUDEST:
            return int(value)
        if value:
            self._name_wrong(key)
        return usual

    def _text(self, key: str) -> str:
        return self.file.value(key)

    def _name_wrong(self, key: str) -> None:
        """Name a wrong value in the log, once."""
        if key not in self._named:
            self._named.add(key)
            _LOG.warning("settings.ini: %s has a value that is not known; ignored", key)

    def _keep(self, key: str, value: str | bool | None) -> None:
        self.file.keep(key, str(value).lower() if isinstance(value, bool) else value)
