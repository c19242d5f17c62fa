"""The light for running today (go, easy, rest or unknown), its reasons, and when to see someone.

Massage never improves it: sessions count only if they were stopped because it hurt, ratings after
massage do not count at all, and a day's rating favours running only if given before the massage.
There is no ratio of acute to chronic load: dividing by random numbers predicted injuries just as
well (Impellizzeri 2020), and in 5,205 runners the ratio pointed the other way (Frandsen 2025).
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from itband_gui.insight.days import DAY, WEEK_DAYS, days_ending
from itband_gui.insight.lookback import JournalAt, Lookback
from itband_gui.insight.readiness_rules import findings
from itband_gui.insight.reasons import Cause, Evidence, Missing, Readiness, Reason, Referral, Remedy
from itband_gui.insight.strain import LongestRun, hides_the_cap, longest_run
from itband_gui.journal.entries import Entry, Moment, Rating, Run, Session
from itband_gui.safety.open_signs import SignState, StandingSign, by_urgency, standing_signs
from itband_gui.safety.signs import Safety

REDS_IN_A_WEEK = 2  # this many mean two days off: our choice
DAYS_OFF = 2  # our choice
WEEK = WEEK_DAYS * DAY
SORE_WEEKS = 3  # of amber or red on most rated days mean a referral: our choice
RATED_DAYS = 3  # fewer within those weeks say nothing: our choice
CALM_AGAIN = 3  # rated days in a row that are not sore mean it is getting better: our choice
_SORE = frozenset(
    {
        *(Cause.CHANGED_STRIDE, Cause.RUN_VERY_SORE, Cause.SORE_TWO_RUNS, Cause.RUN_SORE),
        *(Cause.VERY_SORE, Cause.SORE_WALKING, Cause.SORE_TODAY, Cause.MORNING_WELL_ABOVE),
        *(Cause.VERY_SORE_LATELY, Cause.ABOVE_USUAL, Cause.CREPT_UP),
    }
)
STOPS_AGAIN = 2  # this many stops in two weeks, for reasons that should not recur: our choice


class Verdict(msgspec.Struct, frozen=True):
    """Whether to run today.

    Attributes:
        reasons: everything found, the most cautious first.
        missing: what a go still needs.
        off_until: the last of the two days off after two reds in a week.
        referral: why it is time to see someone, if it is (NHS pages advise seeing a
            physiotherapist or doctor after "a few weeks" without getting better).
        longest: the longest recent run; only with a go, and not soon after a long or hard run.
        signs: the warning signs that are not over, even if they say nothing about running.

    """

    light: Readiness
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    off_until: date | None
    referral: Referral | None
    longest: LongestRun | None
    signs: tuple[StandingSign, ...] = ()

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that decided the light; none if there is not enough to tell."""
        return tuple(reason for reason in self.reasons if reason.light is self.light)

    @property
    def others(self) -> tuple[Reason, ...]:
        """The reasons that did not decide, the most cautious first."""
        return tuple(reason for reason in self.reasons if reason.light is not self.light)

    @property
    def sign_open(self) -> bool:
        """Whether any warning sign is open, even one that says nothing about running."""
        return any(sign.is_open or sign.standing is SignState.LAPSED for sign in self.signs)


class Judge:
    """Judge the journal as of any moment."""

    def __init__(self, entries: Iterable[Entry], safety: Safety) -> None:
        self._log = Lookback(entries)
        self._safety = safety
        self._found: dict[datetime, Evidence] = {}

    def end_of(self, day: date, now: datetime) -> datetime:
        """Return the last instant of a day that can be judged at `now`."""
        return self._log.end_of(day, now)

    def verdict(self, now: datetime) -> Verdict:
        """Return the light at `now`; its date is the day being judged."""
        view = self._log.view(now)
        found = self._findings(now)
        reds = self._reds(now)
        reasons = list(found.reasons)
        days_off = self._two_reds(view, reds)
        if days_off is not None:
            reasons.append(days_off)
        reasons.sort(key=lambda reason: -reason.light.caution)
        worst = reasons[0].light if reasons else Readiness.GO
        light = Readiness.UNKNOWN if found.missing and worst is Readiness.GO else worst
        capped = light is Readiness.GO and not hides_the_cap(view)
        return Verdict(
            light,
            tuple(reasons),
            found.missing,
            days_off.until if days_off else None,
            self._referral(now, light, reds),
            longest_run(view.entries, view.this_day) if capped else None,
            tuple(by_urgency(standing_signs(view.signs, self._safety, now))),
        )

    def _referral(self, now: datetime, light: Readiness, reds: Iterable[date]) -> Referral | None:
        """Return why it is time to see someone, if it is."""
        if _long_open(self._findings(now), now.date()):
            return Referral.LONG_SIGN
        if self._stopped_again(now):
            return Referral.STOPS_AGAIN
        if light.caution < Readiness.EASY.caution:
            return None
        return self._sore_for_weeks(now, reds)

    def _sore_for_weeks(self, now: datetime, reds: Iterable[date]) -> Referral | None:
        """Return a referral if soreness has gone on for weeks and is not getting better."""
        sore = self._sore_days(now)
        if len(sore) >= CALM_AGAIN and not any(sore[-CALM_AGAIN:]):
            return None
        if _two_red_weeks(reds, now.date()):
            return Referral.RED_WEEKS
        return Referral.SORE_WEEKS if 2 * sum(sore) > len(sore) >= RATED_DAYS else None

    def _stopped_again(self, now: datetime) -> bool:
        """Whether sessions were stopped twice in two weeks for reasons that should not recur."""
        reasons = (
            self._safety.stop.reason(each.stopped_for or None)
            for each in self._log.view(now).of(Session, 2 * WEEK_DAYS)
        )
        return sum(reason is not None and reason.lingers for reason in reasons) >= STOPS_AGAIN

    def _sore_days(self, now: datetime) -> list[bool]:
        """Return whether each rated day of three weeks, oldest first, was amber or red.

        Empty if the first of the three weeks has no rated day.
        """
        view = self._log.view(now)
        rated = {
            view_day
            for entry in view.entries
            if (isinstance(entry, Rating) and entry.moment is not Moment.AFTER)
            or (isinstance(entry, Run) and entry.worst is not None)
            if (view_day := view.day(entry)) > now.date() - SORE_WEEKS * WEEK
        }
        if not rated or now.date() - min(rated) < (SORE_WEEKS - 1) * WEEK:
            return []
        return [self._is_sore(day, now) for day in sorted(rated)]

    def _is_sore(self, day: date, now: datetime) -> bool:
        return any(
            reason.light.caution >= Readiness.EASY.caution and reason.cause in _SORE
            for reason in self._findings(self.end_of(day, now)).reasons
        )

    def _findings(self, now: datetime) -> Evidence:
        if now not in self._found:
            self._found[now] = findings(self._log.view(now), self._safety)
        return self._found[now]

    def _reds(self, now: datetime) -> dict[date, list[Reason]]:
        """Return the days of the last two weeks on which something new was red, oldest first.

        A later day on which the same thing is still red is not a second red (our choice).
        """
        reds: dict[date, list[Reason]] = {}
        for back in reversed(range(2 * WEEK_DAYS)):
            day = now.date() - back * DAY
            new = [
                reason
                for reason in self._findings(self.end_of(day, now)).reasons
                if reason.light is Readiness.REST and reason.since == day
            ]
            if new:
                reds[day] = new
        return reds

    def _two_reds(self, view: JournalAt, reds: dict[date, list[Reason]]) -> Reason | None:
        """Return the reason for two days off, if today is not after them.

        They begin with the day of the latest red, or the day after if there was a run on it.
        """
        if not reds:
            return None
        latest = max(reds)
        week = [day for day in reds if (latest - day).days < WEEK_DAYS]
        ran = any(isinstance(e, Run) and view.day(e) == latest for e in view.entries)
        until = latest + (DAYS_OFF if ran else DAYS_OFF - 1) * DAY
        if len(week) < REDS_IN_A_WEEK or view.this_day > until:
            return None
        shown = {entry.id: entry for day in week for red in reds[day] for entry in red.entries}
        entries = tuple(shown.values())
        return Reason(Cause.TWO_REDS, Readiness.REST, entries, Remedy.DAY_OFF, latest, until)


def readiness(entries: Iterable[Entry], now: datetime, safety: Safety) -> Verdict:
    """Return the light for running at `now`, an aware local time."""
    return Judge(entries, safety).verdict(now)


def _two_red_weeks(reds: Iterable[date], today: date) -> bool:
    ages = [(today - day).days for day in reds]
    this_week = sum(age < WEEK_DAYS for age in ages)
    return min(this_week, len(ages) - this_week) >= REDS_IN_A_WEEK


def _long_open(found: Evidence, today: date) -> bool:
    first = days_ending(today, 2 * WEEK_DAYS).first
    signs = {Cause.OPEN_SIGN, Cause.UNSEEN_SIGN}
    return any(reason.cause in signs and reason.since <= first for reason in found.reasons)


def said_key(referral: Referral, day: date) -> str:
    """Return the key that records the advice given on a day."""
    return f"said/{referral}/{day}"


def put_away_key(referral: Referral, day: date) -> str:
    """Return the key that records the advice dismissed on a day."""
    return f"put-away/{referral}/{day}"


def without_repeats(verdict: Verdict, today: date, keys: Collection[str]) -> Verdict:
    """Return a verdict without its advice to see someone, unless that is due today.

    Args:
        verdict: today's verdict.
        today: the local day.
        keys: the recorded keys; see `said_key` and `put_away_key`.

    """
    referral = verdict.referral
    if referral is None:
        return verdict
    week = [today - back * DAY for back in range(WEEK_DAYS)]
    if any(put_away_key(referral, day) in keys for day in week):
        return replace(verdict, referral=None)
    said = {day for day in week if said_key(referral, day) in keys}
    return verdict if not said or today in said else replace(verdict, referral=None)
