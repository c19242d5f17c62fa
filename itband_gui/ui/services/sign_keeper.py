"""Saves the answers to the warning list."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from itband_gui.journal.entries import Entry, Resolution, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.open_signs import StandingSign
from itband_gui.safety.register import SignKey, is_about, known_signs, register
from itband_gui.safety.signs import PresentSign, Safety
from itband_gui.ui.services.journal_link import JournalLink


class SignKeeper:
    """Saves the answers to one showing of the list, as often as they change.

    Each save sets the journal to the latest answers, applied to the signs known at first: a sign
    that was ticked and unticked in between leaves no trace. Changes by others that no answer
    touches stay as they are.
    """

    def __init__(self, link: JournalLink, safety: Safety) -> None:
        self._link = link
        self.known: list[StandingSign] = known_signs(link.book, safety, link.now())
        self._safety = safety
        self._opened: dict[SignKey, Sign] = {}
        self._touched: set[str] = set()  # known signs that these answers have changed at some point

    def keep(self, present: Sequence[PresentSign], legs: Collection[Leg] = ()) -> Sequence[Entry]:
        """Save the present signs; return the changed entries.

        `legs` are those massaged next, if the check-in continues to its session.
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

    def close(self, present: PresentSign) -> None:
        """Save that a clinician has seen a known sign, on the legs that it is on."""
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
        """Return the journal's entry with these changes; empty if it needs none or is gone."""
        held = self._link.book.get(entry.id)
        if not isinstance(held, Sign):
            return []
        requested = replace(
            held, leg=entry.leg, resolved=entry.resolved, resolution=entry.resolution
        )
        return [] if requested == held else [requested]


def _key(entry: Sign) -> SignKey:
    return entry.sign, entry.leg
