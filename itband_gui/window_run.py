"""Opens the window, runs it until it is closed, and remembers its size and place."""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon, QSessionManager
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.journal.safe_file import NotSavedError, make_folder, read_file, replace_file
from itband_gui.machine.assets import assets_dir
from itband_gui.machine.crash import Watch, in_qt
from itband_gui.machine.folders import SETTINGS_FILE, data_dir, state_dir
from itband_gui.machine.local_clock import local_now
from itband_gui.qt_start import PROGRAM, start_qt
from itband_gui.session.cues import load_phrases
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import system_theme
from itband_gui.ui.services.context import Devices
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.window.faults import FaultReporter, log_qt_messages
from itband_gui.ui.window.main_window import MainWindow
from itband_gui.ui.window.single_instance import SingleInstance, claim

if TYPE_CHECKING:
    from itband_gui.cues.keep_awake import KeepAwake
    from itband_gui.cues.player import CuePlayer
    from itband_gui.cues.silent_keys import MediaKeys
    from itband_gui.cues.sound_settings import SoundChoice

Build = Callable[
    [Path, Appearance, Callable[[], datetime], Callable[[], int], Path, Devices], MainWindow
]
LATER_MS = 500  # after the first frame, which the icon and the socket would delay (our choice)
_FILE = "window.geometry"
_LIMIT = 4096  # bytes; Qt writes some 70
# Ctrl+C in a terminal, kill, and a closed terminal (not on Windows).
_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


def end_when_told(app: QApplication, window: MainWindow) -> None:
    """Save everything before the program ends in any way but a hard kill.

    A signal is obeyed without asking: its sender does not wait for an answer.
    """

    def end(number: int, _frame: object) -> None:
        # Through the event loop, which may not run yet. Python handles a signal when it next
        # runs bytecode, which the collector's timer ensures within a second.
        QTimer.singleShot(0, app, lambda: app.exit(128 + number))

    for number in _SIGNALS:
        signal.signal(number, end)
    app.commitDataRequest.connect(partial(keep_before_log_out, window))
    app.aboutToQuit.connect(window.flush)
    app.aboutToQuit.connect(window.remember)
    app.aboutToQuit.connect(window.settle)


def keep_before_log_out(window: MainWindow, desktop: QSessionManager) -> None:
    """Save any unsaved changes; if that fails, cancel the log-out and let the window ask."""
    if not window.flush() and desktop.allowsErrorInteraction():
        desktop.cancel()
        window.close()


def restore_place(window: QWidget, state: Path) -> None:
    """Restore the window's size, position and maximised state.

    Qt fits it to the screen. If nothing is stored or readable, the window stays as it is.
    """
    with suppress(OSError):
        window.restoreGeometry(read_file(state / _FILE, _LIMIT)[0])


def keep_place(window: QWidget, state: Path) -> None:
    """Save the window's geometry, unless it is in full screen for a session.

    This is a convenience, so a failure to write is ignored.
    """
    if window.windowState() & Qt.WindowState.WindowFullScreen or not state.parent.is_dir():
        return
    with suppress(OSError, NotSavedError):
        make_folder(state)
        replace_file(state / _FILE, bytes(window.saveGeometry().data()))


def open_window(args: Namespace, watch: Watch, build_window: Build) -> int:
    """Open the window that `build_window` returns, run it and return its exit code."""
    folder = data_dir(args.data_dir, os.environ)
    log_qt_messages(watch.log, folder)
    app = start_qt(sys.argv[:1])
    claimed = claim(folder)
    if claimed is None:
        print(f"{PROGRAM} is already open with this journal: see its window.")  # noqa: T201 - a command's output
        return 0
    watch.await_fatal()  # not earlier: only a window can show the last run's fatal signal
    chosen = Settings(folder / SETTINGS_FILE).theme
    appearance = Appearance(app, chosen or system_theme())
    state = state_dir(args.data_dir, os.environ)
    if state.parent != folder:
        with suppress(OSError):  # then sessions run without checkpoints
            state.parent.mkdir(parents=True, exist_ok=True)
    window = build_window(folder, appearance, local_now, _now_ms, state, _devices())
    end_when_told(app, window)
    FaultReporter(watch, window, folder)

    def follow_system() -> None:
        if Settings(folder / SETTINGS_FILE).theme is None:
            appearance.choose(system_theme())

    app.styleHints().colorSchemeChanged.connect(follow_system)
    restore_place(window, state)
    app.aboutToQuit.connect(lambda: keep_place(window, state))
    window.show()
    listens = claimed.is_real  # otherwise the socket may belong to a window that did not answer
    QTimer.singleShot(LATER_MS, window, lambda: _finish(app, folder, window, listens=listens))
    app.aboutToQuit.connect(claimed.release)
    with in_qt(watch.log, window.flush):
        return app.exec()


def _finish(app: QApplication, folder: Path, window: MainWindow, *, listens: bool) -> None:
    """Set the icon and listen for later starts, which the first frame need not wait for."""
    app.setWindowIcon(QIcon(str(assets_dir() / "icons" / "itband-gui.svg")))
    if listens:
        instance = SingleInstance(folder, window)
        instance.requested.connect(window.come_forward)
        app.aboutToQuit.connect(instance.close)


def _now_ms() -> int:
    """Return the session clock in milliseconds."""
    from itband_gui.ui.session.clock import system_ms  # noqa: PLC0415 - only sessions need it

    return system_ms()


def _devices() -> Devices:
    """Return this computer's voice, media keys and screen, to be imported when first used."""

    def player(choice: "SoundChoice") -> "CuePlayer":
        from itband_gui.cues.player import CuePlayer  # noqa: PLC0415 - only sessions need it

        return CuePlayer(load_phrases(), assets_dir() / "sounds", choice)

    def awake() -> "KeepAwake":
        from itband_gui.cues.keep_awake import keep_awake  # noqa: PLC0415 - only sessions need it

        return keep_awake(PROGRAM, "Massage session")

    def keys() -> "MediaKeys":
        from itband_gui.cues.media_keys import media_keys  # noqa: PLC0415 - only sessions need it

        return media_keys(PROGRAM)

    return Devices(player, awake, keys)
