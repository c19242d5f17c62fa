from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QPixmap

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import Leg, Place, Technique, Zone
from itband_gui.ui.leg import leg_view
from itband_gui.ui.leg.art import Hand
from itband_gui.ui.leg.layers import paint_scene
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName

ShowLeg = Callable[..., LegView]
PATH = Path((Point(0, 0), Point(0, 40)))
SIZES = [(120, 200), (400, 700), (900, 500), (1600, 2000)]


class Counter:
    """Paint scenes as usual, and count them."""

    def __init__(self) -> None:
        self.scenes: list[Scene] = []

    def __call__(self, scene: Scene, anatomy: Anatomy, ratio: float) -> QPixmap:
        self.scenes.append(scene)
        return paint_scene(scene, anatomy, ratio)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    counter = Counter()
    monkeypatch.setattr(leg_view, "paint_scene", counter)
    return counter


def picture(view: LegView) -> QImage:
    return view.grab().toImage()


def hand(along: float, technique: Technique = Technique.LIGHT, *, press: float = 1.0) -> Hand:
    return Hand(technique, PATH, along, press)


def changed_at(view: LegView, before: QImage, after: QImage) -> list[tuple[float, float]]:
    """Return the pixels that differ, on a coarse grid, as shares of the picture."""
    step = 4
    return [
        (x / view.width(), y / view.height())
        for x in range(0, view.width(), step)
        for y in range(0, view.height(), step)
        if before.pixel(x, y) != after.pixel(x, y)
    ]


def test_the_still_picture_is_painted_once_while_the_hand_moves(
    show_leg: ShowLeg, counter: Counter
) -> None:
    view = show_leg()
    pictures = []
    for step in range(20):
        view.show_moving(hand(step / 20))
        pictures.append(picture(view))
    assert len(counter.scenes) == 1
    assert all(a != b for a, b in pairwise(pictures)), "the hand moves"


def test_a_new_size_theme_or_layer_paints_the_still_picture_anew(
    show_leg: ShowLeg, counter: Counter, appearance: Appearance
) -> None:
    view = show_leg()
    picture(view)
    changes: list[Callable[[], object]] = [
        lambda: view.resize(300, 500),
        lambda: appearance.choose(ThemeName.DARK),
        lambda: view.show_layers(tinted=(Zone.BAND_UPPER,)),
        lambda: view.show_layers(keep_off=True),
        lambda: view.show_layers(marked=frozenset({Place.OUTER_KNEE})),
    ]
    for number, change in enumerate(changes, start=2):
        change()
        picture(view)
        picture(view)
        assert len(counter.scenes) == number


def test_only_the_hand_s_surroundings_are_painted_when_it_moves(show_leg: ShowLeg) -> None:
    view = show_leg()
    before = picture(view)
    view.show_moving(hand(0.1))
    changes = changed_at(view, before, picture(view))
    assert changes
    assert max(y for _, y in changes) < 0.75, "nothing moved at the knee"


def test_a_hand_that_is_taken_away_leaves_no_trace(show_leg: ShowLeg) -> None:
    view = show_leg()
    before = picture(view)
    view.show_moving(hand(0.5))
    assert picture(view) != before
    view.show_moving(None)
    assert picture(view) == before


def test_each_technique_has_a_hand_of_its_own_and_a_lifted_one_looks_lifted(
    show_leg: ShowLeg,
) -> None:
    view = show_leg()
    pictures = []
    for technique in Technique:
        for press in (0.0, 0.5, 1.0):
            view.show_moving(hand(0.5, technique, press=press))
            pictures.append(picture(view))
    assert all(a != b for i, a in enumerate(pictures) for b in pictures[:i])


@pytest.mark.parametrize("size", SIZES)
def test_a_left_leg_is_the_mirror_of_a_right_one(show_leg: ShowLeg, size: tuple[int, int]) -> None:
    left, right = show_leg(Leg.LEFT, size).scene.viewport, show_leg(Leg.RIGHT, size).scene.viewport
    for x in (-8.0, 0.0, 5.0):
        a, b = left.to_pixels(Point(x, 10)), right.to_pixels(Point(x, 10))
        assert a[0] == pytest.approx(size[0] - b[0])
        assert a[1] == pytest.approx(b[1])


def test_a_tinted_zone_differs_where_it_lies_and_nowhere_else(
    show_leg: ShowLeg, anatomy: Anatomy
) -> None:
    view = show_leg()
    before = picture(view)
    view.show_layers(tinted=(Zone.BAND_MIDDLE,))
    centre = anatomy.zones[Zone.BAND_MIDDLE].centre
    x, y = view.scene.viewport.to_pixels(centre)
    changes = changed_at(view, before, picture(view))
    near = [c for c in changes if abs(c[0] - x / view.width()) < 0.15]
    assert changes
    assert near == changes
    assert before.pixel(int(x), int(y)) != picture(view).pixel(int(x), int(y))


def test_a_leg_without_room_neither_fails_nor_grows_out_of_it(show_leg: ShowLeg) -> None:
    view = show_leg()
    view.show_layers(keep_off=True)
    view.setMinimumSize(0, 0)
    for size in ((1, 1), (2, 400), (400, 2)):
        view.resize(*size)
        QCoreApplication.processEvents()
        view.show_moving(hand(0.5))
        picture(view)
        assert view.scene.viewport.scale > 0
