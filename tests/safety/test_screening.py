"""What the answers to the warning list mean."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.safety.screening import Verdict, by_urgency, much_worse, screen
from itband_gui.safety.signs import Group, Urgency, WarningSign, load_safety

SIGNS = load_safety().signs
URGENT_FIRST = [Urgency.NOW, Urgency.SAME_DAY, Urgency.SOON, Urgency.HEAL]
chosen = st.lists(st.sampled_from(SIGNS), unique_by=lambda sign: sign.id)


@pytest.mark.parametrize(
    ("groups", "verdict"),
    [
        ([], Verdict.CLEAR),
        ([Group.ASK], Verdict.ASK_FIRST),
        ([Group.ASK, Group.ASK], Verdict.ASK_FIRST),
        ([Group.BLOCK], Verdict.BLOCKED),
        ([Group.BLOCK, Group.ASK], Verdict.BLOCKED),
        ([Group.ASK, Group.BLOCK], Verdict.BLOCKED),
    ],
)
def test_the_gravest_group_decides(groups: list[Group], verdict: Verdict) -> None:
    signs = [WarningSign("x", group, Urgency.SOON, "text", "action") for group in groups]
    assert screen(signs) is verdict
    assert screen(iter(signs)) is verdict


@given(chosen)
def test_a_session_is_clear_only_when_no_sign_is_there(signs: list[WarningSign]) -> None:
    assert (screen(signs) is Verdict.CLEAR) == (not signs)


@given(chosen)
def test_the_most_urgent_sign_comes_first_and_none_is_lost(signs: list[WarningSign]) -> None:
    ordered = by_urgency(signs)
    assert sorted(ordered, key=signs.index) == signs
    ranks = [URGENT_FIRST.index(sign.urgency) for sign in ordered]
    assert ranks == sorted(ranks)
    for a, b in pairwise(ordered):  # signs of one urgency keep their order
        assert a.urgency is not b.urgency or signs.index(a) < signs.index(b)


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [(3, 3, False), (3, 4, False), (3, 5, True), (0, 10, True), (5, 2, False), (8, 10, True)],
)
def test_two_points_above_before_is_much_worse(before: int, after: int, worse: bool) -> None:
    assert much_worse(before, after, load_safety().stop.worse_by) is worse
