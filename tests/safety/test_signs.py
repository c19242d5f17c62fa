"""The warning list: every sign with its rules, in plain words."""

import re

import pytest

from itband_gui.safety.signs import (
    URGENT,
    ClosedBy,
    MassageRule,
    RunningRule,
    Safety,
    Urgency,
    WarningSign,
    load_safety,
)

NOW, TODAY, SOON, WAIT = Urgency.NOW, Urgency.SAME_DAY, Urgency.SOON, Urgency.HEAL
BLOCK, ASK, AVOID = MassageRule.BLOCK, MassageRule.ASK, MassageRule.AVOID
REST, EASY, NONE = RunningRule.REST, RunningRule.EASY, RunningRule.NONE

# Per sign: how soon to act, its rules for massage and running, and words that its text contains.
SIGNS = {
    "emergency": (NOW, BLOCK, REST, ("Breathless", "chest pain", "coughing up blood", "fainting")),
    "compartment": (
        NOW, BLOCK, REST,
        ("Sudden severe muscle pain, worse than the injury explains", "hard, swollen", "numbness"),
    ),
    "cauda-equina": (
        NOW, BLOCK, REST, ("Numb between the legs", "bladder or bowels", "weakness in both legs"),
    ),
    "limb": (NOW, BLOCK, REST, ("bent the wrong way", "bone shows", "cold, pale or blue")),
    "clot": (
        TODAY, BLOCK, REST,
        ("Any one of these in one leg, often the calf", "swelling", "throbbing", "warmth",
         "red or darker skin", "or a recent blood clot"),
    ),
    "bone-or-joint": (
        TODAY, BLOCK, REST,
        ("You can’t put weight on the leg", "badly swollen", "a joint is hot and red",
         "with or without fever", "locks, gives way or clicks painfully"),
    ),
    "stress-fracture": (
        TODAY, BLOCK, REST,
        ("groin", "front of the hip", "deep in the thigh or buttock", "limp", "hopping",
         "at rest or at night", "suspected fracture"),
    ),
    "nerve-or-muscle": (
        TODAY, BLOCK, REST,
        ("You can’t lift the front of your foot", "numbness is spreading", "cola-coloured"),
    ),
    "spreading-skin": (TODAY, BLOCK, REST, ("infected wound", "redness or heat spreading")),
    "limp-under-18": (TODAY, BLOCK, REST, ("under 18", "limp", "hip, thigh or knee")),
    "cancer-or-night-pain": (SOON, BLOCK, REST, ("constant", "wakes you at night", "weight loss")),
    "fresh-injury": (WAIT, BLOCK, REST, ("72 hours", "a clinician has not cleared yet")),
    "skin": (WAIT, BLOCK, NONE, ("open wound, burn or rash",)),
    "unwell": (WAIT, BLOCK, REST, ("Fever, or feeling unwell",)),
    "lump": (SOON, BLOCK, EASY, ("new, unexplained lump",)),
    "surgery": (WAIT, BLOCK, REST, ("Surgery on that leg or hip in the last six weeks",)),
    "blood-thinners": (SOON, ASK, NONE, ("Blood thinners", "bleeding disorder", "in the past")),
    "pregnancy": (SOON, ASK, NONE, ("Pregnant",)),
    "birth": (SOON, ASK, REST, ("Gave birth in the last six weeks",)),
    "cancer": (SOON, ASK, NONE, ("Cancer, now or in the past",)),
    "bones": (SOON, ASK, NONE, ("Osteoporosis", "long-term steroid use")),
    "feeling": (SOON, ASK, EASY, ("Burning, numbness or reduced feeling", "diabetes")),
    "back": (SOON, ASK, EASY, ("Back pain", "pins and needles down the leg")),
    "arteries-or-veins": (SOON, ASK, NONE, ("Artery disease",)),
    "no-better": (SOON, ASK, EASY, ("two or three weeks of running less",)),
    "under-18": (SOON, ASK, NONE, ("under 18",)),
    "varicose-veins": (WAIT, AVOID, NONE, ("Varicose veins",)),
    "injection": (WAIT, AVOID, EASY, ("injection",)),
    "implant": (WAIT, AVOID, NONE, ("joint replacement", "metal")),
}  # fmt: skip
STOPS = {
    "too-sore": (48, REST, True, "more than 5 out of 10"),
    "sharp-or-numb": (48, REST, True, "Sharp, electric, burning, tingling or numb"),
    "knee": (48, REST, True, "bony outer side of the knee"),
    "bruise": (72, REST, True, "New swelling or a bruise, or the skin breaks"),
    "dizzy": (48, REST, False, "Dizzy or short of breath"),
    "hand": (0, NONE, False, "Your hand hurts"),
}


@pytest.fixture(scope="module")
def safety() -> Safety:
    return load_safety()


def found(safety: Safety, sign_id: str) -> WarningSign:
    sign = safety.sign(sign_id)
    assert sign is not None
    return sign


def test_the_list_is_complete(safety: Safety) -> None:
    assert [sign.id for sign in safety.signs] == list(SIGNS)
    assert [reason.id for reason in safety.stop.reasons] == list(STOPS)


@pytest.mark.parametrize("sign_id", SIGNS)
def test_a_sign_has_its_rules_and_its_words(safety: Safety, sign_id: str) -> None:
    urgency, massage, running, words = SIGNS[sign_id]
    sign = found(safety, sign_id)
    assert (sign.urgency, sign.massage, sign.running) == (urgency, massage, running)
    for word in words:
        assert word in sign.text


@pytest.mark.parametrize("reason_id", STOPS)
def test_a_reason_to_stop_has_its_rules_and_its_words(safety: Safety, reason_id: str) -> None:
    hours, running, leg, words = STOPS[reason_id]
    reason = safety.stop.reason(reason_id)
    assert reason is not None
    assert (reason.massage_hours, reason.running, reason.leg) == (hours, running, leg)
    assert words in reason.text
    assert not hours or f"{hours} hours" in reason.advice, "the text states the rule"
    assert ("No running" in reason.advice or "no running" in reason.advice) == (running is REST)


def test_urgent_signs_night_pain_and_surgery_need_a_clinician(safety: Safety) -> None:
    seen = {sign.id for sign in safety.signs if sign.closes is ClosedBy.SEEN}
    urgent = {sign.id for sign in safety.signs if sign.urgency in URGENT}
    assert seen == urgent | {"cancer-or-night-pain", "surgery"}


def test_a_sign_that_a_clinician_must_see_blocks_massage(safety: Safety) -> None:
    assert {s.massage for s in safety.signs if s.closes is ClosedBy.SEEN} == {BLOCK}


def test_where_help_is_urgent_the_other_leg_is_not_free(safety: Safety) -> None:
    free = {sign.id for sign in safety.signs if sign.frees_other_leg}
    assert free >= {"skin", "lump", "fresh-injury", "surgery"}
    assert not free & {sign.id for sign in safety.signs if sign.urgency in URGENT}


def test_signs_of_one_leg_ask_which(safety: Safety) -> None:
    whole = {sign.id for sign in safety.signs if not sign.leg}
    assert whole == {
        *("emergency", "cauda-equina", "cancer-or-night-pain", "unwell", "blood-thinners"),
        *("pregnancy", "birth", "cancer", "bones", "arteries-or-veins", "under-18"),
    }
    for sign in safety.signs:
        assert not sign.leg or "both legs" not in sign.text


def test_night_pain_blocks_massage_whatever_the_runner_says(safety: Safety) -> None:
    night = found(safety, "cancer-or-night-pain")
    assert (night.massage, night.running, night.closes) == (BLOCK, REST, ClosedBy.SEEN)
    assert "No massage or running" in night.action


def test_one_symptom_of_a_clot_is_enough(safety: Safety) -> None:
    clot = found(safety, "clot").text
    assert " with hard" not in clot
    assert clot.startswith("Any one of these")


def test_a_sign_names_who_is_at_higher_risk(safety: Safety) -> None:
    assert "pregnancy" in found(safety, "clot").more_likely
    risks = ("missed periods", "eating too little", "low body weight", "menopause")
    for words in (*risks, "an earlier stress fracture"):
        assert words in found(safety, "stress-fracture").more_likely


@pytest.mark.parametrize(
    ("sign_id", "words"),
    [
        *((s, "or your own country’s number") for s in ("emergency", "compartment", "limb")),
        ("cauda-equina", "emergency number now"),
        ("clot", "worried about a clot"),
        ("bone-or-joint", "click that does not hurt is normal"),
        ("stress-fracture", "Do not hop to test it"),
        ("skin", "fever: get medical help today"),
        ("unwell", "24 hours"),
        ("pregnancy", "unless a clinician has ruled out a clot and agrees"),
        ("varicose-veins", "never press on varicose veins"),
        ("no-better", "physiotherapist or doctor"),
    ],
)
def test_an_action_says_what_to_do(safety: Safety, sign_id: str, words: str) -> None:
    assert words in found(safety, sign_id).action


def test_the_action_of_a_blocking_sign_forbids_massage_or_asks_for_rest(safety: Safety) -> None:
    for sign in safety.signs:
        if sign.massage is BLOCK:
            assert re.search(r"not massage|no massage|rest until", sign.action, re.IGNORECASE)
        if sign.urgency is NOW:
            assert "emergency number now" in sign.action
        if sign.urgency is TODAY:
            assert "today" in sign.action


def test_signs_have_unique_ids_and_texts(safety: Safety) -> None:
    assert len({sign.text for sign in safety.signs}) == len(safety.signs)
    for sign in safety.signs:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", sign.id)
        assert sign.text == sign.text.strip() != ""
        assert sign.action.strip().endswith((".", ")"))
        assert len(sign.text) <= 230, "short enough to read in a check-in"


def test_an_unknown_sign_or_reason_is_none(safety: Safety) -> None:
    assert safety.sign("of-a-newer-version") is None
    assert safety.stop.reason("of-a-newer-version") is None
    assert safety.stop.reason(None) is None


def test_the_disclaimer_has_all_its_parts(safety: Safety) -> None:
    for part in (
        *("General wellness information for adults.", "Not medical advice; does not diagnose"),
        *("Check with a clinician", "more than 5 out of 10", "sharp or numb"),
        "In an emergency, call your local emergency number.",
    ):
        assert part in safety.disclaimer
    assert "\n" not in safety.disclaimer.strip()


def test_every_stop_names_the_signs_that_cannot_wait(safety: Safety) -> None:
    lines = " ".join(safety.stop.urgent)
    for words in ("emergency number now", "swelling, throbbing or warmth in one leg"):
        assert words in lines
    assert (safety.stop.worse_by, safety.stop.worse_hours) == (2, 48)
    assert "48 hours" in safety.stop.worse_after
