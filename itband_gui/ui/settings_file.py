"""Keeps settings in an INI file, and loses nothing of what else was in its place.

Qt writes the whole file anew, without what it cannot read and without comments; so a file that
holds any such thing is copied first. A link is followed, as for the journal: its target is written.
"""

import logging
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QSettings

_LOG = logging.getLogger(__name__)
_LIMIT = 1 << 20  # bytes: ours has a few hundred
_PRIVATE = 0o600
_COMMENT = (";", "#")


class SettingsNews(StrEnum):
    """News about the file for the user; each is told once."""

    NO_SETTINGS = "no-settings"  # what was there is no settings file; a copy of it is kept
    NOT_SAVED = "not-saved"  # settings hold in this window only


class SettingsFile:
    """The values of one INI file; one that cannot be written is kept for as long as this lives."""

    def __init__(self, path: Path) -> None:
        self.tell: Callable[[SettingsNews, str], None] = lambda _news, _name: None
        self._path = path
        # Qt would wait for a pipe for ever, and read a giant whole.
        self._store = QSettings(str(path), QSettings.Format.IniFormat) if _is_sane(path) else None
        self._unsaved: dict[str, str | None] = {}
        self._told: set[SettingsNews] = set()
        self._seen: tuple[int, int, int] | None = None  # the file in which nothing would be lost
        self._folder_was_there = path.parent.is_dir()

    def value(self, key: str) -> str:
        """Return a value as text; "" where there is none."""
        if key in self._unsaved:
            return self._unsaved[key] or ""
        value = self._store.value(key, "") if self._store else ""
        return value if isinstance(value, str) else repr(value)

    def keep(self, key: str, value: str | None) -> None:
        """Write a value, or take it away; what fails is told once, and the value holds here."""
        self._unsaved[key] = value
        if self._store is None or not self._may_write() or not self._written(self._store):
            if self._path.parent.is_dir():  # where the folder is gone, the journal says so
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
        # It would say so of every later try as well.
        self._store = QSettings(str(self._path), QSettings.Format.IniFormat)
        return False

    def _may_write(self) -> bool:
        if self._folder_was_there and not self._path.parent.is_dir():
            return False  # its disk was unplugged; a new folder in its place would mislead
        return self._seen == self._look() or self._keep_copy()

    def _look(self) -> tuple[int, int, int]:
        """Return what tells the file from one that something else puts in its place."""
        try:
            status = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _keep_copy(self) -> bool:
        """Copy what Qt would drop; return whether all of it is kept now."""
        from itband_gui.journal.durable import NotSavedError  # noqa: PLC0415 - not at start
        from itband_gui.journal.regular import read_regular  # noqa: PLC0415 - likewise

        try:
            data, _ = read_regular(self._path, _LIMIT)
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
    """Whether a file is none, or one to be read whole."""
    try:
        status = path.stat()
    except OSError:
        return True
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LIMIT


def _told_of(data: bytes) -> tuple[bool, bool]:
    """Return whether bytes are settings line by line, and whether comments are among them."""
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
    """Write a copy beside a file, durably, under a name that nothing has.

    Raises:
        OSError: nothing was written.
        NotSavedError: likewise, or it is not confirmed.

    """
    import os  # noqa: PLC0415 - only now
    from itertools import count  # noqa: PLC0415 - likewise

    from itband_gui.journal.durable import replace_file  # noqa: PLC0415 - likewise
    from itband_gui.journal.regular import changed_at  # noqa: PLC0415 - likewise

    stem = f"{path.stem}.{why}-{changed_at(path.stat()):%Y%m%dT%H%M%SZ}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in count(1))
    copy = next(path.with_name(name) for name in names if not os.path.lexists(path.with_name(name)))
    replace_file(copy, data)
    return copy
