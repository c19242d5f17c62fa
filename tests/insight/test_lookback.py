"""Relevant entries alone give the same light and questions as the whole journal."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.insight.lookback import relevant_entries
from itband_gui.insight.questions import due
from itband_gui.insight.readiness import readiness
from itband_gui.journal.entries import Entry, Moment
from tests.insight.journals import DAY, calm_month, flare, ten_years
from tests.insight.making import NOW, SAFETY, morning, rating, run, sign

JOURNALS = {"calm": calm_month(), "flare": flare(), "ten years": ten_years()}


def assert_same(entries: list[Entry], now: datetime) -> list[Entry]:
    bearing = relevant_entries(entries, now)
    assert readiness(bearing, now, SAFETY) == readiness(entries, now, SAFETY)
    assert due(bearing, now, (), SAFETY) == due(entries, now, (), SAFETY)
    return bearing


@given(st.sampled_from(sorted(JOURNALS)), st.integers(0, 24 * 70))
def test_at_any_hour_the_answers_match_those_for_all_entries(name: str, hours: int) -> None:
    assert_same(JOURNALS[name], NOW - timedelta(hours=hours))


def test_ten_years_are_cut_to_weeks() -> None:
    assert len(assert_same(JOURNALS["ten years"], NOW)) < 500


def test_an_old_sign_that_is_still_open_matters_today() -> None:
    old = sign(300)
    assert old in assert_same([old, *JOURNALS["calm"]], NOW)


def test_a_run_of_long_ago_makes_a_long_break() -> None:
    entries: list[Entry] = [run(400, 1), run(200, 1), morning(0, 0)]
    assert assert_same(entries, NOW) == [entries[0], entries[2]]


def test_a_rating_of_a_run_that_was_not_logged_makes_a_long_break_too() -> None:
    assert_same([rating(400, 1, Moment.LAST_RUN), morning(0, 0)], NOW)


@pytest.mark.parametrize("days", range(38, 60))
def test_runs_at_the_edge_of_the_look_back(days: int) -> None:
    """Each day of two weeks is judged by the weeks before it."""
    assert_same([run(days, 7), run(days - 2, 7), run(12, 3), morning(0, 0)], NOW - DAY / 2)
