"""Rest without guilt, and a week's load with the soreness after it."""

from datetime import date

import pytest

from itband_gui.insight.days import Range, days_ending, period_of
from itband_gui.insight.rest import DAYS, Rest, rest
from itband_gui.insight.weeks import load_and_soreness
from itband_gui.journal.entries import Activity, Entry, Run
from itband_gui.leg.names import Leg
from itband_gui.ui.text.relief import (
    beside_text,
    kind_text,
    load_text,
    needs_text,
    rest_text,
    week_text,
)
from tests.insight.journals import LAST, flare
from tests.insight.making import DAY, NOW, SAFETY, TODAY, activity, morning, rest_day, run

BOTH = tuple(Leg)


def _days(count: int) -> tuple[date, ...]:
    return tuple(TODAY - back * DAY for back in range(count))


@pytest.mark.parametrize(
    ("logged", "advised", "taken", "sentence"),
    [
        (4, 3, 3, "4 rest days in two weeks. 3 were advised, and you took them all."),
        (1, 1, 0, "1 rest day in two weeks. One was advised, and you ran."),
        (0, 0, 0, "No rest day in two weeks. None was advised."),
        (1, 1, 1, "1 rest day in two weeks. One was advised, and you took it."),
        (0, 2, 0, "No rest day in two weeks. 2 were advised, and you ran on each of them."),
        (2, 5, 2, "2 rest days in two weeks. 5 were advised, and you took 2 of them."),
    ],
)
def test_rest_is_said_without_guilt(logged: int, advised: int, taken: int, sentence: str) -> None:
    assert DAYS == 14  # the two weeks that the sentence names
    told = Rest(days_ending(TODAY, DAYS), _days(logged), _days(advised), _days(taken))
    assert rest_text(told) == sentence


def test_the_rest_sentence_has_its_numbers() -> None:
    told = rest([run(9, 7), run(8, 1), rest_day(3), rest_day(1)], NOW, SAFETY)
    # the very sore run closed its own day after it, and the next: two days with a run on one
    assert rest_text(told) == "2 rest days in two weeks. One was advised, and you ran."
    assert kind_text().startswith("A rest day is a success.")


def test_a_week_is_described_with_the_next_weeks_soreness() -> None:
    entries = [run(12, minutes=40, effort=5), run(10, minutes=30, effort=4)]
    entries_after = [morning(back, 2) for back in (6, 5, 4)]
    kept: list[Entry] = [rest_day(13), *entries, *entries_after]
    [row] = load_and_soreness(kept, days_ending(TODAY, 14))
    assert week_text(row, BOTH, TODAY) == (
        "Week of 9 Nov: 2 runs, 70 min, load 320. The week after: Left: median 2 out of 10 on 3 "
        "rated days. Right: no rated day, too few."
    )
    assert "Right" not in week_text(row, (Leg.LEFT,), TODAY)


def test_a_week_without_runs_and_one_with_a_single_run_are_said() -> None:
    one, none = load_and_soreness([run(20, minutes=61, effort=4)], days_ending(TODAY, 21))
    assert week_text(one, (), TODAY).startswith("Week of 2 Nov: 1 run, 61 min, load 244.")
    assert week_text(none, (), TODAY).startswith("Week of 9 Nov: no run, 0 min, load 0.")


def test_the_weeks_of_a_journal_have_the_load_of_the_plain_way() -> None:
    entries = flare()
    rows = load_and_soreness(entries, period_of(Range.ALL, LAST, entries))
    assert len(rows) >= 9
    for row in rows:
        days = row.week.days
        runs = [e for e in entries if isinstance(e, Run) and days.first <= e.at.date() <= days.last]
        active = [e for e in entries if isinstance(e, Activity)]
        active = [e for e in active if days.first <= e.at.date() <= days.last]
        load = sum(each.minutes * each.effort for each in runs)
        load += sum(each.minutes * each.effort for each in active)
        minutes, other = sum(e.minutes for e in runs), sum(e.minutes for e in active)
        said = week_text(row, BOTH, LAST)
        assert f"{minutes:,} min" in said
        assert f"load {load:,}." in said
        assert ("activit" in said) == bool(active)
        assert f", {other:,} min; load" in said or not active


def test_activities_are_named_and_counted_in_the_load() -> None:
    kept: list[Entry] = [run(12, minutes=40, effort=5), activity(11, 45, 4)]
    [row] = load_and_soreness([rest_day(13), *kept], days_ending(TODAY, 14))
    assert week_text(row, (), TODAY).startswith(
        "Week of 9 Nov: 1 run, 40 min; 1 activity, 45 min; load 380."
    )
    kept.append(activity(10, 20, 2))
    [row] = load_and_soreness([rest_day(13), *kept], days_ending(TODAY, 14))
    assert "2 activities, 65 min; load 420." in week_text(row, (), TODAY)
    assert "runs and activities" in load_text()


def test_no_cause_is_claimed_and_load_is_explained() -> None:
    assert "can’t show that one week caused the next" in beside_text()
    assert "minutes times effort" in load_text()
    assert "needs 3 rated days" in beside_text()
    assert needs_text().startswith("Needs two full weeks, Monday to Sunday")
