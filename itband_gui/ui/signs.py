"""The warning list's answers, put into the journal."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.register import SignKey, is_about, known_signs, register
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
        self.known: list[StandingSign] = known_signs(link.book, safety, link.now())
        self._safety = safety
        self._opened: dict[SignKey, Sign] = {}
        self._touched: set[str] = set()  # known ones that these answers changed at some time

    def keep(self, present: Sequence[Present], legs: Collection[Leg] = ()) -> Sequence[Entry]:
        """Keep the signs that are present; return what that changed.

        `legs` are those of a check-in that goes on to its session in spite of them.
        """
        added, amended = register(present, self.known, self._link.now(), legs=legs)
        book = self._link.book
        wanted = {e.entry.id: e.entry for e in self.known if e.entry.id in self._touched}
        wanted |= {entry.id: entry for entry in amended}
        self._touched |= wanted.keys()
        before = {key: entry for key, entry in self._opened.items() if entry.id in book}
        self._opened, new = {}, []
        for entry in added:
            key, opened = _key(entry), before.get(_key(entry))
            if opened is None:
                self._opened[key] = entry
                new.append(entry)
            else:
                self._opened[key] = opened
                wanted[opened.id] = replace(
                    opened, resolved=entry.resolved, resolution=entry.resolution
                )
        gone = [entry.id for key, entry in before.items() if key not in self._opened]
        changed = [held for entry in wanted.values() for held in self._held(entry)]
        return self._link.take(new, changed, gone) if new or changed or gone else ()

    def close(self, present: Present) -> None:
        """Keep that a clinician has seen a sign that was known, on the legs that it is on."""
        now = self._link.now()
        seen = [
            replace(
                each.entry,
                resolved=max(now, each.entry.at),
                resolution=Resolution.CLINICIAN_AGREED,
            )
            for each in self.known
            if is_about(each, present)
        ]
        held = [each for entry in seen for each in self._held(entry)]
        if held:
            self._link.take((), held)
        left = [each for each in self.known if not is_about(each, present)]
        fresh = known_signs(self._link.book, self._safety, now)
        self.known = [*left, *(each for each in fresh if is_about(each, present))]

    def _held(self, entry: Sign) -> list[Sign]:
        """Return the journal's entry as it should be; nothing where it is so, or taken out."""
        held = self._link.book.get(entry.id)
        if not isinstance(held, Sign):
            return []
        wished = replace(held, leg=entry.leg, resolved=entry.resolved, resolution=entry.resolution)
        return [] if wished == held else [wished]


def _key(entry: Sign) -> SignKey:
    return entry.sign, entry.leg
