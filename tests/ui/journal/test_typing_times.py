"""A typed time is saved as typed, or refused with a reason."""

from collections.abc import Callable, Iterator
from datetime import datetime, time

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QClipboard, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from itband_gui.journal.entries import RestDay
from itband_gui.journal.store import Store
from itband_gui.ui.journal.date_field import WhenField, read_typed_time, write_time
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.page import JournalPage
from tests.ui.actions import click

At = Callable[..., datetime]
OpenForm = Callable[[str], EntryDialog]
Way = Callable[[QWidget, str], None]
CONTROL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton
TIMES = [time(0, 5), time(7, 5), time(11, 59), time(12, 0), time(12, 30), time(19, 10)]
LOCALES = QLocale.matchingLocales(
    QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
)


@pytest.fixture
def open_form(
    open_page: Callable[..., JournalPage], dialog_of: Callable[[JournalPage], EntryDialog], at: At
) -> OpenForm:
    """Return a function that opens the form of a rest day on the 20th, 18:05, in a locale."""

    def opened(locale: str) -> EntryDialog:
        QLocale.setDefault(QLocale(locale))
        page = open_page(RestDay(id="one", at=at(20, 18, 5)))
        page.list.choose("one")
        click(page.change)
        return dialog_of(page)

    return opened


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """Lend the clipboard; Python's contents must be cleared before Python exits."""
    board = qapp.clipboard()
    yield board
    board.clear()


def press(field: QWidget, text: str) -> None:
    """Press a key for each character; QTest only knows those of a Latin keyboard."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier(0), character))


def select_all(field: QWidget) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClick(field, Qt.Key.Key_A, CONTROL)


def tab_in(field: QWidget, text: str) -> None:
    field.window().setFocus()
    for _ in range(30):
        QTest.keyClick(field.window().focusWidget() or field.window(), Qt.Key.Key_Tab)
        if field.hasFocus():
            break
    press(field, text)


def type_over(field: QWidget, text: str) -> None:
    select_all(field)
    press(field, text)


def rub_out(field: QWidget, text: str) -> None:
    QTest.mouseClick(field, LEFT)
    QTest.keyClick(field, Qt.Key.Key_End)
    for _ in range(12):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    press(field, text)


def delete_first(field: QWidget, text: str) -> None:
    select_all(field)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    press(field, text)


def paste(field: QWidget, text: str) -> None:
    QApplication.clipboard().setText(text)
    select_all(field)
    QTest.keyClick(field, Qt.Key.Key_V, CONTROL)


WAYS = [tab_in, type_over, rub_out, delete_first, paste]


def test_every_locale_reads_what_it_writes() -> None:
    wrong = set()
    for locale in LOCALES:
        QLocale.setDefault(locale)
        wrong |= {
            (locale.name(), text) for clock in TIMES
            if read_typed_time(text := write_time(clock)) != clock
        }  # fmt: skip
    assert not wrong


@pytest.mark.usefixtures("clipboard")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("locale", "text", "hour"),
    [
        ("en_US", "7:10 AM", 7),
        ("en_US", "7:10\u202fam", 7),
        ("en_US", "7:10 p.m.", 19),
        ("en_US", "19:10", 19),
        ("en_GB", "0710", 7),
        ("de_DE", "7:10", 7),
        ("de_DE", "07.10 Uhr", 7),
        ("fi_FI", "7.10", 7),
        ("fr_CA", "7 h 10", 7),
        ("fr_FR", "7h10", 7),
        ("ar_EG", "٧:١٠ م", 19),
        ("ar_EG", "7:10 ص", 7),
        ("fa_IR", "۷:۱۰", 7),
        ("fa_IR", "19:10", 19),
        ("hi_IN", "7:10 pm", 19),
        ("mr_IN", "७:१०", 7),
        ("el_GR", "7:10 μ.μ.", 19),
        ("ko_KR", "오후 7:10", 19),
        ("zh_HK", "上午7:10", 7),
    ],
)
def test_the_time_that_is_typed_is_the_time_that_is_saved(
    open_form: OpenForm, store: Store, at: At, *, locale: str, text: str, hour: int, way: Way
) -> None:
    dialog = open_form(locale)
    way(dialog.form.when.time, text)
    click(dialog.save)
    (entry,) = store.load().book
    assert entry.at == at(20, hour, 10)


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ar_EG", "fi_FI", "hi_IN"])
@pytest.mark.parametrize(
    ("keys", "hour", "minute"), [("7", 7, 0), ("7:10", 7, 10), ("0710", 7, 10)]
)
@pytest.mark.parametrize("place", [0.3, 0.5, 0.7])
def test_a_double_click_takes_all_of_the_time(
    open_form: OpenForm, store: Store, at: At, *, locale: str, keys: str, hour: int, minute: int,
    place: float,
) -> None:  # fmt: skip
    dialog = open_form(locale)
    field = dialog.form.when.time
    QTest.mouseDClick(field, LEFT, pos=QPoint(round(field.width() * place), field.height() // 2))
    press(field, keys)
    click(dialog.save)
    (entry,) = store.load().book
    assert entry.at == at(20, hour, minute)


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ar_EG", "fi_FI", "hi_IN"])
@pytest.mark.parametrize("clicks", [1, 3])
@pytest.mark.parametrize("keys", ["7", "7:10", ":30"])
def test_after_any_clicks_what_the_field_shows_is_saved_or_refused(
    open_form: OpenForm, store: Store, at: At, *, locale: str, clicks: int, keys: str
) -> None:
    dialog = open_form(locale)
    field = dialog.form.when.time
    if clicks > 1:
        QTest.mouseDClick(field, LEFT)
    QTest.mouseClick(field, LEFT)
    press(field, keys)
    shown = read_typed_time(field.text())
    click(dialog.save)
    (entry,) = store.load().book
    if shown is None:
        assert dialog.form.when.reason.text().startswith("This is not a time of day.")
    else:
        assert entry.at == at(20, shown.hour, shown.minute).replace(second=shown.second)


@pytest.mark.parametrize("text", ["", " ", "25:00", "24:00", "7:1", "7:60", "soon", "13:10 pm"])
def test_an_invalid_time_is_refused_at_the_field_and_stays(
    open_form: OpenForm, store: Store, at: At, text: str
) -> None:
    dialog = open_form("en_US")
    field = dialog.form.when.time
    type_over(field, text)
    if not text:
        QTest.keyClick(field, Qt.Key.Key_Delete)
    assert dialog.form.when.reason.isVisible()
    assert (
        dialog.form.when.reason.text() == "This is not a time of day. Write it like 6:05\u202fPM."
    )
    assert field.accessibleDescription() == dialog.form.when.reason.text()
    assert not dialog.save.isEnabled()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(field, key)
        QTest.keyClick(field, key, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == text
    assert dialog.isVisible()
    (entry,) = store.load().book
    assert entry.at == at(20, 18, 5)


@pytest.mark.parametrize(
    ("locale", "written"),
    [("en_US", "7:10\u202fPM"), ("de_DE", "19:10"), ("fi_FI", "19.10"), ("fa_IR", "19:10")],
)
def test_a_time_is_written_by_the_users_clock_once_the_field_is_left(
    open_form: OpenForm, locale: str, written: str
) -> None:
    dialog = open_form(locale)
    type_over(dialog.form.when.time, "1910")
    QTest.keyClick(dialog.form.when.time, Qt.Key.Key_Tab)
    assert dialog.form.when.time.text() == written


def test_tab_into_the_time_selects_all_of_it(open_form: OpenForm) -> None:
    field = open_form("C").form.when.time
    tab_in(field, "")
    assert field.selectedText() == field.text() == "18:05"


def test_typed_seconds_are_saved(open_form: OpenForm, store: Store, at: At) -> None:
    dialog = open_form("C")
    type_over(dialog.form.when.time, "7:10:30")
    click(dialog.save)
    (entry,) = store.load().book
    assert entry.at == at(20, 7, 10).replace(second=30)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        (Qt.Key.Key_Up, "19:05"),
        (Qt.Key.Key_Down, "17:05"),
        (Qt.Key.Key_PageUp, "18:15"),
        (Qt.Key.Key_PageDown, "17:55"),
    ],
)
def test_keys_step_the_time(open_form: OpenForm, key: Qt.Key, shown: str) -> None:
    field = open_form("C").form.when.time
    QTest.keyClick(field, key)
    assert field.text() == shown


def test_steps_stay_within_the_day(open_form: OpenForm) -> None:
    field = open_form("C").form.when.time
    for _ in range(30):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "23:05"


def test_a_day_without_a_time_gets_one_only_if_typed(qtbot: QtBot, at: At, now: datetime) -> None:
    when = WhenField("When", at(20, 0, 0), lambda: now)
    qtbot.addWidget(when)
    assert (when.time.text(), when.time.placeholderText()) == ("", "No time")
    assert when.refusal == ""
    QTest.mouseClick(when.earlier, LEFT)
    assert when.moment == at(19, 0, 0)
    press(when.time, "7:10")
    assert when.moment == at(19, 7, 10)
    select_all(when.time)
    QTest.keyClick(when.time, Qt.Key.Key_Delete)
    assert (when.moment, when.refusal) == (at(19, 0, 0), "")


def test_a_skipped_time_is_shown_with_the_time_saved(
    qtbot: QtBot, live_in: Callable[[str], None]
) -> None:
    live_in("Europe/Berlin")
    day = datetime.fromisoformat("2026-03-29T07:10+02:00")
    when = WhenField("When", day, lambda: datetime.fromisoformat("2026-04-01T07:10+02:00"))
    qtbot.addWidget(when)
    type_over(when.time, "2:30")
    assert when.reason.text() == "The clocks went forward then, so this is saved as 03:30."
    assert when.refusal == ""
    assert when.moment.isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize(
    ("noted", "typed", "kept"),
    [
        ("2026-10-25T02:30+01:00", "2:35", "2026-10-25T02:35:00+01:00"),
        ("2026-10-25T02:30+02:00", "2:35", "2026-10-25T02:35:00+02:00"),
        ("2026-10-25T02:30+01:00", "3:05", "2026-10-25T03:05:00+01:00"),
        ("2026-10-25T02:30+01:00", "1:55", "2026-10-25T01:55:00+02:00"),
        ("2026-10-25T03:05+01:00", "2:55", "2026-10-25T02:55:00+01:00"),
        ("2026-10-25T01:55+02:00", "2:05", "2026-10-25T02:05:00+02:00"),
    ],
)
def test_a_time_that_occurred_twice_stays_the_same_one(
    qtbot: QtBot, live_in: Callable[[str], None], noted: str, typed: str, kept: str
) -> None:
    live_in("Europe/Berlin")
    now = datetime.fromisoformat("2026-11-01T07:10+01:00")
    when = WhenField("When", datetime.fromisoformat(noted), lambda: now)
    qtbot.addWidget(when)
    type_over(when.time, typed)
    assert when.moment.isoformat() == kept
