"""The reasons for the light for running, in plain words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from itband_gui.insight.days import day_of
from itband_gui.insight.lookback import LOOK_BACK_DAYS
from itband_gui.insight.readiness import DAYS_OFF, REDS_IN_A_WEEK
from itband_gui.insight.readiness_rules import RUN_COUNTS_DAYS
from itband_gui.insight.reasons import Cause, Reason
from itband_gui.insight.strain import VERY_HARD
from itband_gui.journal.entries import Activity, Entry, Moment, Rating, Run, Session, Sign
from itband_gui.leg.names import Leg
from itband_gui.safety.signs import load_safety
from itband_gui.wording.counts import number, of_ten, your_leg, your_thigh
from itband_gui.wording.signs import sign_text
from itband_gui.wording.translation import translate
from itband_gui.wording.when import begin, day_by_today, day_name, on_day, on_run, within


def reason_text(reason: Reason, today: date) -> str:
    """Return one reason as a sentence."""
    return begin(_SENTENCES[reason.cause](reason, today))


def _open_sign(reason: Reason, today: date) -> str:
    text = {
        None: translate("Reason", "Warning sign open since {day}: {sign}."),
        Leg.LEFT: translate("Reason", "Warning sign open since {day}, left leg: {sign}."),
        Leg.RIGHT: translate("Reason", "Warning sign open since {day}, right leg: {sign}."),
    }[reason.leg]
    return text.format(day=day_name(reason.since, today), sign=_signs(reason))


def _unseen_sign(reason: Reason, today: date) -> str:
    text = translate("Reason", "Have this checked before you run; you had it {day}: {sign}.")
    return text.format(day=on_day(reason.since, today), sign=_signs(reason))


def _clearing_sign(reason: Reason, _today: date) -> str:
    return translate("Reason", "Gone, but not for long enough yet: {sign}.").format(
        sign=_signs(reason)
    )


def _seen_sign(reason: Reason, _today: date) -> str:
    text = translate("Reason", "Seen by a clinician; start again gently: {sign}.")
    return text.format(sign=_signs(reason))


def _signs(reason: Reason) -> str:
    return ", ".join(sign_text(entry.sign) for entry in reason.entries if isinstance(entry, Sign))


def _session_stopped(reason: Reason, today: date) -> str:
    [session] = reason.entries
    why = None
    if isinstance(session, Session):
        why = load_safety().stop.reason(session.stopped_for or None)
    if why is None:
        text = translate("Reason", "You stopped a session {day} because it hurt or felt wrong.")
        return text.format(day=on_day(reason.since, today))
    text = translate("Reason", "You stopped a session {day}: {why}.")
    return text.format(day=on_day(reason.since, today), why=within(why.text))


def _changed_stride(reason: Reason, today: date) -> str:
    text = translate("Reason", "{on_run} you limped or changed your stride.")
    return text.format(on_run=on_run(reason.entries, reason.since, today))


def _run_reached(reason: Reason, today: date) -> str:
    return _of_run(translate("Reason", "{on_run} {thigh} got up to {score}."), reason, today)


def _calm_run(reason: Reason, today: date) -> str:
    return _of_run(translate("Reason", "{on_run} {thigh} stayed at {score}."), reason, today)


def _of_run(text: str, reason: Reason, today: date) -> str:
    rated = {entry.leg for entry in reason.entries if isinstance(entry, Rating)}
    return text.format(
        on_run=on_run(reason.entries, reason.since, today),
        thigh=your_thigh(rated),
        score=of_ten(_worst(reason.entries) or 0),
    )


def _sore_two_runs(reason: Reason, today: date) -> str:
    earlier, later = two_runs(reason.entries)
    if day_of(earlier[0]) == day_of(later[0]):
        day = day_by_today(later[0], today)
        text = translate("Reason", "You ran twice {day}, and both runs were sore: {scores}.")
        scores = translate("Reason", "{earlier}, then {later}").format(
            earlier=_one_score(earlier), later=_one_score(later)
        )
        return text.format(day=on_day(day, today), scores=scores)
    text = translate("Reason", "Your last two runs were both sore: {earlier}, and {later}.")
    return text.format(earlier=_one_run(earlier, today), later=_one_run(later, today))


def two_runs(entries: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """Split the entries of two runs; a run begins with its own entry or with a day's rating."""
    begins = [index for index, entry in enumerate(entries) if isinstance(entry, Run)]
    if begins and begins[-1] > 0:
        later = begins[-1]
    else:
        last_day = day_of(entries[-1])
        later = next(index for index, entry in enumerate(entries) if day_of(entry) == last_day)
    return entries[:later], entries[later:]


def _one_run(entries: Sequence[Entry], today: date) -> str:
    day = on_day(day_by_today(entries[0], today), today)
    return translate("Reason", "{score} {day}").format(score=_one_score(entries), day=day)


def _one_score(entries: Sequence[Entry]) -> str:
    worst = _worst(entries)
    if worst is None:
        return translate("Reason", "a changed stride")
    if any(isinstance(entry, Run) and entry.changed_stride for entry in entries):
        return translate("Reason", "{score} and a changed stride").format(score=of_ten(worst))
    return of_ten(worst)


def _rated(reason: Reason, today: date) -> str:
    return _of_rating(translate("Reason", "{leg} was at {score} {when}."), reason, today)


def _very_sore(reason: Reason, today: date) -> str:
    text = translate("Reason", "{leg} was at {score} {when}, at rest.")
    return _of_rating(text, reason, today)


def _rated_beside_usual(reason: Reason, today: date) -> str:
    if reason.usual is None:
        return _rated(reason, today)
    text = translate("Reason", "{leg} was at {score} {when}; its usual morning is {usual}.")
    return _of_rating(text, reason, today)


def _crept_up(reason: Reason, today: date) -> str:
    text = translate(
        "Reason", "{leg} was at {score} {when}; a few weeks ago its usual was {usual}."
    )
    return _of_rating(text, reason, today)


def _sore_muscles(reason: Reason, today: date) -> str:
    text = translate(
        "Reason",
        "Both thighs are about equally sore ({score}) after a hard {what} {day}: that looks like "
        "tired muscles. If one leg gets worse, rate it again.",
    )
    effort = reason.entries[0]
    ratings = [entry.score for entry in reason.entries if isinstance(entry, Rating)]
    what = translate("Reason", "run")
    if isinstance(effort, Activity):
        what = translate("Reason", "activity")
    day = on_day(day_by_today(effort, today), today)
    return text.format(score=of_ten(max(ratings)), what=what, day=day)


def _of_rating(text: str, reason: Reason, today: date) -> str:
    ratings = [entry for entry in reason.entries if isinstance(entry, Rating)]
    worst = max(ratings, key=lambda each: each.score)
    return text.format(
        leg=your_leg(reason.leg),
        score=of_ten(worst.score),
        when=_when_rated(worst, today),
        usual=number(reason.usual or 0),
    )


def _when_rated(rating: Rating, today: date) -> str:
    text = {
        Moment.MORNING: translate("Reason", "{day} on your first steps"),
        Moment.BEFORE: translate("Reason", "{day} before massage"),
        Moment.AFTER: translate("Reason", "{day} after massage"),
    }.get(rating.moment, "{day}")
    return text.format(day=on_day(day_by_today(rating, today), today))


def _two_reds(_reason: Reason, _today: date) -> str:
    text = translate(
        "Reason", "The light said rest on {count} or more days this week, so take {off} days off."
    )
    return text.format(count=REDS_IN_A_WEEK, off=DAYS_OFF)


def _hard_day(reason: Reason, today: date) -> str:
    effort = reason.entries[0]
    day = on_day(day_by_today(effort, today), today)
    if isinstance(effort, Activity):
        return translate("Reason", "Your activity {day} was very hard.").format(day=day)
    if isinstance(effort, Run) and effort.effort >= VERY_HARD:
        return translate("Reason", "Your run {day} was very hard.").format(day=day)
    text = translate("Reason", "Your run {day} was much longer than your usual runs.")
    return text.format(day=day)


def _long_break(reason: Reason, today: date) -> str:
    if not reason.entries:
        text = translate("Reason", "No run has been logged in the last {days} days.")
        return text.format(days=LOOK_BACK_DAYS)
    text = translate("Reason", "Your last logged run was {day}, more than {days} days ago.")
    return text.format(day=on_day(reason.since, today), days=RUN_COUNTS_DAYS)


def _worst(entries: Sequence[Entry]) -> int | None:
    """Return the worst score among the entries of a run."""
    scores = [entry.score for entry in entries if isinstance(entry, Rating)]
    scores += [e.worst for e in entries if isinstance(e, Run) and e.worst is not None]
    return max(scores, default=None)


_SENTENCES: Mapping[Cause, Callable[[Reason, date], str]] = {
    Cause.OPEN_SIGN: _open_sign,
    Cause.UNSEEN_SIGN: _unseen_sign,
    Cause.CLEARING_SIGN: _clearing_sign,
    Cause.SEEN_SIGN: _seen_sign,
    Cause.SESSION_STOPPED: _session_stopped,
    Cause.CHANGED_STRIDE: _changed_stride,
    Cause.RUN_VERY_SORE: _run_reached,
    Cause.SORE_TWO_RUNS: _sore_two_runs,
    Cause.VERY_SORE: _very_sore,
    Cause.SORE_WALKING: _rated,
    Cause.MORNING_WELL_ABOVE: _rated_beside_usual,
    Cause.TWO_REDS: _two_reds,
    Cause.VERY_SORE_LATELY: _very_sore,
    Cause.RUN_SORE: _run_reached,
    Cause.SORE_TODAY: _rated,
    Cause.SORE_MUSCLES: _sore_muscles,
    Cause.ABOVE_USUAL: _rated_beside_usual,
    Cause.CREPT_UP: _crept_up,
    Cause.HARD_DAY: _hard_day,
    Cause.LONG_BREAK: _long_break,
    Cause.CALM_RUN: _calm_run,
    Cause.SETTLED: _rated_beside_usual,
}
