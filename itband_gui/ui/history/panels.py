"""The panels below the chart, and the numbers in them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.days import Period
from itband_gui.insight.relief import ChangeSummary, Groups, RatingPair, Relief, relief
from itband_gui.insight.rest import Rest, rest
from itband_gui.insight.weeks import LoadAndSoreness, load_and_soreness
from itband_gui.journal.entries import Entry
from itband_gui.leg.names import BOTH, Leg, Technique
from itband_gui.routine.library import Library
from itband_gui.safety.signs import load_safety
from itband_gui.ui.history.column_strip import StripView
from itband_gui.ui.history.strips import (
    ChangeBars,
    PairStrip,
    WeekStrip,
    bars_legend,
    pair_legend,
    week_legend,
)
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text.dates import number_locale
from itband_gui.ui.text.entries import routine_name
from itband_gui.ui.text.relief import (
    after_text,
    beside_text,
    cause_text,
    caution_text,
    chance_text,
    counts_text,
    estimate_text,
    few_groups_text,
    few_text,
    kind_text,
    level_text,
    load_text,
    mornings_and_running,
    mornings_text,
    needs_text,
    next_morning_text,
    pair_text,
    rest_text,
    week_text,
)
from itband_gui.ui.text.words import leg_name, technique_name
from itband_gui.ui.widgets.layout import Card, SideBySide
from itband_gui.ui.widgets.lists import FoldedList
from itband_gui.ui.widgets.text import TextLabel


@dataclass(frozen=True)
class PanelData:
    """The numbers of a period; `rest` always covers the last 14 days.

    Attributes:
        relief: for each leg to show.

    """

    today: date
    relief: Mapping[Leg, Relief]
    rest: Rest
    weeks: tuple[LoadAndSoreness, ...]

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The legs to show."""
        return tuple(self.relief)


class PanelComputer:
    """Compute facts; rest does not depend on the period, so it is kept per journal and day."""

    def __init__(self) -> None:
        self._entries: Sequence[Entry] = ()
        self._rest: Rest | None = None

    def facts(
        self, entries: Sequence[Entry], period: Period, legs: Sequence[Leg], now: datetime
    ) -> PanelData:
        """Return the facts of a period.

        Args:
            entries: the whole journal, oldest first; a changed journal must be a new list.
            period: the days to show.
            legs: the legs to show.
            now: an aware time on the runner's clock.

        """
        rested = self._rest
        if rested is None or entries is not self._entries or rested.period.last != now.date():
            rested = rest(entries, now, load_safety())
            self._entries, self._rest = entries, rested
        return PanelData(
            now.date(),
            {leg: relief(entries, leg, period) for leg in legs},
            rested,
            load_and_soreness(entries, period),
        )


class Panel(Card):
    """Hold widgets below a heading; a subclass fills them from facts."""

    def __init__(self, heading: str) -> None:
        super().__init__(TextLabel(heading, "lead"))
        self.setAccessibleName(heading)

    def show_facts(self, facts: PanelData) -> None:
        """Show the facts of a period."""
        raise NotImplementedError


MANY = 30  # pairs; above this they are counted in bars instead of drawn one by one: our choice


class ChangesView(QWidget):
    """Shows the changes of one leg; `say` returns the sentence on what is typical."""

    def __init__(self, say: Callable[[ChangeSummary], str]) -> None:
        super().__init__()
        self._say = say
        self._today = date.min
        self.typical = TextLabel()
        self.counts = TextLabel()
        self.sure = TextLabel()
        self.pairs, self.bars = PairStrip(), ChangeBars()
        self.pairs_view, self.bars_view = StripView(self.pairs), StripView(self.bars)
        self.all: FoldedList[RatingPair] = FoldedList(lambda pair: pair_text(pair, self._today))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        for widget in (self.typical, self.pairs_view, self.bars_view, self.all, self.counts):
            box.addWidget(widget)
        box.addWidget(self.sure)

    def show_changes(self, changes: ChangeSummary, today: date) -> None:
        """Show changes."""
        self._today = today
        honest = cause_text() if changes.pairs else ""
        self.typical.setText(_joined(self._say(changes), honest))
        self.counts.show_text(_joined(counts_text(changes), chance_text(changes)))
        self.sure.show_text(_joined(estimate_text(changes), level_text(changes)))
        count = len(changes.pairs)
        self.pairs_view.setVisible(0 < count <= MANY)
        self.bars_view.setVisible(count > MANY)
        name = self._say(changes)
        if count > MANY:
            self.bars.show_changes(_counted(changes), name)
            self.bars_view.show_legend(bars_legend())
        else:
            self.pairs.show_pairs(changes.pairs, name, today)
            self.pairs_view.show_legend(pair_legend())
        self.all.show_rows(changes.pairs[::-1], _list_names(count))


def _counted(changes: ChangeSummary) -> list[tuple[int, int]]:
    """Return every change from lowest to highest with its count, including zero counts."""
    found = Counter(pair.change for pair in changes.pairs)
    return [(change, found[change]) for change in range(min(found), max(found) + 1)]


def _list_names(count: int) -> tuple[str, str]:
    show = QCoreApplication.translate("ChangesView", "List every pair ({count})")
    hide = QCoreApplication.translate("ChangesView", "Hide the list")
    return show.format(count=number_locale().toString(count)), hide


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


K = TypeVar("K")


class GroupsView(QWidget, Generic[K]):
    """A heading and a paragraph per group; hidden until one group has enough pairs."""

    def __init__(self, heading: str, name: Callable[[K], str]) -> None:
        super().__init__()
        self._name = name
        self.text = TextLabel()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        box.addWidget(TextLabel(heading, "strong"))
        box.addWidget(self.text)

    def show_groups(self, groups: Groups[K]) -> None:
        """Show the groups, those with enough pairs first."""
        line = QCoreApplication.translate("GroupsView", "{name}: {text}")
        enough = [
            line.format(
                name=self._name(key),
                text=" ".join((after_text(each), counts_text(each), estimate_text(each))),
            )
            for key, each in groups.enough.items()
        ]
        few = few_groups_text(
            sorted((self._name(key), count) for key, count in groups.short.items())
        )
        lines = [*sorted(enough), *filter(None, (few,))]
        self.text.setText("\n".join(lines))
        self.setVisible(bool(enough))


class ReliefPanel(Panel):
    """Always say that this does not show massage to be the cause, with or without numbers."""

    def __init__(self, library: Library) -> None:
        super().__init__(QCoreApplication.translate("ReliefPanel", "Ratings around sessions"))
        self.legs = {leg: LegRelief(leg, library) for leg in Leg}
        self.few, self.cause = TextLabel(), TextLabel(cause_text())
        self.box.addWidget(SideBySide(*self.legs.values()))
        for widget in (self.few, self.cause):
            self.box.addWidget(widget)

    def show_facts(self, facts: PanelData) -> None:
        """Show the sessions of a period."""
        shown = [
            changes for each in facts.relief.values() for changes in (each.after, each.next_morning)
        ]
        self.few.show_text(few_text(shown))
        self.cause.setVisible(not any(changes.pairs for changes in shown))
        for leg, part in self.legs.items():
            part.setVisible(leg in facts.legs)
            if leg in facts.legs:
                part.show_relief(facts.relief[leg], facts.today)


class LegRelief(QWidget):
    """The sessions of one leg."""

    def __init__(self, leg: Leg, library: Library) -> None:
        super().__init__()
        self.after = ChangesView(after_text)
        self.next_morning = ChangesView(next_morning_text)
        self.caution = TextLabel()
        self.by_technique: GroupsView[Technique] = GroupsView(
            QCoreApplication.translate("ReliefPanel", "By technique"), technique_name
        )
        self.by_routine: GroupsView[str] = GroupsView(
            QCoreApplication.translate("ReliefPanel", "By routine"),
            lambda routine: routine_name(routine, library),
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["m"])
        box.addWidget(TextLabel(leg_name(leg), "strong"))
        for widget in (self.after, self.next_morning, self.caution):
            box.addWidget(widget)
        for group in (self.by_technique, self.by_routine):
            box.addWidget(group)

    def show_relief(self, relief: Relief, today: date) -> None:
        """Show how the ratings changed."""
        self.after.show_changes(relief.after, today)
        self.next_morning.show_changes(relief.next_morning, today)
        self.caution.show_text(caution_text(relief.selection))
        self.by_technique.show_groups(relief.by_technique)
        self.by_routine.show_groups(relief.by_routine)


class LoadPanel(Panel):
    """A strip of weeks, the same weeks as a list, and a note that neither shows a cause."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("LoadPanel", "Load and soreness by week"))
        self._today = date.min
        self._legs: tuple[Leg, ...] = ()
        self.weeks = WeekStrip()
        self.view = StripView(self.weeks, lines=2)
        self.all: FoldedList[LoadAndSoreness] = FoldedList(
            lambda row: week_text(row, self._legs, self._today), lines=3
        )
        self.needs = TextLabel(needs_text())
        self.beside = TextLabel(beside_text())
        self.load = TextLabel(load_text(), "small")
        for widget in (self.needs, self.view, self.all, self.beside, self.load):
            self.box.addWidget(widget)

    def show_facts(self, facts: PanelData) -> None:
        """Show the weeks of a period, unless none of them has any load."""
        rows = facts.weeks if any(row.week.is_active for row in facts.weeks) else ()
        self._today, self._legs = facts.today, facts.legs
        name = QCoreApplication.translate("LoadPanel", "Load by week, and soreness the week after")
        self.weeks.show_weeks(rows, facts.legs, name, facts.today)
        self.view.show_legend(week_legend(facts.legs))
        show = QCoreApplication.translate("LoadPanel", "List every week ({count})")
        hide = QCoreApplication.translate("LoadPanel", "Hide the list")
        self.all.show_rows(
            rows[::-1], (show.format(count=number_locale().toString(len(rows))), hide)
        )
        self.needs.setVisible(not rows)
        for widget in (self.view, self.beside, self.load):
            widget.setVisible(bool(rows))


class MorningsPanel(Panel):
    """Compare the two kinds of morning only if both have enough."""

    def __init__(self) -> None:
        super().__init__(
            QCoreApplication.translate(
                "MorningsPanel", "Mornings after a session and other mornings"
            )
        )
        self.headings = {leg: TextLabel(leg_name(leg), "strong") for leg in Leg}
        self.texts = {leg: TextLabel() for leg in Leg}
        self.foot = TextLabel()
        for leg in Leg:
            self.box.addWidget(self.headings[leg])
            self.box.addWidget(self.texts[leg])
        self.box.addWidget(self.foot)

    def show_facts(self, facts: PanelData) -> None:
        """Show the mornings of a period."""
        for leg in Leg:
            self.headings[leg].setVisible(leg in facts.legs)
            self.texts[leg].setVisible(leg in facts.legs)
            if leg in facts.legs:
                self.texts[leg].setText("\n".join(mornings_text(facts.relief[leg].mornings)))
        beside = mornings_and_running(each.mornings for each in facts.relief.values())
        self.foot.setText(f"{beside} {cause_text()}")


class RestPanel(Panel):
    """Two sentences on rest, and how rest is counted."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("RestPanel", "Rest"))
        self.text = TextLabel()
        self.box.addWidget(self.text)
        self.box.addWidget(TextLabel(kind_text(), "small"))

    def show_facts(self, facts: PanelData) -> None:
        """Show the rest of the last 14 days."""
        self.text.setText(rest_text(facts.rest))


class PanelColumn(QWidget):
    """The panels in a column, for a page that scrolls; `now` returns an aware local time."""

    def __init__(self, library: Library, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._computer = PanelComputer()
        self._entries: Sequence[Entry] = ()
        self._requested: tuple[Period, tuple[Leg, ...], date] | None = None
        self.note = TextLabel()
        self.relief, self.mornings = ReliefPanel(library), MorningsPanel()
        self.rest, self.load = RestPanel(), LoadPanel()
        self._panels = (self.relief, self.mornings, self.rest, self.load)
        beside = QWidget()
        small = QVBoxLayout(beside)
        small.setContentsMargins(0, 0, 0, 0)
        small.setSpacing(SPACE["l"])
        small.addWidget(self.mornings)
        small.addWidget(self.rest)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["l"])
        self.note.hide()
        box.addWidget(self.note)
        box.addWidget(self.relief)
        box.addWidget(SideBySide(beside, self.load))
        box.addStretch(1)

    def show_entries(
        self, entries: Sequence[Entry], period: Period, legs: Sequence[Leg] = BOTH
    ) -> None:
        """Show a period for some legs; rest always covers the last 14 days.

        Args:
            entries: the whole journal, oldest first; a changed journal must be a new list.
            period: the days to show.
            legs: the legs to show.

        """
        requested = (period, tuple(legs), self._now().date())
        if entries is not self._entries or requested != self._requested:
            self._entries, self._requested = entries, requested
            shown = self._computer.facts(entries, period, legs, self._now())
            for panel in self._panels:
                panel.show_facts(shown)
