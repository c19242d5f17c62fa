from pathlib import Path

import pytest

from itband_gui.journal.siblings import Fate, SiblingJournal
from itband_gui.wording.notices import sibling_sentences


def beside(fate: Fate, count: int, moved: Path | None = None) -> list[SiblingJournal]:
    return [SiblingJournal(Path(f"/d/{number}.json"), fate, 2, moved) for number in range(count)]


@pytest.mark.parametrize("fate", Fate)
def test_one_file_and_many_are_named(fate: Fate) -> None:
    for count in (1, 2):
        (sentence,) = sibling_sentences(beside(fate, count))
        assert all(f"“{number}.json”" in sentence for number in range(count))
        assert ("%Ln" in sentence, "{" in sentence) == (False, False)
        assert sentence.endswith(".")
        assert sentence.startswith("2 ") is (count == 2 and fate is not Fate.NEWER)


@pytest.mark.parametrize(
    ("fate", "count", "told"),
    [
        (Fate.TAKEN_IN, 1, "“0.json”, in your journal’s folder, is also a journal. "),
        (
            Fate.OTHER,
            1,
            "Entries or changes in it that yours doesn’t have: 2. Import it if they are yours.",
        ),
        (
            Fate.OTHER,
            2,
            "Entries or changes in them that yours doesn’t have: 4. Import them if they are ",
        ),
        (Fate.LEFT, 1, "“0.json” was there before your journal was started, so nothing was "),
        (Fate.LEFT, 2, "2 journals were there before yours was started, so nothing was added "),
        (Fate.UNREADABLE, 1, " Make it readable."),
        (Fate.UNREADABLE, 2, " Make them readable."),
    ],
)
def test_each_fate_is_described_in_plain_words(fate: Fate, count: int, told: str) -> None:
    (sentence,) = sibling_sentences(beside(fate, count))
    assert told in sentence


def test_of_many_files_the_first_are_named_and_the_others_counted() -> None:
    (sentence,) = sibling_sentences(beside(Fate.TAKEN_IN, 1_003))
    assert "“2.json” and 1,000 more" in sentence
    assert "“3.json”" not in sentence
    assert "2,006" in sentence


def test_the_folder_a_file_was_moved_to_is_named() -> None:
    moved = Path("/b/conflict-copies/0.json")
    for count in (1, 2):
        (sentence,) = sibling_sentences(beside(Fate.TAKEN_IN, count, moved))
        assert "/b/conflict-copies." in sentence


def test_each_fate_has_its_own_sentence() -> None:
    found = [*beside(Fate.OTHER, 1), *beside(Fate.DAMAGED, 2), *beside(Fate.OTHER, 1)]
    assert len(sibling_sentences(found)) == 2
    assert sibling_sentences([]) == []


def test_a_name_is_shown_as_the_caller_asks_and_never_read_as_a_placeholder() -> None:
    found = [SiblingJournal(Path("/d/{more}%Ln.json"), Fate.EMPTY)]
    assert "“{more}%Ln.json”" in sibling_sentences(found)[0]
    assert "“x”" in sibling_sentences(found, lambda _: "x")[0]
