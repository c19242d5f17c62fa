"""What a picture of the leg shows; frozen, so that equal scenes share one painted picture."""

import msgspec

from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Place, Zone
from itband_gui.leg.viewport import Viewport
from itband_gui.ui.look.theme import Theme


class LegLabel(msgspec.Struct, frozen=True):
    """A name beside the leg with a line to `anchor`; a warning has its line in another colour."""

    text: str
    anchor: Point
    warning: bool = False


class Tint(msgspec.Struct, frozen=True):
    """How sore a place was.

    Attributes:
        share: of the strongest tint, 0 to 1.
        text: the number printed on it.
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
        outlined: whether a mark is an outline only, for it chooses a place and leaves its number.
        keep_off: whether the areas never to press are hatched.
        path: the stroke's path, drawn with its direction.
        pointed: the place under the pointer or the keyboard's cursor.
        focused: whether `pointed` is the keyboard's.
        labels: names beside the leg.

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
