"""The check-in's answers and the plan made from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.leg.names import Leg, Place
from itband_gui.routine.check_in import VERY_SORE, CheckIn, Dose

scores = st.dictionaries(st.sampled_from(Leg), st.integers(0, 10))


@given(scores)
def test_the_sorer_leg_is_the_one_with_the_higher_score(found: dict[Leg, int]) -> None:
    check_in = CheckIn(found)
    assert check_in.legs == tuple(found)
    if len(set(found.values())) < 2:
        assert check_in.sorer is None
    else:
        assert check_in.sorer is not None
        assert found[check_in.sorer] > found[check_in.sorer.other]


def test_a_leg_without_marks_has_no_sore_places() -> None:
    check_in = CheckIn({Leg.LEFT: 3}, {Leg.LEFT: frozenset({Place.OUTER_KNEE})})
    assert check_in.sore_places(Leg.LEFT) == {Place.OUTER_KNEE}
    assert check_in.sore_places(Leg.RIGHT) == frozenset()


@pytest.mark.parametrize(("dose", "factor"), [(Dose.LESS, 0.5), (Dose.SAME, 1), (Dose.MORE, 1.5)])
def test_a_dose_is_a_share_of_the_other_legs_time(dose: Dose, factor: float) -> None:
    assert dose.factor == factor
    assert CheckIn({Leg.LEFT: 1}).dose is Dose.SAME


def test_six_out_of_ten_is_very_sore() -> None:
    assert VERY_SORE == 6
