"""The way through the program: disclaimer, check-in, session, ratings; each kept as it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.checkin import CheckIn
from itband_gui.routine.model import Routine
from itband_gui.routine.plan import NothingLeftError, make_plan
from itband_gui.safety.register import known_signs, register
from itband_gui.safety.signs import Safety, WarningSign
from itband_gui.session.events import EndReason
from itband_gui.session.record import session_entry
from itband_gui.ui.check_in.draft import Draft
from itband_gui.ui.check_in.signs_step import SignsStep
from itband_gui.ui.errors import nothing_left_text
from itband_gui.ui.journal_link import JournalLink
from itband_gui.ui.pages.after_page import AfterPage
from itband_gui.ui.pages.check_in_page import CheckInPage
from itband_gui.ui.pages.disclaimer_page import DisclaimerPage
from itband_gui.ui.pages.session_page import SessionPage
from itband_gui.ui.session_clock import SessionClock
from itband_gui.ui.settings import Settings
from itband_gui.ui.style import Appearance


@dataclass(frozen=True)
class Surroundings:
    """What the flow needs from outside."""

    link: JournalLink
    anatomy: Anatomy
    safety: Safety
    settings: Settings
    appearance: Appearance
    now_ms: Callable[[], int]


class Flow(QObject):
    """Leads from Start to the last rating; it shows one page after another.

    `page_wished` hands the next page over; `home_wished` says that the way is at its end;
    `told` carries a sentence on why it ended before a session.
    """

    page_wished = Signal(QWidget)
    home_wished = Signal()
    told = Signal(str)

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._session_id = ""
        self._started: datetime | None = None
        self.clock: SessionClock | None = None

    @property
    def in_session(self) -> bool:
        """Whether a session is under way."""
        return self.clock is not None and self.clock.engine.ended is None

    @Slot(Routine)
    def start(self, routine: Routine) -> None:
        """Begin with the check-in; the very first time with the disclaimer."""
        if self._around.settings.disclaimer_read:
            self._check_in(routine)
            return
        page = DisclaimerPage(self._around.safety.disclaimer)
        page.accepted.connect(lambda: self._accept(routine))
        page.declined.connect(self.home_wished)
        self.page_wished.emit(page)

    def end_early(self) -> None:
        """End the running session; what was done is kept."""
        if self.clock is not None:
            self.clock.end(EndReason.ENDED_EARLY)

    def _accept(self, routine: Routine) -> None:
        self._around.settings.disclaimer_read = True
        self._check_in(routine)

    def _check_in(self, routine: Routine) -> None:
        around = self._around
        known = known_signs(around.link.book)
        signs = SignsStep(around.safety, known, around.link.now())
        page = CheckInPage(routine, signs, around.appearance)
        page.cancelled.connect(self.home_wished)
        page.blocked.connect(lambda present: self._keep_signs(present, passed=False))
        page.passed.connect(self._begin)
        self.page_wished.emit(page)

    def _keep_signs(self, present: tuple[WarningSign, ...], *, passed: bool) -> None:
        link = self._around.link
        added, amended = register(present, known_signs(link.book), link.now(), passed=passed)
        for sign in added:
            link.add(sign)
        for sign in amended:
            link.amend(sign)

    @Slot(Draft, tuple)
    def _begin(self, draft: Draft, present: tuple[WarningSign, ...]) -> None:
        """Keep the answers, then start the session."""
        self._keep_signs(present, passed=True)
        around, check_in = self._around, draft.check_in
        try:
            plan = make_plan(draft.routine, check_in, around.anatomy)
        except NothingLeftError:
            self.home_wished.emit()
            self.told.emit(nothing_left_text(draft.routine))
            return
        self._session_id, self._started = new_id(), around.link.now()
        for leg, score in check_in.scores.items():
            places = check_in.sore_places(leg)
            self._keep_rating(leg, Moment.BEFORE, score, places)
        self.clock = SessionClock(plan, around.now_ms)
        page = SessionPage(self.clock, around.appearance)
        page.over.connect(lambda: self._after(check_in))
        self.page_wished.emit(page)
        self.clock.begin()

    def _keep_rating(
        self, leg: Leg, moment: Moment, score: int, places: frozenset[Place] = frozenset()
    ) -> Rating:
        kept = self._around.link.add(
            Rating(
                id=new_id(),
                at=self._around.link.now(),
                leg=leg,
                moment=moment,
                score=score,
                places=tuple(place for place in Place if place in places),
                session=self._session_id,
            )
        )
        assert isinstance(kept, Rating)  # noqa: S101 - the book returns what it was given
        return kept

    def _after(self, check_in: CheckIn) -> None:
        """Keep the session at once, then ask how it is now."""
        around = self._around
        if self.clock is None or self._started is None:
            return
        engine = self.clock.engine
        began = min(self._started, around.link.now())  # the clock may have been set back
        around.link.add(session_entry(engine, self._session_id, began))
        before = {leg: check_in.scores[leg] for leg in engine.plan.legs}
        stopped = engine.ended is EndReason.STOPPED
        page = AfterPage(before, around.safety.stop, stopped=stopped)
        ratings: dict[Leg, str] = {}

        def keep(leg: Leg, score: int) -> None:
            """Save the first score; a later one of the same leg amends it."""
            known = around.link.book.get(ratings.get(leg, ""))
            if isinstance(known, Rating):
                around.link.amend(replace(known, score=score))
            else:
                ratings[leg] = self._keep_rating(leg, Moment.AFTER, score).id

        page.rated.connect(keep)
        page.done.connect(self.home_wished)
        self.page_wished.emit(page)
