"""Sentences on the entries that an answer needs and the journal lacks."""

from collections.abc import Callable, Mapping

from itband_gui.insight.days import WEEK_DAYS
from itband_gui.insight.numbers import Need, Shortfall
from itband_gui.insight.reasons import Missing
from itband_gui.leg.names import Leg
from itband_gui.wording import counts
from itband_gui.wording.legs import your_leg
from itband_gui.wording.translation import translate


def shortfall_text(shortfall: Shortfall) -> str:
    """Return "Needs 6 rated days; there are 2."."""
    return translate("Shortfall", "Needs {what}; {there}.").format(
        what=_amount(shortfall.what, shortfall.need), there=counts.in_all(shortfall.have)
    )


def missing_text(missing: Missing) -> str:
    """Return what a go would still need, as one line of a list."""
    shortfall = missing.shortfall
    if shortfall.what is Need.TODAY_RATING:
        text = translate("Shortfall", "How sore {leg} is today, rated before any massage.")
        return text.format(leg=your_leg(missing.leg))
    if shortfall.what is Need.MORNINGS:
        return _mornings(missing)
    if shortfall.what is Need.RUN:
        return translate("Shortfall", "A run: none is logged yet.")
    if shortfall.what is Need.RUN_SORENESS:
        return translate("Shortfall", "How sore your last run was, at its worst.")
    return shortfall_text(shortfall)


def _mornings(missing: Missing) -> str:
    text = {
        Leg.LEFT: translate(
            "Shortfall", "Your left leg’s usual: it takes {need} within {days} days; {there}."
        ),
        Leg.RIGHT: translate(
            "Shortfall", "Your right leg’s usual: it takes {need} within {days} days; {there}."
        ),
        None: translate("Shortfall", "Your usual: it takes {need} within {days} days; {there}."),
    }[missing.leg]
    shortfall = missing.shortfall
    return text.format(
        need=counts.rated_mornings(shortfall.need),
        days=WEEK_DAYS,
        there=counts.in_all(shortfall.have),
    )


def _amount(what: Need, count: int) -> str:
    amounts: Mapping[Need, Callable[[int], str]] = {
        Need.RATED_DAYS: counts.rated_days,
        Need.TODAY_RATING: lambda _: translate("Shortfall", "a rating of today"),
        Need.MORNINGS: counts.rated_mornings,
        Need.RUN: counts.runs,
        Need.RUN_SORENESS: lambda _: translate("Shortfall", "the worst soreness of your last run"),
    }
    return amounts[what](count)
