"""Today's other cards: routines and Start, logging, last ratings, the legs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from itband_gui.insight.massage import OF_SIGNS, Barred, MassageAdvice, WaitReason
from itband_gui.insight.places import PlaceSoreness, soreness_by_place
from itband_gui.journal.entries import Entry, Kind, Moment, Rating, Sign
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.library import Library
from itband_gui.routine.model import Routine
from itband_gui.safety.signs import Safety
from itband_gui.ui.leg.leg_view import LegPair
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.text.dates import day_text_within
from itband_gui.ui.text.words import moment_name, place_name, side_name
from itband_gui.ui.today.changes import TodayActions
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.choices import Segments
from itband_gui.ui.widgets.layout import Card, OptionRow, WrappingRow
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.massage import barred_text, massage_headline
from itband_gui.wording.when import day_by_today


class RoutineCard(Card):
    """One line per routine next to `start`, and the summary of the chosen one."""

    def __init__(self, library: Library, start: QPushButton) -> None:
        super().__init__()
        self._routines = library.routines
        self._start = start
        self._group = QButtonGroup(self)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for index, routine in enumerate(self._routines):
            line = OptionRow(QRadioButton(), _text(routine))
            line.box.setAccessibleDescription(routine.content.summary)
            line.box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # until it is chosen
            self._group.addButton(line.box, index)
            lines.addWidget(line)
        row = QHBoxLayout()
        row.addLayout(lines, 1)
        row.addWidget(start)
        self.box.addLayout(row)
        self.summary = TextLabel(name="small")
        self.headline = TextLabel(name="easy")
        self.barred = TextLabel()
        for place, label in enumerate((self.headline, self.barred)):
            label.hide()
            self.box.insertWidget(place, label)
        self.box.addWidget(self.summary)
        self._group.idToggled.connect(self._take_choice)

    @property
    def is_chosen(self) -> bool:
        """Whether any routine is chosen."""
        return self._group.checkedId() >= 0

    @property
    def chosen(self) -> Routine:
        """The chosen routine, or the first."""
        return self._routines[max(self._group.checkedId(), 0)]

    def show_massage(self, advice: MassageAdvice, now: datetime, safety: Safety) -> None:
        """Say whether to massage now, and each reason against it.

        An open sign is left out: it has its own card.
        """
        headline = "" if advice.allowed else massage_headline(advice)
        lines = [barred_text(b, now, safety) for b in advice.barred if not _has_card(b)]
        self.headline.show_text(headline)
        point = QCoreApplication.translate("Today", "• {reason}")
        self.barred.show_text("\n".join(point.format(reason=line) for line in lines))
        self._start.setAccessibleDescription(" ".join([headline, *lines]).strip())

    def choose(self, routine: Routine) -> None:
        """Choose a routine as a click would."""
        self._group.button(self._routines.index(routine)).setChecked(True)

    @Slot(int, bool)
    def _take_choice(self, index: int, chosen: bool) -> None:
        """Let Tab stop only at the chosen routine; arrow keys choose another from there."""
        policy = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
        self._group.button(index).setFocusPolicy(policy)
        self.summary.setText(self.chosen.content.summary)


def _has_card(barred: Barred) -> bool:
    """Whether a reason against massage has a card of its own, as an open sign does.

    A sign that is gone but still counts has none, nor has one whose consent has lapsed.
    """
    if barred.bar is WaitReason.SIGN_UNSEEN:
        return True
    is_open = any(isinstance(each, Sign) and each.resolved is None for each in barred.entries)
    return barred.bar in OF_SIGNS and is_open


def _text(routine: Routine) -> str:
    minutes = max(1, round(routine.seconds_a_leg / 60))
    if routine.one_leg:
        return QCoreApplication.translate("Today", "{name} · {minutes} min").format(
            name=routine.content.name, minutes=minutes
        )
    return QCoreApplication.translate("Today", "{name} · {minutes} min a leg").format(
        name=routine.content.name, minutes=minutes
    )


class LogRow(QWidget):
    """Four buttons with keys, and a line that says when today is a rest day."""

    def __init__(self, changes: TodayActions) -> None:
        super().__init__()
        self.run = button(
            QCoreApplication.translate("Today", "Add a run (R)"),
            lambda: changes.add(Kind.RUN, self),
        )
        self.activity = button(
            QCoreApplication.translate("Today", "Add an activity (A)"),
            lambda: changes.add(Kind.ACTIVITY, self),
        )
        self.rest_day = button(
            QCoreApplication.translate("Today", "Rest day (D)"), changes.take_rest_day
        )
        self.signs = button(
            QCoreApplication.translate("Today", "Warning signs (W)"),
            lambda: changes.look_at_signs(self),
        )
        self.remark = TextLabel(name="small")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        box.addWidget(WrappingRow([self.run, self.activity, self.rest_day, self.signs]))
        box.addWidget(self.remark)

    def show_rest_day(self, *, is_one: bool) -> None:
        """Say whether today is a rest day."""
        text = QCoreApplication.translate("Today", "Today is a rest day. It counts.")
        self.remark.show_text(text if is_one else "")


class LastRatings(Card):
    """One line per leg; hidden until a leg has been rated."""

    def __init__(self) -> None:
        self.lines = {leg: TextLabel() for leg in Leg}
        head = TextLabel(QCoreApplication.translate("Today", "Last ratings"), "lead")
        super().__init__(head, *self.lines.values())

    def show_entries(self, entries: Sequence[Entry], today: date) -> None:
        """Show each leg's newest rating; `entries` come oldest first."""
        latest: dict[Leg, Rating] = {}
        for entry in reversed(entries):
            if isinstance(entry, Rating):
                latest.setdefault(entry.leg, entry)
                if len(latest) == len(Leg):
                    break
        self.setVisible(bool(latest))
        for leg, line in self.lines.items():
            line.setText(_rating_text(leg, latest.get(leg), today))


def _rating_text(leg: Leg, rating: Rating | None, today: date) -> str:
    if rating is None:
        return QCoreApplication.translate("Today", "{leg}: not rated yet").format(
            leg=side_name(leg)
        )
    text = QCoreApplication.translate("Today", "{leg}: {score} out of 10, {moment}, {when}").format(
        leg=side_name(leg),
        score=rating.score,
        moment=moment_name(rating.moment).lower(),
        when=day_text_within(day_by_today(rating, today), today),
    )
    places = ", ".join(place_name(place) for place in rating.places)
    return f"{text} · {places}" if places else text


FOUR_WEEKS = timedelta(weeks=4)


class LegsPeriod(StrEnum):
    """The period that the legs show."""

    LAST = "last"
    FOUR_WEEKS = "four-weeks"


class LegsCard(QWidget):
    """The two legs and, once there are ratings, a choice between the last one and four weeks."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.pair = LegPair(appearance)
        self._marks: dict[Leg, frozenset[Place]] = {}
        self._soreness: dict[Leg, Mapping[Place, PlaceSoreness]] = {}
        self.span: Segments[LegsPeriod] = Segments(
            [
                (LegsPeriod.LAST, QCoreApplication.translate("Today", "Last marked")),
                (LegsPeriod.FOUR_WEEKS, QCoreApplication.translate("Today", "Four weeks")),
            ],
            QCoreApplication.translate("Today", "What the legs show"),
        )
        self.span.choose(LegsPeriod.LAST)
        self.span.chosen.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE["l"], SPACE["l"], 0, SPACE["l"])
        column.addWidget(self.pair, 1)
        column.addWidget(self.span, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_entries(self, entries: Sequence[Entry], now: datetime) -> None:
        """Show the soreness in the journal's entries, which come oldest first."""
        ratings = [entry for entry in entries if isinstance(entry, Rating)]
        since = now - FOUR_WEEKS
        lately = [rating for rating in ratings if rating.at >= since]
        self._marks = {leg: _last_marks(ratings, leg) for leg in Leg}
        self._soreness = {leg: soreness_by_place(lately, leg) for leg in Leg}
        self.span.setVisible(bool(ratings))
        self._show()

    @Slot()
    def _show(self) -> None:
        if self.span.value is LegsPeriod.FOUR_WEEKS:
            self.pair.show_soreness(self._soreness)
        else:
            self.pair.show_marks(self._marks)


def _last_marks(ratings: Sequence[Rating], leg: Leg) -> frozenset[Place]:
    """Return the places marked in the latest rating that says where the leg is sore."""
    telling = (each for each in reversed(ratings) if each.leg is leg and _says_where(each))
    last = next(telling, None)
    return frozenset(last.places) if last else frozenset()


def _says_where(rating: Rating) -> bool:
    """Whether a rating marks places, or is from a check-in, where no places means nowhere.

    Any other rating may be just a score, from one key or a command, and says nothing about places.
    """
    asked = rating.moment is Moment.BEFORE and rating.session is not None
    return bool(rating.places) or asked
