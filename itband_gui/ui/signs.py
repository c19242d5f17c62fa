"""The warning list's answers, put into the journal."""

from collections.abc import Sequence

from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Resolution, Sign
from itband_gui.safety.register import SignKey, known_signs, register
from itband_gui.safety.screening import Present
from itband_gui.safety.signs import Safety
from itband_gui.safety.standing import StandingSign
from itband_gui.ui.journal_link import JournalLink


class SignKeeper:
    """Keeps the answers of one look at the list, as often as they change.

    Each time the journal is made to say what the last answers mean for the signs that were known
    at first: what was ticked and unticked in between never happened.
    """

    def __init__(self, link: JournalLink, safety: Safety) -> None:
        self._link = link
        self.known: list[StandingSign] = known_signs(link.book, safety, link.now())
        self._safety = safety
        self._opened: dict[SignKey, Sign] = {}

    def keep(self, present: Sequence[Present], *, passed: bool) -> Sequence[Entry]:
        """Keep the signs that are present; return what that changed.

        `passed` says that a check-in went on to its session in spite of them.
        """
        added, amended = register(present, self.known, self._link.now(), passed=passed)
        wanted = {each.entry.id: each.entry for each in self.known}
        wanted |= {entry.id: entry for entry in amended}
        new, gone = [], []
        for entry in added:
            opened = self._opened.get(_key(entry))
            if opened is None:
                new.append(entry)
            else:
                kept = replace(opened, resolved=entry.resolved, resolution=entry.resolution)
                wanted[kept.id] = kept
        keys = {_key(entry) for entry in added}
        gone = [entry.id for key, entry in self._opened.items() if key not in keys]
        changed = [entry for entry in wanted.values() if self._differs(entry)]
        if not (new or changed or gone):
            return ()
        taken = self._link.take(new, changed, gone)
        self._opened = {key: entry for key, entry in self._opened.items() if key in keys}
        self._opened |= {_key(entry): entry for entry in new}
        return taken

    def close(self, sign_id: str) -> None:
        """Keep that a clinician has seen a sign that was known."""
        now = self._link.now()
        seen = [
            replace(
                each.entry,
                resolved=max(now, each.entry.at),
                resolution=Resolution.CLINICIAN_AGREED,
            )
            for each in self.known
            if each.entry.sign == sign_id
        ]
        self._link.take((), seen)
        self.known = known_signs(self._link.book, self._safety, now)

    def _differs(self, entry: Sign) -> bool:
        """Whether the journal says something else of an entry; one that is gone stays so."""
        held = self._link.book.get(entry.id)
        return isinstance(held, Sign) and (held.leg, held.resolved, held.resolution) != (
            entry.leg,
            entry.resolved,
            entry.resolution,
        )


def _key(entry: Sign) -> SignKey:
    return entry.sign, entry.leg
