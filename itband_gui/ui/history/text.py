"""Describes the points of the history in plain words."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.days import Period, day_of
from itband_gui.insight.trend import MEDIAN_NEEDS
from itband_gui.insight.weeks import training_load
from itband_gui.journal.entries import Activity, Moment, Rating, Run
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.library import Library
from itband_gui.ui.history.ticks import day_words, short_day_words
from itband_gui.ui.history.tracks import Strip, Track, What, Window
from itband_gui.ui.text.dates import number_locale
from itband_gui.ui.text.entries import said
from itband_gui.ui.text.words import leg_name, moment_name, place_name, side_name
from itband_gui.wording.counts import number, of_ten, rated_days, shortfall_text


@dataclass(frozen=True)
class PointText:
    """One point as table cells and as a sentence; `median` is "" if there is none."""

    day: str
    leg: str
    what: str
    value: str
    median: str
    sentence: str


def words_of(track: Track, index: int, library: Library, today: date) -> PointText:
    """Describe a point of a track."""
    entry = track.entries[index]
    day, short_day = (words(day_of(entry), today) for words in (day_words, short_day_words))
    if isinstance(entry, Rating):
        return _rating(track, entry, day, short_day)
    told = said(entry, library, today)
    load = _load(entry) if isinstance(entry, Run | Activity) else ""
    value = (told.detail.removeprefix(": ").removeprefix(", ") + told.tail) + load
    leg = side_name(entry.about[0]) if len(entry.about) == 1 else ""
    sentence = QCoreApplication.translate("HistoryReading", "{day}. {what}").format(
        day=day, what=told.whole + load
    )
    return PointText(short_day, leg, what_name(track.what), value, "", sentence)


def _rating(track: Track, rating: Rating, day: str, short_day: str) -> PointText:
    point = track.medians.get(day_of(rating))
    median = "" if point is None else number(point.median)
    score = of_ten(float(rating.score))
    places = QCoreApplication.translate("HistoryReading", ", ").join(map(place_name, rating.places))
    value = f"{score} · {places}" if places else score
    if median:
        sentence = QCoreApplication.translate(
            "HistoryReading", "{day}. {leg}, {moment}: {value}; week’s median {median}"
        )
    else:
        sentence = QCoreApplication.translate("HistoryReading", "{day}. {leg}, {moment}: {value}")
    leg, moment = leg_name(rating.leg), moment_name(rating.moment)
    sentence = sentence.format(day=day, leg=leg, moment=moment.lower(), value=value, median=median)
    return PointText(short_day, side_name(rating.leg), moment, value, median, sentence)


def what_name(what: What) -> str:
    """Return the name of a series or of a row of the strip."""
    if isinstance(what, Moment):
        return moment_name(what)
    return {
        Strip.SIGNS: QCoreApplication.translate("HistoryReading", "Warning sign"),
        Strip.SESSIONS: QCoreApplication.translate("HistoryReading", "Session"),
        Strip.REST_DAYS: QCoreApplication.translate("HistoryReading", "Rest day"),
        Strip.RUNS: QCoreApplication.translate("HistoryReading", "Run"),
        Strip.ACTIVITIES: QCoreApplication.translate("HistoryReading", "Activity"),
    }[what]


def period_words(period: Period, today: date) -> str:
    """Return "Mon 26 October to Sun 22 November"."""
    return QCoreApplication.translate("HistoryReading", "{first} to {last}").format(
        first=day_words(period.first, today), last=day_words(period.last, today)
    )


def only_text(leg: Leg, place: Place) -> str:
    """Name the one place shown, on the button that shows all places again."""
    return QCoreApplication.translate("History", "Only {place}, {leg} ×").format(
        place=place_name(place).lower(), leg=leg_name(leg).lower()
    )


def every_place_text(leg: Leg, place: Place) -> str:
    """Say that what follows is not limited to the one place shown above."""
    return QCoreApplication.translate(
        "History",
        "Everything below is about the whole {leg}, not just this place: {place}.",
    ).format(place=place_name(place).lower(), leg=leg_name(leg).lower())


def missing_words(track: Track, window: Window) -> str:
    """Say why a visible series has no line; "" if it has one, or has nothing to draw."""
    if track.leg is None or not track.entries:
        return ""
    if track.short is None:
        return _gap_words(track, window)
    return QCoreApplication.translate(
        "HistoryReading", "{leg}, {moment}: no line yet. {needs}"
    ).format(
        leg=leg_name(track.leg),
        moment=what_name(track.what).lower(),
        needs=shortfall_text(track.short),
    )


def _gap_words(track: Track, window: Window) -> str:
    """Say that a series with lines elsewhere has too few ratings here; "" if it has a line."""
    if window.by_month:
        lines = track.months
        text = QCoreApplication.translate(
            "HistoryReading",
            "{leg}, {moment}: too few ratings for a line: no month here has {days}.",
        )
    else:
        lines = track.weeks
        text = QCoreApplication.translate(
            "HistoryReading",
            "{leg}, {moment}: too few ratings for a line: no week here has {days}.",
        )
    drawn = any(line[0][0] < window.right and line[-1][0] >= window.left for line in lines)
    if drawn or track.leg is None or not track.span(window.left, window.right):
        return ""
    return text.format(
        leg=leg_name(track.leg),
        moment=what_name(track.what).lower(),
        days=rated_days(MEDIAN_NEEDS),
    )


def _load(done: Run | Activity) -> str:
    text = QCoreApplication.translate("HistoryReading", "; minutes × effort {load}")
    return text.format(load=number_locale().toString(training_load(done)))
