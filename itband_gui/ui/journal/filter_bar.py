"""Which entries are shown: of which leg, of which kind."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.journal.entries import Kind
from itband_gui.leg.names import Leg
from itband_gui.ui.journal.choice_menu import ChoiceMenu
from itband_gui.ui.widgets.segments import Segments
from itband_gui.ui.widgets.wrapping_row import WrappingRow


class FilterBar(QWidget):
    """Chooses a leg and a kind; both at first let everything through."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.legs: Segments[Leg | None] = Segments(
            [
                (None, QCoreApplication.translate("JournalFilter", "Both legs")),
                (Leg.LEFT, QCoreApplication.translate("JournalFilter", "Left")),
                (Leg.RIGHT, QCoreApplication.translate("JournalFilter", "Right")),
            ],
            QCoreApplication.translate("JournalFilter", "Show entries of"),
        )
        self.kinds: ChoiceMenu[Kind | None] = ChoiceMenu(
            list(_kinds()), QCoreApplication.translate("JournalFilter", "Show only")
        )
        self.legs.choose(None)
        self.legs.chosen.connect(self.changed)
        self.kinds.chosen.connect(self.changed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(WrappingRow([self.legs, self.kinds]))

    @property
    def leg(self) -> Leg | None:
        """The leg to show, or None for all."""
        return self.legs.value

    @property
    def kind(self) -> Kind | None:
        """The kind to show, or None for all."""
        return self.kinds.value

    @Slot()
    def clear(self) -> None:
        """Let everything through."""
        self.legs.choose(None)
        self.kinds.choose(None)


def _kinds() -> Iterator[tuple[Kind | None, str]]:
    yield None, QCoreApplication.translate("JournalFilter", "Everything")
    yield Kind.RATING, QCoreApplication.translate("JournalFilter", "Ratings")
    yield Kind.SESSION, QCoreApplication.translate("JournalFilter", "Sessions")
    yield Kind.RUN, QCoreApplication.translate("JournalFilter", "Runs")
    yield Kind.ACTIVITY, QCoreApplication.translate("JournalFilter", "Activities")
    yield Kind.REST_DAY, QCoreApplication.translate("JournalFilter", "Rest days")
    yield Kind.SIGN, QCoreApplication.translate("JournalFilter", "Warning signs")
