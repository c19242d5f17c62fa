"""Every place is large enough for a finger, even in the smallest window with both legs."""

from typing import TYPE_CHECKING

from itband_gui.leg.names import Leg

if TYPE_CHECKING:
    from tests.ui.conftest import User

SMALLEST_PX = 24


def test_every_place_of_both_legs_is_24_px_wide_and_high_at_800x600(user: "User") -> None:
    user.open()
    user.today.choose(user.today.library.routines[1])
    user.press("Space", "Return", "B", "Return", "3", "4")
    step = user.check_in.sore
    assert step is not None
    assert step.dose.isVisible(), "with all that takes room"
    for leg in Leg:
        view = step.legs[leg].map
        for place, shape in view.anatomy.places.items():
            left, top, right, bottom = shape.bounds
            scale = view.scene.viewport.scale
            assert min(right - left, bottom - top) * scale >= SMALLEST_PX, (leg, place)
