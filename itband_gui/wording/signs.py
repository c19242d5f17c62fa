"""Warning signs in the middle of a sentence."""

from itband_gui.leg.names import Leg
from itband_gui.safety.signs import load_safety
from itband_gui.safety.standing import Standing, StandingSign
from itband_gui.wording.plain import quoted
from itband_gui.wording.translation import translate


def sign_text(sign_id: str) -> str:
    """Return a warning sign's wording, or its id where the list no longer has it."""
    sign = load_safety().sign(sign_id)
    return quoted(sign_id) if sign is None else sign.text


def open_signs_text(signs: tuple[StandingSign, ...]) -> str:
    """Return that signs are open which say nothing about running; "" without any."""
    shown = [sign_text(each.entry.sign) for each in signs if each.is_open]
    if not shown:
        return ""
    text = translate("Signs", "Still open on your warning list: {signs}.")
    return text.format(signs="; ".join(shown))


def needs_check(sign: StandingSign) -> bool:
    """Whether a sign is gone and a clinician has yet to look at it."""
    return sign.standing is Standing.UNSEEN


def on_leg(leg: Leg | None) -> str:
    """Return "left leg", "right leg" or ""."""
    if leg is None:
        return ""
    if leg is Leg.LEFT:
        return translate("Signs", "left leg")
    return translate("Signs", "right leg")
