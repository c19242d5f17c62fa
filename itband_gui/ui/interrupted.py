"""Offers a session that was interrupted: to go on with it, or to keep what was done."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot

from itband_gui.journal.entries import Entry, Session
from itband_gui.leg.names import Leg
from itband_gui.routine.plan import PhaseKind
from itband_gui.session.checkpoint import Checkpoint, Standing, standing
from itband_gui.session.checkpoint_file import CheckpointFile
from itband_gui.session.record import interrupted_entry
from itband_gui.ui.journal.sentences import duration, ended_text, legs_text
from itband_gui.ui.journal_link import JournalLink
from itband_gui.ui.widgets.notice import Notice
from itband_gui.ui.words import zones_name

if TYPE_CHECKING:
    from itband_gui.ui.flow import Flow


def interrupted_notice(
    checkpoint: Checkpoint, file: CheckpointFile, flow: "Flow", link: JournalLink
) -> Notice | None:
    """Return a notice with what can be done about an interrupted session.

    None where there is nothing to ask: a session that was over is kept at once.
    """
    if link.book.get(checkpoint.head.session) or checkpoint.snapshot.ended is not None:
        _keep(checkpoint, file, link)
        return None
    offer = _Offer(checkpoint, file, flow, link)
    save = (QCoreApplication.translate("Interrupted", "Keep what was done"), offer.keep)
    go_on = (QCoreApplication.translate("Interrupted", "Continue"), offer.go_on)
    if checkpoint.is_stale(link.now()):
        text = QCoreApplication.translate(
            "Interrupted", "A session was interrupted. What was done can go into your journal."
        )
        notice = Notice(text, (save,), can_close=False)
    else:
        question = _question(standing(checkpoint.engine(0)))
        notice = Notice(question, (go_on, save), can_close=False)
        first = notice.buttons[0]  # takes the keyboard as soon as it stands in the window
        QTimer.singleShot(0, first, lambda: first.setFocus(Qt.FocusReason.OtherFocusReason))
    offer.setParent(notice)
    flow.session_begun.connect(offer.withdraw)
    flow.session_begun.connect(notice.deleteLater)
    return notice


class _Offer(QObject):
    """What can be done with an interrupted session, once."""

    def __init__(
        self, checkpoint: Checkpoint, file: CheckpointFile, flow: "Flow", link: JournalLink
    ) -> None:
        super().__init__()
        self._checkpoint = checkpoint
        self._file = file
        self._flow = flow
        self._link = link
        self._is_open = True

    @Slot()
    def keep(self) -> None:
        """Save what was done, and say what that was once it is on the disk."""
        self._is_open = False
        kept = _keep(self._checkpoint, self._file, self._link)
        self._link.save_then(partial(_tell_kept, kept, self._flow))

    @Slot()
    def go_on(self) -> None:
        """Go on where it stood."""
        self._is_open = False
        self._flow.resume(self._checkpoint, self._file)

    @Slot()
    def withdraw(self) -> None:
        """Leave it for the next start: another session begins."""
        if self._is_open:
            self._is_open = False
            self._file.release()


def _keep(checkpoint: Checkpoint, file: CheckpointFile, link: JournalLink) -> Entry:
    """Save what was done and return it; the checkpoint goes once that is on the disk."""
    kept = link.book.get(checkpoint.head.session)
    if kept is None:
        kept = link.add(interrupted_entry(checkpoint, link.now()))
    link.save_then(lambda saved: file.remove() if saved else file.release())
    return kept


def _tell_kept(kept: Entry, flow: "Flow", saved: bool) -> None:
    """Say what is in the journal now; where it is not saved, a notice of its own tells that."""
    if saved and isinstance(kept, Session):
        text = QCoreApplication.translate(
            "Interrupted",
            "Noted: Session, {legs}, {time} hands on, {ended}. It is in your journal.",
        )
        flow.told.emit(
            text.format(
                legs=legs_text(kept.legs),
                time=duration(kept.hands_on_seconds),
                ended=ended_text(kept.ended),
            )
        )


def _question(where: Standing) -> str:
    """Return "Continue with the left leg, set 3 of 5?", in the words for where it stands."""
    leg = {
        Leg.LEFT: QCoreApplication.translate("Interrupted", "the left leg"),
        Leg.RIGHT: QCoreApplication.translate("Interrupted", "the right leg"),
    }[where.leg]
    if where.kind is PhaseKind.SET:
        text = QCoreApplication.translate(
            "Interrupted",
            "Your session was interrupted. Continue with {leg}, {zone}, set {number} of {count}?",
        )
        return text.format(
            leg=leg, zone=zones_name(where.zones), number=where.set_number, count=where.set_count
        )
    text = QCoreApplication.translate(
        "Interrupted", "Your session was interrupted. Continue with {leg}?"
    )
    return text.format(leg=leg)
