"""The page on where numbers come from names those that are reckoned with."""

from datetime import timedelta
from pathlib import Path

import pytest

from itband_gui.insight import (
    due,
    evidence,
    findings,
    longest,
    readiness,
    relief,
    rest,
    trend,
    weeks,
)
from itband_gui.insight.days import NIGHT_ENDS, WEEK_DAYS
from itband_gui.insight.signed_rank import COUNTED_UP_TO, FEWEST, LEVEL

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"
ROWS = {
    "a calm run, a settled leg": f"{findings.CALM} or less",
    "a sore run: easy": f"{findings.CALM + 1} to {findings.RUN_VERY_SORE - 1}",
    "a very sore run, or a changed stride: rest": f"{findings.RUN_VERY_SORE} or more",
    "such a run closes its day and the next": f"{findings.RED_RUN_DAYS} day after it",
    "two sore runs one after the other: rest": f"at most {findings.RUN_COUNTS_DAYS} days apart",
    "daily life: easy, rest": f"{findings.SORE_DAY}, {findings.SORE_WALKING} or more",
    "a leg's usual": (
        f"median of the rated mornings among the {WEEK_DAYS} days before, "
        f"{evidence.USUAL_NEEDS} at least"
    ),
    "above usual: easy": f"{findings.ABOVE_USUAL} point or more",
    "a morning well above usual: rest": f"{findings.WELL_ABOVE_USUAL} points or more",
    "a stopped session: rest": (
        f"its day, and {findings.STOP_DAYS} days after it until the legs are at "
        f"{findings.CALM} or less"
    ),
    "reds that mean days off": (
        f"{readiness.REDS_IN_A_WEEK} new ones in {WEEK_DAYS} days: {readiness.DAYS_OFF} days off"
    ),
    "reds that mean seeing someone": (
        f"{readiness.REDS_IN_A_WEEK} in each of 2 weeks, or a blocking sign open for "
        f"{2 * WEEK_DAYS} days"
    ),
    "the last run tells nothing any more": f"after {findings.RUN_COUNTS_DAYS} days",
    "a leg is not asked about any more": f"after {findings.LEG_COUNTS_DAYS} days without a rating",
    "a rating of “the last run” belongs to the run": (
        f"at most {evidence.RUN_RATED_WITHIN_DAYS} days before it, 1 where"
    ),
    "how long a run may be": f"{longest.PERCENT} % of the longest of {longest.DAYS} days",
    "looked back": f"{evidence.LOOK_BACK_DAYS} days",
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
        f"at {NIGHT_ENDS // timedelta(hours=1)}:00, at {due.ASKED_UNTIL:%H:%M}"
    ),
    "a run is asked about": "until the end of the next day",
    "rest days, advised and taken": f"of {rest.DAYS} days",
}


def rows() -> dict[str, str]:
    """Return the rows below the heading of the journal: the first cell, and all the rest."""
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
    assert due.RUN_ASKED_DAYS == 1
