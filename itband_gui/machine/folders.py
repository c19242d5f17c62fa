"""Where the user's data lies."""

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
    from platformdirs import user_data_path  # noqa: PLC0415 - slow; not used if a folder is given

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
            from platformdirs import user_state_path  # noqa: PLC0415 - slow; seldom needed

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


def user_state_dir(environ: Mapping[str, str]) -> Path | None:
    """Return the platform's folder for what only this machine needs; None without a home."""
    try:
        return _user_state(environ)
    except NoHomeError:
        return None


def runtime_folder() -> Path | None:
    """Return a folder where nobody else can put anything; None where there is none.

    A desktop and a remote login find the same one as far as that can be: the system's own first,
    and what their environment names last.
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
    # Not tempfile's choice: that writes there to find out, and raises where all disks are full.
    made = Path(f"/tmp/itband-gui-{user}")  # noqa: S108 - made, and checked, as our own
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
    """Whether nobody else can put a lock, or a link, there."""
    try:
        held = folder.lstat()
    except OSError:
        return False
    return S_ISDIR(held.st_mode) and held.st_uid == user and not held.st_mode & 0o022
