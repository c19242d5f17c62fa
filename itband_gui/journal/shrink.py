"""Tells a save that would lose entries which nobody took out."""

MOST_PERCENT = 10
MOST_ENTRIES = 20
TINY = 10  # entries; below it one of them is more than 10 %


def needs_consent(held: int, staying: int, removed: int) -> bool:
    """Whether a save has to be agreed to, and a copy of the file pinned, before it is made.

    It has where more than 10 % or more than 20 of the file's entries would go unasked. In a journal
    of fewer than 10 entries, where a single one is more than 10 %, only where the last would go.

    Args:
        held: entries in the file now.
        staying: those of them that will still be in it; what is added makes up for nothing.
        removed: those of them that the user took out.

    """
    unasked = held - staying - removed
    if held < TINY:
        return unasked > 0 and staying == 0
    return unasked > MOST_ENTRIES or unasked * 100 > held * MOST_PERCENT
