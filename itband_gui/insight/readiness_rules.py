"""The rules of the readiness light, one reason at a time, for the runner and for each leg.

The bands are those of the pain-monitoring model (Thomeé; Silbernagel 2007: 38 people with sore
Achilles tendons who kept training within them did no worse than those who stopped); NHS leaflets
draw them slightly differently. They were never tested for soreness of the outer thigh. Their
cautious combination here is our choice, as is every number that names no other source.
"""

from datetime import timedelta

from msgspec import UNSET

from itband_gui.insight.days import DAY, WEEK_DAYS
from itband_gui.insight.lookback import USUAL_NEEDS, JournalAt, RunWithRatings
from itband_gui.insight.reasons import Cause, Evidence, Missing, Readiness, Reason, Remedy
from itband_gui.insight.statistics import Need, Shortfall
from itband_gui.insight.strain import Effort, sore_muscles, strains
from itband_gui.journal.entries import Ended, Entry, Moment, Rating, Session
from itband_gui.leg.names import Leg
from itband_gui.safety.open_signs import (
    GENTLE_START,
    SignState,
    StandingSign,
    by_urgency,
    clears_at,
    standing_signs,
)
from itband_gui.safety.signs import RunningRule, Safety

CALM = 2  # up to here is fine; the lowest band of the pain-monitoring model
VERY_SORE = 7  # severe at rest (our choice); this brings advice and rules out massage
SORE_WALKING = 4  # in daily life: our choice
SORE_DAY = 3  # in daily life; above the lowest band
WELL_ABOVE_USUAL = 2  # more than the 1.77 that is noise in spine patients (10.1055/a-1304-3677)
ABOVE_USUAL = 1  # half of that: our choice
VERY_SORE_COUNTS = timedelta(hours=24)  # our choice
LEG_COUNTS_DAYS = WEEK_DAYS  # a leg not rated for a week is not asked about: our choice
RUN_VERY_SORE = 6  # while running; above the 5 that the pain-monitoring model allows
# How long a run or a stop rules out running on its own. Return-to-running advice (Swansea Bay NHS):
# continue only after 24 hours without pain; we count whole days.
RED_RUN_DAYS = 1
STOP_DAYS = 2  # 48 hours, as after a massage that made things worse: our choice
RUN_COUNTS_DAYS = 14  # an older run says nothing about today: our choice
SORE_RUNS_APART = 5  # most days between two sore runs that count together: our choice


def of_legs(view: JournalAt) -> Evidence:
    """Return the reasons from today's ratings of both legs."""
    counted = {rating.leg for rating in view.of(Rating, LEG_COUNTS_DAYS)}
    muscles = sore_muscles(view)
    reasons: list[Reason] = []
    tired: list[Reason] = []  # given once for both legs
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
    return Evidence((*reasons, *tired), tuple(missing))


def severe(view: JournalAt, leg: Leg, lasts: timedelta = VERY_SORE_COUNTS) -> list[Rating]:
    """Return a leg's severe ratings at rest, from today and the time `lasts` before now.

    Ratings after massage count, too: soreness this high is never ignored.
    """
    return [
        each
        for each in view.of(Rating, lasts.days + 1)
        if each.leg is leg
        and each.moment is not Moment.LAST_RUN
        and each.score >= VERY_SORE
        and (view.day(each) == view.this_day or view.moment - each.at < lasts)
    ]


def _very_sore(view: JournalAt, leg: Leg) -> list[Reason]:
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


def _of_leg(view: JournalAt, leg: Leg) -> Evidence:
    untouched, usual = view.untouched(leg), view.usual(leg)
    today = view.now_ratings(leg, view.this_day)
    reasons = [*_by_level(view, leg, today), *_by_rise(view, leg, today, usual)]
    reasons.extend(_by_creep(view, leg, today, reasons))
    if any(each.score >= VERY_SORE for each in today):  # `_very_sore` covers it
        reasons = []
    missing = []
    if not untouched:
        # Yesterday's ratings count until there is one for today.
        reasons.extend(_by_level(view, leg, view.now_ratings(leg, view.this_day - DAY)))
        missing.append(Missing(Shortfall(Need.TODAY_RATING, 0, 1), leg))
    elif usual is None and any(each.score for each in untouched):
        have = len(view.mornings(leg))  # without a usual level, only a 0 is certainly settled
        missing.append(Missing(Shortfall(Need.MORNINGS, have, USUAL_NEEDS), leg))
    elif not reasons and not severe(view, leg):
        reasons.append(_settled(view, leg, untouched, usual))
    return Evidence(tuple(reasons), tuple(missing))


def _settled(view: JournalAt, leg: Leg, untouched: list[Rating], usual: float | None) -> Reason:
    day = view.this_day
    remedy = Remedy.CALMER_DAY
    return Reason(Cause.SETTLED, Readiness.GO, tuple(untouched), remedy, day, day, leg, usual)


def _as_muscles(view: JournalAt, effort: Effort) -> Reason:
    """Treat soreness of both thighs after a hard day as tired muscles: easy, not rest."""
    today = [each for leg in Leg for each in view.now_ratings(leg, view.this_day)]
    worst = max(each.score for each in today)
    shown = tuple(each for each in today if each.score == worst)
    day, remedy = view.this_day, Remedy.CALMER_DAY
    return Reason(Cause.SORE_MUSCLES, Readiness.EASY, (effort, *shown), remedy, day, day)


def _by_level(view: JournalAt, leg: Leg, ratings: list[Rating]) -> list[Reason]:
    """Judge the worst of one day's ratings on its own."""
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


def _by_rise(view: JournalAt, leg: Leg, today: list[Rating], usual: float | None) -> list[Reason]:
    """Judge today's ratings against the leg's usual morning; only a morning can mean rest."""
    if usual is None:
        return []
    reasons = []
    for rating in today:
        rise = rating.score - usual
        if rise < ABOVE_USUAL:
            continue
        # Two or less is calm whatever the usual, and never means rest on its own.
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


def _by_creep(view: JournalAt, leg: Leg, today: list[Rating], found: list[Reason]) -> list[Reason]:
    """Judge this morning against the usual of four weeks ago, as a creeping usual hides a rise."""
    mornings = [each for each in today if each.moment is Moment.MORNING]
    earlier = view.earlier_usual(leg) if mornings and not found else None
    if earlier is None:
        return []
    worst = max(mornings, key=lambda each: each.score)
    if worst.score - earlier < WELL_ABOVE_USUAL:
        return []
    day, remedy = view.this_day, Remedy.CALMER_MORNING
    return [Reason(Cause.CREPT_UP, Readiness.EASY, (worst,), remedy, day, day, leg, earlier)]


def findings(view: JournalAt, safety: Safety) -> Evidence:
    """Return the reasons for and against running at the view's moment."""
    reasons = [*_of_signs(view, safety), *_of_stops(view, safety), *_of_strain(view)]
    missing: list[Missing] = []
    for found in (_of_runs(view), of_legs(view)):
        reasons.extend(found.reasons)
        missing.extend(found.missing)
    return Evidence(tuple(reasons), tuple(missing))


def _of_signs(view: JournalAt, safety: Safety) -> list[Reason]:
    """Return the reasons from warning signs, most urgent first."""
    signs = by_urgency(standing_signs(view.signs, safety, view.moment))
    found = (_of_sign(view, sign) for sign in signs)
    return [reason for reason in found if reason is not None]


def _of_sign(view: JournalAt, sign: StandingSign) -> Reason | None:
    entry, since = sign.entry, view.day(sign.entry)
    if sign.running is RunningRule.NONE:
        return None
    if sign.standing is SignState.CLEARING:
        return _of_clearing(view, sign)
    if sign.standing is SignState.SEEN:
        until = view.day_here((entry.resolved or entry.at) + GENTLE_START)
        easy = Readiness.EASY
        return Reason(Cause.SEEN_SIGN, easy, (entry,), Remedy.TIME, since, until, entry.leg)
    # A clinician's agreement to massage says nothing about running.
    light = Readiness.REST if sign.running is RunningRule.REST else Readiness.EASY
    unseen = sign.standing is SignState.UNSEEN
    cause = Cause.UNSEEN_SIGN if unseen else Cause.OPEN_SIGN
    remedy = Remedy.SIGN_GONE if sign.can_be_gone else Remedy.SIGN_SEEN
    return Reason(cause, light, (entry,), remedy, since, leg=entry.leg)


def _of_clearing(view: JournalAt, sign: StandingSign) -> Reason | None:
    """Judge a sign that is gone: its own rule until it has been gone long enough, then easy."""
    if sign.rule is None:
        return None
    rest_until, easy_until = clears_at(sign.entry, sign.rule)
    rests = view.moment < rest_until and sign.running is RunningRule.REST
    light = Readiness.REST if rests else Readiness.EASY
    until = view.day_here(rest_until if rests else easy_until)
    since = view.day(sign.entry)
    return Reason(Cause.CLEARING_SIGN, light, (sign.entry,), Remedy.TIME, since, until)


def _of_stops(view: JournalAt, safety: Safety) -> list[Reason]:
    """Return the reasons from sessions stopped because it hurt, until that has settled."""
    found = (_of_stop(view, each, safety) for each in view.of(Session, STOP_DAYS + 2))
    return [reason for reason in found if reason is not None]


def _of_stop(view: JournalAt, session: Session, safety: Safety) -> Reason | None:
    reason = safety.stop.reason(session.stopped_for or None)
    days = (view.this_day - view.day(session)).days
    if session.ended is not Ended.STOPPED or (reason and reason.running is RunningRule.NONE):
        return None  # an unknown reason counts against running
    # Dizziness is not about a leg, so no leg's rating settles it.
    settled = (reason is None or reason.leg) and _settled_since(view, session)
    lingers = reason is not None and reason.lingers
    hours = reason.massage_hours if reason else STOP_DAYS * 24
    ends = session.at + timedelta(hours=hours)
    light, remedy, until = Readiness.REST, Remedy.SETTLED_RATING, None
    if settled and lingers and view.moment < ends:
        light, remedy, until = Readiness.EASY, Remedy.TIME, view.day_here(ends)
    elif not settled and days <= STOP_DAYS:
        until = view.day(session) + STOP_DAYS * DAY
        remedy = Remedy.SETTLED_RATING if reason is None or reason.leg else Remedy.TIME
    else:
        return None
    leg, since = session.stopped_leg or None, view.day(session)
    return Reason(Cause.SESSION_STOPPED, light, (session,), remedy, since, until, leg)


def _settled_since(view: JournalAt, session: Session) -> bool:
    if view.day(session) == view.this_day:
        return False
    return all(
        view.untouched(leg)
        and all(each.score <= CALM for each in view.now_ratings(leg, view.this_day))
        for leg in stopped_legs(session)
    )


def stopped_legs(session: Session) -> tuple[Leg, ...]:
    """Return the legs that a stop is about: the named one, else those worked on.

    If it was stopped before any work, these are all the legs it was meant for.
    """
    if session.stopped_leg is not UNSET:
        return (session.stopped_leg,)
    return tuple(leg for leg in session.legs if session.worked_on(leg)) or session.legs


def _of_strain(view: JournalAt) -> list[Reason]:
    return [
        Reason(
            Cause.HARD_DAY,
            Readiness.EASY,
            (strain.entry,),
            Remedy.TIME,
            view.day(strain.entry),
            view.day(strain.entry) + strain.days * DAY,
        )
        for strain in strains(view)
    ]


# Runs


def _of_runs(view: JournalAt) -> Evidence:
    outings = view.outings()
    last = outings[-1] if outings else None
    if last is None or (view.this_day - last.day).days > RUN_COUNTS_DAYS:
        if not view.ever_ran:
            return Evidence((), (Missing(Shortfall(Need.RUN, 0, 1)),))
        entries = last.entries if last else ()
        since = last.day if last else view.this_day
        return Evidence(
            (Reason(Cause.LONG_BREAK, Readiness.EASY, entries, Remedy.EASY_RUN, since),), ()
        )
    reasons: list[Reason] = []
    for index, outing in enumerate(outings):
        # A calm run later that day or the next does not cancel out a sore one.
        if outing is last or (view.this_day - outing.day).days <= RED_RUN_DAYS:
            reasons.extend(_of_outing(view, outing, outings[index - 1] if index else None))
    if last.worst is None:
        return Evidence(tuple(reasons), (Missing(Shortfall(Need.RUN_SORENESS, 0, 1)),))
    if last.worst <= CALM and not last.changed_stride:
        reasons.append(
            Reason(Cause.CALM_RUN, Readiness.GO, last.entries, Remedy.CALM_RUN, last.day)
        )
    return Evidence(tuple(reasons), ())


def _of_outing(
    view: JournalAt, outing: RunWithRatings, earlier: RunWithRatings | None
) -> list[Reason]:
    """Return the reasons from one run; reds become ambers after a day."""
    until = outing.day + RED_RUN_DAYS * DAY
    fresh = view.this_day <= until
    worst = -1 if outing.worst is None else outing.worst

    def red(cause: Cause, entries: tuple[Entry, ...]) -> Reason:
        if fresh:
            return Reason(cause, Readiness.REST, entries, Remedy.DAY_OFF, outing.day, until)
        return Reason(cause, Readiness.EASY, entries, Remedy.WALK_FIRST, outing.day)

    reasons = []
    if outing.changed_stride:
        reasons.append(red(Cause.CHANGED_STRIDE, outing.entries))
    if worst >= RUN_VERY_SORE:
        reasons.append(red(Cause.RUN_VERY_SORE, outing.entries))
    if earlier is not None and _sore(outing) and _sore(earlier) and _near(earlier, outing):
        reasons.append(red(Cause.SORE_TWO_RUNS, (*earlier.entries, *outing.entries)))
    if CALM < worst < RUN_VERY_SORE:
        reasons.append(
            Reason(Cause.RUN_SORE, Readiness.EASY, outing.entries, Remedy.CALM_RUN, outing.day)
        )
    return reasons


def _sore(outing: RunWithRatings) -> bool:
    """Whether a run was amber or worse."""
    return outing.changed_stride or (outing.worst is not None and outing.worst > CALM)


def _near(earlier: RunWithRatings, later: RunWithRatings) -> bool:
    return (later.day - earlier.day).days <= SORE_RUNS_APART
