"""Runs, activities and rest days logged on Today with one key or click, and undone as easily."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from itband_gui.journal.entries import Activity, RestDay, Run, Sport, new_id
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.entry_forms import ActivityForm, RunForm
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.widgets.layout import ScrollColumn
from tests.ui.today.conftest import DAY_MS, Begin

if TYPE_CHECKING:
    from pytestqt.logging import _QtMessageCapture

    from tests.ui.conftest import User

CTRL = Qt.KeyboardModifier.ControlModifier
EFFORT = "How hard (0 is rest, 10 is all out)"
SORE = "How sore did it get on "


def run(at: datetime, worst: int | None = None) -> Run:
    return Run(id=new_id(), at=at, minutes=40, effort=4, worst=worst)


def dialog(user: "User") -> EntryDialog:
    (found,) = (d for d in user.window.findChildren(EntryDialog) if d.isVisible())
    return found


# Runs


def test_a_run_is_logged_by_keys_alone(begin: Begin) -> None:
    user = begin()
    user.press("R", "4", "5", "Tab", "6", "Tab", "Tab", "2", "Tab", "Space", "Return")
    (kept,) = user.journal()
    assert isinstance(kept, Run)
    assert (kept.minutes, kept.effort, kept.worst, kept.changed_stride) == (45, 6, 2, True)
    assert (kept.distance_km, kept.at) == (None, user.clock.now())
    assert "Noted: Run: 45 min, effort 6 out of 10" in user.reads()
    user.press("Z", modifier=CTRL)
    assert user.journal() == []


def test_a_run_is_logged_by_clicks_alone(begin: Begin) -> None:
    user = begin()
    user.click_on("Add a run (R)")
    form = dialog(user).form
    assert isinstance(form, RunForm)
    for name, times in (("How long (minutes): more", 3), (EFFORT + ": more", 2)):
        buttons = form.findChildren(QAbstractButton)
        (more,) = (each for each in buttons if each.accessibleName() == name)
        for _ in range(times):
            user.click(more)
    user.click(form.stride)
    user.click(dialog(user).save)
    (kept,) = user.journal()
    assert isinstance(kept, Run)
    assert (kept.minutes, kept.effort, kept.worst, kept.changed_stride) == (3, 1, None, True)
    user.click_on("Undo")
    assert user.journal() == []


def test_a_run_that_is_cancelled_leaves_nothing(begin: Begin) -> None:
    user = begin()
    user.press("R", "4", "5", "Escape")
    assert user.journal() == []


def test_a_run_without_its_soreness_is_asked_about_at_once(begin: Begin) -> None:
    user = begin()
    user.press("R", "4", "5", "Tab", "6", "Return")
    assert SORE + "today’s run?" in user.reads()
    assert QApplication.focusWidget() is user.today.questions.card
    user.press("X")
    (kept,) = user.journal()
    assert isinstance(kept, Run)
    assert (kept.minutes, kept.worst) == (45, 10)
    assert SORE not in user.reads()


def test_yesterdays_run_is_asked_about_and_the_answer_can_be_undone(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(run(yesterday))
    assert SORE + "yesterday’s run?" in user.reads()
    user.press("2")
    (kept,) = user.journal()
    assert isinstance(kept, Run)
    assert kept.worst == 2
    user.click_on("Undo")
    (kept,) = user.journal()
    assert isinstance(kept, Run)
    assert kept.worst is None
    assert SORE in user.reads()


def test_a_skipped_run_is_not_asked_about_again(begin: Begin, yesterday: datetime) -> None:
    user = begin(run(yesterday))
    user.press("Escape")
    user.leave()
    user.open()
    assert SORE not in user.reads()


def test_no_run_is_asked_about_two_days_later(begin: Begin, yesterday: datetime) -> None:
    user = begin(run(yesterday - timedelta(days=1)))
    assert SORE not in user.reads()


def test_an_open_form_keeps_its_own_tab_order(
    begin: Begin, yesterday: datetime, qtlog: "_QtMessageCapture"
) -> None:
    user = begin(run(yesterday, 1))
    user.press("R")
    user.link.add(run(user.clock.now(), 2))  # as another program may
    user.press("4", "5", "Tab", "6")
    form = dialog(user).form
    assert isinstance(form, RunForm)
    assert (form.minutes.text(), form.effort.text()) == ("45", "6")
    assert [each.message for each in qtlog.records if "setTabOrder" in each.message] == []


# Activities


def test_an_activity_is_logged_by_keys_alone(begin: Begin) -> None:
    user = begin()
    user.press("A", "Space", "Tab", "3", "0", "Tab", "7", "Return")
    (kept,) = user.journal()
    assert isinstance(kept, Activity)
    assert (kept.sport, kept.minutes, kept.effort) == (Sport.STRENGTH, 30, 7)
    assert kept.at == user.clock.now()
    assert "Noted: Activity: Strength training, 30 min, effort 7 out of 10." in user.reads()
    user.press("Z", modifier=CTRL)
    assert user.journal() == []


def test_an_activity_form_opens_with_a_click(begin: Begin) -> None:
    user = begin()
    user.click_on("Add an activity (A)")
    assert isinstance(dialog(user).form, ActivityForm)
    user.press("Escape")
    assert user.journal() == []


def test_an_activity_and_a_rest_day_can_share_a_day(begin: Begin) -> None:
    user = begin()
    user.press("A", "Space", "Tab", "3", "0", "Tab", "7", "Return", "D")
    assert [type(entry) for entry in user.journal()] == [Activity, RestDay]
    assert "Today is a rest day. It counts." in user.reads()
    user.press("A", "Right", "Space", "Tab", "2", "0", "Tab", "2", "Return")
    assert [type(entry) for entry in user.journal()] == [Activity, RestDay, Activity]
    assert "taken back" not in user.reads()


def test_an_activity_is_not_asked_about_as_if_it_were_a_run(begin: Begin) -> None:
    user = begin()
    user.press("A", "Space", "Tab", "3", "0", "Tab", "7", "Return")
    assert SORE not in user.reads()


# Rest days


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_rest_day_is_one_key_or_one_click_and_counts(begin: Begin, way: str) -> None:
    user = begin()
    if way == "key":
        user.press("D")
    else:
        user.click_on("Rest day (D)")
    (kept,) = user.journal()
    assert isinstance(kept, RestDay)
    assert kept.at == user.clock.now()
    assert "Noted: Rest day." in user.reads()
    assert user.reads().count("counts") == 1
    assert "Today is a rest day. It counts." in user.reads()


def test_a_second_rest_day_on_the_same_day_is_refused(begin: Begin) -> None:
    user = begin()
    user.press("D", "D")
    assert len(user.journal()) == 1
    assert "Today is already a rest day." in user.reads()


def test_after_a_refused_rest_day_the_run_can_still_be_undone(begin: Begin) -> None:
    user = begin()
    user.press("R", "2", "5", "Tab", "4")
    user.press("Return", modifier=CTRL)
    user.press("D", "D")
    assert "You logged a run today. Tomorrow can be a rest day. Noted: Run: 25 min" in (
        user.reads()
    )
    user.press("Z", modifier=CTRL)
    assert user.journal() == []
    assert "Undone." in user.reads()
    assert "Tomorrow can be a rest day" not in user.reads()


def test_the_next_day_can_be_a_rest_day_too(begin: Begin) -> None:
    user = begin()
    user.press("D")
    user.clock.ms += DAY_MS
    user.press("D")
    assert [type(entry) for entry in user.journal()] == [RestDay, RestDay]


def test_a_day_with_a_run_cannot_be_a_rest_day(begin: Begin, user: "User") -> None:
    begin(run(user.clock.now() - timedelta(hours=1), worst=1))
    user.press("D")
    assert len(user.journal()) == 1
    assert "You logged a run today." in user.reads()


def test_a_run_removes_that_day_s_rest_day_and_says_so(begin: Begin) -> None:
    user = begin()
    user.press("D", "R", "2", "5", "Tab", "4", "Return")
    assert [type(entry) for entry in user.journal()] == [Run]
    assert (
        "Noted: Run: 25 min, effort 4 out of 10. "
        "That day’s rest day was removed: a day with a run is not a rest day."
    ) in user.reads()
    user.press("Z", modifier=CTRL)
    assert [type(entry) for entry in user.journal()] == [RestDay]


def test_a_run_keeps_the_rest_days_around_it(begin: Begin, yesterday: datetime) -> None:
    user = begin(RestDay(id=new_id(), at=yesterday))
    user.press("R", "2", "5", "Tab", "4", "Return")
    assert [type(entry) for entry in user.journal()] == [RestDay, Run]
    assert "taken back" not in user.reads()


@pytest.mark.parametrize(("days", "day"), [(1, "yesterday"), (20, "Monday, 2 November 2026")])
def test_a_run_on_another_day_is_noted_with_its_day(begin: Begin, days: int, day: str) -> None:
    user = begin()
    user.press("R", "2", "5", "Tab", "4")
    form = dialog(user).form
    for _ in range(days):
        user.click(form.when.earlier)
    user.press("Return")
    assert f"Noted: Run: 25 min, effort 4 out of 10 ({day})." in user.reads()


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_rest_day_can_be_undone(begin: Begin, way: str) -> None:
    user = begin()
    user.press("D")
    if way == "key":
        user.press("Z", modifier=CTRL)
    else:
        user.click_on("Undo")
    assert user.journal() == []
    assert "Today is a rest day" not in user.reads()
    user.press("D")
    assert len(user.journal()) == 1


def test_undo_never_undoes_later_changes(begin: Begin) -> None:
    user = begin()
    user.press("D")
    user.link.add(run(user.clock.now(), worst=1))
    user.press("Z", modifier=CTRL)
    assert len(user.journal()) == 2


def test_a_refused_rest_day_says_why(begin: Begin, user: "User") -> None:
    begin(RestDay(id=new_id(), at=user.clock.now()))
    assert user.reads().count("It counts.") == 1
    user.press("D")
    assert user.reads().count("It counts.") == 1
    user.link.add(run(user.clock.now(), 2))
    assert "Today is a rest day" not in user.reads()
    user.press("D")
    assert "You logged a run today." in user.reads()
    assert "Today is a rest day" not in user.reads()


def test_a_notice_hides_neither_the_button_that_was_clicked_nor_the_page_below_it(
    morning: "User",
) -> None:
    page = morning.today
    (area,), rest_day = page.findChildren(ScrollColumn), page.log.rest_day
    area.ensureWidgetVisible(rest_day, 0, 0)
    assert area.verticalScrollBar().value() > 0, "the button is the last thing on the screen"
    morning.click(rest_day)
    where = rest_day.mapTo(area.viewport(), rest_day.rect().topLeft())
    assert area.viewport().rect().contains(QRect(where, rest_day.size()))
    notice = page.changes.notices.notice
    assert notice is not None
    top = notice.mapTo(page, notice.rect().topLeft()).y()
    assert top - area.geometry().bottom() > SPACE["s"]
