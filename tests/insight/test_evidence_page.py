"""The evidence page names the numbers that the code uses."""

from datetime import timedelta
from pathlib import Path

import pytest

from itband_gui.insight import (
    lookback,
    massage,
    questions,
    readiness,
    relief,
    rest,
    strain,
    trend,
    weeks,
)
from itband_gui.insight import readiness_rules as rules
from itband_gui.insight.days import NIGHT_ENDS, WEEK_DAYS
from itband_gui.insight.statistics import COUNTED_UP_TO, FEWEST, LEVEL
from itband_gui.safety.open_signs import CONSENT_LASTS, GENTLE_START
from itband_gui.safety.signs import WarningSign, load_safety
from itband_gui.wording import readiness as words

SAFETY = load_safety()


def hours(reason_id: str) -> int:
    """Return how long massage waits after a stop for a reason."""
    reason = SAFETY.stop.reason(reason_id)
    assert reason is not None
    return reason.massage_hours


def sign(sign_id: str) -> WarningSign:
    found = SAFETY.sign(sign_id)
    assert found is not None
    return found


PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"
ROWS = {
    "a calm run, a settled leg": f"{rules.CALM} or less",
    "a sore run: easy": f"{rules.CALM + 1} to {rules.RUN_VERY_SORE - 1}",
    "a very sore run, or a changed stride: rest": f"{rules.RUN_VERY_SORE} or more",
    "such a run closes its day and the next": f"{rules.RED_RUN_DAYS} day after it",
    "after that: walk first": f"{words.WALK_MINUTES} minutes without a limp",
    "two sore runs one after the other: rest": f"at most {rules.SORE_RUNS_APART} days apart",
    "very sore at rest: rest, and no massage": f"{rules.VERY_SORE} or more",
    "daily life: easy, rest": f"{rules.SORE_DAY}, {rules.SORE_WALKING} or more",
    "a leg's usual": (
        f"median of the rated mornings among the {WEEK_DAYS} days before, "
        f"{lookback.USUAL_NEEDS} at least"
    ),
    "above usual: easy": f"{rules.ABOVE_USUAL} point or more",
    "a morning well above usual: rest": (
        f"{rules.WELL_ABOVE_USUAL} points or more, and above {rules.CALM}"
    ),
    "a usual that creeps up: easy": (
        f"{rules.WELL_ABOVE_USUAL} points or more above the usual of {lookback.FOUR_WEEKS} days ago"
    ),
    "both thighs sore after a hard day: easy, not rest": (
        f"up to {strain.MUSCLE_MOST}, at most {strain.MUSCLE_APART} point apart, "
        f"{strain.MUSCLE_DAYS[0]} to {strain.MUSCLE_DAYS[-1]} days after effort {strain.HARD} "
    ),
    "after a very hard day: easy": (
        f"{strain.EASY_AFTER_DAYS} day after effort {strain.VERY_HARD} or more, or a run of "
        f"{strain.LONG} times the median of the {strain.DAYS} days before; "
        f"{strain.EASY_AFTER_VERY_LONG_DAYS} days after {strain.VERY_LONG:g} times; alone, "
        f"from {strain.LONG_ALONE_MINUTES} minutes; "
        f"an activity from {strain.LONG_ACTIVITY_MINUTES} "
    ),
    "if you run on an easy day": "{} to {} minutes".format(*words.EASY_MINUTES),
    "a stopped session: rest": (
        f"its day, and {rules.STOP_DAYS} days after it until the legs are at {rules.CALM} or less"
    ),
    "a sign that needs a clinician": f"easy for {GENTLE_START.days} days after",
    "a fresh injury": f"rest for {sign('fresh-injury').least_hours} hours",
    "a condition that asks a clinician about massage": "its own rule for running stays",
    "fever": f"rest for {sign('unwell').clear_hours} hours",
    "reds that mean days off": (
        f"{readiness.REDS_IN_A_WEEK} new ones in {WEEK_DAYS} days: {readiness.DAYS_OFF} days off"
    ),
    "reds that mean seeing someone": (
        f"{readiness.REDS_IN_A_WEEK} in each of 2 weeks, or a sign that closed running for "
        f"{2 * WEEK_DAYS} days, or {readiness.STOPS_AGAIN} stops within them"
    ),
    "soreness that means seeing someone": (
        f"most of the rated days of {readiness.SORE_WEEKS} weeks, {readiness.RATED_DAYS} at least"
    ),
    "the last run tells nothing any more": f"after {rules.RUN_COUNTS_DAYS} days",
    "a leg is not asked about any more": f"after {rules.LEG_COUNTS_DAYS} days without a rating",
    "a rating of “the last run” belongs to the run": (
        f"at most {lookback.RUN_RATED_WITHIN_DAYS} days before it, 1 where"
    ),
    "how long a run may be": f"{strain.PERCENT} % of the longest of {strain.DAYS} days",
    "looked back": f"{lookback.LOOK_BACK_DAYS} days",
    "normal day-to-day variation": f"a change under {relief.WOBBLE} points",
    "the line": (
        f"median of {WEEK_DAYS} days, of {trend.MEDIAN_NEEDS} rated ones at least, "
        f"from {trend.TREND_NEEDS} rated days on"
    ),
    "“typically”, an estimate, groups, mornings compared": f"from {FEWEST} on",
    "the estimate": f"signed ranks, {LEVEL:.0%} or more".replace("%", " %"),
    "sessions began on sorer days": (
        f"{relief.SORER_BY} point or more above days without one, of which {FEWEST} ratings"
    ),
    "load": "minutes times effort",
    "weeks": f"{weeks.WEEK_NEEDS} rated days for a week's soreness",
    "a session counts for a leg": "if a hand was on it",
    "the night ends, the morning question ends": (
        f"at {NIGHT_ENDS // timedelta(hours=1)}:00, at {questions.ASKED_UNTIL:%H:%M}"
    ),
    "a run is asked about": "until the end of the next day",
    "rest days, advised and taken": f"of {rest.DAYS} days",
    "a clinician's agreement counts": f"{CONSENT_LASTS.days} days",
    "after a stop": f"{massage.STOP_HOURS} hours, {hours('bruise')} for a bruise",
    "two points worse afterwards": f"{SAFETY.stop.worse_hours} hours",
    "a leg once a day, and sessions in a week": f"{massage.OFTEN} in {WEEK_DAYS} days",
    "very sore": f"{rules.VERY_SORE} or more today",
    "the hip or “somewhere else” was marked": f"for {questions.BONE_ASKED_DAYS} days",
    "severe soreness asks for night pain": f"for {questions.NIGHT_ASKED.days} days",
}


def rows() -> dict[str, str]:
    """Return the rows below the journal's heading: the first cell, and the others."""
    _, told = PAGE.read_text("utf-8").split("## What the journal tells")
    lines = [line.strip("| ").split(" | ", 1) for line in told.splitlines() if "| " in line]
    return {first: rest for first, rest in lines if first != "what"}


def test_every_row_of_the_page_is_looked_at() -> None:
    assert set(rows()) == set(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_a_number_on_the_page_is_the_one_in_use(row: str) -> None:
    assert ROWS[row] in rows()[row]


def test_the_small_numbers_are_the_ones_in_use() -> None:
    assert f"exact up to {COUNTED_UP_TO} pairs" in rows()["the estimate"]
    assert questions.RUN_ASKED_DAYS == 1
