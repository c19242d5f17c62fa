"""The one place of the window that turns errors and load results into sentences."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.acknowledged import Missed
from itband_gui.journal.recovery import RecoveryOption
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import LoadCode, Loaded
from itband_gui.journal.tracked_file import ShrunkError
from itband_gui.routine.library import RoutineProblem
from itband_gui.routine.model import Routine
from itband_gui.routine.validation import RoutineFault
from itband_gui.ui.services.journal_link import ExternalChanges
from itband_gui.ui.services.settings import SettingsNews
from itband_gui.ui.text.dates import day_text_within, local_date, time_text
from itband_gui.wording.notices import missed_sentences
from itband_gui.wording.plain import one_line


def not_saved_text(error: NotSavedError) -> str:
    """Return why the journal is not saved and what to do; the entries stay in memory."""
    if not error.confirmed:
        return QCoreApplication.translate(
            "Errors",
            "Not confirmed: the disk did not say that the journal is safely written. It is tried "
            "again. Leave this window open.",
        )
    what_to_do = {
        NotSavedCode.FULL: QCoreApplication.translate(
            "Errors", "The disk is full. Free some space, and your journal is saved automatically."
        ),
        NotSavedCode.READ_ONLY: QCoreApplication.translate(
            "Errors", "The folder {folder} cannot be written to. Allow writing there."
        ),
        NotSavedCode.GONE: QCoreApplication.translate(
            "Errors",
            "The folder {folder} is gone. Bring it back, or plug its disk in again, and your "
            "journal is saved automatically.",
        ),
        NotSavedCode.BROKEN: QCoreApplication.translate(
            "Errors", "The disk reports an error. Copy the folder {folder} to another disk."
        ),
        NotSavedCode.BUSY: QCoreApplication.translate(
            "Errors", "Another program holds the journal. It is tried again."
        ),
        NotSavedCode.NEWER: QCoreApplication.translate(
            "Errors", "A newer version of this program has written the journal. Use that version."
        ),
        NotSavedCode.DAMAGED: QCoreApplication.translate(
            "Errors",
            "The journal file was damaged meanwhile and is not overwritten. Leave this window "
            "open, rename {file}, and it is saved anew.",
        ),
        NotSavedCode.UNREADABLE: QCoreApplication.translate(
            "Errors", "The journal file {file} cannot be read, so nothing is added to it."
        ),
        NotSavedCode.SHRINK: QCoreApplication.translate(
            "Errors",
            "Something other than this program has taken many entries out of the journal file: "
            "{missing}. Put them back, or let them go.",
        ),
    }.get(error.code, QCoreApplication.translate("Errors", "It is tried again."))
    told = QCoreApplication.translate(
        "Errors", "Not saved. {what_to_do} Your entries stay in this window until then."
    )
    missing = len(error.missing) if isinstance(error, ShrunkError) else 0
    return told.format(
        what_to_do=what_to_do.format(folder=error.path.parent, file=error.path, missing=missing)
    )


def load_text(loaded: Loaded) -> str:
    """Return what the window says about how the journal opened; nothing where all is well."""
    return " ".join(text for text in (_opened_text(loaded), _unlisted_text(loaded)) if text)


def _opened_text(loaded: Loaded) -> str:
    if loaded.code is LoadCode.DAMAGED:
        return _damaged_text(loaded)
    return {
        LoadCode.EDITED: QCoreApplication.translate(
            "Errors", "The journal was changed by something other than this program. It reads well."
        ),
        LoadCode.NEWER: QCoreApplication.translate(
            "Errors",
            "The journal was written by a newer version of this program. You can read it here, "
            "but not change it.",
        ),
        LoadCode.UNREADABLE: QCoreApplication.translate(
            "Errors",
            "The journal file is there but cannot be read: check its permissions and its disk. "
            "Nothing is overwritten; new entries stay in this window until it can be read.",
        ),
    }.get(loaded.code, "")


def _damaged_text(loaded: Loaded) -> str:
    kept = len(loaded.book)
    if loaded.lost and not kept:
        saved = QCoreApplication.translate("Errors", "No entry in it can be read.")
    else:
        saved = QCoreApplication.translate(
            "Errors", "Entries brought back: {kept}, beyond reading: {lost}."
        ).format(kept=kept, lost=loaded.lost)
    if loaded.set_aside is None:
        return QCoreApplication.translate(
            "Errors",
            "The journal file is damaged and could not be put aside; it is not overwritten. "
            "{saved} New entries stay in this window.",
        ).format(saved=saved)
    return QCoreApplication.translate(
        "Errors",
        "The journal file was damaged. It was put aside as {name}, untouched. {saved}",
    ).format(name=loaded.set_aside.name, saved=saved)


def _unlisted_text(loaded: Loaded) -> str:
    """Return that there are more faults than anything lists; each listed one costs memory."""
    if not loaded.unlisted:
        return ""
    return QCoreApplication.translate(
        "Errors",
        "More faults were found in it than can be listed: {n}. To see the first, type “{command}”.",
    ).format(n=len(loaded.problems) + loaded.unlisted, command=_check_command(loaded.set_aside))


def _check_command(file: Path | None) -> str:
    """Return what lists the faults of the journal, or of a file that was one."""
    return f'itband-gui journal check "{file}"' if file else "itband-gui journal check"


def settings_text(news: SettingsNews, name: str) -> str:
    """Return what is to be said about the settings file, or about the copy `name` of it."""
    return {
        SettingsNews.NO_SETTINGS: QCoreApplication.translate(
            "Errors",
            "The settings file did not contain settings, so the defaults are in use. What "
            "was in it is kept as {name}, beside the journal.",
        ),
        SettingsNews.NOT_SAVED: QCoreApplication.translate(
            "Errors",
            "The settings cannot be saved: check that {name}, beside the journal, is an ordinary "
            "file that you may write to, and that its disk is not full. What you choose here lasts "
            "until the window is closed.",
        ),
    }[news].format(name=name)


def offer_text(offer: RecoveryOption, count: int, now: datetime) -> str:
    """Return that a copy, or a journal beside it, holds entries which the journal lacks."""
    at = offer.at or now
    day, time = day_text_within(local_date(at), local_date(now)), time_text(at)
    if offer.name:
        return QCoreApplication.translate(
            "Errors",
            "“{name}” in the folder of your journal ({day}, {time}) has entries that are missing "
            "here: {n}.",
        ).format(name=one_line(offer.name), day=day, time=time, n=count)
    return QCoreApplication.translate(
        "Errors", "A copy of your journal ({day}, {time}) has entries that are missing here: {n}."
    ).format(day=day, time=time, n=count)


def news_text(news: ExternalChanges) -> str:
    """Return what others did to the journal; nothing where it is nothing to tell."""
    done = (
        QCoreApplication.translate("Errors", "{n} added").format(n=news.added),
        QCoreApplication.translate("Errors", "{n} changed").format(n=news.changed),
        QCoreApplication.translate("Errors", "{n} removed").format(n=news.removed),
    )
    counts = (news.added, news.changed, news.removed)
    told = []
    if any(counts):
        what = ", ".join(text for text, count in zip(done, counts, strict=True) if count)
        told.append(
            QCoreApplication.translate(
                "Errors", "Your journal was changed in another place: {what}."
            ).format(what=what)
        )
    if news.overruled:
        told.append(
            QCoreApplication.translate(
                "Errors",
                "Entries changed in two places: {n}. Both versions are kept: see Journal.",
            ).format(n=news.overruled)
        )
    return " ".join(told)


def missed_text(missed: Missed) -> str:
    """Return what the file lacked of what was saved on this computer, and what was taken out."""
    told = missed_sentences(missed)
    if missed.gone:
        told.append(
            QCoreApplication.translate(
                "Errors", "A copy of the journal as it was saved here is kept: see Settings."
            )
        )
    return " ".join(told)


def backup_text() -> str:
    """Return that the copy that was due was not made."""
    return QCoreApplication.translate(
        "Errors",
        "The journal is saved, but no backup copy could be made. Check the room and the "
        "permissions of the backups folder.",
    )


def nothing_left_text(routine: Routine) -> str:
    """Return why a routine cannot be followed today, and what can."""
    return QCoreApplication.translate(
        "Errors",
        "With a sore outer knee the lower band is left alone, and “{routine}” has nothing else. "
        "Choose another routine.",
    ).format(routine=routine.content.name)


def routine_text(problem: RoutineProblem) -> str:
    """Return one line: the file, the key, and what is allowed."""
    error = problem.error
    text = {
        RoutineFault.NOT_TOML: QCoreApplication.translate("Errors", "not a TOML file: {given}"),
        RoutineFault.NOT_READABLE: QCoreApplication.translate("Errors", "cannot be read: {given}"),
        RoutineFault.TOO_BIG: QCoreApplication.translate("Errors", "larger than {allowed}"),
        RoutineFault.UNKNOWN_KEY: QCoreApplication.translate(
            "Errors", "“{key}” is not known here; allowed: {allowed}"
        ),
        RoutineFault.MISSING_KEY: QCoreApplication.translate(
            "Errors", "“{key}” is missing; allowed: {allowed}"
        ),
        RoutineFault.NOT_ALLOWED: QCoreApplication.translate(
            "Errors", "“{key}” is {given}; allowed: {allowed}"
        ),
        RoutineFault.KEEP_OFF: QCoreApplication.translate(
            "Errors", "“{key}” presses on “{given}”, which is never pressed; lead it around"
        ),
        RoutineFault.OUTSIDE_ZONE: QCoreApplication.translate(
            "Errors", "“{key}” leaves its zone at {given}; allowed: within {allowed}"
        ),
        RoutineFault.TOO_MUCH_FIRM: QCoreApplication.translate(
            "Errors", "“{key}”: firm work on {given}; allowed: {allowed} a zone"
        ),
    }[error.fault]
    what = text.format(key=error.key, given=error.given, allowed=error.allowed)
    return QCoreApplication.translate("Errors", "Routine {file}: {what}").format(
        file=problem.file.name, what=what
    )


def awake_text() -> str:
    """Return that the screen may go dark; why is nothing a user can mend here."""
    return QCoreApplication.translate(
        "Errors", "The screen cannot be kept awake here and may go dark."
    )
