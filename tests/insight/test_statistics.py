"""The interval of a median change, checked against all sign choices and SciPy."""

from fractions import Fraction
from importlib import import_module
from itertools import combinations_with_replacement, product
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.insight import statistics
from itband_gui.insight.statistics import estimate

CHANGES = st.lists(st.integers(-10, 10), min_size=6, max_size=9)
MANY = st.lists(st.integers(-10, 10), min_size=6, max_size=60)


@pytest.mark.parametrize("count", range(6))
def test_under_six_changes_there_is_no_estimate(count: int) -> None:
    assert estimate([-1] * count) is None


def test_six_changes_have_their_extremes_as_interval() -> None:
    found = estimate([-3, -2, -1, -1, 0, 1])
    assert found is not None
    assert (found.change, found.low, found.high) == (-1, -3, 1)
    assert found.level == 1 - 2 / 64


@given(changes=MANY)
def test_the_estimate_is_the_median_of_all_pairwise_averages(changes: list[int]) -> None:
    averages = [(one + other) / 2 for one, other in combinations_with_replacement(changes, 2)]
    found = estimate(changes)
    assert found is not None
    assert found.change == median(averages)
    assert {found.low, found.high} <= set(averages)


def rejected(changes: list[int], middle: Fraction) -> bool:
    """Whether the signed-rank test refuses a middle, by going through every choice of signs.

    The middle lies off every pairwise average, so that no two differences are equal and opposite.
    """
    differences = sorted((each - middle for each in changes), key=abs)
    observed = sum(rank for rank, each in enumerate(differences, 1) if each > 0)
    ranks = range(1, len(changes) + 1)
    totals = [
        sum(rank for rank, positive in zip(ranks, signs, strict=True) if positive)
        for signs in product((False, True), repeat=len(changes))
    ]
    low = sum(total <= observed for total in totals)
    high = sum(total >= observed for total in totals)
    return Fraction(2 * min(low, high), len(totals)) <= Fraction(5, 100)


@given(changes=CHANGES)
def test_the_interval_contains_exactly_the_medians_not_rejected(
    changes: list[int],
) -> None:
    found = estimate(changes)
    assert found is not None
    for quarters in range(-42, 43, 3):
        middle = Fraction(quarters, 4) + Fraction(1, 8)
        assert rejected(changes, middle) == (not found.low <= middle <= found.high)


def test_the_level_follows_from_all_sign_choices() -> None:
    for count in range(6, 13):
        changes = [2**each for each in range(count)]  # no two averages are equal
        found = estimate(changes)
        assert found is not None
        averages = sorted(
            (one + other) / 2 for one, other in combinations_with_replacement(changes, 2)
        )
        outside = averages.index(found.low)
        totals = [
            sum(rank for rank, positive in enumerate(signs, 1) if positive)
            for signs in product((False, True), repeat=count)
        ]
        beyond = sum(total <= outside for total in totals) / 2**count
        assert found.level == 1 - 2 * beyond
        assert beyond <= 0.025 < sum(total <= outside + 1 for total in totals) / 2**count


def test_the_interval_is_the_other_way_round_when_the_changes_are() -> None:
    found, turned = estimate([-4, -2, -2, 0, 1, 1, 3]), estimate([4, 2, 2, 0, -1, -1, -3])
    assert found is not None
    assert turned is not None
    assert (found.change, found.low, found.high) == (-turned.change, -turned.high, -turned.low)


def rank_of_low_end(changes: list[int]) -> int:
    found = estimate(changes)
    assert found is not None
    return sorted(map(sum, combinations_with_replacement(changes, 2))).index(int(2 * found.low)) + 1


def test_many_pairs_are_judged_as_strictly_as_counted_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    # No two pairs of these have the same sum, so that the low end tells its rank.
    changes = [2 * 97 * number + number**2 % 97 for number in range(90)]

    def ranks(limit: int) -> list[int]:
        monkeypatch.setattr(statistics, "COUNTED_UP_TO", limit)
        return [rank_of_low_end(changes[:count]) for count in range(30, 90)]

    counted, curved = ranks(100), ranks(0)
    gaps = [one - other for one, other in zip(counted, curved, strict=True)]
    assert min(gaps) >= 0  # the curve is never the narrower one
    assert max(gaps) <= 1


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    dice = Random(5)  # noqa: S311 - nothing here is secret
    covered = 0
    for _ in range(2_000):
        found = estimate([round(dice.gauss(-1, 1.5)) for _ in range(12)])
        assert found is not None
        covered += found.low <= -1 <= found.high
    assert covered / 2_000 >= 0.95


@pytest.mark.parametrize("count", [6, 7, 10, 15, 25, 40])
def test_scipy_rejects_values_outside_the_interval_only(count: int) -> None:
    stats = import_module("scipy.stats")  # it ships no types
    dice = Random(count)  # noqa: S311 - nothing here is secret
    changes = [dice.randint(-10, 10) for _ in range(count)]
    found = estimate(changes)
    assert found is not None
    for eighths in range(-81, 82, 4):  # off every pairwise average, so that there are no ties
        middle = eighths / 8 + 1 / 64
        differences = [each - middle for each in changes]
        p = stats.wilcoxon(differences, method="exact").pvalue
        assert (p > 0.05) == (found.low <= middle <= found.high), middle
