"""The checks of `itband-gui doctor`: data folder, journal, voice, sound and session bus."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from itband_gui.machine import libraries
from itband_gui.machine.display import listens
from itband_gui.machine.libraries import Family, LibraryUse
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.session_bus import bus_sockets

if TYPE_CHECKING:
    from itband_gui.journal.acknowledged import Acknowledged
    from itband_gui.journal.store import Loaded


@dataclass(frozen=True, slots=True)
class Check:
    """The state of a piece; `wrong` is the word shown if a needed one is not fine."""

    piece: str
    detail: str
    fine: bool = True
    needed: bool = True
    fix: str = ""
    wrong: str = "MISSING"

    def line(self) -> str:
        """Return the finding as one plain line."""
        state = "ok" if self.fine else self.wrong if self.needed else "optional"
        fix = f". Fix: {self.fix}" if self.fix else ""
        return f"{state:<9} {self.piece}: {self.detail}{fix}"


PACKAGE_MISSING = "not checked: a Python package is missing"
_WRONG = "WRONG"
_FOLDER = "data folder"
_ROOM = 16 * 1024 * 1024  # bytes; our choice: a large journal, its copy and a few backups
_OTHERS = 0o077  # permission bits of everybody but the owner


def data_checks(data_dir: Path, now: datetime | None = None) -> Iterator[Check]:
    """Yield findings about the folder, its journal and the journal's copies."""
    try:
        folder = next(place for place in (data_dir, *data_dir.absolute().parents) if place.exists())
    except OSError as error:  # the name is too long, or a parent folder is closed to us
        yield _not_writable(data_dir, error)
        return
    yield _writable(data_dir, folder)
    yield _room(folder)
    try:
        from itband_gui.journal import (  # noqa: PLC0415 - their packages may be missing
            backups,
            snapshot,
            sync_tools,
        )
        from itband_gui.machine.folders import (  # noqa: PLC0415 - its package may be missing
            user_state_dir,
        )

        copies = sync_tools.backups_dir(data_dir, user_state_dir(os.environ))
    except ImportError:
        yield Check("journal", PACKAGE_MISSING, fine=False, needed=False)
        return
    file = data_dir / snapshot.FILE_NAME
    if sys.platform != "win32":
        yield from _private(data_dir, file)
    yield from _saved(file, now or local_now())
    try:
        count = len(backups.Backups(copies).copies())
        yield Check("backups", f"{count} kept" if count else "none yet")
    except backups.BackupError as error:
        fix = f"give your user access to {error.path}"
        yield Check("backups", "their folder can't be read", fine=False, needed=False, fix=fix)
    yield from _locks(data_dir)
    carried = sync_tools.is_synced(data_dir)
    detail = "yes; backups are kept outside it" if carried else "no sign of a sync tool"
    yield Check("synced folder", detail)


def _beside(file: Path, loaded: "Loaded") -> Iterator[Check]:
    """Yield whether other journals in the folder hold entries that the journal lacks."""
    from itband_gui.journal.sibling_merge import siblings_of  # noqa: PLC0415 - needs packages
    from itband_gui.journal.siblings import Fate  # noqa: PLC0415 - needs packages

    found = list(siblings_of(Path(os.path.realpath(file)), loaded.snapshot))
    piece, count = "other journals", f"{len(found)} in the same folder"
    not_in = sum(1 for each in found if each.fate is not Fate.TAKEN_IN)
    if not_in:
        detail = f"{count}; unreadable, or with entries that your journal lacks: {not_in}"
        fix = "`itband-gui journal check` lists them; the window imports what it can"
        yield Check(piece, detail, fine=False, needed=False, fix=fix)
    elif found:
        yield Check(piece, f"{count}; your journal has all their entries")


def _saved(file: Path, now: datetime) -> Iterator[Check]:
    """Yield the state of the journal, of its record of saves, of its dates and other journals."""
    from itband_gui.journal.acknowledged import Acknowledged  # noqa: PLC0415 - needs packages
    from itband_gui.journal.store import Store  # noqa: PLC0415 - needs packages
    from itband_gui.machine.folders import acknowledged_file  # noqa: PLC0415 - needs packages

    log = Acknowledged(acknowledged_file(file, os.environ))
    loaded = Store(file, log=log).load()
    yield _journal(loaded)
    yield _remembered(log, loaded)
    yield from _in_future(loaded, now)
    yield from _beside(file, loaded)


def _remembered(log: "Acknowledged", loaded: "Loaded") -> Check:
    """Return whether this computer's record of saves works and the journal has all it lists."""
    piece, folder = "saved on this computer", log.file.parent
    lacking = len(loaded.missed.back) + len(loaded.missed.changed)
    if lacking:
        detail = f"entries or changes missing from the journal: {lacking}"
        fix = "open the window or run `itband-gui journal check`; either puts them back"
        return Check(piece, detail, fine=False, needed=False, fix=fix)
    if log.file.exists() and not log.file.is_file():
        detail = f"can't be recorded: {log.file} is not a file"
        return Check(piece, detail, fine=False, needed=False, fix="remove it")
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        detail = f"can't be recorded in {folder} ({error.strerror})"
        fix = "give your user access to that folder"
        return Check(piece, detail, fine=False, needed=False, fix=fix)
    return Check(piece, f"recorded in {folder}" if log.last() else "nothing yet")


def _writable(data_dir: Path, folder: Path) -> Check:
    """Test the folder, or its nearest existing parent, by writing a temporary file there."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0")
            file.flush()
    except OSError as error:
        return _not_writable(data_dir, error)
    made = "" if folder == data_dir else " (created on first use)"
    return Check(_FOLDER, f"{data_dir}{made}")


def _not_writable(data_dir: Path, error: OSError) -> Check:
    reason = error.strerror or "unknown reason"
    fix = "give your user access to it, free some space, or choose another with --data-dir"
    return Check(_FOLDER, f"{data_dir} can't be written to ({reason})", fine=False, fix=fix)


def _room(folder: Path) -> Check:
    piece = "free space"
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check(piece, f"unknown ({error.strerror})", fine=False, needed=False)
    told = f"{free // 1_000_000:,} MB"
    if free < _ROOM:
        return Check(piece, told, fine=False, fix="free some space", wrong=_WRONG)
    return Check(piece, told)


def _private(data_dir: Path, file: Path) -> Iterator[Check]:
    """Yield who owns the journal and whether others on this computer can reach it."""
    try:
        status = file.stat()
        folder_mode = data_dir.stat().st_mode
    except OSError:
        return  # no journal, or not accessible: the next finding says so
    piece = "permissions"
    if status.st_uid != os.getuid():
        fix = f"chown {file} to your user"
        yield Check(piece, "the journal belongs to another user", fine=False, fix=fix, wrong=_WRONG)
    elif status.st_mode & _OTHERS and folder_mode & _OTHERS:
        fix = f"chmod 600 {file}"
        yield Check(piece, "other users can reach the journal", fine=False, needed=False, fix=fix)
    else:
        yield Check(piece, "only you can reach the journal")


def _locks(data_dir: Path) -> Iterator[Check]:
    """Yield whether the disk has file locks, which keep two programs from saving at once."""
    from itband_gui.journal.lock import has_locks  # noqa: PLC0415 - needs packages

    try:
        found = has_locks(data_dir)
    except OSError:
        return  # no folder, or not accessible: reported above
    piece = "locks"
    if found:
        yield Check(piece, "they keep two programs from saving at the same time")
    else:
        fix = "use one program at a time here, or choose another disk with --data-dir"
        yield Check(piece, "not available on this disk", fine=False, needed=False, fix=fix)


def _in_future(loaded: "Loaded", now: datetime) -> Iterator[Check]:
    from itband_gui.wording.notices import ahead_of  # noqa: PLC0415 - needs packages

    found = len(ahead_of(loaded.book, now))
    if found:
        fix = "correct this computer's date, or open the window and correct the entries' dates"
        yield Check("dates", f"entries in the future: {found}", fine=False, needed=False, fix=fix)


def _journal(loaded: "Loaded") -> Check:
    from itband_gui.journal.store import LoadCode  # noqa: PLC0415 - needs packages

    piece = "journal"
    told = {
        LoadCode.NEW: (
            (
                "missing, but there are copies of it or other journals in its folder",
                "`itband-gui journal restore` lists them",
            )
            if loaded.recovery_options
            else ("none yet", "")
        ),
        LoadCode.SOUND: ("sound", ""),
        LoadCode.EDITED: ("sound; changed by another program", ""),
        LoadCode.NEWER: ("written by a newer version of this program", "use that version"),
        LoadCode.UNREADABLE: ("can't be read", "check its permissions and its disk"),
        LoadCode.DAMAGED: (
            f"damaged; readable entries: {len(loaded.book)}, unreadable: {loaded.lost}",
            "`itband-gui journal check` says where; `itband-gui journal restore` lists copies",
        ),
    }
    detail, fix = told[loaded.code]
    return Check(piece, detail, fine=not fix, fix=fix, wrong=_WRONG)


_ROOT = Path("/usr")
_SYNTHESISERS = ("lib*/speech-dispatcher-modules/sd_*", "lib*/*/speech-dispatcher-modules/sd_*")
_OUTPUTS = ("lib*/speech-dispatcher/spd_*.so", "lib*/*/speech-dispatcher/spd_*.so")
_NO_VOICES = frozenset({"sd_dummy", "sd_generic"})  # silent without another program


def voice(family: Family, root: Path = _ROOT) -> Check:
    """Return whether speech-dispatcher is installed with a synthesiser and a sound output."""
    without = "sessions use the recorded phrases"
    lacks = [
        what
        for what, there in (
            ("speech-dispatcher", not libraries.missing(LibraryUse.VOICE)),
            ("synthesiser for speech-dispatcher", _has_any(root, _SYNTHESISERS)),
            ("sound output of speech-dispatcher", _has_any(root, _OUTPUTS)),
        )
        if not there
    ]
    if not lacks:
        return Check(LibraryUse.VOICE, "found")
    fix = libraries.fix([libraries.VOICE], family)
    return Check(
        LibraryUse.VOICE, f"no {', '.join(lacks)}; {without}", fine=False, needed=False, fix=fix
    )


def sound(family: Family, environ: Mapping[str, str]) -> Check:
    """Return whether the sound library is installed and a sound server answers."""
    lost = list(libraries.missing(LibraryUse.SOUND))
    without = "sessions run without tones and voice; everything is on the screen"
    if lost:
        names = ", ".join(piece.name for piece in lost)
        fix = libraries.fix(lost, family)
        return Check(LibraryUse.SOUND, f"no {names}; {without}", fine=False, needed=False, fix=fix)
    server = environ.get("PULSE_SERVER", "")
    if server and not server.startswith(("unix:", "/")):
        return Check(LibraryUse.SOUND, "found; its server (PULSE_SERVER) was not checked")
    runtime = Path(environ.get("XDG_RUNTIME_DIR") or "/")
    place = server.removeprefix("unix:") or str(runtime / "pulse" / "native")
    if listens(place):
        return Check(LibraryUse.SOUND, "there")
    fix = f"start it in a desktop session; {libraries.fix([libraries.SOUND_SERVER], family)}"
    return Check(
        LibraryUse.SOUND, f"no sound server answers; {without}", fine=False, needed=False, fix=fix
    )


def session_bus(family: Family, environ: Mapping[str, str]) -> Check:
    """Return whether the session bus answers."""
    sockets = [*bus_sockets(environ)]
    unknown = not sockets and environ.get("DBUS_SESSION_BUS_ADDRESS")  # taken at its word
    if unknown or any(map(listens, sockets)):
        return Check("session bus", "there")
    state = "does not answer" if sockets else "none"
    detail = f"{state}; the screen may go dark in a session, and media keys do nothing"
    packages = libraries.fix([libraries.BUS], family)
    fix = f"start it in a desktop session or with dbus-run-session; {packages}"
    return Check("session bus", detail, fine=False, needed=False, fix=fix)


def _has_any(root: Path, patterns: tuple[str, ...]) -> bool:
    return any(file.name not in _NO_VOICES for pattern in patterns for file in root.glob(pattern))
