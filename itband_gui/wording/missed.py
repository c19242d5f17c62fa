"""Tells in whole sentences what the journal's file lacked of what was saved on this computer."""

from itband_gui.journal.missed import Missed
from itband_gui.wording.translation import translate


def missed_sentences(missed: Missed) -> list[str]:
    """Return what was put back, and what was found gone, once that is saved."""
    told = (_back(len(missed.back)), _changed(len(missed.changed)), gone_sentence(missed))
    return [sentence for sentence in told if sentence]


def missing_sentences(missed: Missed) -> list[str]:
    """Return what the file still lacks, as it cannot be written; what is gone is told, too."""
    count = len(missed.back) + len(missed.changed)
    told = (_still_missing(count), gone_sentence(missed))
    return [sentence for sentence in told if sentence]


def gone_sentence(missed: Missed) -> str:
    """Return how many entries were removed by something else; nothing where none was."""
    count = len(missed.gone)
    if count == 1:
        return translate("Missed", "1 entry saved on this computer was removed by something else.")
    if count:
        return translate(
            "Missed",
            "%Ln entries saved on this computer were removed by something else.",
            "",
            count,
        )
    return ""


def _back(count: int) -> str:
    if count == 1:
        return translate(
            "Missed", "1 entry saved on this computer was missing from the file; it is back."
        )
    if count:
        return translate(
            "Missed",
            "%Ln entries saved on this computer were missing from the file; they are back.",
            "",
            count,
        )
    return ""


def _changed(count: int) -> str:
    if count == 1:
        return translate(
            "Missed", "1 change saved on this computer was missing from the file; it is back."
        )
    if count:
        return translate(
            "Missed",
            "%Ln changes saved on this computer were missing from the file; they are back.",
            "",
            count,
        )
    return ""


def _still_missing(count: int) -> str:
    if count == 1:
        return translate(
            "Missed",
            "1 entry or change saved on this computer is missing from the file, which cannot be "
            "written now; it is still remembered here.",
        )
    if count:
        return translate(
            "Missed",
            "%Ln entries or changes saved on this computer are missing from the file, which cannot "
            "be written now; they are still remembered here.",
            "",
            count,
        )
    return ""
