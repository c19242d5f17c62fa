"""Changes that the Today page makes to the journal, each confirmed in a notice with Undo."""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from itband_gui.insight.questions import MorningQuestion, NewSignQuestion, RunQuestion, SignQuestion
from itband_gui.journal.entries import (
    Entry,
    Kind,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Sign,
    new_id,
)
from itband_gui.routine.library import Library
from itband_gui.safety.open_signs import SignState
from itband_gui.safety.signs import PresentSign, Safety
from itband_gui.ui.services.autosave import SaveState
from itband_gui.ui.services.context import AppContext
from itband_gui.ui.text.entries import said_with_day
from itband_gui.ui.widgets.notice import NoticeSlot
from itband_gui.wording.questions import Question


class TodayActions(QObject):
    """Changes the journal for the page and confirms it in `notices`.

    `told` is emitted when there is a new notice, `undone` after an undo.
    """

    told = Signal()
    undone = Signal()

    def __init__(self, context: AppContext, library: Library, page: QWidget) -> None:
        super().__init__(page)  # disconnects when the page is gone
        self._link, self._settings = context.link, context.settings
        self._safety: Safety = context.safety
        self._library = library
        self._way_back: Callable[[], object] | None = None
        self._unsaved: tuple[str, str] | None = None  # the notice's words, until it is saved
        self._told = self._refusal = ""  # what can be undone, and a refusal since then
        self._link.save_state_changed.connect(self._tell_saved)
        self.notices = NoticeSlot()
        self.notices.hide()

    # What is due

    def rate_morning(self, question: MorningQuestion, score: int) -> None:
        """Save how sore a leg was on this morning's first steps."""
        rating = Rating(
            id=new_id(),
            at=self._link.now(),
            leg=question.leg,
            moment=Moment.MORNING,
            score=score,
            session=question.session.id,
        )
        self._keep([rating])

    def rate_run(self, question: RunQuestion, score: int) -> None:
        """Save how sore it got on the run."""
        self._keep((), [replace(question.run, worst=score)])

    def resolve(self, sign: Sign, resolution: Resolution) -> None:
        """Save that a warning sign is resolved as of now."""
        over = max(self._link.now(), sign.at)  # the clock may have been set back
        self._keep((), [replace(sign, resolved=over, resolution=resolution)])

    def open_sign(self, question: NewSignQuestion) -> None:
        """Open a sign the question asked about, on the leg of the rating that pointed to it."""
        rule = self._safety.sign(question.sign_id)
        leg = question.rating.leg if rule is not None and rule.leg else None
        self._keep([Sign(id=new_id(), at=self._link.now(), sign=question.sign_id, leg=leg)])

    def put_away(self, question: Question) -> None:
        """Stop asking a question; a question about an open sign returns tomorrow."""
        before = self._settings.put_away
        self._settings.remember(question.key)

        def bring_back() -> None:
            self._settings.put_away = before

        if isinstance(question, SignQuestion) and question.standing.standing is SignState.UNSEEN:
            text = QCoreApplication.translate("Today", "Not yet. You’ll be asked again tomorrow.")
        elif isinstance(question, SignQuestion):
            text = QCoreApplication.translate(
                "Today", "Still there. You’ll be asked again tomorrow."
            )
        elif isinstance(question, NewSignQuestion):
            text = QCoreApplication.translate(
                "Today", "Not there. You’ll be asked again only if a new rating points to it."
            )
        else:
            text = QCoreApplication.translate("Today", "Skipped.")
        self._say(text, bring_back)

    # What can be logged at any time

    def take_rest_day(self) -> None:
        """Log today as a rest day, unless it is one already or has a run."""
        from itband_gui.ui.services.run_days import same_day  # noqa: PLC0415 - when it is pressed

        rest_day = RestDay(id=new_id(), at=self._link.now())
        if same_day(self._link, rest_day, Kind.RUN):
            self._refuse(
                QCoreApplication.translate(
                    "Today", "You logged a run today. Tomorrow can be a rest day."
                )
            )
        elif same_day(self._link, rest_day, Kind.REST_DAY):
            self._refuse(QCoreApplication.translate("Today", "Today is already a rest day."))
        else:
            self._keep([rest_day])

    def add(self, kind: Kind, page: QWidget) -> None:
        """Open the form for a run or an activity in a dialog over the page."""
        from itband_gui.ui.journal.entry_dialog import (  # noqa: PLC0415 - imported when it is opened
            EntryDialog,
            form_to_add,
        )

        form = form_to_add(kind, self._link.now)
        _open(EntryDialog(form, self._keep_typed, page), page)

    def look_at_signs(self, page: QWidget) -> None:
        """Show the warning list in a dialog over the page."""
        from itband_gui.ui.check_in.warning_dialog import (  # noqa: PLC0415 - imported when it is opened
            WarningDialog,
        )
        from itband_gui.ui.services.sign_keeper import (  # noqa: PLC0415 - imported when it is opened
            SignKeeper,
        )

        keeper = SignKeeper(self._link, self._safety)

        def keep(present: tuple[PresentSign, ...]) -> None:
            self._tell_kept(keeper.keep(present))

        _open(WarningDialog(self._safety, keeper.known, self._link.now(), keep, page), page)

    # Notices and undo

    @Slot()
    def undo(self) -> None:
        """Undo the change that the notice confirms, while it is shown."""
        back, self._way_back = self._way_back, None
        if back is not None:
            back()
            self._tell(QCoreApplication.translate("Today", "Undone."))
            self.undone.emit()

    @Slot()
    def forget(self) -> None:
        """Close the notice: its Undo would now undo something else."""
        self._way_back = self._unsaved = None
        self._told = self._refusal = ""
        self.notices.clear()
        self.notices.hide()

    def _keep_typed(self, entry: Entry) -> None:
        from itband_gui.ui.services.run_days import keep_run  # noqa: PLC0415 - when one is typed

        if isinstance(entry, Run):
            self._tell_kept(*keep_run(self._link, entry))
        else:
            self._keep([entry])

    def _keep(self, new: Iterable[Entry], amended: Iterable[Entry] = ()) -> None:
        self._tell_kept(self._link.take(new, amended))

    def _tell_kept(self, kept: Sequence[Entry], remark: str = "") -> None:
        """Confirm what the journal holds in memory now, and later that it is on the disk."""
        if not kept:
            return
        words = "; ".join(said_with_day(entry, self._library, self._link.today) for entry in kept)
        self._say(_noted(self._link.save_state, words, remark), self._link.undo)
        self._unsaved = words, remark

    @Slot(SaveState)
    def _tell_saved(self, state: SaveState) -> None:
        if self._unsaved is not None:
            self._told = _noted(state, *self._unsaved)
            self.notices.say_instead(f"{self._refusal} {self._told}".lstrip())
            if state.saved:
                self._unsaved = None

    def _say(self, text: str, back: Callable[[], object]) -> None:
        self._tell(text, (QCoreApplication.translate("Today", "Undo"), self.undo))
        self._way_back, self._told = back, text

    def _refuse(self, reason: str) -> None:
        """Say why nothing was done; an earlier change can still be undone."""
        if self._way_back is None:
            self._tell(reason)
        else:
            self._refusal = reason
            self.notices.say_instead(f"{reason} {self._told}")

    def _tell(self, text: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        self.forget()
        notice = self.notices.say(text, action)
        notice.buttons[-1].clicked.connect(self.forget)  # Close
        self.notices.show()
        self.told.emit()


def _noted(state: SaveState, entries: str, remark: str) -> str:
    """Return whether entries are saved, being saved or not saved; "Noted" means on the disk."""
    if state.saved:
        noted = QCoreApplication.translate("Today", "Noted: {entries}.").format(entries=entries)
        return f"{noted} {remark}".rstrip()
    if state.error:
        text = QCoreApplication.translate("Today", "Not saved yet: {entries}. Trying again…")
    else:
        text = QCoreApplication.translate("Today", "Saving: {entries}…")
    return text.format(entries=entries)


def _open(dialog: QDialog, page: QWidget) -> None:
    """Open a dialog; some window managers do not hand the keyboard back when it closes."""
    dialog.finished.connect(page.activateWindow)
    dialog.open()
