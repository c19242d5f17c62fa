"""What is missing for an answer: how much it needs, and how much there is."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import WEEK_DAYS
from itband_gui.insight.numbers import Need, Shortfall
from itband_gui.insight.reasons import Missing
from itband_gui.ui.insight_text import counts
from itband_gui.ui.insight_text.legs import your_leg


def shortfall_text(shortfall: Shortfall) -> str:
    """Return "Needs 6 rated days; there are 2."."""
    return QCoreApplication.translate("Shortfall", "Needs {what}; {there}.").format(
        what=_amount(shortfall.what, shortfall.need), there=counts.in_all(shortfall.have)
    )


def missing_text(missing: Missing) -> str:
    """Return what a go would still need, as one line of a list."""
    shortfall = missing.shortfall
    if shortfall.what is Need.TODAY_RATING:
        text = QCoreApplication.translate(
            "Shortfall", "How sore {leg} is today, rated before any massage."
        )
        return text.format(leg=your_leg(missing.leg))
    if shortfall.what is Need.MORNINGS:
        text = QCoreApplication.translate(
            "Shortfall",
            "What is usual for {leg}: {mornings} within the last {days} days; {there}.",
        )
        return text.format(
            leg=your_leg(missing.leg),
            mornings=counts.rated_mornings(shortfall.need),
            days=WEEK_DAYS,
            there=counts.in_all(shortfall.have),
        )
    if shortfall.what is Need.RUN:
        return QCoreApplication.translate("Shortfall", "A run: none is logged yet.")
    if shortfall.what is Need.RUN_SORENESS:
        return QCoreApplication.translate("Shortfall", "How sore your last run was, at its worst.")
    return shortfall_text(shortfall)


def _amount(what: Need, count: int) -> str:
    amounts: Mapping[Need, Callable[[int], str]] = {
        Need.RATED_DAYS: counts.rated_days,
        Need.TODAY_RATING: lambda _: QCoreApplication.translate("Shortfall", "a rating of today"),
        Need.MORNINGS: counts.rated_mornings,
        Need.RUN: counts.runs,
        Need.RUN_SORENESS: lambda _: QCoreApplication.translate(
            "Shortfall", "the worst soreness of your last run"
        ),
    }
    return amounts[what](count)
