"""The History page, built when it is first opened."""

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
    """Shows the journal over time; `report_requested` asks for the printable report of a range."""

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
        """The page's content, built on first use."""
        if self._view is None:
            from itband_gui.ui.history.view import (  # noqa: PLC0415 - needed only once opened
                HistoryView,
            )

            self._view = HistoryView(*self._made_of)
            self._view.report_requested.connect(self.report_requested)
            self._box.addWidget(self._view)
        return self._view

    def first_focus(self) -> QWidget:
        """Return the widget that gets the focus."""
        return self.view.first_focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with changes made while the page was hidden, or with a new day."""
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
