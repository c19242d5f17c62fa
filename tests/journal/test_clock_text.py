from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.journal.clock_text import read_time

MORNING = time(7, 10)
LETTERLESS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.mark.parametrize(
    "text",
    [
        "7:10", "07:10", "7.10", "07.10", "7,10", "710", "0710", "7 10", " 7:10 ", "7 : 10",
        "7h10", "7 h 10", "07H10", "7:10h", "07:10 Uhr", "7 Uhr 10", "kl. 7.10", "klo 7.10",
        "7:10 am", "7:10am", "7:10 AM", "7:10 a.m.", "7:10 A. M.", "7.10 a", "710 am", "am 7:10",
        "7:10\u202fAM", "7:10\u00a0a.\u00a0m.", "7:10:00", "07.10.00", "7:10:00 AM",
        "7:10:00.000", "7:10:00,25", "\u200e7:10\u200f", "٧:١٠", "۷:۱۰", "७:१०", "７：１０",
    ],
)  # fmt: skip
def test_the_ways_to_write_ten_past_seven_are_read(text: str) -> None:
    assert read_time(text) == MORNING


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("7", 7, 0), ("07", 7, 0), ("7 Uhr", 7, 0), ("7h", 7, 0), ("0", 0, 0), ("00:00", 0, 0),
        ("19:10", 19, 10), ("23:59", 23, 59), ("100", 1, 0), ("7 pm", 19, 0), ("7:10 PM", 19, 10),
        ("7:10 p. m.", 19, 10), ("12 am", 0, 0), ("12:30 am", 0, 30), ("12:30 pm", 12, 30),
        ("12:30", 12, 30), ("0:30 am", 0, 30),
    ],
)  # fmt: skip
def test_hours_of_both_clocks_are_read(text: str, hour: int, minute: int) -> None:
    assert read_time(text) == time(hour, minute)


def test_seconds_are_kept() -> None:
    assert read_time("7:10:30") == time(7, 10, 30)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ":", "am", "noon", "7:1", "7:100", "7.5", "007:10", "24:00", "7:60", "7:10:60",
        "25", "71:0", "60", "99999", "13:10 pm", "19:10 am", "7:10 am pm", "am 7:10 am", "-7:10",
        "+7:10", "7:-10", "7:10Z", "7:10+01:00", "7:10-8:30", "7. 10.", "7.", "7..10", "7:10:00:00",
        "7:10 foo", "2026-11-22", "22.11.2026", "²:10", "1²", "½", "7/10", "7:10!", "1" * 5_000,
    ],
)  # fmt: skip
def test_what_is_no_time_for_certain_is_not_guessed(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "marks", "words", "expected"),
    [
        ("٧:١٠ م", ("ص", "م"), (), time(19, 10)),
        ("7:10 μ.μ.", ("π.μ.", "μ.μ."), (), time(19, 10)),
        ("7:10 μμ", ("π.μ.", "μ.μ."), (), time(19, 10)),
        ("下午7:10", ("上午", "下午"), (), time(19, 10)),
        ("7:10 pm", ("上午", "下午"), (), time(19, 10)),
        ("7:10 hodź.", ("", ""), ("hodź",), MORNING),
        ("7 ч 10", ("", ""), ("ч",), MORNING),
    ],
)
def test_the_marks_and_words_of_a_language_are_read(
    text: str, marks: tuple[str, str], words: tuple[str, ...], expected: time
) -> None:
    assert read_time(text, marks, words) == expected


@given(st.times(), st.sampled_from([":", ".", "h", " "]))
def test_every_time_that_is_written_is_read_as_it_is(moment: time, mark: str) -> None:
    minute = moment.replace(second=0, microsecond=0)
    assert read_time(f"{minute.hour}{mark}{minute.minute:02}") == minute
    assert read_time(minute.strftime("%H%M")) == minute
    assert read_time(minute.strftime("%I:%M %p")) == minute
    assert read_time(moment.isoformat()) == moment.replace(microsecond=0)


@given(LETTERLESS)
def test_any_text_is_read_or_left(text: str) -> None:
    read_time(text)
