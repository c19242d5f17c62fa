"""Labels next to a picture: no overlaps, in order, near the points they name."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from itband_gui.ui.leg.labels import spread

WANTED = st.lists(st.floats(-50, 650), max_size=12).map(sorted)


@given(wanted=WANTED, pitch=st.floats(8, 40))
def test_labels_do_not_overlap_and_keep_their_order(wanted: list[float], pitch: float) -> None:
    placed = spread(wanted, pitch, 600)
    assert len(placed) == len(wanted)
    assert all(b - a >= pitch - 1e-9 for a, b in pairwise(placed))


@given(wanted=WANTED)
def test_labels_that_fit_stay_inside(wanted: list[float]) -> None:
    assert all(10 <= y <= 590 for y in spread(wanted, 20, 600))


def test_a_label_with_room_stays_where_it_points() -> None:
    assert spread([100, 200, 300], 20, 600) == [100, 200, 300]


def test_crowded_labels_move_as_little_as_they_must() -> None:
    assert spread([100, 105, 300], 20, 600) == [100, 120, 300]
    assert spread([590, 595], 20, 600) == [570, 590]


def test_no_labels_are_fine() -> None:
    assert spread([], 20, 600) == []
