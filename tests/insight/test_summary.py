"""The report's numbers."""

from msgspec.structs import replace

from itband_gui.insight.days import days_ending
from itband_gui.insight.summary import massage, summary
from itband_gui.journal.entries import Entry, Work
from itband_gui.leg.names import Leg, Place, Technique, Zone
from tests.insight.making import (
    LEFT,
    RIGHT,
    TODAY,
    around,
    at,
    marked,
    rating,
    session,
    sign,
)

MONTH = days_ending(TODAY, 28)


def work(leg: Leg, zone: Zone, technique: Technique, seconds: int) -> Work:
    return Work(leg=leg, zone=zone, technique=technique, strokes=1, seconds=seconds)


def test_massage_adds_up_by_leg_zone_and_technique() -> None:
    heel, light = Technique.HEEL_OF_HAND, Technique.LIGHT
    first = (
        work(LEFT, Zone.GLUTEAL, heel, 30),
        work(LEFT, Zone.GLUTEAL, light, 10),
        work(LEFT, Zone.BACK_EDGE, heel, 0),
    )
    second = (work(LEFT, Zone.GLUTEAL, heel, 40), work(RIGHT, Zone.BACK_EDGE, heel, 5))
    done = massage([replace(session(2), work=first), replace(session(1), work=second)])
    assert done.sessions == 2
    assert done.seconds == {
        (LEFT, Zone.GLUTEAL, heel): 70,
        (LEFT, Zone.GLUTEAL, light): 10,
        (RIGHT, Zone.BACK_EDGE, heel): 5,
    }
    assert (done.of_leg(LEFT), done.of_leg(RIGHT)) == (80, 5)
    assert (done.of_zone(LEFT, Zone.GLUTEAL), done.of_zone(RIGHT, Zone.GLUTEAL)) == (80, 0)
    assert (done.of_technique(LEFT, heel), done.of_technique(LEFT, light)) == (70, 10)


def test_an_empty_journal_makes_an_empty_report() -> None:
    page = summary([], MONTH)
    assert (page.entries, page.ratings) == (0, {LEFT: 0, RIGHT: 0})
    assert (page.massage.sessions, page.open_signs, page.past_signs) == (0, (), ())
    assert all(week.ratings == {} for week in page.weeks)
    assert page.relief[LEFT].after.estimate is None


def test_the_report_counts_the_entries_of_its_period() -> None:
    inside: list[Entry] = [*around(session(2), 4, 3), marked(1, 5, Place.GLUTEAL, leg=RIGHT)]
    page = summary([rating(28, 9), session(28), *inside], MONTH)
    assert (page.entries, page.ratings) == (4, {LEFT: 2, RIGHT: 1})
    assert page.massage.sessions == 1
    assert page.places[RIGHT][Place.GLUTEAL].times == 1
    assert [pair.change for pair in page.relief[LEFT].after.pairs] == [-1]


def test_open_signs_of_any_age_and_past_signs_of_the_period_are_listed() -> None:
    old_open, over, reaching_in = sign(300), sign(300, resolved=at(200)), sign(40, resolved=at(20))
    page = summary([old_open, over, reaching_in], MONTH)
    assert (page.open_signs, page.past_signs) == ((old_open,), (reaching_in,))
