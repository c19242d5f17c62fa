"""Mixes sounds, sample by sample; knows nothing of devices."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass

LOUDEST, SOFTEST = 32_767, -32_768


@dataclass(slots=True)
class _Track:
    number: int
    samples: "array[int]"
    at: int = 0


class Mixer:
    """Sounds over each other; each has a number of its own.

    Args:
        begun: called with a number when the first samples of a sound are taken.
        ended: called with a number when its last are taken, or when it is stopped.

    """

    def __init__(self, begun: Callable[[int], None], ended: Callable[[int], None]) -> None:
        self._begun, self._ended = begun, ended
        self._tracks: list[_Track] = []

    def play(self, number: int, samples: "array[int]") -> None:
        """Sound 16-bit samples from the next `take` on."""
        self._tracks.append(_Track(number, samples))

    def stop(self, number: int) -> None:
        """End one sound; nothing happens where it has ended."""
        for track in [track for track in self._tracks if track.number == number]:
            self._tracks.remove(track)
            self._ended(number)

    def take(self, count: int) -> "array[int]":
        """Return the next samples, silence where nothing sounds; they are gone then."""
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
