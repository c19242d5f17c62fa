"""The warning signs and their wording, read from `assets/safety.toml`."""

from enum import StrEnum
from functools import cache

import msgspec

from itband_gui.assets import assets_dir


class Group(StrEnum):
    """What a sign does to the check-in."""

    BLOCK = "block"  # no massage: the check-in ends
    ASK = "ask"  # a clinician must have agreed first


class Urgency(StrEnum):
    """How soon to act."""

    NOW = "now"
    SAME_DAY = "same-day"
    SOON = "soon"
    HEAL = "heal"


class WarningSign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the warning list."""

    id: str
    group: Group
    urgency: Urgency
    text: str
    action: str


class StopRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When to stop a session, and what to do then.

    Attributes:
        worse_by: how many points above the score before make `worse_after` be said.

    """

    reasons: tuple[str, ...]
    advice: tuple[str, ...]
    worse_after: str
    worse_by: int


class Safety(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is said about safety."""

    disclaimer: str
    signs: tuple[WarningSign, ...]
    stop: StopRules

    def sign(self, sign_id: str) -> WarningSign | None:
        """Return the sign of that id; None where a newer or older list named it."""
        return next((sign for sign in self.signs if sign.id == sign_id), None)

    def in_group(self, group: Group) -> tuple[WarningSign, ...]:
        """Return the signs of one group, in the order of the file."""
        return tuple(sign for sign in self.signs if sign.group is group)


@cache
def load_safety() -> Safety:
    """Return the safety texts, read once."""
    text = (assets_dir() / "safety.toml").read_text("utf-8")
    return msgspec.toml.decode(text, type=Safety)
