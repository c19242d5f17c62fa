"""Summarizes a period for the one-page report for a physiotherapist."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from itband_gui.insight.days import Period, within
from itband_gui.insight.places import PlaceSoreness, heat_map
from itband_gui.insight.relief import Relief, relief
from itband_gui.insight.trend import Trend, trend
from itband_gui.insight.weeks import Week, weeks
from itband_gui.journal.entries import Entry, Rating, Session, Sign
from itband_gui.leg.names import Leg, Place, Technique, Zone


@dataclass(frozen=True)
class Massage:
    """The massage actually done in a period, in seconds of hands-on time."""

    sessions: int
    seconds: Mapping[tuple[Leg, Zone, Technique], int]

    def of_leg(self, leg: Leg) -> int:
        """Return the seconds on a leg."""
        return sum(seconds for (each, _, _), seconds in self.seconds.items() if each is leg)

    def of_zone(self, leg: Leg, zone: Zone) -> int:
        """Return the seconds on a zone of a leg."""
        return sum(self.seconds.get((leg, zone, each), 0) for each in Technique)

    def of_technique(self, leg: Leg, technique: Technique) -> int:
        """Return the seconds of a technique on a leg."""
        return sum(self.seconds.get((leg, each, technique), 0) for each in Zone)


@dataclass(frozen=True)
class Summary:
    """Everything that the report shows.

    Attributes:
        entries: the number of entries in the period.
        open_signs: the signs still open at the end of the journal, however old.
        past_signs: the resolved signs that were open on a day of the period.

    """

    period: Period
    entries: int
    ratings: Mapping[Leg, int]
    weeks: tuple[Week, ...]
    trend: Trend
    places: Mapping[Leg, Mapping[Place, PlaceSoreness]]
    relief: Mapping[Leg, Relief]
    massage: Massage
    open_signs: tuple[Sign, ...]
    past_signs: tuple[Sign, ...]


def summary(entries: Sequence[Entry], period: Period) -> Summary:
    """Return the report's data for a period; `entries` is the whole journal, oldest first."""
    drawn = trend(entries, period)
    inside = within(entries, period)
    return Summary(
        period=period,
        entries=len(inside),
        ratings={leg: sum(isinstance(e, Rating) and e.leg is leg for e in inside) for leg in Leg},
        weeks=weeks(inside, period),
        trend=drawn,
        places={leg: heat_map(inside, leg, period) for leg in Leg},
        relief={leg: relief(entries, leg, period) for leg in Leg},
        massage=massage(inside),
        open_signs=tuple(e for e in entries if isinstance(e, Sign) and e.resolved is None),
        past_signs=tuple(sign for sign in drawn.signs if sign.resolved is not None),
    )


def massage(entries: Iterable[Entry]) -> Massage:
    """Return the massage done in the sessions among the entries."""
    sessions = [entry for entry in entries if isinstance(entry, Session)]
    seconds: dict[tuple[Leg, Zone, Technique], int] = {}
    for work in chain.from_iterable(session.work for session in sessions):
        spot = (work.leg, work.zone, work.technique)
        seconds[spot] = seconds.get(spot, 0) + work.seconds
    return Massage(len(sessions), {spot: s for spot, s in seconds.items() if s})
