"""What ratings did around sessions, leg by leg, and what that cannot show."""

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.relief import Relief
from itband_gui.leg.names import Leg
from itband_gui.routine.library import Library
from itband_gui.routine.names import Technique
from itband_gui.ui.history.changes_view import ChangesView
from itband_gui.ui.history.facts import Facts
from itband_gui.ui.history.groups_view import GroupsView
from itband_gui.ui.history.panel import Panel
from itband_gui.ui.history.side_by_side import SideBySide
from itband_gui.ui.insight_text.relief import (
    after_text,
    cause_text,
    caution_text,
    few_text,
    next_morning_text,
)
from itband_gui.ui.journal.sentences import routine_name
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.words import leg_name, technique_name


class ReliefPanel(Panel):
    """Says always that massage is not shown to be the cause: with each number, or without any."""

    def __init__(self, library: Library) -> None:
        super().__init__(QCoreApplication.translate("ReliefPanel", "Ratings around sessions"))
        self.legs = {leg: LegRelief(leg, library) for leg in Leg}
        self.few, self.cause = TextLabel(), TextLabel(cause_text())
        self.box.addWidget(SideBySide(*self.legs.values()))
        for widget in (self.few, self.cause):
            self.box.addWidget(widget)

    def show_facts(self, facts: Facts) -> None:
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
        """Show what the ratings did."""
        self.after.show_changes(relief.after, today)
        self.next_morning.show_changes(relief.next_morning, today)
        self.caution.show_text(caution_text(relief.selection))
        self.by_technique.show_groups(relief.by_technique)
        self.by_routine.show_groups(relief.by_routine)
