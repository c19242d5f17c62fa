"""The panel on ratings before and after sessions, and its limits."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.relief import ChangeSummary, Groups, RatingPair, Relief
from itband_gui.leg.names import Leg, Technique
from itband_gui.routine.library import Library
from itband_gui.ui.history.column_strip import StripView
from itband_gui.ui.history.panel import Panel, PanelData
from itband_gui.ui.history.strips import ChangeBars, PairStrip, bars_legend, pair_legend
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.text.dates import number_locale
from itband_gui.ui.text.entries import routine_name
from itband_gui.ui.text.relief import (
    after_text,
    cause_text,
    caution_text,
    counts_text,
    estimate_text,
    few_groups_text,
    few_text,
    level_text,
    next_morning_text,
    pair_text,
    wobble_text,
)
from itband_gui.ui.text.words import leg_name, technique_name
from itband_gui.ui.widgets.layout import SideBySide
from itband_gui.ui.widgets.lists import FoldedList
from itband_gui.ui.widgets.text import TextLabel

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
        self.counts.show_text(_joined(counts_text(changes), wobble_text(changes)))
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
