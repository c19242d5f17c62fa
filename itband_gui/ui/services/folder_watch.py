"""Watches for other programs changing the journal, such as a sync tool or an editor."""

import os
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from itband_gui.journal.safe_file import NotSavedError, real_target
from itband_gui.journal.siblings import Finder
from itband_gui.ui.services.autosave import SaveState
from itband_gui.ui.services.background import Background
from itband_gui.ui.services.journal_link import JournalLink

MOST_COPIES = 20  # most copies to watch; our choice
SETTLE_MS = 200  # our choice: a sync tool touches the folder several times for one change


class FolderWatch(QObject):
    """Makes the link look when the journal's folder or file changes.

    Watching the folder reports replaced files, which is how journals are saved, and new copies
    made by sync tools. Watching the file and those copies, which may be found half written, reports
    writes into them. A replaced file is no longer watched, nor is a folder that was away, so the
    watches are renewed after each change and each attempt to save. Where watching is impossible, as
    on many network drives, no change is seen.

    The files are looked up in another thread, and only files just found are watched: a network disk
    that hangs must not block the window.
    """

    changed = Signal()  # once a change in the folder is over

    def __init__(self, journal: Path, link: JournalLink) -> None:
        super().__init__(link)
        self._journal, self._link = journal, link
        self._inodes: dict[Path, int] = {}
        self._finder = Finder()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._wait)
        self._watcher.fileChanged.connect(self._wait)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.changed)
        self.changed.connect(link.take_in)
        self.changed.connect(self._find)
        self._background = Background(self)
        link.save_state_changed.connect(self._see_state)
        self._find()
        self._background.do(partial(_locked_folder, journal), self._tell_locked)

    def settle(self, timeout_s: float) -> bool:
        """Wait until every file found is watched; return whether it is.

        A change just seen is reported at once, not after the pause.
        """
        while (is_settled := self._background.settle(timeout_s)) and self._timer.isActive():
            self._timer.stop()
            self.changed.emit()
        return is_settled

    @Slot(SaveState)
    def _see_state(self, state: SaveState) -> None:
        if state.saved or state.error is not None:  # an attempt to save has ended
            self._find()

    @Slot()
    def _find(self) -> None:
        self._background.do(partial(_inodes, self._journal, self._finder), self._watch)

    def _watch(self, found: dict[Path, int]) -> None:
        """Watch the files found, and look again if any of them was not watched before."""
        watched = {*self._watcher.directories(), *self._watcher.files()}
        for path, inode in found.items():
            # A replaced file stays watched until the watcher learns of it, or as long as it
            # lives on as a copy next to the journal.
            if str(path) not in watched or self._inodes.get(path) != inode:
                self._watcher.removePath(str(path))
                if self._watcher.addPath(str(path)):
                    self._inodes[path] = inode
                    self._wait()

    def _tell_locked(self, folder: Path | None) -> None:
        if folder is not None:
            self._link.locked.emit(folder)

    @Slot()
    def _wait(self) -> None:
        self._timer.start()


def _inodes(journal: Path, finder: Finder) -> dict[Path, int]:
    """Return the inodes of the journal, its folder and its copies, if they exist."""
    try:
        target = real_target(journal)
    except NotSavedError:  # a symlink loop
        return {}
    found = {}
    beside = (neighbour.path for neighbour in finder.find(target)[:MOST_COPIES])
    for path in (target.parent, target, *beside):
        with suppress(OSError):
            found[path] = path.stat().st_ino
    return found


def _locked_folder(journal: Path) -> Path | None:
    """Return the folder that cannot be written to and so blocks saving, or None."""
    with suppress(OSError, NotSavedError):
        there = next(folder for folder in real_target(journal).parents if folder.exists())
        return None if os.access(there, os.W_OK | os.X_OK) else there
    return None
