"""Rules of the screening: a sign concerns its leg, and one blocking sign is enough."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.leg.names import Leg
from itband_gui.safety.signs import (
    MassageRule,
    PresentSign,
    ScreeningResult,
    Urgency,
    WarningSign,
    by_urgency,
    load_safety,
    much_worse,
    screen,
)

LEFT, RIGHT = (Leg.LEFT,), (Leg.RIGHT,)
BOTH = (Leg.LEFT, Leg.RIGHT)
LEGS = (LEFT, RIGHT, BOTH)
CAUTION = list(ScreeningResult)


def sign(sign_id: str) -> WarningSign:
    found = load_safety().sign(sign_id)
    assert found is not None
    return found


PRESENT = st.builds(
    lambda each, legs: PresentSign(each, legs if each.leg else ()),
    st.sampled_from(load_safety().signs),
    st.sampled_from(LEGS),
)


@pytest.mark.parametrize(
    ("present", "legs", "verdict", "free"),
    [
        ([], BOTH, ScreeningResult.CLEAR, BOTH),
        ([("skin", LEFT)], BOTH, ScreeningResult.PART_BLOCKED, RIGHT),
        ([("skin", LEFT)], LEFT, ScreeningResult.BLOCKED, ()),
        ([("skin", LEFT)], RIGHT, ScreeningResult.CLEAR, RIGHT),
        ([("skin", BOTH)], BOTH, ScreeningResult.BLOCKED, ()),
        ([("clot", LEFT)], BOTH, ScreeningResult.BLOCKED, ()),
        ([("clot", LEFT)], RIGHT, ScreeningResult.BLOCKED, ()),
        ([("unwell", ())], BOTH, ScreeningResult.BLOCKED, ()),
        ([("blood-thinners", ())], BOTH, ScreeningResult.ASK_FIRST, BOTH),
        ([("feeling", LEFT)], RIGHT, ScreeningResult.CLEAR, RIGHT),
        ([("varicose-veins", LEFT)], BOTH, ScreeningResult.AVOID, BOTH),
        ([("varicose-veins", LEFT), ("cancer", ())], BOTH, ScreeningResult.ASK_FIRST, BOTH),
        ([("skin", LEFT), ("cancer", ())], BOTH, ScreeningResult.PART_BLOCKED, RIGHT),
    ],
)
def test_signs_decide_for_each_leg(
    present: list[tuple[str, tuple[Leg, ...]]],
    legs: tuple[Leg, ...],
    verdict: ScreeningResult,
    free: tuple[Leg, ...],
) -> None:
    found = screen([PresentSign(sign(name), on) for name, on in present], legs)
    assert (found.verdict, found.free_legs) == (verdict, free)


@given(st.lists(PRESENT, max_size=5), PRESENT, st.sampled_from(LEGS))
def test_one_more_sign_never_allows_more(
    present: list[PresentSign], added: PresentSign, legs: tuple[Leg, ...]
) -> None:
    before, after = screen(present, legs), screen([*present, added], legs)
    assert CAUTION.index(after.verdict) >= CAUTION.index(before.verdict)
    assert set(after.free_legs) <= set(before.free_legs)


@given(st.lists(PRESENT, max_size=5), st.sampled_from(LEGS))
def test_the_verdict_follows_from_its_signs(
    present: list[PresentSign], legs: tuple[Leg, ...]
) -> None:
    found = screen(present, legs)
    assert bool(found.telling) is (found.verdict is not ScreeningResult.CLEAR)
    assert (found.verdict is ScreeningResult.BLOCKED) is (not found.free_legs)
    blocked = [p for p in present if p.sign.massage is MassageRule.BLOCK and p.bars & set(legs)]
    assert set(blocked) <= set(found.telling)
    urgencies = [list(Urgency).index(each.sign.urgency) for each in found.telling]
    assert urgencies == sorted(urgencies)


def test_the_most_urgent_comes_first() -> None:
    mixed = [PresentSign(sign(name)) for name in ("unwell", "cancer", "clot", "emergency")]
    assert [each.sign.id for each in by_urgency(mixed)] == ["emergency", "clot", "cancer", "unwell"]


@pytest.mark.parametrize(("before", "after"), list(combinations(range(11), 2)))
def test_two_points_are_much_worse(before: int, after: int) -> None:
    assert much_worse(before, after, 2) is (after - before >= 2)
    assert not much_worse(after, before, 2)
