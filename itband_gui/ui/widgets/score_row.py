"""Rates a leg's soreness: eleven buttons, 0 to 10, one leg after the other."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from itband_gui.ui.look.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel

HIGHEST = 10
_IN_TWO_ROWS = 6  # columns if eleven do not fit


def score_of_key(key: int) -> int | None:
    """Return the score for a key: 0 to 9, and X for 10; None for any other."""
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return key - Qt.Key.Key_0
    return HIGHEST if key == Qt.Key.Key_X else None


class ScoreRow(QWidget):
    """A soreness score for one leg; 0 is no pain, 10 the worst imaginable."""

    rated = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._columns = 0
        self._group = QButtonGroup(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE["xs"])
        for score in range(HIGHEST + 1):
            made = button(str(score), name="score")
            made.setCheckable(True)
            made.setAccessibleName(
                QCoreApplication.translate("ScoreRow", "{name}: {score} out of 10").format(
                    name=name, score=score
                )
            )
            self._group.addButton(made, score)
        self._group.idToggled.connect(self._toggled)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        box.addLayout(self._grid)
        box.addLayout(self._ends())
        self._arrange(HIGHEST + 1)

    @property
    def score(self) -> int | None:
        """The chosen score, or None."""
        chosen = self._group.checkedId()
        return None if chosen < 0 else chosen

    def rate(self, score: int) -> None:
        """Choose a score as a click would."""
        self._group.button(score).setChecked(True)

    def clear(self) -> None:
        """Choose nothing."""
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(False)
        self._group.setExclusive(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use two rows if one would be cramped."""
        super().resizeEvent(event)
        each = self._group.button(HIGHEST).sizeHint().width() + SPACE["xs"]
        self._arrange(HIGHEST + 1 if self.width() >= each * (HIGHEST + 1) else _IN_TWO_ROWS)

    def _toggled(self, score: int, chosen: bool) -> None:
        if chosen:
            self.rated.emit(score)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for score in range(HIGHEST + 1):
            self._grid.addWidget(self._group.button(score), *divmod(score, columns))

    def _ends(self) -> QHBoxLayout:
        ends = QHBoxLayout()
        none = QCoreApplication.translate("ScoreRow", "0 no pain")
        worst = QCoreApplication.translate("ScoreRow", "10 (key X) worst imaginable")
        ends.addWidget(TextLabel(none, "small", wrap=False))
        ends.addStretch(1)
        ends.addWidget(TextLabel(worst, "small", wrap=False))
        return ends


class ScoreTurns:
    """Picks the focused row, else the first without a score, else the one typed longest ago."""

    def __init__(self, rows: Iterable[ScoreRow]) -> None:
        self._rows = list(rows)  # the one typed longest ago first

    def rate(self, score: int) -> None:
        """Rate the row whose turn it is (0 to 10)."""
        row = self._focused() or next((r for r in self._rows if r.score is None), self._rows[0])
        self._rows.remove(row)
        self._rows.append(row)
        row.rate(score)

    def _focused(self) -> ScoreRow | None:
        focused = QApplication.focusWidget()
        return next((row for row in self._rows if focused and row.isAncestorOf(focused)), None)
