"""The main window: navigation, notices and the current page."""

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from itband_gui.ui.look.keys import obey_shortcut
from itband_gui.ui.look.style import SPACE, Look, look
from itband_gui.ui.services.autosave import SaveState
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import WrappingRow
from itband_gui.ui.widgets.notice import Notice, NoticeBoard
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.window.closing import ClosingQuestion
from itband_gui.ui.window.guide_visit import GuideVisit
from itband_gui.ui.window.journal_notices import JournalNotices

if TYPE_CHECKING:
    from itband_gui.ui.guide.page import GuidePage
    from itband_gui.ui.session.flow import Flow
    from itband_gui.ui.session.page import SessionPage


class Page(IntEnum):
    """A standing page, by its place in the bar."""

    TODAY = 0
    JOURNAL = 1
    HISTORY = 2
    GUIDE = 3
    SETTINGS = 4

    @property
    def keys(self) -> str:
        """The shortcut that shows it, as Qt reads it."""
        return f"Ctrl+{self + 1}"


def page_name(page: Page) -> str:
    """Return a page's name in the bar."""
    return {
        Page.TODAY: QCoreApplication.translate("NavigationBar", "Today"),
        Page.JOURNAL: QCoreApplication.translate("NavigationBar", "Journal"),
        Page.HISTORY: QCoreApplication.translate("NavigationBar", "History"),
        Page.GUIDE: QCoreApplication.translate("NavigationBar", "Guide"),
        Page.SETTINGS: QCoreApplication.translate("NavigationBar", "Settings"),
    }[page]


ROOMY_EM = 46  # letters M: from here the names are spaced out; our choice


class NavigationBar(QFrame):
    """Chooses a page, and shows "Saved" only when everything is on the disk."""

    page_chosen = Signal(Page)

    def __init__(self) -> None:
        super().__init__()
        look(self, "bar")
        self._group = QButtonGroup(self)
        self.saved = TextLabel(name="small", wrap=False)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["l"], SPACE["s"])
        box.setSpacing(SPACE["xs"])
        for page in Page:
            made = button(page_name(page), name="nav")
            made.setCheckable(True)
            shortcut = QKeySequence(page.keys)
            made.setToolTip(shortcut.toString(QKeySequence.SequenceFormat.NativeText))
            self._group.addButton(made, page)
        box.addWidget(WrappingRow(self._group.buttons()), 1)
        box.addWidget(self.saved)
        self._group.idToggled.connect(self._toggled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the names closer together if there is little room."""
        super().resizeEvent(event)
        letters = self.width() // self.fontMetrics().horizontalAdvance("M")
        name: Look = "nav" if letters >= ROOMY_EM else "nav-tight"
        for each in self._group.buttons():
            if each.property("look") != name:
                look(each, name)

    def mark(self, page: Page) -> None:
        """Show which page is open."""
        with QSignalBlocker(self._group):
            self._group.button(page).setChecked(True)

    def _toggled(self, number: int, chosen: bool) -> None:
        if chosen:
            self.page_chosen.emit(Page(number))

    def show_save_state(self, state: SaveState) -> None:
        """Show whether everything is on the disk."""
        look(self.saved, "rest" if state.error else "small")
        if state.error:
            self.saved.setText(QCoreApplication.translate("NavigationBar", "Not saved"))
        elif state.saved:
            self.saved.setText(QCoreApplication.translate("NavigationBar", "Saved"))
        else:
            self.saved.setText(QCoreApplication.translate("NavigationBar", "Saving…"))


SMALLEST, USUAL = QSize(640, 480), QSize(1100, 760)
ROOM_SHARE = 0.95  # of the screen at most: frames and bars need the rest


@runtime_checkable
class _Page(Protocol):
    def first_focus(self) -> QWidget: ...


class MainWindow(QMainWindow):
    """Shows the standing pages with the bar, and the flow's passing pages without it.

    Args:
        bar: chooses among the standing pages.
        makers: build each standing page when it is first shown.
        make_flow: builds the flow through a session when it is first needed.
        link: the journal.

    """

    def __init__(
        self,
        bar: NavigationBar,
        makers: Mapping[Page, Callable[[], QWidget]],
        make_flow: "Callable[[], Flow]",
        link: JournalLink,
    ) -> None:
        super().__init__()
        self._make_flow = make_flow
        self._flow: Flow | None = None
        self._link = link
        self._bar = bar
        self._makers = makers
        self._pages: dict[Page, QWidget] = {}
        self._passing: QWidget | None = None
        self._session: SessionPage | None = None
        self._may_lose = False
        self._leaving = ClosingQuestion(self)
        self._visit = GuideVisit(self._guide, self._show)
        self.stack = QStackedWidget()
        self._notices = NoticeBoard()
        self.journal_notices = JournalNotices(link, self._notices)
        self._lay_out()
        self.journal_notices.entry_requested.connect(self._change_entry)
        bar.page_chosen.connect(self.show_page)
        link.save_state_changed.connect(bar.show_save_state)
        link.save_state_changed.connect(self._see_saved)
        for page in Page:
            shortcut = QShortcut(QKeySequence(page.keys), self)
            shortcut.activated.connect(lambda requested=page: self._choose(requested))
        leave = QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self)
        leave.activated.connect(self.close)
        self.setWindowTitle(QCoreApplication.translate("Window", "IT Band Guide"))
        room = self.screen().availableSize() * ROOM_SHARE
        self.setMinimumSize(SMALLEST.boundedTo(room))
        self.resize(USUAL.boundedTo(room))
        self.show_page(Page.TODAY)

    @property
    def flow(self) -> "Flow":
        """The flow through a session, built on first use."""
        if self._flow is None:
            self._flow = self._make_flow()
            self._flow.page_requested.connect(self.show_passing)
            self._flow.home_requested.connect(self.go_home)
            self._flow.told.connect(self._tell)
            self.destroyed.connect(self._flow.let_go)
        return self._flow

    @property
    def passing(self) -> QWidget | None:
        """The flow's current page, or None."""
        return self._passing

    @property
    def link(self) -> JournalLink:
        """The journal that the pages change."""
        return self._link

    @Slot(str)
    def _tell(self, text: str) -> None:  # a lambda would keep the flow alive, and the flow it
        self.notify(Notice(text))

    def notify(self, notice: Notice) -> None:
        """Show a notice above the page."""
        self._notices.put_up(notice)

    def page(self, page: Page) -> QWidget:
        """Return a standing page, built on first use."""
        if page not in self._pages:
            self._pages[page] = self._makers[page]()
            self.stack.addWidget(self._pages[page])
        return self._pages[page]

    @Slot(Page)
    def show_page(self, page: Page) -> None:
        """Show a standing page."""
        self._bar.mark(page)
        self._show(self.page(page))

    @Slot(QWidget)
    def show_passing(self, page: QWidget) -> None:
        """Show a page of the flow and hide the bar."""
        from itband_gui.ui.session.page import SessionPage  # noqa: PLC0415 - not needed at start

        self._visit.forget()
        old, self._passing = self._passing, page
        self._session = page if isinstance(page, SessionPage) else None
        self.stack.addWidget(page)
        self._bar.hide()
        if isinstance(page, SessionPage):
            page.floor_mode_requested.connect(self._floor_mode)
            page.end_requested.connect(self.ask_to_end)
            page.guide_requested.connect(lambda: self._visit.begin(page))
        else:
            self._floor_mode(on=False)
        self._show(page)
        self._drop(old)

    @Slot()
    def go_home(self) -> None:
        """Leave the flow for the first page."""
        self._visit.forget()
        old, self._passing, self._session = self._passing, None, None
        self._bar.show()
        self.show_page(Page.TODAY)
        self._drop(old)

    def flush(self) -> bool:
        """Wait until the journal is on the disk; return whether it is."""
        return self._link.flush()

    @Slot()
    def remember(self) -> None:
        """Store unsaved changes for the next start, unless the user chose to lose them."""
        if not self._may_lose:
            self._link.remember()

    @Slot()
    def settle(self) -> None:
        """Let a session's last checkpoint reach the disk before the program ends."""
        if self._flow is not None:
            self._flow.settle()

    @Slot()
    def come_forward(self) -> None:
        """Come to the front, as far as the desktop allows."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    @Slot()
    def ask_to_end(self) -> None:
        """Ask whether to end the session, which pauses meanwhile."""
        if self.flow.clock is not None:
            self._leaving.ask_to_end(self.flow.clock, self.flow.end_early)

    def changeEvent(self, event: QEvent) -> None:
        """Look for another program's entries when the window comes to the front."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._link.take_in()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find the shortcuts on every keyboard layout."""
        if not obey_shortcut(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before ending a session or losing unsaved changes."""
        if self._flow is not None and self._flow.in_session:
            self.ask_to_end()
            event.ignore()
            return
        if not self.flush() and not self._may_lose:
            self._leaving.ask_to_lose(self._lose)
            event.ignore()
            return
        super().closeEvent(event)

    @Slot(SaveState)
    def _see_saved(self, state: SaveState) -> None:
        if state.saved:
            self._leaving.nothing_to_lose()

    def _lose(self) -> None:
        self._may_lose = True
        self.close()

    def _guide(self) -> "GuidePage":
        from itband_gui.ui.guide.page import GuidePage  # noqa: PLC0415 - not needed at start

        page = self.page(Page.GUIDE)
        assert isinstance(page, GuidePage)  # noqa: S101 - built as one by its maker
        return page

    @Slot(str)
    def _change_entry(self, entry_id: str) -> None:
        """Open a journal entry, unless a session is under way."""
        from itband_gui.ui.journal.page import JournalPage  # noqa: PLC0415 - not needed at start

        self._choose(Page.JOURNAL)
        page = self.stack.currentWidget()
        if isinstance(page, JournalPage):
            page.open_to_amend(entry_id)
        else:  # reported again once that is over
            self.journal_notices.put_off_ahead()

    def _choose(self, page: Page) -> None:
        if self._passing is None:
            self.show_page(page)

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        if isinstance(page, _Page):
            page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, page: QWidget | None) -> None:
        if page is not None:
            self.stack.removeWidget(page)
            page.deleteLater()

    @Slot(bool)
    def _floor_mode(self, on: bool) -> None:
        if on != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        if self._session is not None:
            self._session.show_floor_mode(on=on)

    def _lay_out(self) -> None:
        centre = QWidget()
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar)
        box.addWidget(self._notices)
        box.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
