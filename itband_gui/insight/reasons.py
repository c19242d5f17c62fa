"""The codes of the light for running: the lights, the reasons, and what would change them."""

from datetime import date
from enum import StrEnum

import msgspec

from itband_gui.insight.statistics import Shortfall
from itband_gui.journal.entries import Entry
from itband_gui.leg.names import Leg


class Readiness(StrEnum):
    """The light for running today, from the freest to the most cautious."""

    GO = "go"
    UNKNOWN = "unknown"  # not enough to tell
    EASY = "easy"
    REST = "rest"

    @property
    def caution(self) -> int:
        """0 for go up to 3 for rest."""
        return list(Readiness).index(self)


class Cause(StrEnum):
    """The causes of the light."""

    # Rest, or easy if a sign's own rule says so
    OPEN_SIGN = "open-sign"
    UNSEEN_SIGN = "unseen-sign"  # gone, but not yet seen by a clinician
    CLEARING_SIGN = "clearing-sign"  # gone, but not for long enough
    SEEN_SIGN = "seen-sign"  # seen by a clinician recently
    # Rest; those about runs become easy after `RED_RUN_DAYS`.
    SESSION_STOPPED = "session-stopped"
    CHANGED_STRIDE = "changed-stride"
    RUN_VERY_SORE = "run-very-sore"
    SORE_TWO_RUNS = "sore-two-runs"
    VERY_SORE = "very-sore"  # so sore at rest that it needs advice
    SORE_WALKING = "sore-walking"
    MORNING_WELL_ABOVE = "morning-well-above"
    TWO_REDS = "two-reds"
    # Easy
    VERY_SORE_LATELY = "very-sore-lately"
    RUN_SORE = "run-sore"
    SORE_TODAY = "sore-today"
    SORE_MUSCLES = "sore-muscles"  # both thighs, after a hard day
    ABOVE_USUAL = "above-usual"
    CREPT_UP = "crept-up"  # well above the usual of four weeks ago
    HARD_DAY = "hard-day"
    LONG_BREAK = "long-break"
    # Go
    CALM_RUN = "calm-run"
    SETTLED = "settled"


class Remedy(StrEnum):
    """Ways in which a reason can go away."""

    SIGN_GONE = "sign-gone"
    SIGN_SEEN = "sign-seen"  # by a clinician
    SETTLED_RATING = "settled-rating"  # a later day's rating of 2 or less
    DAY_OFF = "day-off"  # no running until `until`
    TIME = "time"  # it is over after `until`
    CALM_RUN = "calm-run"  # an easy run at 2 or less, stride unchanged
    WALK_FIRST = "walk-first"  # likewise, after a brisk walk without a limp
    CALMER_DAY = "calmer-day"  # a later day's rating below the limit
    CALMER_MORNING = "calmer-morning"  # a later morning as usual
    EASY_RUN = "easy-run"  # any run that is logged and rated


class Reason(msgspec.Struct, frozen=True):
    """One reason for the light.

    Attributes:
        entries: its evidence, oldest first; empty for a long break without a run in the view.
        since: the day of the evidence.
        until: the last day on which it holds if nothing new is logged; None if only a new entry
            can change it.
        usual: the leg's 7-day median of mornings, if it was compared with that.

    """

    cause: Cause
    light: Readiness
    entries: tuple[Entry, ...]
    remedy: Remedy
    since: date
    until: date | None = None
    leg: Leg | None = None
    usual: float | None = None


class Missing(msgspec.Struct, frozen=True):
    """Ratings that are missing for a go, of one leg or, with None, of the runner."""

    shortfall: Shortfall
    leg: Leg | None = None


class Evidence(msgspec.Struct, frozen=True):
    """Everything found for a day."""

    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]


class Referral(StrEnum):
    """Why it is time to see someone."""

    RED_WEEKS = "red-weeks"  # two red days in each of the last two weeks
    SORE_WEEKS = "sore-weeks"  # sore on most rated days of three weeks
    STOPS_AGAIN = "stops-again"  # stopped twice in two weeks for reasons that should not recur
    LONG_SIGN = "long-sign"  # a warning sign has ruled out normal running for two weeks
