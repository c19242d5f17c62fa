"""Warning signs on the Journal page: opened from the list, changed by their own rules."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtWidgets import QLabel

from itband_gui.journal.entries import Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.ui.check_in.warning_dialog import WarningDialog
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.entry_forms import SignForm
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.services.journal_link import JournalLink
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
DialogOf = Callable[[JournalPage], EntryDialog]
At = Callable[..., datetime]
Opened = Callable[[Sign], tuple[EntryDialog, SignForm]]


def reads(dialog: EntryDialog) -> str:
    labels = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels)


def list_of(page: JournalPage) -> WarningDialog:
    (found,) = (d for d in page.findChildren(WarningDialog) if d.isVisible())
    return found


@pytest.fixture
def opened(open_page: OpenPage, dialog_of: DialogOf) -> Opened:
    """Return a function that opens the form of a sign."""

    def make(sign: Sign) -> tuple[EntryDialog, SignForm]:
        page = open_page(sign)
        page.list.choose(sign.id)
        click(page.change)
        dialog = dialog_of(page)
        assert isinstance(dialog.form, SignForm)
        return dialog, dialog.form

    return make


def test_a_sign_that_must_be_seen_says_so_when_it_is_gone(opened: Opened, at: At) -> None:
    dialog, form = opened(Sign(id="s", at=at(3), sign="clot", leg=Leg.LEFT))
    assert "only a clinician can clear" not in reads(dialog)
    click(form.state.button_for(Resolution.GONE))
    assert "only a clinician can clear this one." in reads(dialog)
    click(form.state.button_for(Resolution.CLINICIAN_AGREED))
    assert "only a clinician can clear" not in reads(dialog)


@pytest.mark.parametrize(
    ("name", "gone", "words"),
    [
        ("clot", "Gone", "Seen by a clinician"),
        ("bones", "No longer applies", "A clinician agreed"),
        ("implant", "No longer applies", "A clinician agreed"),
        ("of another list", "Gone", "Seen by a clinician"),
    ],
)
def test_a_clinician_s_part_is_named(
    opened: Opened, at: At, name: str, gone: str, words: str
) -> None:
    _, form = opened(Sign(id="s", at=at(3), sign=name))
    assert form.state.button_for(Resolution.GONE).text() == gone
    assert form.state.button_for(Resolution.CLINICIAN_AGREED).text() == words


def test_the_leg_of_a_leg_s_sign_can_be_changed(opened: Opened, at: At, link: JournalLink) -> None:
    dialog, form = opened(Sign(id="s", at=at(3), sign="skin", leg=Leg.LEFT))
    assert form.leg.button_for(None).text() == "Both"
    click(form.leg.button_for(Leg.RIGHT))
    click(dialog.save)
    assert [e.leg for e in link.book if isinstance(e, Sign)] == [Leg.RIGHT]


def test_a_sign_of_the_whole_runner_asks_no_leg(opened: Opened, at: At) -> None:
    _, form = opened(Sign(id="s", at=at(3), sign="unwell"))
    assert not form.leg.isVisible()


def test_signs_are_opened_and_ended_from_the_list(
    open_page: OpenPage, link: JournalLink, at: At, now: datetime
) -> None:
    page = open_page(Sign(id="s", at=at(3), sign="surgery", leg=Leg.LEFT))
    click(page.signs)
    rows = list_of(page).list.rows
    click(rows["surgery"].box)
    click(rows["skin"].box)
    assert not list_of(page).save.isEnabled()
    assert list_of(page).where.text() == "Which leg?"
    click(rows["skin"].legs.button_for((Leg.RIGHT,)))
    assert list_of(page).where.text() == ""
    click(list_of(page).save)
    found = {e.sign: (e.leg, e.resolution) for e in link.book if isinstance(e, Sign)}
    assert found == {"surgery": (Leg.LEFT, Resolution.GONE), "skin": (Leg.RIGHT, None)}
    assert page.list.chosen is not None
    assert page.notices.notice is not None
    click(page.notices.notice.buttons[0])
    assert [e.resolved for e in link.book if isinstance(e, Sign)] == [None]


def test_an_unchanged_warning_list_changes_nothing(
    open_page: OpenPage, link: JournalLink, at: At
) -> None:
    sign = Sign(id="s", at=at(3), sign="surgery", leg=Leg.LEFT)
    page = open_page(sign)
    click(page.signs)
    click(list_of(page).save)
    assert list(link.book) == [sign]
    assert page.notices.notice is None
