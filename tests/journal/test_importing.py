"""The preview shows what an import would do, and neither side loses anything."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal import importing
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.csv_writer import write_csv
from itband_gui.journal.entries import Entry, Rating
from itband_gui.journal.import_errors import FileUnusableError, ImportFault
from itband_gui.journal.importing import (
    Importable,
    ImportOutcome,
    ImportPreview,
    preview,
    read_import,
    take_in,
)
from itband_gui.journal.merge import applied, merge
from itband_gui.journal.salvage import JournalFault, JournalProblem
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import Store
from itband_gui.journal.versions import same_content

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TYPED = "date,leg,score\n2026-11-20,left,4\n2026-11-20,right,5\n"
MakeRating = Callable[..., Rating]


def read(data: bytes, now: datetime = NOW) -> Importable:
    return read_import(data, now, lambda moment: moment.replace(tzinfo=UTC))


def journal(*entries: Entry) -> bytes:
    return encode(Book(entries))


def counts(chosen: ImportPreview) -> dict[ImportOutcome, int]:
    return {way: len(entries) for way, entries in chosen.ways.items() if entries}


def imported(store: Store, data: bytes) -> tuple[Book, ImportPreview]:
    """Import into what the store holds; return the journal as it then is, and the preview."""
    book = store.load().book
    chosen = preview(book, read(data))
    book.accept(store.write(take_in(book, chosen), extra_lines=chosen.extra_lines))
    assert not book.dirty
    return store.load().book, chosen


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "journal.json", now=lambda: NOW)


def saved(store: Store, *entries: Entry) -> Book:
    book = store.load().book
    book.add_all(entries)
    store.save(book)
    return book


@pytest.mark.parametrize(
    "write",
    [write_csv, partial(write_csv, semicolons=True), lambda entries: journal(*entries)],
    ids=["table", "table;", "journal"],
)
def test_an_export_into_an_empty_journal_is_the_journal(
    write: Callable[[list[Entry]], bytes], any_entry: st.SearchStrategy[Entry]
) -> None:
    @given(st.lists(any_entry, min_size=1, max_size=6, unique_by=lambda entry: entry.id))
    def law(entries: list[Entry]) -> None:
        found = read(write(entries), datetime(2250, 1, 1, tzinfo=UTC))
        assert (found.refused, found.left_out) == ((), 0)
        book = Book()
        take_in(book, preview(book, found))
        assert list(book) == sorted(entries, key=lambda entry: (entry.at, entry.id))
        assert preview(book, found).changes == 0, "twice changes nothing"

    law()


def test_typed_rows_are_new_once_and_then_the_same_even_amended_or_from_elsewhere(
    store: Store,
) -> None:
    book, first = imported(store, TYPED.encode())
    assert counts(first) == {ImportOutcome.NEW: 2}
    book.amend(replace(next(iter(book)), note="mine"))
    store.save(book)
    book, second = imported(store, TYPED.encode())
    assert counts(second) == {ImportOutcome.SAME: 2}
    far = timedelta(hours=9)
    found = read_import(TYPED.encode(), NOW, lambda moment: moment.replace(tzinfo=UTC) - far)
    assert counts(preview(book, found)) == {ImportOutcome.SAME: 2}


def test_it_is_one_step_to_undo(store: Store, rating: MakeRating) -> None:
    old = rating(score=1)
    book = saved(store, old)
    edited = write_csv([replace(old, score=2), rating(hour=1)])
    take_in(book, preview(book, read(edited)))
    assert len(book) == 2
    book.undo()
    assert list(book) == [old]


def test_what_the_journal_amended_since_stays(store: Store, rating: MakeRating) -> None:
    old = rating(score=1)
    book = saved(store, old)
    kept = book.amend(replace(old, score=2))
    store.save(book)
    for data in (journal(old), write_csv([old])):
        book, chosen = imported(store, data)
        assert counts(chosen) == {ImportOutcome.OLDER: 1}
        assert list(book) == [kept]


def test_what_was_amended_in_the_file_is_taken(store: Store, rating: MakeRating) -> None:
    old = rating(score=1)
    there = Book([old])
    there.amend(replace(old, score=2))
    saved(store, old)
    book, chosen = imported(store, encode(there))
    assert counts(chosen) == {ImportOutcome.NEWER: 1}
    (entry,) = book
    assert isinstance(entry, Rating)
    assert (entry.score, book.overruled) == (2, ())
    assert counts(preview(book, read(encode(there)))) == {ImportOutcome.SAME: 1}


def test_a_row_that_was_edited_in_a_spreadsheet_is_taken(store: Store, rating: MakeRating) -> None:
    old = rating(score=1)
    saved(store, old)
    for score in (2, 3):
        (now,) = store.load().book
        book, chosen = imported(store, write_csv([replace(now, score=score)]))
        assert counts(chosen) == {ImportOutcome.NEWER: 1}
        (entry,) = book
        assert isinstance(entry, Rating)
        assert (entry.score, book.overruled) == (score, ())


@pytest.mark.parametrize("theirs_again", [False, True])
@pytest.mark.parametrize("ours_again", [False, True])
def test_of_two_versions_both_changed_one_stands_and_the_other_is_kept(
    ours_again: bool, theirs_again: bool, store: Store, rating: MakeRating
) -> None:
    old = rating(score=1)
    there, here = Book([old]), saved(store, old)
    ours, theirs = here.amend(replace(old, score=2)), there.amend(replace(old, score=3))
    if ours_again:
        ours = here.amend(replace(ours, note="again"))
    if theirs_again:
        theirs = there.amend(replace(theirs, note="again"))
    store.save(here)
    book, chosen = imported(store, encode(there))
    if theirs_again != ours_again:
        assert counts(chosen) == {
            ImportOutcome.THEIRS_WINS if theirs_again else ImportOutcome.OURS_WINS: 1
        }
    stands, lost = (theirs, ours) if ImportOutcome.THEIRS_WINS in counts(chosen) else (ours, theirs)
    (entry,) = book
    assert same_content(entry, stands)
    (line,) = book.overruled
    assert line.entry is not None
    assert same_content(line.entry, lost)
    again, twice = imported(store, encode(there))
    assert counts(twice) == {ImportOutcome.SAME: 1}
    assert (list(again), again.overruled) == (list(book), book.overruled)


def machine(path: Path, held: FileSnapshot | None = None) -> tuple[Store, Book]:
    """Return another machine's journal, begun with what another one holds."""
    other = Store(path / "journal.json", now=lambda: NOW)
    path.mkdir()
    if held:
        other.path.write_bytes(held.encoded().data)
    return other, other.load().book


def contested(path: Path, rating: MakeRating) -> Book:
    """Return a machine's journal with an undecided version beside an entry, and a removal."""
    other, book = machine(path)
    old, gone = book.add(rating(score=1)), book.add(rating(hour=5))
    other.save(book)
    rival = Book(book.snapshot)
    rival.amend(replace(old, score=2))
    for score in (3, 4):
        book.amend(replace(old, score=score))
    book.remove(gone.id)
    theirs = applied(rival.snapshot, rival.pending, NOW)
    book.accept(other.write(book.pending, extra_lines=theirs))
    assert len(book.overruled) == 1
    return book


def test_a_whole_journal_comes_in_with_its_undecided_versions_and_its_removals(
    store: Store, tmp_path: Path, rating: MakeRating
) -> None:
    theirs = contested(tmp_path / "other", rating)
    book, chosen = imported(store, encode(theirs))
    assert counts(chosen) == {ImportOutcome.NEW: 1, ImportOutcome.CONFLICT_KEPT: 1}
    assert book.snapshot.data == theirs.snapshot.data
    assert preview(book, read(encode(theirs))).changes == 0, "twice changes nothing"


def test_what_was_decided_here_is_not_brought_up_again(
    store: Store, tmp_path: Path, rating: MakeRating
) -> None:
    theirs = contested(tmp_path / "other", rating)
    data = encode(theirs)
    book, _ = imported(store, data)
    book.dismiss(book.overruled[0].id)
    store.save(book)
    book, chosen = imported(store, data)
    assert counts(chosen) == {ImportOutcome.SAME: 1}
    assert book.overruled == ()


def test_what_was_used_here_is_not_brought_up_again(
    store: Store, tmp_path: Path, rating: MakeRating
) -> None:
    theirs = contested(tmp_path / "other", rating)
    (line,) = theirs.overruled
    assert line.entry is not None
    book = store.load().book
    book.take_over([line.entry])
    store.save(book)
    found = read(encode(theirs))
    assert counts(preview(book, found)) == {ImportOutcome.THEIRS_WINS: 1}


def test_an_undecided_version_of_an_entry_that_cannot_be_taken_stays_out(
    store: Store, tmp_path: Path, rating: MakeRating
) -> None:
    theirs = contested(tmp_path / "other", rating)
    theirs.add(rating(hour=1, score=5))
    data = encode(theirs).replace(b'"score":4', b'"score":44')
    book, chosen = imported(store, data)
    assert counts(chosen) == {ImportOutcome.NEW: 1}
    assert book.overruled == ()


def test_a_removal_that_is_imported_takes_nothing_out(
    store: Store, tmp_path: Path, rating: MakeRating
) -> None:
    book = saved(store, rating())
    _, theirs = machine(tmp_path / "other", book.snapshot)
    theirs.remove(next(iter(theirs)).id)
    book, chosen = imported(store, encode(theirs))
    assert (len(book), chosen.changes) == (1, 0)
    data = applied(theirs.snapshot, theirs.pending, NOW).encoded().data
    book, chosen = imported(store, data)
    assert (len(book), chosen.changes) == (1, 0)


@pytest.mark.parametrize("both", [False, True])
def test_what_was_imported_is_known_again_when_the_two_journals_are_merged(
    both: bool, store: Store, tmp_path: Path, rating: MakeRating
) -> None:
    here = saved(store, rating(score=1))
    other, there = machine(tmp_path / "other", here.snapshot)
    (old,) = there
    assert isinstance(old, Rating)
    for score in (2, 3):
        there.amend(replace(old, score=score))
    there.add(rating(hour=1))
    other.save(there)
    if both:
        here.amend(replace(old, score=9))
        store.save(here)
    book, chosen = imported(store, encode(there))
    assert counts(chosen) == {
        ImportOutcome.NEW: 1,
        ImportOutcome.THEIRS_WINS if both else ImportOutcome.NEWER: 1,
    }
    assert list(book) == list(there)
    assert len(book.overruled) == both
    assert merge(book.snapshot, there.snapshot).data == book.snapshot.data


def test_what_is_not_yet_saved_here_is_kept_beside_what_stands(
    store: Store, rating: MakeRating
) -> None:
    old = rating(score=1)
    there, here = Book([old]), saved(store, old)
    for score in (2, 3):
        there.amend(replace(old, score=score))
    mine = here.amend(replace(old, score=9))
    chosen = preview(here, read(encode(there)))
    assert counts(chosen) == {ImportOutcome.THEIRS_WINS: 1}
    here.accept(store.write(take_in(here, chosen), extra_lines=chosen.extra_lines))
    (line,) = here.overruled
    assert line.entry == mine


def test_of_several_undecided_versions_those_come_in_that_are_not_here(
    store: Store, tmp_path: Path, rating: MakeRating
) -> None:
    theirs = contested(tmp_path / "other", rating)
    (entry,) = theirs
    third = FileSnapshot.of_entries([replace(entry, note="third", was=("0123456789ab",))])
    both = merge(theirs.snapshot, third)
    found = read(both.encoded().data)
    assert len(both.overruled()) == 2
    for line in both.overruled():
        chosen = preview(Book(both.put({}, [line.id])), found)
        assert chosen.ways[ImportOutcome.CONFLICT_KEPT] == (line.entry,)


def test_an_entry_removed_here_comes_back_if_it_is_imported(
    store: Store, rating: MakeRating
) -> None:
    old = rating()
    book = saved(store, old)
    data = encode(book)
    book.remove(old.id)
    store.save(book)
    book, chosen = imported(store, data)
    assert counts(chosen) == {ImportOutcome.NEW: 1}
    assert len(book) == 1


def test_what_another_program_saved_meanwhile_stays(store: Store, rating: MakeRating) -> None:
    book = saved(store, rating())
    chosen = preview(book, read(TYPED.encode()))
    saved(Store(store.path), rating(hour=1))
    store.write(take_in(book, chosen))
    assert len(store.load().book) == 4


def test_a_hand_edited_journal_is_taken_as_far_as_it_can_be(rating: MakeRating) -> None:
    good, bad = rating(hour=1), rating(hour=2)
    text = journal(good, bad, rating(hour=3, note="later")).decode()
    text = text.replace('"at":"2026-11-22T10:10', '"at":"2027-11-22T10:10')
    found = read(text.replace('"score":4', '"score":44', 1).encode())
    assert [entry.id for entry in found.entries] == [bad.id]
    unreadable, future = found.refused
    assert isinstance(unreadable, JournalProblem)
    assert (unreadable.fault, unreadable.line) == (JournalFault.BAD_ENTRY, 3)
    assert future == JournalProblem(JournalFault.BAD_ENTRY, 5, "at: in-the-future")


def test_a_line_is_named_by_its_own_id_and_not_by_a_mention_of_it(rating: MakeRating) -> None:
    said = replace(rating(), id="format", session="entries")
    ahead = replace(rating(hour=1000), id="entries")
    found = read(journal(said, ahead).replace(b'"count"', b'"COUNT"'))
    lines = [each.line for each in found.refused if isinstance(each, JournalProblem)]
    assert 4 in lines


def test_a_journal_that_this_program_wrote_may_lie_ahead_of_a_slow_clock(
    rating: MakeRating,
) -> None:
    assert len(read(journal(rating(hour=1000))).entries) == 1


def test_times_finer_than_seconds_are_the_same_twice(store: Store, rating: MakeRating) -> None:
    data = journal(rating()).replace(b"T07:10:00+", b"T07:10:00.25+")
    assert counts(imported(store, data)[1]) == {ImportOutcome.NEW: 1}
    assert counts(imported(store, data)[1]) == {ImportOutcome.SAME: 1}


def test_lines_of_a_newer_version_are_counted_and_left_out(rating: MakeRating) -> None:
    line = b'{"kind":"swim","id":"s","rev":1,"at":"2026-11-22T07:10:00Z"}'
    data = journal(rating(), rating(hour=1)).replace(b'"schema": 2', b'"schema": 3')
    data = data.replace(b'"kind":"rating",', b'"kind":"rating","mood":1,', 1)
    found = read(data.replace(b"\n]", b",\n%b\n]" % line))
    assert (len(found.entries), found.left_out) == (2, 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ImportFault.EMPTY),
        (b" \n", ImportFault.EMPTY),
        (b"[]", ImportFault.NOT_A_JOURNAL),
        (b"{}", ImportFault.NOT_A_JOURNAL),
        (b'{"type": "FeatureCollection"}', ImportFault.NOT_A_JOURNAL),
        (b"{" * 100_000, ImportFault.NOT_A_JOURNAL),
        (b'{"format": "\xff"}', ImportFault.NOT_TEXT),
        (b"PK\x03\x04\xff\xfe", ImportFault.NOT_TEXT),
        (b"just text", ImportFault.NO_COLUMNS),
        (journal().replace(b'"min_reader": 1', b'"min_reader": 9'), ImportFault.NEWER),
    ],
)
def test_a_file_of_something_else_is_refused_whole(data: bytes, code: ImportFault) -> None:
    with pytest.raises(FileUnusableError) as refused:
        read(data)
    assert refused.value.code is code


def test_a_giant_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert importing.IMPORT_LIMIT == 32 * 1024 * 1024
    data = journal()
    monkeypatch.setattr(importing, "IMPORT_LIMIT", len(data))
    assert read(data).entries == ()
    with pytest.raises(FileUnusableError) as refused:
        read(data + b" ")
    assert refused.value.code is ImportFault.TOO_BIG


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch, rating: MakeRating) -> None:
    monkeypatch.setattr(importing, "ROW_LIMIT", 1)
    with pytest.raises(FileUnusableError) as refused:
        read(b'{"kind":\n' * 3)
    assert refused.value.code is ImportFault.TOO_MANY, "before it is parsed"
    assert len(read(journal(rating())).entries) == 1
    with pytest.raises(FileUnusableError) as refused:
        read(journal(rating(), rating()))
    assert refused.value.code is ImportFault.TOO_MANY
