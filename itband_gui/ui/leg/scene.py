"""What a picture of the leg shows; frozen, so that equal scenes share one painted picture."""

from dataclasses import dataclass

from itband_gui.leg.geometry import Path
from itband_gui.leg.names import Place, Zone
from itband_gui.leg.viewport import Viewport
from itband_gui.ui.theme import Theme


@dataclass(frozen=True)
class Scene:
    """The still layers of one leg.

    Attributes:
        tinted: zones being worked on.
        marked: places marked as sore.
        pointed: the place under the pointer or the keyboard's cursor.
        focused: whether `pointed` is the keyboard's.
        path: the stroke's path, drawn with its direction.
        keep_off: whether the areas never to press are hatched and labelled.
        places: whether the outlines of all places are drawn.

    """

    viewport: Viewport
    theme: Theme
    tinted: tuple[Zone, ...] = ()
    marked: frozenset[Place] = frozenset()
    pointed: Place | None = None
    focused: bool = False
    path: Path | None = None
    keep_off: bool = False
    places: bool = False
