from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Rating, RestDay
from itband_gui.journal.merge import Difference, difference

MakeRating = Callable[..., Rating]


def test_each_entry_is_new_same_different_or_missing(rating: MakeRating) -> None:
    new, same, ours, missing = rating(), rating(), rating(3), rating()
    theirs = replace(ours, score=5)
    found = difference([same, ours, missing], [new, theirs, same])
    assert found == Difference((new,), (same,), ((ours, theirs),), (missing,))
    assert hash(found)  # frozen: it goes from thread to thread


def test_other_counts_of_versions_make_no_difference(rating: MakeRating) -> None:
    ours = rating()
    theirs = replace(ours, rev=7, was=("0123456789ab",))
    assert difference([ours], [theirs]) == Difference((), (theirs,), (), ())


def test_another_kind_under_the_same_id_is_different(rating: MakeRating) -> None:
    ours = rating()
    theirs = RestDay(id=ours.id, at=ours.at)
    assert difference([ours], [theirs]).different == ((ours, theirs),)


def test_of_an_id_that_stands_twice_the_last_counts(rating: MakeRating) -> None:
    first = rating(3)
    last = replace(first, score=5)
    assert difference([], [first, last]).new == (last,)
    assert difference([first, last], []).missing == (last,)


def test_each_part_keeps_the_order_of_its_side(rating: MakeRating) -> None:
    one, two, three = rating(), rating(), rating()
    assert difference([], [three, one, two]).new == (three, one, two)
    assert difference([two, three, one], []).missing == (two, three, one)
    assert difference([one, two], [two, one]).same == (two, one)


@pytest.fixture(scope="session")
def two_sides(any_entry: st.SearchStrategy[Entry]) -> st.SearchStrategy[list[list[Entry]]]:
    """Two lists of entries that share some ids."""
    ids = st.sampled_from("abcdef")
    entries = st.builds(lambda entry, entry_id: replace(entry, id=entry_id), any_entry, ids)
    sides = st.lists(entries, max_size=6, unique_by=lambda entry: entry.id)
    return st.tuples(sides, sides).map(list)


def test_every_entry_of_both_sides_is_in_one_part(
    two_sides: st.SearchStrategy[list[list[Entry]]],
) -> None:
    @given(two_sides)
    def law(sides: list[list[Entry]]) -> None:
        mine, theirs = sides
        found = difference(mine, theirs)
        changed = [entry for _, entry in found.different]
        ids = [entry.id for entry in (*found.new, *found.same, *changed)]
        assert sorted(ids) == sorted(entry.id for entry in theirs)
        back = difference(theirs, mine)
        assert {entry.id for entry in found.missing} == {entry.id for entry in back.new}
        assert {(theirs, ours) for ours, theirs in found.different} == set(back.different)
        assert difference(theirs, theirs) == Difference((), tuple(theirs), (), ())

    law()
