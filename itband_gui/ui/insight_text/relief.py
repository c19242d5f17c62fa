"""What ratings did around sessions, in sentences that claim no cause."""

from collections.abc import Iterable
from datetime import date
from enum import Enum, auto
from math import floor

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import day_of
from itband_gui.insight.relief import WOBBLE, Caution, Changes, Pair, Selection
from itband_gui.insight.signed_rank import FEWEST, Estimate
from itband_gui.journal.entries import Moment
from itband_gui.ui.local_time import short_day_text
from itband_gui.wording.counts import (
    number,
    points,
    rated_sessions,
    ratings,
    sessions,
    signed,
)


def after_text(changes: Changes) -> str:
    """Return what is typical of the ratings after sessions; of under six, only their median."""
    texts = {
        _Kind.NONE: QCoreApplication.translate(
            "Relief", "No session is rated both before and after yet."
        ),
        _Kind.ONE: QCoreApplication.translate(
            "Relief", "On {sessions} your rating was {change} afterwards."
        ),
        _Kind.ALIKE: QCoreApplication.translate(
            "Relief", "On {sessions} your rating was {change} afterwards each time."
        ),
        _Kind.FEW: QCoreApplication.translate(
            "Relief",
            "On {sessions} your rating was {change} afterwards (median; range {high} to {low}).",
        ),
        _Kind.MANY: QCoreApplication.translate(
            "Relief",
            "On {sessions} your rating was typically {change} afterwards (range {high} to {low}).",
        ),
    }
    return _of_spread(texts[_kind(changes)], changes)


def next_morning_text(changes: Changes) -> str:
    """Return what is typical of the next morning's ratings; of under six, only their median."""
    texts = {
        _Kind.NONE: QCoreApplication.translate(
            "Relief", "No session is rated both before and on the next morning yet."
        ),
        _Kind.ONE: QCoreApplication.translate(
            "Relief", "On {sessions} your rating was {change} the next morning."
        ),
        _Kind.ALIKE: QCoreApplication.translate(
            "Relief", "On {sessions} your rating was {change} the next morning each time."
        ),
        _Kind.FEW: QCoreApplication.translate(
            "Relief",
            "On {sessions} your rating was {change} the next morning "
            "(median; range {high} to {low}).",
        ),
        _Kind.MANY: QCoreApplication.translate(
            "Relief",
            "On {sessions} your rating was typically {change} the next morning "
            "(range {high} to {low}).",
        ),
    }
    return _of_spread(texts[_kind(changes)], changes)


class _Kind(Enum):
    """How many pairs there are to speak of."""

    NONE = auto()
    ONE = auto()
    ALIKE = auto()
    FEW = auto()
    MANY = auto()


def _kind(changes: Changes) -> _Kind:
    spread = changes.spread
    if spread is None:
        return _Kind.NONE
    if spread.count == 1:
        return _Kind.ONE
    if spread.low == spread.high:
        return _Kind.ALIKE
    return _Kind.FEW if changes.estimate is None else _Kind.MANY


def _of_spread(text: str, changes: Changes) -> str:
    spread = changes.spread
    if spread is None:
        return text
    return text.format(
        sessions=sessions(spread.count),
        change=change_words(spread.median),
        high=signed(spread.high),
        low=signed(spread.low),
    )


def few_text(shown: Iterable[Changes]) -> str:
    """Return, once for all that is shown, from how many pairs on something is typical."""
    if all(changes.estimate is not None for changes in shown):
        return ""
    text = QCoreApplication.translate(
        "Relief", "After {sessions} you’ll see what’s typical and how sure that is."
    )
    return text.format(sessions=rated_sessions(FEWEST))


def few_groups_text(groups: Iterable[tuple[str, int]]) -> str:
    """Return the groups that have too few pairs, each by its name with its count."""
    each = QCoreApplication.translate("Relief", "{name} ({count})")
    named = ", ".join(each.format(name=name, count=count) for name, count in groups)
    text = QCoreApplication.translate("Relief", "Fewer than {sessions}: {named}")
    return text.format(sessions=rated_sessions(FEWEST), named=named) if named else ""


def counts_text(changes: Changes) -> str:
    """Return how many pairs were better, the same and worse."""
    if not changes.pairs:
        return ""
    text = QCoreApplication.translate(
        "Relief", "Better: {better}. The same: {same}. Worse: {worse}."
    )
    return text.format(better=changes.better, same=changes.same, worse=changes.worse)


def estimate_text(changes: Changes) -> str:
    """Return the estimate with its interval; nothing with under six pairs."""
    estimate = changes.estimate
    if estimate is None:
        return ""
    if estimate.low == estimate.high:
        text = QCoreApplication.translate(
            "Relief",
            "All of them taken together: {change} ({level}\u00a0% range: {low}).",
        )
    else:
        text = QCoreApplication.translate(
            "Relief",
            "All of them taken together: {change} ({level}\u00a0% range: {low} to {high}).",
        )
    return text.format(
        change=change_words(estimate.change),
        low=change_words(estimate.low),
        high=change_words(estimate.high),
        level=_percent(estimate),
    )


def level_text(changes: Changes) -> str:
    """Return what the range of the estimate is; nothing with under six pairs."""
    if changes.estimate is None:
        return ""
    text = QCoreApplication.translate(
        "Relief",
        "A range made this way holds the true change in about {level} of 100 such logs, if each "
        "session stands for itself and changes lie evenly around their middle.",
    )
    return text.format(level=_percent(changes.estimate))


def _percent(estimate: Estimate) -> int:
    return floor(estimate.level * 100)


def wobble_text(changes: Changes) -> str:
    """Return whether the change is normal variation; that it is more only from six pairs on."""
    if changes.spread is None:
        return ""
    if changes.within_wobble:
        text = QCoreApplication.translate(
            "Relief", "Less than {least}: normal day-to-day variation."
        )
    elif changes.estimate is None:
        return ""
    else:
        text = QCoreApplication.translate(
            "Relief", "{least} or more: beyond normal day-to-day variation."
        )
    return text.format(least=points(WOBBLE))


def caution_text(selection: Selection) -> str:
    """Return why lower ratings after sessions may be no more than the way back to the usual."""
    before, others = selection.before, selection.others
    if selection.caution is None or before is None:
        return ""
    if selection.caution is Caution.TOO_FEW_OTHERS:
        text = QCoreApplication.translate(
            "Relief",
            "You have rated few days without massage ({others}), so there’s no telling whether you "
            "massaged on your sorer days. After a sore day the next rating tends to be lower "
            "anyway.",
        )
    else:
        text = QCoreApplication.translate(
            "Relief",
            "You massaged on your sorer days: median {before} before massage, {other} on days "
            "without it. After a sore day the next rating tends to be lower anyway.",
        )
    return text.format(
        others=ratings(others.count if others else 0),
        before=number(before.median),
        other=number(others.median if others else 0),
    )


def cause_text() -> str:
    """Return the sentence that goes with every number about sessions."""
    return QCoreApplication.translate("Relief", "This cannot show massage was the cause.")


def pair_text(pair: Pair, today: date) -> str:
    """Return one pair: its day, both ratings and the change."""
    if pair.later.moment is Moment.MORNING:
        text = QCoreApplication.translate(
            "Relief", "{day}: {before} before, {later} the next morning ({change})"
        )
    else:
        text = QCoreApplication.translate(
            "Relief", "{day}: {before} before, {later} afterwards ({change})"
        )
    return text.format(
        day=short_day_text(day_of(pair.session), today),
        before=pair.before.score,
        later=pair.later.score,
        change=signed(pair.change),
    )


def changed_text(change: int, count: int) -> str:
    """Return how many sessions had a change."""
    text = QCoreApplication.translate("Relief", "{change}: {sessions}")
    return text.format(change=change_words(change), sessions=sessions(count))


def change_words(change: float) -> str:
    """Return "1 lower", "0.5 higher" or "the same"."""
    if change == 0:
        return QCoreApplication.translate("Relief", "the same")
    if change < 0:
        text = QCoreApplication.translate("Relief", "{points} lower")
    else:
        text = QCoreApplication.translate("Relief", "{points} higher")
    return text.format(points=number(change))
