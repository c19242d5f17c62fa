"""The folder for what lasts only as long as this computer runs, as the window's socket."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR

from itband_gui.journal.durable import PRIVATE_FOLDER


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
