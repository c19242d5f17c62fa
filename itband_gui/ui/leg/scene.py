"""The content of a picture of the leg; frozen, so that equal scenes share one picture."""

import msgspec

from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Place, Zone
from itband_gui.leg.viewport import Viewport
from itband_gui.ui.look.theme import Theme


class LegLabel(msgspec.Struct, frozen=True):
    """A name next to the leg with a line to `anchor`, in another colour for a warning."""

    text: str
    anchor: Point
    warning: bool = False


class Tint(msgspec.Struct, frozen=True):
    """A place coloured by its soreness.

    Attributes:
        share: from 0 to 1 for the strongest tint.
        text: the number drawn on it.
        detail: the same in words, for screen readers.

    """

    place: Place
    share: float
    text: str
    detail: str = ""


class Scene(msgspec.Struct, frozen=True):
    """The still layers of one leg.

    Attributes:
        zones: whether the outlines of all zones are drawn.
        places: whether the outlines of all places are drawn.
        tints: soreness over time.
        tinted: zones being worked on.
        marked: places marked as sore.
        outlined: whether marks are only outlines, which keep the place's number readable.
        keep_off: whether the keep-off areas are hatched.
        path: the path of the stroke, drawn with its direction.
        pointed: the place under the pointer or the keyboard's cursor.
        focused: whether `pointed` is the keyboard's place.
        labels: names next to the leg.

    """

    viewport: Viewport
    theme: Theme
    zones: bool = False
    places: bool = False
    tints: tuple[Tint, ...] = ()
    tinted: tuple[Zone, ...] = ()
    marked: frozenset[Place] = frozenset()
    outlined: bool = False
    keep_off: bool = False
    path: Path | None = None
    pointed: Place | None = None
    focused: bool = False
    labels: tuple[LegLabel, ...] = ()
