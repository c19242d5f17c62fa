"""A user at the window: real clicks and keys, a controlled clock, a journal on the disk."""

import gc
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from itband_gui.app import build_window
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry, Moment, Rating, new_id
from itband_gui.journal.store import LoadCode, Store
from itband_gui.leg.names import Leg
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.check_in.step import CheckInDraft
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.services.context import Devices
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.session.after_page import AfterPage
from itband_gui.ui.session.page import SessionPage
from itband_gui.ui.text.qt_language import QtLanguage
from itband_gui.ui.today.page import TodayPage
from itband_gui.ui.tour import ToldClock
from itband_gui.ui.widgets.dialogs import Question
from itband_gui.ui.widgets.notice import Notice
from itband_gui.ui.window.main_window import MainWindow
from itband_gui.wording.translation import language, use

START = datetime(2026, 11, 22, 7, 10, tzinfo=timezone(timedelta(hours=1)))
TICK_MS = 250
SIZE = (800, 600)  # the smallest that the design promises; small is also quick
W = TypeVar("W", bound=QWidget)

SHORT = Path(__file__).with_name("short.toml").read_text("utf-8")


def settle_down() -> None:
    """Process all pending events."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


class User:
    """Uses one or more windows on one data folder; the last one opened is `window`."""

    def __init__(self, folder: Path, appearance: Appearance) -> None:
        self.folder = folder
        self.appearance = appearance
        self.clock = ToldClock(START)
        self.windows: list[MainWindow] = []

    @property
    def window(self) -> MainWindow:
        return self.windows[-1]

    @property
    def page(self) -> QWidget:
        """The page below the window's notices."""
        page = self.window.stack.currentWidget()
        assert page is not None
        return page

    def page_of(self, kind: type[W]) -> W:
        """Return the current page, which must be of a kind."""
        page = self.page
        assert isinstance(page, kind), f"{type(page).__name__} is shown"
        return page

    @property
    def today(self) -> TodayPage:
        return self.page_of(TodayPage)

    @property
    def check_in(self) -> CheckInPage:
        return self.page_of(CheckInPage)

    @property
    def session(self) -> SessionPage:
        return self.page_of(SessionPage)

    @property
    def after(self) -> AfterPage:
        return self.page_of(AfterPage)

    @property
    def question(self) -> Question | None:
        """The open question, if any."""
        return next((q for q in self.window.findChildren(Question) if q.isVisible()), None)

    @property
    def link(self) -> JournalLink:
        """The link through which the window's pages change the journal."""
        return self.window.link

    # Windows

    def open(self, devices: Devices | None = None) -> MainWindow:
        window = build_window(
            self.folder, self.appearance, self.clock.now, self.clock.now_ms, devices=devices
        )
        self.windows.append(window)
        window.resize(*SIZE)
        window.show()
        return self.turn_to(window)

    def turn_to(self, window: MainWindow) -> MainWindow:
        """Bring a window to the front."""
        window.activateWindow()
        self.look()
        return window

    def leave(self) -> None:
        """Close every window without a question."""
        self.look()
        for window in self.windows:
            window.hide()
            window.deleteLater()
        self.windows.clear()
        settle_down()

    def add_routine(self, name: str, text: str) -> None:
        """Add a user's routine to the data folder."""
        own = self.folder / "routines"
        own.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, encoding="utf-8")

    # Keys and clicks

    def press(
        self, *names: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press and release keys, by Qt's names without `Key_`."""
        for name in names:
            self._wake()
            window = QGuiApplication.focusWindow() or self.window.windowHandle()
            QTest.keyClick(window, key(name), modifier)
            self.look()

    def send(self, name: str, *, repeat: bool = False) -> None:
        """Press a key without releasing it; with `repeat`, as the desktop does for a held one."""
        self._wake()
        target = QApplication.focusWidget() or self.window
        modifier = Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QEvent.Type.KeyPress, key(name), modifier, "", repeat)
        QCoreApplication.sendEvent(target, event)
        self.look()

    def _wake(self) -> None:
        """Activate a window; offscreen, this does not happen when a question closes."""
        if QGuiApplication.focusWindow() is None:
            self.turn_to(self.window)

    def hold(self, name: str) -> None:
        """Hold a key until the desktop has repeated it five times."""
        self.send(name)
        for _ in range(5):
            self.send(name, repeat=True)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        where = widget.rect().center() if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
        self.look()

    def click_on(self, text: str) -> None:
        """Click the visible button with this text."""
        self.click(self.button(text))

    def button(self, text: str) -> QAbstractButton:
        found = [b for b in self._all(QAbstractButton) if text in _said_by(b)]
        assert len(found) == 1, f"{len(found)} buttons say {text!r}"
        return found[0]

    # Eyes

    def look(self) -> None:
        """Let every window show the latest changes, after waiting for the disk."""
        settle_down()
        for window in self.windows:
            window.link.settle()
        settle_down()

    def reads(self) -> str:
        """Return all texts on the screen, one label or button per line."""
        labels = [label.text() for label in self._all(QLabel)]
        return "\n".join(labels + [_said_by(b) for b in self._all(QAbstractButton)])

    def _all(self, kind: type[W]) -> list[W]:
        within: QWidget = self.question or self.window
        return [each for each in within.findChildren(kind) if each.isVisible()]

    def notices(self) -> list[str]:
        """Return the sentences above the page."""
        return [notice.text.text() for notice in self._all(Notice)]

    # Time and memory

    def let_pass(self, seconds: float) -> None:
        """Advance the clock, tick by tick."""
        for _ in range(round(seconds * 1000 / TICK_MS)):
            self.clock.ms += TICK_MS
            self.tick()

    def tick(self) -> None:
        """Make the session read the clock."""
        clock = self.window.flow.clock
        assert clock is not None
        clock.poll()
        self.link.settle()

    def journal(self) -> list[Entry]:
        """Return the file's entries, oldest first, once everything is saved."""
        self.look()
        loaded = Store(self.file).load()
        assert loaded.code in {LoadCode.SOUND, LoadCode.NEW}
        return list(loaded.book)

    @property
    def file(self) -> Path:
        return self.folder / "journal.json"

    def fill_journal(self, count: int = 3) -> None:
        """Write ratings of the last days to the file, as another program would."""
        book = Book()
        for number in range(count):
            at = self.clock.now() - timedelta(days=count - number)
            moment = Moment.OTHER
            book.add(Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=moment, score=number % 11))
        Store(self.file).save(book)

    # The way

    def go_to_check_in(self, routine: str = "first-time") -> CheckInPage:
        """Press Start for a routine; accept the disclaimer if shown."""
        today = self.today
        chosen = today.library.get(routine)
        assert chosen is not None
        today.choose(chosen)
        self.click(today.start)
        if not isinstance(self.page, CheckInPage):
            self.press("Return")
        return self.check_in

    def go_to_session(
        self, routine: str = "first-time", leg: str = "L", scores: tuple[str, ...] = ("4",)
    ) -> SessionPage:
        """Answer a check-in with keys: the leg, its scores, nothing on the warning list."""
        self.go_to_check_in(routine)
        self.press(leg, "Return", *scores, "Return")
        self.pass_the_list()
        return self.session

    def skip_to_session(
        self, routine: str = "first-time", leg: str = "L", scores: tuple[str, ...] = ("4",)
    ) -> SessionPage:
        """Begin a session as with these answers; its check-in would take three times as long."""
        chosen = self.today.library.get(routine)
        assert chosen is not None
        legs = {"L": (Leg.LEFT,), "R": (Leg.RIGHT,), "B": tuple(Leg)}[leg]
        draft = CheckInDraft(chosen, legs, dict(zip(legs, map(int, scores), strict=True)))
        self.window.flow.begin(draft, ())
        self.look()
        return self.session

    def pass_the_list(self) -> None:
        """Answer the warning list as it is; Enter first scrolls to the rest if it does not fit."""
        for _ in range(400):
            if isinstance(self.page, CheckInPage) and not self.page.advising:
                self.press("Return")

    def make_two_entries(self) -> None:
        """Make a rating and a session with a check-in and a session that is stopped at once."""
        self.go_to_session()
        self.press("S", "Return")


def _said_by(each: QAbstractButton) -> str:
    """Return a button's text, or its accessible name if it has no text."""
    return each.text() or each.accessibleName()


def key(name: str) -> Qt.Key:
    found: Qt.Key = getattr(Qt.Key, f"Key_{name}")
    return found


@pytest.fixture(scope="session")
def _one_appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, ThemeName.LIGHT)


@pytest.fixture
def appearance(_one_appearance: Appearance) -> Iterator[Appearance]:
    """Return the application's appearance, light at first."""
    less_motion = _one_appearance.less_motion
    yield _one_appearance
    _one_appearance.choose(ThemeName.LIGHT)
    _one_appearance.less_motion = less_motion


@pytest.fixture(autouse=True)
def _one_locale() -> Iterator[None]:
    """Use one locale for dates, times and numbers, whatever the machine's."""
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def _qt_language() -> Iterator[None]:
    """Translate the texts of `wording` as the window does."""
    before = language()
    use(QtLanguage())
    yield
    use(before)


@pytest.fixture(autouse=True)
def _no_window_stays() -> Iterator[None]:
    """Close windows that a test left open, so that the next one gets pointer and keys.

    The program switches automatic collection off (`ui/services/background.py`), so leftovers of a
    window would react to every save of later ones and slow them down.
    """
    yield
    for left in QApplication.topLevelWidgets():
        if left.isVisible():
            left.hide()
            left.deleteLater()
    settle_down()
    gc.collect()
    settle_down()


@pytest.fixture
def user(tmp_path: Path, appearance: Appearance) -> Iterator[User]:
    """Return a user with an empty data folder."""
    user = User(tmp_path / "data", appearance)
    yield user
    user.leave()


@pytest.fixture
def short_user(user: User) -> User:
    """Return a user whose window offers the routine `own/short`."""
    user.add_routine("short.toml", SHORT)
    user.open()
    return user


@pytest.fixture
def short() -> str:
    """Return a valid routine file."""
    return SHORT


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Use another time zone for one test."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its zone for one process")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def in_zone(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("zone", [name], indirect=True)
