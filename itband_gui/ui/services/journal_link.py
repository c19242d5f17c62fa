"""The journal as the pages see it: every change is saved soon, and the outcome is told."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from itband_gui.insight.days import DAY, day_of
from itband_gui.journal.acknowledged import Missed
from itband_gui.journal.book import Book
from itband_gui.journal.changes import Change, Saved
from itband_gui.journal.entries import Entry, Kind, Resolution, Run, Sign
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.store import Store
from itband_gui.journal.validation import check
from itband_gui.leg.names import Leg
from itband_gui.safety.open_signs import StandingSign
from itband_gui.safety.register import SignKey, is_about, known_signs, register
from itband_gui.safety.signs import PresentSign, Safety
from itband_gui.ui.services.autosave import Autosave, SaveState


class ExternalChanges(msgspec.Struct, frozen=True):
    """What others did to the journal: numbers of entries; `overruled`: versions that lost."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    overruled: int = 0

    def __add__(self, other: "ExternalChanges") -> "ExternalChanges":
        return ExternalChanges(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.overruled + other.overruled,
        )


def news_between(
    before: Mapping[str, Entry], now: Mapping[str, Entry], overruled: int
) -> ExternalChanges:
    """Return what became of the entries, by id, that there were before."""
    staying = before.keys() & now.keys()
    return ExternalChanges(
        added=len(now.keys() - before.keys()),
        changed=sum(1 for key in staying if before[key] != now[key]),
        removed=len(before.keys() - now.keys()),
        overruled=overruled,
    )


__all__ = ["ExternalChanges", "JournalLink", "SaveState"]


class JournalLink(QObject):
    """Joins the book in memory with its file.

    A change is in the book when the call returns. It is saved from there in another thread: when
    this turn of the window is over, or a moment after the save before. Where that fails it stays in
    memory and is tried again. `save_state_changed` tells all that, `changed_elsewhere` what others
    changed, `put_back` what the file had lacked of what was saved on this computer, `backup_failed`
    that the copy that was due could not be kept, `unlocked` that the disk cannot keep two programs
    from saving at the same time, `unremembered` that what is saved is noted nowhere else, `locked`
    which folder refuses to take the journal before anything was to be saved.
    """

    changed = Signal()
    save_state_changed = Signal(SaveState)
    changed_elsewhere = Signal(ExternalChanges)
    put_back = Signal(Missed)
    beside = Signal(tuple)
    backup_failed = Signal()
    unlocked = Signal()
    unremembered = Signal()
    locked = Signal(Path)

    def __init__(self, book: Book, store: Store, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.book = book
        self.now = now
        self.autosave = Autosave(book, store, self)
        self.autosave.found.connect(self._take)
        self.autosave.state_changed.connect(self.save_state_changed)

    @property
    def today(self) -> date:
        """Which day it is now: as of every entry, by the clock that tells it."""
        return self.now().date()

    # Changing

    def add(self, entry: Entry) -> Entry:
        """Take a new entry in.

        Raises:
            EntryInvalidError: a field is not allowed, or it lies in the future.

        """
        return self.take([entry])[0]

    def amend(self, entry: Entry, made_from: Entry | None = None) -> Entry:
        """Replace the entry of the same id.

        `made_from`: what it was made from, where others may have changed that since; see `Book`.

        Raises:
            EntryInvalidError: a field is not allowed, or it lies in the future.
            EntryMissingError: no such entry, and no `made_from`.

        """
        self._check(entry)
        kept = self.book.amend(entry, made_from)
        self._changed()
        return kept

    def take(
        self, new: Iterable[Entry], amended: Iterable[Entry] = (), gone: Iterable[str] = ()
    ) -> list[Entry]:
        """Add, amend and remove, all or nothing, as one step to undo; return the entries as kept.

        Raises:
            EntryInvalidError: a field is not allowed, or one lies in the future.
            EntryExistsError: the id of a new one is taken.
            EntryMissingError: one to amend or to remove is not there.

        """
        new, amended = list(new), list(amended)
        for entry in (*new, *amended):
            self._check(entry)
        kept = self.book.add_all(new, amended, gone)
        self._changed()
        return kept

    def remove(self, entry_id: str) -> Entry:
        """Take an entry out; `undo` brings it back.

        Raises:
            EntryMissingError: no such entry.

        """
        gone = self.book.remove(entry_id)
        self._changed()
        return gone

    def restore(self, entries: Iterable[Entry]) -> None:
        """Make these the whole journal, as one step to undo.

        Raises:
            EntryInvalidError: a field is not allowed.

        """
        self.book.replace_all(entries)
        self._changed()

    def take_over(self, change: Callable[[Book], object], extra_lines: FileSnapshot) -> None:
        """Have the book changed as an import does; `extra_lines` is kept beside what it holds then.

        Whatever `change` raises leaves everything as it was.
        """
        change(self.book)
        self.autosave.bring(extra_lines)
        self._changed()

    def bring_back(self, entries: Iterable[Entry]) -> None:
        """Add those of once known entries that are not there, as one step to undo."""
        self.book.add_all([entry for entry in entries if entry.id not in self.book])
        self._changed()

    def use(self, overruled_id: str) -> Entry:
        """Put a version that lost a merge in the place of the one that stands.

        Raises:
            EntryMissingError: no such version.

        """
        kept = self.book.use(overruled_id)
        self._changed()
        return kept

    def dismiss(self, overruled_id: str) -> Entry:
        """Let go of a version that lost a merge, and return the one that stands.

        Raises:
            EntryMissingError: no such version.

        """
        kept = self.book.dismiss(overruled_id)
        self._changed()
        return kept

    def undo(self) -> tuple[Change, ...]:
        """Take the last step back and return what it had changed; empty where there is none."""
        changes = self.book.undo()
        if changes:
            self._changed()
        return changes

    def _check(self, entry: Entry) -> None:
        known = self.book.get(entry.id)  # what came in before the clock was set back stays in
        check(entry, max(self.now(), known.at) if known else self.now())

    def _changed(self) -> None:
        self.autosave.soon()
        self.changed.emit()

    # Saving

    @property
    def save_state(self) -> SaveState:
        """Whether everything is on the disk."""
        return self.autosave.state

    @Slot()
    def save(self) -> None:
        """Have what is not yet saved written now; after a failed look, look again."""
        self.autosave.save()

    def save_then(self, told: Callable[[bool], object]) -> None:
        """Save now and, when that has come to an end, call `told` with whether all is saved."""
        self.autosave.save_then(told)

    def save_without_them(self, *, bring_back: bool) -> None:
        """Save though something else took many entries out of the file; bring them back, or not."""
        self.autosave.answer(bring_back=bring_back)

    @Slot()
    def flush(self) -> bool:
        """Wait until all is on the disk, for seconds at most, and return whether it is.

        The window stands still meanwhile: for the moments after which it may be gone.
        """
        return self.autosave.flush()

    def remember(self) -> None:
        """Remember outside the journal's folder what could not be saved, for the next start."""
        self.autosave.remember()

    def settle(self) -> bool:
        """Wait until nothing is under way, as `flush`; what failed is not tried again."""
        return self.autosave.settle()

    @Slot()
    def take_in(self) -> None:
        """Have what others saved meanwhile taken in; what is not fit stays out."""
        self.autosave.look()

    @Slot(Saved, frozenset)
    def _take(self, saved: Saved, bring_back: frozenset[str]) -> None:
        """Take over what the file holds now; of what is gone from it some is to come back."""
        if saved.backup_error is not None:
            self.backup_failed.emit()
        if saved.unlocked:
            self.unlocked.emit()
        if saved.unremembered:
            self.unremembered.emit()
        if saved.missed:
            self.put_back.emit(saved.missed)
        if saved.beside:
            self.beside.emit(saved.beside)
        if not saved.merged_external:
            self.book.accept(saved)
            return
        before = self._entries()
        self.book.accept(saved)
        gone = [entry for entry in before.values() if entry.id not in self.book]
        self.book.add_all(entry for entry in gone if entry.id in bring_back)
        news = news_between(before, self._entries(), len(saved.overruled))
        self.changed.emit()
        self.changed_elsewhere.emit(news)

    def _entries(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.book}


class RunDayError(ValueError):
    """A rest day was to be kept on the day of a run."""


def same_day(link: JournalLink, entry: Entry, kind: Kind) -> Sequence[Entry]:
    """Return the entries of a kind on the day of an entry, each day by its own clock."""
    near = link.book.query(since=entry.at - 2 * DAY, kinds={kind})
    return [each for each in near if day_of(each) == day_of(entry)]


def keep_run(link: JournalLink, run: Run) -> tuple[Sequence[Entry], str]:
    """Keep a new run, and take back its day's rest day; return it as kept and what to say of that.

    Raises:
        EntryInvalidError: a field is not allowed, or it lies in the future.

    """
    rest_days = same_day(link, run, Kind.REST_DAY)
    kept = link.take([run], gone=[each.id for each in rest_days])
    if not rest_days:
        return kept, ""
    return kept, QCoreApplication.translate(
        "RunDays", "That day’s rest day was removed: a day with a run is no rest day."
    )


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

    def keep(self, present: Sequence[PresentSign], legs: Collection[Leg] = ()) -> Sequence[Entry]:
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

    def close(self, present: PresentSign) -> None:
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
        requested = replace(
            held, leg=entry.leg, resolved=entry.resolved, resolution=entry.resolution
        )
        return [] if requested == held else [requested]


def _key(entry: Sign) -> SignKey:
    return entry.sign, entry.leg
