from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta, timezone

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from itband_gui.journal.entries import NOTE_LENGTH, RUN_MINUTES
from itband_gui.ui.journal.date_field import WhenField
from itband_gui.ui.journal.fields import NoteField, NumberField, Stepper

At = Callable[..., datetime]


@pytest.fixture
def note_field(qtbot: QtBot) -> Callable[[str], NoteField]:
    def make(note: str) -> NoteField:
        field = NoteField(note)
        qtbot.addWidget(field)
        field.show()
        return field

    return make


@pytest.fixture
def when(qtbot: QtBot, at: At, now: datetime) -> WhenField:
    field = WhenField("When", at(20, 7, 10).replace(second=33), lambda: now)
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """Lend the clipboard; Python's contents must be cleared before Python exits."""
    board = qapp.clipboard()
    yield board
    board.clear()


def paste(field: NoteField, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_note_of_the_allowed_length_is_taken(note_field: Callable[[str], NoteField]) -> None:
    field = note_field("")
    paste(field, "x" * NOTE_LENGTH.high)
    assert field.refusal == ""
    assert len(field.text) == NOTE_LENGTH.high


def test_one_character_too_many_is_refused_at_the_note(
    note_field: Callable[[str], NoteField],
) -> None:
    field = note_field("x" * NOTE_LENGTH.high)
    QTest.keyClicks(field.editor, "y")
    assert field.refusal
    assert field.reason.isVisible()
    assert "Remove 1." in field.reason.text()
    assert field.counter.isVisible()
    assert "4001" in field.counter.text().replace(",", "")


def test_the_counter_keeps_quiet_for_short_notes(note_field: Callable[[str], NoteField]) -> None:
    assert not note_field("short").counter.isVisible()


def test_an_emoji_counts_as_one_character(note_field: Callable[[str], NoteField]) -> None:
    field = note_field("🏃" * NOTE_LENGTH.high)
    assert field.refusal == ""


def test_a_megabyte_is_not_pasted_and_the_reason_is_said(
    note_field: Callable[[str], NoteField],
) -> None:
    field = note_field("before")
    paste(field, "x" * 1_000_000)
    assert field.text == "before"
    assert field.reason.isVisible()
    assert "Not pasted" in field.reason.text()
    assert field.refusal == ""


def test_markup_is_pasted_as_the_text_that_it_shows(
    note_field: Callable[[str], NoteField], clipboard: QClipboard
) -> None:
    field = note_field("")
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    clipboard.setMimeData(data)
    QTest.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text == "bold"


@pytest.mark.parametrize("note", ["hard\u00a0blank", "a\u2029b", "\u202eodd", "tab\there\r\n"])
def test_an_untouched_note_stays_as_it_was(
    note_field: Callable[[str], NoteField], note: str
) -> None:
    field = note_field(note)
    assert field.text == note
    assert not field.edited


def test_tab_leaves_the_note(note_field: Callable[[str], NoteField]) -> None:
    field = note_field("")
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.text == ""


def test_an_untouched_time_keeps_its_seconds(when: WhenField, at: At) -> None:
    assert when.moment == at(20, 7, 10).replace(second=33)


def test_an_untouched_time_from_abroad_keeps_its_own_offset(qtbot: QtBot, now: datetime) -> None:
    odd = timezone(timedelta(hours=9, minutes=17))
    field = WhenField("When", datetime(2026, 11, 20, 7, 10, tzinfo=odd), lambda: now)
    qtbot.addWidget(field)
    assert field.moment.utcoffset() == timedelta(hours=9, minutes=17)


def test_the_buttons_step_by_a_day(when: WhenField, at: At) -> None:
    QTest.mouseClick(when.earlier, Qt.MouseButton.LeftButton)
    assert when.moment == at(19, 7, 10).replace(second=33)


def test_the_day_before_the_first_of_a_month_is_in_the_month_before(when: WhenField) -> None:
    when.day.show_value(QDate(2026, 3, 1))
    QTest.mouseClick(when.earlier, Qt.MouseButton.LeftButton)
    assert when.day.value == QDate(2026, 2, 28)


@pytest.mark.parametrize("day", [QDate(2026, 11, 23), QDate(2027, 1, 1), QDate(9999, 12, 31)])
def test_a_future_day_is_refused_at_the_field(when: WhenField, day: QDate) -> None:
    when.day.show_value(day)
    assert when.reason.isVisible()
    assert when.reason.text() == "This is in the future. Choose now or an earlier time."


@pytest.mark.parametrize(("minute", "refused"), [(5, False), (6, False), (7, True)])
def test_a_later_time_today_is_refused_but_for_a_minute(
    when: WhenField, minute: int, *, refused: bool
) -> None:
    when.day.show_value(QDate(2026, 11, 22))
    when.time.show_value(time(18, minute))
    assert ("future" in when.refusal) is refused


def test_the_arrow_keys_step_the_hour(when: WhenField, at: At) -> None:
    QTest.keyClick(when.time, Qt.Key.Key_Up)
    assert when.moment == at(20, 8, 10).replace(second=33)


@pytest.mark.parametrize(
    ("day", "refused"), [(QDate(1900, 1, 1), False), (QDate(1899, 12, 31), True)]
)
def test_a_day_before_1900_is_refused(when: WhenField, day: QDate, *, refused: bool) -> None:
    when.day.show_value(day)
    assert ("1900" in when.refusal) is refused


def test_the_wheel_scrolls_by_without_changing_a_number(qtbot: QtBot) -> None:
    field = NumberField("How long", RUN_MINUTES, 40, "Required")
    stepper = Stepper(field, "How long", field.step)
    qtbot.addWidget(stepper)
    stepper.show()
    middle = QPointF(field.rect().center())
    wheel = QWheelEvent(
        middle,
        field.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, wheel)
    assert field.number == 40


def test_the_stepper_can_be_used_by_mouse_and_is_named(qtbot: QtBot) -> None:
    field = NumberField("How long", RUN_MINUTES, 40, "Required")
    stepper = Stepper(field, "How long", field.step)
    qtbot.addWidget(stepper)
    QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(stepper.less, Qt.MouseButton.LeftButton)
    assert field.number == 41
    assert stepper.more.accessibleName() == "How long: more"


def test_the_cursor_is_at_the_end_of_a_note(note_field: Callable[[str], NoteField]) -> None:
    field = note_field("sore\nafter")
    QTest.keyClicks(field.editor, " it")
    assert field.text == "sore\nafter it"


@pytest.mark.parametrize("original", ["", "sore"])
def test_a_note_of_blanks_and_line_breaks_is_empty(
    note_field: Callable[[str], NoteField], original: str
) -> None:
    field = note_field(original)
    QTest.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field.editor, "  ")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.text == ""
    assert field.edited is bool(original)
