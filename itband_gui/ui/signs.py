"""The warning list's answers, put into the journal."""

from collections.abc import Sequence

from itband_gui.journal.entries import Entry
from itband_gui.safety.register import known_signs, register
from itband_gui.safety.signs import WarningSign
from itband_gui.ui.journal_link import JournalLink


def keep_signs(
    link: JournalLink, present: tuple[WarningSign, ...], *, passed: bool
) -> Sequence[Entry]:
    """Open the signs that were ticked, end those that were unticked; return what that changed.

    `passed` says that a check-in went on to its session in spite of them.
    """
    added, amended = register(present, known_signs(link.book), link.now(), passed=passed)
    return link.take(added, amended) if added or amended else ()
