"""The settings in `settings.ini` of the data folder, read and written without losing any."""

import logging
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSettings

from itband_gui.cues.sound_settings import Rate, SoundChoice, VoiceSource
from itband_gui.session.cues import Count, Talk
from itband_gui.ui.look.theme import ThemeName

_LOG = logging.getLogger(__name__)
_LIMIT = 1 << 20  # bytes: ours has a few hundred
_PRIVATE = 0o600
_COMMENT = (";", "#")


class SettingsNews(StrEnum):
    """News about the file for the user; each is reported once."""

    NO_SETTINGS = "no-settings"  # the file was not a settings file; a copy of it was made
    NOT_SAVED = "not-saved"  # settings apply to this window only


class SettingsFile:
    """The values of one INI file; a value that cannot be written is kept in memory."""

    def __init__(self, path: Path) -> None:
        self.tell: Callable[[SettingsNews, str], None] = lambda _news, _name: None
        self._path = path
        # Qt would block on a pipe for ever, and read a huge file whole.
        self._store = QSettings(str(path), QSettings.Format.IniFormat) if _is_sane(path) else None
        self._unsaved: dict[str, str | None] = {}
        self._told: set[SettingsNews] = set()
        self._seen: tuple[int, int, int] | None = (
            None  # the file known to lose nothing when rewritten
        )
        self._folder_was_there = path.parent.is_dir()

    def value(self, key: str) -> str:
        """Return a value as text; "" if there is none."""
        if key in self._unsaved:
            return self._unsaved[key] or ""
        value = self._store.value(key, "") if self._store else ""
        return value if isinstance(value, str) else repr(value)

    def keep(self, key: str, value: str | None) -> None:
        """Write or remove a value; a failure is reported once, and the value kept in memory."""
        self._unsaved[key] = value
        if self._store is None or not self._may_write() or not self._written(self._store):
            if self._path.parent.is_dir():  # a missing folder is reported by the journal
                self._say(SettingsNews.NOT_SAVED, self._path.name)
            return
        self._unsaved.clear()
        self._seen = self._look()

    def _written(self, store: QSettings) -> bool:
        for key, value in self._unsaved.items():
            if value is None:
                store.remove(key)
            else:
                store.setValue(key, value)
        store.sync()
        self._folder_was_there = self._path.parent.is_dir()
        self._make_private()
        if store.status() is not QSettings.Status.AccessError:
            return True
        # The old object would repeat the error on every later attempt.
        self._store = QSettings(str(self._path), QSettings.Format.IniFormat)
        return False

    def _may_write(self) -> bool:
        if self._folder_was_there and not self._path.parent.is_dir():
            return False  # its disk was unplugged; a new folder in its place would mislead
        return self._seen == self._look() or self._keep_copy()

    def _look(self) -> tuple[int, int, int]:
        """Return a fingerprint of the file, to notice when something else replaces it."""
        try:
            status = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _keep_copy(self) -> bool:
        """Copy the file if Qt would drop anything; return whether it may be rewritten."""
        from itband_gui.journal.safe_file import (  # noqa: PLC0415 - not needed at start
            NotSavedError,
            read_file,
        )

        try:
            data, _ = read_file(self._path, _LIMIT)
        except FileNotFoundError:
            return True
        except OSError:
            _LOG.warning("%s cannot be read; it is left as it is", self._path.name)
            return False
        is_ini, has_comments = _told_of(data)
        if is_ini and not has_comments:
            return True
        try:
            copy = _copied(self._path, data, "kept" if is_ini else "corrupt")
        except (OSError, NotSavedError):
            return False
        if not is_ini:
            self._say(SettingsNews.NO_SETTINGS, copy.name)
        return True

    def _make_private(self) -> None:
        if sys.platform != "win32":
            with suppress(OSError):
                if self._path.stat().st_mode & 0o777 & ~_PRIVATE:
                    self._path.chmod(_PRIVATE)

    def _say(self, news: SettingsNews, name: str) -> None:
        if news not in self._told:
            self._told.add(news)
            _LOG.warning("settings.ini: %s (%s)", news, name)
            self.tell(news, name)


def _is_sane(path: Path) -> bool:
    """Whether a file is absent, or a regular file small enough to read whole."""
    try:
        status = path.stat()
    except OSError:
        return True
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LIMIT


def _told_of(data: bytes) -> tuple[bool, bool]:
    """Return whether every line is a setting, and whether there are comments."""
    try:
        lines = [line.strip() for line in data.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        return False, False
    settings = [line for line in lines if line and not line.startswith(_COMMENT)]
    is_ini = all(_is_section(line) or "=" in line for line in settings)
    return is_ini and "\0" not in data.decode("utf-8-sig"), any(
        line.startswith(_COMMENT) for line in lines
    )


def _is_section(line: str) -> bool:
    return line.startswith("[") and line.endswith("]")


def _copied(path: Path, data: bytes, why: str) -> Path:
    """Write a durable copy next to a file, under an unused name.

    Raises:
        OSError: nothing was written.
        NotSavedError: likewise, or the write could not be confirmed.

    """
    import os  # noqa: PLC0415 - needed only for a copy
    from itertools import count  # noqa: PLC0415 - likewise

    from itband_gui.journal.safe_file import (  # noqa: PLC0415 - not needed at start
        changed_at,
        replace_file,
    )

    stem = f"{path.stem}.{why}-{changed_at(path.stat()):%Y%m%dT%H%M%SZ}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in count(1))
    copy = next(path.with_name(name) for name in names if not os.path.lexists(path.with_name(name)))
    replace_file(copy, data)
    return copy


_Choice = TypeVar("_Choice", bound=StrEnum)
_LOUDEST = 100
PUT_AWAY_KEPT = 256  # newest keys to keep: some must last a week, with many added a day; our choice


class Settings:
    """Typed access; an invalid value counts as unset, like a missing one, and is logged."""

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
        """Whether to reduce motion; None follows the desktop."""
        return self._flag("window/less-motion")

    @less_motion.setter
    def less_motion(self, less: bool) -> None:
        self._keep("window/less-motion", less)

    @property
    def floor_mode(self) -> bool:
        """Whether sessions start in floor mode automatically."""
        return self._flag("window/floor-mode") is True

    @floor_mode.setter
    def floor_mode(self, by_itself: bool) -> None:
        self._keep("window/floor-mode", by_itself)

    @property
    def disclaimer_read(self) -> bool:
        """Whether the disclaimer has been accepted."""
        return self._flag("safety/disclaimer-read") is True

    @disclaimer_read.setter
    def disclaimer_read(self, read: bool) -> None:
        self._keep("safety/disclaimer-read", read)

    @property
    def sound_checked(self) -> bool:
        """Whether the sound check before the first session is done."""
        return self._flag("sound/checked") is True

    @sound_checked.setter
    def sound_checked(self, checked: bool) -> None:
        self._keep("sound/checked", checked)

    @property
    def put_away(self) -> tuple[str, ...]:
        """The keys of Today's questions that were put away, newest last."""
        return tuple(self._text("today/put-away").split("\n"))

    @put_away.setter
    def put_away(self, keys: Iterable[str]) -> None:
        self._keep("today/put-away", "\n".join(keys))

    def remember(self, key: str) -> None:
        """Add a key of something that was asked, shown or put away."""
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
            self._choice("sound/source", VoiceSource) or usual.source,
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
        """The name on the physiotherapist's page; "" unless the user wants it remembered."""
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
        """Log an invalid value once."""
        if key not in self._named:
            self._named.add(key)
            _LOG.warning("settings.ini: %s has an unknown value; ignored", key)

    def _keep(self, key: str, value: str | bool | None) -> None:
        self.file.keep(key, str(value).lower() if isinstance(value, bool) else value)
