"""The contents of a routine file: ordered steps of technique, zones and sets."""

from typing import Literal

import msgspec

from itband_gui.leg.names import Technique, Zone

# The allowed numbers, ends included. Sources: Behm 2020 (1-3 sets of 30-120 s, 2-4 s per pass),
# Löken 2009 and Ackerley 2014 (1-10 cm/s is felt as pleasant); the others are our choice.
RANGES: dict[str, tuple[float, float]] = {
    "get_ready_s": (5, 120),
    "switch_s": (5, 120),
    "seconds": (10, 120),
    "sets": (1, 4),
    "rest_s": (0, 120),
    "speed_cm_s": (1, 10),
    "return_s": (1, 5),
    "pressure": (1, 5),  # out of 10; this program never goes above 5
}
FIRM_LIMIT_S = 120  # firm work on one zone of one leg in a session (our choice, after Behm 2020)


class Settle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The light strokes that open each leg."""

    zones: tuple[Zone, ...]
    seconds: int
    speed_cm_s: float
    return_s: float = 2.0


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One or more sets of a technique on a zone, or on several zones that one stroke covers.

    Attributes:
        pressure: lowest and highest discomfort to stay within, out of 10; None for `light`.
        seconds: length of one set.
        rest_s: pause after each set.
        path: a custom stroke instead of the zones' own, in centimetres on the leg's drawing
            (origin at the trochanter, x to the front, y downwards).

    """

    technique: Technique
    zones: tuple[Zone, ...]
    seconds: int
    speed_cm_s: float
    sets: int = 1
    rest_s: int = 15
    return_s: float = 2.0
    pressure: tuple[int, int] | None = None
    path: tuple[tuple[float, float], ...] | None = None


class RoutineFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of one TOML file."""

    name: str
    settle: Settle
    steps: tuple[Step, ...]
    legs: Literal["one", "both"] = "both"
    summary: str = ""
    get_ready_s: int = 20
    switch_s: int = 20


class Routine(msgspec.Struct, frozen=True):
    """A valid routine.

    Attributes:
        id: the stem of the file's name, with the prefix `own/` for the user's own files.

    """

    id: str
    content: RoutineFile

    @property
    def one_leg(self) -> bool:
        """Whether it is meant for one leg only."""
        return self.content.legs == "one"

    @property
    def seconds_a_leg(self) -> int:
        """The seconds for one leg, including rests."""
        return self.content.settle.seconds + sum(
            step.sets * step.seconds + rests * step.rest_s
            for step, rests in zip(self.content.steps, self._rests(), strict=True)
        )

    def _rests(self) -> list[int]:
        """Return the number of rests of each step: one after every set but the leg's last."""
        counts = [step.sets for step in self.content.steps]
        counts[-1] -= 1
        return counts
