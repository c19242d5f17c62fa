"""The user's sound settings."""

from enum import StrEnum

import msgspec


class VoiceSource(StrEnum):
    """The sources of the voice; `CHAIN` lists the ones to try for each choice."""

    AUTOMATIC = "automatic"  # the best available
    SYSTEM = "system"  # the desktop's speech
    RECORDED = "recorded"  # phrases supplied with the program
    TONES = "tones"  # no voice
    SILENT = "silent"


class Rate(StrEnum):
    """The speed of the desktop's speech; recorded phrases have only one speed."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


# The voices to try in turn for each choice; tones do not depend on it.
CHAIN: dict[VoiceSource, tuple[VoiceSource, ...]] = {
    VoiceSource.AUTOMATIC: (VoiceSource.SYSTEM, VoiceSource.RECORDED),
    VoiceSource.SYSTEM: (VoiceSource.SYSTEM, VoiceSource.RECORDED),
    VoiceSource.RECORDED: (VoiceSource.RECORDED,),
    VoiceSource.TONES: (),
    VoiceSource.SILENT: (),
}


class SoundChoice(msgspec.Struct, frozen=True):
    """The sound settings; `volume` is 0 to 100."""

    source: VoiceSource = VoiceSource.AUTOMATIC
    rate: Rate = Rate.NORMAL
    volume: int = 80
