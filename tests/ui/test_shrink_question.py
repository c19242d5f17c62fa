"""Many entries removed from the file by hand: the question, and the reach of an answer."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from itband_gui.journal.lock import locked
from itband_gui.journal.store import LoadCode, Store
from tests.ui.troubles import gone_folder, rest_day, says, writes_of

if TYPE_CHECKING:
    from tests.ui.conftest import User

BACK, GO = "Put them back", "Remove them"
ANSWERS = pytest.mark.parametrize(("answer", "left"), [(BACK, 60), (GO, 30)])


def without(data: bytes, count: int) -> bytes:
    """Return a journal file without its oldest entries."""
    lines = data.splitlines(keepends=True)
    return b"".join(lines[:2] + lines[2 + count :])


def is_asked(user: "User") -> bool:
    return any("removed many entries" in notice for notice in user.notices())


@pytest.fixture
def whole(user: "User") -> bytes:
    """The journal before 30 of its 60 entries were taken out, which is asked about."""
    user.fill_journal(60)
    user.open()
    before = user.file.read_bytes()
    user.file.write_bytes(without(before, 30))
    user.link.take_in()
    user.look()
    return before


@ANSWERS
def test_many_entries_that_went_missing_are_asked_about(
    user: "User", answer: str, left: int
) -> None:
    user.fill_journal(60)
    window, other = user.open(), user.open()
    user.file.write_bytes(without(user.file.read_bytes(), 30))
    before = user.file.read_bytes()
    user.windows = [other, window]
    user.turn_to(window)
    (said,) = user.notices()
    assert "removed many entries from the journal file: 30." in said
    assert "Not saved" in user.reads()
    assert user.file.read_bytes() == before
    user.click_on(answer)
    assert len(user.journal()) == len(user.link.book) == left
    assert says(user) == "Saved"
    assert not is_asked(user)


@ANSWERS
def test_an_answer_during_a_write_is_carried_out_after_it(
    user: "User", whole: bytes, answer: str, left: int
) -> None:
    with locked(user.file):
        user.link.add(rest_day(user))
        QApplication.processEvents()
        assert says(user) == "Not saved"
        user.button(answer).click()
    assert len(user.journal()) == len(user.link.book) == left + 1
    assert says(user) == "Saved"
    assert not is_asked(user)


def test_an_answer_that_was_carried_out_is_not_given_again(
    user: "User", whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with locked(user.file):
        user.link.add(rest_day(user))
        QApplication.processEvents()
        user.button(GO).click()
    user.look()
    writes = writes_of(user, monkeypatch)
    gone_folder(user)
    user.link.add(rest_day(user))
    user.look()
    assert writes == [1]


def test_an_answer_without_a_question_just_saves(user: "User") -> None:
    user.fill_journal()
    user.open()
    mend = gone_folder(user)
    user.link.add(rest_day(user))
    user.look()
    mend()
    user.link.answer_shrink(bring_back=True)
    assert len(user.journal()) == 4


@ANSWERS
def test_an_answer_during_a_look_is_carried_out_after_it(
    user: "User", whole: bytes, answer: str, left: int
) -> None:
    user.link.take_in()
    user.button(answer).click()
    assert len(user.journal()) == len(user.link.book) == left
    assert says(user) == "Saved"


@pytest.mark.parametrize(("first", "last", "left"), [(GO, BACK, 60), (BACK, GO, 30)])
def test_the_last_of_two_answers_counts(
    user: "User", whole: bytes, first: str, last: str, left: int
) -> None:
    with locked(user.file):
        user.button(first).click()
        QApplication.processEvents()
        user.button(last).click()
    assert len(user.journal()) == len(user.link.book) == left


@ANSWERS
def test_an_answer_covers_only_the_entries_asked_about(
    user: "User", whole: bytes, answer: str, left: int
) -> None:
    user.file.write_bytes(without(whole, 50))
    user.click_on(answer)
    assert user.file.read_bytes() == without(whole, 50)
    assert len(user.link.book) == 60
    (said,) = user.notices()
    assert "removed many entries from the journal file: 50." in said
    user.click_on(answer)
    assert len(user.journal()) == len(user.link.book) == (60 if answer == BACK else 10)


def test_an_earlier_answer_does_not_bring_back_later_removals(user: "User", whole: bytes) -> None:
    user.file.write_bytes(whole)
    user.click_on(BACK)  # nothing is missing any more
    assert says(user) == "Saved"
    remove_elsewhere(user)
    user.link.take_in()
    assert len(user.journal()) == len(user.link.book) == 59


def test_entries_removed_by_others_meanwhile_do_not_come_back(user: "User", whole: bytes) -> None:
    remove_elsewhere(user)  # it writes what it finds: 30 are missing, and are no removals
    user.click_on(BACK)
    assert len(user.journal()) == len(user.link.book) == 59
    assert not is_asked(user)


def remove_elsewhere(user: "User") -> None:
    """Remove the newest entry as another program does."""
    store = Store(user.file)
    book = store.load().book
    book.remove(list(book)[-1].id)
    store.save(book)


def test_an_answer_that_could_not_be_carried_out_is_asked_for_again(
    user: "User", whole: bytes
) -> None:
    mend = gone_folder(user)
    user.click_on(BACK)
    assert "does not exist" in " ".join(user.notices())
    mend()
    user.click_on("Try again")
    assert is_asked(user)
    assert Store(user.file).load().code is LoadCode.EDITED
    user.click_on(GO)
    assert len(user.journal()) == len(user.link.book) == 30
