"""Sentences of the page and its dialog, other than those on what the journal shows."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import Period, day_of
from itband_gui.insight.relief import ChangeSummary, Relief
from itband_gui.insight.summary import Massage, Summary
from itband_gui.insight.trend import MEDIAN_NEEDS, TREND_NEEDS
from itband_gui.insight.weeks import Week
from itband_gui.journal.entries import Ended, Moment, Resolution, Sign
from itband_gui.leg.names import Leg, Technique
from itband_gui.safety.signs import MassageRule, Safety
from itband_gui.ui.text import relief as relief_text
from itband_gui.ui.text.dates import day_as, in_order, number_locale, short_day_text
from itband_gui.ui.text.entries import duration
from itband_gui.ui.text.relief import activities_text, load_text
from itband_gui.ui.text.words import leg_name, technique_name
from itband_gui.wording.counts import of_ten, ratings, runs, sessions
from itband_gui.wording.plain import one_line, quoted


def title() -> str:
    """Return the title of the page and of the document."""
    return QCoreApplication.translate("Report", "Outer-thigh soreness: notes for a physiotherapist")


def origin() -> str:
    """Say whose numbers these are."""
    return QCoreApplication.translate("Report", "From the runner’s own notes; not a diagnosis.")


def long_day(day: date) -> str:
    """Return "22 November 2026"."""
    pattern = in_order(
        QCoreApplication.translate("Report", "d MMMM yyyy"),
        QCoreApplication.translate("Report", "MMMM d, yyyy"),
        QCoreApplication.translate("Report", "yyyy MMMM d"),
    )
    return day_as(day, pattern)


def period_text(period: Period) -> str:
    """Return "26 October 2026 to 22 November 2026 (28 days)"."""
    if period.days == 1:
        return long_day(period.first)
    text = QCoreApplication.translate("Report", "{first} to {last} (%n days)", "", period.days)
    return text.format(first=long_day(period.first), last=long_day(period.last))


def printed_text(day: date) -> str:
    """Say when the page was printed."""
    return QCoreApplication.translate("Report", "Printed {day}.").format(day=long_day(day))


def rated_text(summary: Summary) -> str:
    """Return the number of ratings of each leg."""
    return QCoreApplication.translate("Report", "Left leg: {left}. Right leg: {right}.").format(
        left=ratings(summary.ratings[Leg.LEFT]), right=ratings(summary.ratings[Leg.RIGHT])
    )


def nothing_text(period: Period) -> str:
    """Say that there is nothing to print."""
    return QCoreApplication.translate("Report", "Nothing is logged from {period}.").format(
        period=period_text(period)
    )


def running_text(whole: Week, summary: Summary) -> str:
    """Return the runs, activities, their load, rest days and sessions of the whole period."""
    said = [_runs(whole)]
    if whole.activities:
        said.append(f"{activities_text(whole)}.")
    if whole.is_active:
        said.append(_load(whole))
    if whole.runs:
        changed = sum(run.changed_stride for run in summary.trend.runs)
        text = QCoreApplication.translate("Report", "Changed stride on {runs}.")
        said.append(text.format(runs=runs(changed)))
    if whole.worst_run is not None:
        text = QCoreApplication.translate("Report", "Worst soreness noted with a run: {score}.")
        said.append(text.format(score=of_ten(whole.worst_run)))
    rested = QCoreApplication.translate("Report", "Rest days logged: {count}.")
    said.append(rested.format(count=whole.rest_days))
    return " ".join([*said, _sessions(summary)])


def _runs(whole: Week) -> str:
    if not whole.runs:
        return QCoreApplication.translate("Report", "No run is logged.")
    return QCoreApplication.translate("Report", "{runs}, {minutes} min{km}.").format(
        runs=runs(whole.runs),
        minutes=number_locale().toString(whole.minutes),
        km="" if whole.km is None else _noted_km(whole.km),
    )


def _load(whole: Week) -> str:
    told = QCoreApplication.translate("Report", "Load {load}.").format(
        load=number_locale().toString(whole.load)
    )
    return f"{told} {load_text()}"


def _noted_km(km: float) -> str:
    return QCoreApplication.translate("Report", ", {km} km noted").format(
        km=number_locale().toString(km, "f", 1)
    )


def _sessions(summary: Summary) -> str:
    if not summary.massage.sessions:
        return QCoreApplication.translate("Report", "No massage session is logged.")
    stopped = sum(session.ended is Ended.STOPPED for session in summary.trend.sessions)
    text = QCoreApplication.translate(
        "Report", "{sessions} of self-massage; {stopped} stopped because of a symptom."
    )
    return text.format(sessions=sessions(summary.massage.sessions), stopped=stopped)


def hands_text(massage: Massage, leg: Leg) -> str:
    """Return how long a leg was massaged, and with which techniques."""
    if not massage.of_leg(leg):
        return QCoreApplication.translate("Report", "No massage of this leg is logged.")
    each = QCoreApplication.translate("Report", "{technique} {time}")
    parts = [
        each.format(technique=technique_name(technique), time=duration(seconds))
        for technique in Technique
        if (seconds := massage.of_technique(leg, technique))
    ]
    return QCoreApplication.translate("Report", "Massage: {time} in total. {parts}.").format(
        time=duration(massage.of_leg(leg)), parts=" · ".join(parts)
    )


def no_place() -> str:
    """Say that no place on a leg was marked."""
    return QCoreApplication.translate("Report", "No place on this leg is marked as sore.")


def sign_text(sign: Sign, safety: Safety, *, unseen: bool = False) -> str:
    """Return when a sign was open, and how it ended.

    `unseen`: it is gone, but a clinician has yet to look at it.
    """
    known = safety.sign(sign.sign)
    what = quoted(sign.sign) if known is None else known.text
    if sign.leg is not None:
        what = QCoreApplication.translate("Report", "{leg}: {sign}").format(
            leg=leg_name(sign.leg), sign=what
        )
    if sign.resolved is None:
        text = QCoreApplication.translate("Report", "Open since {first}. {sign}.")
        return text.format(first=long_day(day_of(sign)), sign=what)
    if sign.resolution is Resolution.CLINICIAN_AGREED:
        text = QCoreApplication.translate(
            "Report", "{first} to {last}, cleared by a clinician. {sign}."
        )
        if known is not None and known.massage is MassageRule.ASK:
            text = QCoreApplication.translate(
                "Report", "Since {first}; on {last} a clinician agreed to massage. {sign}."
            )
    elif unseen:
        text = QCoreApplication.translate(
            "Report", "{first} to {last}, gone, not yet seen by a clinician. {sign}."
        )
    else:
        text = QCoreApplication.translate("Report", "{first} to {last}, gone. {sign}.")
    first, last = long_day(day_of(sign)), long_day(sign.resolved.date())
    return text.format(first=first, last=last, sign=what)


def no_signs() -> str:
    """Say that there were none."""
    return QCoreApplication.translate("Report", "No warning sign is logged for this period.")


def more_signs(still_open: int, past: int) -> str:
    """Return the number of older signs that are not on the page."""
    text = QCoreApplication.translate(
        "Report", "Older signs not shown here: {open} open, {past} past."
    )
    return text.format(open=still_open, past=past)


def remarks(leg: Leg, told: Relief) -> tuple[str, ...]:
    """Return the paragraphs on how a leg's ratings changed around sessions."""
    after = _changes(relief_text.after_text(told.after), told.after)
    morning = _changes(relief_text.next_morning_text(told.next_morning), told.next_morning)
    text = QCoreApplication.translate("Report", "{leg}. {sentences}")
    paragraphs = (
        text.format(leg=leg_name(leg), sentences=" ".join(filter(None, after))),
        " ".join(filter(None, morning)),
        relief_text.caution_text(told.selection),
    )
    return tuple(filter(None, paragraphs))


def _changes(typical: str, changes: ChangeSummary) -> Iterable[str]:
    yield typical
    yield relief_text.chance_text(changes)
    yield relief_text.counts_text(changes)
    yield relief_text.estimate_text(changes)


def cause(told: Iterable[Relief]) -> str:
    """Say what the ratings around sessions cannot show, and how many are needed."""
    shown = [changes for each in told for changes in (each.after, each.next_morning)]
    return " ".join(filter(None, (relief_text.few_text(shown), relief_text.cause_text())))


def moment_head(moment: Moment) -> str:
    """Return a moment's name for the head of a narrow column."""
    return {
        Moment.BEFORE: QCoreApplication.translate("Report", "Before"),
        Moment.AFTER: QCoreApplication.translate("Report", "After"),
        Moment.MORNING: QCoreApplication.translate("Report", "Morning"),
        Moment.LAST_RUN: QCoreApplication.translate("Report", "On run"),
        Moment.OTHER: QCoreApplication.translate("Report", "Other"),
    }[moment]


def week_text(week: Week, today: date) -> str:
    """Return a week's first day; for a partial or current week, say that, too."""
    if today in week.days:
        text = QCoreApplication.translate("Report", "{day}, so far")
    elif week.is_whole:
        text = "{day}"
    elif week.days.days == 1:
        text = QCoreApplication.translate("Report", "{day} (1 day)")
    else:
        text = QCoreApplication.translate("Report", "{day} (%n days)", "", week.days.days)
    return text.format(day=short_day_text(week.days.first, today))


def weeks_title(shown: int, count: int) -> str:
    """Return the title of the table of weeks; it says so if some are not shown."""
    if shown == count:
        return QCoreApplication.translate("Report", "Week by week")
    text = QCoreApplication.translate("Report", "The last {shown} of {count} weeks")
    return text.format(shown=shown, count=number_locale().toString(count))


def weeks_remark() -> str:
    """Explain the table of weeks."""
    return QCoreApplication.translate(
        "Report",
        "Legs: median rating, in brackets if from only one or two. Worst: noted with a run. "
        "Before, After: massage. “So far” or a number of days: not a full week.",
    )


def months_title(leg: Leg) -> str:
    """Return the title of a leg's table of months."""
    return QCoreApplication.translate("Report", "{leg}, month by month").format(leg=leg_name(leg))


def months_remark(shown: int, count: int) -> str:
    """Explain the tables of months; say so if some years are not shown."""
    text = QCoreApplication.translate(
        "Report",
        "Median of each day’s worst rating in the month, not counting after massage and runs; in "
        "brackets if from only one or two days. The first and last month may be incomplete.",
    )
    if shown == count:
        return text
    cut = QCoreApplication.translate("Report", "Only the last {shown} of {count} years.")
    return f"{cut.format(shown=shown, count=count)} {text}"


def map_remark() -> str:
    """Explain the leg maps."""
    return QCoreApplication.translate(
        "Report",
        "Marked: how often a place was marked as sore. Median: of the whole leg’s scores at those "
        "times; denser hatching means higher.",
    )


def trend_remark() -> str:
    """Explain the trend."""
    return QCoreApplication.translate(
        "Report",
        "Each dot is a rating, 0 to 10. The line, shown from {most} rated days on, is the 7-day "
        "median, with a gap where fewer than {least} of the 7 days are rated.",
    ).format(most=TREND_NEEDS, least=MEDIAN_NEEDS)


def private_text() -> str:
    """Say what is not on the page."""
    return QCoreApplication.translate(
        "Report",
        "Your notes aren’t printed. The name is used only on this page, unless remembered.",
    )


def saved_text(file: str) -> str:
    """Return where the page was saved."""
    return QCoreApplication.translate(
        "Report", "Saved as {file}. Only you can read that file; it is not encrypted."
    ).format(file=one_line(file))


def no_pdf_text() -> str:
    """Say that the file's name must end in .pdf."""
    return QCoreApplication.translate(
        "Report", "Not saved: the page can only be saved as a PDF. Choose a name that ends in .pdf."
    )


def not_printed_text() -> str:
    """Say that the printer did not accept the page."""
    return QCoreApplication.translate(
        "Report", "Not printed: the printer did not accept the page. Check it, or save as PDF."
    )
