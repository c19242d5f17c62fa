"""SignKeeper: the last answers count, whatever came before."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Resolution, Sign
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from itband_gui.safety.register import is_about
from itband_gui.safety.signs import ClosedBy, PresentSign
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.services.sign_keeper import SignKeeper
from tests.insight.making import NOW
from tests.safety.test_open_signs import ANSWERS, DAY, ENTRIES, SAFETY, sign

LOOK = st.tuples(ANSWERS, st.sets(st.sampled_from(Leg)))

Made = tuple[SignKeeper, JournalLink]
KeeperOf = Callable[[Sequence[Sign]], Made]


@pytest.fixture(scope="module")
def keeper_of(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[KeeperOf]:
    """Return a function that makes a keeper with a new journal."""
    folder, links = tmp_path_factory.mktemp("keeper"), list[JournalLink]()

    def make(entries: Sequence[Sign]) -> Made:
        book = Book()
        book.add_all(entries)
        link = JournalLink(book, Store(folder / f"{len(links)}.json"), lambda: NOW)
        links.append(link)
        return SignKeeper(link, SAFETY), link

    yield make
    for link in links:
        link.settle()
        link.deleteLater()


def told(link: JournalLink, before: Sequence[Sign]) -> set[tuple[object, ...]]:
    """Return a journal's signs without the ids of new entries."""
    ids = {each.id for each in before}
    return {
        (e.id if e.id in ids else "new", e.sign, e.leg, e.at, e.resolved, e.resolution)
        for e in link.book
        if isinstance(e, Sign)
    }


@given(entries=ENTRIES, earlier=st.lists(LOOK, max_size=4), last=LOOK)
def test_only_the_last_answers_count(
    keeper_of: KeeperOf,
    entries: list[Sign],
    earlier: list[tuple[list[PresentSign], set[Leg]]],
    last: tuple[list[PresentSign], set[Leg]],
) -> None:
    keeper, link = keeper_of(entries)
    for present, legs in (*earlier, last):
        keeper.keep(present, legs)
    at_once, straight = keeper_of(entries)
    at_once.keep(*last)
    assert told(link, entries) == told(straight, entries)
    assert len(link.book) == len(straight.book), "nothing is entered twice"


@given(entries=ENTRIES, look=LOOK)
def test_the_same_answers_again_are_no_change(
    keeper_of: KeeperOf, entries: list[Sign], look: tuple[list[PresentSign], set[Leg]]
) -> None:
    keeper, link = keeper_of(entries)
    keeper.keep(*look)
    before = list(link.book)
    assert keeper.keep(*look) == ()
    assert list(link.book) == before


@given(entries=ENTRIES, present=ANSWERS)
def test_one_showing_of_the_list_is_undone_in_one_step(
    keeper_of: KeeperOf, entries: list[Sign], present: list[PresentSign]
) -> None:
    keeper, link = keeper_of(entries)
    before = list(link.book)
    if keeper.keep(present):
        link.undo()
    assert list(link.book) == before


@given(entries=ENTRIES, present=ANSWERS, data=st.data())
def test_a_clinician_s_word_covers_one_sign(
    keeper_of: KeeperOf, entries: list[Sign], present: list[PresentSign], data: st.DataObject
) -> None:
    """It closes that sign on those legs, and later answers leave it closed."""
    keeper, link = keeper_of(entries)
    seen = data.draw(ANSWERS.filter(bool))[0]
    about = {each.entry.id for each in keeper.known if is_about(each, seen)}
    before = {each.id: each for each in link.book if isinstance(each, Sign)}
    keeper.close(seen)
    after = {each.id: each for each in link.book if isinstance(each, Sign)}
    assert {each for each in after if after[each] != before[each]} <= about
    assert {after[each].resolution for each in about} <= {Resolution.CLINICIAN_AGREED}
    if seen.sign.closes is ClosedBy.SEEN:
        keeper.keep([each for each in present if each.sign.id != seen.sign.id])
        assert all(link.book.get(each) == after[each] for each in about)


def test_a_word_on_the_left_leg_leaves_the_right_one_open(keeper_of: KeeperOf) -> None:
    left, right = (sign("clot", 3, leg=leg) for leg in Leg)
    keeper, link = keeper_of([left, right])
    rule = SAFETY.sign("clot")
    assert rule is not None
    keeper.close(PresentSign(rule, (Leg.LEFT,)))
    assert told(link, [left, right]) == {
        (left.id, "clot", Leg.LEFT, NOW - 3 * DAY, NOW, Resolution.CLINICIAN_AGREED),
        (right.id, "clot", Leg.RIGHT, NOW - 3 * DAY, None, None),
    }
