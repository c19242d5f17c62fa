"""Where the reader is among the tracks; pure."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from itband_gui.ui.history.tracks import Track


@dataclass(frozen=True)
class Cursor:
    """One entry of one track."""

    track: Track
    index: int

    @property
    def x(self) -> float:
        """Where it is on the axis of days."""
        return self.track.xs[self.index]


def stepped(cursor: Cursor, step: int) -> Cursor:
    """Return the next entry of the track in a direction; the same at its end."""
    return Cursor(cursor.track, max(0, min(cursor.index + step, len(cursor.track.xs) - 1)))


def switched(cursor: Cursor, tracks: Sequence[Track], step: int) -> Cursor:
    """Return the entry nearest in time of the next track in a direction that has any."""
    filled = [track for track in tracks if track.entries]
    at = next((i for i, track in enumerate(filled) if track is cursor.track), 0)
    track = filled[max(0, min(at + step, len(filled) - 1))]
    return nearest(track, cursor.x)


def nearest(track: Track, x: float) -> Cursor:
    """Return the entry of a track that is nearest to a place on the axis of days."""
    after = bisect_left(track.xs, x)
    around = [i for i in (after - 1, after) if 0 <= i < len(track.xs)]
    return Cursor(track, min(around, key=lambda i: abs(track.xs[i] - x)))


def latest(tracks: Sequence[Track], before: float) -> Cursor | None:
    """Return the last entry before a place, of the first track that has one; else any last one."""
    for end in (before, float("inf")):
        for track in tracks:
            index = bisect_left(track.xs, end) - 1
            if index >= 0:
                return Cursor(track, index)
    return None


def again(cursor: Cursor | None, tracks: Sequence[Track]) -> Cursor | None:
    """Return the same entry in newly made tracks, or None where it is gone."""
    if cursor is None:
        return None
    wanted = cursor.track.entries[cursor.index].id
    for track in tracks:
        if (track.what, track.leg) == (cursor.track.what, cursor.track.leg):
            for index, entry in enumerate(track.entries):
                if entry.id == wanted:
                    return Cursor(track, index)
    return None
