"""How sore each leg is, as far as it speaks for or against a run.

The bands are those of `findings`.
"""

from datetime import timedelta

from itband_gui.insight.days import DAY, WEEK_DAYS
from itband_gui.insight.evidence import USUAL_NEEDS, View
from itband_gui.insight.numbers import Need, Shortfall
from itband_gui.insight.reasons import Cause, Findings, Missing, Readiness, Reason, Remedy
from itband_gui.insight.strain import Effort, sore_muscles
from itband_gui.journal.entries import Moment, Rating
from itband_gui.leg.names import Leg

CALM = 2  # up to here is fine: the lowest band of the pain-monitoring model
VERY_SORE = 7  # at rest: severe (our choice); it gets advice, and no massage
SORE_WALKING = 4  # in daily life: our choice
SORE_DAY = 3  # in daily life: above the lowest band
WELL_ABOVE_USUAL = 2  # more than the 1.77 that is noise in spine patients (10.1055/a-1304-3677)
ABOVE_USUAL = 1  # half of that: our choice
VERY_SORE_COUNTS = timedelta(hours=24)  # our choice
LEG_COUNTS_DAYS = WEEK_DAYS  # a leg that nobody rated for a week is not asked about: our choice


def of_legs(view: View) -> Findings:
    """Return what today's ratings of both legs say."""
    counted = {rating.leg for rating in view.of(Rating, LEG_COUNTS_DAYS)}
    muscles = sore_muscles(view)
    reasons: list[Reason] = []
    tired: list[Reason] = []  # told once for both legs
    missing: list[Missing] = []
    for leg in Leg:
        reasons.extend(_very_sore(view, leg))
        if leg in counted:
            found = _of_leg(view, leg)
            reds = [each for each in found.reasons if each.light is Readiness.REST]
            if muscles is not None and reds:
                tired = tired or [_as_muscles(view, muscles)]
            else:
                reds = []
            reasons.extend(each for each in found.reasons if each not in reds)
            missing.extend(found.missing)
    if not counted:
        missing.append(Missing(Shortfall(Need.TODAY_RATING, 0, 1)))
    return Findings((*reasons, *tired), tuple(missing))


def severe(view: View, leg: Leg, lasts: timedelta = VERY_SORE_COUNTS) -> list[Rating]:
    """Return the ratings of a leg at rest of today and the last 24 hours that were severe.

    After a massage too: what is that sore is never left out.
    """
    return [
        each
        for each in view.of(Rating, lasts.days + 1)
        if each.leg is leg
        and each.moment is not Moment.LAST_RUN
        and each.score >= VERY_SORE
        and (view.day(each) == view.this_day or view.moment - each.at < lasts)
    ]


def _very_sore(view: View, leg: Leg) -> list[Reason]:
    found = severe(view, leg)
    today = [each for each in found if view.day(each) == view.this_day]
    if today:
        cause, light, entries = Cause.VERY_SORE, Readiness.REST, today
        remedy, until = Remedy.CALMER_DAY, view.this_day
    elif found:
        cause, light, entries = Cause.VERY_SORE_LATELY, Readiness.EASY, found
        remedy, until = Remedy.TIME, view.day_here(found[-1].at + VERY_SORE_COUNTS)
    else:
        return []
    worst = max(each.score for each in entries)
    shown = tuple(each for each in entries if each.score == worst)
    return [Reason(cause, light, shown, remedy, view.day(shown[-1]), until, leg)]


def _of_leg(view: View, leg: Leg) -> Findings:
    untouched, usual = view.untouched(leg), view.usual(leg)
    today = view.now_ratings(leg, view.this_day)
    reasons = [*_by_level(view, leg, today), *_by_rise(view, leg, today, usual)]
    reasons.extend(_by_creep(view, leg, today, reasons))
    if any(each.score >= VERY_SORE for each in today):  # `_very_sore` has said it
        reasons = []
    missing = []
    if not untouched:
        # Yesterday's stand for today's until one speaks for today.
        reasons.extend(_by_level(view, leg, view.now_ratings(leg, view.this_day - DAY)))
        missing.append(Missing(Shortfall(Need.TODAY_RATING, 0, 1), leg))
    elif usual is None and any(each.score for each in untouched):
        have = len(view.mornings(leg))  # without a usual level, only a 0 is settled for certain
        missing.append(Missing(Shortfall(Need.MORNINGS, have, USUAL_NEEDS), leg))
    elif not reasons and not severe(view, leg):
        reasons.append(_settled(view, leg, untouched, usual))
    return Findings(tuple(reasons), tuple(missing))


def _settled(view: View, leg: Leg, untouched: list[Rating], usual: float | None) -> Reason:
    day = view.this_day
    remedy = Remedy.CALMER_DAY
    return Reason(Cause.SETTLED, Readiness.GO, tuple(untouched), remedy, day, day, leg, usual)


def _as_muscles(view: View, effort: Effort) -> Reason:
    """Take soreness of both thighs after a hard day for what it is: no flare, and no rest day."""
    today = [each for leg in Leg for each in view.now_ratings(leg, view.this_day)]
    worst = max(each.score for each in today)
    shown = tuple(each for each in today if each.score == worst)
    day, remedy = view.this_day, Remedy.CALMER_DAY
    return Reason(Cause.SORE_MUSCLES, Readiness.EASY, (effort, *shown), remedy, day, day)


def _by_level(view: View, leg: Leg, ratings: list[Rating]) -> list[Reason]:
    """Judge the worst of one day's ratings by itself."""
    score = max((each.score for each in ratings), default=0)
    if score < SORE_DAY:
        return []
    worst = [each for each in ratings if each.score == score]
    red = score >= SORE_WALKING
    return [
        Reason(
            Cause.SORE_WALKING if red else Cause.SORE_TODAY,
            Readiness.REST if red else Readiness.EASY,
            tuple(worst),
            Remedy.CALMER_DAY,
            view.day(worst[-1]),
            view.this_day,
            leg,
        )
    ]


def _by_rise(view: View, leg: Leg, today: list[Rating], usual: float | None) -> list[Reason]:
    """Judge today's ratings by the leg's usual morning; only a morning can close the day."""
    if usual is None:
        return []
    reasons = []
    for rating in today:
        rise = rating.score - usual
        if rise < ABOVE_USUAL:
            continue
        # Two or less is calm, whatever is usual: never a day off by itself.
        red = rise >= WELL_ABOVE_USUAL and rating.moment is Moment.MORNING and rating.score > CALM
        reasons.append(
            Reason(
                Cause.MORNING_WELL_ABOVE if red else Cause.ABOVE_USUAL,
                Readiness.REST if red else Readiness.EASY,
                (rating,),
                Remedy.CALMER_MORNING,
                view.this_day,
                view.this_day,
                leg,
                usual,
            )
        )
    return reasons


def _by_creep(view: View, leg: Leg, today: list[Rating], found: list[Reason]) -> list[Reason]:
    """Judge this morning by the usual of four weeks ago: a usual that creeps up hides the rise."""
    mornings = [each for each in today if each.moment is Moment.MORNING]
    earlier = view.earlier_usual(leg) if mornings and not found else None
    if earlier is None:
        return []
    worst = max(mornings, key=lambda each: each.score)
    if worst.score - earlier < WELL_ABOVE_USUAL:
        return []
    day, remedy = view.this_day, Remedy.CALMER_MORNING
    return [Reason(Cause.CREPT_UP, Readiness.EASY, (worst,), remedy, day, day, leg, earlier)]
