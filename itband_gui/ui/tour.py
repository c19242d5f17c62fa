"""Plays a session through the real pages, engine and journal, and takes screenshots.

It is faster than real time, as it sets the clock itself. Everything else is as for a user: it
presses keys instead of calling methods.
"""

import os
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.journal.sync_tools import backups_dir
from itband_gui.leg.drawing import load_anatomy
from itband_gui.machine.folders import SETTINGS_FILE, STATE_DIR, user_state_dir
from itband_gui.routine.library import load_library
from itband_gui.routine.model import Routine
from itband_gui.routine.plan import Phase
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.session.after_page import AfterPage
from itband_gui.ui.session.flow import Flow
from itband_gui.ui.session.panel import Flash
from itband_gui.ui.today.page import TodayPage
from itband_gui.ui.window.main_window import MainWindow, Page

TICK_MS = 250
MARKER = ".itband-tour"  # marks the folder of an earlier tour, which may be overwritten
_KEYS = {"left": Qt.Key.Key_L, "right": Qt.Key.Key_R, "both": Qt.Key.Key_B}


class TourError(Exception):
    """The tour cannot be played; `what_to_do` is one sentence for the user.

    `asked_wrong` is true if the arguments are at fault and not the disk.
    """

    def __init__(self, what_to_do: str, *, asked_wrong: bool = False) -> None:
        super().__init__(what_to_do)
        self.what_to_do = what_to_do
        self.asked_wrong = asked_wrong


class BuildWindow(Protocol):
    """The signature of the function with which `app` builds the window."""

    def __call__(
        self,
        folder: Path,
        appearance: Appearance,
        now: Callable[[], datetime],
        now_ms: Callable[[], int],
        *,
        remembers: bool,
    ) -> MainWindow:
        """Return a window on a folder, not yet shown."""
        ...


@dataclass
class ToldClock:
    """A clock that stands still until it is moved."""

    start: datetime = field(
        default_factory=lambda: datetime.now().astimezone() - timedelta(hours=1)
    )
    ms: int = 0

    def now(self) -> datetime:
        """Return the time of day."""
        return self.start + timedelta(milliseconds=self.ms)

    def now_ms(self) -> int:
        """Return the session's time in milliseconds."""
        return self.ms


class Tour:
    """Screenshots of one session, from the empty window to the journal.

    Args:
        appearance: the theme of the screenshots.
        build: builds a window on a folder.
        options: `dir`, `size`, `routine` and `leg` of the command line.

    """

    def __init__(self, appearance: Appearance, build: BuildWindow, options: Namespace) -> None:
        self._appearance = appearance
        self._build = build
        self._dir: Path = options.dir
        self._size: tuple[int, int] = options.size
        self._routine: str | None = options.routine
        self._leg: str = options.leg
        self._clock = ToldClock()
        self._pictures = 0

    def play(self) -> int:
        """Play everything and return the number of screenshots.

        Raises:
            TourError: the folder holds something else, or there is no such routine.

        """
        routine = self._find_routine()
        self._clear()
        window = self._window(self._dir)
        self._check_in(window, routine)
        self._session(window)
        self._after(window)
        self._journal(window)
        window.close()
        window.flow.settle()
        for file in (SETTINGS_FILE, "journal.json.bak"):
            (self._dir / file).unlink(missing_ok=True)
        rmtree(backups_dir(self._dir, user_state_dir(os.environ)), ignore_errors=True)
        for emptied in (self._dir / STATE_DIR / "sessions", self._dir / STATE_DIR):
            emptied.rmdir()
        with TemporaryDirectory() as folder:
            self._side_ways(Path(folder))
        return self._pictures

    # The tour

    def _find_routine(self) -> Routine:
        """Return the requested routine, before anything is written."""
        library = load_library(load_anatomy(), None)
        name = self._routine or ("full" if self._leg == "both" else "first-time")
        found = library.get(name)
        if found is None:
            names = ", ".join(routine.id for routine in library.routines)
            raise TourError(
                f"There is no routine {name!r}. Choose from: {names}.", asked_wrong=True
            )
        return found

    def _check_in(self, window: MainWindow, chosen: Routine) -> None:
        self._take(window, "today-empty")
        today = window.findChild(TodayPage)
        assert today is not None  # noqa: S101 - every window has one
        today.choose(chosen)
        self._press(window, Qt.Key.Key_Space)
        self._take(window, "disclaimer")
        self._press(window, Qt.Key.Key_Return)
        self._take(window, "check-in-leg")
        one_leg = chosen.one_leg and self._leg == "both"
        self._press(window, _KEYS["left" if one_leg else self._leg], Qt.Key.Key_Return)
        self._press(window, Qt.Key.Key_Space, Qt.Key.Key_4, Qt.Key.Key_3)
        self._take(window, "check-in-where")
        self._press(window, Qt.Key.Key_Return)
        self._take(window, "check-in-signs")
        self._answer(window)

    def _session(self, window: MainWindow) -> None:
        """Run the session, with a screenshot of each kind of phase and of the controls."""
        seen: set[object] = set()
        flow = window.flow
        while flow.in_session:
            phase, offset_ms = _where(flow)
            kind = (phase.kind, phase.leg, phase.work and phase.work.zones)
            if kind not in seen and offset_ms >= _telling_ms(phase):
                seen.add(kind)
                zone = f"-{phase.work.zones[0]}" if phase.work else ""
                self._take(window, f"session-{phase.leg}-{phase.kind}{zone}")
                if len(seen) == 3:
                    self._controls(window)
            self._tick(flow)

    def _controls(self, window: MainWindow) -> None:
        self._press(window, Qt.Key.Key_Space)
        self._take(window, "session-paused")
        self._press(window, Qt.Key.Key_Space, Qt.Key.Key_F)
        window.resize(*self._size)  # the offscreen platform's screen is another size
        self._tick(window.flow)
        self._take(window, "session-floor-mode")
        self._press(window, Qt.Key.Key_F)

    def _after(self, window: MainWindow) -> None:
        page = window.passing
        assert isinstance(page, AfterPage)  # noqa: S101 - the flow's page after a session
        self._take(window, "after")
        self._press(window, Qt.Key.Key_3, Qt.Key.Key_2)
        self._take(window, "after-rated")
        self._press(window, Qt.Key.Key_Return)

    def _journal(self, window: MainWindow) -> None:
        self._take(window, "today")
        for page in (Page.JOURNAL, Page.HISTORY, Page.GUIDE, Page.SETTINGS):
            window.show_page(page)
            self._take(window, page.name.lower())

    def _side_ways(self, folder: Path) -> None:
        """Show, with a separate journal, signs that block a session and a stop."""
        window = self._window(folder)
        window.show_page(Page.JOURNAL)
        self._take(window, "journal-empty")
        window.show_page(Page.TODAY)
        self._press(window, Qt.Key.Key_Space, Qt.Key.Key_Return)
        self._press(window, Qt.Key.Key_L, Qt.Key.Key_Return, Qt.Key.Key_4, Qt.Key.Key_Return)
        for sign in ("blood-thinners", "clot"):
            page = window.passing
            assert isinstance(page, CheckInPage)  # noqa: S101 - still at its last question
            page.signs.rows[sign].box.click()
            self._answer(window)
            self._take(window, f"advice-{sign}")
            self._press(window, Qt.Key.Key_Escape)
            page.signs.rows[sign].box.click()
        self._answer(window)
        for _ in range(200):
            self._tick(window.flow)
        self._press(window, Qt.Key.Key_E)
        self._take(window, "session-easier")
        self._press(window, Qt.Key.Key_S)
        self._take(window, "stopped")
        self._press(window, Qt.Key.Key_3)
        self._take(window, "stopped-knee")
        self._press(window, Qt.Key.Key_Return)
        self._take(window, "today-after-stop")
        window.close()

    # Helpers

    def _window(self, folder: Path) -> MainWindow:
        clock = self._clock
        window = self._build(folder, self._appearance, clock.now, clock.now_ms, remembers=False)
        window.resize(*self._size)
        window.show()
        window.activateWindow()
        return window

    def _tick(self, flow: Flow) -> None:
        self._clock.ms += TICK_MS
        if flow.clock is not None:
            flow.clock.poll()

    def _press(self, window: MainWindow, *keys: Qt.Key) -> None:
        for key in keys:
            QCoreApplication.processEvents()
            target: QWidget = QApplication.focusWidget() or window
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
                QCoreApplication.sendEvent(target, event)
        QCoreApplication.processEvents()

    def _answer(self, window: MainWindow) -> None:
        """Press Enter through every page of the warning list until it is answered."""
        page = window.passing
        while page is window.passing and isinstance(page, CheckInPage) and not page.advising:
            self._press(window, Qt.Key.Key_Return)

    def _take(self, window: MainWindow, name: str) -> None:
        window.flush()  # so that the bar always says "Saved"
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for _ in range(3):  # a page built when first shown needs several turns to lay itself out
            QCoreApplication.processEvents()
        for flash in window.findChildren(Flash):  # fades in real time, which hardly passes here
            flash.hide()
        self._pictures += 1
        file = self._dir / f"{self._pictures:02}-{name}.png"
        if not window.grab().save(str(file)):
            raise TourError(f"The picture {file} could not be written.")

    def _clear(self) -> None:
        """Empty the folder, which must be new, empty, or an earlier tour's."""
        marker = self._dir / MARKER
        try:
            self._dir.mkdir(parents=True, exist_ok=True)
            found = list(self._dir.iterdir())
            if found and not marker.exists():
                what_to_do = f"{self._dir} is not empty. Name a new or an empty folder."
                raise TourError(what_to_do, asked_wrong=True)
            for file in (*self._dir.glob("[0-9][0-9]-*.png"), *self._dir.glob("journal*")):
                file.unlink()
            # Left by an interrupted tour: its session would be offered again.
            (self._dir / SETTINGS_FILE).unlink(missing_ok=True)
            for folder in (
                self._dir / STATE_DIR,
                backups_dir(self._dir, user_state_dir(os.environ)),
            ):
                if folder.exists():
                    rmtree(folder)
            marker.touch()
        except OSError as error:
            raise TourError(f"{self._dir} cannot be used: {error.strerror}.") from error


def _where(flow: Flow) -> tuple[Phase, int]:
    assert flow.clock is not None  # noqa: S101 - asked only during a session
    position = flow.clock.position
    return position.phase, position.offset_ms


def _telling_ms(phase: Phase) -> int:
    """Return the best instant for a screenshot of the phase: the hand half-way down."""
    if not phase.strokes:
        return phase.length_ms // 3
    stroke = phase.strokes[min(1, len(phase.strokes) - 1)]
    return (stroke.start_ms + stroke.turn_ms) // 2
