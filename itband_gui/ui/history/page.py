"""The history page; all of it is made when it is first opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.days import Range
from itband_gui.routine.library import Library
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.services.minute_look import MinuteLook

if TYPE_CHECKING:
    from itband_gui.ui.history.view import HistoryView


class HistoryPage(QWidget):
    """Show the journal of `link`; `report_requested` asks for the page of a range on paper."""

    report_requested = Signal(Range)

    def __init__(self, link: JournalLink, library: Library, appearance: Appearance) -> None:
        super().__init__()
        self._made_of = (link, library, appearance)
        self._view: HistoryView | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        link.changed.connect(self._journal_changed)
        self.clock = MinuteLook(self)
        self.clock.due.connect(self._look_at_clock)

    @property
    def view(self) -> "HistoryView":
        """What the page shows; its first use makes it."""
        if self._view is None:
            from itband_gui.ui.history.view import HistoryView  # noqa: PLC0415 - only when opened

            self._view = HistoryView(*self._made_of)
            self._view.report_requested.connect(self.report_requested)
            self._box.addWidget(self._view)
        return self._view

    def first_focus(self) -> QWidget:
        """Return what is to be read first."""
        return self.view.first_focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what changed while the page was hidden; another day may have begun, too."""
        super().showEvent(event)
        self.view.refresh_if_stale()

    @Slot()
    def _look_at_clock(self) -> None:
        if self._view is not None and self.isVisible():
            self._view.refresh_if_stale()

    @Slot()
    def _journal_changed(self) -> None:
        if self._view is not None:
            self._view.take_change(at_once=self.isVisible())
