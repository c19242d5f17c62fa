"""Both legs with the soreness of each place; one place can be chosen as a filter."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from itband_gui.insight.places import PlaceSoreness
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.leg.body_map import BodyMap
from itband_gui.ui.leg.leg_view import soreness_text, soreness_tint
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.text.words import leg_name, place_name
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel

_LINES = 20  # least height of a leg, in lines of text


@dataclass(frozen=True)
class LegPlace:
    """A place on a leg."""

    leg: Leg
    place: Place


class HeatLeg(BodyMap):
    """A leg on which at most one place is chosen, where `BodyMap` allows many."""

    def __init__(self, appearance: Appearance, leg: Leg) -> None:
        super().__init__(appearance, leg)
        self.show_layers(outlined=True)
        self.setAccessibleName(
            QCoreApplication.translate("HeatMap", "{leg}: how sore each place was").format(
                leg=leg_name(leg)
            )
        )

    def minimumSizeHint(self) -> QSize:
        """Leave enough room for the numbers."""
        return QSize(120, self.fontMetrics().lineSpacing() * _LINES)

    def set_marked(self, places: frozenset[Place]) -> None:
        """Choose the newly marked place and clear the others."""
        super().set_marked(frozenset(list(places - self.marked or places)[:1]))


class HeatMap(QWidget):
    """The legs, a button for "elsewhere" on each, and a line with a place's numbers."""

    chosen = Signal(object)  # Spot or None

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.legs = {leg: HeatLeg(appearance, leg) for leg in Leg}
        self.elsewhere: dict[Leg, QPushButton] = {}
        self._soreness: dict[Leg, Mapping[Place, PlaceSoreness]] = {leg: {} for leg in Leg}
        self.reading = TextLabel(name="small")
        row = QHBoxLayout()
        row.setSpacing(SPACE["s"])
        row.addStretch(1)
        for leg, picture in self.legs.items():
            row.addLayout(self._column(leg, picture), 4)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row, 1)
        box.addWidget(self.reading)
        self._read(None, None)

    def show_soreness(self, soreness: Mapping[Leg, Mapping[Place, PlaceSoreness]]) -> None:
        """Show the numbers of a period."""
        self._soreness = dict(soreness)
        for leg, picture in self.legs.items():
            picture.show_layers(
                tints=tuple(soreness_tint(place, each) for place, each in soreness[leg].items())
            )
            other = soreness[leg].get(Place.OTHER)
            self.elsewhere[leg].setText(place_name(Place.OTHER))
            self.elsewhere[leg].setAccessibleDescription(soreness_text(other) if other else "")
            self.elsewhere[leg].setToolTip(soreness_text(other) if other else "")
            self.elsewhere[leg].setVisible(other is not None or self.elsewhere[leg].isChecked())
        self._read(None, None)

    def choose(self, spot: LegPlace | None) -> None:
        """Show the chosen spot."""
        for leg, picture in self.legs.items():
            mine = spot is not None and spot.leg is leg
            place = spot.place if spot is not None and mine else None
            drawn = place in picture.anatomy.places
            marks = frozenset({place}) if place is not None and drawn else frozenset[Place]()
            with QSignalBlocker(picture), QSignalBlocker(self.elsewhere[leg]):
                picture.set_marked(marks)
                self.elsewhere[leg].setChecked(place is Place.OTHER)

    def _column(self, leg: Leg, picture: HeatLeg) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE["xs"])
        column.addWidget(picture, 1)
        column.addWidget(
            TextLabel(leg_name(leg), "small", wrap=False), 0, Qt.AlignmentFlag.AlignHCenter
        )
        other = button("", name="place")
        other.setCheckable(True)
        other.toggled.connect(lambda chosen: self._take_elsewhere(leg, chosen=chosen))
        keeps_room = other.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        other.setSizePolicy(keeps_room)
        self.elsewhere[leg] = other
        column.addWidget(other, 0, Qt.AlignmentFlag.AlignHCenter)
        picture.marks_changed.connect(lambda marks: self._marked(leg, marks))
        picture.pointed_changed.connect(lambda place: self._read(leg, place))
        return column

    def _take_elsewhere(self, leg: Leg, *, chosen: bool) -> None:
        self.chosen.emit(LegPlace(leg, Place.OTHER) if chosen else None)

    def _marked(self, leg: Leg, marks: frozenset[Place]) -> None:
        self.chosen.emit(next((LegPlace(leg, place) for place in marks), None))

    @Slot(object)
    def _read(self, leg: Leg | None, place: Place | None) -> None:
        """Show a place's numbers; without a place, explain the numbers."""
        if not any(self._soreness.values()):
            text = QCoreApplication.translate(
                "HeatMap",
                "No place was marked in this period. Check-ins and ratings ask where it is sore.",
            )
        elif leg is None or place is None:
            text = QCoreApplication.translate(
                "HeatMap",
                "The number is the leg’s median score when the place was marked. Click a place, or "
                "press Space on it, to see only the ratings that marked it.",
            )
        else:
            found = self._soreness[leg].get(place)
            never = QCoreApplication.translate("HeatMap", "not marked in this period")
            text = QCoreApplication.translate("HeatMap", "{leg}, {place}: {numbers}").format(
                leg=leg_name(leg),
                place=place_name(place).lower(),
                numbers=soreness_text(found) if found else never,
            )
        self.reading.setText(text)
