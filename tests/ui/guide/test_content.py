"""The guide's texts: complete, split into blocks, searchable, without forbidden claims."""

import re

import pytest

from itband_gui.safety.signs import SignGroup, load_safety
from itband_gui.ui.guide.content import Block, BlockKind, GuideSection, load_guide
from itband_gui.ui.guide.figures import FIGURES

SECTIONS = load_guide()
# The topics of the guide, each with a word that it must contain.
TOLD = {
    "band": "steady the hip and the knee",
    "begins": "overuse",
    "mornings": "A click that does not hurt is normal.",
    "heel": "wrist",
    "knuckles": "This guide leaves that out",
    "positions": "pillow",
    "dose": "3 to 4 out of 10",
    "strength": "not a prescription",
    "keep-off": "nerve",
    "before": "warning list",
    "stop": "numb",
    "others": "physiotherapist",
    "when-to-see": "emergency number",
    "evidence": "Nobody has compared these with waiting.",
    "rest": "rest day",
    "sources": "10.",
}
CLAIMS = re.compile(
    r"\b(heals?|cures?|therap(y|ies|eutic)|releas(e|es|ing)|adhesions?|clinically proven|"
    r"prevents? injur|ITBS)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("section_id", TOLD)
def test_the_guide_tells(section_id: str) -> None:
    section = next(each for each in SECTIONS if each.id == section_id)
    assert TOLD[section_id] in section.text


def section_of(section_id: str) -> GuideSection:
    return next(each for each in SECTIONS if each.id == section_id)


def points_of(section_id: str) -> list[str]:
    blocks = section_of(section_id).blocks
    return [block.text for block in blocks if block.kind is BlockKind.POINT]


def test_how_hard_begins_with_what_does_not_apply() -> None:
    assert section_of("dose").blocks[0].text == "“No pain, no gain” does not apply here."


def test_warning_signs_and_reasons_to_stop_are_those_of_the_check_in_word_for_word() -> None:
    safety = load_safety()
    assert points_of("when-to-see") == [
        f"{sign.text}." for group in SignGroup for sign in safety.signs if sign.group is group
    ]
    assert points_of("stop") == [f"{reason.text}." for reason in safety.stop.reasons]
    assert safety.disclaimer.strip() in section_of("sources").text


def test_no_line_in_braces_is_left() -> None:
    assert not [section.id for section in SECTIONS if "{" in section.text]


def test_the_waits_are_those_that_the_stop_page_and_the_rating_afterwards_tell() -> None:
    stop = load_safety().stop
    bruise = stop.reason("bruise")
    assert bruise is not None
    assert (stop.worse_by, stop.worse_hours, bruise.massage_hours) == (2, 48, 72)
    assert points_of("dose")[-2:] == [
        "Two points or more sorer afterwards: no massage on that leg for 48 hours.",
        "A bruise: no massage on that leg for 72 hours, and until it is settling.",
    ]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_nothing_is_claimed_that_may_not_be(section: GuideSection) -> None:
    assert not CLAIMS.search(f"{section.title} {section.text}")


def test_every_figure_is_drawn_and_used_once() -> None:
    used = [name for section in SECTIONS for name in section.figures]
    assert sorted(used) == sorted(FIGURES)


def test_every_source_that_is_cited_is_listed_and_the_other_way_round() -> None:
    listed = set(re.findall(r"^\[(\d+)\]", SECTIONS[-1].text, re.MULTILINE))
    text = " ".join(section.text for section in SECTIONS[:-1])
    assert set(re.findall(r"\[(\d+)\]", text)) == listed


def test_steps_count_from_one_in_each_section() -> None:
    for section in SECTIONS:
        steps = [block.number for block in section.blocks if block.kind is BlockKind.STEP]
        assert steps == list(range(1, len(steps) + 1))


def test_text_is_parted_into_paragraphs_points_and_steps() -> None:
    section = GuideSection("x", "X", (), "One.\n\n- a point\n1. a step\n\nTwo.\n")
    assert section.blocks == (
        Block(BlockKind.PARAGRAPH, "One."),
        Block(BlockKind.POINT, "a point"),
        Block(BlockKind.STEP, "a step", 1),
        Block(BlockKind.PARAGRAPH, "Two."),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [("", True), ("pillow", True), ("PILLOW chair", True), ("sit lie", True), ("yoga", False)],
)
def test_a_search_wants_every_word_in_any_case(words: str, *, found: bool) -> None:
    section = GuideSection("positions", "How to sit or lie", (), "On a chair.\nA pillow.")
    assert section.matches(words) is found
