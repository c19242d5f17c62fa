"""Both legs side by side, each with its name below."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from itband_gui.insight.places import PlaceSoreness
from itband_gui.leg.names import Leg, Place
from itband_gui.leg.viewport import WHOLE
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.leg.scene import Tint
from itband_gui.ui.style import Appearance
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.words import leg_name, place_name
from itband_gui.wording.counts import number

HIGHEST_SCORE = 10


class LegPair(QWidget):
    """The left and the right leg as a runner sees their own: left at the left."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.legs = {leg: LegView(appearance, leg, WHOLE) for leg in Leg}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for leg, picture in self.legs.items():
            picture.setAccessibleName(leg_name(leg))
            column = QVBoxLayout()
            column.addWidget(picture, 1)
            name = TextLabel(leg_name(leg), "small", wrap=False)
            column.addWidget(name, 0, Qt.AlignmentFlag.AlignHCenter)
            row.addLayout(column)

    def show_marks(self, marked: Mapping[Leg, frozenset[Place]]) -> None:
        """Show where each leg is sore."""
        for leg, picture in self.legs.items():
            picture.show_layers(marked=marked[leg], tints=())
            _describe(picture, [place_name(place) for place in Place if place in marked[leg]])

    def show_soreness(self, soreness: Mapping[Leg, Mapping[Place, PlaceSoreness]]) -> None:
        """Show how sore the places of each leg were over a time, with numbers."""
        for leg, picture in self.legs.items():
            tints = tuple(soreness_tint(place, each) for place, each in soreness[leg].items())
            picture.show_layers(marked=frozenset(), tints=tints)
            _describe(
                picture,
                [f"{place_name(place)}: {soreness_text(s)}" for place, s in soreness[leg].items()],
            )


def soreness_tint(place: Place, soreness: PlaceSoreness) -> Tint:
    """Return a place with the median score when it was marked."""
    middle = soreness.median
    return Tint(place, middle / HIGHEST_SCORE, number(middle), soreness_text(soreness))


def soreness_text(soreness: PlaceSoreness) -> str:
    """Return how often a place was marked and the median score then."""
    text = QCoreApplication.translate("LegPair", "marked {times}×, median {median} out of 10")
    return text.format(times=soreness.times, median=number(soreness.median))


def _describe(picture: LegView, lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    picture.setAccessibleDescription(text)
    picture.setToolTip(text)
