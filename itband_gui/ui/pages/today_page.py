"""The first page: the leg as last marked, the routines, Start, and the last ratings."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from itband_gui.insight.places import soreness_by_place
from itband_gui.journal.entries import Kind, Moment, Rating, Session
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.library import Library
from itband_gui.routine.model import Routine
from itband_gui.ui.journal_link import JournalLink
from itband_gui.ui.leg.leg_pair import LegPair
from itband_gui.ui.local_time import day_text, local_date
from itband_gui.ui.style import SPACE, Appearance
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.option_row import OptionRow
from itband_gui.ui.widgets.scroll import ScrollColumn
from itband_gui.ui.widgets.segments import Segments
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.words import moment_name, place_name, side_name

FOUR_WEEKS = timedelta(weeks=4)


class Span(StrEnum):
    """What the legs show."""

    LAST = "last"
    FOUR_WEEKS = "four-weeks"


class TodayPage(QWidget):
    """What to do now, and how it was last."""

    start_requested = Signal(Routine)

    def __init__(self, link: JournalLink, library: Library, appearance: Appearance) -> None:
        super().__init__()
        self._link = link
        self.library = library
        self._group = QButtonGroup(self)
        self.pair = LegPair(appearance)
        self.span: Segments[Span] = Segments(
            [
                (Span.LAST, QCoreApplication.translate("Today", "Last marked")),
                (Span.FOUR_WEEKS, QCoreApplication.translate("Today", "Four weeks")),
            ],
            QCoreApplication.translate("Today", "What the legs show"),
        )
        self.span.choose(Span.LAST)
        self.span.chosen.connect(self._show_legs)
        self.title = TextLabel(name="title")
        self.lead = TextLabel(name="lead")
        self.start = button(QCoreApplication.translate("Today", "Start"), self._start, name="main")
        self.ratings = {leg: TextLabel() for leg in Leg}
        self.open_signs = TextLabel(name="rest")
        self._history = self._history_card()
        self._lay_out()
        self.refresh()
        link.changed.connect(self._refresh_if_shown)

    def first_focus(self) -> QWidget:
        """Return the button that starts."""
        return self.start

    @property
    def chosen(self) -> Routine:
        """The routine that Start would begin."""
        return self.library.routines[max(self._group.checkedId(), 0)]

    def choose(self, routine: Routine) -> None:
        """Choose a routine as a click would."""
        self._group.button(self.library.routines.index(routine)).setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the journal of now: another day may have begun."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Look at the day again when the window comes to the front."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._refresh_if_shown()

    @Slot()
    def _refresh_if_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what the journal holds now."""
        book = self._link.book
        sessions = [e for e in book.query(kinds={Kind.SESSION}) if isinstance(e, Session)]
        latest = {leg: book.latest_rating(leg) for leg in Leg}
        rated = [rating for rating in latest.values() if rating is not None]
        if not sessions and not rated:
            self.title.setText(QCoreApplication.translate("Today", "Ready when you are"))
            self.lead.setText(
                QCoreApplication.translate(
                    "Today",
                    "Start with “First time”: a few questions, then three gentle minutes on one "
                    "leg. Your ratings will appear here.",
                )
            )
        else:
            self.title.setText(QCoreApplication.translate("Today", "Today"))
            self.lead.setText(self._last_session(sessions[-1] if sessions else None))
        if self._group.checkedId() < 0:
            last = self.library.get(sessions[-1].routine) if sessions else None
            self.choose(last or self.library.routines[0])
        self.open_signs.show_text(self._open_signs())
        self._history.setVisible(bool(rated))
        for leg, rating in latest.items():
            self.ratings[leg].setText(_rating_text(leg, rating, self._link.now))
        self.span.setVisible(bool(rated))
        self._show_legs()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["xl"])
        column.setSpacing(SPACE["l"])
        column.addWidget(self.title)
        column.addWidget(self.lead)
        column.addWidget(self.open_signs)
        column.addWidget(self._routine_card())
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._history)
        column.addStretch(1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._pictures(), 2)
        box.addWidget(ScrollColumn(content), 3)

    def _pictures(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(SPACE["l"], SPACE["l"], 0, SPACE["l"])
        column.addWidget(self.pair, 1)
        column.addWidget(self.span, 0, Qt.AlignmentFlag.AlignHCenter)
        return column

    @Slot()
    def _show_legs(self) -> None:
        """Show the legs as last marked, or how sore their places were over four weeks."""
        if self.span.value is Span.FOUR_WEEKS:
            since = self._link.now() - FOUR_WEEKS
            entries = self._link.book.query(since=since, kinds={Kind.RATING})
            ratings = [entry for entry in entries if isinstance(entry, Rating)]
            self.pair.show_soreness({leg: soreness_by_place(ratings, leg) for leg in Leg})
        else:
            self.pair.show_marks({leg: self._last_marks(leg) for leg in Leg})

    def _last_marks(self, leg: Leg) -> frozenset[Place]:
        """Return the places marked when the leg was last asked where it is sore."""
        book = self._link.book
        ratings = book.query(leg=leg, kinds={Kind.RATING})
        asked = (e for e in reversed(ratings) if isinstance(e, Rating))
        last = next((e for e in asked if e.moment is not Moment.AFTER), None)
        return frozenset(last.places) if last else frozenset()

    def _routine_card(self) -> Card:
        card = Card()
        card.box.setSpacing(0)
        for index, routine in enumerate(self.library.routines):
            row = OptionRow(QRadioButton(), _routine_text(routine))
            row.box.setAccessibleDescription(routine.content.summary)
            row.box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # until it is chosen
            self._group.addButton(row.box, index)
            card.box.addWidget(row)
        self.summary = TextLabel(name="small")
        card.box.addWidget(self.summary)
        self._group.idToggled.connect(self._take_choice)
        return card

    def _history_card(self) -> Card:
        head = TextLabel(QCoreApplication.translate("Today", "Last ratings"), "lead")
        return Card(head, *self.ratings.values())

    @Slot(int, bool)
    def _take_choice(self, index: int, chosen: bool) -> None:
        """Let Tab stop at the chosen routine only, whence arrow keys choose another."""
        policy = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
        self._group.button(index).setFocusPolicy(policy)
        self.summary.setText(self.chosen.content.summary)

    @Slot()
    def _start(self) -> None:
        self.start_requested.emit(self.chosen)

    def _open_signs(self) -> str:
        """Say how many warning signs are open; the check-in asks about them."""
        count = len(self._link.book.open_signs())
        if not count:
            return ""
        text = QCoreApplication.translate(
            "Today", "Open warning signs: {count}. The check-in asks about them."
        )
        return text.format(count=count)

    def _last_session(self, session: Session | None) -> str:
        if session is None:
            return QCoreApplication.translate("Today", "Choose a routine and press Start.")
        routine = self.library.get(session.routine)
        return QCoreApplication.translate("Today", "Last session: {routine}, {when}.").format(
            routine=routine.content.name if routine else session.routine,
            when=_day(session.at, self._link.now()).lower(),
        )


def _day(at: datetime, now: datetime) -> str:
    return day_text(local_date(at), local_date(now))


def _routine_text(routine: Routine) -> str:
    minutes = max(1, round(routine.seconds_a_leg / 60))
    if routine.one_leg:
        return QCoreApplication.translate("Today", "{name} · {minutes} min").format(
            name=routine.content.name, minutes=minutes
        )
    return QCoreApplication.translate("Today", "{name} · {minutes} min a leg").format(
        name=routine.content.name, minutes=minutes
    )


def _rating_text(leg: Leg, rating: Rating | None, now: Callable[[], datetime]) -> str:
    if rating is None:
        return QCoreApplication.translate("Today", "{leg}: not rated yet").format(
            leg=side_name(leg)
        )
    text = QCoreApplication.translate("Today", "{leg}: {score} of 10, {moment}, {when}").format(
        leg=side_name(leg),
        score=rating.score,
        moment=moment_name(rating.moment).lower(),
        when=_day(rating.at, now()).lower(),
    )
    places = ", ".join(place_name(place) for place in rating.places)
    return f"{text} · {places}" if places else text
