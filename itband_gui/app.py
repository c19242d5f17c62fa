"""The program's entry point, and the only place that builds its parts and joins them."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from itband_gui.cues import CUE_CHILD, KEEP_AWAKE_CHILD
from itband_gui.machine.display import NO_SCREEN, can_open_window
from itband_gui.machine.folders import (
    SETTINGS_FILE,
    STATE_DIR,
    FolderUnknownError,
    acknowledged_file,
    data_dir,
    state_dir,
    user_state_dir,
)
from itband_gui.machine.local_clock import settle_zone
from itband_gui.machine.terminal import BAD_USAGE, FAILED, INTERRUPTED, join_console, say
from itband_gui.qt_start import load_qt_core, start_qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from itband_gui.insight.days import Range
    from itband_gui.journal.acknowledged import Acknowledged
    from itband_gui.journal.backups import Backups
    from itband_gui.journal.exchange import JournalFile
    from itband_gui.journal.store import Loaded
    from itband_gui.routine.library import Library
    from itband_gui.routine.model import Routine
    from itband_gui.ui.look.style import Appearance
    from itband_gui.ui.services.context import AppContext, Devices
    from itband_gui.ui.services.journal_link import JournalLink
    from itband_gui.ui.services.settings import Settings, SettingsNews
    from itband_gui.ui.session.flow import Flow
    from itband_gui.ui.window.main_window import MainWindow, Page

__all__ = ["build_window", "main", "start_qt"]
ROUTINES_DIR = "routines"


def main(argv: list[str] | None = None) -> int:
    """Run the program with command-line arguments; return its exit code."""
    if hasattr(os, "umask"):
        os.umask(0o077)  # files we create are private to the user
    if sys.stdout is None:
        join_console()
    try:
        return _start(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED


def _start(given: list[str]) -> int:
    if given[:1] == [CUE_CHILD]:  # a bundle runs itself as its own child process
        from itband_gui.cues.sound_child import main as cue_child

        return cue_child(given[1:])
    if given[:1] == [KEEP_AWAKE_CHILD]:
        from itband_gui.cues.keep_awake_child import main as keep_awake_child

        return keep_awake_child(given[1:])
    unusable = settle_zone()
    if unusable:
        say(
            f"TZ={unusable} is a day or more away from UTC, and no time zone is. Times are shown "
            "in UTC."
        )
    args = Namespace(command=None, data_dir=None)  # until they have been parsed
    try:
        from itband_gui import cli

        args = cli.parse(given)
    except Exception as error:  # noqa: BLE001 - shown as one line; SystemExit means bad usage
        return _fail(error, args)
    try:
        return _run(args)
    except FolderUnknownError as error:
        say(f"{error}.")
        return BAD_USAGE
    except (Exception, SystemExit) as error:  # noqa: BLE001 - shown as one line and logged
        return _fail(error, args)


def _fail(error: Exception | SystemExit, args: Namespace) -> int:
    """Report what ended the program, for the window also on the screen; return the exit code."""
    try:
        from itband_gui.machine.crash import failed, failed_line
    except (ImportError, OSError):  # no file of the program can be read any more
        say(f"Something unexpected went wrong ({type(error).__name__}).")
        return FAILED
    try:
        state = state_dir(args.data_dir, os.environ)
    except (ImportError, FolderUnknownError):  # what it takes may be what is missing
        say(failed_line(error))
        return FAILED
    fault, log = failed(error, state)
    if args.command is None and "PySide6.QtWidgets" in sys.modules:
        with suppress(Exception):  # what broke the window may break the dialog; the line is out
            from itband_gui.ui.window.fault_dialog import tell_failed_start

            tell_failed_start(fault, data_dir(args.data_dir, os.environ), log)
    return FAILED


def _run(args: Namespace) -> int:
    """Run the command, or open the window, with a watch on errors raised inside Qt."""
    runs = {"tour": _tour, "report": _report}
    if args.command is not None and args.command not in runs:
        from itband_gui import cli

        return cli.run(args)
    from itband_gui.machine.crash import watching

    with watching(state_dir(args.data_dir, os.environ)) as watch:
        if args.command is None:
            if not can_open_window(os.environ):
                say(NO_SCREEN)
                return BAD_USAGE
            gc.disable()  # imports leave no garbage; the window collects later
            load_qt_core()
            from itband_gui.window_run import open_window

            return open_window(args, watch, build_window)
        return runs[args.command](args) or (FAILED if watch.faults else 0)


def build_window(  # noqa: PLR0913 - all parts are joined here
    folder: Path,
    appearance: "Appearance",
    now: Callable[[], datetime],
    now_ms: Callable[[], int],
    state: Path | None = None,
    devices: "Devices | None" = None,
    *,
    remembers: bool = True,
) -> "MainWindow":
    """Return the window for a data folder, with its notices, not yet shown.

    Args:
        folder: holds the journal, the settings and the user's own routines.
        appearance: the current theme.
        now: returns the current time, with its offset.
        now_ms: returns the session clock in milliseconds.
        state: folder for data that stays on this computer; by default inside the data folder.
        devices: the computer's voice, media keys and screen; None in tours and tests.
        remembers: whether to keep a record of what was saved; False for tours.

    """
    from itband_gui.leg.drawing import load_anatomy
    from itband_gui.routine.library import load_library
    from itband_gui.safety.signs import load_safety
    from itband_gui.ui.services.context import AppContext
    from itband_gui.ui.services.settings import Settings

    start_qt(sys.argv[:1])
    anatomy, settings = load_anatomy(), Settings(folder / SETTINGS_FILE)
    if settings.less_motion is not None:
        appearance.less_motion = settings.less_motion
    library = load_library(anatomy, folder / ROUTINES_DIR)
    link, loaded = _open_journal(folder, now, remembers=remembers)
    state = state or folder / STATE_DIR
    context = AppContext(link, load_safety(), settings, appearance, state, now_ms, devices)
    window = _join(context, library, folder)
    _tell(window, loaded, library, settings)
    link.save()
    _offer_interrupted(window, context)
    return window


# The journal's side


def _open_journal(
    folder: Path, now: Callable[[], datetime], *, remembers: bool
) -> "tuple[JournalLink, Loaded]":
    """Open the journal of a data folder, and watch its file for changes by others."""
    from itband_gui.journal.snapshot import FILE_NAME
    from itband_gui.journal.store import Store
    from itband_gui.ui.services.folder_watch import FolderWatch
    from itband_gui.ui.services.journal_link import JournalLink

    backups, log = _backups_and_log(folder)
    store = Store(folder / FILE_NAME, backups, now, log if remembers else None)
    loaded = store.load(set_aside=True)
    link = JournalLink(loaded.book, store, now)
    FolderWatch(store.path, link)
    return link, loaded


def _journal_file(folder: Path) -> "JournalFile":
    """Return the journal of a data folder with its backups and its record of saves."""
    from itband_gui.journal.exchange import JournalFile
    from itband_gui.journal.snapshot import FILE_NAME

    return JournalFile(folder / FILE_NAME, *_backups_and_log(folder))


def _backups_and_log(folder: Path) -> "tuple[Backups, Acknowledged]":
    """Return the backups of a journal, and the log of what was saved on this machine."""
    from itband_gui.journal.acknowledged import Acknowledged
    from itband_gui.journal.backups import Backups
    from itband_gui.journal.snapshot import FILE_NAME
    from itband_gui.journal.sync_tools import backups_dir

    log = Acknowledged(acknowledged_file(folder / FILE_NAME, os.environ))
    return Backups(backups_dir(folder, user_state_dir(os.environ))), log


# The pages and the session; each is imported when it is first needed


def _join(context: "AppContext", library: "Library", folder: Path) -> "MainWindow":
    """Return the window; its pages and the flow are made when they are needed."""
    from itband_gui.ui.window.main_window import MainWindow, NavigationBar

    def start(routine: "Routine") -> None:
        window.flow.start(routine)

    pages = _Pages(context, library, folder, start)
    window = MainWindow(NavigationBar(), pages.makers(), lambda: _flow(context), context.link)
    return window


def _flow(context: "AppContext") -> "Flow":
    from itband_gui.leg.drawing import load_anatomy
    from itband_gui.ui.session.flow import Flow

    return Flow(context, load_anatomy())


class _Pages:
    """Makes the pages of the navigation bar; `start` begins a routine that was chosen on Today."""

    def __init__(
        self,
        context: "AppContext",
        library: "Library",
        folder: Path,
        start: "Callable[[Routine], None]",
    ) -> None:
        self._context, self._library, self._folder, self._start = context, library, folder, start
        self._link, self._appearance = context.link, context.appearance

    def makers(self) -> "dict[Page, Callable[[], QWidget]]":
        from itband_gui.ui.window.main_window import Page

        return {
            Page.TODAY: self._today,
            Page.JOURNAL: self._journal,
            Page.HISTORY: self._history,
            Page.GUIDE: self._guide,
            Page.SETTINGS: self._settings,
        }

    def _today(self) -> "QWidget":
        from itband_gui.ui.today.page import TodayPage

        page = TodayPage(self._context, self._library)
        page.start_requested.connect(self._start)
        return page

    def _journal(self) -> "QWidget":
        from itband_gui.ui.journal.page import JournalPage

        return JournalPage(self._link, self._library, self._appearance)

    def _history(self) -> "QWidget":
        from itband_gui.ui.history.page import HistoryPage

        page = HistoryPage(self._link, self._library, self._appearance)
        page.report_requested.connect(lambda length: self._show_report(page, length))
        return page

    def _show_report(self, page: "QWidget", length: "Range") -> None:
        from itband_gui.ui.report.dialog import report_dialog

        report_dialog(self._link, self._context.safety, self._context.settings, page, length)

    def _guide(self) -> "QWidget":
        from itband_gui.ui.guide.page import GuidePage

        return GuidePage(self._appearance)

    def _settings(self) -> "QWidget":
        from itband_gui.ui.journal_file.section import JournalSection
        from itband_gui.ui.session.sound_check import Sampler, SoundPanel
        from itband_gui.ui.window.settings_page import SettingsPage

        settings, check = self._context.settings, SoundPanel()
        if self._context.devices is not None:
            Sampler(check, settings, self._context.devices.player)
        section = JournalSection(self._link, _journal_file(self._folder), self._library)
        return SettingsPage(settings, self._appearance, check, section)


# What the window says first


def _tell(window: "MainWindow", loaded: "Loaded", library: "Library", settings: "Settings") -> None:
    """Show notices about the files that were read."""
    from itband_gui.journal.store import LoadCode
    from itband_gui.ui.text.saving import load_text
    from itband_gui.ui.widgets.notice import Notice

    opened = load_text(loaded)
    if opened:
        window.notify(Notice(opened, warning=loaded.code is not LoadCode.EDITED))
    window.journal_notices.offer(loaded.recovery_options)
    window.journal_notices.tell_ahead()
    if library.problems:
        from itband_gui.ui.text.routine_problems import routine_text

        for problem in library.problems:
            window.notify(Notice(routine_text(problem)))
    settings.file.tell = lambda news, name: _tell_settings(window, news, name)


def _tell_settings(window: "MainWindow", news: "SettingsNews", name: str) -> None:
    """Show a notice about the settings file."""
    from itband_gui.ui.text.saving import settings_text
    from itband_gui.ui.widgets.notice import Notice

    window.notify(Notice(settings_text(news, name), warning=True))


def _offer_interrupted(window: "MainWindow", context: "AppContext") -> None:
    """Offer to recover a session that a crash, a kill or a power cut ended."""
    from itband_gui.session.leftovers import anything_left

    if not anything_left(context.state):
        return
    from itband_gui.session.checkpoint_store import load_checkpoint
    from itband_gui.ui.session.flow import interrupted_notice

    found = load_checkpoint(context.state)
    if found.checkpoint is not None and found.file is not None:
        notice = interrupted_notice(found.checkpoint, found.file, window.flow, context.link)
        if notice is not None:
            window.notify(notice)


def _tour(args: Namespace) -> int:
    """Play a session without a screen and save pictures of it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(args.scale)
    app = start_qt(sys.argv[:1])

    from itband_gui.ui.look.style import Appearance
    from itband_gui.ui.look.theme import ThemeName
    from itband_gui.ui.tour import Tour, TourError

    tour = Tour(Appearance(app, ThemeName(args.theme)), build_window, args)
    try:
        pictures = tour.play()
    except TourError as error:
        say(error.what_to_do)
        return BAD_USAGE if error.asked_wrong else 1
    from itband_gui.commands.shared import show_line

    show_line(f"{pictures} pictures and journal.json in {args.dir}")
    return 0


def _report(args: Namespace) -> int:
    """Write the page for a physiotherapist without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    start_qt(sys.argv[:1])

    from itband_gui import cli
    from itband_gui.ui.report.command import run

    return cli.run(args, run)
