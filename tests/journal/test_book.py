from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal.book import Book, EntryExistsError, EntryMissingError
from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.entries import ConflictingVersion, Entry, Kind, Rating, RestDay, new_id
from itband_gui.journal.merge import applied, merge
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.validation import EntryInvalidError
from itband_gui.journal.versions import mark, same_content, was, written
from itband_gui.leg.names import Leg

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def save(book: Book) -> None:
    """Stand in for a store whose file nobody else writes."""
    book.accept(Saved(applied(book.snapshot, book.pending, NOON), book.pending))


def test_entries_stand_oldest_first_whatever_the_order_of_adding(rating: MakeRating) -> None:
    late, early, middle = rating(hour=3), rating(hour=1), rating(hour=2)
    book = Book([late])
    book.add(early)
    book.add(middle)
    assert list(book) == [early, middle, late]
    assert len(book) == 3
    assert early.id in book


def test_an_added_entry_is_kept_to_the_second(rating: MakeRating) -> None:
    entry = rating()
    kept = Book().add(replace(entry, at=entry.at.replace(microsecond=5)))
    assert kept == entry


def test_an_id_enters_only_once(rating: MakeRating) -> None:
    entry = rating()
    book = Book([entry])
    with pytest.raises(EntryExistsError):
        book.add(entry)


def test_what_could_not_be_read_back_does_not_enter(rating: MakeRating) -> None:
    book = Book()
    with pytest.raises(EntryInvalidError):
        book.add(rating(score=11))
    assert not book.dirty


def test_an_amended_entry_moves_to_its_time_as_the_next_revision(rating: MakeRating) -> None:
    first, second = rating(hour=1), rating(hour=2)
    book = Book([first, second])
    amended = book.amend(replace(first, at=second.at + timedelta(hours=1), score=9))
    assert amended.rev == 2
    assert list(book) == [second, amended]
    assert book.pending == (Change(first, amended),)


def test_what_is_not_there_is_neither_amended_nor_removed(rating: MakeRating) -> None:
    with pytest.raises(EntryMissingError):
        Book().amend(rating())
    with pytest.raises(EntryMissingError):
        Book().remove("nobody")


def test_a_query_filters_by_time_leg_and_kind(rating: MakeRating) -> None:
    old, left, right = rating(hour=-48), rating(hour=1), rating(hour=2, leg=Leg.RIGHT)
    rest = RestDay(id=new_id(), at=left.at)
    book = Book([rest, right, left, old])
    assert book.query(leg=Leg.RIGHT) == [right]
    assert book.query(kinds={Kind.REST_DAY}) == [rest]
    assert set(book.query(since=left.at)) == {left, rest, right}
    assert len(book.query()) == 4


def test_undo_takes_back_the_last_change_and_returns_it(rating: MakeRating) -> None:
    entry = rating()
    book = Book([entry])
    book.remove(entry.id)
    assert book.can_undo
    assert book.undo() == (Change(entry, None),)
    assert list(book) == [entry]
    assert not book.dirty
    assert book.undo() == ()


def test_adding_and_removing_is_one_step_and_all_or_nothing(rating: MakeRating) -> None:
    there, new = rating(hour=1), rating(hour=2)
    book = Book([there])
    with pytest.raises(EntryMissingError):
        book.add_all([new], gone=[there.id, "elsewhere"])
    assert list(book) == [there]
    assert book.add_all([new], gone=[there.id]) == [new]
    assert list(book) == [new]
    book.undo()
    assert list(book) == [there]


def test_undo_after_a_save_is_a_new_change_with_a_higher_revision(rating: MakeRating) -> None:
    entry = rating(score=4)
    book = Book([entry])
    book.amend(replace(entry, score=5))
    book.amend(replace(entry, score=6))
    save(book)
    book.undo()
    book.undo()
    back = book.get(entry.id)
    assert isinstance(back, Rating)
    assert (back.score, back.rev) == (4, 5)
    assert book.dirty


@given(st.data())
def test_undoing_everything_restores_the_book(
    any_entry: st.SearchStrategy[Entry], data: st.DataObject
) -> None:
    start = data.draw(st.lists(any_entry, max_size=4, unique_by=lambda entry: entry.id))
    book = Book(start)
    steps = data.draw(st.lists(st.sampled_from(["add", "amend", "remove", "undo"]), max_size=12))
    for step in steps:
        _do(step, book, any_entry, data)
        assert list(book) == sorted(book, key=lambda entry: (entry.at, entry.id))
        assert {c.entry.id: c.after for c in book.pending} == _difference(start, book)
    while book.undo():
        pass
    assert list(book) == list(Book(start))
    assert not book.dirty


def _do(step: str, book: Book, entries: st.SearchStrategy[Entry], data: st.DataObject) -> None:
    if step == "add":
        book.add(data.draw(entries.filter(lambda entry: entry.id not in book)))
    elif step == "undo":
        book.undo()
    elif len(book):
        entry = data.draw(st.sampled_from(list(book)))
        if step == "remove":
            book.remove(entry.id)
        else:
            book.amend(replace(entry, note=data.draw(st.text(max_size=5))))


def _difference(start: list[Entry], book: Book) -> dict[str, Entry | None]:
    before, after = {e.id: e for e in start}, {e.id: e for e in book}
    ids = before.keys() | after.keys()
    return {i: after.get(i) for i in ids if before.get(i) != after.get(i)}


def test_many_added_and_amended_are_one_step_to_undo(rating: MakeRating) -> None:
    there, new = rating(hour=1), rating(hour=2)
    book = Book([there])
    kept = book.add_all([new], [replace(there, score=9)])
    assert [entry.rev for entry in kept] == [1, 2]
    assert len(book.undo()) == 2
    assert list(book) == [there]
    assert not book.dirty


def test_of_many_all_or_none_enter(rating: MakeRating) -> None:
    there, new = rating(hour=1), rating(hour=2)
    book = Book([there])
    refused: tuple[tuple[list[Rating], list[Rating], type[Exception]], ...] = (
        ([new, there], [], EntryExistsError),
        ([new, new], [], EntryExistsError),
        ([new], [rating()], EntryMissingError),
        ([new, rating(score=11)], [], EntryInvalidError),
    )
    for added, amended, error in refused:
        with pytest.raises(error):
            book.add_all(added, amended)
    assert list(book) == [there]
    assert not book.can_undo
    book.add_all([])
    assert not book.can_undo


def test_replacing_all_is_one_step_and_leaves_alone_what_says_the_same(rating: MakeRating) -> None:
    same, changed, gone, new = (rating(hour=hour) for hour in range(4))
    book = Book([same, changed, gone])
    book.replace_all([replace(same, rev=7), replace(changed, score=9), new])
    assert [entry.rev for entry in book] == [1, 2, 1]
    assert gone.id not in book
    assert len(book.pending) == 3
    assert len(book.undo()) == 3
    assert list(book) == [same, changed, gone]
    assert not book.dirty


def test_what_was_removed_and_saved_comes_back_to_stay(rating: MakeRating) -> None:
    entry = rating()
    book = Book([entry])
    book.remove(entry.id)
    save(book)
    removed = book.snapshot
    book.add(entry)
    save(book)
    assert same_content(next(iter(book)), entry)
    assert merge(book.snapshot, removed).data == book.snapshot.data


def test_what_was_removed_and_not_saved_comes_back_as_it_was(rating: MakeRating) -> None:
    entry = rating()
    book = Book([entry])
    book.remove(entry.id)
    assert book.add(entry) == entry
    assert not book.dirty
    book.remove(entry.id)
    assert book.add(replace(entry, score=9)).rev == 2


def contested(rating: MakeRating) -> Book:
    """Return a book of one entry, of which another version was overruled."""
    first, second = Book([rating(score=0)]), Book()
    (entry,) = first
    second = Book(first.snapshot)
    first.amend(replace(entry, score=1))
    for score in (2, 3):
        second.amend(replace(entry, score=score))
    save(first)
    save(second)
    book = Book(merge(first.snapshot, second.snapshot))
    assert [overruled_score(line) for line in book.overruled] == [1]
    return book


def overruled_score(line: ConflictingVersion) -> int:
    assert isinstance(line.entry, Rating)
    return line.entry.score


def score_of(book: Book) -> int:
    (entry,) = book
    assert isinstance(entry, Rating)
    return entry.score


def test_a_decided_version_is_gone_at_once_and_back_by_undo(rating: MakeRating) -> None:
    book = contested(rating)
    (line,) = book.overruled
    assert book.use(line.id) == next(iter(book))
    assert (score_of(book), book.overruled) == (1, ())
    book.undo()
    assert (score_of(book), book.overruled, book.dirty) == (3, (line,), False)
    book.dismiss(line.id)
    assert (score_of(book), book.overruled) == (3, ())
    with pytest.raises(EntryMissingError):
        book.use(line.id)


@pytest.mark.parametrize("decide", ["use", "dismiss", "remove"])
def test_undo_after_a_save_brings_what_was_overruled_back_for_all(
    rating: MakeRating, decide: str
) -> None:
    book = contested(rating)
    (line,) = book.overruled
    before = book.snapshot
    if decide == "remove":
        book.remove(line.of)
    else:
        getattr(book, decide)(line.id)
    save(book)
    assert not book.overruled
    book.undo()
    save(book)
    assert score_of(book) == 3
    assert [overruled_score(lost) for lost in book.overruled] == [1]
    again = Book(merge(book.snapshot, before))
    assert (score_of(again), len(again.overruled)) == (3, 1)


def test_what_was_overruled_is_not_offered_once_its_entry_is_gone(rating: MakeRating) -> None:
    book = contested(rating)
    (line,) = book.overruled
    book.remove(line.of)
    assert book.overruled == ()
    with pytest.raises(EntryMissingError):
        book.dismiss(line.id)
    with pytest.raises(EntryExistsError):
        book.add(replace(rating(), id=line.id))


def test_an_amendment_of_what_others_changed_meanwhile_is_merged_by_the_next_save(
    rating: MakeRating,
) -> None:
    entry = rating(score=0)
    book, other = Book([entry]), Book([entry])
    for score in (1, 2):
        other.amend(replace(entry, score=score))
    save(other)
    book.amend(replace(entry, score=9))
    book.accept(Saved(merge(book.snapshot, other.snapshot), merged_external=True))
    assert (score_of(book), book.can_undo) == (9, True)
    save(book)
    assert score_of(book) == 2, "the higher revision stands"
    assert [overruled_score(line) for line in book.overruled] == [9]


def test_a_removal_gives_way_to_what_others_changed_meanwhile(rating: MakeRating) -> None:
    entry = rating(score=0)
    book, other = Book([entry]), Book([entry])
    other.amend(replace(entry, score=1))
    save(other)
    book.remove(entry.id)
    book.accept(Saved(other.snapshot, merged_external=True))
    assert (score_of(book), book.pending, book.can_undo) == (1, (), False)


def test_a_removal_by_others_takes_the_entry_and_its_undo(rating: MakeRating) -> None:
    entry = rating(score=0)
    book, other = Book([entry]), Book([entry])
    book.amend(replace(entry, score=1))
    save(book)
    other = Book(book.snapshot)
    other.remove(entry.id)
    save(other)
    book.accept(Saved(other.snapshot, merged_external=True))
    assert (list(book), book.undo()) == ([], ())


def test_what_others_changed_while_ours_was_written_stands_over_an_undo(
    rating: MakeRating,
) -> None:
    entry = rating(score=0)
    book = Book([entry])
    ours = book.amend(replace(entry, score=1))
    outgoing = book.pending
    book.undo()
    other = Book(applied(book.snapshot, outgoing, NOON))
    theirs = other.amend(replace(ours, score=2))
    save(other)
    book.accept(Saved(other.snapshot, outgoing, merged_external=True))
    assert (list(book), book.pending) == ([theirs], ())


def test_to_decide_about_one_version_leaves_the_other_undecided(rating: MakeRating) -> None:
    book = contested(rating)
    (line,) = book.overruled
    third = Book([replace(entry, note="third", was=("0123456789ab",)) for entry in book])
    both = Book(merge(book.snapshot, third.snapshot))
    assert len(both.overruled) == 2
    for kept in both.overruled:
        again = Book(both.snapshot)
        again.dismiss(next(other.id for other in both.overruled if other is not kept))
        assert again.overruled == (kept,)
    assert line in both.overruled


def test_what_was_done_while_others_were_written_stays_pending_as_it_is(
    rating: MakeRating,
) -> None:
    book = Book()
    first = book.add(rating(hour=1))
    outgoing = book.pending
    saved = Saved(applied(book.snapshot, outgoing, NOON), outgoing)
    second = book.add(rating(hour=2))
    book.accept(saved)
    assert book.pending == (Change(None, second),)
    outgoing = book.pending
    saved = Saved(applied(book.snapshot, outgoing, NOON), outgoing)
    for score in (5, 6):
        second = book.amend(replace(second, score=score))
    book.accept(saved)
    assert [change.after for change in book.pending] == [second]
    assert second.rev == 3
    save(book)
    assert list(book) == [first, second]


def test_what_is_removed_is_returned(rating: MakeRating) -> None:
    entry = rating()
    assert Book([entry]).remove(entry.id) == entry


def test_a_version_taken_over_keeps_its_own_descent_and_is_one_step(rating: MakeRating) -> None:
    old, other = rating(score=1), rating(hour=1)
    there = Book([old])
    theirs = there.amend(replace(old, score=2))
    book = Book([old])
    book.take_over([theirs, other])
    assert list(book) == [theirs, other]
    assert len(book.undo()) == 2
    assert list(book) == [old]
    assert not book.dirty
    book.take_over([])
    assert not book.can_undo


def removed_book(entry: Entry) -> Book:
    book = Book([entry])
    book.remove(entry.id)
    save(book)
    return book


@pytest.mark.parametrize("rev", [1, 7])
def test_a_version_taken_over_where_another_was_removed_comes_after_both(
    rev: int, rating: MakeRating
) -> None:
    old = rating()
    book = removed_book(old)
    theirs = replace(old, rev=rev, score=9, was=("0123456789ab",))
    book.take_over([theirs])
    (entry,) = book
    assert entry.rev == max(rev, 2) + 1
    removal = book.snapshot.data[old.id]
    assert was(entry)[-1] == mark(removal)
    assert {"0123456789ab", mark(written(theirs).data)} < {*was(entry)}


def test_a_version_made_after_the_removal_is_taken_over_as_it_is(rating: MakeRating) -> None:
    old = rating()
    book = removed_book(old)
    theirs = replace(old, rev=3, was=(mark(book.snapshot.data[old.id]),))
    book.take_over([theirs])
    assert list(book) == [theirs]


def test_what_is_no_entry_is_not_taken_over(rating: MakeRating) -> None:
    book = contested(rating)
    with pytest.raises(EntryExistsError):
        book.take_over([replace(rating(), id=book.overruled[0].id)])


def test_what_is_still_undecided_is_there_once_after_an_undo(rating: MakeRating) -> None:
    book = contested(rating)
    third = Book([replace(entry, note="third", was=("0123456789ab",)) for entry in book])
    book = Book(merge(book.snapshot, third.snapshot))
    before = {overruled.id for overruled in book.overruled}
    book.dismiss(min(before))
    save(book)
    book.undo()
    save(book)
    assert len(book.overruled) == 2
    assert {*before} & {overruled.id for overruled in book.overruled} == {max(before)}


def test_what_is_removed_here_stays_away_while_others_add(rating: MakeRating) -> None:
    gone, theirs = rating(hour=1), rating(hour=2)
    book = Book([gone])
    book.remove(gone.id)
    book.accept(Saved(FileSnapshot.of_entries([gone, theirs]), merged_external=True))
    assert list(book) == [theirs]
    assert book.pending == (Change(gone, None),)
    assert book.undo() == (Change(gone, None),)
    assert [entry.id for entry in book] == [gone.id, theirs.id]


@pytest.mark.parametrize("count", [1, 20, 21, 60])
def test_any_number_of_changes_leaves_the_entries_in_order(rating: MakeRating, count: int) -> None:
    entries = [rating(hour=hour) for hour in range(80)]
    book = Book(entries[::2])
    changed = [replace(entry, at=entry.at + timedelta(hours=7), score=9) for entry in entries]
    amended = changed[:count:2]
    book.add_all(entries[1:count:2], amended)
    assert len(book) == 40 + len(entries[1:count:2])
    assert list(book) == sorted(book, key=lambda entry: (entry.at, entry.id))
    assert all(book.get(entry.id) != entry for entry in entries[:count:2])
    book.undo()
    assert list(book) == sorted(entries[::2], key=lambda entry: (entry.at, entry.id))


def test_what_replaces_all_is_checked_and_stamped_but_for_what_is_there(rating: MakeRating) -> None:
    known, new = rating(hour=0), rating(hour=1)
    book = Book([known])
    with pytest.raises(EntryInvalidError):
        book.replace_all([known, replace(new, score=11)])
    assert list(book) == [known]
    book.replace_all([known, replace(new, at=new.at.replace(microsecond=5))])
    assert list(book) == [known, new]
