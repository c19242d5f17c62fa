"""Opens the journal for a command, and says what its file lacked of what was saved here."""

from itband_gui.commands.save_sentences import shortcomings
from itband_gui.journal.changes import Saved
from itband_gui.journal.durable import NotSavedError
from itband_gui.journal.loaded import Loaded
from itband_gui.journal.store import Store
from itband_gui.terminal import say
from itband_gui.wording.missed import missed_sentences, missing_sentences


def opened(store: Store) -> Loaded:
    """Open a journal; what this computer had saved and the file lacks is put back, and told."""
    loaded = store.load()
    if loaded.missed:
        try:
            saved = store.save(loaded.book)
            tell_missed(saved)
            for line in shortcomings(saved):
                say(line)
        except NotSavedError:
            for sentence in missing_sentences(loaded.missed):
                say(sentence)
    return loaded


def tell_missed(saved: Saved) -> None:
    """Say what a save has put back into the file, and what it has found gone from it."""
    for sentence in missed_sentences(saved.missed):
        say(sentence)
    if saved.missed.gone and not saved.backup_error:
        say("A copy of the journal as it was saved here is kept; journal restore --list names it.")
