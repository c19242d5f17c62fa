"""The numbers of the panels, recomputed only for what changed."""

from itband_gui.insight.days import days_ending
from itband_gui.journal.entries import Entry
from itband_gui.leg.names import Leg
from itband_gui.ui.history.panels import PanelComputer
from tests.insight.making import DAY, NOW, TODAY, rest_day, run

MONTH, WEEK = days_ending(TODAY, 28), days_ending(TODAY, 7)


def test_panning_reckons_the_weeks_anew_and_rest_not_at_all() -> None:
    entries: list[Entry] = [run(20), run(9), rest_day(3)]
    reckoner = PanelComputer()
    month = reckoner.facts(entries, MONTH, tuple(Leg), NOW)
    week = reckoner.facts(entries, WEEK, (Leg.LEFT,), NOW)
    assert len(month.weeks) > len(week.weeks)
    assert week.legs == (Leg.LEFT,)
    assert week.rest is month.rest


def test_another_journal_or_day_has_another_rest() -> None:
    entries: list[Entry] = [run(9), rest_day(3)]
    reckoner = PanelComputer()
    assert len(reckoner.facts(entries, MONTH, (), NOW).rest.rest_days) == 1
    more = [*entries, rest_day(2)]
    assert len(reckoner.facts(more, MONTH, (), NOW).rest.rest_days) == 2
    assert reckoner.facts(more, MONTH, (), NOW + DAY).rest.period.last == TODAY + DAY
