"""The warning list holds every sign of the clinical page; the screening follows its table."""

import re

import pytest

from itband_gui.safety.signs import Group, Safety, Urgency, load_safety

NOW, TODAY, SOON, WAIT = Urgency.NOW, Urgency.SAME_DAY, Urgency.SOON, Urgency.HEAL

# One row a sign: what must be read in its text, and what answering yes does.
BLOCKS = [
    (NOW, "breathless"),
    (NOW, "chest pain"),
    (NOW, "coughing up blood"),
    (NOW, "fainting|collapse"),
    (TODAY, "one leg throbbing, swollen, warm, red or dark.* hard sore veins"),
    (TODAY, "clot now or lately"),
    (TODAY, "cannot put weight"),
    (TODAY, "out of shape|deform"),
    (TODAY, "hot red joint"),
    (TODAY, "badly swollen"),
    (TODAY, "locks, gives way or clicks painfully"),
    (TODAY, "groin or thigh"),
    (TODAY, "worse with weight, running or hopping"),
    (TODAY, "suspected fracture"),
    (TODAY, "foot drops"),
    (TODAY, "numbness is spreading"),
    (TODAY, "dark urine with severe muscle pain"),
    (WAIT, "fresh injury, bruise or swelling"),
    (WAIT, "72 hours"),
    (WAIT, "deep bruise not yet cleared"),
    (WAIT, "open wound, burn, infection or rash"),
    (WAIT, "fever, or feeling unwell"),
    (SOON, "new lump"),
    (WAIT, "operation there in the last six weeks"),
]
ASKS = [
    *("blood thinners", "bleeding disorder", "clot in the past", "pregnant", "gave birth"),
    *("last six weeks", "cancer", "weight loss", "constant", "night", "osteoporosis"),
    *("steroids for a long time", "burning, numb or reduced feeling", "nerve damage from diabetes"),
    *("artery disease", "varicose veins", "no better after two or three weeks"),
]
STOPS = [
    *("more than 5 of 10", "sharp", "electric", "burning", "tingling", "numb"),
    *("bony outer side of the knee", "new swelling", "bruise", "skin breaks", "dizzy"),
    *("short of breath", "hand hurts"),
]


@pytest.fixture(scope="module")
def safety() -> Safety:
    return load_safety()


@pytest.mark.parametrize(("urgency", "words"), BLOCKS)
def test_a_blocking_sign_is_asked_and_says_how_soon(
    safety: Safety, urgency: Urgency, words: str
) -> None:
    found = [s for s in safety.in_group(Group.BLOCK) if re.search(words, s.text, re.IGNORECASE)]
    assert [sign.urgency for sign in found] == [urgency]


@pytest.mark.parametrize("words", ASKS)
def test_a_sign_for_a_clinician_is_asked(safety: Safety, words: str) -> None:
    found = [s for s in safety.in_group(Group.ASK) if re.search(words, s.text, re.IGNORECASE)]
    assert [sign.urgency for sign in found] == [SOON]


@pytest.mark.parametrize("words", STOPS)
def test_a_reason_to_stop_is_named(safety: Safety, words: str) -> None:
    assert any(words in reason.lower() for reason in safety.stop.reasons)


@pytest.mark.parametrize(
    ("sign_id", "words"),
    [
        ("emergency", "112, 911 or 999"),
        ("emergency", "now"),
        ("clot", "today"),
        ("clot", "do not massage"),
        ("bone-or-joint", "today"),
        ("bone-or-joint", "click that does not hurt is normal"),
        ("stress-fracture", "stop running"),
        ("stress-fracture", "urgent"),
        ("nerve-or-muscle", "today"),
        ("skin", "fever: get medical help today"),
        ("pregnancy", "leave leg massage alone unless a clinician has ruled out a clot"),
        ("arteries-or-veins", "never press on varicose veins"),
        ("no-better", "physiotherapist or doctor"),
    ],
)
def test_an_action_says_what_the_clinical_page_says(
    safety: Safety, sign_id: str, words: str
) -> None:
    sign = safety.sign(sign_id)
    assert sign is not None
    assert words in sign.action.lower()


def test_every_blocking_sign_forbids_massage_or_tells_to_rest(safety: Safety) -> None:
    for sign in safety.in_group(Group.BLOCK):
        assert re.search(r"not massage|no massage|rest until", sign.action, re.IGNORECASE), sign.id


def test_signs_have_ids_and_texts_of_their_own(safety: Safety) -> None:
    assert len({sign.id for sign in safety.signs}) == len(safety.signs)
    assert len({sign.text for sign in safety.signs}) == len(safety.signs)
    for sign in safety.signs:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", sign.id)
        assert sign.text == sign.text.strip() != ""
        assert sign.action.strip().endswith((".", ")"))


def test_the_list_is_short_enough_for_a_check_in(safety: Safety) -> None:
    assert len(safety.signs) <= 20
    assert max(len(sign.text) for sign in safety.signs) <= 130


def test_a_sign_that_no_list_holds_is_none(safety: Safety) -> None:
    assert safety.sign("of-a-newer-version") is None
    assert safety.sign("clot") in safety.signs


def test_the_disclaimer_says_each_of_its_parts(safety: Safety) -> None:
    for part in (
        *("General wellness information for adults.", "Not medical advice; does not diagnose"),
        *("Check with a clinician", "more than 5 of 10", "sharp or numb"),
        "Emergency: call your local number.",
    ):
        assert part in safety.disclaimer
    assert "\n" not in safety.disclaimer.strip()


def test_the_advice_after_a_stop_names_the_emergencies(safety: Safety) -> None:
    advice = " ".join(safety.stop.advice).lower()
    for words in ("emergency number now", "throbbing, swollen, warm leg", "clinician"):
        assert words in advice
    assert safety.stop.worse_by == 2
    assert "48 hours" in safety.stop.worse_after
