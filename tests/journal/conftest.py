"""Entries for tests, made by hand and by hypothesis."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import strategies as st
from msgspec import UNSET

from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
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
    Work,
    new_id,
)
from itband_gui.leg.names import Leg, Place, Technique, Zone
from tests.journal.disk import OLD

MORNING = datetime(2026, 11, 22, 7, 10, tzinfo=timezone(timedelta(hours=1)))
MakeRating = Callable[..., Rating]


@pytest.fixture
def rating() -> MakeRating:
    """Make a rating of the left leg, `hour` hours after a morning in November."""

    def make(score: int = 4, hour: float = 0, note: str = "", leg: Leg = Leg.LEFT) -> Rating:
        at = MORNING + timedelta(hours=hour)
        moment = Moment.BEFORE
        return Rating(id=new_id(), at=at, leg=leg, moment=moment, score=score, note=note)

    return make


COUNTS, SCORES, LEGS = st.integers(0, 1000), st.integers(0, 10), st.sampled_from(Leg)
MINUTES, NAMES, IDS = st.integers(1, 1440), st.text(min_size=1, max_size=20), st.uuids().map(str)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
FIRST = datetime(1900, 1, 2, tzinfo=UTC)
INSTANTS = st.integers(0, 300 * 365 * 24 * 3600).map(lambda s: FIRST + timedelta(seconds=s))
TIMES = st.builds(datetime.astimezone, INSTANTS, OFFSETS)
COMMON = {"id": IDS, "rev": st.integers(1, 99), "at": TIMES, "note": st.text(max_size=60)}


def any_rating() -> st.SearchStrategy[Entry]:
    return st.builds(
        Rating,
        **COMMON,
        leg=LEGS,
        moment=st.sampled_from(Moment),
        score=SCORES,
        places=st.lists(st.sampled_from(Place), max_size=4).map(tuple),
        session=st.none() | IDS,
    )


def any_session() -> st.SearchStrategy[Entry]:
    work = st.builds(
        Work,
        leg=LEGS,
        zone=st.sampled_from(Zone),
        technique=st.sampled_from(Technique),
        strokes=COUNTS,
        seconds=COUNTS,
    )
    return st.builds(
        Session,
        **COMMON,
        routine=NAMES,
        legs=st.sampled_from([(Leg.LEFT,), (Leg.RIGHT, Leg.LEFT)]),
        work=st.lists(work, max_size=3).map(tuple),
        hands_on_seconds=COUNTS,
        total_seconds=COUNTS,
        skipped=COUNTS,
        repeated=COUNTS,
        eased=COUNTS,
        ended=st.sampled_from(Ended),
        stopped_for=st.just(UNSET) | NAMES,
        stopped_leg=st.just(UNSET) | LEGS,
    )


def any_effort() -> st.SearchStrategy[Entry]:
    """Any run, any other activity, or a day of rest."""
    run = st.builds(
        Run,
        **COMMON,
        minutes=MINUTES,
        effort=SCORES,
        distance_km=st.none() | st.floats(0, 500),
        worst=st.none() | SCORES,
        changed_stride=st.booleans(),
    )
    sport = st.sampled_from(Sport)
    activity = st.builds(Activity, **COMMON, sport=sport, minutes=MINUTES, effort=SCORES)
    return st.one_of(run, st.builds(RestDay, **COMMON), activity)


def any_sign() -> st.SearchStrategy[Entry]:
    resolved = st.tuples(TIMES, st.sampled_from(Resolution)) | st.just((None, None))
    return st.builds(
        lambda done, **fields: Sign(resolved=done[0], resolution=done[1], **fields),
        resolved,
        **COMMON,
        sign=NAMES,
        leg=st.none() | LEGS,
    )


@pytest.fixture(scope="session")
def any_entry() -> st.SearchStrategy[Entry]:
    """Return any valid entry with stamped times."""
    return st.one_of(any_rating(), any_session(), any_effort(), any_sign())


@pytest.fixture
def three(rating: MakeRating) -> bytes:
    """The file of three ratings whose notes look like the ends of lines."""
    return encode(Book([rating(hour=hour, note='with "quotes" \n}\n{') for hour in range(3)]))


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "data" / "backups")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file to save over."""
    path = tmp_path / "journal.json"
    path.write_bytes(OLD)
    return path
