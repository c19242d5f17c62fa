from collections.abc import Callable
from datetime import date, datetime

import pytest

from itband_gui.journal.entries import (
    Activity,
    Ended,
    Entry,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
    Sign,
    Sport,
)
from itband_gui.leg.names import Leg, Place
from itband_gui.routine.library import Library
from itband_gui.ui.text.entries import duration, said

TODAY = date(2026, 11, 22)
BOTH = (Leg.LEFT, Leg.RIGHT)


@pytest.fixture
def words(library: Library) -> Callable[[Entry], str]:
    return lambda entry: said(entry, library, TODAY).whole


def _session(now: datetime, **changes: object) -> Session:
    fields: dict[str, object] = {
        "id": "s",
        "at": now,
        "routine": "first-time",
        "legs": BOTH,
        "hands_on_seconds": 600,
        "total_seconds": 840,
        "ended": Ended.FINISHED,
    }
    return Session(**(fields | changes))  # type: ignore[arg-type] # a dict of mixed fields


def test_a_rating_says_leg_score_moment_and_place(
    words: Callable[[Entry], str], now: datetime
) -> None:
    rating = Rating(
        id="r", at=now, leg=Leg.LEFT, moment=Moment.BEFORE, score=4, places=(Place.OUTER_KNEE,)
    )
    assert words(rating) == "Left leg · 4 out of 10 · Before massage · Outer knee"


def test_a_rating_at_no_special_moment_says_leg_and_score(
    words: Callable[[Entry], str], now: datetime
) -> None:
    rating = Rating(id="r", at=now, leg=Leg.RIGHT, moment=Moment.OTHER, score=0)
    assert words(rating) == "Right leg · 0 out of 10"


def test_a_session_says_routine_legs_length_and_end(
    words: Callable[[Entry], str], now: datetime
) -> None:
    assert words(_session(now)) == "Session: First time, both legs, 10 min hands on, finished"
    stopped = _session(now, legs=(Leg.LEFT,), hands_on_seconds=16, ended=Ended.STOPPED)
    assert words(stopped) == "Session: First time, left leg, 16 s hands on, stopped"


def test_a_night_in_a_pause_makes_no_session_longer(
    words: Callable[[Entry], str], now: datetime
) -> None:
    night = _session(now, hands_on_seconds=7, total_seconds=86_400, ended=Ended.ENDED_EARLY)
    assert words(night) == "Session: First time, both legs, 7 s hands on, ended early"


def test_a_stopped_session_names_its_leg(words: Callable[[Entry], str], now: datetime) -> None:
    stopped = _session(now, ended=Ended.STOPPED, stopped_for="sharp-or-numb", stopped_leg=Leg.RIGHT)
    assert words(stopped).endswith(
        "10 min hands on, stopped (right leg: sharp, electric, burning, tingling or numb)"
    )
    hand = _session(now, ended=Ended.STOPPED, stopped_for="hand")
    assert words(hand).endswith(", stopped (your hand hurts)")
    newer = _session(now, ended=Ended.STOPPED, stopped_for="of-a-newer-list")
    assert words(newer).endswith(", stopped")


def test_an_activity_says_sport_minutes_and_effort(
    words: Callable[[Entry], str], now: datetime
) -> None:
    told = [
        words(Activity(id="a", at=now, sport=sport, minutes=90, effort=7))
        for sport in (Sport.STRENGTH, Sport.OTHER)
    ]
    assert told == [
        "Activity: Strength training, 90 min, effort 7 out of 10",
        "Activity: Another sport, 90 min, effort 7 out of 10",
    ]


def test_a_routine_that_is_gone_is_named_by_its_id_on_one_line(
    words: Callable[[Entry], str], now: datetime
) -> None:
    assert "own/my own, both legs" in words(_session(now, routine="own/my\nown"))


def test_a_run_describes_everything_logged(words: Callable[[Entry], str], now: datetime) -> None:
    assert words(Run(id="r", at=now, minutes=45, effort=6)) == "Run: 45 min, effort 6 out of 10"
    whole = Run(
        id="r", at=now, minutes=45, effort=6, distance_km=8.25, worst=3, changed_stride=True
    )
    assert words(whole) == (
        "Run: 45 min, 8.25 km, effort 6 out of 10, soreness up to 3 out of 10, changed stride"
    )


def test_a_rest_day_is_a_rest_day(words: Callable[[Entry], str], now: datetime) -> None:
    assert words(RestDay(id="r", at=now)) == "Rest day"


def test_an_open_sign_says_so(words: Callable[[Entry], str], now: datetime) -> None:
    sign = Sign(id="s", at=now, sign="unwell")
    assert words(sign) == "Warning sign: Fever, or feeling unwell, open"


def test_a_sign_that_is_over_says_since_when(
    words: Callable[[Entry], str], at: Callable[..., datetime]
) -> None:
    gone = Sign(
        id="s",
        at=at(2),
        sign="unwell",
        leg=Leg.LEFT,
        resolved=at(12),
        resolution=Resolution.GONE,
    )
    assert words(gone) == "Warning sign, left leg: Fever, or feeling unwell, over since 12 Nov"


def test_a_sign_that_this_version_does_not_know_is_named_by_its_id(
    words: Callable[[Entry], str], now: datetime
) -> None:
    assert words(Sign(id="s", at=now, sign="new-one")) == "Warning sign: new-one, open"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (89, "1 min"), (90, "2 min")]
)
def test_lengths_are_rounded_to_minutes_from_one_minute_on(seconds: int, text: str) -> None:
    assert duration(seconds) == text


def test_the_words_for_a_sign_follow_its_rules(
    words: Callable[[Entry], str], now: datetime
) -> None:
    def over(name: str, how: Resolution) -> str:
        return words(Sign(id="s", at=now, sign=name, resolved=now, resolution=how))

    assert over("clot", Resolution.GONE).endswith(", gone since 22 Nov")
    assert over("bones", Resolution.CLINICIAN_AGREED).endswith(", a clinician agreed on 22 Nov")
    assert over("clot", Resolution.CLINICIAN_AGREED).endswith(", cleared by a clinician on 22 Nov")
