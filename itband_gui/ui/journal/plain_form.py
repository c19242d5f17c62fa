"""The form with nothing but a time and a note: of a rest day, and of a session."""

from msgspec.structs import replace

from itband_gui.journal.entries import RestDay, Session
from itband_gui.ui.journal.form import EntryForm, Now


class PlainForm(EntryForm):
    """Amends time and note; what was done in a session stays what was done."""

    def __init__(self, title: str, entry: RestDay | Session, words: str, now: Now) -> None:
        super().__init__(title, entry.at, entry.note, now)
        self._entry = entry
        if words:
            self.add_words(words)
        self.add_when_and_note()

    def entry(self) -> RestDay | Session:
        """Return the entry with its time and note as typed."""
        return replace(self._entry, at=self.when.moment, note=self.note.text)
