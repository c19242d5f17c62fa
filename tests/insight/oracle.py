"""The light for running once more, written from the rule as plainly and slowly as can be."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from statistics import median

from itband_gui.journal.entries import Ended, Entry, Moment, Rating, Run, Session, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import Group
from tests.insight.making import SAFETY

DAILY = (Moment.BEFORE, Moment.MORNING, Moment.OTHER)


def light(entries: Sequence[Entry], now: datetime) -> str:
    """Return go, unknown, easy or rest."""
    found = _colours(entries, now)
    if any(colour == "red" for colour, _ in found) or _days_off(entries, now):
        return "rest"
    if any(colour == "amber" for colour, _ in found):
        return "easy"
    return "unknown" if any(colour == "missing" for colour, _ in found) else "go"


def _ago(now: datetime, when: datetime) -> int:
    return (now.date() - when.date()).days


def _days_off(entries: Sequence[Entry], now: datetime) -> bool:
    reds = []
    for back in range(14):
        day = now.date() - timedelta(days=back)
        evening = now if back == 0 else datetime.combine(day, time(23, 59, 59), now.tzinfo)
        if ("red", day) in _colours(entries, evening):
            reds.append(day)
    for day in reds[:1]:
        ran = any(isinstance(e, Run) and e.at.date() == day and e.at <= now for e in entries)
        begins = day + timedelta(days=1 if ran else 0)
        again = any(timedelta(0) < day - other < timedelta(days=7) for other in reds)
        if again and now.date() < begins + timedelta(days=2):
            return True
    return False


def _colours(entries: Sequence[Entry], now: datetime) -> set[tuple[str, date]]:
    """Return the colours that were found, each with the day of what shows it."""
    known = [e for e in entries if e.at <= now and (_ago(now, e.at) < 45 or isinstance(e, Sign))]
    found = _runs(known, now, any(isinstance(e, Run) for e in entries if e.at <= now))
    for entry in known:
        if isinstance(entry, Sign) and (entry.resolved is None or entry.resolved > now):
            sign = SAFETY.sign(entry.sign)
            if sign is None or sign.group is Group.BLOCK:
                found.add(("red", entry.at.date()))
        if isinstance(entry, Session) and entry.ended is Ended.STOPPED and _ago(now, entry.at) <= 2:
            today = [_todays(known, leg, now) for leg in entry.legs]
            if _ago(now, entry.at) == 0 or not all(t and max(t) <= 2 for t in today):
                found.add(("red", entry.at.date()))
    rated = [e for e in known if isinstance(e, Rating) and _ago(now, e.at) < 7]
    for leg in {rating.leg for rating in rated}:
        found |= _leg(known, leg, now)
    return found if rated else found | {("missing", now.date())}


def _todays(known: Sequence[Entry], leg: Leg, now: datetime) -> list[int]:
    return [
        e.score
        for e in known
        if isinstance(e, Rating) and e.leg is leg and e.moment in DAILY and _ago(now, e.at) == 0
    ]


def _leg(known: Sequence[Entry], leg: Leg, now: datetime) -> set[tuple[str, date]]:
    mine = [e for e in known if isinstance(e, Rating) and e.leg is leg and e.moment in DAILY]
    mornings: dict[int, int] = {}
    for each in mine:
        if each.moment is Moment.MORNING and 1 <= _ago(now, each.at) <= 7:
            back = _ago(now, each.at)
            mornings[back] = max(each.score, mornings.get(back, 0))
    today = [e for e in mine if _ago(now, e.at) == 0]
    shown = today or [e for e in mine if _ago(now, e.at) == 1]
    found = {("red", e.at.date()) for e in shown if e.score >= 4}
    found |= {("amber", e.at.date()) for e in shown if e.score == 3}
    if len(mornings) >= 3:
        usual = median(mornings.values())
        for each in today:
            if each.moment is Moment.MORNING and each.score >= usual + 2:
                found.add(("red", now.date()))
            elif each.score >= usual + 1:
                found.add(("amber", now.date()))
    elif any(e.score for e in today):
        found.add(("missing", now.date()))
    return found if today else found | {("missing", now.date())}


def _runs(known: Sequence[Entry], now: datetime, ever: bool) -> set[tuple[str, date]]:
    runs: list[tuple[date, int | None, bool]] = []
    for entry in known:
        if isinstance(entry, Run):
            runs.append((entry.at.date(), entry.worst, entry.changed_stride))
        elif isinstance(entry, Rating) and entry.moment is Moment.LAST_RUN:
            day, worst, stride = runs[-1]  # the generator logs every run that it rates
            runs[-1] = (day, max(entry.score, worst or 0), stride)
    if not runs or (now.date() - runs[-1][0]).days > 14:
        return {("amber" if ever else "missing", now.date())}
    found: set[tuple[str, date]] = set()
    for number, (day, worst, stride) in enumerate(runs):
        old = (now.date() - day).days > 1
        if old and number < len(runs) - 1:
            continue
        sore = stride or (worst or 0) >= 3
        if number and sore:
            other_day, other_worst, other_stride = runs[number - 1]
            twice = (other_stride or (other_worst or 0) >= 3) and (day - other_day).days <= 14
        else:
            twice = False
        if stride or twice or (worst or 0) >= 6:
            found.add(("amber" if old else "red", day))
        elif sore:
            found.add(("amber", day))
    return found if runs[-1][1] is not None else found | {("missing", now.date())}
