"""Decides whether massage is a good idea now, with the reasons against it and their ends."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum

import msgspec

from itband_gui.insight.days import DAY, WEEK_DAYS
from itband_gui.insight.lookback import JournalAt, Lookback
from itband_gui.insight.readiness_rules import severe, stopped_legs
from itband_gui.journal.entries import Ended, Entry, Moment, Rating, Session
from itband_gui.leg.names import BOTH, Leg
from itband_gui.safety.open_signs import SignState, StandingSign, standing_signs
from itband_gui.safety.signs import MassageRule, Safety, much_worse

OFTEN = 5  # sessions in seven days; trials of rolling used three to five a week
STOP_HOURS = 48  # after a stop without a reason: our choice


class WaitReason(StrEnum):
    """Why massage should wait."""

    SIGN_OPEN = "sign-open"
    SIGN_UNSEEN = "sign-unseen"  # gone, but not yet seen by a clinician
    ASK_FIRST = "ask-first"  # a clinician must agree, or agree again
    VERY_SORE = "very-sore"
    STOPPED = "stopped"
    WORSE_AFTER = "worse-after"
    DONE_TODAY = "done-today"
    OFTEN = "often"


# These forbid massage; the others only advise against it.
OF_SIGNS = frozenset({WaitReason.SIGN_OPEN, WaitReason.SIGN_UNSEEN, WaitReason.ASK_FIRST})
FORBIDS = frozenset({WaitReason.SIGN_OPEN, WaitReason.SIGN_UNSEEN, WaitReason.VERY_SORE})


class Barred(msgspec.Struct, frozen=True):
    """One reason against massage.

    Attributes:
        legs: the legs it is about.
        until: when it ends on its own; None if only an answer ends it.

    """

    bar: WaitReason
    legs: tuple[Leg, ...]
    entries: tuple[Entry, ...]
    until: datetime | None = None


class MassageAdvice(msgspec.Struct, frozen=True):
    """The reasons against massage now; without any, massage is fine.

    Attributes:
        barred: the reasons, most serious first.
        leave_out: the open signs that exclude a place from massage.

    """

    barred: tuple[Barred, ...]
    leave_out: tuple[StandingSign, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether there is no reason against it."""
        return not self.barred

    @property
    def free_legs(self) -> tuple[Leg, ...]:
        """The legs without a reason against massage."""
        return tuple(leg for leg in Leg if all(leg not in each.legs for each in self.barred))

    @property
    def too_sore(self) -> bool:
        """Whether both legs are too sore for any massage today."""
        sore = {
            leg for each in self.barred if each.bar is WaitReason.VERY_SORE for leg in each.legs
        }
        return len(sore) == len(Leg)

    def forbidden(self, legs: Iterable[Leg]) -> tuple[Barred, ...]:
        """Return the reasons that forbid massage of any of these legs."""
        wanted = set(legs)
        return tuple(b for b in self.barred if b.bar in FORBIDS and wanted & set(b.legs))


def massage_advice(entries: Iterable[Entry], now: datetime, safety: Safety) -> MassageAdvice:
    """Return the reasons against massage at `now`, an aware local time."""
    view = Lookback(entries).view(now)
    found = [
        *_of_signs(view, safety),
        *_of_soreness(view),
        *_of_stops(view, safety),
        *_of_worse(view, safety),
        *_of_count(view),
    ]
    leave_out = tuple(
        sign
        for sign in standing_signs(view.signs, safety, now)
        if sign.massage is MassageRule.AVOID and sign.is_open
    )
    return MassageAdvice(
        tuple(sorted(found, key=lambda each: list(WaitReason).index(each.bar))), leave_out
    )


def _of_signs(view: JournalAt, safety: Safety) -> Iterable[Barred]:
    for sign in standing_signs(view.signs, safety, view.moment):
        if sign.massage is MassageRule.BLOCK and sign.bars_massage:
            unseen = sign.standing is SignState.UNSEEN
            bar = WaitReason.SIGN_UNSEEN if unseen else WaitReason.SIGN_OPEN
            yield Barred(bar, sign.legs, (sign.entry,))
        elif sign.massage is MassageRule.ASK and sign.standing in {
            SignState.OPEN,
            SignState.LAPSED,
        }:
            yield Barred(WaitReason.ASK_FIRST, sign.legs, (sign.entry,))


def _of_soreness(view: JournalAt) -> Iterable[Barred]:
    for leg in Leg:
        found = [each for each in severe(view, leg) if view.day(each) == view.this_day]
        if found:
            yield Barred(WaitReason.VERY_SORE, (leg,), tuple(found), _end_of_day(view))


def _of_stops(view: JournalAt, safety: Safety) -> Iterable[Barred]:
    for session in _sessions(view, 4):
        if session.ended is Ended.STOPPED:
            reason = safety.stop.reason(session.stopped_for or None)
            hours = STOP_HOURS if reason is None else reason.massage_hours
            until = session.at + timedelta(hours=hours)
            legs = stopped_legs(session) if reason is None or reason.leg else BOTH
            if view.moment < until:
                yield Barred(WaitReason.STOPPED, legs, (session,), until)


def _of_worse(view: JournalAt, safety: Safety) -> Iterable[Barred]:
    """Return the sessions after which a leg was much sorer than before."""
    ratings = [each for each in view.of(Rating, 4) if each.session]
    for after in ratings:
        if after.moment is not Moment.AFTER:
            continue
        until = after.at + timedelta(hours=safety.stop.worse_hours)
        before = [
            each
            for each in ratings
            if each.moment is Moment.BEFORE
            and (each.session, each.leg) == (after.session, after.leg)
        ]
        if (
            view.moment < until
            and before
            and much_worse(before[-1].score, after.score, safety.stop.worse_by)
        ):
            yield Barred(WaitReason.WORSE_AFTER, (after.leg,), (before[-1], after), until)


def _of_count(view: JournalAt) -> Iterable[Barred]:
    week = _sessions(view, WEEK_DAYS)
    today = [each for each in week if view.day(each) == view.this_day]
    for leg in Leg:
        done = tuple(each for each in today if each.worked_on(leg))
        if done:
            yield Barred(WaitReason.DONE_TODAY, (leg,), done, _end_of_day(view))
    if len(week) >= OFTEN:
        # This ends once the oldest of the last five was a week ago.
        until = datetime.combine(
            view.day(week[-OFTEN]) + WEEK_DAYS * DAY, time(), view.moment.tzinfo
        )
        yield Barred(WaitReason.OFTEN, BOTH, tuple(week), until)


def _sessions(view: JournalAt, days: int) -> list[Session]:
    """Return the sessions of the last days with hands-on time, or that were stopped."""
    return [
        each
        for each in view.of(Session, days)
        if each.hands_on_seconds > 0 or each.ended is Ended.STOPPED
    ]


def _end_of_day(view: JournalAt) -> datetime:
    return datetime.combine(view.this_day + DAY, time(), view.moment.tzinfo)
