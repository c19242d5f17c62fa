"""Offers a session that was interrupted: to go on with it, or to keep what was done."""

from PySide6.QtCore import QCoreApplication

from itband_gui.leg.names import Leg
from itband_gui.routine.plan import PhaseKind
from itband_gui.session.checkpoint import Checkpoint, Standing, standing
from itband_gui.session.checkpoint_file import CheckpointFile
from itband_gui.session.record import interrupted_entry
from itband_gui.ui.flow import Flow
from itband_gui.ui.journal_link import JournalLink
from itband_gui.ui.widgets.notice import Notice
from itband_gui.ui.words import zones_name


def interrupted_notice(
    checkpoint: Checkpoint, file: CheckpointFile, flow: Flow, link: JournalLink
) -> Notice | None:
    """Return a notice with what can be done about an interrupted session.

    None where there is nothing to ask: a session that was over is kept at once.
    """

    def keep() -> None:
        """Save what was done; the checkpoint goes once that is on the disk."""
        if link.book.get(checkpoint.head.session) is None:
            link.add(interrupted_entry(checkpoint, link.now()))
        if link.save_state.saved:
            file.remove()
        else:
            file.release()

    if link.book.get(checkpoint.head.session) or checkpoint.snapshot.ended is not None:
        keep()
        return None
    save = (QCoreApplication.translate("Interrupted", "Keep what was done"), keep)
    if checkpoint.is_stale(link.now()):
        text = QCoreApplication.translate(
            "Interrupted", "A session was interrupted. What was done can go into your journal."
        )
        return Notice(text, (save,), can_close=False)
    go_on = (
        QCoreApplication.translate("Interrupted", "Go on"),
        lambda: flow.resume(checkpoint, file),
    )
    return Notice(_question(standing(checkpoint.engine(0))), (go_on, save), can_close=False)


def _question(where: Standing) -> str:
    """Return "Go on with the left leg, set 3 of 5?", in the words for where it stands."""
    leg = {
        Leg.LEFT: QCoreApplication.translate("Interrupted", "the left leg"),
        Leg.RIGHT: QCoreApplication.translate("Interrupted", "the right leg"),
    }[where.leg]
    if where.kind is PhaseKind.SET:
        text = QCoreApplication.translate(
            "Interrupted",
            "Your session was interrupted. Go on with {leg}, {zone}, set {number} of {count}?",
        )
        return text.format(
            leg=leg, zone=zones_name(where.zones), number=where.set_number, count=where.set_count
        )
    text = QCoreApplication.translate(
        "Interrupted", "Your session was interrupted. Go on with {leg}?"
    )
    return text.format(leg=leg)
