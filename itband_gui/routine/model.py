"""What a routine file holds: ordered steps of technique, zones and sets."""

from typing import Literal

import msgspec

from itband_gui.leg.names import Technique, Zone

# The allowed numbers, ends included. Sources: Behm 2020 (1-3 sets of 30-120 s, 2-4 s a pass),
# Löken 2009 and Ackerley 2014 (1-10 cm/s is felt as pleasant); the others are our choice.
RANGES: dict[str, tuple[float, float]] = {
    "get_ready_s": (5, 120),
    "switch_s": (5, 120),
    "seconds": (10, 120),
    "sets": (1, 4),
    "rest_s": (0, 120),
    "speed_cm_s": (1, 10),
    "return_s": (1, 5),
    "pressure": (1, 5),  # out of 10; nothing above 5 exists in this program
}
FIRM_LIMIT_S = 120  # firm work on one zone of one leg in a session (our choice, after Behm 2020)


class Settle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The light strokes that open each leg."""

    zones: tuple[Zone, ...]
    seconds: int
    speed_cm_s: float
    return_s: float = 2.0


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A technique on a zone, or on several that one stroke runs through, for some sets.

    Attributes:
        pressure: lowest and highest discomfort to stay within, out of 10; none for `light`.
        seconds: length of one set.
        rest_s: pause after each set.
        path: a stroke line of one's own instead of the zones' own, in centimetres on the leg's
            drawing (origin trochanter, x to the front, y downwards).

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
    """A routine that was found sound.

    Attributes:
        id: the file's stem; the user's own begin with `own/`.

    """

    id: str
    content: RoutineFile

    @property
    def one_leg(self) -> bool:
        """Whether it is meant for one leg only."""
        return self.content.legs == "one"

    @property
    def seconds_a_leg(self) -> int:
        """Seconds that one leg takes, its rests included."""
        return self.content.settle.seconds + sum(
            step.sets * step.seconds + rests * step.rest_s
            for step, rests in zip(self.content.steps, self._rests(), strict=True)
        )

    def _rests(self) -> list[int]:
        """Return how many rests each step has: one after every set but the leg's last."""
        counts = [step.sets for step in self.content.steps]
        counts[-1] -= 1
        return counts
