"""The state of a sign: who may close it, how long a consent holds, and what stays open."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal.entries import Resolution, Sign, new_id
from itband_gui.leg.names import Leg
from itband_gui.safety.open_signs import CONSENT_LASTS, SignState, standing_signs
from itband_gui.safety.register import agreed, known_signs, register, still_counting, was_known
from itband_gui.safety.signs import ClosedBy, MassageRule, PresentSign, WarningSign, load_safety
from tests.insight.making import NOW

SAFETY = load_safety()
DAY = timedelta(days=1)
GONE, SEEN = Resolution.GONE, Resolution.CLINICIAN_AGREED
SIGNS = st.sampled_from(SAFETY.signs)
LEGS = st.sampled_from([(Leg.LEFT,), (Leg.RIGHT,), (Leg.LEFT, Leg.RIGHT)])
PRESENT = st.builds(lambda each, legs: PresentSign(each, legs if each.leg else ()), SIGNS, LEGS)
ANSWERS = st.lists(PRESENT, max_size=4, unique_by=lambda each: each.sign.id)


def sign(
    name: str,
    ago: float = 3,
    over: float | None = None,
    how: Resolution | None = None,
    leg: Leg | None = None,
) -> Sign:
    resolved = None if over is None else NOW - over * DAY
    return Sign(
        id=new_id(), at=NOW - ago * DAY, sign=name, leg=leg, resolved=resolved, resolution=how
    )


def standing(*signs: Sign, now: datetime = NOW) -> list[SignState]:
    return [each.standing for each in standing_signs(signs, SAFETY, now)]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (sign("clot"), [SignState.OPEN]),
        (sign("clot", 3, 1, GONE), [SignState.UNSEEN]),
        (sign("clot", 3, 1, SEEN), [SignState.SEEN]),  # a gentle start
        (sign("clot", 9, 7, SEEN), []),
        (sign("skin", 3, 1, GONE), []),
        (sign("fresh-injury", 2.9, 2, GONE), [SignState.CLEARING]),  # 72 hours, whoever says so
        (sign("fresh-injury", 3.1, 2, GONE), []),
        (sign("unwell", 3, 0.5, SEEN), [SignState.CLEARING]),
        (sign("skin", 3, -1, GONE), [SignState.OPEN]),  # it will be over tomorrow
        (sign("unwell", 3, 0.5, GONE), [SignState.CLEARING]),
        (sign("unwell", 3, 2, GONE), []),
        (sign("blood-thinners", 3, 1, SEEN), [SignState.AGREED]),
        (sign("blood-thinners", 3, 1, GONE), []),
        (sign("blood-thinners", 99, 28, SEEN), [SignState.LAPSED]),
        (sign("cancer-or-night-pain", 3, 1, SEEN), [SignState.SEEN]),
        (sign("of-a-newer-list"), [SignState.OPEN]),
        (sign("of-a-newer-list", 3, 1, GONE), []),
        (sign("clot", -1), []),  # not yet entered
    ],
)
def test_a_sign_stands_by_its_own_rules(entry: Sign, expected: list[SignState]) -> None:
    assert standing(entry) == expected


@given(SIGNS)
def test_gone_closes_only_signs_that_the_runner_may_close(warning: WarningSign) -> None:
    left = standing(sign(warning.id, 40, 30, GONE))
    assert left == ([SignState.UNSEEN] if warning.closes is ClosedBy.SEEN else [])


def test_a_clinician_s_word_closes_earlier_entries_on_that_leg() -> None:
    old = sign("clot", 9, 8, GONE, Leg.LEFT)
    assert standing(old, sign("clot", 5, 4, SEEN, Leg.LEFT)) == [SignState.SEEN]
    assert standing(old, sign("clot", 5, 4, SEEN, Leg.RIGHT)) == [SignState.UNSEEN, SignState.SEEN]
    assert standing(sign("clot", 9, 8, SEEN), sign("clot", 1)) == [SignState.OPEN]


def test_a_consent_holds_for_four_weeks_and_only_for_signs_that_need_one() -> None:
    for days, holds in ((27, True), (28, False), (400, False)):
        [found] = standing_signs([sign("bones", 500, days, SEEN)], SAFETY, NOW)
        assert found.standing is (SignState.AGREED if holds else SignState.LAPSED)
    assert CONSENT_LASTS == 28 * DAY
    assert known_signs([sign("cancer-or-night-pain", 3, 1, SEEN)], SAFETY, NOW) == []


def test_a_consent_for_one_leg_does_not_cover_the_other() -> None:
    known = known_signs([sign("feeling", 3, 1, SEEN, Leg.LEFT)], SAFETY, NOW)
    rule = SAFETY.sign("feeling")
    assert rule is not None
    assert agreed(PresentSign(rule, (Leg.LEFT,)), known)
    assert not agreed(PresentSign(rule, (Leg.RIGHT,)), known)
    assert not agreed(PresentSign(rule, (Leg.LEFT, Leg.RIGHT)), known)


# The register


def after(entries: list[Sign], present: list[PresentSign], *massaged: Leg) -> list[Sign]:
    """Return the journal's signs after an answer, with some legs then massaged."""
    added, amended = register(present, known_signs(entries, SAFETY, NOW), NOW, legs=massaged)
    changed = {entry.id: entry for entry in amended}
    return [*(changed.get(entry.id, entry) for entry in entries), *added]


@given(first=ANSWERS, second=ANSWERS, massaged=st.sets(st.sampled_from(Leg)))
def test_a_ticked_sign_is_open_and_an_unticked_one_is_not(
    first: list[PresentSign], second: list[PresentSign], massaged: set[Leg]
) -> None:
    """Massage implies a clinician's agreement for the massaged legs and no others."""
    entries = after(after([], first), second, *massaged)
    ticked = {(p.sign.id, leg) for p in second for leg in p.legs or (None,)}
    found = standing_signs(entries, SAFETY, NOW + DAY * 3)
    open_now = {(s.entry.sign, s.entry.leg) for s in found if s.standing is SignState.OPEN}
    consented = {(s.entry.sign, s.entry.leg) for s in found if s.standing is SignState.AGREED}
    asks = {key for key in ticked if _rule(key[0]) is MassageRule.ASK}
    said = {(name, leg) for name, leg in asks if massaged and (leg is None or leg in massaged)}
    assert open_now == ticked - said
    assert consented == said


def _rule(sign_id: str) -> MassageRule:
    rule = SAFETY.sign(sign_id)
    assert rule is not None
    return rule.massage


@given(ANSWERS, ANSWERS)
def test_a_sign_that_must_be_seen_never_closes_by_unticking(
    first: list[PresentSign], second: list[PresentSign]
) -> None:
    entries = after(after([], first), second)
    must = {p.sign.id for p in first if p.sign.closes is ClosedBy.SEEN}
    left = {s.entry.sign for s in standing_signs(entries, SAFETY, NOW + DAY * 400) if s.is_open}
    assert must <= left


@given(present=ANSWERS, massaged=st.sets(st.sampled_from(Leg)))
def test_the_same_answer_again_changes_nothing(
    present: list[PresentSign], massaged: set[Leg]
) -> None:
    once = after([], present, *massaged)
    assert after(once, present, *massaged) == once


WAYS: st.SearchStrategy[tuple[float | None, Resolution | None]] = st.sampled_from(
    [(None, None), (0.5, GONE), (0.5, SEEN), (30, SEEN), (45, GONE)]
)
ENTRIES = st.lists(
    st.builds(
        lambda rule, leg, ago, way: sign(
            rule.id, (way[0] or 0) + ago, way[0], way[1], leg if rule.leg else None
        ),
        SIGNS,
        st.sampled_from([None, *Leg]),
        st.floats(0.1, 60),
        WAYS,
    ),
    max_size=6,
)


@given(ENTRIES, st.integers(0, 60))
def test_time_alone_never_opens_a_sign_that_was_over(entries: list[Sign], days: int) -> None:
    """Time may only let a consent lapse, which the journal still holds."""
    now = {each.entry.id: each.standing for each in standing_signs(entries, SAFETY, NOW)}
    later = standing_signs(entries, SAFETY, NOW + days * DAY)
    for each in later:
        before = now.get(each.entry.id)
        assert before is not None
        if each.standing is not before:
            assert (before, each.standing) in {
                (SignState.AGREED, SignState.LAPSED),
                (SignState.CLEARING, SignState.SEEN),
            }


@given(ENTRIES, ANSWERS)
def test_a_known_sign_is_present_or_gone_after_an_answer(
    entries: list[Sign], present: list[PresentSign]
) -> None:
    """No known sign is lost or entered twice, and an answer changes only its own signs."""
    found = after(entries, present)
    assert {each.id for each in entries} <= {each.id for each in found}
    ticked = {(p.sign.id, leg) for p in present for leg in p.legs or (None,)}
    new = [(e.sign, e.leg) for e in found if e.id not in {old.id for old in entries}]
    assert len(new) == len(set(new))
    assert set(new) <= ticked
    known = {each.entry.id for each in known_signs(entries, SAFETY, NOW)}
    assert [e for e in found if e.id in {o.id for o in entries} - known] == [
        e for e in entries if e.id not in known
    ]


@given(ENTRIES)
def test_a_consent_covers_no_sign_that_blocks(entries: list[Sign]) -> None:
    known = known_signs(entries, SAFETY, NOW)
    for each in SAFETY.signs:
        if each.massage is not MassageRule.ASK:
            assert not agreed(PresentSign(each, (Leg.LEFT,) if each.leg else ()), known)


def test_an_old_entry_without_a_leg_takes_the_leg_given() -> None:
    rule = SAFETY.sign("skin")
    assert rule is not None
    old = sign("skin")
    assert after([old], [PresentSign(rule, (Leg.LEFT,))]) == [replace(old, leg=Leg.LEFT)]
    both = after([old], [PresentSign(rule, (Leg.LEFT, Leg.RIGHT))])
    assert both == [old], "it is of both legs as it stands"


def test_a_sign_that_is_gone_and_back_is_open_again() -> None:
    rule = SAFETY.sign("clot")
    assert rule is not None
    gone = sign("clot", 3, 1, GONE, Leg.LEFT)
    assert still_counting(known_signs([gone], SAFETY, NOW), [], NOW) == [
        PresentSign(rule, (Leg.LEFT,), gone=True)
    ]
    [back] = after([gone], [PresentSign(rule, (Leg.LEFT,))])
    assert (back.id, back.resolved, back.resolution) == (gone.id, None, None)


def test_an_unseen_sign_is_listed_once_with_all_its_legs() -> None:
    rule = SAFETY.sign("clot")
    assert rule is not None
    known = known_signs(
        [sign("clot", 3, 1, GONE, Leg.RIGHT), sign("clot", 4, 2, GONE, Leg.LEFT)], SAFETY, NOW
    )
    assert still_counting(known, [], NOW) == [PresentSign(rule, (Leg.LEFT, Leg.RIGHT), gone=True)]
    there = [PresentSign(rule, (Leg.LEFT,))]
    assert still_counting(known, there, NOW) == [PresentSign(rule, (Leg.RIGHT,), gone=True)]
    assert still_counting(known, [PresentSign(rule, (Leg.LEFT, Leg.RIGHT))], NOW) == []


def test_a_sign_was_known_if_each_of_its_legs_was() -> None:
    rule = SAFETY.sign("clot")
    assert rule is not None
    left = known_signs([sign("clot", leg=Leg.LEFT)], SAFETY, NOW)
    assert was_known(PresentSign(rule, (Leg.LEFT,)), left)
    assert not was_known(PresentSign(rule, (Leg.LEFT, Leg.RIGHT)), left)
    assert was_known(PresentSign(rule, (Leg.RIGHT,)), known_signs([sign("clot")], SAFETY, NOW))
    assert not was_known(PresentSign(rule, (Leg.LEFT,)), [])


def test_a_tick_does_not_reopen_an_older_entry_of_the_same_leg() -> None:
    rule = SAFETY.sign("clot")
    assert rule is not None
    old, new = sign("clot", 9, 8, GONE, Leg.LEFT), sign("clot", 1, leg=Leg.LEFT)
    assert after([old, new], [PresentSign(rule, (Leg.LEFT,))]) == [old, new]


def test_an_answer_applies_to_every_entry_of_its_sign() -> None:
    """Two computers may each have opened it, or an older version may have given it a leg."""
    rule = SAFETY.sign("unwell")
    assert rule is not None
    twice = [sign("unwell", 2), sign("unwell", 1, leg=Leg.LEFT)]
    assert after(twice, [PresentSign(rule)]) == twice
    assert {each.resolution for each in after(twice, [])} == {GONE}


def test_an_injury_too_fresh_still_counts_when_gone() -> None:
    rule = SAFETY.sign("fresh-injury")
    assert rule is not None
    fresh, old = sign("fresh-injury", 2.9, leg=Leg.LEFT), sign("fresh-injury", 3.1, leg=Leg.LEFT)
    counting = [PresentSign(rule, (Leg.LEFT,), gone=True)]
    assert still_counting(known_signs([fresh], SAFETY, NOW), [], NOW) == counting
    assert still_counting(known_signs([old], SAFETY, NOW), [], NOW) == []
    (gone,) = after([fresh], [])
    assert gone.resolution is GONE
    assert still_counting(known_signs([gone], SAFETY, NOW), [], NOW) == counting
    assert after([gone], []) == [gone], "once is enough"
    (back,) = after([gone], [PresentSign(rule, (Leg.LEFT,))])
    assert (back.id, back.resolved) == (fresh.id, None)


def test_a_leg_that_is_not_massaged_gets_no_consent() -> None:
    rule = SAFETY.sign("feeling")
    assert rule is not None
    both = PresentSign(rule, (Leg.LEFT, Leg.RIGHT))
    added, _ = register([both], [], NOW, legs=(Leg.LEFT,))
    assert {entry.leg: entry.resolution for entry in added} == {Leg.LEFT: SEEN, Leg.RIGHT: None}


def test_a_newer_open_entry_outdates_an_agreement() -> None:
    rule = SAFETY.sign("bones")
    assert rule is not None
    known = known_signs([sign("bones", 9, 8, SEEN), sign("bones", 1)], SAFETY, NOW)
    assert not agreed(PresentSign(rule), known)


def test_two_entries_of_one_sign_from_two_machines_both_stay_while_it_is_ticked() -> None:
    rule = SAFETY.sign("skin")
    assert rule is not None
    twice = [sign("skin", 3, leg=Leg.LEFT), sign("skin", 2, leg=Leg.LEFT)]
    assert after(twice, [PresentSign(rule, (Leg.LEFT,))]) == twice
