"""What in the journal speaks for or against running on a day, one reason at a time.

The bands are those of the pain-monitoring model (Thomeé; Silbernagel 2007: 38 people with sore
Achilles tendons who went on training within them did no worse than those who stopped); NHS leaflets
draw them a little differently. They were never tested for soreness of the outer thigh. How they are
joined here, on the careful side, is our choice, as is every number that names no other source.
"""

from itband_gui.insight.days import DAY, WEEK_DAYS
from itband_gui.insight.evidence import USUAL_NEEDS, Outing, View
from itband_gui.insight.numbers import Need, Shortfall
from itband_gui.insight.reasons import Cause, Findings, Missing, Readiness, Reason, Remedy
from itband_gui.journal.entries import Ended, Entry, Moment, Rating, Session
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import Group, Safety

CALM = 2  # up to here is fine: the lowest band of the pain-monitoring model
RUN_VERY_SORE = 6  # while running: above the 5 that the pain-monitoring model allows
SORE_WALKING = 4  # in daily life: our choice
SORE_DAY = 3  # in daily life: above the lowest band
WELL_ABOVE_USUAL = 2  # more than the 1.77 that is noise in spine patients (10.1055/a-1304-3677)
ABOVE_USUAL = 1  # half of that: our choice
# How long a run or a stop closes the day by itself. Return-to-running advice (Swansea Bay NHS): go
# on only after 24 hours without pain; we count whole days.
RED_RUN_DAYS = 1
STOP_DAYS = 2  # 48 hours, as after a massage that made it worse: our choice
RUN_COUNTS_DAYS = 14  # a run longer ago tells nothing about today: our choice
LEG_COUNTS_DAYS = WEEK_DAYS  # a leg that nobody rated for a week is not asked about: our choice


def findings(view: View, safety: Safety) -> Findings:
    """Return what speaks for and against running at the moment of the view."""
    reasons = [*_of_signs(view, safety), *_of_stops(view)]
    missing: list[Missing] = []
    for found in (_of_runs(view), *(_of_leg(view, leg) for leg in Leg)):
        reasons.extend(found.reasons)
        missing.extend(found.missing)
    if not _legs_that_count(view):
        missing.append(Missing(Shortfall(Need.TODAY_RATING, 0, 1)))
    return Findings(tuple(reasons), tuple(missing))


def blocks(sign_id: str, safety: Safety) -> bool:
    """Whether a sign keeps from massage and running; one that this list does not know does."""
    sign = safety.sign(sign_id)
    return sign is None or sign.group is Group.BLOCK


def _of_signs(view: View, safety: Safety) -> list[Reason]:
    return [
        Reason(
            Cause.OPEN_SIGN,
            Readiness.REST,
            (sign,),
            Remedy.SIGN_RESOLVED,
            view.day(sign),
            leg=sign.leg,
        )
        for sign in view.open_signs
        if blocks(sign.sign, safety)
    ]


def _of_stops(view: View) -> list[Reason]:
    """Return the sessions that were stopped because it hurt, until the legs have settled."""
    return [
        Reason(
            Cause.SESSION_STOPPED,
            Readiness.REST,
            (session,),
            Remedy.SETTLED_RATING,
            view.day(session),
            view.day(session) + STOP_DAYS * DAY,
        )
        for session in view.of(Session, STOP_DAYS + 1)
        if session.ended is Ended.STOPPED and not _settled_since(view, session)
    ]


def _settled_since(view: View, session: Session) -> bool:
    if view.day(session) == view.this_day:
        return False
    # One that was stopped before any work is of all the legs that it was meant for.
    worked = [leg for leg in session.legs if session.worked_on(leg)] or session.legs
    return all(
        view.untouched(leg)
        and all(each.score <= CALM for each in view.now_ratings(leg, view.this_day))
        for leg in worked
    )


# Runs


def _of_runs(view: View) -> Findings:
    outings = view.outings()
    last = outings[-1] if outings else None
    if last is None or (view.this_day - last.day).days > RUN_COUNTS_DAYS:
        if not view.ever_ran:
            return Findings((), (Missing(Shortfall(Need.RUN, 0, 1)),))
        entries = last.entries if last else ()
        since = last.day if last else view.this_day
        return Findings(
            (Reason(Cause.LONG_BREAK, Readiness.EASY, entries, Remedy.EASY_RUN, since),), ()
        )
    reasons: list[Reason] = []
    for index, outing in enumerate(outings):
        # A calm run later on the same day or the next does not undo a sore one.
        if outing is last or (view.this_day - outing.day).days <= RED_RUN_DAYS:
            reasons.extend(_of_outing(view, outing, outings[index - 1] if index else None))
    if last.worst is None:
        return Findings(tuple(reasons), (Missing(Shortfall(Need.RUN_SORENESS, 0, 1)),))
    if last.worst <= CALM and not last.changed_stride:
        reasons.append(
            Reason(Cause.CALM_RUN, Readiness.GO, last.entries, Remedy.CALM_RUN, last.day)
        )
    return Findings(tuple(reasons), ())


def _of_outing(view: View, outing: Outing, earlier: Outing | None) -> list[Reason]:
    """Return what one run tells; its reds are ambers once they are older than a day."""
    until = outing.day + RED_RUN_DAYS * DAY
    fresh = view.this_day <= until
    worst = -1 if outing.worst is None else outing.worst

    def red(cause: Cause, entries: tuple[Entry, ...]) -> Reason:
        if fresh:
            return Reason(cause, Readiness.REST, entries, Remedy.DAY_OFF, outing.day, until)
        return Reason(cause, Readiness.EASY, entries, Remedy.CALM_RUN, outing.day)

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


def _sore(outing: Outing) -> bool:
    """Whether a run was amber or worse."""
    return outing.changed_stride or (outing.worst is not None and outing.worst > CALM)


def _near(earlier: Outing, later: Outing) -> bool:
    return (later.day - earlier.day).days <= RUN_COUNTS_DAYS


# Legs


def _legs_that_count(view: View) -> set[Leg]:
    return {rating.leg for rating in view.of(Rating, LEG_COUNTS_DAYS)}


def _of_leg(view: View, leg: Leg) -> Findings:
    if leg not in _legs_that_count(view):
        return Findings((), ())
    untouched, usual = view.untouched(leg), view.usual(leg)
    today = view.now_ratings(leg, view.this_day)
    reasons = [*_by_level(view, leg, today), *_by_rise(view, leg, today, usual)]
    missing = []
    if not untouched:
        # Yesterday's stand for today's until one speaks for today.
        reasons.extend(_by_level(view, leg, view.now_ratings(leg, view.this_day - DAY)))
        missing.append(Missing(Shortfall(Need.TODAY_RATING, 0, 1), leg))
    elif usual is None and any(each.score for each in untouched):
        have = len(view.mornings(leg))  # without a usual level, only a 0 is settled for certain
        missing.append(Missing(Shortfall(Need.MORNINGS, have, USUAL_NEEDS), leg))
    elif not reasons:
        reasons.append(
            Reason(
                Cause.SETTLED,
                Readiness.GO,
                tuple(untouched),
                Remedy.CALMER_DAY,
                view.this_day,
                view.this_day,
                leg,
                usual,
            )
        )
    return Findings(tuple(reasons), tuple(missing))


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
        red = rise >= WELL_ABOVE_USUAL and rating.moment is Moment.MORNING
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
