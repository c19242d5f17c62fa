"""The light in words: causes, evidence, remedies, missing entries and advice."""

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from itband_gui.insight.readiness import Verdict
from itband_gui.insight.reasons import Cause, Missing, Readiness, Reason, Referral, Remedy
from itband_gui.insight.statistics import Need, Shortfall
from itband_gui.insight.strain import LongestRun
from itband_gui.journal.entries import (
    Activity,
    Ended,
    Entry,
    Moment,
    Resolution,
    Sign,
    Sport,
    new_id,
)
from itband_gui.leg.names import Leg
from itband_gui.safety.open_signs import standing_signs
from itband_gui.wording.counts import missing_text, shortfall_text
from itband_gui.wording.readiness import advice, change_text, headline, massage_text, meaning
from itband_gui.wording.reasons import reason_text, two_runs
from tests.insight.journals import calm_month, flare, ten_years
from tests.insight.making import (
    CALM,
    DAY,
    LEFT,
    NOW,
    RAN,
    RIGHT,
    SAFETY,
    TODAY,
    USUAL,
    at,
    light,
    morning,
    rating,
    run,
    session,
    sign,
)

FIRST_STEPS = morning(0, 1)
LAST_RUN = rating(2, 4, Moment.LAST_RUN, hour=18)
SIGN_TEXT = (
    "A fresh injury in the last 72 hours, or a bruise or swelling from one; "
    "or a deep bruise that a clinician has not cleared yet"
)

CREPT: list[Entry] = [morning(back, 2) for back in range(14, 0, -1)]


def squats(days_ago: int) -> Activity:
    return Activity(id=new_id(), at=at(days_ago), sport=Sport.STRENGTH, minutes=40, effort=8)


def seen_clot(days_ago: int) -> Sign:
    entry = sign(3, "clot", resolved=at(days_ago))
    return replace(entry, resolution=Resolution.CLINICIAN_AGREED)


WALK_FIRST = (
    "Before you run again, walk briskly for 30 minutes without a limp. It clears with an easy run "
    "at 2 out of 10 or less."
)
FEVER = "Fever, or feeling unwell"
CLOT = SAFETY.signs[4].text

CASES: list[tuple[Sequence[Entry], Cause, str, str]] = [
    (
        [*CALM, sign(1)],
        Cause.OPEN_SIGN,
        f"Warning sign open since yesterday, left leg: {SIGN_TEXT}.",
        "It clears when the sign is gone and you say so.",
    ),
    (
        [*CALM, replace(sign(30), leg=None)],
        Cause.OPEN_SIGN,
        f"Warning sign open since 23 Oct: {SIGN_TEXT}.",
        "It clears when the sign is gone and you say so.",
    ),
    (
        [*CALM, sign(3, "clot")],
        Cause.OPEN_SIGN,
        f"Warning sign open since Thursday, left leg: {CLOT}.",
        "It clears when a clinician has seen it and you say so.",
    ),
    (
        [*CALM, sign(3, "clot", resolved=at(1))],
        Cause.UNSEEN_SIGN,
        f"Have this checked before you run; you had it on Thursday: {CLOT}.",
        "It clears when a clinician has seen it and you say so.",
    ),
    (
        [*CALM, seen_clot(1)],
        Cause.SEEN_SIGN,
        f"Seen by a clinician; start again gently: {CLOT}.",
        "It clears after Saturday.",
    ),
    (
        [*CALM, replace(sign(3, "unwell", resolved=at(0, 7)), leg=None)],
        Cause.CLEARING_SIGN,
        f"Gone, but not for long enough yet: {FEVER}.",
        "It clears after tomorrow.",
    ),
    (
        [*CALM, rating(0, 7, leg=RIGHT)],
        Cause.VERY_SORE,
        "Your right leg was at 7 out of 10 today, at rest.",
        "It clears on a later day with a rating below 4 before any massage.",
    ),
    (
        [*CALM, rating(1, 8, Moment.AFTER, hour=20)],
        Cause.VERY_SORE_LATELY,
        "Your left leg was at 8 out of 10 yesterday after massage, at rest.",
        "It clears after today.",
    ),
    (
        [*CALM[:-1], run(1, 1, effort=6), morning(0, 4), morning(0, 4, RIGHT)],
        Cause.SORE_MUSCLES,
        (
            "Both thighs are about equally sore (4 out of 10) after a hard run yesterday: that "
            "looks like tired muscles. If one leg gets worse, rate it again."
        ),
        "It clears on a later day with a rating of 2 out of 10 or less before any massage.",
    ),
    (
        [*(morning(back, 0) for back in range(30, 14, -1)), *CREPT, RAN, morning(0, 2)],
        Cause.CREPT_UP,
        (
            "Your left leg was at 2 out of 10 today on your first steps; a few weeks ago its "
            "usual was 0."
        ),
        "It clears on a morning less than 2 points above your usual of a few weeks ago.",
    ),
    (
        [*CALM, run(1, 1, effort=8)],
        Cause.HARD_DAY,
        "Your run yesterday was very hard.",
        "It clears after today.",
    ),
    (
        [*CALM, run(1, 1, minutes=80)],
        Cause.HARD_DAY,
        "Your run yesterday was much longer than your usual runs.",
        "It clears after Tuesday.",
    ),
    (
        [*CALM, squats(1)],
        Cause.HARD_DAY,
        "Your activity yesterday was very hard.",
        "It clears after today.",
    ),
    (
        [*CALM, session(1, ended=Ended.STOPPED, legs=(RIGHT,))],
        Cause.SESSION_STOPPED,
        "You stopped a session yesterday because it hurt or felt wrong.",
        (
            "It clears on a later day with a rating of 2 out of 10 or less before any massage, or "
            "after tomorrow at the latest."
        ),
    ),
    (
        [*CALM, replace(session(1, ended=Ended.STOPPED, legs=(RIGHT,)), stopped_for="knee")],
        Cause.SESSION_STOPPED,
        "You stopped a session yesterday: pain on the bony outer side of the knee.",
        (
            "It clears on a later day with a rating of 2 out of 10 or less before any massage, or "
            "after tomorrow at the latest."
        ),
    ),
    (
        [*USUAL, run(1, 1, stride=True), FIRST_STEPS],
        Cause.CHANGED_STRIDE,
        "On yesterday’s run you limped or changed your stride.",
        "It clears after today if you don’t run.",
    ),
    (
        [*USUAL, run(2, 1, stride=True), FIRST_STEPS],
        Cause.CHANGED_STRIDE,
        "On Friday’s run you limped or changed your stride.",
        WALK_FIRST,
    ),
    (
        [*USUAL, run(0, 6), FIRST_STEPS],
        Cause.RUN_VERY_SORE,
        "On today’s run your outer thigh got up to 6 out of 10.",
        "It clears after tomorrow if you don’t run.",
    ),
    (
        [*USUAL, run(2, 7), FIRST_STEPS],
        Cause.RUN_VERY_SORE,
        "On Friday’s run your outer thigh got up to 7 out of 10.",
        WALK_FIRST,
    ),
    (
        [*USUAL, run(3, 4), run(1, 3, stride=True), FIRST_STEPS],
        Cause.SORE_TWO_RUNS,
        (
            "Your last two runs were both sore: 4 out of 10 on Thursday, and 3 out of 10 and a "
            "changed stride yesterday."
        ),
        "It clears after today if you don’t run.",
    ),
    (
        [*USUAL, run(5, None, stride=True), run(1, 3), FIRST_STEPS],
        Cause.SORE_TWO_RUNS,
        (
            "Your last two runs were both sore: a changed stride on Tuesday, and 3 out of 10 "
            "yesterday."
        ),
        "It clears after today if you don’t run.",
    ),
    (
        [*CALM, rating(0, 4, Moment.BEFORE, RIGHT)],
        Cause.SORE_WALKING,
        "Your right leg was at 4 out of 10 today before massage.",
        "It clears on a later day with a rating below 4 before any massage.",
    ),
    (
        [*CALM[:-1], rating(1, 5)],
        Cause.SORE_WALKING,
        "Your left leg was at 5 out of 10 yesterday.",
        "It clears on a later day with a rating below 4 before any massage.",
    ),
    (
        [*CALM[:-1], morning(0, 3)],
        Cause.MORNING_WELL_ABOVE,
        "Your left leg was at 3 out of 10 today on your first steps; its usual morning is 1.",
        "It clears on a morning less than 2 points above your usual.",
    ),
    (
        [*USUAL, run(4, 7), run(1, 6), FIRST_STEPS],
        Cause.TWO_REDS,
        "The light said rest on 2 or more days this week, so take 2 days off.",
        "It clears after tomorrow if you don’t run.",
    ),
    (
        [*USUAL, run(2, 3), LAST_RUN, FIRST_STEPS],
        Cause.RUN_SORE,
        "On Friday’s run your left outer thigh got up to 4 out of 10.",
        "It clears with an easy run at 2 out of 10 or less and your usual stride.",
    ),
    (
        [*USUAL, rating(2, 5, Moment.LAST_RUN, RIGHT), FIRST_STEPS, morning(0, 0, RIGHT)],
        Cause.RUN_SORE,
        "On the run that you rated on Friday your right outer thigh got up to 5 out of 10.",
        "It clears with an easy run at 2 out of 10 or less and your usual stride.",
    ),
    (
        [*USUAL, run(12, 3), FIRST_STEPS],
        Cause.RUN_SORE,
        "On your run on 10 Nov your outer thigh got up to 3 out of 10.",
        "It clears with an easy run at 2 out of 10 or less and your usual stride.",
    ),
    (
        [*CALM, rating(0, 3)],
        Cause.SORE_TODAY,
        "Your left leg was at 3 out of 10 today.",
        "It clears on a later day with a rating of 2 out of 10 or less before any massage.",
    ),
    (
        [*CALM[:-1], morning(0, 2)],
        Cause.ABOVE_USUAL,
        "Your left leg was at 2 out of 10 today on your first steps; its usual morning is 1.",
        (
            "A point or two can be chance; an easy day costs little. It clears on a morning less "
            "than 1 point above your usual."
        ),
    ),
    (
        [*USUAL, run(15), FIRST_STEPS],
        Cause.LONG_BREAK,
        "Your last logged run was on 7 Nov, more than 14 days ago.",
        "It clears with an easy run, logged with how sore it was.",
    ),
    (
        [run(60), *USUAL, FIRST_STEPS],
        Cause.LONG_BREAK,
        "No run has been logged in the last 40 days.",
        "It clears with an easy run, logged with how sore it was.",
    ),
    (
        CALM,
        Cause.CALM_RUN,
        "On Friday’s run your outer thigh stayed at 1 out of 10.",
        "A run above 2 out of 10, or one with a changed stride, would change it.",
    ),
    (
        CALM,
        Cause.SETTLED,
        "Your left leg was at 1 out of 10 today on your first steps; its usual morning is 1.",
        "A 3 or more, or a score above your usual, would change it.",
    ),
    (
        [run(1), rating(0, 0)],
        Cause.SETTLED,
        "Your left leg was at 0 out of 10 today.",
        "A 3 or more, or a score above your usual, would change it.",
    ),
]


@pytest.mark.parametrize(
    ("entries", "cause", "sentence", "change"), CASES, ids=[f"{c[1]}-{c[2][:30]}" for c in CASES]
)
def test_a_reason_has_a_sentence_and_a_remedy(
    entries: Sequence[Entry], cause: Cause, sentence: str, change: str
) -> None:
    [reason, *_] = [each for each in light(entries).reasons if each.cause is cause]
    assert reason_text(reason, TODAY) == sentence
    assert change_text(reason, TODAY) == change


def test_every_cause_and_every_remedy_has_its_sentence() -> None:
    assert {case[1] for case in CASES} == set(Cause)
    reasons = [r for case in CASES for r in light(case[0]).reasons]
    assert {reason.remedy for reason in reasons} == set(Remedy)


def test_ratings_of_two_unlogged_runs_are_split_by_day() -> None:
    earlier = [rating(4, 4, Moment.LAST_RUN), rating(4, 4, Moment.LAST_RUN, RIGHT)]
    later = [rating(1, 3, Moment.LAST_RUN)]
    assert two_runs([*earlier, *later]) == (earlier, later)
    logged: list[Entry] = [run(4, 5), rating(3, 5, Moment.LAST_RUN)]
    assert two_runs([*logged, *later]) == (logged, later)
    morning_run, evening_run = run(1, 5, hour=9), run(1, 4, hour=19)
    assert two_runs([morning_run, evening_run]) == ([morning_run], [evening_run])


def test_an_entry_written_further_east_is_of_today() -> None:
    east = replace(FIRST_STEPS, at=FIRST_STEPS.at + DAY)
    reason = Reason(
        Cause.SORE_TODAY, Readiness.EASY, (east,), Remedy.CALMER_DAY, TODAY, TODAY, LEFT
    )
    assert (
        reason_text(reason, TODAY) == "Your left leg was at 1 out of 10 today on your first steps."
    )


@pytest.mark.parametrize("journal", [calm_month, flare, ten_years])
def test_every_day_of_a_journal_can_be_said(journal: object) -> None:
    assert callable(journal)
    entries = journal()
    for back in range(0, 60, 3):
        day = TODAY - back * DAY
        kept = [entry for entry in entries if entry.at <= NOW - back * DAY]
        verdict = _verdict(kept, day)
        said = [headline(verdict.light), meaning(verdict), *advice(verdict)]
        for reason in verdict.reasons:
            said += [reason_text(reason, day), change_text(reason, day)]
        said += [missing_text(each) for each in verdict.missing]
        assert all(said)
        assert not any("{" in each or "%n" in each or "None" in each for each in said)
        assert all(each.endswith((".", ":")) for each in said[1:])


def _verdict(entries: Sequence[Entry], day: date) -> Verdict:
    from itband_gui.insight.readiness import readiness  # noqa: PLC0415 - beside its only use

    return readiness(entries, NOW - (TODAY - day), SAFETY)


# The light itself


def test_each_light_has_its_own_words() -> None:
    assert [headline(each) for each in Readiness] == [
        "Go",
        "Not enough to tell",
        "Easy today",
        "Rest today",
    ]
    bare = [Verdict(each, (), (), None, None, None) for each in Readiness]
    assert len({meaning(each) for each in bare}) == len(Readiness)


@pytest.mark.parametrize("light_", [Readiness.GO, Readiness.UNKNOWN])
def test_an_open_sign_is_never_left_out(light_: Readiness) -> None:
    signs = tuple(standing_signs([sign(1, "skin")], SAFETY, NOW))
    told = Verdict(light_, (), (), None, None, None, signs)
    assert "argues against" not in meaning(told)
    assert "warning sign is open" in meaning(told)
    assert advice(told) == ("Still open on your warning list: " + signs[0].rule.text + ".",)  # type: ignore[union-attr] # it is in the list


def test_the_text_says_that_massage_does_not_change_the_light() -> None:
    assert massage_text() == "Massage doesn’t change the light. Rate before you massage."


def _told(longest: LongestRun | None = None, referral: Referral | None = None) -> tuple[str, ...]:
    return advice(Verdict(Readiness.GO, (), (), None, referral, longest))


def test_a_go_says_how_long_a_run_may_be() -> None:
    assert _told() == ()
    assert _told(LongestRun(run(3, minutes=42), None)) == (
        "No longer than 46 min: 110% of your longest run in the last 30 days.",
    )
    assert _told(LongestRun(run(3, minutes=42), run(4, km=8.2))) == (
        "No longer than 46 min or 9 km: 110% of your longest runs in the last 30 days.",
    )


@pytest.mark.parametrize("referral", Referral)
def test_the_referral_comes_before_other_advice(referral: Referral) -> None:
    said = _told(LongestRun(run(3), None), referral)
    assert len(said) == 2
    assert "look" in said[0]


# What is missing


@pytest.mark.parametrize(
    ("need", "leg", "sentence"),
    [
        (Need.RUN, None, "A run: none is logged yet."),
        (Need.RUN_SORENESS, None, "How sore your last run was, at its worst."),
        (Need.TODAY_RATING, None, "How sore a leg is today, rated before any massage."),
        (Need.TODAY_RATING, RIGHT, "How sore your right leg is today, rated before any massage."),
    ],
)
def test_entries_missing_for_a_go_are_named(need: Need, leg: Leg | None, sentence: str) -> None:
    assert missing_text(Missing(Shortfall(need, 0, 1), leg)) == sentence


def test_too_few_mornings_are_counted() -> None:
    assert missing_text(Missing(Shortfall(Need.MORNINGS, 1, 3), LEFT)) == (
        "Your left leg’s usual: it takes 3 rated mornings within 7 days; you have 1."
    )


def test_needs_that_the_light_never_asks_for_have_a_sentence() -> None:
    assert missing_text(Missing(Shortfall(Need.RATED_DAYS, 0, 6))) == (
        "Needs 6 rated days; you have none yet."
    )


@pytest.mark.parametrize(
    ("shortfall", "sentence"),
    [
        (Shortfall(Need.RATED_DAYS, 2, 6), "Needs 6 rated days; you have 2."),
        (Shortfall(Need.RATED_DAYS, 1, 6), "Needs 6 rated days; you have 1."),
        (Shortfall(Need.RATED_DAYS, 0, 3), "Needs 3 rated days; you have none yet."),
        (Shortfall(Need.RATED_DAYS, 0, 1), "Needs 1 rated day; you have none yet."),
        (Shortfall(Need.MORNINGS, 5, 6), "Needs 6 rated mornings; you have 5."),
        (Shortfall(Need.MORNINGS, 0, 1), "Needs 1 rated morning; you have none yet."),
        (Shortfall(Need.RUN, 0, 1), "Needs 1 run; you have none yet."),
        (Shortfall(Need.RUN, 0, 2), "Needs 2 runs; you have none yet."),
        (Shortfall(Need.TODAY_RATING, 0, 1), "Needs a rating from today; you have none yet."),
    ],
)  # fmt: skip
def test_a_shortfall_says_what_is_needed_and_how_many_there_are(
    shortfall: Shortfall, sentence: str
) -> None:
    assert shortfall_text(shortfall) == sentence


@pytest.mark.parametrize("need", list(Need))
def test_every_need_can_be_said(need: Need) -> None:
    if need is Need.RUN_SORENESS:
        assert "the worst soreness on your last run;" in shortfall_text(Shortfall(need, 0, 1))
    assert shortfall_text(Shortfall(need, 0, 1)).startswith("Needs ")
