"""Numbers in words; one is said apart, more go through Qt's plural forms."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLocale

MINUS = "\u2212"


def number(value: float) -> str:
    """Return a number without a sign, with at most two decimals: "1", "0.5", "1.25"."""
    return QLocale().toString(float(abs(value)), "g", 4)


def signed(value: float) -> str:
    """Return "+1", "−3" or "0"."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{number(value)}"


def of_ten(score: float) -> str:
    """Return "6 out of 10"."""
    return QCoreApplication.translate("Counts", "{score} out of 10").format(score=number(score))


def sessions(count: int) -> str:
    """Return "1 logged session", "8 logged sessions"."""
    if count == 1:
        return QCoreApplication.translate("Counts", "1 logged session")
    return QCoreApplication.translate("Counts", "%Ln logged sessions", "", count)


def rated_sessions(count: int) -> str:
    """Return "1 rated session", "6 rated sessions"."""
    if count == 1:
        return QCoreApplication.translate("Counts", "1 rated session")
    return QCoreApplication.translate("Counts", "%Ln rated sessions", "", count)


def rated_mornings(count: int) -> str:
    """Return "no rated morning", "1 rated morning", "6 rated mornings"."""
    if count == 0:
        return QCoreApplication.translate("Counts", "no rated morning")
    if count == 1:
        return QCoreApplication.translate("Counts", "1 rated morning")
    return QCoreApplication.translate("Counts", "%Ln rated mornings", "", count)


def rated_days(count: int) -> str:
    """Return "no rated day", "1 rated day", "3 rated days"."""
    if count == 0:
        return QCoreApplication.translate("Counts", "no rated day")
    if count == 1:
        return QCoreApplication.translate("Counts", "1 rated day")
    return QCoreApplication.translate("Counts", "%Ln rated days", "", count)


def ratings(count: int) -> str:
    """Return "no rating", "1 rating", "3 ratings"."""
    if count == 0:
        return QCoreApplication.translate("Counts", "no rating")
    if count == 1:
        return QCoreApplication.translate("Counts", "1 rating")
    return QCoreApplication.translate("Counts", "%Ln ratings", "", count)


def runs(count: int) -> str:
    """Return "no run", "1 run", "3 runs"."""
    if count == 0:
        return QCoreApplication.translate("Counts", "no run")
    if count == 1:
        return QCoreApplication.translate("Counts", "1 run")
    return QCoreApplication.translate("Counts", "%Ln runs", "", count)


def points(count: int) -> str:
    """Return "1 point", "2 points"."""
    if count == 1:
        return QCoreApplication.translate("Counts", "1 point")
    return QCoreApplication.translate("Counts", "%Ln points", "", count)


def in_all(count: int) -> str:
    """Return "there is none yet", "there is 1", "there are 2"."""
    if count == 0:
        return QCoreApplication.translate("Counts", "there is none yet")
    if count == 1:
        return QCoreApplication.translate("Counts", "there is 1")
    return QCoreApplication.translate("Counts", "there are %Ln", "", count)


def listed(lines: Iterable[str]) -> str:
    """Return lines as the points of a list."""
    return "\n".join(f"•\N{NO-BREAK SPACE}{line}" for line in lines)
