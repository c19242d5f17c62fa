"""The changes of one kind of pair: every pair, what is typical, the counts, and how sure it is."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.relief import Changes, Pair
from itband_gui.ui.formats import number_locale
from itband_gui.ui.history.change_bars import ChangeBars, bars_legend
from itband_gui.ui.history.folded_list import FoldedList
from itband_gui.ui.history.pair_strip import PairStrip, pair_legend
from itband_gui.ui.history.strip_view import StripView
from itband_gui.ui.insight_text.relief import (
    cause_text,
    counts_text,
    estimate_text,
    level_text,
    pair_text,
    wobble_text,
)
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.text import TextLabel

MANY = 30  # more pairs than these are counted in bars, and drawn one by one no more: our choice


class ChangesView(QWidget):
    """Shows the changes of one leg; `say` returns the sentence on what is typical."""

    def __init__(self, say: Callable[[Changes], str]) -> None:
        super().__init__()
        self._say = say
        self._today = date.min
        self.typical = TextLabel()
        self.counts = TextLabel()
        self.sure = TextLabel()
        self.pairs, self.bars = PairStrip(), ChangeBars()
        self.pairs_view, self.bars_view = StripView(self.pairs), StripView(self.bars)
        self.all: FoldedList[Pair] = FoldedList(lambda pair: pair_text(pair, self._today))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        for widget in (self.typical, self.pairs_view, self.bars_view, self.all, self.counts):
            box.addWidget(widget)
        box.addWidget(self.sure)

    def show_changes(self, changes: Changes, today: date) -> None:
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


def _counted(changes: Changes) -> list[tuple[int, int]]:
    """Return every change from the lowest to the highest, also those that never came up."""
    found = Counter(pair.change for pair in changes.pairs)
    return [(change, found[change]) for change in range(min(found), max(found) + 1)]


def _list_names(count: int) -> tuple[str, str]:
    show = QCoreApplication.translate("ChangesView", "List every pair ({count})")
    hide = QCoreApplication.translate("ChangesView", "Hide the list")
    return show.format(count=number_locale().toString(count)), hide


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
