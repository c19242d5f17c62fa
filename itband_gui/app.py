"""Where the program starts, and the only place that builds its parts and joins them."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from itband_gui import cli
from itband_gui.folders import data_dir
from itband_gui.screen import can_open_window, screen_answers

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from itband_gui.ui.main_window import MainWindow
    from itband_gui.ui.style import Appearance

ROUTINES_DIR, SETTINGS_FILE = "routines", "settings.ini"


def main(argv: list[str] | None = None) -> int:
    """Run the program with the arguments of the command line; return its exit code."""
    if hasattr(os, "umask"):
        os.umask(0o077)  # what is written is the user's own business
    args = cli.parse(sys.argv[1:] if argv is None else argv)
    if args.command is None:
        return _open(args)
    if args.command == "tour":
        return _tour(args)
    return cli.run(args)


def build_window(
    folder: Path,
    appearance: "Appearance",
    now: Callable[[], datetime],
    now_ms: Callable[[], int],
) -> "MainWindow":
    """Return the window on a data folder, its notices set, not yet shown.

    Args:
        folder: holds the journal, the settings and the user's own routines.
        appearance: the theme in force.
        now: the time of day, aware.
        now_ms: the session's clock in milliseconds.

    """
    from PySide6.QtCore import QCoreApplication

    from itband_gui.journal.store import FILE_NAME, LoadCode, Store
    from itband_gui.leg.drawing import load_anatomy
    from itband_gui.routine.library import load_library
    from itband_gui.safety.signs import load_safety
    from itband_gui.ui.bar import Bar
    from itband_gui.ui.errors import load_text, routine_text
    from itband_gui.ui.flow import Flow, Surroundings
    from itband_gui.ui.journal_link import JournalLink
    from itband_gui.ui.main_window import MainWindow
    from itband_gui.ui.pages.guide_page import GuidePage
    from itband_gui.ui.pages.journal_page import JournalPage
    from itband_gui.ui.pages.today_page import TodayPage
    from itband_gui.ui.settings import Settings
    from itband_gui.ui.widgets.notice import Notice

    anatomy, settings = load_anatomy(), Settings(folder / SETTINGS_FILE)
    if settings.less_motion is not None:
        appearance.less_motion = settings.less_motion
    library = load_library(anatomy, folder / ROUTINES_DIR)
    store = Store(folder / FILE_NAME)
    loaded = store.load(set_aside=True)
    link = JournalLink(loaded.book, store, now)
    flow = Flow(Surroundings(link, anatomy, load_safety(), settings, appearance, now_ms))
    today = TodayPage(link, library, appearance)
    today.start_requested.connect(flow.start)
    names = (
        QCoreApplication.translate("Bar", "Today"),
        QCoreApplication.translate("Bar", "Journal"),
        QCoreApplication.translate("Bar", "Guide"),
    )
    bar = Bar(names, appearance, settings)
    journal, guide = JournalPage(link, library, appearance), GuidePage(appearance)
    window = MainWindow(bar, (today, journal, guide), guide, flow, link)
    if loaded.code is not LoadCode.SOUND and load_text(loaded):
        damage = loaded.code is not LoadCode.EDITED
        window.notify(Notice(load_text(loaded), warning=damage))
    for problem in library.problems:
        window.notify(Notice(routine_text(problem)))
    link.save()
    return window


def start_qt(arguments: list[str]) -> "QApplication":
    """Return the one QApplication, named; start it where there is none yet."""
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(arguments)
    assert isinstance(app, QApplication)  # noqa: S101 - this program makes no other kind
    app.setApplicationName("itband-gui")
    app.setApplicationDisplayName("IT Band Guide")
    app.setDesktopFileName("itband-gui")
    return app


def _open(args: Namespace) -> int:
    """Open the window and stay until it is closed."""
    if not can_open_window(os.environ) or not screen_answers(os.environ):
        cli.say(
            "There is no screen here to open a window on. "
            "`itband-gui tour DIR` plays a session into pictures instead."
        )
        return cli.BAD_USAGE
    app = start_qt(sys.argv[:1])

    from itband_gui.ui.session_clock import system_ms
    from itband_gui.ui.settings import Settings
    from itband_gui.ui.style import Appearance
    from itband_gui.ui.theme import system_theme

    folder = data_dir(args.data_dir, os.environ)
    chosen = Settings(folder / SETTINGS_FILE).theme
    appearance = Appearance(app, chosen or system_theme())
    window = build_window(folder, appearance, lambda: datetime.now().astimezone(), system_ms)
    window.show()
    return app.exec()


def _tour(args: Namespace) -> int:
    """Play a session without a screen and leave its pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(args.scale)
    app = start_qt(sys.argv[:1])

    from itband_gui.ui.style import Appearance
    from itband_gui.ui.theme import ThemeName
    from itband_gui.ui.tour import Tour, TourError

    tour = Tour(Appearance(app, ThemeName(args.theme)), build_window, args)
    try:
        pictures = tour.play()
    except TourError as error:
        cli.say(error.what_to_do)
        return cli.BAD_USAGE if error.asked_wrong else 1
    print(f"{pictures} pictures and journal.json in {args.dir}")  # noqa: T201 - the command's answer
    return 0
