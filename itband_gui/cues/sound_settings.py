"""What a user may choose about sound."""

from enum import StrEnum

import msgspec


class Source(StrEnum):
    """Where the voice comes from; `CHAIN` says what is tried for each."""

    AUTOMATIC = "automatic"  # the best that this machine has
    SYSTEM = "system"  # the desktop's own speech
    RECORDED = "recorded"  # phrases that came with the program
    TONES = "tones"  # no voice
    SILENT = "silent"


class Rate(StrEnum):
    """How fast the desktop's speech is; recorded phrases have one speed only."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


# What is tried in turn for a chosen source; tones, where there are any, need no place here.
CHAIN: dict[Source, tuple[Source, ...]] = {
    Source.AUTOMATIC: (Source.SYSTEM, Source.RECORDED),
    Source.SYSTEM: (Source.SYSTEM, Source.RECORDED),
    Source.RECORDED: (Source.RECORDED,),
    Source.TONES: (),
    Source.SILENT: (),
}


class SoundChoice(msgspec.Struct, frozen=True):
    """The settings of sound; `volume` is 0 to 100."""

    source: Source = Source.AUTOMATIC
    rate: Rate = Rate.NORMAL
    volume: int = 80
