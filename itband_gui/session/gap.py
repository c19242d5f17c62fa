"""Tells a late tick from a machine that slept or stood still."""

GAP_MS = (
    2_000  # our choice: longer than any stall of a busy desktop, shorter than half a stroke set
)


def is_gap(last_ms: int, now_ms: int) -> bool:
    """Whether so much time passed between two ticks that nobody can have followed."""
    return now_ms - last_ms > GAP_MS
