"""The light and the rest of three seeded journals, checked against the plain rule."""

from datetime import UTC, datetime, time

import pytest

from itband_gui.insight.days import DAY, days_ending
from itband_gui.insight.readiness import Judge
from itband_gui.insight.reasons import Readiness
from itband_gui.insight.rest import rest
from itband_gui.journal.entries import Entry, RestDay, Run, Sign
from tests.conftest import Amount
from tests.insight import oracle
from tests.insight.journals import LAST, flare
from tests.insight.making import OFFSET, SAFETY

Journal = list[Entry]


def lately(journal: Journal) -> Journal:
    """Return the entries that can matter for the light of the last seventy days."""
    return [e for e in journal if isinstance(e, Sign) or (LAST - e.at.date()).days < 140]


@pytest.mark.parametrize("hour", [9, 18, 23])
def test_the_light_of_each_day_is_that_of_the_rule_written_plainly(
    journal: Journal, hour: int, quick_or_slow: Amount
) -> None:
    judge, recent = Judge(journal, SAFETY), lately(journal)
    found = set()
    for back in range(0, 70, quick_or_slow(3, 1)):
        now = datetime.combine(LAST - back * DAY, time(hour), OFFSET)
        light = judge.verdict(now).light
        assert (now, light.value) == (now, oracle.light(recent, now))
        found.add(light)
    assert len(found) >= 2


def test_the_flare_has_every_light() -> None:
    judge = Judge(flare(), SAFETY)
    days = [datetime.combine(LAST - back * DAY, time(23), OFFSET) for back in range(63)]
    assert {judge.verdict(now).light for now in days} == set(Readiness)


def test_advised_and_taken_rest_match_the_plain_rule(journal: Journal) -> None:
    for back in range(0, 42, 7):
        now = datetime.combine(LAST - back * DAY, time(23, 59), OFFSET)
        known = [e for e in lately(journal) if e.at <= now]
        advised, taken = [], []
        for day in sorted(days_ending(now.date(), 14).first + n * DAY for n in range(14)):
            runs = [e.at for e in known if isinstance(e, Run) and e.at.date() == day]
            chosen = any(isinstance(e, RestDay) and e.at.date() == day for e in known)
            if day == now.date() and not runs and not chosen:
                continue
            asked = datetime.combine(day, time(23, 59), OFFSET)
            if runs:
                asked = datetime.fromtimestamp(min(runs).timestamp() - 1, UTC).astimezone(OFFSET)
            if oracle.light([e for e in known if e.at <= asked], asked) == "rest":
                advised.append(day)
                taken += [] if runs else [day]
        found = rest(known, now, SAFETY)
        assert (list(found.advised), list(found.taken)) == (advised, taken)
