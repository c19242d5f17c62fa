"""Laws of the light that hold for any journal: more pain or more massage never makes it better."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.insight.readiness import Verdict, readiness
from itband_gui.insight.reasons import Cause, Readiness
from itband_gui.journal.entries import Ended, Entry, Moment, Rating, Run, Session
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import RunningRule
from itband_gui.wording.readiness import meaning
from tests.insight.making import (
    NOW,
    SAFETY,
    TODAY,
    activity,
    at,
    rating,
    rest_day,
    run,
    session,
    sign,
)

DAYS = st.integers(0, 16)
HOURS = st.integers(1, 23)
SCORES = st.integers(0, 10)
# Most of the rule's boundaries are at small scores.
LOW = st.one_of(st.integers(0, 4), SCORES)
RATINGS = st.builds(
    rating, DAYS, LOW, st.sampled_from(Moment), st.sampled_from(Leg), hour=HOURS.map(float)
)
RUNS = st.builds(
    lambda days, worst, hour, minutes, effort, stride: run(
        days, worst, hour, minutes, stride=stride, effort=effort
    ),
    DAYS,
    st.none() | LOW,
    HOURS,
    st.sampled_from([20, 40, 40, 60, 90, 200]),
    st.sampled_from([2, 4, 4, 6, 9]),
    st.sampled_from([False, False, False, True]),
)
ACTIVITIES = st.builds(activity, DAYS, effort=st.sampled_from([3, 6, 9]))
SIGNS = st.builds(
    lambda days, warning, gone: replace(sign(days, warning.id, NOW if gone else None), leg=None),
    DAYS,
    st.sampled_from(SAFETY.signs),
    st.booleans(),
)
SESSIONS = st.builds(
    session,
    DAYS,
    HOURS.map(float),
    st.sampled_from([(leg,) for leg in Leg]),
    st.sampled_from(Ended),
)
OTHERS = st.one_of(st.builds(rest_day, DAYS), SIGNS, ACTIVITIES)
ENTRIES = st.lists(
    st.one_of(RATINGS, RATINGS, RATINGS, RUNS, SESSIONS, ACTIVITIES, SIGNS), max_size=25
)
# Quiet enough to be judged a go, which is where a better light would show.
MORNINGS = st.lists(st.integers(0, 2), min_size=8, max_size=8).map(
    lambda scores: [
        rating(back, score, Moment.MORNING, hour=7) for back, score in enumerate(scores)
    ]
)


def judged(entries: Sequence[Entry]) -> Verdict:
    return readiness(entries, NOW, SAFETY)


def caution(entries: Sequence[Entry]) -> int:
    return judged(entries).light.caution


def judged_at(hour: float, entries: Sequence[Entry]) -> int:
    return readiness(entries, at(0, hour), SAFETY).light.caution


@given(mornings=MORNINGS, entries=ENTRIES, added=SESSIONS)
def test_a_session_never_makes_the_light_better(
    mornings: list[Rating], entries: list[Entry], added: Session
) -> None:
    assert caution([*mornings, *entries, added]) >= caution([*mornings, *entries])


@given(mornings=MORNINGS, entries=ENTRIES, added=RATINGS)
def test_a_rating_after_massage_never_makes_the_light_better(
    mornings: list[Rating], entries: list[Entry], added: Rating
) -> None:
    after = replace(added, moment=Moment.AFTER)
    assert caution([*mornings, *entries, after]) >= caution([*mornings, *entries])


@given(
    mornings=MORNINGS,
    began=st.integers(1, 22),
    score=SCORES,
    moment=st.sampled_from([each for each in Moment if each is not Moment.LAST_RUN]),
)
def test_a_rating_later_on_a_session_day_never_makes_the_light_better(
    mornings: list[Rating], began: int, score: int, moment: Moment
) -> None:
    entries: list[Entry] = [*mornings[1:], run(2, 1), session(0, began)]
    later = rating(0, score, moment, hour=began + 0.5)
    assert judged_at(23, [*entries, later]) >= judged_at(23, entries)


@given(mornings=MORNINGS, entries=ENTRIES, which=st.integers(0, 99), by=st.integers(1, 10))
def test_more_pain_never_makes_the_light_better(
    mornings: list[Rating], entries: list[Entry], which: int, by: int
) -> None:
    kept: list[Entry] = [*mornings, *entries]
    open_to_it = [index for index, entry in enumerate(kept) if not _is_measure(entry)]
    index = open_to_it[which % len(open_to_it)]
    worse = list(kept)
    worse[index] = _raised(kept[index], by)
    # The one exception: where the second thigh becomes as sore as the first after a hard day, it
    # is tired muscles and no flare (docs/evidence.md).
    assume(not any(reason.cause is Cause.SORE_MUSCLES for reason in judged(worse).reasons))
    assert caution(worse) >= caution(kept)


@given(mornings=MORNINGS, entries=ENTRIES, by=st.integers(1, 10))
def test_more_pain_everywhere_today_and_on_every_run_never_makes_the_light_better(
    mornings: list[Rating], entries: list[Entry], by: int
) -> None:
    kept: list[Entry] = [*mornings, *entries]
    worse = [entry if _is_measure(entry) else _raised(entry, by) for entry in kept]
    assert caution(worse) >= caution(kept)


@given(mornings=MORNINGS, entries=ENTRIES, added=st.one_of(st.builds(rest_day, DAYS), SIGNS))
def test_a_rest_day_or_a_sign_never_makes_the_light_better(
    mornings: list[Rating], entries: list[Entry], added: Entry
) -> None:
    assert caution([*mornings, *entries, added]) >= caution([*mornings, *entries])


@given(mornings=MORNINGS, entries=ENTRIES, worst=st.integers(3, 10), stride=st.booleans())
def test_one_more_sore_run_never_makes_the_light_better(
    mornings: list[Rating], entries: list[Entry], worst: int, *, stride: bool
) -> None:
    kept: list[Entry] = [*mornings, *entries]
    sore = run(0, worst, hour=17.5, stride=stride)
    assert caution([*kept, sore]) >= caution(kept)


@given(mornings=MORNINGS, entries=ENTRIES)
def test_with_an_open_sign_it_is_go_only_by_the_signs_own_rule(
    mornings: list[Rating], entries: list[Entry]
) -> None:
    verdict = judged([*mornings, *entries])
    open_signs = [each for each in verdict.signs if each.is_open]
    if verdict.light is Readiness.GO:
        assert all(each.running is RunningRule.NONE for each in open_signs)
    if open_signs:
        assert "argues against" not in meaning(verdict)


def test_only_a_past_morning_may_improve_the_light_as_the_baseline() -> None:
    low: list[Entry] = [rating(back, 0, Moment.MORNING, hour=7) for back in (3, 2, 1)]
    high: list[Entry] = [rating(back, 2, Moment.MORNING, hour=7) for back in (3, 2, 1)]
    today: list[Entry] = [run(2, 1), rating(0, 2, Moment.MORNING, hour=7)]
    assert judged([*low, *today]).light is Readiness.EASY
    assert judged([*high, *today]).light is Readiness.GO


@given(mornings=MORNINGS, entries=ENTRIES, data=st.data())
def test_the_order_of_the_entries_does_not_matter(
    mornings: list[Rating], entries: list[Entry], data: st.DataObject
) -> None:
    kept = [
        replace(entry, at=entry.at + timedelta(seconds=number))  # of one instant have no order
        for number, entry in enumerate([*mornings, *entries])
    ]
    assert judged(data.draw(st.permutations(kept))) == judged(kept)


@given(mornings=MORNINGS, entries=ENTRIES)
def test_every_verdict_says_why(mornings: list[Rating], entries: list[Entry]) -> None:
    verdict = judged([*mornings, *entries])
    if verdict.light is Readiness.UNKNOWN:
        assert verdict.missing
    else:
        assert verdict.deciding
    if verdict.light is Readiness.GO:
        assert not verdict.missing
        assert verdict.longest is not None or not any(
            isinstance(e, Run) and e.at >= at(14, 0) for e in entries
        )
    known = {entry.id for entry in [*mornings, *entries]}
    assert all(entry.id in known for reason in verdict.reasons for entry in reason.entries)
    assert [r.light.caution for r in verdict.reasons] == sorted(
        (r.light.caution for r in verdict.reasons), reverse=True
    )


def _is_measure(entry: Entry) -> bool:
    """Whether it is a past morning, which later ones are compared with."""
    return isinstance(entry, Rating) and entry.moment is Moment.MORNING and entry.at.date() < TODAY


def _raised(entry: Entry, by: int) -> Entry:
    if isinstance(entry, Rating):
        return replace(entry, score=min(10, entry.score + by))
    if isinstance(entry, Run) and entry.worst is not None:
        return replace(entry, worst=min(10, entry.worst + by))
    return entry
