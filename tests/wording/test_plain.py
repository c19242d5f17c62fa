import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from itband_gui.wording.plain import isolated, one_line

STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@given(st.text(max_size=600))
def test_the_text_is_one_short_line_without_direction_marks(text: str) -> None:
    line = one_line(text, 100)
    assert len(line) <= 100
    assert len(line.splitlines()) <= 1
    assert not set(line) & set(STEERING)
    assert not any(unicodedata.category(char) == "Cc" for char in line)


def test_line_breaks_and_tabs_become_one_blank() -> None:
    assert one_line("sore\r\n\n\tafter stairs\u2028again") == "sore after stairs again"


def test_a_control_character_becomes_visible() -> None:
    assert one_line("a\x00b\x7f") == "a␀b␡"


def test_a_mark_that_reverses_text_is_dropped() -> None:
    assert one_line("\u202eexe.gpj") == "exe.gpj"


def test_a_family_and_a_skin_tone_stay_one_emoji() -> None:
    emoji = "👨‍👩‍👧 🏃🏽‍♀️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿"
    assert one_line(emoji) == emoji


def test_markup_stays_plain_characters() -> None:
    assert one_line("<b>bold</b> &amp;") == "<b>bold</b> &amp;"


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert one_line("x" * 500, 10) == "x" * 9 + "…"


def test_a_hebrew_name_does_not_reorder_the_words_around_it() -> None:
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert isolated("Full") == "Full"
