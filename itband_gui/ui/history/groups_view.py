"""The changes after sessions, by technique or by routine; only where there are six pairs each."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.insight.relief import Groups
from itband_gui.ui.insight_text.relief import (
    after_text,
    counts_text,
    estimate_text,
    few_groups_text,
)
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.text import TextLabel

K = TypeVar("K")


class GroupsView(QWidget, Generic[K]):
    """A heading and one paragraph a group; nothing at all until one has enough pairs."""

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
