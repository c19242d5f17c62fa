"""The words for how a hand works; their values are what files and the journal hold."""

from enum import StrEnum


class Technique(StrEnum):
    """The shape of the hand; `LIGHT` is a flat hand without pressure."""

    HEEL_OF_HAND = "heel-of-hand"
    KNUCKLES = "knuckles"
    LIGHT = "light"

    @property
    def firm(self) -> bool:
        """Whether it presses, so that the limits on firm work apply."""
        return self is not Technique.LIGHT
