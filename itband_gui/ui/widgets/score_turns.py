"""Which of several score rows a typed score is for."""

from collections.abc import Iterable

from PySide6.QtWidgets import QApplication

from itband_gui.ui.widgets.score_row import ScoreRow


class ScoreTurns:
    """The row that holds the focus; else the first without a score; else the longest untouched."""

    def __init__(self, rows: Iterable[ScoreRow]) -> None:
        self._rows = list(rows)  # the one typed longest ago first

    def rate(self, score: int) -> None:
        """Give a score (0 to 10) to the row whose turn it is."""
        row = self._focused() or next((r for r in self._rows if r.score is None), self._rows[0])
        self._rows.remove(row)
        self._rows.append(row)
        row.rate(score)

    def _focused(self) -> ScoreRow | None:
        focused = QApplication.focusWidget()
        return next((row for row in self._rows if focused and row.isAncestorOf(focused)), None)
