"""Unseen changes of an entry from another machine survive changes made here."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from itband_gui.journal.book import Book, EntryMissingError
from itband_gui.journal.changes import Saved
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Entry, Rating
from itband_gui.journal.importing import preview, read_import, take_in
from itband_gui.journal.merge import applied, merge
from itband_gui.journal.snapshot import FileSnapshot

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def save(book: Book, extra_lines: FileSnapshot | None = None) -> None:
    """Save as a store does, where nobody else writes."""
    held = applied(book.snapshot, book.pending, NOON)
    held = merge(held, extra_lines) if extra_lines else held
    book.accept(
        Saved(held, book.pending, merged_external=extra_lines is not None or bool(held.overruled()))
    )


def receive(book: Book, theirs: Book) -> None:
    book.accept(Saved(merge(book.snapshot, theirs.snapshot), merged_external=True))


def elsewhere(book: Book, *scores: int) -> Book:
    """Return another machine's book, where these scores were given to the first entry."""
    theirs = Book(book.snapshot)
    first = next(iter(theirs))
    for score in scores:
        theirs.amend(replace(first, score=score))
    save(theirs)
    return theirs


def scores(book: Book) -> tuple[list[int], list[int]]:
    """Return the scores that stand, and those of versions that nobody has decided about."""
    lost = [line.entry for line in book.overruled]
    return [_score(entry) for entry in book], sorted(_score(entry) for entry in lost if entry)


def _score(entry: Entry) -> int:
    assert isinstance(entry, Rating)
    return entry.score


# A form that was opened before


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_came_in_while_a_form_was_open_is_kept_beside_what_the_form_says(
    times: int, rating: MakeRating
) -> None:
    book = Book([rating(score=1)])
    (opened,) = book
    theirs = elsewhere(book, *range(2, 2 + times))
    receive(book, theirs)
    kept = book.amend(replace(opened, note="typed"), opened)
    assert list(book) == [kept]
    save(book)
    assert list(book) == [kept], "what was typed last stands"
    assert scores(book) == ([1], [1 + times])
    receive(theirs, book)
    assert scores(theirs) == scores(book), "on the other machine too"
    old = Book([opened])
    receive(old, book)
    assert scores(old) == scores(book), "and where neither was known yet"


def test_what_a_form_was_opened_with_is_no_other_version(rating: MakeRating) -> None:
    book = Book([rating(score=1)])
    (opened,) = book
    receive(book, Book([rating(hour=1, score=2)]))
    kept = book.amend(replace(opened, score=3), opened)
    save(book)
    assert scores(book) == ([3, 2], [])
    book.amend(replace(kept, score=4), kept)
    save(book)
    assert scores(book) == ([4, 2], [])


def test_what_a_form_leaves_unseen_can_be_used(rating: MakeRating) -> None:
    book = Book([rating(score=1)])
    (opened,) = book
    receive(book, elsewhere(book, 2))
    book.amend(replace(opened, score=3), opened)
    save(book)
    book.use(book.overruled[0].id)
    save(book)
    assert scores(book) == ([2], [])


@pytest.mark.parametrize("is_saved", [False, True])
def test_undo_of_what_a_form_said_brings_back_what_was_unseen_once(
    rating: MakeRating, *, is_saved: bool
) -> None:
    book = Book([rating(score=1)])
    (opened,) = book
    receive(book, elsewhere(book, 2))
    book.amend(replace(opened, score=3), opened)
    if is_saved:
        save(book)
    book.undo()
    save(book)
    assert scores(book) == ([2], [])


def test_what_others_removed_while_a_form_was_open_is_back_by_its_edit(rating: MakeRating) -> None:
    book = Book([rating(score=1)])
    (opened,) = book
    theirs = Book(book.snapshot)
    theirs.remove(opened.id)
    save(theirs)
    receive(book, theirs)
    assert not list(book)
    book.amend(replace(opened, score=3), opened)
    save(book)
    assert scores(book) == ([3], [])
    receive(book, theirs)  # whose removal is known, and replaced
    receive(theirs, book)
    assert scores(book) == scores(theirs) == ([3], [])
    book.undo()
    assert not list(book)


def test_what_others_removed_is_missing_for_what_was_made_from_nothing(rating: MakeRating) -> None:
    with pytest.raises(EntryMissingError):
        Book().amend(rating())


# An addition that is taken back


def added_here_and_amended_there(rating: MakeRating, *there: int) -> Book:
    """Return a book whose addition, of score 0, stands over what another machine made of it."""
    book = Book()
    entry = book.add(rating(score=0))
    save(book)
    theirs = elsewhere(book, *there)
    for score in range(1, len(there) + 2):
        book.amend(replace(entry, score=score))
        save(book)
    receive(book, theirs)
    return book


@pytest.mark.parametrize("is_saved_between", [False, True])
def test_an_addition_taken_back_gives_way_to_what_another_machine_made_of_it(
    rating: MakeRating, *, is_saved_between: bool
) -> None:
    book = added_here_and_amended_there(rating, 7)
    assert scores(book) == ([2], [7])
    while book.can_undo:
        book.undo()
        if is_saved_between:
            save(book)
    assert scores(book)[0] == [7], "seen at once"
    save(book)
    assert scores(book) == ([7], [])


def test_what_two_machines_made_of_an_addition_taken_back_is_both_kept(rating: MakeRating) -> None:
    book = added_here_and_amended_there(rating, 7)
    (entry,) = book
    receive(book, Book([replace(entry, score=8, rev=2, was=("0123456789ab",))]))
    assert scores(book) == ([2], [7, 8])
    while book.can_undo:
        book.undo()
    save(book)
    stands, others = scores(book)
    assert sorted(stands + others) == [7, 8]


def test_an_addition_that_nobody_else_touched_is_gone_by_undo(rating: MakeRating) -> None:
    book = Book([rating(hour=1, score=5)])
    book.add(rating(score=0))
    save(book)
    book.undo()
    save(book)
    assert scores(book) == ([5], [])


def test_an_import_taken_back_takes_the_versions_along_that_came_with_it(
    rating: MakeRating,
) -> None:
    exported = added_here_and_amended_there(rating, 7)
    book = Book([rating(hour=1, score=5)])
    chosen = preview(book, read_import(encode(exported), NOON, datetime.astimezone))
    take_in(book, chosen)
    save(book, chosen.extra_lines)
    assert scores(book) == ([2, 5], [7])
    book.undo()
    save(book)
    assert scores(book) == ([5], [])


def test_what_was_removed_so_long_ago_that_nobody_knows_is_back_as_it_was(
    rating: MakeRating,
) -> None:
    entry = rating()
    book = Book([entry])
    book.remove(entry.id)
    book.accept(Saved(FileSnapshot(), book.pending, merged_external=True))
    book.undo()
    assert list(book) == [entry]
