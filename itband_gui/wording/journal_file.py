"""The state of a journal file, and why its copies were kept."""

from itband_gui.journal.backups import Why
from itband_gui.journal.entries import YEARS
from itband_gui.journal.lines import Flaw
from itband_gui.journal.merge import Difference
from itband_gui.journal.salvage import JournalFault, JournalProblem
from itband_gui.wording.plain import quoted
from itband_gui.wording.translation import language, translate


def entries_counted(count: int) -> str:
    """Return "1 entry", "1,000 entries"."""
    if count == 1:
        return translate("JournalFile", "1 entry")
    return translate("JournalFile", "%Ln entries", "", count)


def why_text(why: Why | None) -> str:
    """Return why a copy was kept; None: it is the journal from before the last save."""
    return {
        None: translate("JournalFile", "before the last save"),
        Why.TIMED: translate("JournalFile", "automatic copy"),
        Why.IMPORT: translate("JournalFile", "before an import"),
        Why.RESTORE: translate("JournalFile", "before a restore"),
        Why.MIGRATION: translate("JournalFile", "before a new file format"),
        Why.MERGE: translate("JournalFile", "before two files were joined"),
        Why.EDITED: translate("JournalFile", "changed by another program"),
        Why.SHRINK: translate("JournalFile", "before many entries were removed"),
        Why.ACKNOWLEDGED: translate("JournalFile", "last saved on this computer"),
    }[why]


def damaged_text() -> str:
    """Say that a copy is of no use."""
    return translate("JournalFile", "Damaged, or it cannot be read")


def choose_another_text() -> str:
    """Return what to do about a copy that cannot be restored."""
    return translate("JournalFile", "Choose another copy.")


def same_text() -> str:
    """Say that restoring a copy would change nothing."""
    return translate("JournalFile", "Your journal already has exactly these entries.")


def restore_lines(compared: Difference, named: str = "") -> list[str]:
    """Return what restoring a copy would do; `named` names some of the entries that go."""
    counts = (
        (compared.new, translate("JournalFile", "Entries that come back: {n}")),
        (compared.different, translate("JournalFile", "Entries that change back: {n}")),
        (compared.missing, translate("JournalFile", "Entries that will be removed: {n}")),
        (compared.same, translate("JournalFile", "Entries that stay: {n}")),
    )
    lines = []
    for entries, text in counts:
        if entries:
            line = text.format(n=language().count(len(entries)))
            lines.append(f"{line} ({named})" if named and entries is compared.missing else line)
    return lines


def exported_text(count: int, file: str) -> str:
    """Return where an export is."""
    text = translate(
        "JournalFile", "{entries} in {file}. Only you can read that file; it is not encrypted."
    )
    return text.format(entries=entries_counted(count), file=file)


def own_file_text() -> str:
    """Say that an export would overwrite the journal."""
    return translate("JournalFile", "That is the journal itself. Choose another file.")


def newer_not_exported_text() -> str:
    """Say that a journal with unknown content cannot be exported whole."""
    return translate(
        "JournalFile",
        "A newer version of this program wrote the journal. Copy the file, or export a table.",
    )


def problem_place(problem: JournalProblem) -> str:
    """Return the line of a problem; "" where it is about the whole file."""
    if problem.line is None:
        return ""
    return translate("JournalFile", "Line {n}").format(n=language().count(problem.line))


def problem_text(problem: JournalProblem) -> str:
    """Return what is wrong with a journal file or an entry in it."""
    text, detail = _faults()[problem.fault], problem.detail
    if isinstance(detail, Flaw):
        told = _flaws()[detail].format(low=YEARS.low, high=YEARS.high)
    else:
        told = quoted(detail)
    return f"{text} ({told})" if told else text


def _faults() -> dict[JournalFault, str]:
    return {
        JournalFault.EMPTY: translate("JournalFile", "The file is empty"),
        JournalFault.NOT_TEXT: translate("JournalFile", "The file is not text in UTF-8"),
        JournalFault.NOT_JSON: translate("JournalFile", "The file is cut short or broken"),
        JournalFault.NOT_A_JOURNAL: translate(
            "JournalFile", "The file is not a journal of this program"
        ),
        JournalFault.UNKNOWN_KEY: translate(
            "JournalFile", "There is something unknown besides the entries"
        ),
        JournalFault.REPEATED_KEY: translate("JournalFile", "A key occurs twice"),
        JournalFault.REPEATED_ID: translate(
            "JournalFile", "Two entries have the same id; both are kept"
        ),
        JournalFault.BAD_ENTRY: translate("JournalFile", "An entry cannot be read"),
        JournalFault.NEEDS_NEWER: translate(
            "JournalFile", "Only a newer version of this program can change the file"
        ),
        JournalFault.CHECKSUM: translate(
            "JournalFile", "The checksum differs: another program changed the file"
        ),
    }


def _flaws() -> dict[Flaw, str]:
    return {
        Flaw.ABSURD_YEAR: translate("JournalFile", "its year must be from {low} to {high}"),
        Flaw.NOT_ITS_VERSION: translate("JournalFile", "it keeps a version of a different entry"),
        Flaw.REPEATED_KEY: translate("JournalFile", "a key occurs twice"),
        Flaw.NO_KIND: translate("JournalFile", "only the end of its line is left"),
        Flaw.NO_ENTRY: translate("JournalFile", "the line does not look like an entry"),
        Flaw.TOO_MANY_VALUES: translate("JournalFile", "too many values"),
    }
