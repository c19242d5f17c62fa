"""Places labels beside a picture so that none lies over another."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], pitch: float, height: float) -> list[float]:
    """Return where labels go in a column: near where each is wanted, in the same order.

    Args:
        wanted: the middle each label would like best, from top to bottom, in pixels.
        pitch: the room that one label takes.
        height: of the column; with more labels than it holds, the last ones leave it at the top.

    """
    placed: list[float] = []
    lowest = pitch / 2
    for y in wanted:
        placed.append(max(y, lowest))
        lowest = placed[-1] + pitch
    highest = height - pitch / 2
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], highest)
        highest = placed[i] - pitch
    return placed
