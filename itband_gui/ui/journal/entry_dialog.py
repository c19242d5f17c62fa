"""The dialog that adds or amends one entry; it stays open until the journal accepts it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.journal.entries import (
    RUN_MINUTES,
    SCORE,
    Activity,
    Entry,
    Kind,
    Moment,
    Rating,
    RestDay,
    Run,
    Session,
    Sign,
    Sport,
    new_id,
)
from itband_gui.journal.validation import EntryInvalidError
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.ui.journal.entry_forms import (
    ActivityForm,
    EntryForm,
    Now,
    PlainForm,
    RatingForm,
    RunForm,
    SignForm,
)
from itband_gui.ui.look.keys import is_answer, key_meant
from itband_gui.ui.look.style import SPACE, look
from itband_gui.ui.services.run_days import RunDayError
from itband_gui.ui.text import entries
from itband_gui.ui.text.entries import said
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.dialogs import ask_to_discard
from itband_gui.ui.widgets.layout import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.saving import entry_fault_text

_WIDTH = 120  # characters
_SHARE = 0.94  # largest share of the window behind it


class EntryDialog(QDialog):
    """Show a form; Save passes the entry to `keep`, and closes unless it raises."""

    def __init__(self, form: EntryForm, keep: Callable[[Entry], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.form, self._keep = form, keep
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(form.title)
        self.reason = TextLabel(name="small")
        self.save = button(
            QCoreApplication.translate("EntryDialog", "Save"), self.accept, "primary"
        )
        self.save.setDefault(True)
        self.save.setToolTip(
            QCoreApplication.translate("EntryDialog", "Enter; Ctrl+Enter in the note")
        )
        self.cancel = button(QCoreApplication.translate("EntryDialog", "Cancel"), self.reject)
        self.cancel.setToolTip(QCoreApplication.translate("EntryDialog", "Esc"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._save_if_allowed)
        self._lay_out(parent.window().size())
        form.changed.connect(self._judge)
        self._judge()
        form.first_focus().setFocus()

    def accept(self) -> None:
        """Pass the entry on; say why if it is refused."""
        try:
            self._keep(self.form.entry())
        except EntryInvalidError as error:
            self._refuse(entry_fault_text(error.code, error.field, error.allowed))
        except RunDayError:
            self._refuse(entries.run_day())
        else:
            super().accept()

    def reject(self) -> None:
        """Close; ask before discarding an edited note."""
        if self.form.note.edited:
            question = QCoreApplication.translate("EntryDialog", "Discard what you typed?")
            ask_to_discard(self, question, self._discard)
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the form its single keys first."""
        if not (is_answer(event) and self.form.take_key(key_meant(event))):
            super().keyPressEvent(event)

    def _lay_out(self, window: QSize) -> None:
        """Lay the dialog out as large as the form needs, but smaller than the window behind."""
        foot = QHBoxLayout()
        foot.setSpacing(SPACE["s"])
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        scroll = ScrollColumn(self.form)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["l"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(TextLabel(self.form.title, "headline"))
        box.addWidget(scroll, 1)
        box.addLayout(foot)
        width = min(self.fontMetrics().averageCharWidth() * _WIDTH, round(window.width() * _SHARE))
        form = self.form.heightForWidth(width - SPACE["xl"] - SPACE["l"])
        rest = box.sizeHint().height() - scroll.sizeHint().height()
        self.resize(width, min(form + rest, round(window.height() * _SHARE)))

    @Slot()
    def _judge(self) -> None:
        """Say what is missing, without repeating what a field itself says."""
        look(self.reason, "small")
        self.reason.setText(self.form.missing())
        self.save.setEnabled(not self.form.refusal)

    @Slot()
    def _save_if_allowed(self) -> None:
        if self.save.isEnabled():
            self.accept()

    def _refuse(self, reason: str) -> None:
        look(self.reason, "rest")
        self.reason.setText(reason)

    @Slot()
    def _discard(self) -> None:
        super().reject()


def form_to_add(kind: Kind, now: Now, leg: Leg | None = None) -> EntryForm:
    """Return an empty form for a new entry; for a rating, `leg` is preset if given.

    Raises:
        ValueError: users do not add this kind; the program does.

    """
    at, entry_id = now(), new_id()
    match kind:
        case Kind.RATING:
            title = QCoreApplication.translate("EntryForms", "Add a rating")
            draft = Rating(id=entry_id, at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=0)
            form = RatingForm(title, draft, now, new=True)
            if leg is not None:
                form.leg.choose(leg)
            return form
        case Kind.RUN:
            title = QCoreApplication.translate("EntryForms", "Add a run")
            run = Run(id=entry_id, at=at, minutes=RUN_MINUTES.low, effort=SCORE.low)
            return RunForm(title, run, now, new=True)
        case Kind.ACTIVITY:
            title = QCoreApplication.translate("EntryForms", "Add an activity")
            done = Activity(
                id=entry_id,
                at=at,
                sport=Sport.OTHER,
                minutes=RUN_MINUTES.low,
                effort=SCORE.low,
            )
            return ActivityForm(title, done, now, new=True)
        case Kind.REST_DAY:
            title = QCoreApplication.translate("EntryForms", "Add a rest day")
            return PlainForm(title, RestDay(id=entry_id, at=at), "", now)
    raise ValueError(kind)


def form_to_amend(entry: Entry, library: Library, today: date, now: Now) -> EntryForm:
    """Return a form filled in from an entry."""
    match entry:
        case Rating():
            title = QCoreApplication.translate("EntryForms", "Change a rating")
            return RatingForm(title, entry, now, new=False)
        case Run():
            title = QCoreApplication.translate("EntryForms", "Change a run")
            return RunForm(title, entry, now, new=False)
        case Activity():
            title = QCoreApplication.translate("EntryForms", "Change an activity")
            return ActivityForm(title, entry, now, new=False)
        case RestDay():
            title = QCoreApplication.translate("EntryForms", "Change a rest day")
            return PlainForm(title, entry, "", now)
        case Session():
            title = QCoreApplication.translate("EntryForms", "Change a session's time or note")
            return PlainForm(title, entry, said(entry, library, today).whole, now)
        case Sign():
            return SignForm(QCoreApplication.translate("EntryForms", "Warning sign"), entry, now)
