"""Merging two machines' versions of an entry."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace

from itband_gui.journal import versions
from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import REVISION, Entry, Rating, Removed, RestDay
from itband_gui.journal.merge import (
    REMEMBERED,
    SINCE,
    applied,
    edited_by_hand,
    merge,
    without_old_removals,
)
from itband_gui.journal.snapshot import SCHEMA, FileSnapshot
from itband_gui.journal.versions import EncodingError, Version, mark, was, written
from tests.fleet import run_fleet

MakeRating = Callable[..., Rating]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def after(held: FileSnapshot, act: Callable[[Book], object], now: datetime = NOW) -> FileSnapshot:
    """Return what a machine's file holds once its user has done something."""
    book = Book(held)
    act(book)
    return applied(held, book.pending, now)


def scored(held: FileSnapshot, score: int) -> FileSnapshot:
    """Return what it holds once its one entry has been amended."""
    (entry,) = held.entries()
    assert isinstance(entry, Rating)
    return after(held, lambda book: book.amend(replace(entry, score=score)))


def scores(held: FileSnapshot) -> list[int]:
    return [entry.score for entry in held.entries() if isinstance(entry, Rating)]


def lost_scores(held: FileSnapshot) -> list[int]:
    return sorted(line.entry.score for line in held.overruled() if isinstance(line.entry, Rating))


@pytest.fixture
def one(rating: MakeRating) -> FileSnapshot:
    return FileSnapshot.of_entries([rating(score=0)])


def test_row_13_no_history_of_three_machines_loses_an_edit_or_depends_on_the_order(
    amount: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    total = amount(400, 1_000_000)
    told = run_fleet("tests.journal.merge_histories", total)
    overruled = sum(history["overruled"] for history in told)
    assert overruled > total // 20, "the machines disagreed often enough to show something"
    figure(f"{total:,} histories, {overruled:,} versions overruled, 0 lost")


def test_what_is_absent_from_a_file_is_new_in_the_other(rating: MakeRating) -> None:
    ours, theirs = rating(hour=1), rating(hour=2)
    merged = merge(FileSnapshot.of_entries([ours]), FileSnapshot.of_entries([theirs]))
    assert merged.entries() == [ours, theirs]


def test_a_later_version_takes_the_place_of_what_it_was_made_from(one: FileSnapshot) -> None:
    later = scored(scored(one, 1), 2)
    assert merge(one, later).data == merge(later, one).data == later.data
    assert later.overruled() == []


def test_of_two_edits_the_higher_revision_stands_and_the_other_is_kept(one: FileSnapshot) -> None:
    ours, theirs = scored(one, 1), scored(scored(one, 2), 3)
    merged = merge(ours, theirs)
    assert (scores(merged), lost_scores(merged)) == ([3], [1])
    (line,) = merged.overruled()
    assert line.of == merged.entries()[0].id
    assert bytes(line.version) == ours.data[line.of]


def test_of_two_edits_of_one_revision_the_same_stands_on_every_machine(one: FileSnapshot) -> None:
    rivals = [scored(one, score) for score in (1, 2, 3, 4)]
    merged = [
        merge(merge(rivals[i], rivals[j]), merge(rivals[k], rivals[m]))
        for i, j, k, m in ((0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1))
    ]
    assert merged[0].data == merged[1].data == merged[2].data
    (line,) = merged[0].entries()
    hashes = [sha256(rival.data[line.id]).hexdigest() for rival in rivals]
    assert merged[0].data[line.id] == rivals[hashes.index(max(hashes))].data[line.id]
    assert len(merged[0].overruled()) == 3


def test_a_removal_holds_where_the_other_side_left_the_entry_alone(one: FileSnapshot) -> None:
    removed = after(one, lambda book: book.remove(book.snapshot.entries()[0].id))
    merged = merge(one, removed)
    assert merged.data == removed.data
    (line,) = merged.lines.values()
    assert isinstance(line, Removed)
    assert (line.at, line.rev) == (NOW, 2)


def test_an_edit_beats_a_removal_and_leaves_no_trace_of_it(one: FileSnapshot) -> None:
    removed = after(one, lambda book: book.remove(book.snapshot.entries()[0].id))
    edited = scored(one, 7)
    assert merge(removed, edited).data == merge(edited, removed).data == edited.data


def test_a_removal_made_before_others_edits_are_known_takes_none_of_them(one: FileSnapshot) -> None:
    (entry,) = one.entries()
    edited = scored(one, 7)
    assert applied(edited, (Change(entry, None),), NOW).data == edited.data


def test_a_removal_that_loses_still_covers_what_only_it_has_replaced(one: FileSnapshot) -> None:
    first = scored(one, 1)
    removed = after(first, lambda book: book.remove(book.snapshot.entries()[0].id))
    rival = scored(one, 2)
    merged = merge(merge(removed, rival), first)
    assert (scores(merged), lost_scores(merged)) == ([2], [])
    assert merged.data == merge(removed, merge(rival, first)).data


def test_two_removals_of_one_version_are_one(one: FileSnapshot) -> None:
    entry_id = one.entries()[0].id
    early = after(one, lambda book: book.remove(entry_id))
    late = after(one, lambda book: book.remove(entry_id), NOW + timedelta(days=1))
    merged = merge(early, late)
    assert merged.data == merge(late, early).data
    assert len(merged) == 1


def test_using_what_was_overruled_puts_it_in_place_everywhere(one: FileSnapshot) -> None:
    stale = scored(one, 1)
    merged = merge(stale, scored(scored(one, 2), 3))
    used = after(merged, lambda book: book.use(book.overruled[0].id))
    for other in (merged, stale, one):
        assert merge(used, other).data == used.data
    assert (scores(used), used.overruled()) == ([1], [])


def test_dismissing_what_was_overruled_keeps_it_away(one: FileSnapshot) -> None:
    stale = scored(one, 1)
    merged = merge(stale, scored(scored(one, 2), 3))
    dismissed = after(merged, lambda book: book.dismiss(book.overruled[0].id))
    for other in (merged, stale, one):
        assert merge(dismissed, other).data == dismissed.data
    assert (scores(dismissed), dismissed.overruled()) == ([3], [])


def test_removing_an_entry_takes_what_was_overruled_along(one: FileSnapshot) -> None:
    merged = merge(scored(one, 1), scored(scored(one, 2), 3))
    removed = after(merged, lambda book: book.remove(book.snapshot.entries()[0].id))
    assert len(removed) == 1
    assert merge(removed, merged).data == removed.data


def test_an_overruled_version_that_the_other_side_has_replaced_goes(one: FileSnapshot) -> None:
    first = scored(one, 1)
    merged = merge(first, scored(scored(one, 2), 3))
    assert lost_scores(merged) == [1]
    assert lost_scores(merge(merged, scored(scored(scored(first, 4), 5), 6))) == [3]


def test_a_line_remembers_its_last_32_versions_the_newest_last(one: FileSnapshot) -> None:
    held, marks = one, []
    for score in range(40):
        marks.append(mark(held.data[held.entries()[0].id]))
        held = scored(held, score % 10 + 1)
    assert was(held.entries()[0]) == tuple(marks[-32:])
    assert decode(held.encoded().data).entries == held.entries()


def test_no_revision_is_above_what_can_be_read_back(one: FileSnapshot) -> None:
    (entry,) = one.entries()
    held = FileSnapshot.of_entries([replace(entry, rev=REVISION.high)])
    assert scored(held, 1).entries()[0].rev == REVISION.high
    assert merge(held, scored(held, 1)).data == scored(held, 1).data


# By hand


def test_what_was_taken_out_by_hand_is_removed(rating: MakeRating) -> None:
    base = FileSnapshot.of_entries([rating(hour=1), rating(hour=2)])
    first, second = base.entries()
    merged = merge(base, edited_by_hand(base, FileSnapshot.of_entries([second]), NOW))
    assert merged.entries() == [second]
    assert isinstance(merged.lines[first.id], Removed)


def test_what_was_changed_by_hand_takes_the_place_of_what_was_there(one: FileSnapshot) -> None:
    base = scored(one, 1)
    (entry,) = base.entries()
    assert isinstance(entry, Rating)
    theirs = FileSnapshot.of_entries([replace(entry, score=9)])
    told = edited_by_hand(base, theirs, NOW)
    assert merge(base, told).data == merge(told, base).data == told.data
    assert (scores(told), told.overruled(), told.entries()[0].rev) == ([9], [], entry.rev + 1)


def test_an_older_version_in_a_file_edited_by_hand_is_no_edit(one: FileSnapshot) -> None:
    base = scored(one, 1)
    assert edited_by_hand(base, one, NOW).data == one.data
    assert edited_by_hand(one, base, NOW).data == base.data


def test_a_hand_neither_removes_nor_changes_what_is_no_entry(rating: MakeRating) -> None:
    entry = rating()
    base = after(FileSnapshot.of_entries([entry]), lambda book: book.remove(entry.id))
    assert edited_by_hand(base, FileSnapshot(), NOW).data == {}
    back = FileSnapshot.of_entries([entry])
    tombstone_beside = edited_by_hand(back, base, NOW)
    assert tombstone_beside.data == base.data


# Removals are told for a while


def since(held: FileSnapshot, at: datetime, count: int = SINCE) -> FileSnapshot:
    """Return the same with entries made after all the others."""
    return held.put({f"r{n}": written(RestDay(id=f"r{n}", at=at)) for n in range(count)})


def removals(held: FileSnapshot) -> int:
    return sum(isinstance(line, Removed) for line in held.lines.values())


def test_a_removal_is_forgotten_after_180_days_of_the_clock_and_of_entries(
    one: FileSnapshot,
) -> None:
    removed = after(one, lambda book: book.remove(book.snapshot.entries()[0].id))
    assert (timedelta(days=180), 10) == (REMEMBERED, SINCE)
    due = NOW + REMEMBERED
    later = due + timedelta(seconds=1)
    used = since(removed, later)
    assert without_old_removals(used, due) is used
    for held in (removed, since(removed, due), since(removed, later, SINCE - 1)):
        assert without_old_removals(held, later) is held
    assert removals(without_old_removals(used, later)) == 0
    assert len(without_old_removals(used, later)) == SINCE


def test_a_clock_that_jumps_ahead_for_a_few_entries_forgets_no_removal(one: FileSnapshot) -> None:
    removed = after(one, lambda book: book.remove(book.snapshot.entries()[0].id))
    ahead = NOW + timedelta(days=3650)
    held = since(since(removed, NOW, SINCE), ahead, SINCE - 1)
    assert removals(without_old_removals(held, ahead)) == 1


def test_a_removal_that_was_overruled_is_forgotten_too_and_an_edit_never(one: FileSnapshot) -> None:
    first = scored(one, 1)
    removed = after(first, lambda book: book.remove(book.snapshot.entries()[0].id))
    merged = merge(merge(removed, scored(one, 2)), scored(one, 3))
    assert len(merged.overruled()) == 2
    ages = NOW + timedelta(days=10_000)
    later = without_old_removals(since(merged, ages), ages)
    assert [line.entry is None for line in later.overruled()] == [False]


# What a newer version wrote


def newer(held: FileSnapshot, extra: bytes) -> FileSnapshot:
    """Return the same with fields in its one line that are unknown here."""
    (entry,) = held.entries()
    data = held.data[entry.id][:-1] + extra + b"}"
    return FileSnapshot.of({entry.id: Version(entry, data, newer=True)}, SCHEMA + 1)


def test_a_line_with_unknown_fields_survives_a_merge_on_either_side(one: FileSnapshot) -> None:
    theirs = newer(scored(scored(one, 1), 2), b',"mood": 7')
    merged = merge(one, theirs)
    assert (merged.data, merged.newer, merged.schema) == (theirs.data, theirs.newer, SCHEMA + 1)
    ours = newer(one, b',"mood": [1, 2.50]')
    lost = merge(ours, scored(scored(one, 1), 2))
    (line,) = lost.overruled()
    assert bytes(line.version) == ours.data[line.of]
    assert isinstance(line.entry, Rating)
    again = decode(lost.encoded().data)
    assert again.snapshot.data == lost.data


def test_a_used_version_brings_its_unknown_fields_back(one: FileSnapshot) -> None:
    ours = newer(scored(one, 1), b',"mood":7')
    merged = merge(ours, scored(scored(one, 2), 3))
    used = after(merged, lambda book: book.use(book.overruled[0].id))
    (entry,) = used.entries()
    assert scores(used) == [1]
    assert msgspec.json.decode(used.data[entry.id])["mood"] == 7
    assert msgspec.json.decode(scored(used, 5).data[entry.id])["mood"] == 7
    assert was(used.entries()[0])[-1] == mark(ours.data[entry.id])


def test_a_removal_covers_the_line_with_its_unknown_fields(one: FileSnapshot) -> None:
    ours = newer(one, b',"mood":7')
    removed = after(ours, lambda book: book.remove(book.snapshot.entries()[0].id))
    assert removals(removed) == 1
    assert merge(removed, ours).data == removed.data


def test_foreign_lines_of_both_sides_survive() -> None:
    def foreign(laps: int, rev: int = 1) -> FileSnapshot:
        line = b'{"kind":"swim","id":"s","rev":%d,"at":"2026-11-22T07:10:00Z","laps": %d}'
        data = line % (rev, laps)
        text = FileSnapshot(schema=SCHEMA + 1).encoded().data.replace(b"[\n", b"[\n" + data + b"\n")
        return decode(text).snapshot

    merged = merge(foreign(4), foreign(5, rev=2))
    assert merged.data == merge(foreign(5, rev=2), foreign(4)).data
    assert merged.data["s"] == foreign(5, rev=2).data["s"]
    (line,) = merged.overruled()
    assert bytes(line.version) == foreign(4).data["s"]
    assert line.entry is None
    assert decode(merged.encoded().data).snapshot.data == merged.data


# What is written is read back


def test_a_line_that_does_not_read_back_as_written_is_not_saved(
    one: FileSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgetful:
        def encode(self, _line: Entry) -> bytes:
            return one.data[one.entries()[0].id]

    monkeypatch.setattr(versions, "_encoder", Forgetful())
    with pytest.raises(EncodingError):
        scored(one, 9)


def test_a_change_of_nothing_known_is_still_told(rating: MakeRating) -> None:
    entry = rating()
    held = applied(FileSnapshot(), (Change(entry, None),), NOW)
    assert isinstance(held.lines[entry.id], Removed)
    assert merge(held, FileSnapshot.of_entries([entry])).entries() == []
