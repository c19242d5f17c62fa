"""A user at the settings, with a journal and copies of it on the disk."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel

from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Entry, RestDay, new_id
from itband_gui.ui.journal_file.section import JournalSection
from itband_gui.ui.services.background import Background
from itband_gui.ui.window.main_window import Page
from itband_gui.ui.window.settings_page import SettingsPage

if TYPE_CHECKING:
    from tests.ui.conftest import User

D = TypeVar("D", bound=QDialog)


@pytest.fixture(autouse=True)
def _plain_locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


class Keeper:
    """Uses the journal section of the settings with keys and clicks."""

    def __init__(self, user: "User") -> None:
        self.user = user

    @property
    def section(self) -> JournalSection:
        return self.user.page_of(SettingsPage).journal

    @property
    def backups(self) -> Backups:
        return Backups(self.user.folder / "backups")

    def open(self) -> JournalSection:
        """Open the window at the settings."""
        self.user.open()
        self.user.window.show_page(Page.SETTINGS)
        self.look()
        return self.section

    def look(self) -> None:
        """Wait until pending reads and writes are done."""
        for _ in range(4):  # what one has read, another one is asked about
            self.user.look()
            for each in self.user.window.findChildren(Background):
                assert each.settle(60)
        self.user.look()

    def press(self, *names: str) -> None:
        for name in names:
            self.user.press(name)
            self.look()

    def dialog(self, kind: type[D]) -> D:
        """Return the only open dialog of a kind."""
        self.look()
        found = [each for each in self.user.window.findChildren(kind) if each.isVisible()]
        assert len(found) == 1
        return found[0]

    def gone(self, kind: type[QDialog]) -> bool:
        return not [each for each in self.user.window.findChildren(kind) if each.isVisible()]

    def name_file(self, file: Path) -> None:
        """Name a file in the dialog that asks for one."""
        dialog = self.dialog(QFileDialog)
        dialog.fileSelected.emit(str(file))
        dialog.reject()
        self.look()

    def says(self) -> str:
        notice = self.section.notices.notice
        return notice.text.text() if notice else ""

    def reads(self) -> str:
        """Return the texts of all labels on the screen, including dialogs."""
        labels = self.user.window.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def keep(self, data: bytes, days_ago: float, why: Why = Why.TIMED) -> Path:
        """Add a copy to the backups."""
        at = self.user.clock.now() - timedelta(days=days_ago)
        copy = self.backups.keep(data, at, why)
        assert copy is not None
        return copy.path

    def ids(self) -> set[str]:
        """Return the ids in the journal's file."""
        return {entry.id for entry in self.user.journal()}


class Turnstile:
    """Lets the calls of a function through one by one."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function
        self._come, self._free = Semaphore(0), Semaphore(0)

    def __call__(self, *args: object, **named: object) -> object:
        self._come.release()
        assert self._free.acquire(timeout=60)
        return self._function(*args, **named)

    def let_through(self) -> None:
        """Let one call through that has come, or will."""
        assert self._come.acquire(timeout=60)
        self._free.release()

    def let_through_before_the_next(self) -> None:
        """Let one call through, and wait until its result is on its way and the next has come."""
        self.let_through()
        assert self._come.acquire(timeout=60)
        self._come.release()


@pytest.fixture
def keeper(user: "User") -> Keeper:
    return Keeper(user)


MakeDays = Callable[..., list[Entry]]


@pytest.fixture
def days(user: "User") -> MakeDays:
    """Return a function that makes rest days, the newest `first` days ago."""

    def make(count: int, first: int = 1) -> list[Entry]:
        now: datetime = user.clock.now()
        return [
            RestDay(id=new_id(), at=now - timedelta(days=first + number)) for number in range(count)
        ]

    return make


@pytest.fixture
def journal_of() -> Callable[[list[Entry]], bytes]:
    """Return a function that makes a journal file's bytes."""

    def make(entries: list[Entry]) -> bytes:
        book = Book()
        book.add_all(entries)
        return encode(book)

    return make
