"""Sentences about files that were read or could not be saved."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from itband_gui.journal.acknowledged import Missed
from itband_gui.journal.recovery import RecoveryOption
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.store import LoadCode, Loaded
from itband_gui.ui.services.journal_link import ExternalChanges
from itband_gui.ui.services.settings import SettingsNews
from itband_gui.ui.text.dates import day_text_within, local_date, time_text
from itband_gui.wording.notices import missed_sentences
from itband_gui.wording.plain import one_line
from itband_gui.wording.saving import newer_text, no_backup_text, not_saved_text


def unsaved_text(error: NotSavedError) -> str:
    """Return why the journal is not saved and what to do; the entries stay in memory."""
    told = not_saved_text(error)
    if not error.confirmed:
        again = QCoreApplication.translate("Errors", "Trying again. Leave this window open.")
        return f"{told} {again}"
    if error.code is NotSavedCode.DAMAGED:
        rename = QCoreApplication.translate("Errors", "Rename it; a new one will then be written.")
        told = f"{told} {rename}"
    kept = QCoreApplication.translate(
        "Errors", "Your entries stay in this window and are saved as soon as possible."
    )
    return f"{told} {kept}"


def load_text(loaded: Loaded) -> str:
    """Return what the window says about how the journal opened; nothing where all is well."""
    return " ".join(text for text in (_opened_text(loaded), _unlisted_text(loaded)) if text)


def _opened_text(loaded: Loaded) -> str:
    if loaded.code is LoadCode.DAMAGED:
        return _damaged_text(loaded)
    if loaded.code is LoadCode.NEWER:
        return newer_text()
    return {
        LoadCode.EDITED: QCoreApplication.translate(
            "Errors", "Another program changed your journal. All entries are still readable."
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
            "Errors", "Entries recovered: {kept}; entries that cannot be read: {lost}."
        ).format(kept=kept, lost=loaded.lost)
    if loaded.set_aside is None:
        return QCoreApplication.translate(
            "Errors",
            "The journal file is damaged and could not be set aside. It is not overwritten. "
            "{saved} New entries stay in this window.",
        ).format(saved=saved)
    return QCoreApplication.translate(
        "Errors",
        "The journal file was damaged. It was set aside unchanged as {name}. {saved}",
    ).format(name=loaded.set_aside.name, saved=saved)


def _unlisted_text(loaded: Loaded) -> str:
    """Say that there are more faults than anything lists; each listed one costs memory."""
    if not loaded.unlisted:
        return ""
    return QCoreApplication.translate(
        "Errors",
        "The file has too many faults to list: {n}. To see the first ones, type “{command}”.",
    ).format(n=len(loaded.problems) + loaded.unlisted, command=_check_command(loaded.set_aside))


def _check_command(file: Path | None) -> str:
    """Return what lists the faults of the journal, or of a file that was one."""
    return f'itband-gui journal check "{file}"' if file else "itband-gui journal check"


def settings_text(news: SettingsNews, name: str) -> str:
    """Return what is to be said about the settings file, or about the copy `name` of it."""
    return {
        SettingsNews.NO_SETTINGS: QCoreApplication.translate(
            "Errors",
            "The settings file did not contain settings, so the defaults are in use. Its old "
            "content is kept as {name}, next to the journal.",
        ),
        SettingsNews.NOT_SAVED: QCoreApplication.translate(
            "Errors",
            "The settings cannot be saved. Check that {name}, next to the journal, is an ordinary "
            "file that you may write to, and that its disk is not full. Until then, your choices "
            "last until you close the window.",
        ),
    }[news].format(name=name)


def option_text(offer: RecoveryOption, count: int, now: datetime) -> str:
    """Say that a copy, or a journal beside it, holds entries which the journal lacks."""
    at = offer.at or now
    day, time = day_text_within(local_date(at), local_date(now)), time_text(at)
    if offer.name:
        return QCoreApplication.translate(
            "Errors",
            "“{name}” in your journal’s folder ({day}, {time}) has entries that are missing here: "
            "{n}.",
        ).format(name=one_line(offer.name), day=day, time=time, n=count)
    return QCoreApplication.translate(
        "Errors", "A copy of your journal ({day}, {time}) has entries that are missing here: {n}."
    ).format(day=day, time=time, n=count)


def external_text(news: ExternalChanges) -> str:
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
                "Errors", "Your journal was changed elsewhere: {what}."
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
                "Errors", "A copy of the journal as saved here is kept: see Settings."
            )
        )
    return " ".join(told)


def backup_text() -> str:
    """Say that the copy that was due was not made."""
    check = QCoreApplication.translate(
        "Errors", "Check the free space and permissions of the backups folder."
    )
    return f"{no_backup_text()} {check}"
