"""Finds the folders for the user's data, this computer's state and its runtime files."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR

APP_NAME = "itband-gui"
PRIVATE_FOLDER = 0o700
VARIABLE = "ITBAND_GUI_DATA_DIR"
STATE_DIR, SETTINGS_FILE = "state", "settings.ini"  # in the data folder


class FolderUnknownError(Exception):
    """A folder cannot be determined; the text says what to do."""


class NoHomeError(FolderUnknownError):
    """The user has no home folder, as in some containers."""

    def __init__(self) -> None:
        super().__init__("your home folder is not known: set HOME or give --data-dir")


class WorkingFolderGoneError(FolderUnknownError):
    """A path is relative to a working folder that no longer exists."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} can't be found because the folder you are in no longer exists: change to "
            "another folder or give the whole path"
        )


def data_dir(option: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the absolute data folder from the option, the variable or the platform's default.

    It may not exist yet. An empty variable counts as not set.

    Raises:
        FolderUnknownError: the given path is relative to a folder that no longer exists, or no
            path is given and there is no home folder.

    """
    given = _given(option, environ)
    if given is not None:
        return given
    from platformdirs import user_data_path  # noqa: PLC0415 - slow; not used if a folder is given

    with _home_needed():
        return user_data_path(APP_NAME, appauthor=False)


def state_dir(option: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the absolute folder for data that stays on this computer; it may not exist yet.

    It is inside the data folder if one is given, otherwise the platform's, which sync tools do
    not copy.

    Raises:
        FolderUnknownError: as for `data_dir`.

    """
    given = _given(option, environ)
    if given is not None:
        return given / STATE_DIR
    return _user_state(environ)


def acknowledged_file(journal: Path, environ: Mapping[str, str]) -> Path:
    """Return the file that records this computer's saves of a journal; it may not exist yet.

    It is not in the data folder, which may be synced or rolled back as a whole, unless the user
    has no home folder.
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
            from platformdirs import user_state_path  # noqa: PLC0415 - slow to import

            return user_state_path(APP_NAME, appauthor=False)
        # The same as platformdirs returns, whose import takes a fifth of `journal add`.
        given = environ.get("XDG_STATE_HOME", "")
        home = Path(given) if Path(given).is_absolute() else Path("~/.local/state").expanduser()
        return home / APP_NAME


@contextmanager
def _home_needed() -> Iterator[None]:
    try:
        yield
    except RuntimeError:  # raised by both Python and platformdirs
        raise NoHomeError from None


def _given(option: Path | None, environ: Mapping[str, str]) -> Path | None:
    if option is not None:
        return absolute(option)
    return absolute(Path(environ[VARIABLE])) if environ.get(VARIABLE) else None


def absolute(path: Path) -> Path:
    """Return a path as an absolute path.

    Raises:
        WorkingFolderGoneError: it is relative and the working folder no longer exists.

    """
    try:
        return path.absolute()
    except OSError:
        raise WorkingFolderGoneError(path) from None


def user_state_dir(environ: Mapping[str, str]) -> Path | None:
    """Return the platform's folder for what only this machine needs; None without a home."""
    try:
        return _user_state(environ)
    except NoHomeError:
        return None


def runtime_folder() -> Path | None:
    """Return a folder that only this user can write to; None if there is none.

    A desktop and a remote login should find the same folder, so the system's comes first and the
    one named in the environment last.
    """
    return next(_folders(), None)


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("TEMP", "."))
        return
    user = os.getuid()
    system = Path(f"/run/user/{user}")
    if _is_own(system, user):
        yield system
    # Not tempfile.gettempdir(): it tests by writing and raises when all disks are full.
    made = Path(f"/tmp/itband-gui-{user}")  # noqa: S108 - created and checked as our own
    try:
        made.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError:
        pass
    else:
        if _is_own(made, user):
            yield made
    named = os.environ.get("XDG_RUNTIME_DIR")
    if named and _is_own(Path(named), user):
        yield Path(named)


def _is_own(folder: Path, user: int) -> bool:
    """Return whether only this user can create files or links there."""
    try:
        held = folder.lstat()
    except OSError:
        return False
    return S_ISDIR(held.st_mode) and held.st_uid == user and not held.st_mode & 0o022
