"""The content of the page, in words and numbers ready to be drawn; nothing is computed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QLocale

from itband_gui.insight.days import Period, since_first
from itband_gui.insight.places import PlaceSoreness
from itband_gui.insight.statistics import Spread
from itband_gui.insight.summary import Massage, Summary, summary
from itband_gui.insight.trend import Trend
from itband_gui.insight.weeks import WEEK_NEEDS, Week, spans
from itband_gui.journal.entries import SCORE, Entry, Moment, Resolution, Sign
from itband_gui.leg.names import Leg, Place, Zone
from itband_gui.safety.open_signs import standing_with_ahead
from itband_gui.safety.signs import Safety
from itband_gui.ui.report import text as sentences
from itband_gui.ui.text.dates import number_locale, words
from itband_gui.ui.text.entries import duration
from itband_gui.ui.text.words import leg_name, place_name
from itband_gui.wording.counts import number
from itband_gui.wording.plain import one_line

# What fits on a page and can still be read; our choice.
MOST_WEEKS, MOST_YEARS, MOST_OPEN_SIGNS, MOST_PAST_SIGNS = 14, 12, 8, 3
NAME_LENGTH = 80
NONE = "–"


@dataclass(frozen=True)
class ReportTable:
    """A table; each of the `groups` is a heading above its number of columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, int], ...] = ()

    def last(self, count: int) -> "ReportTable":
        """Return the table with only its last rows."""
        return ReportTable(self.heads, self.rows[-count:], self.groups)


@dataclass(frozen=True)
class SorePlace:
    """A sore place on the map: its number in the table, and its soreness from 0 to 1."""

    place: Place
    number: int
    share: float


@dataclass(frozen=True)
class LegPart:
    """One leg: its map, the table next to it, and how long it was massaged."""

    leg: Leg
    name: str
    spots: tuple[SorePlace, ...]
    places: ReportTable
    hands: str


@dataclass(frozen=True)
class Content:
    """The whole page.

    Attributes:
        empty: whether the period has nothing to show.
        facts: the lines below the title.
        moments: those with ratings, in the order of the page.
        weeks: at most the last `MOST_WEEKS` of `week_count`.
        months: for each leg a row per year, at most the last `MOST_YEARS` of `year_count`.
        remarks: for each leg, its paragraphs.

    """

    empty: bool
    name: str
    facts: tuple[str, ...]
    legs: tuple[LegPart, ...]
    running: str
    signs: tuple[str, ...]
    trend: Trend
    moments: tuple[Moment, ...]
    weeks: ReportTable
    week_count: int
    months: Mapping[Leg, ReportTable]
    year_count: int
    remarks: tuple[tuple[str, ...], ...]
    cause: str

    def named(self, name: str) -> "Content":
        """Return the page with the runner's name on one line; "" for none."""
        return replace(self, name=one_line(name, NAME_LENGTH))


def page_content(entries: Sequence[Entry], period: Period, today: date, safety: Safety) -> Content:
    """Return the page's content, without a name.

    Args:
        entries: the whole journal, oldest first.
        period: the requested days; those before the journal's first entry are dropped.
        today: the day of printing.
        safety: the names of the signs.

    """
    period = since_first(entries, period)
    told = summary(entries, period)
    moments = tuple(
        each for each in _ORDER if any(told.trend.series[leg][each].ratings for leg in Leg)
    )
    months = spans(entries, tuple(period.months()))
    years = {part.days.first.year for part in months}
    return Content(
        empty=not (told.entries or told.trend.signs),
        name="",
        facts=_facts(told, today),
        legs=tuple(_leg(leg, told.places[leg], told.massage) for leg in Leg),
        running=sentences.running_text(spans(entries, (period,))[0], told),
        signs=_signs(entries, told, today, safety),
        trend=told.trend,
        moments=moments,
        weeks=_weeks(told.weeks[-MOST_WEEKS:], moments, today),
        week_count=len(told.weeks),
        months={leg: _months(months, leg) for leg in Leg},
        year_count=len(years),
        remarks=tuple(sentences.remarks(leg, told.relief[leg]) for leg in Leg),
        cause=sentences.cause(told.relief.values()),
    )


_ORDER = (Moment.MORNING, Moment.BEFORE, Moment.AFTER, Moment.LAST_RUN, Moment.OTHER)


def _facts(told: Summary, today: date) -> tuple[str, ...]:
    return (
        f"{sentences.period_text(told.period)}. {sentences.rated_text(told)}",
        f"{sentences.origin()} {sentences.printed_text(today)}",
    )


def _leg(leg: Leg, sore: Mapping[Place, PlaceSoreness], massage: Massage) -> LegPart:
    marked = sorted(sore, key=lambda place: -sore[place].times)
    zones = [Place(zone) for zone in Zone if massage.of_zone(leg, zone)]
    rows = []
    for index, place in enumerate([*marked, *(zone for zone in zones if zone not in sore)], 1):
        found = sore.get(place)
        rows.append(
            (
                str(index) if found else "",
                place_name(place),
                str(found.times) if found else NONE,
                number(found.median) if found else NONE,
                duration(massage.of_zone(leg, Zone(place))) if place in zones else NONE,
            )
        )
    heads = (
        "",
        QCoreApplication.translate("Report", "Place"),
        QCoreApplication.translate("Report", "Marked"),
        QCoreApplication.translate("Report", "Median"),
        QCoreApplication.translate("Report", "Massage"),
    )
    spots = tuple(
        SorePlace(place, index, sore[place].median / SCORE.high)
        for index, place in enumerate(marked, 1)
    )
    places = ReportTable(heads, tuple(rows))
    hands = sentences.hands_text(massage, leg)
    if not marked:
        hands = f"{sentences.no_place()} {hands}"
    return LegPart(leg, leg_name(leg), spots, places, hands)


def _signs(entries: Sequence[Entry], told: Summary, today: date, safety: Safety) -> tuple[str, ...]:
    """Return the open and unseen signs, then the past ones, newest first.

    Signs are open as of the last sign in the journal, as a clock may have been set back.
    """
    signs = [each for each in entries if isinstance(each, Sign)]
    told_at = [each.resolved or each.at for each in signs]
    end = max((at for at in told_at if at.date() <= today), default=None)
    standing = standing_with_ahead(signs, safety, end or min(told_at)) if signs else []
    still_open = [each.entry for each in reversed(standing) if each.is_open]
    past = [each for each in reversed(told.past_signs) if each not in still_open]
    shown = (*still_open[:MOST_OPEN_SIGNS], *past[:MOST_PAST_SIGNS])
    lines = [
        sentences.sign_text(
            sign, safety, unseen=sign in still_open and sign.resolution is Resolution.GONE
        )
        for sign in shown
    ]
    if len(still_open) + len(past) > len(shown):
        lines.append(
            sentences.more_signs(
                max(0, len(still_open) - MOST_OPEN_SIGNS), max(0, len(past) - MOST_PAST_SIGNS)
            )
        )
    return tuple(lines) or (sentences.no_signs(),)


def _weeks(shown: Sequence[Week], moments: Sequence[Moment], today: date) -> ReportTable:
    minutes = QCoreApplication.translate("Report", "Min")
    running = (
        QCoreApplication.translate("Report", "Runs"),
        minutes,
        QCoreApplication.translate("Report", "km"),
        QCoreApplication.translate("Report", "Worst"),
    )
    active = (QCoreApplication.translate("Report", "Number"), minutes)
    days = (
        QCoreApplication.translate("Report", "Load"),
        QCoreApplication.translate("Report", "Sessions"),
        QCoreApplication.translate("Report", "Rest days"),
    )
    legs = tuple(map(sentences.moment_head, moments))
    groups = [
        ("", 1),
        (QCoreApplication.translate("Report", "Running"), len(running)),
        (QCoreApplication.translate("Report", "Activities"), len(active)),
        ("", len(days)),
        *((leg_name(leg), len(moments)) for leg in Leg if moments),
    ]
    return ReportTable(
        (QCoreApplication.translate("Report", "Week from"), *running, *active, *days, *legs, *legs),
        tuple(_week(each, moments, today) for each in shown),
        tuple(groups),
    )


def _week(week: Week, moments: Sequence[Moment], today: date) -> tuple[str, ...]:
    ran, other = week.runs > 0, week.activities > 0
    return (
        sentences.week_text(week, today),
        str(week.runs),
        number_locale().toString(week.minutes) if ran else NONE,
        NONE if week.km is None else number_locale().toString(week.km, "f", 1),
        NONE if week.worst_run is None else str(week.worst_run),
        str(week.activities) if other else NONE,
        number_locale().toString(week.activity_minutes) if other else NONE,
        number_locale().toString(week.load) if ran or other else NONE,
        str(week.sessions),
        str(week.rest_days),
        *(_median(week.ratings.get((leg, moment))) for leg in Leg for moment in moments),
    )


def _median(spread: Spread | None) -> str:
    """Return a median, in brackets if it is from too few ratings to mean much."""
    if spread is None:
        return NONE
    text = number(spread.median)
    return f"({text})" if spread.count < WEEK_NEEDS else text


def _months(months: Sequence[Week], leg: Leg) -> ReportTable:
    rows = []
    for year, parts in groupby(months, key=lambda part: part.days.first.year):
        cells = {part.days.first.month: _median(part.soreness[leg]) for part in parts}
        rows.append((str(year), *(cells.get(month, "") for month in range(1, 13))))
    names = (
        words().standaloneMonthName(month, QLocale.FormatType.ShortFormat) for month in range(1, 13)
    )
    head = QCoreApplication.translate("Report", "Year")
    return ReportTable((head, *names), tuple(rows[-MOST_YEARS:]))
