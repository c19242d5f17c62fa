"""Entries for tests, made by hand and by hypothesis."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import strategies as st
from msgspec import UNSET

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


@pytest.fixture(scope="session")
def any_entry() -> st.SearchStrategy[Entry]:
    """Return any valid entry with stamped times."""
    offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
    first = datetime(1900, 1, 2, tzinfo=UTC)
    instants = st.integers(0, 300 * 365 * 24 * 3600).map(lambda s: first + timedelta(seconds=s))
    times = st.builds(datetime.astimezone, instants, offsets)
    notes = st.text(max_size=60)
    names = st.text(min_size=1, max_size=20)
    ids = st.uuids().map(str)
    common = {"id": ids, "rev": st.integers(1, 99), "at": times, "note": notes}
    counts, scores = st.integers(0, 1000), st.integers(0, 10)
    legs = st.sampled_from(Leg)
    work = st.builds(
        Work,
        leg=legs,
        zone=st.sampled_from(Zone),
        technique=st.sampled_from(Technique),
        strokes=counts,
        seconds=counts,
    )
    resolved = st.tuples(times, st.sampled_from(Resolution)) | st.just((None, None))
    return st.one_of(
        st.builds(
            Rating,
            **common,
            leg=legs,
            moment=st.sampled_from(Moment),
            score=scores,
            places=st.lists(st.sampled_from(Place), max_size=4).map(tuple),
            session=st.none() | ids,
        ),
        st.builds(
            Session,
            **common,
            routine=names,
            legs=st.sampled_from([(Leg.LEFT,), (Leg.RIGHT, Leg.LEFT)]),
            work=st.lists(work, max_size=3).map(tuple),
            hands_on_seconds=counts,
            total_seconds=counts,
            skipped=counts,
            repeated=counts,
            eased=counts,
            ended=st.sampled_from(Ended),
            stopped_for=st.just(UNSET) | names,
            stopped_leg=st.just(UNSET) | legs,
        ),
        st.builds(
            Run,
            **common,
            minutes=st.integers(1, 1440),
            effort=scores,
            distance_km=st.none() | st.floats(0, 500),
            worst=st.none() | scores,
            changed_stride=st.booleans(),
        ),
        st.builds(RestDay, **common),
        st.builds(
            Activity,
            **common,
            sport=st.sampled_from(Sport),
            minutes=st.integers(1, 1440),
            effort=scores,
        ),
        st.builds(
            lambda done, **fields: Sign(resolved=done[0], resolution=done[1], **fields),
            resolved,
            **common,
            sign=names,
            leg=st.none() | legs,
        ),
    )
