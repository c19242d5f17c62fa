"""Names warning signs in a sentence and says what to do about them."""

from itband_gui.safety.open_signs import SignState, StandingSign
from itband_gui.safety.signs import load_safety
from itband_gui.wording.plain import quoted
from itband_gui.wording.translation import translate


def sign_text(sign_id: str) -> str:
    """Return a warning sign's wording, or its id where the list no longer has it."""
    sign = load_safety().sign(sign_id)
    return quoted(sign_id) if sign is None else sign.text


def open_signs_text(signs: tuple[StandingSign, ...]) -> str:
    """Return a sentence that lists the open signs; "" if none is open."""
    shown = [sign_text(each.entry.sign) for each in signs if each.is_open]
    if not shown:
        return ""
    text = translate("Signs", "Still open on your warning list: {signs}.")
    return text.format(signs="; ".join(shown))


def check_text() -> str:
    """Return what to do about a sign that is gone but was never checked."""
    return translate("Signs", "Have it checked before you run or massage.")


def sign_action(sign: StandingSign) -> str:
    """Return what to do about a sign; one that is gone but unchecked must be checked first."""
    if sign.standing is SignState.UNSEEN:
        return check_text()
    return sign.rule.action if sign.rule else ""
