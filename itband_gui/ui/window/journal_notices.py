"""Shows notices about the journal's file: not saved, changed by others, entries to bring back."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from itband_gui.journal.acknowledged import Missed
from itband_gui.journal.entries import Entry
from itband_gui.journal.recovery import RecoveryOption, RecoverySource
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.siblings import Fate, SiblingJournal
from itband_gui.ui.services.autosave import SaveState
from itband_gui.ui.services.journal_link import ExternalChanges, JournalLink
from itband_gui.ui.services.minute_look import MinuteLook
from itband_gui.ui.text.saving import (
    backup_text,
    external_text,
    missed_text,
    option_text,
    unsaved_text,
)
from itband_gui.ui.widgets.notice import Notice, NoticeBoard
from itband_gui.wording.notices import ahead_of, ahead_text, sibling_sentences
from itband_gui.wording.plain import one_line
from itband_gui.wording.saving import unlocked_text, unremembered_text

_Actions = tuple[tuple[str, Callable[[], object]], ...]


class JournalNotices(QObject):
    """Shows each notice once; if the same happens again, its text changes.

    `entry_requested` carries the id of an entry to change.
    """

    entry_requested = Signal(str)

    def __init__(self, link: JournalLink, board: NoticeBoard) -> None:
        super().__init__(board)
        self._link = link
        self._board = board
        self._up: dict[str, Notice] = {}
        self._ahead: list[str] = []  # ids of the future entries already reported
        self._news = ExternalChanges()  # everything in the current notice about it
        self._missed = Missed()  # likewise
        self._beside = tuple[SiblingJournal, ...]()  # likewise
        self._offers: dict[str, RecoveryOption] = {}
        link.save_state_changed.connect(self._tell_save_state)
        link.locked.connect(self._tell_locked)
        link.changed_elsewhere.connect(self._tell_news)
        link.put_back.connect(self._tell_put_back)
        link.beside.connect(self._tell_beside)
        link.changed.connect(self.tell_ahead)
        self.clock = MinuteLook(board)
        self.clock.due.connect(self.tell_ahead)
        link.backup_failed.connect(self._tell_no_backup)
        link.unlocked.connect(self._tell_unlocked, Qt.ConnectionType.SingleShotConnection)
        link.unremembered.connect(self._tell_unremembered, Qt.ConnectionType.SingleShotConnection)

    @Slot()
    def tell_ahead(self) -> None:
        """Report future entries, once for the same ones, or stop if there are none any more."""
        now = self._link.now()
        found = ahead_of(self._link.book, now)
        if not found:
            self._take_down("ahead")
        ids = [entry.id for entry in found]
        if found and ids != self._ahead:
            change = (QCoreApplication.translate("Window", "Change the date…"), self._wish_first)
            self._say("ahead", ahead_text(found, now), (change,))
        self._ahead = ids

    @Slot()
    def _tell_no_backup(self) -> None:  # a lambda would keep the link alive, and the link it
        self._say("backup", backup_text())

    def put_off_ahead(self) -> None:
        """Report them again next time, as the user could not act on them now."""
        self._ahead = []

    def _wish_first(self) -> None:
        for entry in ahead_of(self._link.book, self._link.now())[:1]:
            self.entry_requested.emit(entry.id)

    def offer(self, recovery_options: Iterable[RecoveryOption]) -> None:
        """Offer the entries that the newest copy has and the journal does not.

        Other journals in the folder are offered too if they have entries not offered before.
        """
        shown, has_copy = set[str](), False
        for offer in recovery_options:
            more, is_copy = self._missing(offer), offer.source is not RecoverySource.BESIDE
            ids = {entry.id for entry in more}
            if offer.at is None or ids <= shown or (is_copy and has_copy):
                continue
            shown, has_copy = shown | ids, has_copy or is_copy
            bring = partial(self._bring, offer)
            actions = ((QCoreApplication.translate("Window", "Bring them back"), bring),)
            key = f"offer {len(self._offers)}"
            self._offers[key] = offer
            self._say(key, option_text(offer, len(more), self._link.now()), actions)

    def _bring(self, offer: RecoveryOption) -> None:
        """Bring back the entries of one offer; others may then offer fewer, or none."""
        self._link.bring_back(self._missing(offer))
        for key, other in self._offers.items():
            more = self._missing(other)
            if not more:
                self._take_down(key)
            elif key in self._up:
                self._say(key, option_text(other, len(more), self._link.now()))

    def _missing(self, offer: RecoveryOption) -> list[Entry]:
        return [entry for entry in offer.missing if entry.id not in self._link.book]

    def _take_down(self, key: str) -> None:
        if key in self._up:
            self._up.pop(key).deleteLater()

    @Slot(SaveState)
    def _tell_save_state(self, state: SaveState) -> None:
        key = _key(state.error)
        over = {"unsaved", "shrunk"} - {key}
        if not state.saved:
            over.add("locked")  # the outcome of a save says more
        for other in over:
            self._take_down(other)
        if state.error is not None:
            actions = self._ways_out(state.error)
            self._say(key, unsaved_text(state.error), actions, warning=True, stays=True)

    @Slot(Path)
    def _tell_locked(self, folder: Path) -> None:
        text = QCoreApplication.translate(
            "Window",
            "Nothing can be saved: the folder {folder} cannot be written to. Allow writing there "
            "before you start.",
        )
        self._say("locked", text.format(folder=folder), warning=True)

    @Slot()
    def _tell_unlocked(self) -> None:
        self._say("unlocked", unlocked_text())

    @Slot()
    def _tell_unremembered(self) -> None:
        self._say("unremembered", unremembered_text())

    def _ways_out(self, error: NotSavedError) -> _Actions:
        save = self._link.answer_shrink
        if error.code is NotSavedCode.SHRINK:
            return (
                (
                    QCoreApplication.translate("Window", "Put them back"),
                    partial(save, bring_back=True),
                ),
                (
                    QCoreApplication.translate("Window", "Remove them"),
                    partial(save, bring_back=False),
                ),
            )
        return ((QCoreApplication.translate("Window", "Try again"), self._link.save),)

    @Slot(ExternalChanges)
    def _tell_news(self, news: ExternalChanges) -> None:
        self._news = self._news + news if "news" in self._up else news
        text = external_text(self._news)
        if text:
            self._say("news", text)

    @Slot(Missed)
    def _tell_put_back(self, missed: Missed) -> None:
        self._missed = self._missed | missed if "missed" in self._up else missed
        self._say("missed", missed_text(self._missed))

    @Slot(tuple)
    def _tell_beside(self, found: tuple[SiblingJournal, ...]) -> None:
        known = self._beside if "beside" in self._up else ()
        news = {each.path for each in found}
        known = tuple(each for each in known if each.path not in news)
        # Files left from before the journal was started are offered elsewhere.
        self._beside = known + tuple(each for each in found if each.fate is not Fate.LEFT)
        if self._beside:
            self._say("beside", " ".join(sibling_sentences(self._beside, one_line)))

    def _say(
        self,
        key: str,
        text: str,
        actions: _Actions = (),
        *,
        warning: bool = False,
        stays: bool = False,
    ) -> None:
        """Show a notice, or change the text of the one shown, which may have the focus."""
        known = self._up.get(key)
        if known is not None:
            known.text.show_text(text)
            return
        notice = Notice(text, actions, warning=warning, can_close=not stays, stays=stays)
        self._up[key] = notice
        notice.destroyed.connect(lambda: self._forget(key, notice))
        self._board.put_up(notice)

    def _forget(self, key: str, notice: Notice) -> None:
        if self._up.get(key) is notice:
            del self._up[key]


def _key(error: NotSavedError | None) -> str:
    if error is None:
        return ""
    return "shrunk" if error.code is NotSavedCode.SHRINK else "unsaved"
