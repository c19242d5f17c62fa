"""Today says "Noted" only of changes that are on the disk."""

from datetime import datetime
from typing import TYPE_CHECKING

from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.store import Store
from tests.ui.today.conftest import Begin

if TYPE_CHECKING:
    from tests.ui.conftest import User


def rest_day(at: datetime) -> RestDay:
    return RestDay(id=new_id(), at=at)


def told(user: "User") -> str:
    """Return the page's notice at this instant, without waiting for anything."""
    notice = user.today.changes.notices.notice
    return "" if notice is None else notice.text.text()


def lose_folder(user: "User") -> None:
    user.folder.rename(user.folder.with_name("away"))


def mend_folder(user: "User") -> None:
    user.folder.with_name("away").rename(user.folder)
    user.link.save()
    user.look()


def test_noted_comes_only_when_it_is_on_the_disk(begin: Begin) -> None:
    user = begin()
    user.today.log.rest_day.click()
    assert told(user) == "Saving: Rest day…"
    user.look()
    assert told(user) == "Noted: Rest day."


def test_an_unsaved_change_is_shown_as_such_and_noted_later(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(rest_day(yesterday))
    lose_folder(user)
    user.press("D")
    assert told(user) == "Not saved yet: Rest day. Trying again…"
    assert "Noted" not in user.reads()
    mend_folder(user)
    assert told(user) == "Noted: Rest day."
    assert len(user.journal()) == 2


def test_a_change_after_a_failed_save_is_shown_as_unsaved(morning: "User") -> None:
    lose_folder(morning)
    morning.press("3")
    morning.today.log.rest_day.click()
    assert told(morning) == "Not saved yet: Rest day. Trying again…"
    mend_folder(morning)
    assert told(morning) == "Noted: Rest day."
    assert len(morning.journal()) == 3


def test_a_later_save_changes_no_other_sentence(begin: Begin) -> None:
    user = begin()
    user.press("D", "D")
    assert told(user) == "Today is already a rest day. Noted: Rest day."
    user.link.save()
    user.look()
    assert told(user) == "Today is already a rest day. Noted: Rest day."


def test_an_unsaved_change_is_noted_together_with_a_later_refusal(
    begin: Begin, yesterday: datetime
) -> None:
    user = begin(rest_day(yesterday))
    lose_folder(user)
    user.press("D", "D")
    assert told(user).startswith("Today is already a rest day. Not saved yet: Rest day.")
    mend_folder(user)
    assert told(user) == "Today is already a rest day. Noted: Rest day."


def test_an_unsaved_change_can_be_undone(begin: Begin, yesterday: datetime) -> None:
    user = begin(rest_day(yesterday))
    lose_folder(user)
    user.press("D")
    user.click_on("Undo")
    assert told(user) == "Undone."
    mend_folder(user)
    assert told(user) == "Undone."
    assert len(user.journal()) == 1


def test_a_late_save_is_not_reported_to_a_closed_window(begin: Begin, yesterday: datetime) -> None:
    user = begin(rest_day(yesterday))
    link = user.link
    lose_folder(user)
    user.press("D")
    user.leave()
    user.folder.with_name("away").rename(user.folder)
    assert link.flush()
    assert len(Store(user.file).load().book) == 2


def test_a_warning_list_that_changes_nothing_leaves_the_notice(begin: Begin) -> None:
    user = begin()
    user.press("D")
    user.press("W", "Return")
    assert told(user) == "Noted: Rest day."
    user.click_on("Undo")
    assert user.journal() == []


def test_a_noted_change_stays_noted_whatever_fails_later(begin: Begin) -> None:
    user = begin()
    user.press("D")
    user.file.unlink()
    user.file.mkdir()  # no journal can be read from it
    user.link.take_in()
    user.look()
    assert user.link.save_state.error is not None
    assert told(user) == "Noted: Rest day."
