"""First steps on mornings after a session and on other mornings, side by side."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.numbers import Spread
from itband_gui.insight.relief import Mornings
from itband_gui.insight.signed_rank import FEWEST
from itband_gui.wording.counts import number, rated_mornings


def mornings_text(mornings: Mornings) -> tuple[str, ...]:
    """Return a line for each of the two; medians only where both have enough mornings."""
    after = QCoreApplication.translate("Mornings", "After a session: {what}")
    other = QCoreApplication.translate("Mornings", "Other mornings: {what}")
    return (
        after.format(what=_side(mornings.after_massage, comparable=mornings.comparable)),
        other.format(what=_side(mornings.other, comparable=mornings.comparable)),
    )


def beside_text(legs: Iterable[Mornings]) -> str:
    """Return how far the two may be compared, once for all legs that are shown."""
    shown = list(legs)
    said = []
    if any(each.comparable for each in shown):
        said.append(
            QCoreApplication.translate(
                "Mornings", "Side by side only: these days differ in more than massage."
            )
        )
    if not all(each.comparable for each in shown):
        text = QCoreApplication.translate(
            "Mornings", "The two are compared once there are {mornings} of each kind."
        )
        said.append(text.format(mornings=rated_mornings(FEWEST)))
    return " ".join(said)


def _side(spread: Spread | None, *, comparable: bool) -> str:
    if spread is None or not comparable:
        text = QCoreApplication.translate("Mornings", "{mornings}.")
        return text.format(mornings=rated_mornings(spread.count if spread else 0))
    text = QCoreApplication.translate(
        "Mornings", "typically {median} out of 10, {low} to {high}, on {mornings}."
    )
    return text.format(
        median=number(spread.median),
        low=number(spread.low),
        high=number(spread.high),
        mornings=rated_mornings(spread.count),
    )
