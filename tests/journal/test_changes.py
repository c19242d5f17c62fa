"""Which changes are still to be written once a save has ended."""

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec.structs import replace

from itband_gui.journal.changes import Change, Saved, back_again, following, still_pending
from itband_gui.journal.entries import Rating, Removed
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.versions import descent, mark, was, written

MakeRating = Callable[..., Rating]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_change_is_about_the_entry_as_it_is_or_was(rating: MakeRating) -> None:
    old, new = rating(score=1), rating(score=2)
    assert Change(old, new).entry is Change(None, new).entry is new
    assert Change(old, None).entry is old


def test_a_following_entry_is_the_next_revision_of_that_version(rating: MakeRating) -> None:
    entry = rating()
    base = written(replace(entry, rev=4))
    amended = replace(entry, score=9)
    assert following(amended, base) == replace(amended, rev=5, was=descent(base))


def test_an_entry_that_is_back_comes_after_its_removal(rating: MakeRating) -> None:
    entry = rating()
    removal = written(Removed(id=entry.id, rev=6, at=NOW))
    again = back_again(entry, removal)
    assert again.rev == 7
    assert was(again) == (mark(written(entry).data), mark(removal.data))
    assert back_again(again, removal) is again, "once is enough"


def test_what_was_saved_is_pending_no_more(rating: MakeRating) -> None:
    entry = rating()
    change = Change(None, entry)
    saved = Saved(FileSnapshot.of_entries([entry]), (change,))
    assert still_pending(saved, {entry.id: change}, {entry.id: entry}) == {}


def test_what_was_changed_while_it_was_saved_is_pending_upon_that(rating: MakeRating) -> None:
    entry = rating(score=1)
    change, held = Change(None, entry), FileSnapshot.of_entries([entry])
    later = replace(entry, score=2)
    left = still_pending(Saved(held, (change,)), {entry.id: change}, {entry.id: later})
    base = held.version(entry.id)
    assert base is not None
    assert left == {entry.id: Change(entry, following(later, base))}


def test_what_was_removed_while_it_was_saved_is_to_be_removed(rating: MakeRating) -> None:
    entry = rating()
    change = Change(None, entry)
    saved = Saved(FileSnapshot.of_entries([entry]), (change,))
    assert still_pending(saved, {entry.id: change}, {}) == {entry.id: Change(entry, None)}


def test_a_look_at_the_file_leaves_an_edit_pending_upon_what_others_wrote(
    rating: MakeRating,
) -> None:
    before = rating(score=1)
    ours, theirs = replace(before, score=2), replace(before, score=3)
    pending = {before.id: Change(before, ours)}
    left = still_pending(Saved(FileSnapshot.of_entries([theirs])), pending, {before.id: ours})
    assert left == {before.id: Change(theirs, ours)}


def test_a_removal_gives_way_to_an_edit_by_others(rating: MakeRating) -> None:
    before = rating(score=1)
    saved = Saved(FileSnapshot.of_entries([replace(before, score=3)]))
    assert still_pending(saved, {before.id: Change(before, None)}, {}) == {}
