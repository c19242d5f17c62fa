"""Where the user's data lies."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

APP_NAME = "itband-gui"
VARIABLE = "ITBAND_GUI_DATA_DIR"
STATE_DIR, SETTINGS_FILE = "state", "settings.ini"  # in the data folder


class FolderUnknownError(Exception):
    """It cannot be told where a folder is; the text says what to do."""


class NoHomeError(FolderUnknownError):
    """The user has no home folder, as in some containers."""

    def __init__(self) -> None:
        super().__init__("your home folder is not known: set HOME, or give --data-dir")


class WorkingFolderGoneError(FolderUnknownError):
    """A path that leads from the working folder leads nowhere."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} cannot be found, as the folder that you are in is gone: change to another "
            "folder, or give the whole path"
        )


def data_dir(option: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the data folder, absolute, made or not: the option's, the variable's, the platform's.

    An empty variable counts as not set.

    Raises:
        FolderUnknownError: what was given is relative to a folder that is gone, or nothing was
            given and there is no home folder.

    """
    given = _given(option, environ)
    if given is not None:
        return given
    # Imported here: with a folder given, `journal add` would spend most of its time on it.
    from platformdirs import user_data_path  # noqa: PLC0415 - see above

    with _home_needed():
        return user_data_path(APP_NAME, appauthor=False)


def state_dir(option: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the folder for what only this machine needs to know, absolute, made or not.

    Inside the data folder where one is given; else the platform's, which no sync tool carries
    about.

    Raises:
        FolderUnknownError: as for `data_dir`.

    """
    given = _given(option, environ)
    if given is not None:
        return given / STATE_DIR
    return _user_state(environ)


def acknowledged_file(journal: Path, environ: Mapping[str, str]) -> Path:
    """Return where it is remembered what this machine has acknowledged of a journal, made or not.

    That is not in the data folder, which may be carried by a sync tool or rolled back as a whole;
    only who has no home folder has nothing else.
    """
    name = sha256(os.fsencode(os.path.realpath(journal))).hexdigest()[:16]
    try:
        state = _user_state(environ)
    except NoHomeError:
        state = journal.parent / STATE_DIR
    return state / "acknowledged" / f"{name}.log"


def _user_state(environ: Mapping[str, str]) -> Path:
    with _home_needed():
        if sys.platform in ("darwin", "win32"):
            from platformdirs import user_state_path  # noqa: PLC0415 - see `data_dir`

            return user_state_path(APP_NAME, appauthor=False)
        # As platformdirs does, which takes a fifth of `journal add` to import.
        given = environ.get("XDG_STATE_HOME", "")
        home = Path(given) if Path(given).is_absolute() else Path("~/.local/state").expanduser()
        return home / APP_NAME


@contextmanager
def _home_needed() -> Iterator[None]:
    try:
        yield
    except RuntimeError:  # which is all that Python and platformdirs say
        raise NoHomeError from None


def _given(option: Path | None, environ: Mapping[str, str]) -> Path | None:
    if option is not None:
        return absolute(option)
    return absolute(Path(environ[VARIABLE])) if environ.get(VARIABLE) else None


def absolute(path: Path) -> Path:
    """Return a path as seen from the root.

    Raises:
        WorkingFolderGoneError: it is relative to the working folder, which is gone.

    """
    try:
        return path.absolute()
    except OSError:
        raise WorkingFolderGoneError(path) from None


def backups_dir(data: Path) -> Path:
    """Return where copies of the journal in `data` are kept: not where a sync tool takes them."""
    # Not wanted by every command.
    from itband_gui.journal.synced import (  # noqa: PLC0415 - see above
        BACKUPS,
        backups_folder,
        is_synced,
    )

    if is_synced(data):
        with suppress(NoHomeError):
            return backups_folder(data, _user_state(os.environ))
    return data / BACKUPS
