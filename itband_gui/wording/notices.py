"""Sentences about the journal's file: other journals, lost entries, future dates."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from itband_gui.insight.days import SKEW, day_of
from itband_gui.journal.acknowledged import Missed
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Entry
from itband_gui.journal.siblings import Fate, SiblingJournal
from itband_gui.wording.translation import language, translate

_NAMED = 3  # files; the others are only counted


def sibling_sentences(
    found: Iterable[SiblingJournal], shown: Callable[[str], str] = str
) -> list[str]:
    """Return a sentence or two for each fate, with the names of the files.

    `shown` makes a name, which may hold any character, safe to display.
    """
    groups = dict[tuple[Fate, str], list[SiblingJournal]]()
    for each in found:
        folder = str(each.moved.parent) if each.moved else ""
        groups.setdefault((each.fate, folder), []).append(each)
    return [
        _sentence(fate, len(group), moved=bool(folder)).format(
            names=_names(group, shown),
            more=language().count(sum(each.more for each in group)),
            folder=shown(folder),
        )
        for (fate, folder), group in groups.items()
    ]


def _names(found: Sequence[SiblingJournal], shown: Callable[[str], str]) -> str:
    names = ", ".join(f"“{shown(each.path.name)}”" for each in found[:_NAMED])
    more = len(found) - _NAMED
    if more <= 0:
        return names
    return translate("SiblingJournal", "{names} and %Ln more", "", more).format(names=names)


def _sentence(fate: Fate, count: int, *, moved: bool) -> str:
    if moved:
        return _moved(count)
    if fate in (Fate.TAKEN_IN, Fate.OTHER, Fate.LEFT):
        return _fit(fate) if count == 1 else _fit_all(fate, count)
    return _unfit(fate) if count == 1 else _unfit_all(fate, count)


def _moved(count: int) -> str:
    if count == 1:
        return translate(
            "SiblingJournal",
            "A sync tool left {names} next to your journal. Entries or changes added from it: "
            "{more}. It was moved to {folder}.",
        )
    return translate(
        "SiblingJournal",
        "A sync tool left %Ln copies next to your journal: {names}. Entries or changes added from "
        "them: {more}. They were moved to {folder}.",
        "",
        count,
    )


def _fit(fate: Fate) -> str:
    return {
        Fate.TAKEN_IN: translate(
            "SiblingJournal",
            "{names}, in your journal’s folder, is also a journal. Entries or changes added from "
            "it: {more}. The file stays where it is.",
        ),
        Fate.OTHER: translate(
            "SiblingJournal",
            "{names}, in your journal’s folder, is a different journal, so nothing was added from "
            "it. Entries or changes in it that yours doesn’t have: {more}. Import it if they are "
            "yours.",
        ),
        Fate.LEFT: translate(
            "SiblingJournal",
            "{names} was there before your journal was started, so nothing was added from it. "
            "Entries or changes in it: {more}. Import it if they are yours.",
        ),
    }[fate]


def _fit_all(fate: Fate, count: int) -> str:
    return {
        Fate.TAKEN_IN: translate(
            "SiblingJournal",
            "%Ln more journals are in your journal’s folder: {names}. Entries or changes added "
            "from them: {more}. The files stay where they are.",
            "",
            count,
        ),
        Fate.OTHER: translate(
            "SiblingJournal",
            "%Ln different journals are in your journal’s folder, so nothing was added from them: "
            "{names}. Entries or changes in them that yours doesn’t have: {more}. Import them if "
            "they are yours.",
            "",
            count,
        ),
        Fate.LEFT: translate(
            "SiblingJournal",
            "%Ln journals were there before yours was started, so nothing was added from them: "
            "{names}. Entries or changes in them: {more}. Import them if they are yours.",
            "",
            count,
        ),
    }[fate]


def _unfit(fate: Fate) -> str:
    return {
        Fate.DAMAGED: translate(
            "SiblingJournal",
            "{names}, in your journal’s folder, is a damaged journal. Nothing was added from it, "
            "and it stays as it is.",
        ),
        Fate.NEWER: translate(
            "SiblingJournal",
            "A newer version of this program wrote {names} in your journal’s folder. Nothing was "
            "added from it; use that version.",
        ),
        Fate.UNREADABLE: translate(
            "SiblingJournal",
            "{names}, in your journal’s folder, can’t be read, so nothing was added from it. Make "
            "it readable.",
        ),
        Fate.EMPTY: translate(
            "SiblingJournal",
            "{names}, in your journal’s folder, is named like a copy of it but is empty.",
        ),
    }[fate]


def _unfit_all(fate: Fate, count: int) -> str:
    return {
        Fate.DAMAGED: translate(
            "SiblingJournal",
            "%Ln damaged journals are in your journal’s folder: {names}. Nothing was added from "
            "them, and they stay as they are.",
            "",
            count,
        ),
        Fate.NEWER: translate(
            "SiblingJournal",
            "A newer version of this program wrote %Ln journals in your journal’s folder: "
            "{names}. Nothing was added from them; use that version.",
            "",
            count,
        ),
        Fate.UNREADABLE: translate(
            "SiblingJournal",
            "%Ln files in your journal’s folder can’t be read, so nothing was added from them: "
            "{names}. Make them readable.",
            "",
            count,
        ),
        Fate.EMPTY: translate(
            "SiblingJournal",
            "%Ln files in your journal’s folder are named like copies of it but are empty: "
            "{names}.",
            "",
            count,
        ),
    }[fate]


def missed_sentences(missed: Missed) -> list[str]:
    """Return sentences on what was put back and what was removed elsewhere, once it is saved."""
    told = (_back(len(missed.back)), _changed(len(missed.changed)), gone_sentence(missed))
    return [sentence for sentence in told if sentence]


def missing_sentences(missed: Missed) -> list[str]:
    """Return sentences on what an unwritable file still lacks and what was removed elsewhere."""
    count = len(missed.back) + len(missed.changed)
    told = (_still_missing(count), gone_sentence(missed))
    return [sentence for sentence in told if sentence]


def gone_sentence(missed: Missed) -> str:
    """Say how many entries another program or device removed; "" if none."""
    count = len(missed.gone)
    if count == 1:
        return translate(
            "Missed", "1 entry saved on this computer was removed by another program or device."
        )
    if count:
        return translate(
            "Missed",
            "%Ln entries saved on this computer were removed by another program or device.",
            "",
            count,
        )
    return ""


def _back(count: int) -> str:
    if count == 1:
        return translate(
            "Missed",
            "1 entry saved on this computer was missing from the file and has been put back.",
        )
    if count:
        return translate(
            "Missed",
            "%Ln entries saved on this computer were missing from the file and have been put back.",
            "",
            count,
        )
    return ""


def _changed(count: int) -> str:
    if count == 1:
        return translate(
            "Missed",
            "1 change saved on this computer was missing from the file and has been put back.",
        )
    if count:
        return translate(
            "Missed",
            "%Ln changes saved on this computer were missing from the file and have been put back.",
            "",
            count,
        )
    return ""


def _still_missing(count: int) -> str:
    if count == 1:
        return translate(
            "Missed",
            "1 entry or change saved on this computer is missing from the file, which can’t be "
            "written right now. This computer still has it.",
        )
    if count:
        return translate(
            "Missed",
            "%Ln entries or changes saved on this computer are missing from the file, which can’t "
            "be written right now. This computer still has them.",
            "",
            count,
        )
    return ""


def ahead_of(book: Book, now: datetime) -> list[Entry]:
    """Return the entries dated further ahead than two clocks may differ, oldest first."""
    return book.query(since=now + SKEW)


def ahead_text(entries: Sequence[Entry], now: datetime) -> str:
    """Say how many entries are dated in the future and what to do; `entries` is not empty."""
    day = language().short_day(day_of(entries[0]), now.date())
    if len(entries) == 1:
        text = translate(
            "Ahead",
            "One entry is dated in the future ({day}). Check this computer’s date, or change the "
            "entry’s date. Until then it only counts if it is a warning sign.",
        )
        return text.format(day=day)
    text = translate(
        "Ahead",
        "{n} entries are dated in the future, the first on {day}. Check this computer’s date, or "
        "change the dates of the entries. Until then only the warning signs among them count.",
    )
    return text.format(n=language().count(len(entries)), day=day)
