"""The routines, of which one is chosen, and the button that starts it."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout

from itband_gui.insight.massage import OF_SIGNS, Bar, Barred, MassageAdvice
from itband_gui.journal.entries import Sign
from itband_gui.routine.library import Library
from itband_gui.routine.model import Routine
from itband_gui.safety.signs import Safety
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.option_row import OptionRow
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.massage import barred_text, massage_headline


class RoutineCard(Card):
    """One line a routine beside `start`, and the summary of the chosen one."""

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
        """Say whether to massage now, and each thing that speaks against it.

        What an open sign asks for stands on its own card.
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
        """Let Tab stop at the chosen routine only, whence arrow keys choose another."""
        policy = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
        self._group.button(index).setFocusPolicy(policy)
        self.summary.setText(self.chosen.content.summary)


def _has_card(barred: Barred) -> bool:
    """Whether a sign that speaks against massage is shown as one that is open.

    One that is gone may count for some hours yet, and a clinician's word be too old.
    """
    if barred.bar is Bar.SIGN_UNSEEN:
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
