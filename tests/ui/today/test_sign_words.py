"""A sign card's words and colours: an emergency is red, a condition is never "gone"."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from itband_gui.journal.entries import Resolution, Sign, new_id
from itband_gui.safety.signs import MassageRule, WarningSign, load_safety
from itband_gui.ui.today.questions import SignCard
from tests.ui.today.conftest import Begin

if TYPE_CHECKING:
    from tests.ui.conftest import User


def card(user: "User") -> SignCard:
    (found,) = (each for each in user.window.findChildren(SignCard) if each.isVisible())
    return found


@pytest.mark.parametrize(
    ("sign", "look"),
    [
        ("emergency", "rest"),
        ("clot", "rest"),
        ("lump", "easy"),
        ("pregnancy", "easy"),
        ("implant", "easy"),
    ],
)
def test_only_urgent_advice_is_red(begin: Begin, yesterday: datetime, sign: str, look: str) -> None:
    user = begin(Sign(id=new_id(), at=yesterday, sign=sign))
    rule = load_safety().sign(sign)
    assert rule is not None
    (words,) = (each for each in card(user).findChildren(QLabel) if each.text() == rule.action)
    assert words.property("look") == look


@pytest.mark.parametrize("rule", load_safety().signs, ids=[s.id for s in load_safety().signs])
def test_a_condition_no_longer_applies_and_a_sign_is_gone(
    begin: Begin, yesterday: datetime, rule: WarningSign
) -> None:
    user = begin(Sign(id=new_id(), at=yesterday, sign=rule.id))
    blocks = rule.massage is MassageRule.BLOCK
    gone, clinician = (
        ("It is gone", "A clinician has seen it")
        if blocks
        else ("It no longer applies", "A clinician has agreed")
    )
    assert card(user).agreed.text() == clinician
    user.click_on(gone)
    assert [e.resolution for e in user.journal() if isinstance(e, Sign)] == [Resolution.GONE]
