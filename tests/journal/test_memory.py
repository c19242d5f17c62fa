"""A record of saves reports each journal once and proves which file is older."""

from collections.abc import Callable
from pathlib import Path

import pytest

from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.entries import Rating
from itband_gui.journal.memory import JournalMemory
from itband_gui.journal.snapshot import FileSnapshot

MakeRating = Callable[..., Rating]


@pytest.fixture
def log(tmp_path: Path) -> Acknowledged:
    return Acknowledged(tmp_path / "state" / "journal.log")


@pytest.fixture
def states(rating: MakeRating) -> list[FileSnapshot]:
    """A journal of one entry, of two, of three, each as it stands in its file."""
    entries = [rating(hour=hour) for hour in range(3)]
    made = [FileSnapshot.of_entries(entries[: count + 1]) for count in range(3)]
    return [state.as_in(state.encoded()) for state in made]


def keep(memory: JournalMemory, states: list[FileSnapshot]) -> None:
    held = FileSnapshot()
    for state in states:
        assert memory.keep(state.encoded(), held)
        held = state


def test_without_a_log_nothing_is_news_and_keeping_always_goes_well(
    states: list[FileSnapshot],
) -> None:
    memory = JournalMemory(None)
    assert memory.keep(states[0].encoded(), FileSnapshot())
    assert memory.news(None) is None
    assert memory.left_out() is None
    assert memory.agrees(states[1].encoded().checksum)
    memory.forget()


def test_what_was_kept_is_news_to_the_next_start_until_it_is_held(
    log: Acknowledged, states: list[FileSnapshot]
) -> None:
    keep(JournalMemory(log), states)
    memory = JournalMemory(log)
    older = states[0].encoded().checksum
    news = memory.news(older)
    assert news is not None
    assert news.data == states[-1].data
    assert not memory.agrees(older)
    memory.joined()
    assert memory.news(older) is None


def test_the_file_that_is_remembered_is_no_news(
    log: Acknowledged, states: list[FileSnapshot]
) -> None:
    keep(JournalMemory(log), states)
    memory = JournalMemory(log)
    assert memory.agrees(states[-1].encoded().checksum)
    assert memory.left_out() is None


def test_a_file_from_before_is_known_as_earlier_once_the_last_one_is_held(
    log: Acknowledged, states: list[FileSnapshot]
) -> None:
    keep(JournalMemory(log), states)
    first, *_, last = (state.encoded().checksum for state in states)
    memory = JournalMemory(log)
    assert not memory.is_earlier(first), "what is remembered is not held yet"
    assert memory.agrees(last)
    assert memory.is_earlier(first)
    assert not memory.is_earlier(last)
    assert not memory.is_earlier("0" * 64)


def test_a_file_that_was_edited_is_traced_to_the_one_whose_checksum_it_bears(
    log: Acknowledged, states: list[FileSnapshot]
) -> None:
    keep(JournalMemory(log), states)
    memory = JournalMemory(log)
    assert memory.agrees(states[-1].encoded().checksum)
    edited = memory.edited_from(states[1].encoded().checksum)
    assert edited is not None
    assert edited.data == states[1].data
    assert memory.edited_from(None) is memory.edited_from("0" * 64) is None


def test_a_file_that_was_taken_in_is_covered_by_the_next_one_that_is_kept(
    log: Acknowledged, states: list[FileSnapshot]
) -> None:
    memory = JournalMemory(log)
    foreign = "f" * 64
    memory.cover(foreign)
    keep(memory, states)
    assert memory.is_earlier(foreign)
    known = JournalMemory(log).edited_from(foreign)
    assert known is None, "it is not held yet"
    edited = memory.edited_from(foreign)
    assert edited is not None
    assert edited.data == {}, "only its checksum is known"


def test_a_journal_that_was_never_held_here_is_left_out_until_it_is_forgotten(
    log: Acknowledged, states: list[FileSnapshot]
) -> None:
    keep(JournalMemory(log), states)
    memory = JournalMemory(log)
    assert memory.left_out() == states[-1].encoded().data
    memory.forget()
    assert memory.left_out() is None
    assert JournalMemory(log).news(None) is None
