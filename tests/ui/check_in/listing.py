"""Helpers for tests of the warning list."""

from typing import TYPE_CHECKING

from itband_gui.journal.entries import Sign
from itband_gui.safety.signs import WarningSign, load_safety
from itband_gui.ui.check_in.advice import Advice
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.check_in.sign_row import SignRow

if TYPE_CHECKING:
    from tests.ui.conftest import User


def to_the_list(user: "User", leg: str = "B", scores: str = "43") -> CheckInPage:
    """Open a window and answer a check-in up to the list."""
    user.open()
    user.go_to_check_in("full")
    user.press(leg, "Return", *scores[: 2 if leg == "B" else 1], "Return")
    return user.check_in


def row(user: "User", sign: str) -> SignRow:
    return user.check_in.signs.rows[sign]


def tick(user: "User", *signs: str, leg: str = "L") -> None:
    """Tick or untick signs; answer the question for the leg with its key."""
    for sign in signs:
        row(user, sign).box.setFocus()
        user.press("Space")
        if row(user, sign).asks_leg and leg:
            user.press(leg)


def begin_anew(user: "User", *signs: str, leg: str = "L") -> None:
    """Enter signs and leave the check-in."""
    to_the_list(user)
    tick(user, *signs, leg=leg)
    user.pass_the_list()
    user.click_on(user.window.findChildren(Advice)[-1].close_button.text())


def kept(user: "User") -> list[Sign]:
    """Return the signs in the journal's file."""
    return [entry for entry in user.journal() if isinstance(entry, Sign)]


def rule(sign: str) -> WarningSign:
    found = load_safety().sign(sign)
    assert found is not None
    return found
