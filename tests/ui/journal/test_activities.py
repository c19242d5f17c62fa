"""Activities are added and changed on the Journal page like runs."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from itband_gui.journal.entries import Activity, RestDay, Sport
from itband_gui.journal.store import Store
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.entry_forms import ActivityForm
from itband_gui.ui.journal.page import JournalPage
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
DialogOf = Callable[[JournalPage], EntryDialog]
At = Callable[..., datetime]


def form_of(dialog: EntryDialog) -> ActivityForm:
    assert isinstance(dialog.form, ActivityForm)
    return dialog.form


def test_an_activity_is_added_with_what_was_chosen_and_typed(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, now: datetime
) -> None:
    page = open_page()
    click(page.add_activity)
    dialog = dialog_of(page)
    form = form_of(dialog)
    click(form.sport.button_for(Sport.CYCLING))
    QTest.keyClicks(form.minutes, "45")
    QTest.keyClicks(form.effort, "6")
    click(dialog.save)
    (kept,) = store.load().book
    assert isinstance(kept, Activity)
    assert (kept.sport, kept.minutes, kept.effort, kept.at) == (Sport.CYCLING, 45, 6, now)
    assert page.notices.notice
    assert page.notices.notice.text.text() == "Added: Activity: Cycling, 45 min, effort 6 out of 10"


def test_sport_minutes_and_effort_are_asked_for_in_turn(
    open_page: OpenPage, dialog_of: DialogOf
) -> None:
    page = open_page()
    click(page.add_activity)
    dialog = dialog_of(page)
    form = form_of(dialog)
    assert form.sport.value is None, "no sport is noted that nobody chose"
    said = [dialog.reason.text()]
    click(form.sport.button_for(Sport.YOGA))
    said.append(dialog.reason.text())
    QTest.keyClicks(form.minutes, "45")
    said.append(dialog.reason.text())
    assert not dialog.save.isEnabled()
    QTest.keyClicks(form.effort, "0")
    assert said == ["Choose a sport.", "Enter how long it took.", "Enter how hard it was."]
    assert (dialog.reason.text(), dialog.save.isEnabled()) == ("", True)


@pytest.mark.parametrize(
    ("field", "typed"), [("minutes", "0"), ("minutes", "1441"), ("effort", "11")]
)
def test_an_invalid_number_is_refused_at_its_field(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, field: str, typed: str
) -> None:
    page = open_page()
    click(page.add_activity)
    dialog = dialog_of(page)
    form = form_of(dialog)
    form.sport.choose(Sport.TENNIS)
    QTest.keyClicks(form.minutes, "30")
    QTest.keyClicks(form.effort, "5")
    line = getattr(form, field)
    line.selectAll()
    QTest.keyClicks(line, typed)
    assert "whole number from" in line.reason.text()
    assert not dialog.save.isEnabled()
    assert not list(store.load().book)


def test_an_activity_is_changed_in_a_form_that_is_filled_with_it(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, at: At
) -> None:
    before = Activity(id="a", at=at(20), sport=Sport.HIKING, minutes=90, effort=4, note="hills")
    page = open_page(before)
    page.list.choose(before.id)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    dialog = dialog_of(page)
    form = form_of(dialog)
    assert form.entry() == before
    assert form.first_focus() is form.sport.button_for(Sport.HIKING)
    click(form.sport.button_for(Sport.WALKING))
    click(dialog.save)
    (kept,) = store.load().book
    assert isinstance(kept, Activity)
    assert (kept.sport, kept.minutes, kept.note, kept.rev) == (Sport.WALKING, 90, "hills", 2)
    assert kept.at == before.at


def test_a_day_can_have_a_rest_day_and_an_activity(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, now: datetime
) -> None:
    page = open_page(Activity(id="a", at=now, sport=Sport.YOGA, minutes=30, effort=2))
    click(page.add_rest_day)
    click(dialog_of(page).save)
    assert {type(entry) for entry in store.load().book} == {Activity, RestDay}
