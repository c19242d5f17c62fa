"""The Today page: what is due, the light for running, Start, and the last ratings."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.insight.days import up_to
from itband_gui.insight.lookback import relevant_entries
from itband_gui.insight.massage import MassageAdvice, massage_advice
from itband_gui.insight.questions import (
    Due,
    MorningQuestion,
    NewSignQuestion,
    RunQuestion,
    SignQuestion,
    due,
)
from itband_gui.insight.readiness import Verdict, put_away_key, readiness, said_key, without_repeats
from itband_gui.insight.reasons import Referral
from itband_gui.journal.entries import Entry, Kind, Resolution, Session, Sign
from itband_gui.routine.library import Library
from itband_gui.routine.model import Routine
from itband_gui.safety.open_signs import StandingSign, standing_with_ahead
from itband_gui.safety.signs import MassageRule
from itband_gui.ui.look.style import SPACE, look
from itband_gui.ui.services.context import AppContext
from itband_gui.ui.services.minute_look import MinuteLook
from itband_gui.ui.text.dates import day_text_within
from itband_gui.ui.today.cards import LastRatings, LegsCard, LogRow, RoutineCard
from itband_gui.ui.today.changes import TodayActions
from itband_gui.ui.today.questions import OpenSigns, TodayQuestions
from itband_gui.ui.today.readiness_card import ReadinessCard
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.questions import Question
from itband_gui.wording.when import day_by_today

# Widths in letters M; our choice.
TWO_COLUMNS_EM = 100  # from here the question and the light are side by side
LEGS_EM = 50  # from here the legs fit next to the text, if the text needs no more room
_LEGS, _WORDS = 2, 3  # shares of the width


class TodayPage(QWidget):
    """Shows what to do now, and how sore the legs were last."""

    start_requested = Signal(Routine)

    def __init__(self, context: AppContext, library: Library) -> None:
        super().__init__()
        self._context, self._link = context, context.link
        self.library = library
        self._seen = self._link.now()  # when the page last looked at the clock
        self._recent: list[Entry] = []  # the entries that affect today's light and questions
        self._due = Due((), None, (), ())
        self._stale = True
        self._is_blocked = False  # by an open warning sign
        self._massage = MassageAdvice(())
        self._verdict: Verdict | None = None
        self.changes = TodayActions(context, library, self)
        self.title = TextLabel(QCoreApplication.translate("Today", "Ready when you are"), "title")
        self.lead = TextLabel(name="lead")
        self.questions = TodayQuestions(context.safety)
        self.light = ReadinessCard(library, context.appearance)
        self.open_signs = OpenSigns()
        self.start = button(QCoreApplication.translate("Today", "Start"), self._start, name="main")
        self.routines = RoutineCard(library, self.start)
        self.log = LogRow(self.changes)
        self.last_ratings = LastRatings()
        self.legs = LegsCard(context.appearance)
        self._top = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        self._connect()
        self.refresh()

    def first_focus(self) -> QWidget:
        """Return the question, else a blocking sign, else Start, or the light if that must wait."""
        if self.questions.card:
            return self.questions.card.first_focus()
        if self._is_blocked:
            return self.open_signs.cards[0].first_focus()
        return self.start if self._massage.allowed else self.light.more

    @property
    def chosen(self) -> Routine:
        """The routine that Start would begin."""
        return self.routines.chosen

    @property
    def _today(self) -> date:
        return self._seen.date()

    def choose(self, routine: Routine) -> None:
        """Choose a routine as a click would."""
        self.routines.choose(routine)

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh the page if needed: a new day may have begun."""
        super().showEvent(event)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt the columns to the width; the legs show only if there is room."""
        super().resizeEvent(event)
        self._place_top()
        self._place_legs()

    @Slot()
    def refresh(self) -> None:
        """Show the journal's current state and what is due."""
        now, entries = self._link.now(), list(self._link.book)
        self._seen, self._stale = now, False
        past = up_to(entries, now)
        last = next((e for e in reversed(past) if isinstance(e, Session)), None)
        self._show_head(last, is_empty=not entries)
        self._recent = relevant_entries(entries, now)
        is_new = self._ask()
        self.light.setVisible(bool(entries))
        self._verdict = self._judge(now)
        self._show_light(self._verdict)
        self._show_massage(now)
        standing = standing_with_ahead(self._recent, self._context.safety, now)
        self._show_signs([each for each in standing if each.is_open])
        if is_new and self.isVisible():
            self._focus_first()
        if not self.routines.is_chosen:
            routine = self.library.get(last.routine) if last else None
            self.choose(routine or self.library.routines[0])
        recent = up_to(self._recent, now)
        kinds = {e.kind for e in recent if day_by_today(e, self._today) == self._today}
        self.log.show_rest_day(is_one=Kind.REST_DAY in kinds and Kind.RUN not in kinds)
        self.last_ratings.show_entries(past, self._today)
        self.legs.show_entries(past, now)
        self._order_tabs()

    @Slot()
    def _journal_changed(self) -> None:
        self.changes.forget()
        self._stale = True
        self._look()

    @Slot()
    def _look(self) -> None:
        """Refresh a visible page if the journal or the time has changed what it shows."""
        if self.isVisible() and (self._stale or self._time_tells()):
            self.refresh()

    def _time_tells(self) -> bool:
        """Whether time alone has changed the page.

        A new day or time zone does, an entry that was in the future, or a rule that ran out.
        """
        now, seen = self._link.now(), self._seen
        ahead = any(seen < at <= now for entry in self._recent for at in _times(entry))
        if ahead or now < seen or _clock(now) != _clock(seen):
            return True
        self._seen = now
        return (
            self._what_is_due() != self._due
            or self._advise(now) != self._massage
            or self._judge(now) != self._verdict
        )

    def _judge(self, now: datetime) -> Verdict:
        return readiness(self._recent, now, self._context.safety)

    def _show_light(self, verdict: Verdict) -> None:
        """Show the light; advice to see someone appears at most once a week."""
        settings = self._context.settings
        self._verdict = verdict
        shown = without_repeats(verdict, self._today, settings.put_away)
        if shown.referral is not None:
            settings.remember(said_key(shown.referral, self._today))
        self.light.show_verdict(shown, self._today)

    @Slot(Referral)
    def _put_referral_away(self, referral: Referral) -> None:
        self._context.settings.remember(put_away_key(referral, self._today))
        self.refresh()

    # Massage

    def _advise(self, now: datetime) -> MassageAdvice:
        return massage_advice(self._recent, now, self._context.safety)

    def _show_massage(self, now: datetime) -> None:
        """Show the reasons against massage; with any, Start is no longer highlighted."""
        self._massage = self._advise(now)
        self.routines.show_massage(self._massage, now, self._context.safety)
        self.start.setEnabled(not self._massage.too_sore)
        look(self.start, "main" if self._massage.allowed else "plain")

    # Warning signs

    def _show_signs(self, signs: Sequence[StandingSign]) -> None:
        """Show open signs, blocking ones first."""
        others = [sign for sign in signs if not self.questions.asks(sign.entry)]
        self.open_signs.show_signs(sorted(others, key=self._rank), self._today)
        was_blocked, self._is_blocked = self._is_blocked, any(map(self._blocks, signs))
        self.lead.setVisible(self._massage.allowed and not self._is_blocked)  # it invites to start
        self._place_top()
        if self._is_blocked and not was_blocked and self.isVisible():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
            self._column.verticalScrollBar().setValue(0)  # what to do is at the top

    def _blocks(self, sign: StandingSign) -> bool:
        return sign.massage is MassageRule.BLOCK

    def _rank(self, sign: StandingSign) -> tuple[bool, int]:
        """Return a sort key for signs: blocking ones first, then the order of the warning list."""
        return not self._blocks(sign), self._place_in_list(sign.entry)

    def _place_in_list(self, sign: Sign) -> int:
        ids = [each.id for each in self._context.safety.signs]
        return ids.index(sign.sign) if sign.sign in ids else len(ids)

    @property
    def _signs_lead(self) -> bool:
        """Whether the open signs come before the question."""
        shown = self.open_signs.shown
        match self.questions.question:
            case SignQuestion(sign=asked):
                return any(self._place_in_list(s.entry) < self._place_in_list(asked) for s in shown)
            case _:
                return any(map(self._blocks, shown))

    def _place_top(self) -> None:
        """Put the question and the light side by side if there is room and no sign is open."""
        has_sign = bool(self.open_signs.cards) or isinstance(self.questions.question, SignQuestion)
        direction = QBoxLayout.Direction
        beside = self._letters >= TWO_COLUMNS_EM and not has_sign
        self._top.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        place = 0 if self._signs_lead else 1
        if self._top.indexOf(self.open_signs) != place:
            self._top.removeWidget(self.open_signs)
            self._top.insertWidget(place, self.open_signs, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _place_legs(self) -> None:
        """Show the legs if the text next to them still has the room it needs."""
        words = self._column.needed_width
        wide = words <= self.width() * _WORDS / (_WORDS + _LEGS)
        self.legs.setVisible(wide and self._letters >= LEGS_EM)

    @property
    def _letters(self) -> int:
        return self.width() // self.fontMetrics().horizontalAdvance("M")

    # What is due

    def _what_is_due(self) -> Due:
        return due(self._recent, self._seen, self._context.settings.put_away, self._context.safety)

    def _ask(self) -> bool:
        """Ask what is due; return whether a new question should get the focus."""
        before, was_in_it = self.questions.question, self.questions.holds_focus
        self._due = self._what_is_due()
        self.questions.show_due(self._due, self._today)
        is_new = self.questions.question != before
        return is_new and (was_in_it or before is None)

    @Slot(object, object)
    def _take_answer(self, question: Question, answer: object) -> None:
        """Save an answer, unless a new day has begun since the question was shown."""
        if self._link.now().date() != self._seen.date():
            self.refresh()
            return
        match question, answer:
            case MorningQuestion(), int():
                self.changes.rate_morning(question, answer)
            case RunQuestion(), int():
                self.changes.rate_run(question, answer)
            case NewSignQuestion(), True:
                self.changes.open_sign(question)
            case SignQuestion(), Resolution():
                self.changes.resolve(question.sign, answer)

    @Slot(object)
    def _put_away(self, question: Question) -> None:
        self.changes.put_away(question)
        self.refresh()

    @Slot()
    def _ask_again(self) -> None:
        self.refresh()
        self._focus_first()

    @Slot()
    def _keep_in_sight(self) -> None:
        """Keep the focused widget in sight when a notice takes room from the page."""
        focus, view = self.window().focusWidget(), self._column.viewport()
        if focus is not None and view.isAncestorOf(focus):
            below = focus.mapTo(view, focus.rect().bottomLeft()).y() - view.height()
            # If it is further down, it was already out of sight.
            if 0 < below <= self.changes.notices.height():
                self._bring_into_sight(focus)

    def _focus_first(self) -> None:
        first = self.first_focus()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring_into_sight(first)

    def _bring_into_sight(self, widget: QWidget) -> None:
        """Scroll just far enough to show a widget, and always its top, which says what to do."""
        content, bar = self._column.widget(), self._column.verticalScrollBar()
        layout = content.layout() if content else None
        if content is None or layout is None:
            return
        layout.activate()  # places new widgets now
        self._column.ensureWidgetVisible(widget, 0, SPACE["s"])
        bar.setValue(min(bar.value(), widget.mapTo(content, QPoint()).y() - SPACE["s"]))

    # Building

    def _connect(self) -> None:
        self._link.changed.connect(self._journal_changed)
        self._column.changed.connect(self._place_legs)
        self.questions.answered.connect(self._take_answer)
        self.questions.put_away.connect(self._put_away)
        self.light.referral_put_away.connect(self._put_referral_away)
        self.open_signs.resolved.connect(self.changes.resolve)
        self.changes.undone.connect(self._ask_again)
        self.changes.told.connect(self._keep_in_sight)
        for keys, action in (
            (QKeySequence(QKeySequence.StandardKey.Undo), self.changes.undo),
            (QKeySequence(Qt.Key.Key_R), self.log.run.click),
            (QKeySequence(Qt.Key.Key_A), self.log.activity.click),
            (QKeySequence(Qt.Key.Key_D), self.log.rest_day.click),
            (QKeySequence(Qt.Key.Key_W), self.log.signs.click),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self.clock = MinuteLook(self)
        self.clock.due.connect(self._look)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["xl"])
        column.setSpacing(SPACE["l"])
        self._top.setSpacing(SPACE["l"])
        self._top.addWidget(self.questions, 1, Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(self.open_signs, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(self.light, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.title)
        column.addLayout(self._top)
        for widget in (self.lead, self.routines):
            column.addWidget(widget)
        column.addWidget(self.log)
        column.addWidget(self.last_ratings)
        column.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(0)
        self._column = ScrollColumn(content)
        side.addWidget(self._column, 1)
        side.addWidget(self.changes.notices)
        # The gap shows that the page ends above the notice instead of running on beneath it.
        self.changes.notices.setContentsMargins(SPACE["xl"], SPACE["s"], SPACE["xl"], SPACE["s"])
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.legs, _LEGS)
        box.addLayout(side, _WORDS)

    def _order_tabs(self) -> None:
        """Put the tab stops in reading order: otherwise cards added later would come last."""
        top = (self.questions, self.open_signs)
        first = reversed(top) if self._signs_lead else top
        parts = (self.legs, *first, self.light, self.routines, self.log)
        stops = [
            each
            for part in parts
            for each in part.findChildren(QWidget)
            if each.focusPolicy() is not Qt.FocusPolicy.NoFocus
            and each.window() is self.window()  # not in a dialog over the page
        ]
        for earlier, later in pairwise(stops):
            QWidget.setTabOrder(earlier, later)

    # Words

    def _show_head(self, last: Session | None, *, is_empty: bool) -> None:
        self.title.setVisible(is_empty)
        if is_empty:
            self.lead.setText(
                QCoreApplication.translate(
                    "Today",
                    "Start with “First time”: a few questions, then three gentle minutes on one "
                    "leg. Your ratings will appear here.",
                )
            )
        else:
            self.lead.setText(self._last_session(last))

    def _last_session(self, session: Session | None) -> str:
        if session is None:
            return QCoreApplication.translate("Today", "Choose a routine and press Start.")
        routine = self.library.get(session.routine)
        return QCoreApplication.translate("Today", "Last session: {routine}, {when}.").format(
            routine=routine.content.name if routine else session.routine,
            when=day_text_within(day_by_today(session, self._today), self._today),
        )

    @Slot()
    def _start(self) -> None:
        self.start_requested.emit(self.chosen)


def _clock(now: datetime) -> tuple[date, timedelta | None]:
    """Return what midnight or travel changes: the date and the UTC offset."""
    return now.date(), now.utcoffset()


def _times(entry: Entry) -> tuple[datetime, ...]:
    """Return when an entry starts to count and, for a sign that is over, when it stops."""
    over = isinstance(entry, Sign) and entry.resolved
    return (entry.at, over) if over else (entry.at,)
