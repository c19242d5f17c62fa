"""A version knows those before it, and of rivals the same one stands on every machine."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations

from msgspec.structs import replace

from itband_gui.journal.entries import EARLIER, REVISION, Rating, Removed
from itband_gui.journal.versions import (
    Version,
    derived_id,
    descent,
    mark,
    next_rev,
    overruled,
    same_content,
    settled,
    was,
    written,
)

MakeRating = Callable[..., Rating]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_version_descends_from_all_before_it_the_newest_last(rating: MakeRating) -> None:
    first = written(rating())
    second = written(replace(rating(), rev=2, was=descent(first)))
    assert descent(second) == (mark(first.data), mark(second.data))
    assert descent(second, first) == (mark(second.data), mark(first.data)), "each of them once"


def test_a_descent_is_cut_at_the_oldest(rating: MakeRating) -> None:
    version = written(rating())
    marks = []
    for score in range(EARLIER.high + 8):
        marks.append(mark(version.data))
        version = written(replace(rating(score=score % 10), was=descent(version)))
    assert was(version.line) == tuple(marks[-EARLIER.high :])


def test_the_next_revision_stays_within_what_can_be_read(rating: MakeRating) -> None:
    assert next_rev(rating()) == 2
    assert next_rev(replace(rating(), rev=REVISION.high)) == REVISION.high


def test_revision_and_descent_are_no_content(rating: MakeRating) -> None:
    entry = rating(score=3)
    assert same_content(entry, replace(entry, rev=7, was=("0123456789ab",)))
    assert not same_content(entry, replace(entry, score=4))


def test_fields_of_a_newer_program_are_kept_from_version_to_version(rating: MakeRating) -> None:
    entry = rating(score=3)
    known = written(entry).data
    newer = Version(entry, known[:-1] + b',"mood":7}', newer=True)
    after = written(replace(entry, score=4), newer)
    assert (b'"mood":7' in after.data, b'"score":4' in after.data, after.newer) == (
        True,
        True,
        True,
    )
    assert b"mood" not in written(entry, newer._replace(newer=False)).data


def test_a_version_that_lost_is_kept_under_the_same_id_on_every_machine(
    rating: MakeRating,
) -> None:
    version = written(rating())
    kept = overruled(version)
    assert kept == overruled(version)
    assert kept.line.id == derived_id(version.data) != version.line.id
    assert version.data in kept.data


def test_a_version_that_another_descends_from_is_settled(rating: MakeRating) -> None:
    first = written(rating())
    second = written(replace(rating(), rev=2, was=descent(first)))
    assert settled([first, second, first]) == settled([second, first]) == [second]


def test_of_rivals_an_edit_stands_before_a_removal_and_the_higher_revision_first(
    rating: MakeRating,
) -> None:
    entry = rating()
    base = written(entry)
    low, high = (written(replace(entry, rev=rev, was=descent(base))) for rev in (2, 3))
    removal = written(Removed(id=entry.id, rev=9, at=NOW, was=("0123456789ab",)))
    for order in permutations([base, low, high, removal]):
        assert settled(order) == [high, low, removal]


def test_a_removal_of_what_an_edit_replaces_too_gives_way(rating: MakeRating) -> None:
    entry = rating()
    base = written(entry)
    edit = written(replace(entry, rev=2, was=descent(base)))
    removal = written(Removed(id=entry.id, rev=2, at=NOW, was=descent(base)))
    assert settled([removal, edit]) == settled([edit, removal]) == [edit]


def test_versions_that_claim_to_replace_each_other_both_stay() -> None:
    line = Removed(id="a", at=NOW)
    first = written(line)
    rival = Version(replace(line, was=(mark(first.data),)), b"rival")
    circle = Version(replace(line, was=(mark(b"rival"),)), first.data)
    assert len(settled([rival, circle])) == 2
