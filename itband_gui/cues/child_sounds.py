"""Plays WAV files through one stream that stays open: tones at once, phrases in a row.

Why not QSoundEffect: with Qt 6.11.3 on PulseAudio its event loop spins for ever within half a
minute of overlapping sounds ("QSocketNotifier: Invalid socket"; in 9 of 10 runs here).
"""

import wave
from array import array
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QIODevice, Qt, QTimer

from itband_gui.cues.child import Order, tell
from itband_gui.cues.mixer import Mixer
from itband_gui.cues.problems import Problem

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink, QMediaDevices

RATE = 22_050  # of every file in assets/sounds; 16 bits, mono
BUFFER_MS = 60  # our choice: short enough for a beat, long enough for a busy machine
FEED_MS = 15


class UnreadableSoundError(Exception):
    """A file is missing or is no WAV of the one kind; `args[0]` names it."""


def make_sounds() -> "Sounds | None":
    """Return the player, and tell that it is ready; or None, and tell why not."""
    try:
        from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 - lacking a library it fails
    except ImportError:
        _complain(Problem.NO_SOUND_LIBRARY)
        return None
    sounds = Sounds(QMediaDevices())
    return sounds if sounds.open() else None


class Sounds:
    """Obeys `load` (files), `tone` (id, file), `say` (id, files), `stop` (say only), `volume`.

    Each `tone` and `say` is told to have `begun` and `ended` with its id.
    """

    def __init__(self, devices: "QMediaDevices") -> None:
        self._devices = devices
        self._mixer = Mixer(_begun, self._drained)
        self._sink: QAudioSink | None = None
        self._stream: QIODevice | None = None
        self._device = QByteArray()
        self._feed = QTimer(interval=FEED_MS, timerType=Qt.TimerType.PreciseTimer)
        self._feed.timeout.connect(self._fill)
        self._volume = 1.0
        self._say = 0
        devices.audioOutputsChanged.connect(self._follow)

    def open(self) -> bool:
        """Open the stream on the default device; tell how it went."""
        # Only here may it fail to load, and `make_sounds` has tried it.
        from PySide6.QtMultimedia import (  # noqa: PLC0415 - see above
            QAudioFormat,
            QAudioSink,
            QtAudio,
        )

        device = self._devices.defaultAudioOutput()
        if device.isNull():
            _complain(Problem.NO_SOUND_DEVICE)
            return False
        kind = QAudioFormat()
        kind.setSampleRate(RATE)
        kind.setChannelCount(1)
        kind.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._device = device.id()
        self._sink = sink = QAudioSink(device, kind)
        sink.setBufferSize(kind.bytesForDuration(BUFFER_MS * 1000))
        sink.setVolume(self._volume)
        self._stream = sink.start()
        if sink.state() is QtAudio.State.StoppedState:
            _complain(Problem.NO_SOUND_DEVICE)
            return False
        self._feed.start()
        tell(**{"is": "ready"})
        return True

    def obey(self, order: Order) -> None:
        """Carry out one order."""
        try:
            match order["do"]:
                case "load":
                    for file in order["files"]:
                        samples_of(file)
                case "tone":
                    self._mixer.play(order["id"], samples_of(order["file"]))
                case "say":
                    self._begin(order["id"], order["files"])
                case "stop":
                    self._mixer.stop(self._say)
                case "volume":
                    self._set_volume(order["percent"])
        except UnreadableSoundError:
            _complain(Problem.NO_PHRASES)

    def _begin(self, number: int, files: list[str]) -> None:
        self._mixer.stop(self._say)
        row = array("h")
        for file in files:
            row.extend(samples_of(file))
        self._say = number
        self._mixer.play(number, row)

    def _set_volume(self, percent: int) -> None:
        from PySide6.QtMultimedia import QtAudio  # noqa: PLC0415 - it is there, or we were not made

        # Ears hear loudness by its logarithm.
        scale = QtAudio.VolumeScale
        self._volume = QtAudio.convertVolume(
            percent / 100, scale.LogarithmicVolumeScale, scale.LinearVolumeScale
        )
        if self._sink is not None:
            self._sink.setVolume(self._volume)

    def _fill(self) -> None:
        """Give the stream what it has room for; a hung sound service takes nothing."""
        if self._sink is not None and self._stream is not None:
            count = self._sink.bytesFree() // 2
            if count:
                self._stream.write(self._mixer.take(count).tobytes())

    def _follow(self) -> None:
        """Go over to another device where that is the default now, as headphones are."""
        if self._devices.defaultAudioOutput().id() != self._device and self._sink:
            self._sink.stop()
            self.open()

    def _drained(self, number: int) -> None:
        """Tell the end of a sound when what the stream has taken ahead is heard too."""
        QTimer.singleShot(BUFFER_MS, lambda: tell(**{"is": "ended", "id": number}))


@cache
def samples_of(file: str) -> "array[int]":
    """Return a file's samples.

    Raises:
        UnreadableSoundError: it is missing, or not 16-bit mono at the one rate.

    """
    try:
        with wave.open(file, "rb") as sound:
            if (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) != (1, 2, RATE):
                raise UnreadableSoundError(file)
            return array("h", sound.readframes(sound.getnframes()))
    except (OSError, EOFError, wave.Error) as error:
        raise UnreadableSoundError(file) from error


def _begun(number: int) -> None:
    tell(**{"is": "begun", "id": number})


def _complain(problem: Problem) -> None:
    tell(**{"is": "problem", "code": problem})
