"""Groups by technique or routine: those with six pairs, then the others by name."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from itband_gui.insight.relief import Groups, RatingPair, changes
from itband_gui.journal.entries import Moment
from itband_gui.ui.history.panels import GroupsView
from tests.insight.making import rating, session
from tests.ui.conftest import settle_down

SHORT = {"light": 2, "knuckles": 5}


@pytest.fixture
def view(qapp: QApplication) -> Iterator[GroupsView[str]]:
    view: GroupsView[str] = GroupsView("By technique", str.title)
    yield view
    view.deleteLater()
    settle_down()


def six_pairs() -> list[RatingPair]:
    done = session(3)
    before, after = rating(3, 5, Moment.BEFORE), rating(3, 4, Moment.AFTER)
    return [RatingPair(done, before, after)] * 6


def test_nothing_is_shown_until_a_group_has_six_pairs(view: GroupsView[str]) -> None:
    view.show_groups(Groups({}, SHORT))
    assert view.isHidden()
    view.show_groups(Groups({}, {}))
    assert view.isHidden()


def test_those_with_fewer_pairs_are_named_once_below(view: GroupsView[str]) -> None:
    view.show_groups(Groups({"heel": changes(six_pairs())}, SHORT))
    assert not view.isHidden()
    first, second = view.text.text().splitlines()
    assert first.startswith("Heel: In 6 logged sessions your rating was 1 lower afterwards")
    assert second == "Fewer than 6 rated sessions: Knuckles (5), Light (2)"
