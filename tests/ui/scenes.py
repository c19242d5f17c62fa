"""Opens every page, card and dialog of the program."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Activity, Entry, Moment, Rating, RestDay, Sign, Sport, new_id
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg, Place
from itband_gui.machine.log import LogFile
from itband_gui.ui.check_in.advice import DisclaimerPage
from itband_gui.ui.guide.page import GuidePage
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.history.range_bar import Shape
from itband_gui.ui.journal.entry_forms import RatingForm
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.services.background import Background
from itband_gui.ui.session.sound_check import SoundCheckPage, SoundPanel
from itband_gui.ui.today.questions import ScoreCard
from itband_gui.ui.window.fault_dialog import FaultDialog
from itband_gui.ui.window.main_window import Page
from itband_gui.ui.window.settings_page import SettingsPage, about_dialog
from tests.insight.making import rating, run
from tests.ui.conftest import START
from tests.ui.journal.test_other_versions import amended_in_two_places
from tests.ui.today.conftest import session as session_before

if TYPE_CHECKING:
    from tests.ui.conftest import User

Scene = Callable[["User"], QWidget]
SCENES: dict[str, Scene] = {}
BONE = "stress-fracture"


def scene(go: Scene) -> Scene:
    """Register a function that opens something and returns the widget in front."""
    SCENES[go.__name__.replace("_", " ")] = go
    return go


def entries() -> list[Entry]:
    """Return some entries of each kind, from the days before the clock's morning."""
    made: list[Entry] = [rating(60, 3)]
    for back in range(1, 13):
        for leg in Leg:
            made += [rating(back, 2 + back % 3, Moment.MORNING, leg, 7)]
        made.append(run(back) if back % 2 else RestDay(id=new_id(), at=START - back * DAY))
    places = (Place.BAND_MIDDLE, Place.OTHER)
    for leg in Leg:
        at = START - 3 * DAY
        made.append(
            Rating(id=new_id(), at=at, leg=leg, moment=Moment.OTHER, score=3, places=places)
        )
    made.append(Activity(id=new_id(), at=START - 2 * DAY, sport=Sport.YOGA, minutes=30, effort=2))
    return sorted(made, key=lambda entry: entry.at)


DAY = timedelta(days=1)


def open_over(user: "User", journal: Sequence[Entry]) -> None:
    """Open the window on a journal."""
    book = Book()
    book.add_all(journal)
    user.folder.mkdir(parents=True, exist_ok=True)
    Store(user.file).save(book)
    user.open()


def open_with(user: "User", *more: Entry) -> None:
    """Open the window on some entries of each kind, unless it is open."""
    if not user.windows:
        open_over(user, [*entries(), *more])


def settle(user: "User") -> None:
    """Wait until pending reads are done."""
    for _ in range(3):
        user.look()
        for each in user.window.findChildren(Background):
            assert each.settle(60)
    user.look()


def front(user: "User") -> QWidget:
    """Return the last open dialog, or the window."""
    settle(user)
    found = [each for each in user.window.findChildren(QDialog) if each.isVisible()]
    return found[-1] if found else user.window


def seen_whole(user: "User") -> QWidget:
    """Scroll to the end of the warning list, so that the button below says what comes next."""
    while user.check_in.signs.turn_page():
        user.look()
    return front(user)


def turn_to(user: "User", page: Page) -> QWidget:
    open_with(user)
    user.window.show_page(page)
    settle(user)
    return user.window


@scene
def today_with_a_question(user: "User") -> QWidget:
    open_with(user)
    return front(user)


@scene
def today_with_signs(user: "User") -> QWidget:
    sign = Sign(id=new_id(), at=START - 4 * DAY, sign="skin", leg=Leg.LEFT)
    open_with(user, sign)
    return front(user)


@scene
def today_asking_about_a_sign(user: "User") -> QWidget:
    hip = Rating(
        id=new_id(), at=START - DAY, leg=Leg.RIGHT, moment=Moment.OTHER, score=3,
        places=(Place.OUTER_HIP,),
    )  # fmt: skip
    open_over(user, [hip])
    return front(user)


@scene
def today_asking_for_a_score(user: "User") -> QWidget:
    open_over(user, [session_before(START - DAY / 2, *Leg)])
    assert isinstance(user.today.questions.card, ScoreCard)
    return front(user)


@scene
def journal(user: "User") -> QWidget:
    return turn_to(user, Page.JOURNAL)


@scene
def journal_without_entries(user: "User") -> QWidget:
    user.open()
    return turn_to(user, Page.JOURNAL)


@scene
def new_rating(user: "User") -> QWidget:
    journal(user)
    user.click(user.page_of(JournalPage).add_rating)
    dialog = front(user)
    (form,) = dialog.findChildren(RatingForm)
    form.leg.choose(Leg.LEFT)
    form.score.rate(3)
    return dialog


@scene
def new_run(user: "User") -> QWidget:
    journal(user)
    user.click_on("Add a run")
    return front(user)


@scene
def new_activity(user: "User") -> QWidget:
    journal(user)
    user.click_on("Add an activity")
    return front(user)


@scene
def rest_day(user: "User") -> QWidget:
    journal(user)
    page = user.page_of(JournalPage)
    found = next(each for each in user.link.book.query() if isinstance(each, RestDay))
    page.list.choose(found.id)
    user.click(page.change)
    return front(user)


@scene
def calendar(user: "User") -> QWidget:
    form = new_rating(user)
    user.click(next(b for b in buttons_of(form) if "calendar" in b.accessibleName()))
    return front(user)


@scene
def amended_sign(user: "User") -> QWidget:
    sign = Sign(id=new_id(), at=START - DAY / 2, sign="skin", leg=Leg.LEFT)
    open_with(user, sign)
    turn_to(user, Page.JOURNAL)
    page = user.page_of(JournalPage)
    page.list.choose(sign.id)
    user.click(page.change)
    return front(user)


@scene
def warning_list_alone(user: "User") -> QWidget:
    open_with(user)
    user.click(user.today.log.signs)
    return front(user)


@scene
def other_versions(user: "User") -> QWidget:
    amended_in_two_places(user, 2)
    user.open()
    turn_to(user, Page.JOURNAL)
    user.click_on("Look at them")
    return front(user)


@scene
def history_as_chart(user: "User") -> QWidget:
    turn_to(user, Page.HISTORY)
    view = user.page_of(HistoryPage).view
    view.settle()
    settle(user)
    view.settle()
    return front(user)


@scene
def history_as_table(user: "User") -> QWidget:
    history_as_chart(user)
    view = user.page_of(HistoryPage).view
    view.bar.shapes.choose(Shape.TABLE)
    view.settle()
    return front(user)


@scene
def report(user: "User") -> QWidget:
    history_as_chart(user)
    user.click(user.page_of(HistoryPage).view.report)
    return front(user)


@scene
def guide(user: "User") -> QWidget:
    return turn_to(user, Page.GUIDE)


@scene
def guide_searched(user: "User") -> QWidget:
    turn_to(user, Page.GUIDE)
    user.page_of(GuidePage).search.setText("knee")
    return front(user)


@scene
def settings(user: "User") -> QWidget:
    return turn_to(user, Page.SETTINGS)


@scene
def about(user: "User") -> QWidget:
    settings(user)
    about_dialog(user.page)
    return front(user)


@scene
def export(user: "User") -> QWidget:
    settings(user)
    user.page_of(SettingsPage).journal.open_export()
    return front(user)


@scene
def import_(user: "User") -> QWidget:
    settings(user)
    source = Path(user.folder, "table.csv")
    source.write_text("date,leg,score\n2026-11-19,left,5\n2026-11-20,left,50\n", "utf-8")
    user.page_of(SettingsPage).journal.open_import(source)
    return front(user)


@scene
def restore(user: "User") -> QWidget:
    settings(user)
    for back in range(1, 4):
        backups = Backups(user.folder / "backups")
        backups.keep(user.file.read_bytes() + b"\n" * back, START - back * DAY, Why.TIMED)
    user.page_of(SettingsPage).journal.open_restore()
    return front(user)


@scene
def disclaimer(user: "User") -> QWidget:
    open_with(user)
    user.click(user.today.start)
    assert isinstance(user.page, DisclaimerPage)
    return front(user)


@scene
def sound_check(user: "User") -> QWidget:
    open_with(user)
    user.window.show_passing(SoundCheckPage(SoundPanel()))
    return front(user)


@scene
def check_in_of_the_leg(user: "User") -> QWidget:
    open_with(user)
    user.go_to_check_in("full")
    return front(user)


@scene
def check_in_of_the_places(user: "User") -> QWidget:
    check_in_of_the_leg(user)
    user.press("B", "Return", "4", "5")
    return front(user)


@scene
def warning_list(user: "User") -> QWidget:
    check_in_of_the_places(user)
    user.press("Return")
    return seen_whole(user)


@scene
def warning_list_with_the_bone(user: "User") -> QWidget:
    check_in_of_the_places(user)
    assert user.check_in.sore is not None
    user.check_in.sore.legs[Leg.LEFT].elsewhere.click()
    user.press("Return")
    user.check_in.signs.rows[BONE].say(there=False)
    return seen_whole(user)


@scene
def warning_list_with_a_tick(user: "User") -> QWidget:
    warning_list(user)
    user.check_in.signs.rows["skin"].box.click()
    return front(user)


@scene
def advice(user: "User") -> QWidget:
    warning_list(user)
    row = user.check_in.signs.rows["clot"]
    row.box.click()
    row.legs.choose((Leg.LEFT,))
    user.pass_the_list()
    assert user.check_in.advising
    return front(user)


@scene
def session(user: "User") -> QWidget:
    open_with(user)
    user.skip_to_session("full", "B", ("4", "3"))
    return front(user)


@scene
def session_in_a_set(user: "User") -> QWidget:
    session(user)
    user.press("Right", "Right")
    return front(user)


def rated(user: "User") -> QWidget:
    """Rate each leg after a session."""
    for row in user.after.rows.values():
        row.rate(5)
    return front(user)


@scene
def after(user: "User") -> QWidget:
    session(user)
    user.window.flow.end_early()
    return rated(user)


@scene
def after_a_stop(user: "User") -> QWidget:
    session(user)
    user.press("S")
    return rated(user)


@scene
def after_a_stop_that_was_explained(user: "User") -> QWidget:
    after_a_stop(user)
    user.press("1")
    return front(user)


@scene
def question(user: "User") -> QWidget:
    session(user)
    user.press("Escape")
    return front(user)


@scene
def unexpected(user: "User") -> QWidget:
    settings(user)
    log = LogFile(user.folder.parent / "state")
    FaultDialog(user.window, "Something happened.", log, lambda: None).open()
    return front(user)


def buttons_of(root: QWidget) -> list[QAbstractButton]:
    return [each for each in root.findChildren(QAbstractButton) if each.isVisible()]
