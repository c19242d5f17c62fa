"""Sees that something else changed the journal: another machine's sync tool, an editor."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from itband_gui.journal.durable import NotSavedError, real_target
from itband_gui.ui.journal_link import JournalLink

SETTLE_MS = 200  # our choice: a sync tool touches the folder several times for one change


class FolderWatch(QObject):
    """Has the link look when the journal's folder changes, or the file itself.

    The folder tells of files that are replaced, which is how journals are saved, and of the copies
    that sync tools put beside them; the file tells of what is written into it. A file that was
    replaced is no longer watched, nor is a folder that was away; so after each save and each look
    all is watched anew. Where that cannot be, as on many network drives, nothing is seen.
    """

    def __init__(self, journal: Path, link: JournalLink) -> None:
        super().__init__(link)
        self._journal = journal
        self._inodes: dict[Path, int] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._wait)
        self._watcher.fileChanged.connect(self._wait)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(link.take_in)
        link.save_state_changed.connect(self._watch)
        self._watch()

    @Slot()
    def _watch(self) -> None:
        """Watch what is there now."""
        try:
            target = real_target(self._journal)
        except NotSavedError:  # links in a circle
            return
        watched = {*self._watcher.directories(), *self._watcher.files()}
        for path in (target.parent, target):
            try:
                inode = path.stat().st_ino
            except OSError:
                continue
            # The file that was replaced is still watched until the watcher hears of that, or for
            # as long as it lives on as the copy beside it.
            if str(path) not in watched or self._inodes.get(path) != inode:
                self._watcher.removePath(str(path))
                self._watcher.addPath(str(path))
                self._inodes[path] = inode

    @Slot()
    def _wait(self) -> None:
        self._timer.start()
