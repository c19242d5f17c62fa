"""A second, plain and slow implementation of the light for running, to compare with."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from statistics import median

from itband_gui.journal.entries import Activity, Ended, Entry, Moment, Rating, Run, Session, Sign
from itband_gui.leg.names import Leg, Place
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


def _colours(  # noqa: C901 - the rule in one piece, as it is told
    entries: Sequence[Entry], now: datetime
) -> set[tuple[str, date]]:
    """Return the colours found, each with the day of its cause."""
    known = [e for e in entries if e.at <= now and (_ago(now, e.at) < 45 or isinstance(e, Sign))]
    found = _runs(known, now, any(isinstance(e, Run) for e in entries if e.at <= now))
    for entry in known:
        if isinstance(entry, Sign):
            found |= _sign(entry, now)
        if isinstance(entry, Session) and entry.ended is Ended.STOPPED and _ago(now, entry.at) <= 2:
            today = [_todays(known, leg, now) for leg in entry.legs]
            if _ago(now, entry.at) == 0 or not all(t and max(t) <= 2 for t in today):
                found.add(("red", entry.at.date()))
    found |= _hard_days(known, now)
    for entry in known:
        if isinstance(entry, Rating) and entry.score >= 7 and entry.moment is not Moment.LAST_RUN:
            if _ago(now, entry.at) == 0:
                found.add(("red", entry.at.date()))
            elif now - entry.at < timedelta(hours=24):
                found.add(("amber", entry.at.date()))
    rated = [e for e in known if isinstance(e, Rating) and _ago(now, e.at) < 7]
    muscles = _muscles(known, now)
    for leg in {rating.leg for rating in rated}:
        colours = _leg(known, leg, now)
        if muscles:
            colours = {("amber" if c == "red" else c, day) for c, day in colours}
        found |= colours
    return found if rated else found | {("missing", now.date())}


def _sign(entry: Sign, now: datetime) -> set[tuple[str, date]]:
    """Return the colour of an open sign, or of one that only a clinician could close."""
    sign, over = SAFETY.sign(entry.sign), entry.resolved is not None and entry.resolved <= now
    agreed = entry.resolution == "clinician-agreed"
    if over and agreed and sign is not None and sign.massage == "ask":
        over = False  # to massage; of running that says nothing
    if over and (sign is None or sign.closes != "seen" or agreed):
        gone = timedelta.max if entry.resolved is None else now - entry.resolved
        clear = timedelta(hours=sign.clear_hours if sign else 0)
        fresh = now < entry.at + timedelta(hours=sign.least_hours if sign else 0)
        if gone < 2 * clear or fresh:
            return {("red" if gone < clear or fresh else "amber", entry.at.date())}
        gently = sign is not None and sign.closes == "seen" and gone < timedelta(days=7)
        return {("amber", entry.at.date())} if gently else set()
    colour = {"rest": "red", "easy": "amber", "none": ""}[sign.running if sign else "rest"]
    return {(colour, entry.at.date())} if colour else set()


def _hard_days(known: Sequence[Entry], now: datetime) -> set[tuple[str, date]]:
    found: set[tuple[str, date]] = set()
    for entry in known:
        if not isinstance(entry, Run | Activity):
            continue
        days = 1 if entry.effort >= 8 else 0
        if isinstance(entry, Run):
            month = [
                e.minutes
                for e in known
                if isinstance(e, Run) and timedelta(0) < entry.at - e.at <= timedelta(days=30)
            ]
            if month and entry.minutes >= 2 * median(month):
                days = 3
            elif entry.minutes >= (1.5 * median(month) if month else 90):
                days = 1
        if days and _ago(now, entry.at) <= days:
            found.add(("amber", entry.at.date()))
    return found


def _muscles(known: Sequence[Entry], now: datetime) -> bool:
    """Return whether both thighs are equally sore one to three days after hard sport."""
    left, right = (max(_todays(known, leg, now), default=0) for leg in Leg)
    others = {Place.OUTER_HIP, Place.OUTER_KNEE, Place.KNEE_FRONT, Place.OTHER}
    elsewhere = any(
        isinstance(e, Rating)
        and _ago(now, e.at) == 0
        and e.moment in DAILY
        and others & {*e.places}
        for e in known
    )
    hard = any(
        isinstance(e, Run | Activity) and e.effort >= 5 and 1 <= _ago(now, e.at) <= 3 for e in known
    )
    return hard and not elsewhere and 1 <= left <= 4 and 1 <= right <= 4 and abs(left - right) <= 1


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
            if each.moment is Moment.MORNING and each.score >= usual + 2 and each.score > 2:
                found.add(("red", now.date()))
            elif each.score >= usual + 1:
                found.add(("amber", now.date()))
    elif any(e.score for e in today):
        found.add(("missing", now.date()))
    first_steps = [e.score for e in today if e.moment is Moment.MORNING]
    if first_steps and not found - {("missing", now.date())}:
        then = _usual_then(mine, now)
        if then is not None and max(first_steps) - then >= 2:
            found.add(("amber", now.date()))
    return found if today else found | {("missing", now.date())}


def _usual_then(mine: Sequence[Rating], now: datetime) -> float | None:
    """Return the usual level four weeks ago, or in the earliest known week since."""
    for ending in range(21, 7, -1):
        worst: dict[int, int] = {}
        for each in mine:
            back = _ago(now, each.at)
            if each.moment is Moment.MORNING and ending <= back < ending + 7:
                worst[back] = max(worst.get(back, 0), each.score)
        if len(worst) >= 3:
            return median(worst.values())
    return None


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
            twice = (other_stride or (other_worst or 0) >= 3) and (day - other_day).days <= 5
        else:
            twice = False
        if stride or twice or (worst or 0) >= 6:
            found.add(("amber" if old else "red", day))
        elif sore:
            found.add(("amber", day))
    return found if runs[-1][1] is not None else found | {("missing", now.date())}
