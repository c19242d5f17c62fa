"""Sentences on ratings around sessions, mornings, rest and load; they claim no cause."""

from collections.abc import Iterable
from datetime import date
from enum import Enum, auto
from math import floor

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import day_of
from itband_gui.insight.relief import (
    WOBBLE,
    Caution,
    ChangeSummary,
    Mornings,
    RatingPair,
    Selection,
)
from itband_gui.insight.rest import Rest
from itband_gui.insight.statistics import FEWEST, Estimate, Spread
from itband_gui.insight.weeks import WEEK_NEEDS, LoadAndSoreness, Side, Week
from itband_gui.journal.entries import Moment
from itband_gui.leg.names import Leg
from itband_gui.ui.text.dates import number_locale, short_day_text
from itband_gui.ui.text.words import side_name
from itband_gui.wording.counts import (
    number,
    points,
    rated_days,
    rated_mornings,
    rated_sessions,
    ratings,
    runs,
    sessions,
    signed,
)
from itband_gui.wording.translation import translate


def after_text(changes: ChangeSummary) -> str:
    """Return the typical change after sessions; with fewer than six, only the median."""
    texts = {
        _Kind.NONE: QCoreApplication.translate(
            "Relief", "No session has been rated both before and after yet."
        ),
        _Kind.ONE: QCoreApplication.translate(
            "Relief", "In {sessions} your rating was {change} afterwards."
        ),
        _Kind.ALIKE: QCoreApplication.translate(
            "Relief", "In {sessions} your rating was {change} afterwards each time."
        ),
        _Kind.FEW: QCoreApplication.translate(
            "Relief",
            "In {sessions} your rating was {change} afterwards (median; range {high} to {low}).",
        ),
        _Kind.MANY: QCoreApplication.translate(
            "Relief",
            "In {sessions} your rating was typically {change} afterwards (range {high} to {low}).",
        ),
    }
    return _of_spread(texts[_kind(changes)], changes)


def next_morning_text(changes: ChangeSummary) -> str:
    """Return the typical change by the next morning; with fewer than six, only the median."""
    texts = {
        _Kind.NONE: QCoreApplication.translate(
            "Relief", "No session has been rated both before and on the next morning yet."
        ),
        _Kind.ONE: QCoreApplication.translate(
            "Relief", "After {sessions} your rating was {change} the next morning."
        ),
        _Kind.ALIKE: QCoreApplication.translate(
            "Relief", "After {sessions} your rating was {change} the next morning each time."
        ),
        _Kind.FEW: QCoreApplication.translate(
            "Relief",
            "After {sessions} your rating was {change} the next morning "
            "(median; range {high} to {low}).",
        ),
        _Kind.MANY: QCoreApplication.translate(
            "Relief",
            "After {sessions} your rating was typically {change} the next morning "
            "(range {high} to {low}).",
        ),
    }
    return _of_spread(texts[_kind(changes)], changes)


class _Kind(Enum):
    """How many pairs there are, and whether they all changed alike."""

    NONE = auto()
    ONE = auto()
    ALIKE = auto()
    FEW = auto()
    MANY = auto()


def _kind(changes: ChangeSummary) -> _Kind:
    spread = changes.spread
    if spread is None:
        return _Kind.NONE
    if spread.count == 1:
        return _Kind.ONE
    if spread.low == spread.high:
        return _Kind.ALIKE
    return _Kind.FEW if changes.estimate is None else _Kind.MANY


def _of_spread(text: str, changes: ChangeSummary) -> str:
    spread = changes.spread
    if spread is None:
        return text
    return text.format(
        sessions=sessions(spread.count),
        change=change_words(spread.median),
        high=signed(spread.high),
        low=signed(spread.low),
    )


def few_text(shown: Iterable[ChangeSummary]) -> str:
    """Say how many rated sessions it takes to call a change typical; "" if all have enough."""
    if all(changes.estimate is not None for changes in shown):
        return ""
    text = QCoreApplication.translate(
        "Relief", "After {sessions} you’ll see what’s typical and how sure that is."
    )
    return text.format(sessions=rated_sessions(FEWEST))


def few_groups_text(groups: Iterable[tuple[str, int]]) -> str:
    """Return the names and counts of the groups that have too few pairs."""
    each = QCoreApplication.translate("Relief", "{name} ({count})")
    named = ", ".join(each.format(name=name, count=count) for name, count in groups)
    text = QCoreApplication.translate("Relief", "Fewer than {sessions}: {named}")
    return text.format(sessions=rated_sessions(FEWEST), named=named) if named else ""


def counts_text(changes: ChangeSummary) -> str:
    """Return how many pairs were better, the same and worse."""
    if not changes.pairs:
        return ""
    text = QCoreApplication.translate(
        "Relief", "Better: {better}. The same: {same}. Worse: {worse}."
    )
    return text.format(better=changes.better, same=changes.same, worse=changes.worse)


def estimate_text(changes: ChangeSummary) -> str:
    """Return the estimate with its interval; "" with fewer than six pairs."""
    estimate = changes.estimate
    if estimate is None:
        return ""
    if estimate.low == estimate.high:
        text = QCoreApplication.translate(
            "Relief",
            "All of them together: {change} ({level}% range: {low}).",
        )
    else:
        text = QCoreApplication.translate(
            "Relief",
            "All of them together: {change} ({level}% range: {low} to {high}).",
        )
    return text.format(
        change=change_words(estimate.change),
        low=change_words(estimate.low),
        high=change_words(estimate.high),
        level=_percent(estimate),
    )


def level_text(changes: ChangeSummary) -> str:
    """Explain the range of the estimate; "" with fewer than six pairs."""
    if changes.estimate is None:
        return ""
    text = QCoreApplication.translate(
        "Relief",
        "A range made this way contains the true change in about {level} of 100 such journals, if "
        "sessions don’t affect each other and changes spread evenly around their middle.",
    )
    return text.format(level=_percent(changes.estimate))


def _percent(estimate: Estimate) -> int:
    return floor(estimate.level * 100)


def chance_text(changes: ChangeSummary) -> str:
    """Say whether the change is normal variation; it is called more only from six pairs on."""
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
    """Say why lower ratings after sessions may only be a return to the usual."""
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


def pair_text(pair: RatingPair, today: date) -> str:
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


def mornings_text(mornings: Mornings) -> tuple[str, ...]:
    """Return a line for each kind of morning; medians only if both have enough mornings."""
    after = QCoreApplication.translate("Mornings", "After a session: {what}")
    other = QCoreApplication.translate("Mornings", "Other mornings: {what}")
    return (
        after.format(what=_side(mornings.after_massage, comparable=mornings.comparable)),
        other.format(what=_side(mornings.other, comparable=mornings.comparable)),
    )


def mornings_and_running(legs: Iterable[Mornings]) -> str:
    """Say how far the two kinds can be compared, once for all legs shown."""
    shown = list(legs)
    said = []
    if any(each.comparable for each in shown):
        said.append(
            QCoreApplication.translate(
                "Mornings", "This is only a comparison: these days differ in more than massage."
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


def rest_text(rest: Rest) -> str:
    """Return "4 rest days in two weeks. 9 were advised, and you took 7 of them."."""
    text = QCoreApplication.translate("Rest", "{logged} {advised}")
    return text.format(logged=_logged(len(rest.rest_days)), advised=_taken(rest))


def _logged(count: int) -> str:
    if count == 0:
        return QCoreApplication.translate("Rest", "No rest day in two weeks.")
    if count == 1:
        return QCoreApplication.translate("Rest", "1 rest day in two weeks.")
    return translate("Rest", "%Ln rest days in two weeks.", "", count)


def _taken(rest: Rest) -> str:
    advised, taken = len(rest.advised), len(rest.taken)
    if advised == 0:
        return QCoreApplication.translate("Rest", "None was advised.")
    if advised == 1 and taken:
        return QCoreApplication.translate("Rest", "One was advised, and you took it.")
    if advised == 1:
        return QCoreApplication.translate("Rest", "One was advised, and you ran.")
    if taken == advised:
        text = translate("Rest", "%Ln were advised, and you took them all.", "", advised)
    elif taken:
        text = translate("Rest", "%Ln were advised, and you took {taken} of them.", "", advised)
    else:
        text = translate("Rest", "%Ln were advised, and you ran on each of them.", "", advised)
    return text.format(taken=taken)


def kind_text() -> str:
    """Return how rest is counted here."""
    return QCoreApplication.translate(
        "Rest", "A rest day is a success. Any day without a run counts as a rest day taken."
    )


def week_text(row: LoadAndSoreness, legs: Iterable[Leg], today: date) -> str:
    """Return a week's runs, activities, load, and how sore the legs were in the week after."""
    if row.week.activities:
        text = QCoreApplication.translate(
            "Load",
            "Week of {day}: {runs}, {minutes} min; {activities}; load {load}. "
            "The week after: {soreness}",
        )
    else:
        text = QCoreApplication.translate(
            "Load", "Week of {day}: {runs}, {minutes} min, load {load}. The week after: {soreness}"
        )
    return text.format(
        day=short_day_text(row.week.days.first, today),
        runs=runs(row.week.runs),
        minutes=number_locale().toString(row.week.minutes),
        activities=activities_text(row.week),
        load=number_locale().toString(row.week.load),
        soreness=" ".join(_side_text(leg, row.next_soreness[leg]) for leg in legs),
    )


def needs_text() -> str:
    """Return what the weeks need before anything can be shown."""
    return QCoreApplication.translate(
        "Load",
        "Needs two full weeks, Monday to Sunday, the first with a run or an activity. They are "
        "then shown side by side.",
    )


def load_text() -> str:
    """Explain load."""
    return QCoreApplication.translate(
        "Load", "Load: minutes times effort, added up over the runs and activities."
    )


def activities_text(week: Week) -> str:
    """Return "1 activity, 45 min" or "3 activities, 120 min"."""
    if week.activities == 1:
        text = QCoreApplication.translate("Load", "1 activity, {minutes} min")
    else:
        text = translate("Load", "%Ln activities, {minutes} min", "", week.activities)
    return text.format(minutes=number_locale().toString(week.activity_minutes))


def beside_text() -> str:
    """Say which weeks are shown, and that they are not cause and effect."""
    text = QCoreApplication.translate(
        "Load",
        "Full weeks only; a week’s soreness needs {days}. This is only a comparison: it can’t "
        "show that one week caused the next.",
    )
    return text.format(days=rated_days(WEEK_NEEDS))


def _side_text(leg: Leg, side: Side) -> str:
    if side.median is None:
        text = QCoreApplication.translate("Load", "{leg}: {days}, too few.")
        return text.format(leg=side_name(leg), days=rated_days(side.rated_days))
    text = QCoreApplication.translate("Load", "{leg}: median {median} out of 10 on {days}.")
    return text.format(
        leg=side_name(leg), median=number(side.median), days=rated_days(side.rated_days)
    )
