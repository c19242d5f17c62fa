"""The warning list's answers, put into the journal."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.register import SignKey, known_signs, register
from itband_gui.safety.screening import Present
from itband_gui.safety.signs import Safety
from itband_gui.safety.standing import StandingSign
from itband_gui.ui.journal_link import JournalLink


class SignKeeper:
    """Keeps the answers of one look at the list, as often as they change.

    Each time the journal is made to say what the last answers mean for the signs that were known
    at first: what was ticked and unticked in between never happened. What something else changed
    in the meantime, and no answer touches, stays as it is.
    """

    def __init__(self, link: JournalLink, safety: Safety) -> None:
        self._link = link
        self._safety = safety
        self.known: list[StandingSign] = known_signs(link.book, safety, link.now())
        self._opened: dict[SignKey, Sign] = {}
        self._changed: dict[str, Sign] = {}  # known entries as they were before an answer

    def keep(self, present: Sequence[Present], legs: Collection[Leg] = ()) -> Sequence[Entry]:
        """Keep the signs that are present; return what that changed.

        `legs` are those of a check-in that goes on to its session in spite of them.
        """
        added, amended = register(present, self.known, self._link.now(), legs=legs)
        wanted = {**self._changed, **{entry.id: entry for entry in amended}}
        new: list[Sign] = []
        for entry in added:
            opened = self._opened.get(_key(entry))
            if opened is None or opened.id not in self._link.book:
                new.append(entry)
            else:
                wanted[opened.id] = replace(
                    opened, resolved=entry.resolved, resolution=entry.resolution
                )
        keys = {_key(entry) for entry in added}
        dropped = [entry.id for key, entry in self._opened.items() if key not in keys]
        gone = [entry_id for entry_id in dropped if entry_id in self._link.book]
        changed = [entry for entry in wanted.values() if self._differs(entry)]
        self._opened = {key: entry for key, entry in self._opened.items() if key in keys}
        self._opened |= {_key(entry): entry for entry in new}
        first = {each.entry.id: each.entry for each in self.known}
        self._changed |= {entry.id: first[entry.id] for entry in amended}
        return self._link.take(new, changed, gone) if new or changed or gone else ()

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
            if each.entry.sign == sign_id and each.entry.id in self._link.book
        ]
        if seen:
            self._link.take((), seen)
        self.known = [each for each in self.known if each.entry.sign != sign_id]
        for entry in seen:
            self._changed.pop(entry.id, None)

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
