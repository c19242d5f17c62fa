"""First steps on mornings after a session and on other mornings, side by side."""

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.numbers import Shortfall, Spread
from itband_gui.insight.relief import Mornings
from itband_gui.ui.insight_text.counts import number, rated_mornings
from itband_gui.ui.insight_text.shortfall import shortfall_text


def mornings_text(mornings: Mornings) -> tuple[str, ...]:
    """Return a line for each of the two; medians only where both have enough mornings."""
    comparable = mornings.after_short is None and mornings.other_short is None
    after = QCoreApplication.translate("Mornings", "After a session: {what}")
    other = QCoreApplication.translate("Mornings", "Other mornings: {what}")
    return (
        after.format(what=_side(mornings.after_massage, mornings.after_short, comparable)),
        other.format(what=_side(mornings.other, mornings.other_short, comparable)),
    )


def beside_text(mornings: Mornings) -> str:
    """Return how far the two may be compared; nothing while they cannot be."""
    if mornings.after_short is not None or mornings.other_short is not None:
        return ""
    return QCoreApplication.translate(
        "Mornings", "Side by side only: these days differ in more than massage."
    )


def _side(spread: Spread | None, short: Shortfall | None, comparable: bool) -> str:
    if short is not None:
        return shortfall_text(short)
    if spread is None:
        return ""
    if not comparable:
        text = QCoreApplication.translate("Mornings", "{mornings}, nothing to compare with yet.")
        return text.format(mornings=rated_mornings(spread.count))
    text = QCoreApplication.translate(
        "Mornings", "typically {median} of 10, {low} to {high}, on {mornings}."
    )
    return text.format(
        median=number(spread.median),
        low=number(spread.low),
        high=number(spread.high),
        mornings=rated_mornings(spread.count),
    )
