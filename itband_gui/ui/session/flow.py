"""Leads from Start through check-in and session to the ratings, or resumes a session."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from itband_gui.insight.lookback import relevant_entries
from itband_gui.insight.massage import OF_SIGNS, Barred, MassageAdvice, WaitReason, massage_advice
from itband_gui.insight.questions import BONE_SIGN, NIGHT_SIGN, asked_key
from itband_gui.journal.entries import Entry, Moment, Session, Sign, new_id
from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.model import Routine
from itband_gui.routine.plan import NothingLeftError, PhaseKind, Plan, make_plan
from itband_gui.safety.signs import PresentSign
from itband_gui.session.checkpoint import Checkpoint, Progress, make_head, standing
from itband_gui.session.checkpoint_store import CheckpointFile
from itband_gui.session.engine import Engine
from itband_gui.session.record import interrupted_entry
from itband_gui.ui.check_in.advice import DisclaimerPage
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.check_in.signs_step import SignsStep
from itband_gui.ui.check_in.step import CheckInDraft
from itband_gui.ui.services.context import AppContext
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.services.sign_keeper import SignKeeper
from itband_gui.ui.session.clock import SessionClock
from itband_gui.ui.session.hands_free import VoiceAhead
from itband_gui.ui.session.run import SessionRun, SessionSetup, keep_ratings
from itband_gui.ui.session.sound_check import Sampler, SoundCheckPage, SoundPanel
from itband_gui.ui.session.text import nothing_left_text
from itband_gui.ui.text.entries import duration, ended_text, legs_text
from itband_gui.ui.text.words import zones_name
from itband_gui.ui.widgets.notice import Notice
from itband_gui.wording.massage import barred_text, massage_headline

SETTLE_S = 2.0  # our choice: longer than a healthy disk takes


class Flow(QObject):
    """Shows one page after another, from Start to the last rating.

    `page_requested` carries the next page; `home_requested` means that the flow has ended; `told`
    carries a message for the user; `session_begun` comes before a new session, but not before a
    resumed one.
    """

    page_requested = Signal(QWidget)
    home_requested = Signal()
    told = Signal(str)
    session_begun = Signal()

    def __init__(self, context: AppContext, anatomy: Anatomy) -> None:
        super().__init__()
        self._context = context
        self._anatomy = anatomy
        self.session_run: SessionRun | None = None
        self._keeper: SignKeeper | None = None
        self._voice: VoiceAhead | None = None
        self._asking: CheckInPage | None = None
        self._asked_at = context.link.now()
        if context.devices is not None:
            self._voice = VoiceAhead(context.settings, context.devices, self)
            self.home_requested.connect(self._voice.close)

    @property
    def clock(self) -> SessionClock | None:
        """The clock of this window's latest session, or None."""
        return self.session_run.clock if self.session_run else None

    @property
    def in_session(self) -> bool:
        """Whether a session is under way."""
        return self.clock is not None and self.clock.engine.ended is None

    @Slot(Routine)
    def start(self, routine: Routine) -> None:
        """Start with the check-in, or with the disclaimer the very first time."""
        if self._context.settings.disclaimer_read:
            self._check_sound(routine)
            return
        page = DisclaimerPage(self._context.safety.disclaimer)
        page.accepted.connect(lambda: self._accept(routine))
        page.declined.connect(self.home_requested)
        self.page_requested.emit(page)

    def resume(self, checkpoint: Checkpoint, file: CheckpointFile) -> None:
        """Resume an interrupted session, paused where it was."""
        engine = checkpoint.engine(self._context.now_ms())
        self._start_run(SessionSetup(checkpoint.head, checkpoint.check_in, engine, file)).begin()

    def end_early(self) -> None:
        """End the running session early; it is saved as far as it went."""
        if self.session_run is not None:
            self.session_run.end_early()

    @Slot()
    def settle(self) -> None:
        """Wait a moment for the last checkpoint before the program ends."""
        self._let_go(SETTLE_S)

    @Slot()
    def let_go(self) -> None:
        """Release sound, keys, screen and disk when the window is gone; a checkpoint stays."""
        self._let_go(0)

    def _let_go(self, timeout_s: float) -> None:
        if self._voice is not None:
            self._voice.close()
        if self.session_run is not None:
            self.session_run.close()
            self.session_run.leave_checkpoint()
            self.session_run.settle(timeout_s)

    def _accept(self, routine: Routine) -> None:
        self._context.settings.disclaimer_read = True
        self._check_sound(routine)

    def _check_sound(self, routine: Routine) -> None:
        """Ask once, before the first session, whether the voice can be heard."""
        devices, settings = self._context.devices, self._context.settings
        if devices is None or settings.sound_checked:
            self._check_in(routine)
            return
        check = SoundPanel()
        sampler = Sampler(check, settings, devices.player)

        def go_on() -> None:
            settings.sound_checked = True
            sampler.stop()
            self._check_in(routine)

        page = SoundCheckPage(check)
        page.done.connect(go_on)
        self.page_requested.emit(page)

    def _check_in(self, routine: Routine, legs: tuple[Leg, ...] | None = None) -> None:
        """Show the check-in; `legs` are preset from one that a new day has made out of date."""
        context = self._context
        self._keeper = SignKeeper(context.link, context.safety)
        signs = SignsStep(context.safety, self._keeper.known, context.link.now())
        page = CheckInPage(routine, signs, self._warning(), context.appearance)
        page.cancelled.connect(self._leave)
        page.ended.connect(self._end_without)
        page.advised.connect(self._keep_signs)
        page.seen.connect(lambda present: self._take_as_seen(page, present))
        page.passed.connect(self.begin)
        page.clock.due.connect(lambda: self._look_at_day(page))
        self._asking, self._asked_at = page, context.link.now()
        if legs is not None:
            page.legs.begin_anew(legs)
        self.page_requested.emit(page)
        if self._voice is not None:
            QTimer.singleShot(0, self._voice, self._voice.warm)  # the page comes first

    @Slot()
    def _leave(self) -> None:
        self._asking = None
        self.home_requested.emit()

    def _look_at_day(self, page: CheckInPage) -> None:
        """Ask again once a new day has begun; advice stays until it is read."""
        if page is self._asking and not page.advising:
            self._ask_again()

    def _ask_again(self) -> bool:
        """Restart the check-in if its answers are from another day; return whether they are."""
        page = self._asking
        if page is None or self._asked_at.date() == self._context.link.today:
            return False
        draft = page.draft
        draft.take_back()
        self._check_in(draft.routine, draft.legs)
        return True

    def _keep_signs(self, present: tuple[PresentSign, ...], legs: tuple[Leg, ...] = ()) -> None:
        if self._keeper is not None:
            self._keeper.keep(present, legs)

    def _take_as_seen(self, page: CheckInPage, present: PresentSign) -> None:
        """Save that a clinician has seen a sign, and check what still prevents the session."""
        if self._keeper is not None:
            self._keeper.close(present)
            page.signs.forget(present, self._keeper.known)
            page.judge_again()

    def _warning(self) -> str:
        """Return the reasons against massage, except warning signs that the check-in asks about."""
        link, safety = self._context.link, self._context.safety
        now = link.now()
        barred = massage_advice(relevant_entries(list(link.book), now), now, safety).barred
        advice = MassageAdvice(tuple(each for each in barred if not _is_asked(each)))
        if advice.allowed:
            return ""
        lines = [barred_text(each, now, safety) for each in advice.barred]
        return "\n".join([f"{massage_headline(advice)}.", *lines])

    @Slot(CheckInDraft)
    def _end_without(self, draft: CheckInDraft) -> None:
        """Save the scores of a check-in that ends without massage."""
        self._asking = None
        link, asked_at = self._context.link, self._asked_at
        at = link.now() if asked_at.date() == link.today else asked_at
        keep_ratings(link, draft.all_legs, Moment.OTHER, None, at)
        self._remember_asked()
        self.home_requested.emit()

    @Slot(CheckInDraft, tuple)
    def begin(self, draft: CheckInDraft, present: tuple[PresentSign, ...]) -> None:
        """Save the answers and start the session, unless the answers are from another day."""
        if self._ask_again():
            return
        self._asking = None
        self._keep_signs(present, draft.legs)
        keep_ratings(self._context.link, draft.without_massage, Moment.OTHER, None)
        self._remember_asked()
        check_in = draft.check_in
        try:
            plan = make_plan(draft.routine, check_in, self._anatomy)
        except NothingLeftError:
            self.home_requested.emit()
            self.told.emit(nothing_left_text(draft.routine))
            return
        self.session_begun.emit()
        session_run = self._start_run(self._fresh(plan, check_in))
        session_run.keep_before()
        session_run.begin()

    def _remember_asked(self) -> None:
        """Keep Today from asking again that day about signs the list has just asked about."""
        today = self._asked_at.date()
        for sign_id in (BONE_SIGN, NIGHT_SIGN):
            self._context.settings.remember(asked_key(sign_id, today))

    def _fresh(self, plan: Plan, check_in: CheckIn) -> SessionSetup:
        context = self._context
        head = make_head(new_id(), context.link.now(), check_in, plan)
        return SessionSetup(head, check_in, Engine(plan, context.now_ms()))

    def _start_run(self, setup: SessionSetup) -> SessionRun:
        if self.session_run is not None:
            self.session_run.close()
            self.session_run.clock.deleteLater()
        player = None if self._voice is None else self._voice.take()
        self.session_run = SessionRun(self._context, setup, player)
        self.session_run.page_requested.connect(self.page_requested)
        self.session_run.done.connect(self.home_requested)
        return self.session_run


def _is_asked(barred: Barred) -> bool:
    """Whether the warning list asks about it; it does not if a sign is gone but still counts."""
    is_over = all(isinstance(each, Sign) and each.resolved for each in barred.entries)
    return barred.bar in OF_SIGNS and not (barred.bar is WaitReason.SIGN_OPEN and is_over)


def interrupted_notice(
    checkpoint: Checkpoint, file: CheckpointFile, flow: "Flow", link: JournalLink
) -> Notice | None:
    """Return a notice that offers what can be done with an interrupted session.

    None if there is nothing to ask: a session that had ended is saved at once.
    """
    if link.book.get(checkpoint.head.session) or checkpoint.snapshot.ended is not None:
        _keep(checkpoint, file, link)
        return None
    offer = _Offer(checkpoint, file, flow, link)
    save = (QCoreApplication.translate("Interrupted", "Save what you did"), offer.keep)
    go_on = (QCoreApplication.translate("Interrupted", "Continue"), offer.go_on)
    if checkpoint.is_stale(link.now()):
        text = QCoreApplication.translate(
            "Interrupted", "A session was interrupted. You can still save it in your journal."
        )
        notice = Notice(text, (save,), can_close=False)
    else:
        question = _question(standing(checkpoint.engine(0)))
        notice = Notice(question, (go_on, save), can_close=False)
        first = notice.buttons[0]  # takes the focus as soon as it is in the window
        QTimer.singleShot(0, first, lambda: first.setFocus(Qt.FocusReason.OtherFocusReason))
    offer.setParent(notice)
    flow.session_begun.connect(offer.withdraw)
    flow.session_begun.connect(notice.deleteLater)
    return notice


class _Offer(QObject):
    """The actions on an interrupted session; only one of them is taken."""

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
        """Save what you did, and confirm it once it is on the disk."""
        self._is_open = False
        kept = _keep(self._checkpoint, self._file, self._link)
        self._link.save_then(partial(_tell_kept, kept, self._flow))

    @Slot()
    def go_on(self) -> None:
        """Resume where it was."""
        self._is_open = False
        self._flow.resume(self._checkpoint, self._file)

    @Slot()
    def withdraw(self) -> None:
        """Leave it for the next start, as another session begins."""
        if self._is_open:
            self._is_open = False
            self._file.release()


def _keep(checkpoint: Checkpoint, file: CheckpointFile, link: JournalLink) -> Entry:
    """Save what you did and return it; the checkpoint is removed once that is on the disk."""
    kept = link.book.get(checkpoint.head.session)
    if kept is None:
        kept = link.add(interrupted_entry(checkpoint, link.now()))
    link.save_then(lambda saved: file.remove() if saved else file.release())
    return kept


def _tell_kept(kept: Entry, flow: "Flow", saved: bool) -> None:
    """Say what was added to the journal; if it is not saved, another notice says so."""
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


def _question(where: Progress) -> str:
    """Return a question like "Continue with the left leg, set 3 of 5?"."""
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
