"""The questions due now: on the morning, the last run and warning signs."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

import msgspec

from itband_gui.insight.days import NIGHT_ENDS, day_of, morning_after
from itband_gui.insight.lookback import JournalAt, Lookback
from itband_gui.insight.readiness_rules import severe
from itband_gui.journal.entries import Entry, Moment, Rating, Run, Session, Sign
from itband_gui.leg.names import Leg, Place
from itband_gui.safety.open_signs import StandingSign, standing_signs
from itband_gui.safety.signs import MassageRule, RunningRule, Safety

BONE_SIGN = "stress-fracture"  # asked if the marked place may be over a bone
NIGHT_SIGN = "cancer-or-night-pain"  # asked after severe soreness
# The map of the outer leg has no groin, so groin pain is marked at these places.
BONE_PLACES = frozenset({Place.OUTER_HIP, Place.OTHER})
BONE_ASKED_DAYS = 7  # our choice
NIGHT_ASKED = timedelta(days=3)  # our choice
ASKED_UNTIL = time(12)  # a morning is over at noon: our choice
RUN_ASKED_DAYS = 1  # a run is remembered until the end of the next day: our choice


class MorningQuestion(msgspec.Struct, frozen=True):
    """How sore the leg was on this morning's first steps; `session` was the day before."""

    leg: Leg
    session: Session
    key: str  # remembered if the question is dismissed for good


class RunQuestion(msgspec.Struct, frozen=True):
    """How sore it got on a run; asked about the last run only."""

    run: Run
    key: str


class SignQuestion(msgspec.Struct, frozen=True):
    """Whether a sign is still there; asked once a day, from the day after it was opened."""

    standing: StandingSign
    key: str

    @property
    def sign(self) -> Sign:
        """The journal's entry."""
        return self.standing.entry


class NewSignQuestion(msgspec.Struct, frozen=True):
    """Whether a sign from the warning list is there, because a rating points to it."""

    sign_id: str
    rating: Rating
    key: str


class Due(msgspec.Struct, frozen=True):
    """The questions to ask; answered or dismissed ones are not asked again."""

    mornings: tuple[MorningQuestion, ...]
    run: RunQuestion | None
    new_signs: tuple[NewSignQuestion, ...]
    signs: tuple[SignQuestion, ...]

    def __bool__(self) -> bool:
        return bool(self.mornings or self.run or self.new_signs or self.signs)


def asked_key(sign_id: str, day: date) -> str:
    """Return the key of the question about a sign that a day's rating points to."""
    return f"ask/{sign_id}/{day}"


def due(entries: Iterable[Entry], now: datetime, put_away: Collection[str], safety: Safety) -> Due:
    """Return the questions due at `now`, an aware local time.

    Args:
        entries: the journal's entries.
        now: the time; its date is today.
        put_away: the keys of dismissed questions.
        safety: the warning list.

    """
    view = Lookback(entries).view(now)
    run = _run(view)
    signs = standing_signs(view.signs, safety, now)
    return Due(
        tuple(each for each in _mornings(view) if each.key not in put_away),
        run if run and run.key not in put_away else None,
        tuple(each for each in _new_signs(view, signs) if each.key not in put_away),
        tuple(each for each in _signs(view, signs) if each.key not in put_away),
    )


def _mornings(view: JournalAt) -> list[MorningQuestion]:
    if (view.moment - NIGHT_ENDS).date() < view.this_day or view.moment.time() >= ASKED_UNTIL:
        return []
    rated = {each.leg for each in view.of(Rating, 1) if each.moment is Moment.MORNING}
    sessions = [each for each in view.of(Session, 2) if morning_after(each) == view.this_day]
    latest = {leg: session for session in sessions for leg in Leg if session.worked_on(leg)}
    return [
        MorningQuestion(leg, latest[leg], f"morning/{view.this_day}/{leg}")
        for leg in Leg
        if leg in latest and leg not in rated
    ]


def _run(view: JournalAt) -> RunQuestion | None:
    last = view.outings()[-1:]
    if not last or last[0].run is None or last[0].worst is not None:
        return None
    if (view.this_day - last[0].day).days > RUN_ASKED_DAYS:
        return None
    return RunQuestion(last[0].run, f"run/{last[0].run.id}")


def _new_signs(view: JournalAt, signs: Iterable[StandingSign]) -> list[NewSignQuestion]:
    """Return the signs to ask about, severe soreness first, without those already open."""
    there = {each.entry.sign for each in signs if each.is_open}
    answered = {sign.sign: sign.at for sign in view.signs}  # the newest entry of each
    found = {NIGHT_SIGN: [each for leg in Leg for each in severe(view, leg, NIGHT_ASKED)]}
    found[BONE_SIGN] = [
        each
        for each in view.of(Rating, BONE_ASKED_DAYS)
        # A check-in has already asked the whole list.
        if BONE_PLACES & set(each.places) and not (each.moment is Moment.BEFORE and each.session)
    ]
    return [
        NewSignQuestion(sign_id, ratings[-1], asked_key(sign_id, view.day(ratings[-1])))
        for sign_id, ratings in found.items()
        if ratings and sign_id not in there and not _before(ratings[-1], answered.get(sign_id))
    ]


def _before(rating: Rating, opened: datetime | None) -> bool:
    """Whether a sign was opened after a rating that points to it."""
    return opened is not None and rating.at <= opened


def _signs(view: JournalAt, signs: Iterable[StandingSign]) -> list[SignQuestion]:
    """Return the open signs to ask about, except those that only exclude a place from massage.

    Those may last for years; each check-in shows them, and the light does not depend on them.
    """
    return [
        SignQuestion(sign, f"sign/{view.this_day}/{sign.entry.id}")
        for sign in signs
        if sign.is_open and day_of(sign.entry) < view.this_day and not _lasts(sign)
    ]


def _lasts(sign: StandingSign) -> bool:
    return sign.massage is MassageRule.AVOID and sign.running is RunningRule.NONE
