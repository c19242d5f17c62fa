"""Runs one session in the window, from its first phase to its last rating."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from itband_gui.journal.entries import Entry, Moment, Rating, Session, new_id
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.check_in import CheckIn
from itband_gui.safety.signs import StopReason
from itband_gui.session.checkpoint import SessionHead
from itband_gui.session.checkpoint_store import CheckpointFile, CheckpointKeeper, CheckpointWriter
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason, Event
from itband_gui.session.record import session_entry
from itband_gui.ui.services.context import AppContext
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.session.after_page import AfterPage
from itband_gui.ui.session.clock import SessionClock
from itband_gui.ui.session.hands_free import HandsFree
from itband_gui.ui.session.page import SessionPage

if TYPE_CHECKING:
    from itband_gui.cues.player import CuePlayer

AFTER_MASSAGE = timedelta(hours=3)  # too late to rate the massage after that: our choice


@dataclass(frozen=True)
class SessionSetup:
    """The session to run.

    Attributes:
        head: the part of its checkpoints that never changes: ids, start time, answers.
        engine: one that has not begun, or a restored one.
        file: the checkpoint file of a restored session.

    """

    head: SessionHead
    check_in: CheckIn
    engine: Engine
    file: CheckpointFile | None = None


class SessionRun(QObject):
    """Shows the session, then asks for the ratings after it.

    `page_requested` carries a page to show; `done` means that the ratings were given or skipped.
    """

    page_requested = Signal(QWidget)
    done = Signal()

    def __init__(
        self, context: AppContext, setup: SessionSetup, player: "CuePlayer | None" = None
    ) -> None:
        super().__init__()
        self._context = context
        self._course = setup
        self._over = False
        self._after_ids: dict[Leg, str] = {}
        self.clock = SessionClock(setup.engine, context.now_ms)
        self._writer = CheckpointWriter(context.state, setup.file)
        self._keeper = CheckpointKeeper(setup.head, setup.engine, self._writer, context.link.now)
        self.clock.told.connect(self._keep_checkpoint)
        self._session: Entry | None = None  # as saved, once it is over
        self._after_page: AfterPage | None = None
        self._over_at = setup.head.started  # replaced when it is over
        self._hands_free: HandsFree | None = None
        if context.devices is not None and player is not None:
            self._hands_free = HandsFree(self.clock, context.settings, context.devices, player)

    def begin(self) -> None:
        """Show the session and start its clock."""
        page = SessionPage(self.clock, self._context.appearance)
        self.page_requested.emit(page)
        if self._hands_free is not None:
            page.muted.connect(lambda on: self._mute(on=on))
            self._hands_free.told.connect(page.tell)
            self._hands_free.begin()
        self.clock.begin()
        if self._hands_free is not None:  # now, as showing the first phase clears the remarks
            self._hands_free.tell_problems()
        if self._context.settings.floor_mode:
            page.floor_mode_requested.emit(True)

    def end_early(self) -> None:
        """End the session early; it is saved as far as it went."""
        self.clock.end(EndReason.ENDED_EARLY)

    def keep_before(self) -> None:
        """Save the scores of the check-in."""
        setup = self._course
        keep_ratings(self._context.link, setup.check_in, Moment.BEFORE, setup.head.session)

    @Slot()
    def close(self) -> None:
        """Release the machine's sound, keys and screen."""
        if self._hands_free is not None:
            self._hands_free.close()
            self._hands_free = None

    def leave_checkpoint(self) -> None:
        """Write no more checkpoints; the last one is for the next start."""
        self._writer.close()

    def settle(self, timeout_s: float) -> bool:
        """Wait for the last checkpoint to reach the disk; return whether it has."""
        return self._writer.settle(timeout_s)

    def _mute(self, *, on: bool) -> None:
        if self._hands_free is not None:
            self._hands_free.mute(on=on)

    @Slot(tuple)
    def _keep_checkpoint(self, events: tuple[Event, ...]) -> None:
        self._keeper.look(self.clock.last_ms, events)
        if self.clock.engine.ended is not None and not self._over:
            self._over = True
            self._after()  # only now, as the checkpoint records the end first

    def _after(self) -> None:
        """Save the session at once, then ask how the legs feel."""
        context, engine = self._context, self._course.engine
        # The clock may have been set back.
        began = min(self._course.head.started, context.link.now())
        self._session = context.link.add(session_entry(engine, self._course.head.session, began))
        context.link.save_then(self._let_go_of_checkpoint)
        before = {leg: self._course.check_in.scores[leg] for leg in engine.plan.legs}
        stopped = engine.ended is EndReason.STOPPED
        page = AfterPage(before, context.safety.stop, stopped=stopped)
        self._after_page, self._over_at = page, context.link.now()
        page.clock.due.connect(self._look_at_clock)
        page.rated.connect(self._rate_after)
        page.explained.connect(self._explain)
        page.done.connect(self.close)
        page.done.connect(self.done)
        self.page_requested.emit(page)

    def _let_go_of_checkpoint(self, saved: bool) -> None:
        """Remove the checkpoint if the session is saved; otherwise leave it for the next start."""
        if saved:
            self._writer.remove()
        else:
            self._writer.close()

    @Slot(object, object)
    def _explain(self, reason: StopReason | None, leg: Leg | None) -> None:
        """Save the reason for the stop and its leg; None clears them."""
        link = self._context.link
        assert self._session is not None  # noqa: S101 - saved before the question is shown
        # If it was deleted elsewhere meanwhile it comes back: the reason for the stop matters.
        held = link.book.get(self._session.id)
        session = held if isinstance(held, Session) else self._session
        stopped_for = UNSET if reason is None else reason.id
        stopped_leg = UNSET if leg is None else leg
        link.amend(replace(session, stopped_for=stopped_for, stopped_leg=stopped_leg), session)

    @Slot()
    def _look_at_clock(self) -> None:
        """Stop asking once it is too late to rate the massage."""
        if self._after_page is not None and self._is_late:
            self._after_page.close_ratings()

    @property
    def _is_late(self) -> bool:
        return self._context.link.now() - self._over_at >= AFTER_MASSAGE

    @Slot(Leg, int)
    def _rate_after(self, leg: Leg, score: int) -> None:
        """Save a leg's first score; later ones amend it. A score that comes too late is dropped."""
        self._look_at_clock()
        if self._is_late:
            return
        link = self._context.link
        known = link.book.get(self._after_ids.get(leg, ""))
        if isinstance(known, Rating):
            link.amend(replace(known, score=score))
        else:
            after = Rating(
                id=new_id(),
                at=link.now(),
                leg=leg,
                moment=Moment.AFTER,
                score=score,
                session=self._course.head.session,
            )
            self._after_ids[leg] = link.add(after).id


def keep_ratings(
    link: JournalLink,
    check_in: CheckIn,
    moment: Moment,
    session: str | None,
    at: datetime | None = None,
) -> None:
    """Save a check-in's scores and sore places; `session` and `at` default to none and now."""
    for leg, score in check_in.scores.items():
        marked = check_in.sore_places(leg)
        places = tuple(place for place in Place if place in marked)
        link.add(
            Rating(
                id=new_id(),
                at=at or link.now(),
                leg=leg,
                moment=moment,
                score=score,
                places=places,
                session=session,
            )
        )
