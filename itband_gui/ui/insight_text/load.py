"""A week's load, and beside it the soreness of the week after; never as its cause."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.weeks import WEEK_NEEDS, LoadAndSoreness, Side, Week
from itband_gui.leg.names import Leg
from itband_gui.ui.formats import number_locale
from itband_gui.ui.local_time import short_day_text
from itband_gui.ui.words import side_name
from itband_gui.wording.counts import number, rated_days, runs
from itband_gui.wording.translation import translate


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
        "Needs two whole weeks, from Monday to Sunday, the first with a run or an activity; they "
        "are then shown side by side.",
    )


def load_text() -> str:
    """Return what load is."""
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
    """Return which weeks these are, and that they are not cause and effect."""
    text = QCoreApplication.translate(
        "Load",
        "Whole weeks only; to say how sore a week was takes {days}. Side by side only: this cannot "
        "show that one week was the cause of the next.",
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
