"""When the advice to see someone is given: once a week at most, and not after it was put away."""

from collections.abc import Collection
from datetime import date

from msgspec.structs import replace

from itband_gui.insight.days import DAY, WEEK_DAYS
from itband_gui.insight.readiness import Verdict
from itband_gui.insight.reasons import Referral


def said_key(referral: Referral, day: date) -> str:
    """Return the key by which it is remembered that the advice was given on a day."""
    return f"said/{referral}/{day}"


def put_away_key(referral: Referral, day: date) -> str:
    """Return the key by which it is remembered that the advice was put away on a day."""
    return f"put-away/{referral}/{day}"


def without_repeats(verdict: Verdict, today: date, keys: Collection[str]) -> Verdict:
    """Return a verdict whose advice to see someone is due today, or without that advice.

    Args:
        verdict: of today.
        today: the day on the runner's clock.
        keys: what is remembered: see `said_key` and `put_away_key`.

    """
    referral = verdict.referral
    if referral is None:
        return verdict
    week = [today - back * DAY for back in range(WEEK_DAYS)]
    if any(put_away_key(referral, day) in keys for day in week):
        return replace(verdict, referral=None)
    said = {day for day in week if said_key(referral, day) in keys}
    return verdict if not said or today in said else replace(verdict, referral=None)
