"""What a user may choose about sound."""

from enum import StrEnum

import msgspec


class VoiceSource(StrEnum):
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
CHAIN: dict[VoiceSource, tuple[VoiceSource, ...]] = {
    VoiceSource.AUTOMATIC: (VoiceSource.SYSTEM, VoiceSource.RECORDED),
    VoiceSource.SYSTEM: (VoiceSource.SYSTEM, VoiceSource.RECORDED),
    VoiceSource.RECORDED: (VoiceSource.RECORDED,),
    VoiceSource.TONES: (),
    VoiceSource.SILENT: (),
}


class SoundChoice(msgspec.Struct, frozen=True):
    """The settings of sound; `volume` is 0 to 100."""

    source: VoiceSource = VoiceSource.AUTOMATIC
    rate: Rate = Rate.NORMAL
    volume: int = 80
