"""Sentences about the user's own routines that cannot be used."""

from PySide6.QtCore import QCoreApplication

from itband_gui.routine.library import RoutineProblem
from itband_gui.routine.validation import RoutineFault


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
            "Errors", "“{key}” presses on “{given}”, which is never pressed; go around it"
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
