"""The child process that plays sounds or speaks through Qt's engines.

Why a process: without an answer from the sound service, Qt's sound waits for ever in its
constructor, and its speech engines for seconds; each would freeze the window (measured). Orders
come in and news go out as lines of JSON, each an object with `do` or `is`. It ends with its input.

Sounds go through one stream that stays open: tones at once, phrases in a row. Why not QSoundEffect:
with Qt 6.11.3 on PulseAudio its event loop spins for ever within half a minute of overlapping
sounds ("QSocketNotifier: Invalid socket"; in 9 of 10 runs here).
"""

import json
import os
import sys
import threading
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QByteArray, QCoreApplication, QIODevice, QObject, Qt, QTimer, Signal

from itband_gui.cues.problems import CueProblem

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink, QMediaDevices
    from PySide6.QtTextToSpeech import QTextToSpeech

RATE = 22_050  # of every file in assets/sounds; 16-bit mono
BUFFER_MS = 60  # our choice: short enough for a beat, long enough for a busy computer
FEED_MS = 15
LOUDEST, SOFTEST = 32_767, -32_768
Order = dict[str, Any]


class Role(StrEnum):
    """The roles of a child."""

    SOUNDS = "sounds"
    SPEECH = "speech"


class ChildWorker(Protocol):
    """Carries out orders."""

    def obey(self, order: Order) -> None:
        """Carry out one order; return at once."""
        ...


class Orders(QObject):
    """Reads the orders in a thread, the only way to wait for a pipe on Windows."""

    came = Signal(str)
    ended = Signal()

    def read_all(self) -> None:
        """Read until the window's end of the pipe is closed."""
        rest = b""
        while piece := os.read(0, 65_536):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                self.came.emit(line.decode())
        self.ended.emit()


def tell(**news: object) -> None:
    """Send news to the window; exit if the window is gone."""
    try:
        os.write(1, json.dumps(news).encode() + b"\n")
    except OSError:
        os._exit(0)


@dataclass(slots=True)
class _Track:
    number: int
    samples: "array[int]"
    at: int = 0


class Mixer:
    """Mixes overlapping sounds, each with a number.

    Args:
        begun: called with the number when the first samples of a sound are taken.
        ended: called with the number when its last are taken or when it is stopped.

    """

    def __init__(self, begun: Callable[[int], None], ended: Callable[[int], None]) -> None:
        self._begun, self._ended = begun, ended
        self._tracks: list[_Track] = []

    def play(self, number: int, samples: "array[int]") -> None:
        """Add a sound of 16-bit samples, from the next `take` on."""
        self._tracks.append(_Track(number, samples))

    def stop(self, number: int) -> None:
        """Stop a sound; does nothing if it has ended."""
        for track in [track for track in self._tracks if track.number == number]:
            self._tracks.remove(track)
            self._ended(number)

    def take(self, count: int) -> "array[int]":
        """Remove and return the next samples; silence if there is no sound."""
        mixed = array("h", bytes(2 * count))
        tracks, self._tracks = self._tracks, []
        for track in tracks:
            self._add(track, mixed)
        return mixed

    def _add(self, track: _Track, mixed: "array[int]") -> None:
        if track.at == 0:
            self._begun(track.number)
        piece = track.samples[track.at : track.at + len(mixed)]
        track.at += len(piece)
        for index, sample in enumerate(piece):
            mixed[index] = max(SOFTEST, min(LOUDEST, mixed[index] + sample))
        if track.at < len(track.samples):
            self._tracks.append(track)
        else:
            self._ended(track.number)


def make_speech(engine: str) -> "ChildSpeech | None":
    """Return the speaker, which reports when it is ready; or report why not and return None.

    An empty name means the system's default engine.
    """
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - a library may be missing
    except ImportError:
        tell(**{"is": "problem", "code": CueProblem.NO_SPEECH})
        return None
    return ChildSpeech(QTextToSpeech(engine) if engine else QTextToSpeech())


class ChildSpeech:
    """Carries out `say` (id, text), `stop`, `volume` (percent), `rate` (-1 to 1).

    For each `say` it reports `begun` and `ended` with the id.
    """

    def __init__(self, engine: "QTextToSpeech") -> None:
        self._engine = engine
        self._state = engine.State
        self._wanted: tuple[int, str] | None = None
        self._number = 0  # id of the current utterance
        self._was_ready = False
        engine.stateChanged.connect(self._changed)
        self._changed(engine.state())

    def obey(self, order: Order) -> None:
        """Carry out one order."""
        match order["do"]:
            case "say":
                self._stop()
                self._wanted = order["id"], order["text"]
                self._go_on()
            case "stop":
                self._stop()
            case "volume":
                self._engine.setVolume(order["percent"] / 100)
            case "rate":
                self._engine.setRate(order["rate"])

    def _go_on(self) -> None:
        """Say the waiting text once the engine is idle; a stop takes effect late (measured)."""
        if self._wanted is not None and self._engine.state() is self._state.Ready:
            (self._number, text), self._wanted = self._wanted, None
            self._engine.say(text)

    def _stop(self) -> None:
        if self._wanted is not None:
            tell(**{"is": "ended", "id": self._wanted[0]})
            self._wanted = None
        if self._number:
            number, self._number = self._number, 0
            self._engine.stop()
            tell(**{"is": "ended", "id": number})

    def _changed(self, state: "QTextToSpeech.State") -> None:
        if state is self._state.Error:
            tell(**{"is": "problem", "code": CueProblem.SPEECH_BROKE})
        elif state is self._state.Speaking and self._number:
            tell(**{"is": "begun", "id": self._number})
        elif state is self._state.Ready:
            self._rest()

    def _rest(self) -> None:
        if not self._was_ready:
            self._was_ready = True
            tell(**{"is": "ready"})
        if self._number:
            number, self._number = self._number, 0
            tell(**{"is": "ended", "id": number})
        self._go_on()


class UnreadableSoundError(Exception):
    """A file is missing or not a WAV in the format we use; `args[0]` names it."""


def make_sounds() -> "ChildSounds | None":
    """Return the player and report that it is ready; or report why not and return None."""
    try:
        from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 - a library may be missing
    except ImportError:
        _complain(CueProblem.NO_SOUND_LIBRARY)
        return None
    sounds = ChildSounds(QMediaDevices())
    return sounds if sounds.open() else None


class ChildSounds:
    """Carries out `load` (files), `tone` (id, file), `say` (id, files), `stop` and `volume`.

    `stop` ends only what `say` plays. For each `tone` and `say` it reports `begun` and `ended` with
    the id.
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
        """Open the stream on the default device and report the result."""
        # Only here may it fail to load, and `make_sounds` has tried it.
        from PySide6.QtMultimedia import (  # noqa: PLC0415 - may lack a library
            QAudioFormat,
            QAudioSink,
            QtAudio,
        )

        device = self._devices.defaultAudioOutput()
        if device.isNull():
            _complain(CueProblem.NO_SOUND_DEVICE)
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
            _complain(CueProblem.NO_SOUND_DEVICE)
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
            _complain(CueProblem.NO_PHRASES)

    def _begin(self, number: int, files: list[str]) -> None:
        self._mixer.stop(self._say)
        row = array("h")
        for file in files:
            row.extend(samples_of(file))
        self._say = number
        self._mixer.play(number, row)

    def _set_volume(self, percent: int) -> None:
        from PySide6.QtMultimedia import QtAudio  # noqa: PLC0415 - a library may be missing

        # Loudness is perceived on a logarithmic scale.
        scale = QtAudio.VolumeScale
        self._volume = QtAudio.convertVolume(
            percent / 100, scale.LogarithmicVolumeScale, scale.LinearVolumeScale
        )
        if self._sink is not None:
            self._sink.setVolume(self._volume)

    def _fill(self) -> None:
        """Give the stream as much as it has room for; a hung sound service accepts nothing."""
        if self._sink is not None and self._stream is not None:
            count = self._sink.bytesFree() // 2
            if count:
                self._stream.write(self._mixer.take(count).tobytes())

    def _follow(self) -> None:
        """Switch to a new default device, such as headphones just plugged in."""
        if self._devices.defaultAudioOutput().id() != self._device and self._sink:
            self._sink.stop()
            self.open()

    def _drained(self, number: int) -> None:
        """Report the end of a sound once the stream's buffer has been heard."""
        QTimer.singleShot(BUFFER_MS, lambda: tell(**{"is": "ended", "id": number}))


@cache
def samples_of(file: str) -> "array[int]":
    """Return a file's samples.

    Raises:
        UnreadableSoundError: it is missing, or not 16-bit mono at our rate.

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


def _complain(problem: CueProblem) -> None:
    tell(**{"is": "problem", "code": problem})


def main(arguments: list[str]) -> int:
    """Run the role named first until the input ends; a second argument names a speech engine."""
    app = QCoreApplication(arguments)
    worker = _make(*arguments)
    if worker is None:
        return 0
    orders = Orders()
    orders.came.connect(lambda line: worker.obey(json.loads(line)))
    orders.ended.connect(app.quit)
    threading.Thread(target=orders.read_all, daemon=True).start()
    return app.exec()


def _make(role: str, engine: str = "") -> ChildWorker | None:
    """Return the worker; or report that a part of Qt is missing and return None."""
    if role == Role.SOUNDS:
        return make_sounds()

    return make_speech(engine)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
