"""Finds out whether a sync tool syncs a folder, and where to keep backups in that case.

It looks for files that sync tools leave in their folders, and for the names of these folders. A
wrong guess does no harm: the backups only get a longer path.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from itband_gui.journal.safe_file import read_file

BACKUPS = "backups"
_INFO_LIMIT = 64 * 1024  # bytes; the real one has about 200

# Found in the topmost synced folder. Only a file `.dropbox` and a folder `.sync` count: a folder
# `.dropbox` in the home folder has Dropbox's own settings.
_FOLDERS = re.compile(
    r"""
      \.stfolder           # Syncthing; a file in old versions
    | \.dropbox\.cache
    | \.sync               # Resilio
    | \.seafile-data
    | \.tmp\.drive(?:up|down)load    # Google Drive
    """,
    re.VERBOSE,
)
_FILES = re.compile(
    r"""
      \.stfolder
    | \.dropbox
    | \._?sync_.+\.db      # Nextcloud, ownCloud
    | \.(?:owncloud|nextcloud)sync\.log
    """,
    re.VERBOSE,
)
_NAMES = re.compile(
    r"""
      (?:dropbox | onedrive | google[ ]?drive | icloud[ ]?drive | nextcloud | owncloud)
        (?:[ ]?[-(].*)?               # "OneDrive - Firm", "Dropbox (Firm)", "GoogleDrive-me@firm"
    | mobile[ ]documents              # iCloud on macOS
    | cloudstorage                    # where macOS puts all the others
    | seafile | seadrive | resilio[ ]sync | syncthing
    | (?:google-drive|onedrive):.*    # mounted by GNOME
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_DROPBOX_INFO = (
    ("HOME", ".dropbox/info.json"),
    ("APPDATA", "Dropbox/info.json"),
    ("LOCALAPPDATA", "Dropbox/info.json"),
)


def backups_dir(data: Path, state: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the backups of the journal in `data` are kept; nothing is made.

    That is in `data` or, where a sync tool carries it to other machines, below `state`: the
    platform's folder for this machine alone, None if unknown. Each data folder has its own there.
    """
    if state is None or not is_synced(data, environ):
        return data / BACKUPS
    name = sha256(os.fsencode(os.path.realpath(data))).hexdigest()[:16]
    return state / BACKUPS / name


def is_synced(folder: Path, environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether a sync tool seems to sync `folder`, by its real path; it may not exist."""
    real = Path(os.path.realpath(folder))
    above = (real, *real.parents)
    return (
        any(_NAMES.fullmatch(path.name) for path in above)
        or any(path in above for path in _told(environ))
        or any(map(_is_marked, above))
    )


def _is_marked(folder: Path) -> bool:
    with suppress(OSError), os.scandir(folder) as found:
        return any(
            (_FOLDERS if entry.is_dir(follow_symlinks=False) else _FILES).fullmatch(entry.name)
            for entry in found
        )
    return False


def _told(environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield the synced folders named in the environment or in a tool's settings."""
    named = (environ.get(variable, "") for variable in _ONEDRIVE)
    for text in chain(named, _dropboxes(environ)):
        if "\0" not in text and Path(text).is_absolute():
            yield Path(os.path.realpath(text))


def _dropboxes(environ: Mapping[str, str]) -> Iterator[str]:
    for variable, place in _DROPBOX_INFO:
        folder = Path(environ.get(variable, ""))
        if not folder.is_absolute():
            continue
        with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            data, _ = read_file(folder / place, _INFO_LIMIT)
            accounts: dict[str, dict[str, Any]] = msgspec.json.decode(
                data, type=dict[str, dict[str, Any]]
            )
            paths = [account.get("path") for account in accounts.values()]
            yield from (path for path in paths if isinstance(path, str))
