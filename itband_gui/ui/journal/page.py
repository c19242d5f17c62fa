"""The Journal page: the entries, newest first, filtered, added, amended, deleted, restored."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from itband_gui.journal.changes import Change
from itband_gui.journal.entries import Entry, Kind, RestDay, Run
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.safety.signs import PresentSign, load_safety
from itband_gui.ui.check_in.warning_dialog import WarningDialog
from itband_gui.ui.journal.entry_dialog import EntryDialog, form_to_add, form_to_amend
from itband_gui.ui.journal.entry_forms import EntryForm
from itband_gui.ui.journal.list import EntryList
from itband_gui.ui.journal.list_model import EntryListModel
from itband_gui.ui.journal.other_versions import OtherVersionsDialog, count_text, undecided
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.services.minute_look import MinuteLook
from itband_gui.ui.services.run_days import RunDayError, keep_run, same_day
from itband_gui.ui.services.sign_keeper import SignKeeper
from itband_gui.ui.text.dates import number_locale
from itband_gui.ui.text.entries import said_with_day
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.choices import ChoiceMenu, Segments
from itband_gui.ui.widgets.layout import EmptyState, ScrollColumn, WrappingRow
from itband_gui.ui.widgets.notice import Notice, NoticeSlot
from itband_gui.ui.widgets.text import TextLabel


class FilterBar(QWidget):
    """A choice of leg and kind; at first, both show everything."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.legs: Segments[Leg | None] = Segments(
            [
                (None, QCoreApplication.translate("JournalFilter", "Both legs")),
                (Leg.LEFT, QCoreApplication.translate("JournalFilter", "Left")),
                (Leg.RIGHT, QCoreApplication.translate("JournalFilter", "Right")),
            ],
            QCoreApplication.translate("JournalFilter", "Show entries for"),
        )
        self.kinds: ChoiceMenu[Kind | None] = ChoiceMenu(
            list(_kinds()), QCoreApplication.translate("JournalFilter", "Show only")
        )
        self.legs.choose(None)
        self.legs.chosen.connect(self.changed)
        self.kinds.chosen.connect(self.changed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(WrappingRow([self.legs, self.kinds]))

    @property
    def leg(self) -> Leg | None:
        """The leg to show, or None for all."""
        return self.legs.value

    @property
    def kind(self) -> Kind | None:
        """The kind to show, or None for all."""
        return self.kinds.value

    @Slot()
    def clear(self) -> None:
        """Show everything."""
        self.legs.choose(None)
        self.kinds.choose(None)


def _kinds() -> Iterator[tuple[Kind | None, str]]:
    yield None, QCoreApplication.translate("JournalFilter", "Everything")
    yield Kind.RATING, QCoreApplication.translate("JournalFilter", "Ratings")
    yield Kind.SESSION, QCoreApplication.translate("JournalFilter", "Sessions")
    yield Kind.RUN, QCoreApplication.translate("JournalFilter", "Runs")
    yield Kind.ACTIVITY, QCoreApplication.translate("JournalFilter", "Activities")
    yield Kind.REST_DAY, QCoreApplication.translate("JournalFilter", "Rest days")
    yield Kind.SIGN, QCoreApplication.translate("JournalFilter", "Warning signs")


_FEWEST_LINES = 6  # least height of the list, in lines of text; our choice
_WIDTH = 140  # characters: a line longer than this is hard to follow; our choice
_ROOMY = 28  # lines of text: a lower page hides its title; our choice


class JournalPage(QWidget):
    """Shows the journal and changes it, only ever through `link`."""

    def __init__(self, link: JournalLink, library: Library, appearance: Appearance) -> None:
        super().__init__()
        self._link, self._library = link, library
        self._stale = True
        self._model = EntryListModel(library, lambda: link.today)
        self.list = EntryList(self._model, appearance)
        self.filters = FilterBar()
        self.notices = NoticeSlot()
        self.other_versions = Notice(
            "",
            ((QCoreApplication.translate("Journal", "Look at them…"), self._open_versions),),
            can_close=False,
            stays=True,
        )
        self.other_versions.hide()
        self._today = link.today  # the day that the headings go by
        self._snapshot: FileSnapshot | None = None  # whose other versions were counted
        self.count = TextLabel(name="small", wrap=False)
        self._make_buttons()
        self._make_states()
        self._lay_out()
        self._connect()

    def first_focus(self) -> QWidget:
        """Return the list, or the button that adds a first entry while it is empty."""
        self._refresh_if_stale()
        return self.list if self._states.currentWidget() is self.list else self.add_rating

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with changes made while the page was hidden."""
        super().showEvent(event)
        self._look_at_clock()
        self._refresh_if_stale()
        self._look_for_versions()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the title if the page is low, to leave room for the entries."""
        super().resizeEvent(event)
        self._title.setVisible(self.height() >= self.fontMetrics().height() * _ROOMY)

    # Building

    def _make_buttons(self) -> None:
        self.add_rating = button(
            QCoreApplication.translate("Journal", "Add a rating"),
            lambda: self._open_to_add(Kind.RATING),
            "primary",
        )
        self.add_rating.setToolTip(_keys(QKeySequence.StandardKey.New))
        self.add_run = button(
            QCoreApplication.translate("Journal", "Add a run"),
            lambda: self._open_to_add(Kind.RUN),
        )
        self.add_activity = button(
            QCoreApplication.translate("Journal", "Add an activity"),
            lambda: self._open_to_add(Kind.ACTIVITY),
        )
        self.add_rest_day = button(
            QCoreApplication.translate("Journal", "Add a rest day"),
            lambda: self._open_to_add(Kind.REST_DAY),
        )
        self.signs = button(
            QCoreApplication.translate("Journal", "Warning signs"), self._look_at_signs
        )
        self.change = button(QCoreApplication.translate("Journal", "Change…"), self._change_chosen)
        self.change.setToolTip(QCoreApplication.translate("Journal", "Enter, or a double click"))
        self.delete = button(QCoreApplication.translate("Journal", "Delete"), self._delete_chosen)
        self.delete.setToolTip(_keys(QKeySequence.StandardKey.Delete))

    def _make_states(self) -> None:
        """Build the views for entries, for none, and for when the filter hides them all."""
        self.empty = EmptyState(
            QCoreApplication.translate("Journal", "Nothing here yet"),
            QCoreApplication.translate(
                "Journal",
                "Start with a rating: how sore is your leg right now? "
                "Sessions are added here automatically.",
            ),
        )
        self.show_all = button(
            QCoreApplication.translate("Journal", "Show everything"), self.filters.clear
        )
        self.hidden = EmptyState(
            QCoreApplication.translate("Journal", "No entries of this kind"),
            QCoreApplication.translate("Journal", "There are entries, but the filter hides them."),
            self.show_all,
        )
        self._states = QStackedWidget()
        for state in (self.list, self.empty, self.hidden):
            self._states.addWidget(state)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE["l"])
        self._title = TextLabel(
            QCoreApplication.translate("Journal", "Journal"), "title", wrap=False
        )
        self._title.setContentsMargins(SPACE["xs"], 0, 0, 0)  # a bold J sticks out to the left
        head.addWidget(self._title)
        adding = (
            *(self.add_rating, self.add_run, self.add_activity, self.add_rest_day),
            self.signs,
        )
        head.addWidget(WrappingRow(adding), 1)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(SPACE["s"])
        foot.addWidget(self.count, 1)
        foot.addWidget(self.change)
        foot.addWidget(self.delete)
        column = QWidget()
        column.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDTH)
        box = QVBoxLayout(column)
        box.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addLayout(head)
        box.addWidget(self.other_versions)
        box.addWidget(self.filters)
        box.addWidget(self._states, 1)
        box.addWidget(self._foot)
        box.addWidget(self.notices)
        self._put_in(column)

    def _put_in(self, column: QWidget) -> None:
        """Centre the column on the page."""
        # The list scrolls; if not even a few of its lines fit, the whole page does.
        self._states.setMinimumHeight(_FEWEST_LINES * self.fontMetrics().lineSpacing())
        self._states.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        whole = QWidget()
        centre = QHBoxLayout(whole)
        centre.setContentsMargins(0, 0, 0, 0)
        centre.addWidget(column)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(ScrollColumn(whole))

    def _connect(self) -> None:
        self._link.changed.connect(self._journal_changed)
        self.clock = MinuteLook(self)
        self.clock.due.connect(self._look_at_clock)
        self._link.save_state_changed.connect(self._look_for_versions)
        self.filters.changed.connect(self._refresh)
        self.list.amend_requested.connect(self.open_to_amend)
        self.list.delete_requested.connect(self._delete)
        self.list.chosen_changed.connect(self._choice_changed)
        self.list.customContextMenuRequested.connect(self._show_menu)
        for keys, action in (
            (QKeySequence.StandardKey.New, self.add_rating.click),
            (QKeySequence.StandardKey.Undo, self._undo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # Showing

    @Slot()
    def _journal_changed(self) -> None:
        self.notices.clear()  # its Undo would now undo something else
        self._stale = True
        if self.isVisible():
            self._refresh()

    @Slot()
    def _look_at_clock(self) -> None:
        """Rename "Today" to "Yesterday" once a new day has begun."""
        if self.isVisible() and self._today != self._link.today:
            self._today = self._link.today
            self._model.say_anew()

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._stale = False
        self._tell_versions()
        book, kind = self._link.book, self.filters.kind
        shown = book.query(leg=self.filters.leg, kinds=None if kind is None else {kind})
        self.list.show_entries(reversed(shown))
        self.filters.setVisible(len(book) > 0)
        self._foot.setVisible(bool(shown))
        self._states.setCurrentWidget(
            self.list if shown else self.hidden if len(book) else self.empty
        )
        self.count.setText(_count(len(shown), len(book)))
        self._choice_changed()

    @Slot()
    def _look_for_versions(self) -> None:
        """Show other versions: a save may have brought some without changing any entry."""
        if self.isVisible() and self._link.book.snapshot is not self._snapshot:
            self._tell_versions()

    def _tell_versions(self) -> None:
        self._snapshot = self._link.book.snapshot
        count = sum(1 for _ in undecided(self._link.book))
        self.other_versions.text.setText(count_text(count))
        self.other_versions.setVisible(count > 0)

    @Slot()
    def _choice_changed(self) -> None:
        for each in (self.change, self.delete):
            each.setEnabled(self.list.chosen is not None)

    @Slot(QPoint)
    def _show_menu(self, where: QPoint) -> None:
        if self._model.entry_at(self.list.indexAt(where).row()) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.change.text(), self._change_chosen)
        menu.addAction(self.delete.text(), self._delete_chosen)
        menu.popup(self.list.viewport().mapToGlobal(where))

    # Changing

    def _open_to_add(self, kind: Kind) -> None:
        form = form_to_add(kind, self._link.now, self.filters.leg)
        self._open(form, self._add)

    def _look_at_signs(self) -> None:
        """Open the warning list, where signs are opened and closed by their rules."""
        safety = load_safety()
        keeper = SignKeeper(self._link, safety)

        def keep(present: tuple[PresentSign, ...]) -> None:
            kept = keeper.keep(present)
            if kept and self._model.row_of(kept[0].id) is None:
                self.filters.clear()
            if kept:
                self.list.choose(kept[0].id)
                self._tell("; ".join(map(self._words, kept)))

        WarningDialog(safety, keeper.known, self._link.now(), keep, self).open()

    @Slot(str)
    def open_to_amend(self, entry_id: str) -> None:
        """Open the form to change an entry."""
        entry = self._link.book.get(entry_id)
        if entry is not None:
            form = form_to_amend(entry, self._library, self._link.today, self._link.now)
            self._open(form, partial(self._amend, entry))

    def _open_versions(self) -> None:
        OtherVersionsDialog(self._link, self._library, self).open()

    def _open(self, form: EntryForm, keep: Callable[[Entry], object]) -> None:
        EntryDialog(form, keep, self).open()

    def _add(self, entry: Entry) -> None:
        remark = ""
        if isinstance(entry, Run):
            (kept,), remark = keep_run(self._link, entry)
        elif isinstance(entry, RestDay) and same_day(self._link, entry, Kind.RUN):
            raise RunDayError
        else:
            kept = self._link.add(entry)
        if self._model.row_of(kept.id) is None:
            self.filters.clear()  # the filter would hide it
        self.list.choose(kept.id)
        added = QCoreApplication.translate("Journal", "Added: {entry}")
        self._offer_undo(f"{added}. {remark}" if remark else added, kept)

    def _amend(self, opened: Entry, entry: Entry) -> None:
        if entry == opened:
            return  # nothing changed
        kept = self._link.amend(entry, opened)
        self.list.choose(kept.id)
        self._offer_undo(QCoreApplication.translate("Journal", "Changed: {entry}"), kept)

    @Slot(str)
    def _delete(self, entry_id: str) -> None:
        gone = self._link.remove(entry_id)
        self._offer_undo(QCoreApplication.translate("Journal", "Deleted: {entry}"), gone)

    def _change_chosen(self) -> None:
        if self.list.chosen is not None:
            self.open_to_amend(self.list.chosen)

    def _delete_chosen(self) -> None:
        if self.list.chosen is not None:
            self._delete(self.list.chosen)

    @Slot()
    def _undo(self) -> None:
        """Undo the last change and say which one it was."""
        changes = self._link.undo()
        if len(changes) > 1:
            told = QCoreApplication.translate("Journal", "Undone: {count} entries")
            self.notices.say(told.format(count=number_locale().toString(len(changes))))
        for change in changes if len(changes) == 1 else ():
            self.list.choose(change.entry.id)
            self.first_focus().setFocus()
            now = change.before or change.entry
            self.notices.say(_undone(change).format(entry=self._words(now)))

    def _offer_undo(self, sentence: str, entry: Entry) -> None:
        self._tell(sentence.format(entry=self._words(entry)))

    def _tell(self, sentence: str) -> None:
        """Say what was done and offer Undo."""
        undo = (QCoreApplication.translate("Journal", "Undo"), self._undo)
        notice = self.notices.say(sentence, undo)
        notice.buttons[0].setToolTip(_keys(QKeySequence.StandardKey.Undo))

    def _words(self, entry: Entry) -> str:
        return said_with_day(entry, self._library, self._link.today)


def _undone(change: Change) -> str:
    if change.before is None:
        return QCoreApplication.translate("Journal", "Undone: {entry}")
    if change.after is None:
        return QCoreApplication.translate("Journal", "Back in the journal: {entry}")
    return QCoreApplication.translate("Journal", "Changed back: {entry}")


def _count(shown: int, there: int) -> str:
    number = number_locale().toString
    if shown == there:
        return QCoreApplication.translate("Journal", "Entries: {count}").format(count=number(there))
    return QCoreApplication.translate("Journal", "Entries: {shown} of {count}").format(
        shown=number(shown), count=number(there)
    )


def _keys(standard: QKeySequence.StandardKey) -> str:
    return QKeySequence(standard).toString(QKeySequence.SequenceFormat.NativeText)
