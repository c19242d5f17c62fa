"""What the answers to the warning list mean for this session."""

from collections.abc import Iterable
from enum import StrEnum

from itband_gui.safety.signs import Group, Urgency, WarningSign


class Verdict(StrEnum):
    """Whether the session may begin."""

    CLEAR = "clear"
    ASK_FIRST = "ask-first"
    BLOCKED = "blocked"


_URGENT_FIRST = list(Urgency)


def screen(present: Iterable[WarningSign]) -> Verdict:
    """Return what the signs that are present allow; one blocking sign is enough."""
    groups = {sign.group for sign in present}
    if Group.BLOCK in groups:
        return Verdict.BLOCKED
    return Verdict.ASK_FIRST if Group.ASK in groups else Verdict.CLEAR


def by_urgency(signs: Iterable[WarningSign]) -> list[WarningSign]:
    """Return the signs, the most urgent first."""
    return sorted(signs, key=lambda sign: _URGENT_FIRST.index(sign.urgency))


def much_worse(before: int, after: int, worse_by: int) -> bool:
    """Whether a score (0 to 10) rose by so much that massage should rest."""
    return after - before >= worse_by
