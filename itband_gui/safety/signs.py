"""The warning signs and their rules (`assets/safety.toml`), and the screening of a check-in."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import cache

import msgspec

from itband_gui.leg.names import Leg
from itband_gui.machine.assets import assets_dir


class MassageRule(StrEnum):
    """A sign's rule for massage."""

    BLOCK = "block"  # no massage
    ASK = "ask"  # a clinician must have agreed first
    AVOID = "avoid"  # massage elsewhere is fine


class RunningRule(StrEnum):
    """The rule of a sign, or of a reason to stop, for running."""

    REST = "rest"
    EASY = "easy"
    NONE = "none"


class ClosedBy(StrEnum):
    """Who may say that a sign is over."""

    GONE = "gone"  # the runner
    SEEN = "seen"  # a clinician who has seen it


class Urgency(StrEnum):
    """How soon to act."""

    NOW = "now"
    SAME_DAY = "same-day"
    SOON = "soon"
    HEAL = "heal"


class SignGroup(StrEnum):
    """A sign's group in the warning list and in the guide."""

    NOW = "now"
    TODAY = "today"
    WAIT = "wait"  # no massage for now
    ASK = "ask"  # ask a clinician first, or avoid the place


URGENT = frozenset({Urgency.NOW, Urgency.SAME_DAY})


class WarningSign(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of the warning list.

    Attributes:
        leg: whether it concerns one leg, which is then asked.
        clear_hours: how long it must have been gone before a run.
        least_hours: how long it counts from its first day, even if it is gone.
        more_likely: who is at higher risk; may be empty.

    """

    id: str
    urgency: Urgency
    massage: MassageRule
    running: RunningRule
    closes: ClosedBy
    leg: bool = False
    clear_hours: int = 0
    least_hours: int = 0
    text: str
    more_likely: str = ""
    action: str

    @property
    def group(self) -> SignGroup:
        """Its group in the list."""
        if self.urgency is Urgency.NOW:
            return SignGroup.NOW
        if self.urgency is Urgency.SAME_DAY:
            return SignGroup.TODAY
        return SignGroup.WAIT if self.massage is MassageRule.BLOCK else SignGroup.ASK

    @property
    def frees_other_leg(self) -> bool:
        """Whether the other leg may be massaged; never when the sign is urgent."""
        return self.leg and self.urgency not in URGENT


class StopReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One reason to stop a session in the middle.

    Attributes:
        massage_hours: how long massage waits; 0 if it need not wait.
        leg: whether it concerns one leg, which is then asked.
        urgent: whether the first urgent line comes before the advice.
        lingers: whether a settled rating allows only easy runs until massage may resume.

    """

    id: str
    massage_hours: int
    running: RunningRule
    leg: bool = False
    urgent: bool = False
    lingers: bool = False
    text: str
    advice: str


class StopRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When to stop a session and what to do afterwards.

    Attributes:
        urgent: advice on signs that cannot wait, shown whatever the reason.
        worse_after: advice when the score rose by `worse_by` points or more.
        worse_hours: how long massage then waits.

    """

    urgent: tuple[str, ...]
    worse_after: str
    worse_by: int
    worse_hours: int
    reasons: tuple[StopReason, ...]

    def reason(self, reason_id: str | None) -> StopReason | None:
        """Return the reason with that id; None if there is none, as in a newer or older list."""
        return next((each for each in self.reasons if each.id == reason_id), None)


class Safety(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All safety texts and rules."""

    disclaimer: str
    signs: tuple[WarningSign, ...]
    stop: StopRules

    def sign(self, sign_id: str) -> WarningSign | None:
        """Return the sign with that id; None if only a newer or older list has it."""
        return next((sign for sign in self.signs if sign.id == sign_id), None)


@cache
def load_safety() -> Safety:
    """Return the safety texts; they are read once."""
    text = (assets_dir() / "safety.toml").read_text("utf-8")
    return msgspec.toml.decode(text, type=Safety)


_URGENT_FIRST = list(Urgency)


class PresentSign(msgspec.Struct, frozen=True):
    """A sign that counts today.

    Attributes:
        legs: the affected legs; empty for a sign that is not about a leg.
        gone: whether it is gone but still counts: no clinician has seen it, or it is too soon.

    """

    sign: WarningSign
    legs: tuple[Leg, ...] = ()
    gone: bool = False

    @property
    def bars(self) -> frozenset[Leg]:
        """The legs that its rule covers; both, unless the other leg is free."""
        return frozenset(self.legs if self.sign.frees_other_leg and self.legs else Leg)


class ScreeningResult(StrEnum):
    """Whether the session may begin."""

    CLEAR = "clear"
    AVOID = "avoid"  # some places must be avoided
    ASK_FIRST = "ask-first"
    PART_BLOCKED = "part-blocked"  # the other leg is free
    BLOCKED = "blocked"


class Screening(msgspec.Struct, frozen=True):
    """The massage that the present signs allow on the chosen legs.

    Attributes:
        free_legs: the chosen legs that nothing blocks.
        telling: the signs behind the verdict, most urgent first.

    """

    verdict: ScreeningResult
    free_legs: tuple[Leg, ...]
    telling: tuple[PresentSign, ...]


def screen(present: Iterable[PresentSign], legs: Collection[Leg]) -> Screening:
    """Return the massage that the signs allow; one blocking sign is enough to bar a leg."""
    found = [each for each in present if each.bars & set(legs)]
    blocking = [each for each in found if each.sign.massage is MassageRule.BLOCK]
    barred = frozenset[Leg]().union(*(each.bars for each in blocking))
    free = tuple(leg for leg in legs if leg not in barred)
    if blocking:
        verdict = ScreeningResult.PART_BLOCKED if free else ScreeningResult.BLOCKED
        return Screening(verdict, free, by_urgency(found))
    if any(each.sign.massage is MassageRule.ASK for each in found):
        return Screening(ScreeningResult.ASK_FIRST, free, by_urgency(found))
    return Screening(
        ScreeningResult.AVOID if found else ScreeningResult.CLEAR, free, by_urgency(found)
    )


def by_urgency(present: Iterable[PresentSign]) -> tuple[PresentSign, ...]:
    """Return the signs, most urgent first."""
    return tuple(sorted(present, key=lambda each: _URGENT_FIRST.index(each.sign.urgency)))


def much_worse(before: int, after: int, worse_by: int) -> bool:
    """Whether a score (0 to 10) rose by at least `worse_by`, so that massage should pause."""
    return after - before >= worse_by
