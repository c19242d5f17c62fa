"""Numbers, legs and missing entries in words."""

from collections.abc import Callable, Collection, Iterable, Mapping

from itband_gui.insight.days import WEEK_DAYS
from itband_gui.insight.reasons import Missing
from itband_gui.insight.statistics import Need, Shortfall
from itband_gui.leg.names import Leg
from itband_gui.wording.translation import language, translate

MINUS = "\u2212"


def number(value: float) -> str:
    """Return a number without a sign, with at most two decimals: "1", "0.5", "1.25"."""
    return language().number(value)


def signed(value: float) -> str:
    """Return "+1", "−3" or "0"."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{number(value)}"


def of_ten(score: float) -> str:
    """Return "6 out of 10"."""
    return translate("Counts", "{score} out of 10").format(score=number(score))


def sessions(count: int) -> str:
    """Return "1 logged session", "8 logged sessions"."""
    if count == 1:
        return translate("Counts", "1 logged session")
    return translate("Counts", "%Ln logged sessions", "", count)


def rated_sessions(count: int) -> str:
    """Return "1 rated session", "6 rated sessions"."""
    if count == 1:
        return translate("Counts", "1 rated session")
    return translate("Counts", "%Ln rated sessions", "", count)


def rated_mornings(count: int) -> str:
    """Return "no rated morning", "1 rated morning", "6 rated mornings"."""
    if count == 0:
        return translate("Counts", "no rated morning")
    if count == 1:
        return translate("Counts", "1 rated morning")
    return translate("Counts", "%Ln rated mornings", "", count)


def rated_days(count: int) -> str:
    """Return "no rated day", "1 rated day", "3 rated days"."""
    if count == 0:
        return translate("Counts", "no rated day")
    if count == 1:
        return translate("Counts", "1 rated day")
    return translate("Counts", "%Ln rated days", "", count)


def ratings(count: int) -> str:
    """Return "no rating", "1 rating", "3 ratings"."""
    if count == 0:
        return translate("Counts", "no rating")
    if count == 1:
        return translate("Counts", "1 rating")
    return translate("Counts", "%Ln ratings", "", count)


def runs(count: int) -> str:
    """Return "no run", "1 run", "3 runs"."""
    if count == 0:
        return translate("Counts", "no run")
    if count == 1:
        return translate("Counts", "1 run")
    return translate("Counts", "%Ln runs", "", count)


def points(count: int) -> str:
    """Return "1 point", "2 points"."""
    if count == 1:
        return translate("Counts", "1 point")
    return translate("Counts", "%Ln points", "", count)


def in_all(count: int) -> str:
    """Return "you have none yet", "you have 1", "you have 2"."""
    if count == 0:
        return translate("Counts", "you have none yet")
    if count == 1:
        return translate("Counts", "you have 1")
    return translate("Counts", "you have %Ln", "", count)


def listed(lines: Iterable[str]) -> str:
    """Return lines as a bulleted list."""
    return "\n".join(f"•\N{NO-BREAK SPACE}{line}" for line in lines)


def your_leg(leg: Leg | None) -> str:
    """Return "your left leg", "your right leg", or "a leg" without a side."""
    if leg is None:
        return translate("Legs", "a leg")
    if leg is Leg.LEFT:
        return translate("Legs", "your left leg")
    return translate("Legs", "your right leg")


def your_thigh(legs: Collection[Leg]) -> str:
    """Return "your outer thigh", with its side if there is only one."""
    if set(legs) == {Leg.LEFT}:
        return translate("Legs", "your left outer thigh")
    if set(legs) == {Leg.RIGHT}:
        return translate("Legs", "your right outer thigh")
    return translate("Legs", "your outer thigh")


def shortfall_text(shortfall: Shortfall) -> str:
    """Return "Needs 6 rated days; you have 2."."""
    return translate("Shortfall", "Needs {what}; {there}.").format(
        what=_amount(shortfall.what, shortfall.need), there=in_all(shortfall.have)
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
        need=rated_mornings(shortfall.need),
        days=WEEK_DAYS,
        there=in_all(shortfall.have),
    )


def _amount(what: Need, count: int) -> str:
    amounts: Mapping[Need, Callable[[int], str]] = {
        Need.RATED_DAYS: rated_days,
        Need.TODAY_RATING: lambda _: translate("Shortfall", "a rating from today"),
        Need.MORNINGS: rated_mornings,
        Need.RUN: runs,
        Need.RUN_SORENESS: lambda _: translate("Shortfall", "the worst soreness on your last run"),
    }
    return amounts[what](count)
