"""The law of the drawn hand: no part of it ever covers a keep-off area."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.drawing import load_anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import MUSCLE_ZONES, Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.library import load_library
from itband_gui.routine.model import Routine
from itband_gui.routine.plan import HandWork, Phase, Plan, make_plan
from itband_gui.routine.validation import RoutineInvalidError, parse
from itband_gui.session.position import locate
from itband_gui.ui.guide.figures import FIGURES, LegFigure, figure_picture, figure_viewport
from itband_gui.ui.leg.art import CONTACT_CM, Hand, Marker, hold
from itband_gui.ui.leg.layers import KEPT_CM, SOFT_CM, on_screen
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.leg.scene import Scene
from itband_gui.ui.look.theme import THEMES, ThemeName
from itband_gui.ui.session.page import MARKER_STEPS
from tests.conftest import Amount
from tests.leg.measures import clearance

ShowLeg = Callable[..., LegView]
SIZE = (300, 520)
SEEN = 3  # of 255: what a pixel may differ by, for rounding
ROUTINES = load_library(load_anatomy(), None).routines
BOTH = CheckIn({Leg.LEFT: 3, Leg.RIGHT: 3})


def pixels(image: QImage) -> np.ndarray:
    """Return a picture's colours, a number each."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32)
    return flat.reshape(image.height(), image.width()).copy()


def kept_off(scene: Scene, anatomy: Anatomy, size: QSize) -> np.ndarray:
    """Return which pixels are in a keep-off area."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("white"))
    for shape in anatomy.keep_off.values():
        painter.drawPolygon(on_screen(shape, scene))
    painter.end()
    white: np.ndarray = np.equal(pixels(image), QColor("white").rgb())
    return white


def changed(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return which pixels differ by more than rounding does."""
    differs: np.ndarray = np.not_equal(before, after)
    one, other = (each[differs].view(np.uint8).astype(np.int16) for each in (before, after))
    differs[differs] = np.abs(one - other).reshape(-1, 4).max(axis=1, initial=0) > SEEN
    return differs


class Watch:
    """Check a leg for a hand over a keep-off area."""

    def __init__(self, view: LegView) -> None:
        self.view = view
        view.show_layers(keep_off=True)
        view.show_moving(None)
        self.still = pixels(view.grab().toImage())
        self.off = kept_off(view.scene, view.anatomy, view.size())

    def seen(self, moving: Hand | Marker) -> tuple[int, int]:
        """Return how many pixels the moving hand changes in keep-off areas, and anywhere."""
        self.view.show_moving(moving)
        found = changed(self.still, pixels(self.view.grab().toImage()))
        return int((found & self.off).sum()), int(found.sum())


def instants(phase: Phase, plan: Plan, every_ms: int) -> Iterator[tuple[float, float]]:
    """Yield how far along and how far down the hand is through the first stroke of a set."""
    stroke = phase.strokes[0]
    for ms in {*range(stroke.start_ms, stroke.end_ms, every_ms), stroke.turn_ms, stroke.end_ms - 1}:
        position = locate(plan, 0, phase, ms)
        yield position.along, position.press


def works(plan: Plan) -> dict[tuple[Technique, Path], tuple[Phase, HandWork]]:
    """Return every distinct work of one leg, and its easier version."""
    found: dict[tuple[Technique, Path], tuple[Phase, HandWork]] = {}
    for phase in plan.phases:
        for work in (phase.work, phase.work.lighter) if phase.work else ():
            found.setdefault((work.technique, work.path), (phase, work))
    return found


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
def test_no_hand_of_a_built_in_routine_covers_a_keep_off_area(
    show_leg: ShowLeg, anatomy: Anatomy, routine: Routine, leg: Leg, quick_or_slow: Amount
) -> None:
    watch = Watch(show_leg(leg, SIZE))
    plan = make_plan(routine, CheckIn({leg: 3}), anatomy)
    every_ms, looked = quick_or_slow(200, 50), 0
    for phase, work in works(plan).values():
        for along, press in sorted(set(instants(phase, plan, every_ms))):
            covered, drawn = watch.seen(Hand(work.technique, work.path, along, press))
            assert not covered, (work.technique, work.zones, along, press)
            assert drawn, "there is a hand"
            looked += 1
    assert looked > 5_000 / every_ms


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("zone", Zone)
def test_a_marker_covers_none_either(
    show_leg: ShowLeg, anatomy: Anatomy, zone: Zone, leg: Leg
) -> None:
    watch = Watch(show_leg(leg, SIZE))
    for step in range(MARKER_STEPS + 1):
        covered, drawn = watch.seen(Marker(anatomy.strokes[zone].at(step / MARKER_STEPS)))
        assert drawn
        assert not covered


@st.composite
def own_works(draw: st.DrawFn) -> tuple[Technique, Path]:
    """Draw a technique and a custom path that a routine file may hold."""
    zone, technique = draw(st.sampled_from(Zone)), draw(st.sampled_from(Technique))
    assume(technique is not Technique.KNUCKLES or zone in MUSCLE_ZONES)
    left, top, right, bottom = load_anatomy().zones[zone].bounds
    x, y = st.floats(left - 0.3, right + 0.3), st.floats(top - 0.3, bottom + 0.3)
    points = draw(st.lists(st.tuples(x, y), min_size=2, max_size=4))
    pressure = "pressure = [2, 3]" if technique.firm else ""
    line = ", ".join(f"[{x:.3f}, {y:.3f}]" for x, y in points)
    text = f"""
        name = "Own"
        [settle]
        zones = ["band-upper"]
        seconds = 30
        speed_cm_s = 5
        [[steps]]
        technique = "{technique}"
        zones = ["{zone}"]
        seconds = 60
        speed_cm_s = 5
        path = [{line}]
        {pressure}
    """
    try:
        (step,) = parse(text, load_anatomy()).steps
    except RoutineInvalidError:
        assume(False)
    return technique, Path(tuple(Point(*point) for point in step.path or ()))


@given(own_works(), st.sampled_from(Leg))
@settings(
    max_examples=max(30, settings().max_examples),  # a safety law: no fewer in `make test`
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
def test_no_hand_on_a_line_of_one_s_own_covers_a_keep_off_area(
    show_leg: ShowLeg, work: tuple[Technique, Path], leg: Leg
) -> None:
    watch = Watch(show_leg(leg, SIZE))
    for along in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        for press in (0.0, 1.0):
            covered, _ = watch.seen(Hand(*work, along, press))
            assert not covered


@pytest.mark.parametrize("theme", ThemeName)
@pytest.mark.parametrize(
    "name", [n for n, f in FIGURES.items() if isinstance(f, LegFigure) and f.technique]
)
def test_no_hand_in_the_guide_covers_a_keep_off_area(
    qapp: object, anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch, name: str, theme: ThemeName
) -> None:
    figure, size = FIGURES[name], QSize(320, 420)
    assert isinstance(figure, LegFigure)
    assert figure.keep_off, "the picture shows what the hand keeps off"
    with_hand = pixels(figure_picture(name, THEMES[theme], size, 1.0).toImage())
    monkeypatch.setitem(FIGURES, name, replace(figure, technique=None))
    without = pixels(figure_picture(name, THEMES[theme], size, 1.0).toImage())
    found = changed(without, with_hand)
    viewport = figure_viewport(figure, (), size)
    off = kept_off(Scene(viewport, THEMES[theme]), anatomy, size)
    assert found.any()
    assert not (found & off).any()


# In the hip pocket alone no hand fits between the hip bone, the hip point and the groin: there
# the fingers fade out before them. Everywhere else the whole hand finds room by turning.
@pytest.mark.parametrize("technique", Technique)
@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
def test_a_hand_is_drawn_whole_but_for_its_arm_everywhere_outside_the_hip_pocket(
    anatomy: Anatomy, routine: Routine, technique: Technique
) -> None:
    plan = make_plan(routine, BOTH, anatomy)
    for _, work in works(plan).values():
        if work.technique is technique and Zone.HIP_POCKET not in work.zones:
            assert hold(technique, work.path).grips.covered == 0, work.zones


@pytest.mark.parametrize("zone", Zone)
def test_what_presses_is_drawn_in_full_along_every_stroke(anatomy: Anatomy, zone: Zone) -> None:
    for name, area in anatomy.keep_off.items():
        assert clearance(anatomy.strokes[zone], area) >= CONTACT_CM + KEPT_CM + SOFT_CM, name


@pytest.mark.parametrize("technique", Technique)
@pytest.mark.parametrize("zone", Zone)
def test_a_hand_turns_no_faster_than_a_wrist_and_an_elbow(
    anatomy: Anatomy, zone: Zone, technique: Technique
) -> None:
    path = anatomy.strokes[zone]
    grips = hold(technique, path).grips
    steps = max(1, round(path.length))
    turns = [grips.at(i / steps).turn for i in range(steps + 1)]
    assert max(abs(b - a) for a, b in pairwise(turns)) <= 13  # degrees a cm
