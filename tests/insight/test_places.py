"""Soreness by place: counts and medians of the ratings that marked it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from itband_gui.insight.days import Period, days_ending
from itband_gui.insight.places import PlaceSoreness, heat_map, only_places, soreness_by_place
from itband_gui.journal.entries import Entry, Moment, Rating, new_id
from itband_gui.leg.names import Leg, Place
from tests.insight.making import DAY, TODAY, marked, run, sign

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def rating(leg: Leg, score: int, *places: Place) -> Rating:
    moment = Moment.BEFORE
    return Rating(id=new_id(), at=NOON, leg=leg, moment=moment, score=score, places=places)


def test_a_place_has_count_and_median_of_the_ratings_that_marked_it() -> None:
    ratings = [
        rating(Leg.LEFT, 3, Place.OUTER_KNEE),
        rating(Leg.LEFT, 6, Place.OUTER_KNEE, Place.GLUTEAL),
        rating(Leg.LEFT, 6, Place.OUTER_KNEE),
        rating(Leg.LEFT, 1),
    ]
    assert soreness_by_place(ratings, Leg.LEFT) == {
        Place.GLUTEAL: PlaceSoreness(1, 6),
        Place.OUTER_KNEE: PlaceSoreness(3, 6),
    }


def test_the_other_leg_does_not_count() -> None:
    assert soreness_by_place([rating(Leg.RIGHT, 9, Place.GLUTEAL)], Leg.LEFT) == {}


def test_a_place_named_twice_in_one_rating_counts_once() -> None:
    twice = rating(Leg.LEFT, 4, Place.GLUTEAL, Place.GLUTEAL)
    assert soreness_by_place([twice], Leg.LEFT) == {Place.GLUTEAL: PlaceSoreness(1, 4)}


RATINGS = st.lists(
    st.builds(
        lambda leg, score, places: rating(leg, score, *places),
        st.sampled_from(Leg),
        st.integers(0, 10),
        st.lists(st.sampled_from(Place), unique=True),
    )
)


@given(ratings=RATINGS)
def test_the_order_does_not_matter_and_every_mark_is_counted(ratings: list[Rating]) -> None:
    for leg in Leg:
        found = soreness_by_place(ratings, leg)
        assert found == soreness_by_place(reversed(ratings), leg)
        marks = sum(len(each.places) for each in ratings if each.leg is leg)
        assert sum(each.times for each in found.values()) == marks
        assert all(0 <= each.median <= 10 for each in found.values())


def test_a_heat_map_covers_its_period() -> None:
    ratings = [marked(back, back, Place.GLUTEAL) for back in (1, 2, 3, 4)]
    period = Period(TODAY - 3 * DAY, TODAY - 2 * DAY)
    assert heat_map([*ratings, run(2)], Leg.LEFT, period) == {Place.GLUTEAL: PlaceSoreness(2, 2.5)}
    assert heat_map(ratings, Leg.RIGHT, days_ending(TODAY, 28)) == {}


def test_a_place_filter_keeps_its_ratings_and_all_other_kinds() -> None:
    knee = marked(1, 3, Place.OUTER_KNEE, Place.GLUTEAL)
    hip = marked(1, 3, Place.OUTER_HIP)
    other_leg = marked(1, 3, Place.OUTER_KNEE, leg=Leg.RIGHT)
    unmarked = marked(1, 3)
    beside: list[Entry] = [run(1), sign(1)]
    entries: list[Entry] = [knee, hip, other_leg, unmarked, *beside]
    assert only_places(entries, Leg.LEFT, {Place.OUTER_KNEE}) == [knee, *beside]
    both = only_places(entries, Leg.LEFT, {Place.GLUTEAL, Place.OUTER_HIP})
    assert both == [knee, hip, *beside]
    assert only_places(entries, Leg.LEFT, ()) == entries
