"""What the answers to the warning list mean for this session."""

from collections.abc import Collection, Iterable
from enum import StrEnum

import msgspec

from itband_gui.leg.names import Leg
from itband_gui.safety.signs import MassageRule, Urgency, WarningSign

_URGENT_FIRST = list(Urgency)


class Present(msgspec.Struct, frozen=True):
    """A sign that counts today.

    Attributes:
        legs: those that it is on; empty for one of the whole runner.
        gone: whether it is there no more, and still counts: nobody has looked, or it is too soon.

    """

    sign: WarningSign
    legs: tuple[Leg, ...] = ()
    gone: bool = False

    @property
    def bars(self) -> frozenset[Leg]:
        """The legs that its rule is about; both, unless the other leg is free."""
        return frozenset(self.legs if self.sign.frees_other_leg and self.legs else Leg)


class Verdict(StrEnum):
    """Whether the session may begin."""

    CLEAR = "clear"
    AVOID = "avoid"  # some places are to be left out
    ASK_FIRST = "ask-first"
    PART_BLOCKED = "part-blocked"  # the other leg is free
    BLOCKED = "blocked"


class Screening(msgspec.Struct, frozen=True):
    """What the signs that are present allow on the chosen legs.

    Attributes:
        free_legs: the chosen legs that nothing blocks.
        telling: the signs that made the verdict, the most urgent first.

    """

    verdict: Verdict
    free_legs: tuple[Leg, ...]
    telling: tuple[Present, ...]


def screen(present: Iterable[Present], legs: Collection[Leg]) -> Screening:
    """Return what the signs allow; on each leg, one blocking sign is enough."""
    found = [each for each in present if each.bars & set(legs)]
    blocking = [each for each in found if each.sign.massage is MassageRule.BLOCK]
    barred = frozenset[Leg]().union(*(each.bars for each in blocking))
    free = tuple(leg for leg in legs if leg not in barred)
    if blocking:
        verdict = Verdict.PART_BLOCKED if free else Verdict.BLOCKED
        return Screening(verdict, free, by_urgency(found))
    if any(each.sign.massage is MassageRule.ASK for each in found):
        return Screening(Verdict.ASK_FIRST, free, by_urgency(found))
    return Screening(Verdict.AVOID if found else Verdict.CLEAR, free, by_urgency(found))


def by_urgency(present: Iterable[Present]) -> tuple[Present, ...]:
    """Return the signs, the most urgent first."""
    return tuple(sorted(present, key=lambda each: _URGENT_FIRST.index(each.sign.urgency)))


def much_worse(before: int, after: int, worse_by: int) -> bool:
    """Whether a score (0 to 10) rose by so much that massage should rest."""
    return after - before >= worse_by
