"""The routines, of which one is chosen, and the button that starts it."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout

from itband_gui.insight.massage import OF_SIGNS, MassageAdvice
from itband_gui.routine.library import Library
from itband_gui.routine.model import Routine
from itband_gui.safety.signs import Safety
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.option_row import OptionRow
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.massage import barred_text


class RoutineCard(Card):
    """One line a routine beside `start`, and the summary of the chosen one."""

    def __init__(self, library: Library, start: QPushButton) -> None:
        super().__init__()
        self._routines = library.routines
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
        self.barred = TextLabel(name="easy")
        self.barred.hide()
        self.box.insertWidget(0, self.barred)
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
        """Say what speaks against massage now, if anything does; signs have cards of their own."""
        lines = [
            barred_text(each, now, safety) for each in advice.barred if each.bar not in OF_SIGNS
        ]
        self.barred.show_text("\n".join(lines))

    def choose(self, routine: Routine) -> None:
        """Choose a routine as a click would."""
        self._group.button(self._routines.index(routine)).setChecked(True)

    @Slot(int, bool)
    def _take_choice(self, index: int, chosen: bool) -> None:
        """Let Tab stop at the chosen routine only, whence arrow keys choose another."""
        policy = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
        self._group.button(index).setFocusPolicy(policy)
        self.summary.setText(self.chosen.content.summary)


def _text(routine: Routine) -> str:
    minutes = max(1, round(routine.seconds_a_leg / 60))
    if routine.one_leg:
        return QCoreApplication.translate("Today", "{name} · {minutes} min").format(
            name=routine.content.name, minutes=minutes
        )
    return QCoreApplication.translate("Today", "{name} · {minutes} min a leg").format(
        name=routine.content.name, minutes=minutes
    )
