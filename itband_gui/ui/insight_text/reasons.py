"""Why the light for running is what it is, with the entries that show it, in plain words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.evidence import LOOK_BACK_DAYS
from itband_gui.insight.findings import RUN_COUNTS_DAYS
from itband_gui.insight.readiness import DAYS_OFF, REDS_IN_A_WEEK
from itband_gui.insight.reasons import Cause, Reason
from itband_gui.journal.entries import Entry, Moment, Rating, Run, Sign
from itband_gui.leg.names import Leg
from itband_gui.ui.insight_text.counts import number, of_ten
from itband_gui.ui.insight_text.legs import your_leg, your_thigh
from itband_gui.ui.insight_text.when import begin, day_by_today, day_name, on_day, on_run
from itband_gui.ui.journal.sentences import sign_text


def reason_text(reason: Reason, today: date) -> str:
    """Return one reason as a sentence."""
    return begin(_SENTENCES[reason.cause](reason, today))


def _open_sign(reason: Reason, today: date) -> str:
    text = {
        None: QCoreApplication.translate("Reason", "Warning sign open since {day}: {sign}."),
        Leg.LEFT: QCoreApplication.translate(
            "Reason", "Warning sign open since {day}, left leg: {sign}."
        ),
        Leg.RIGHT: QCoreApplication.translate(
            "Reason", "Warning sign open since {day}, right leg: {sign}."
        ),
    }[reason.leg]
    signs = ", ".join(sign_text(entry.sign) for entry in reason.entries if isinstance(entry, Sign))
    return text.format(day=day_name(reason.since, today), sign=signs)


def _session_stopped(reason: Reason, today: date) -> str:
    text = QCoreApplication.translate(
        "Reason", "You stopped a session {day} because it hurt or felt wrong."
    )
    return text.format(day=on_day(reason.since, today))


def _changed_stride(reason: Reason, today: date) -> str:
    text = QCoreApplication.translate("Reason", "{on_run} you limped or changed your stride.")
    return text.format(on_run=on_run(reason.entries, reason.since, today))


def _run_reached(reason: Reason, today: date) -> str:
    text = QCoreApplication.translate("Reason", "{on_run} {thigh} reached {score}.")
    return _of_run(text, reason, today)


def _calm_run(reason: Reason, today: date) -> str:
    text = QCoreApplication.translate("Reason", "{on_run} {thigh} stayed at {score}.")
    return _of_run(text, reason, today)


def _of_run(text: str, reason: Reason, today: date) -> str:
    rated = {entry.leg for entry in reason.entries if isinstance(entry, Rating)}
    return text.format(
        on_run=on_run(reason.entries, reason.since, today),
        thigh=your_thigh(rated),
        score=of_ten(_worst(reason.entries) or 0),
    )


def _sore_two_runs(reason: Reason, today: date) -> str:
    earlier, later = two_runs(reason.entries)
    text = QCoreApplication.translate(
        "Reason", "Two runs one after the other were sore: {earlier}, and {later}."
    )
    return text.format(earlier=_one_run(earlier, today), later=_one_run(later, today))


def two_runs(entries: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """Part the entries of two runs: a run begins with its own entry, or with a day's rating."""
    begins = [index for index, entry in enumerate(entries) if isinstance(entry, Run)]
    if begins and begins[-1] > 0:
        later = begins[-1]
    else:
        last_day = entries[-1].at.date()
        later = next(index for index, entry in enumerate(entries) if entry.at.date() == last_day)
    return entries[:later], entries[later:]


def _one_run(entries: Sequence[Entry], today: date) -> str:
    worst = _worst(entries)
    if worst is None:
        text = QCoreApplication.translate("Reason", "a changed stride {day}")
    elif any(isinstance(entry, Run) and entry.changed_stride for entry in entries):
        text = QCoreApplication.translate("Reason", "{score} and a changed stride {day}")
    else:
        text = QCoreApplication.translate("Reason", "{score} {day}")
    day = on_day(day_by_today(entries[0], today), today)
    return text.format(score=of_ten(worst or 0), day=day)


def _rated(reason: Reason, today: date) -> str:
    text = QCoreApplication.translate("Reason", "{leg} was at {score} {when}.")
    return _of_rating(text, reason, today)


def _rated_beside_usual(reason: Reason, today: date) -> str:
    if reason.usual is None:
        return _rated(reason, today)
    text = QCoreApplication.translate(
        "Reason", "{leg} was at {score} {when}; its usual morning is {usual}."
    )
    return _of_rating(text, reason, today)


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
        Moment.MORNING: QCoreApplication.translate("Reason", "{day} at the first steps"),
        Moment.BEFORE: QCoreApplication.translate("Reason", "{day} before massage"),
    }.get(rating.moment, "{day}")
    return text.format(day=on_day(day_by_today(rating, today), today))


def _two_reds(_reason: Reason, _today: date) -> str:
    text = QCoreApplication.translate(
        "Reason",
        "Rest was the answer on {count} or more days within a week, so take {off} days off.",
    )
    return text.format(count=REDS_IN_A_WEEK, off=DAYS_OFF)


def _long_break(reason: Reason, today: date) -> str:
    if not reason.entries:
        text = QCoreApplication.translate("Reason", "No run is logged in the last {days} days.")
        return text.format(days=LOOK_BACK_DAYS)
    text = QCoreApplication.translate(
        "Reason", "Your last logged run was {day}, more than {days} days ago."
    )
    return text.format(day=on_day(reason.since, today), days=RUN_COUNTS_DAYS)


def _worst(entries: Sequence[Entry]) -> int | None:
    """Return the score that the entries of a run tell; they are those with the worst one."""
    scores = [entry.score for entry in entries if isinstance(entry, Rating)]
    scores += [e.worst for e in entries if isinstance(e, Run) and e.worst is not None]
    return max(scores, default=None)


_SENTENCES: Mapping[Cause, Callable[[Reason, date], str]] = {
    Cause.OPEN_SIGN: _open_sign,
    Cause.SESSION_STOPPED: _session_stopped,
    Cause.CHANGED_STRIDE: _changed_stride,
    Cause.RUN_VERY_SORE: _run_reached,
    Cause.SORE_TWO_RUNS: _sore_two_runs,
    Cause.SORE_WALKING: _rated,
    Cause.MORNING_WELL_ABOVE: _rated_beside_usual,
    Cause.TWO_REDS: _two_reds,
    Cause.RUN_SORE: _run_reached,
    Cause.SORE_TODAY: _rated,
    Cause.ABOVE_USUAL: _rated_beside_usual,
    Cause.LONG_BREAK: _long_break,
    Cause.CALM_RUN: _calm_run,
    Cause.SETTLED: _rated_beside_usual,
}
