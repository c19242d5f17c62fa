import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.machine.terminal import plain


@pytest.mark.parametrize("text", ["sore", "größer – 痛い", "👩‍🦰 ran", "می‌دوم", "<b>=1+1</b>"])
def test_readable_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x1b[31mred", r"\u001b[31mred"),
        ("\x9b2J", r"\u009b2J"),
        ("\u202eevil", r"\u202eevil"),
        ("\u2028", r"\u2028"),
        ("\U000e0041", r"\udb40\udc41"),
        ("\udcff", r"\udcff"),
    ],
)
def test_what_disturbs_a_terminal_is_shown_as_its_escape(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_no_control_or_format_character_comes_through(text: str) -> None:
    categories = {unicodedata.category(c) for c in plain(text) if c not in "\u200c\u200d"}
    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@given(st.text())
def test_a_line_of_json_stays_the_same_data(text: str) -> None:
    assert json.loads(plain(json.dumps(text, ensure_ascii=False))) == text
