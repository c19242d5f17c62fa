"""Ratings around sessions: pairs, counts, groups and the two cautions."""

from collections.abc import Iterable
from itertools import chain

import pytest
from msgspec.structs import replace

from itband_gui.insight.days import days_ending
from itband_gui.insight.relief import Caution, ChangeSummary, Relief, main_technique, relief
from itband_gui.insight.statistics import Spread
from itband_gui.journal.entries import Entry, Moment, Rating, Session, Work
from itband_gui.leg.names import Leg, Technique, Zone
from tests.insight.making import (
    LEFT,
    RIGHT,
    TODAY,
    around,
    at,
    morning,
    rating,
    session,
)

MONTH = days_ending(TODAY, 28)


def told(entries: Iterable[Entry], leg: Leg = LEFT) -> Relief:
    return relief(sorted(entries, key=lambda entry: entry.at), leg, MONTH)


def pairs(*scores: tuple[int, int], routine: str = "full") -> list[Entry]:
    """Return a session per day, oldest first, with ratings before and after."""
    done = [session(back + 1, routine=routine) for back in reversed(range(len(scores)))]
    return list(chain(*(around(each, *score) for each, score in zip(done, scores, strict=True))))


def points(changes: ChangeSummary) -> list[int]:
    return [pair.change for pair in changes.pairs]


def test_every_pair_is_shown_and_counted() -> None:
    changes = told(pairs((4, 3), (3, 3), (5, 2), (2, 3))).after
    assert points(changes) == [-1, 0, -3, 1]
    assert (changes.better, changes.same, changes.worse) == (2, 1, 1)
    assert changes.spread == Spread(4, -0.5, -3, 1)


def test_without_pairs_there_is_no_spread() -> None:
    for entries in ([], [rating(1, 3)], pairs((3, 2))[:2]):
        changes = told(entries).after
        assert (changes.pairs, changes.spread, changes.estimate) == ((), None, None)
        assert not changes.within_wobble


def test_an_estimate_takes_six_pairs() -> None:
    five = told(pairs(*[(4, 3)] * 5)).after
    assert five.estimate is None
    six = told(pairs((4, 1), *[(4, 3)] * 5)).after
    assert six.estimate is not None
    assert (six.estimate.change, six.estimate.low, six.estimate.high) == (-1, -3, -1)


@pytest.mark.parametrize(("after", "wobble"), [(3, True), (2, False), (6, False), (5, True)])
def test_a_median_change_under_two_points_is_within_wobble(after: int, *, wobble: bool) -> None:
    assert told(pairs(*[(4, after)] * 3)).after.within_wobble is wobble


def test_a_leg_has_its_own_pairs() -> None:
    done = session(1, legs=(LEFT, RIGHT))
    left, right = around(done, 4, 2), around(done, 1, 1, RIGHT)
    entries: list[Entry] = [*left, *(each for each in right if isinstance(each, Rating))]
    assert points(told(entries, LEFT).after) == [-2]
    assert points(told(entries, RIGHT).after) == [0]


def test_a_session_that_never_reached_a_leg_does_not_count_for_it() -> None:
    done = [session(back, legs=(LEFT, RIGHT), reached=(LEFT,)) for back in range(2, 9)]
    entries: list[Entry] = [*chain(*(around(each, 4, 2) for each in done))]
    entries += [
        each for one in done for each in around(one, 4, 4, RIGHT) if isinstance(each, Rating)
    ]
    entries += [morning(back, 3, RIGHT) for back in range(1, 8)]
    left, right = told(entries, LEFT), told(entries, RIGHT)
    assert len(left.after.pairs) == 7
    assert (right.after.pairs, right.next_morning.pairs) == ((), ())
    assert (right.by_routine.enough, right.by_technique.enough) == ({}, {})
    assert right.selection.before is None
    assert right.mornings.after_massage is None
    assert right.mornings.other == Spread(7, 3, 3, 3)


def test_ratings_belong_to_the_session_they_name_not_the_nearest() -> None:
    one, two = session(2), session(1)
    entries: list[Entry] = [*around(one, 4, None), *around(two, None, 1)]
    assert points(told(entries).after) == []


def test_a_session_outside_the_period_is_left_out() -> None:
    assert points(told(list(around(session(28), 4, 1))).after) == []
    assert points(told(list(around(session(27), 4, 1))).after) == [-3]


# The next morning


def test_the_next_morning_belongs_to_the_last_session_of_the_day_before() -> None:
    early, late = session(2, hour=9), session(2, hour=20)
    entries: list[Entry] = [*around(early, 5, 4), *around(late, 3, 2), morning(1, 2)]
    found = told(entries).next_morning
    assert [(pair.session, pair.change) for pair in found.pairs] == [(late, -1)]


def test_a_session_after_midnight_belongs_to_the_same_days_morning() -> None:
    entries: list[Entry] = [*around(session(1, hour=0.5), 3, 2), morning(1, 1)]
    assert points(told(entries).next_morning) == [-2]
    entries = [*around(session(1, hour=4), 3, 2), morning(1, 1), morning(0, 4)]
    assert points(told(entries).next_morning) == [1]


def test_a_morning_that_names_its_session_takes_precedence() -> None:
    done = session(2)
    named = rating(1, 0, Moment.MORNING, hour=7, session=done.id)
    entries: list[Entry] = [*around(done, 3, 2), named, morning(1, 9, hour=8)]
    assert points(told(entries).next_morning) == [-3]


def test_a_morning_that_names_another_session_belongs_to_it() -> None:
    named = rating(1, 0, Moment.MORNING, hour=7, session="another")
    assert points(told([*around(session(2), 3, 2), named]).next_morning) == []


def test_a_morning_two_days_later_is_not_the_next_morning() -> None:
    assert points(told([*around(session(3), 3, 2), morning(1, 1)]).next_morning) == []


# Groups


def test_routines_are_compared_only_with_six_pairs_each() -> None:
    six = pairs(*[(4, 3)] * 6)
    five = pairs(*[(4, 2)] * 5, routine="after-a-run")
    groups = told([*six, *five]).by_routine
    assert {name: points(each) for name, each in groups.enough.items()} == {"full": [-1] * 6}
    assert groups.short == {"after-a-run": 5}


def test_a_session_counts_for_the_firm_technique_that_did_most_on_the_leg() -> None:
    def work(leg: Leg, technique: Technique, seconds: int) -> Work:
        zone = Zone.GLUTEAL
        return Work(leg=leg, zone=zone, technique=technique, strokes=1, seconds=seconds)

    done = replace(
        session(1),
        work=(
            work(LEFT, Technique.LIGHT, 500),
            work(LEFT, Technique.KNUCKLES, 50),
            work(LEFT, Technique.HEEL_OF_HAND, 40),
            work(LEFT, Technique.HEEL_OF_HAND, 20),
            work(RIGHT, Technique.LIGHT, 60),
        ),
    )
    assert main_technique(done, LEFT) is Technique.HEEL_OF_HAND
    assert main_technique(done, RIGHT) is Technique.LIGHT
    assert main_technique(replace(done, work=()), LEFT) is None


def test_techniques_are_compared_only_with_six_pairs_each() -> None:
    entries: list[Entry] = []
    for back in range(1, 7):
        entries += around(session(back, technique=Technique.KNUCKLES), 4, 2)
    entries += around(session(8), 4, 2)
    groups = told(entries).by_technique
    assert set(groups.enough) == {Technique.KNUCKLES}
    assert groups.short == {Technique.HEEL_OF_HAND: 1}


# Cautions


def selected(before: int, other: int, others: int = 6) -> Caution | None:
    mornings = [rating(back, other) for back in range(10, 10 + others)]
    return told([*pairs(*[(before, before)] * 6), *mornings]).selection.caution


def test_sessions_on_sorer_days_bring_a_caution() -> None:
    assert selected(before=4, other=3) is Caution.SORER_DAYS
    assert selected(before=3, other=3) is None
    assert selected(before=2, other=3) is None


def test_fewer_than_six_other_ratings_bring_a_caution() -> None:
    assert selected(before=3, other=3, others=5) is Caution.TOO_FEW_OTHERS
    assert told([]).selection.caution is None


def test_a_rating_before_without_a_session_does_not_count() -> None:
    selection = told([rating(3, 6, Moment.BEFORE), *(morning(back, 1) for back in range(9))])
    assert (selection.selection.before, selection.selection.caution) == (None, None)


def test_ratings_on_massage_days_and_of_runs_are_not_other_ratings() -> None:
    entries = pairs(*[(3, 3)] * 6)
    same_days: list[Entry] = [morning(back, 0) for back in range(1, 7)]
    runs: list[Entry] = [rating(back, 9, Moment.LAST_RUN) for back in range(10, 17)]
    selection = told([*entries, *same_days, *runs]).selection
    assert (selection.others, selection.caution) == (None, Caution.TOO_FEW_OTHERS)
    assert selection.before == Spread(6, 3, 3, 3)


def test_mornings_after_a_session_and_others_have_counts() -> None:
    entries: list[Entry] = [
        session(10),
        session(5, legs=(RIGHT,)),
        morning(9, 1),
        morning(9, 3, hour=8),
        morning(4, 2),
        morning(3, 4),
    ]
    found = told(entries).mornings
    assert found.after_massage == Spread(1, 3, 3, 3)
    assert found.other == Spread(2, 3, 2, 4)
    assert not found.comparable


def test_the_first_morning_of_a_period_belongs_to_the_session_before_it() -> None:
    found = told([session(28), morning(27, 2)]).mornings
    assert (found.after_massage, found.other) == (Spread(1, 2, 2, 2), None)


def test_six_mornings_of_each_kind_may_be_compared() -> None:
    entries: list[Entry] = [session(back) for back in range(2, 8)]
    entries += [morning(back, 1) for back in range(1, 13)]
    assert told(entries).mornings.comparable
    assert not told([each for each in entries if each.at < at(1, 0)]).mornings.comparable


def test_a_removed_session_leaves_no_pair_behind() -> None:
    entries = [each for each in pairs((4, 2)) if not isinstance(each, Session)]
    assert points(told(entries).after) == []
