"""The light for running today: its name, what it means, and the advice that goes with it."""

from PySide6.QtCore import QCoreApplication

from itband_gui.insight import longest
from itband_gui.insight.longest import LongestRun
from itband_gui.insight.readiness import Verdict
from itband_gui.insight.reasons import Readiness
from itband_gui.ui.insight_text.counts import number

STOP_ABOVE = 5  # of 10 while running: the most that the pain-monitoring model allows


def headline(light: Readiness) -> str:
    """Return the light in a word or two."""
    return {
        Readiness.GO: QCoreApplication.translate("Readiness", "Go"),
        Readiness.UNKNOWN: QCoreApplication.translate("Readiness", "Not enough to tell"),
        Readiness.EASY: QCoreApplication.translate("Readiness", "Easy today"),
        Readiness.REST: QCoreApplication.translate("Readiness", "Rest today"),
    }[light]


def meaning(light: Readiness, *, sign_open: bool = False) -> str:
    """Return what the light means for a run today; an open warning sign is no day well spent."""
    if sign_open:
        return QCoreApplication.translate("Readiness", "No run today: a warning sign is open.")
    return {
        Readiness.GO: QCoreApplication.translate(
            "Readiness", "Nothing in your log speaks against a run."
        ),
        Readiness.UNKNOWN: QCoreApplication.translate(
            "Readiness", "Nothing that was logged speaks against a run, but this is missing:"
        ),
        Readiness.EASY: QCoreApplication.translate(
            "Readiness",
            "A run should be easy, flat and shorter than usual. Stop above {most} of 10, or when "
            "your stride changes.",
        ).format(most=STOP_ABOVE),
        Readiness.REST: QCoreApplication.translate(
            "Readiness", "No run today. A rest day is a day well spent."
        ),
    }[light]


def advice(verdict: Verdict) -> tuple[str, ...]:
    """Return what goes beyond the light: seeing someone, days off, how long a run may be."""
    said = []
    if verdict.see_someone:
        said.append(
            QCoreApplication.translate(
                "Readiness",
                "This has gone on for two weeks. Let a physiotherapist or a doctor have a look.",
            )
        )
    if verdict.longest is not None:
        said.append(_longest_text(verdict.longest))
    return tuple(said)


def massage_text() -> str:
    """Return that massage does not change the light."""
    return QCoreApplication.translate(
        "Readiness", "Massage never makes this answer better. Rate before you massage."
    )


def _longest_text(run: LongestRun) -> str:
    if run.limit_km is None:
        text = QCoreApplication.translate(
            "Readiness",
            "At most {minutes} min: {percent} % of your longest run in {days} days.",
        )
        km = ""
    else:
        text = QCoreApplication.translate(
            "Readiness",
            "At most {minutes} min and {km} km: {percent} % of your longest runs in {days} days.",
        )
        km = number(run.limit_km)
    return text.format(minutes=run.limit_minutes, km=km, percent=longest.PERCENT, days=longest.DAYS)
