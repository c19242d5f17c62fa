"""The light for running: what is missing for a go, named and counted."""

import pytest

from itband_gui.insight.readiness import Verdict
from itband_gui.insight.reasons import Readiness
from itband_gui.insight.statistics import Need
from itband_gui.journal.entries import Entry
from tests.insight.making import (
    CALM,
    EASY,
    GO,
    RAN,
    REST,
    RIGHT,
    UNKNOWN,
    USUAL,
    light,
    morning,
    rating,
    run,
)


def missing(verdict: Verdict) -> set[tuple[Need, int, int]]:
    return {(m.shortfall.what, m.shortfall.have, m.shortfall.need) for m in verdict.missing}


def test_an_empty_journal_gives_no_light_and_says_what_it_needs() -> None:
    verdict = light([])
    assert verdict.light is UNKNOWN
    assert verdict.deciding == ()
    assert missing(verdict) == {(Need.RUN, 0, 1), (Need.TODAY_RATING, 0, 1)}


@pytest.mark.parametrize(
    ("entries", "needs"),
    [
        ([morning(0, 1)], {(Need.RUN, 0, 1), (Need.MORNINGS, 0, 3)}),
        ([morning(0, 0)], {(Need.RUN, 0, 1)}),
        ([RAN], {(Need.TODAY_RATING, 0, 1)}),
        ([*USUAL, RAN], {(Need.TODAY_RATING, 0, 1)}),
        ([RAN, morning(1, 1), morning(0, 1)], {(Need.MORNINGS, 1, 3)}),
        ([*USUAL, morning(0, 1)], {(Need.RUN, 0, 1)}),
        ([*USUAL, run(1, None), morning(0, 1)], {(Need.RUN_SORENESS, 0, 1)}),
    ],
)
def test_missing_entries_are_named_with_their_counts(
    entries: list[Entry], needs: set[tuple[Need, int, int]]
) -> None:
    verdict = light(entries)
    assert (verdict.light, missing(verdict)) == (UNKNOWN, needs)


def test_a_zero_this_morning_is_settled_without_a_usual_level() -> None:
    assert light([RAN, morning(0, 0)]).light is GO


def test_reasons_against_running_count_even_if_entries_are_missing() -> None:
    verdict = light([run(1, 4)])
    assert (verdict.light, missing(verdict)) == (EASY, {(Need.TODAY_RATING, 0, 1)})
    assert light([run(1, 6)]).light is REST


@pytest.mark.parametrize(("days_ago", "expected"), [(6, UNKNOWN), (7, GO)])
def test_a_leg_that_was_rated_within_a_week_must_be_rated_today(
    days_ago: int, expected: Readiness
) -> None:
    assert light([*CALM, rating(days_ago, 0, leg=RIGHT)]).light is expected
