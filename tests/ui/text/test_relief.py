"""Sentences on ratings around sessions; the numbers are computed again here, the plain way."""

from itertools import combinations_with_replacement
from math import floor
from statistics import median

import pytest

from itband_gui.insight.days import Range, period_of
from itband_gui.insight.relief import (
    Caution,
    ChangeSummary,
    Mornings,
    RatingPair,
    Selection,
    changes,
    main_technique,
    relief,
)
from itband_gui.insight.statistics import Spread
from itband_gui.journal.entries import Entry, Moment, Rating, Session
from itband_gui.leg.names import Leg
from itband_gui.ui.text.relief import (
    after_text,
    cause_text,
    caution_text,
    chance_text,
    change_words,
    changed_text,
    counts_text,
    estimate_text,
    few_groups_text,
    few_text,
    level_text,
    mornings_and_running,
    mornings_text,
    next_morning_text,
    pair_text,
)
from tests.insight.journals import LAST, calm_month, flare, ten_years
from tests.insight.making import TODAY, morning, rating, session

MINUS = "\u2212"


def made(*points: int) -> ChangeSummary:
    """Return the changes of sessions with these changes in points."""
    return changes([_pair(each) for each in points])


def _pair(change: int, later: Moment = Moment.AFTER) -> RatingPair:
    done = session(3)
    return RatingPair(
        done,
        rating(3, 5, Moment.BEFORE, session=done.id),
        rating(3, 5 + change, later, session=done.id),
    )


def test_the_sentence_is_the_one_that_was_agreed() -> None:
    told = made(-1, -1, 1, -3, -1, 0, -1, -2)
    assert f"{after_text(told)} {cause_text()}" == (
        "In 8 logged sessions your rating was typically 1 lower afterwards "
        f"(range +1 to {MINUS}3). This cannot show massage was the cause."
    )


@pytest.mark.parametrize(
    ("points", "after", "next_day"),
    [
        (
            (),
            "No session has been rated both before and after yet.",
            "No session has been rated both before and on the next morning yet.",
        ),
        (
            (-2,),
            "In 1 logged session your rating was 2 lower afterwards.",
            "After 1 logged session your rating was 2 lower the next morning.",
        ),
        (
            (0,),
            "In 1 logged session your rating was the same afterwards.",
            "After 1 logged session your rating was the same the next morning.",
        ),
        (
            (1, 2),
            (
                "In 2 logged sessions your rating was 1.5 higher afterwards "
                "(median; range +2 to +1)."
            ),
            (
                "After 2 logged sessions your rating was 1.5 higher the next morning "
                "(median; range +2 to +1)."
            ),
        ),
    ],
)
def test_few_sessions_are_said_as_they_are(
    points: tuple[int, ...], after: str, next_day: str
) -> None:
    assert after_text(made(*points)) == after
    assert next_morning_text(made(*points)) == next_day


@pytest.mark.parametrize("count", range(1, 9))
def test_nothing_is_called_typical_under_six_pairs(count: int) -> None:
    told = made(*range(count))
    for said in (after_text(told), next_morning_text(told)):
        assert ("typically" in said) == (count >= 6)


def test_how_many_it_takes_is_said_once_for_all_that_is_shown() -> None:
    five, six = made(*[-1] * 5), made(*[-1] * 6)
    assert few_text([six, six]) == ""
    for shown in ([five], [six, five, five], [made()]):
        assert few_text(shown) == (
            "After 6 rated sessions you’ll see what’s typical and how sure that is."
        )


def test_groups_with_too_few_pairs_are_named_in_one_line() -> None:
    assert few_groups_text([]) == ""
    named = few_groups_text([("Knuckles", 5), ("Flat hand", 1)])
    assert named == "Fewer than 6 rated sessions: Knuckles (5), Flat hand (1)"


def test_better_the_same_and_worse_are_counted() -> None:
    assert counts_text(made(-1, -1, 0, 3)) == "Better: 2. The same: 1. Worse: 1."
    assert counts_text(made()) == ""


def test_under_six_pairs_there_is_no_range_of_an_estimate() -> None:
    assert estimate_text(made(-1, -1, -1, -1, -1)) == ""
    assert level_text(made(-1, -1, -1, -1, -1)) == ""


def test_from_six_pairs_on_the_estimate_is_shown_and_explained() -> None:
    assert estimate_text(made(-1, -2, -1, 0, -1, -3)) == (
        "All of them together: 1 lower (96% range: 3 lower to the same)."
    )
    assert level_text(made(-1, -2, -1, 0, -1, -3)) == (
        "A range made this way contains the true change in about 96 of 100 such journals, if "
        "sessions don’t affect each other and changes spread evenly around their middle."
    )
    assert estimate_text(made(*[-1] * 8)) == ("All of them together: 1 lower (96% range: 1 lower).")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (-1, "Less than 2 points: normal day-to-day variation."),
        (1, "Less than 2 points: normal day-to-day variation."),
        (-2, "2 points or more: beyond normal day-to-day variation."),
        (2, "2 points or more: beyond normal day-to-day variation."),
    ],
)
def test_less_than_two_points_is_normal_variation(change: int, sentence: str) -> None:
    assert chance_text(made(*[change] * 6)) == sentence
    assert chance_text(made()) == ""


def test_under_six_pairs_nothing_is_called_beyond_normal() -> None:
    assert chance_text(made(*[-3] * 5)) == ""
    assert chance_text(made(*[-1] * 5)) == "Less than 2 points: normal day-to-day variation."


def test_changes_that_are_all_alike_have_no_range() -> None:
    assert after_text(made(-1, -1)) == (
        "In 2 logged sessions your rating was 1 lower afterwards each time."
    )
    assert next_morning_text(made(*[0] * 7)) == (
        "After 7 logged sessions your rating was the same the next morning each time."
    )


def test_sorer_days_are_a_reason_for_caution() -> None:
    few = Selection(Spread(9, 4, 2, 6), Spread(3, 1, 0, 2), Caution.TOO_FEW_OTHERS)
    none = Selection(Spread(9, 4, 2, 6), None, Caution.TOO_FEW_OTHERS)
    sorer = Selection(Spread(9, 4, 2, 6), Spread(12, 2.5, 0, 2), Caution.SORER_DAYS)
    by_itself = "After a sore day the next rating tends to be lower anyway."
    assert "(3 ratings)" in caution_text(few)
    assert "(no rating)" in caution_text(none)
    assert "median 4 before massage, 2.5 on days without it" in caution_text(sorer)
    assert all(by_itself in caution_text(each) for each in (few, none, sorer))
    assert caution_text(Selection(Spread(9, 4, 2, 6), Spread(12, 4, 0, 5), None)) == ""
    assert caution_text(Selection(None, None, None)) == ""


@pytest.mark.parametrize("caution", list(Caution))
def test_every_caution_can_be_said(caution: Caution) -> None:
    assert caution_text(Selection(Spread(1, 1, 1, 1), Spread(1, 1, 1, 1), caution))


def test_a_pair_is_read_with_its_day_both_ratings_and_the_change() -> None:
    assert pair_text(_pair(-1), TODAY) == f"19 Nov: 5 before, 4 afterwards ({MINUS}1)"
    later = _pair(2, Moment.MORNING)
    assert pair_text(later, TODAY) == "19 Nov: 5 before, 7 the next morning (+2)"
    assert pair_text(_pair(0), TODAY.replace(year=2027)).startswith("19 Nov 2026: 5 before, 5")


def test_a_change_is_read_with_its_count() -> None:
    assert changed_text(-2, 1) == "2 lower: 1 logged session"
    assert changed_text(0, 1234) == "the same: 1,234 logged sessions"
    assert change_words(0.5) == "0.5 higher"


# Mornings


def test_mornings_are_compared_where_both_have_enough() -> None:
    both = Mornings(Spread(9, 1.5, 0, 4), Spread(6, 1, 0, 2))
    assert mornings_text(both) == (
        "After a session: typically 1.5 out of 10, 0 to 4, on 9 rated mornings.",
        "Other mornings: typically 1 out of 10, 0 to 2, on 6 rated mornings.",
    )
    assert (
        mornings_and_running([both])
        == "This is only a comparison: these days differ in more than massage."
    )


def test_mornings_without_enough_on_both_sides_show_no_medians() -> None:
    one = Mornings(Spread(9, 1.5, 0, 4), Spread(2, 1, 0, 2))
    assert mornings_text(one) == (
        "After a session: 9 rated mornings.",
        "Other mornings: 2 rated mornings.",
    )
    needs = "The two are compared once there are 6 rated mornings of each kind."
    assert mornings_and_running([one, one]) == needs
    both = Mornings(Spread(9, 1.5, 0, 4), Spread(6, 1, 0, 2))
    assert mornings_and_running([one, both]) == f"{mornings_and_running([both])} {needs}"
    none = Mornings(None, None)
    assert all("no rated morning" in each for each in mornings_text(none))


# The seeded journals, computed plainly


def _points(entries: list[Entry], leg: Leg) -> list[int]:
    ratings = [e for e in entries if isinstance(e, Rating) and e.leg is leg and e.session]
    before = {e.session: e.score for e in ratings if e.moment is Moment.BEFORE}
    after = {e.session: e.score for e in ratings if e.moment is Moment.AFTER}
    sessions = [e.id for e in entries if isinstance(e, Session) and leg in e.legs]
    return [after[each] - before[each] for each in sessions if {each} <= before.keys() & after]


def _number(value: float) -> str:
    return f"{abs(value):g}"


@pytest.mark.parametrize("leg", list(Leg))
@pytest.mark.parametrize("journal", [calm_month, flare, ten_years])
def test_the_numbers_of_a_journal_are_those_of_the_plain_way(journal: object, leg: Leg) -> None:
    assert callable(journal)
    entries = journal()
    points = _points(entries, leg)
    told = relief(entries, leg, period_of(Range.ALL, LAST, entries)).after
    middle = median(points)
    kind = "the same" if not middle else f"{_number(middle)} {'lower' if middle < 0 else 'higher'}"
    assert after_text(told).startswith(f"In {len(points):,} logged sessions ")
    assert f"typically {kind} afterwards" in after_text(told)
    assert f"(range {max(points):+d} to {min(points):+d})".replace("-", MINUS) in after_text(told)
    better, same = sum(p < 0 for p in points), points.count(0)
    assert counts_text(told) == (
        f"Better: {better}. The same: {same}. Worse: {len(points) - better - same}."
    )


@pytest.mark.parametrize("leg", list(Leg))
def test_the_estimate_is_the_median_of_all_pairwise_averages(leg: Leg) -> None:
    entries = flare()
    points = _points(entries, leg)
    told = relief(entries, leg, period_of(Range.ALL, LAST, entries)).after
    averages = [(a + b) / 2 for a, b in combinations_with_replacement(points, 2)]
    assert estimate_text(told).startswith(
        f"All of them together: {change_words(median(averages))} ("
    )
    assert told.estimate is not None
    assert f"({floor(told.estimate.level * 100)}% range" in estimate_text(told)


@pytest.mark.parametrize("leg", list(Leg))
def test_each_group_of_a_journal_has_its_own_counts(leg: Leg) -> None:
    entries = flare()
    groups = relief(entries, leg, period_of(Range.ALL, LAST, entries)).by_technique
    for technique, each in groups.enough.items():
        own = [
            e for e in entries if not isinstance(e, Session) or main_technique(e, leg) is technique
        ]
        assert after_text(each).startswith(f"In {len(_points(own, leg))} logged sessions ")
    for technique, short in groups.short.items():
        own = [
            e for e in entries if not isinstance(e, Session) or main_technique(e, leg) is technique
        ]
        assert len(_points(own, leg)) == short < 6


def test_mornings_are_of_first_steps_only() -> None:
    entries: list[Entry] = [*(morning(back, 1) for back in range(6)), rating(9, 8)]
    told = relief(entries, Leg.LEFT, period_of(Range.ALL, TODAY, entries)).mornings
    assert mornings_text(told)[1] == "Other mornings: 6 rated mornings."
