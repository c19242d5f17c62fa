"""Everything that is not a valid checkpoint is refused with one error."""

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.journal.validation import check
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.check_in import CheckIn, Dose
from itband_gui.routine.plan import PhaseKind, Plan
from itband_gui.session.checkpoint import CheckpointInvalidError, decode, standing
from itband_gui.session.events import EndReason
from itband_gui.session.record import interrupted_entry, session_entry
from tests.session.checkpoints import at, encoded

Way = tuple[Any, ...]
Plans = st.SearchStrategy[Plan]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 4_000,
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"format":"itband-checkpoint","schema":1,"sha256":"","body":' + b"[" * 100_000,
        b'{"format": "itband-journal", "schema": 1, "min_reader": 1,\n"entries": [\n]}',
    ],
)
def test_what_is_no_checkpoint_is_refused(data: bytes) -> None:
    with pytest.raises(CheckpointInvalidError):
        decode(data)


def test_another_version_is_refused(plan: Plan, answers: CheckIn) -> None:
    data = encoded(at(plan, 100), answers)
    with pytest.raises(CheckpointInvalidError):
        decode(data.replace(b'"schema":1', b'"schema":2', 1))


@pytest.mark.parametrize("step", [1, 97])
def test_every_truncation_is_refused(plan: Plan, answers: CheckIn, step: int) -> None:
    data = encoded(at(plan, 100), answers)
    ends = range(len(data) - 1, 0 if step > 1 else len(data) - 600, -step)
    for end in ends:
        with pytest.raises(CheckpointInvalidError):
            decode(data[:end])
        with pytest.raises(CheckpointInvalidError):
            decode(data[:end].ljust(len(data), b"\0"))


def test_one_digit_of_a_score_changed_is_seen(plan: Plan, answers: CheckIn) -> None:
    data = encoded(at(plan, 100), answers)
    with pytest.raises(CheckpointInvalidError):
        decode(data.replace(b'"score":4', b'"score":3', 1))


@given(data=st.data())
def test_changed_bytes_are_never_taken_for_what_was_written(
    data: st.DataObject, plan: Plan, answers: CheckIn
) -> None:
    whole = encoded(at(plan, 400), answers)
    sound, changed = decode(whole), bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        checkpoint = decode(bytes(changed))
    except CheckpointInvalidError:
        return
    assert checkpoint == sound


def signed(body: object) -> bytes:
    """Return what somebody would write who also knows how to sign it."""
    text = json.dumps(body, separators=(",", ":")).encode()
    digest = sha256(text).hexdigest()
    start = f'{{"format":"itband-checkpoint","schema":1,"sha256":"{digest}","body":'
    return start.encode() + text + b"}"


def leaves(node: Any, way: Way = ()) -> list[Way]:  # noqa: ANN401 - a JSON tree
    """Return the way to every value of a JSON tree, inner ones too."""
    if not isinstance(node, dict | list):
        return []
    found = []
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        found += [(*way, key), *leaves(value, (*way, key))]
    return found


odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 60),
    st.sampled_from([10**6, 2**31, 2**63, 2**64, 10**400, -(10**9), 43_200_000, 86_400_001]),
    st.floats(allow_nan=True),
    st.text(max_size=3),
    st.sampled_from([*Leg, *Zone, *Technique, *PhaseKind, *EndReason, *Dose]).map(str),
    st.sampled_from(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-01T00:00:00"]),
    st.just([]),
    st.just({}),
    st.lists(st.integers(0, 9), max_size=3),
)


def put(node: Any, way: Way, change: str, value: object) -> None:  # noqa: ANN401 - a JSON tree
    """Change a JSON tree in one place."""
    for key in way[:-1]:
        node = node[key]
    if change == "delete":
        del node[way[-1]]
    elif change == "nudge" and isinstance(node[way[-1]], int | float):
        node[way[-1]] += value if isinstance(value, int | float) else 1
    elif change == "double" and isinstance(node, list):
        node.insert(way[-1], node[way[-1]])
    else:
        node[way[-1]] = value


@given(data=st.data(), script=st.lists(st.sampled_from(["skip", "again", "easier", "pause"])))
def test_whatever_is_let_in_can_be_gone_on_with_and_saved(
    data: st.DataObject, script: list[str], long_plans: Plans
) -> None:
    """The journal takes it as well: a person's own changes, signed, bring no crash."""
    plan = data.draw(long_plans)
    engine = at(plan, data.draw(st.floats(0, 1)) * plan.total_ms / 1000)
    body = json.loads(encoded(engine, CheckIn(dict.fromkeys(plan.legs, 3))))["body"]
    for _ in range(data.draw(st.integers(1, 3))):
        ways = leaves(body)
        change = data.draw(st.sampled_from(["set", "nudge", "nudge", "delete", "double"]))
        if ways:
            value = data.draw(st.integers(-2, 2) if change == "nudge" else odd)
            put(body, data.draw(st.sampled_from(ways)), change, value)
    try:
        checkpoint = decode(signed(body))
    except CheckpointInvalidError:
        return
    now = checkpoint.head.started
    check(interrupted_entry(checkpoint, now))
    restored = checkpoint.engine(0)
    restored.begin()
    restored.go_on(10)
    for number, name in enumerate(script, 1):
        getattr(restored, name)(number * 1_000)
        assert 0 <= restored.position(number * 1_000).progress <= 1
        standing(restored)
    restored.go_on(10**7)
    restored.advance_to(10**7 + checkpoint.plan.total_ms)
    check(session_entry(restored, "x", now))


# Every way in which signed data can be impossible; each is one change to a sound checkpoint.
IMPOSSIBLE: dict[str, tuple[str, object]] = {
    "a date of a thousand years ago": ("head.started", "1026-11-22T12:00:00Z"),
    "a date without an offset": ("written", "2026-11-22T12:00:00"),
    "a leg twice in the check-in": ("head.check_in.1.leg", "right"),
    "a score of eleven": ("head.check_in.0.score", 11),
    "a session without a name": ("head.session", ""),
    "a plan for a leg twice": ("head.plan.legs.1", "right"),
    "a phase on a leg that is not in the plan": ("head.plan.legs", ["left"]),
    "a phase that is not there": ("snapshot.index", 999),
    "beyond the end of the phase": ("snapshot.offset_ms", 500_000),
    "finished in the middle": ("snapshot.ended", "finished"),
    "just entered, yet inside": ("snapshot.entered", True),
    "a negative count": ("snapshot.skips", -1),
    "pressure above five": ("head.plan.works.1.pressure", [3, 6]),
    "pressure the wrong way round": ("head.plan.works.1.pressure", [4, 3]),
    "firm work without pressure": ("head.plan.works.1.pressure", None),
    "a path of one point": ("head.plan.works.1.path", [[0, 0]]),
    "a path without length": ("head.plan.works.1.path", [[1, 1], [1, 1]]),
    "shares of nothing": ("head.plan.works.0.shares", [0.1, 0.1, 0.1]),
    "more shares than zones": ("head.plan.works.1.shares", [0.5, 0.5]),
    "work that is not there": ("head.plan.phases.1.work", 99),
    "a set without work": ("head.plan.phases.2.work", None),
    "a set without strokes": ("head.plan.phases.2.strokes", []),
    "strokes in a rest": ("head.plan.phases.3.strokes", [[0, 1, 2]]),
    "strokes backwards": ("head.plan.phases.2.strokes", [[5, 4, 6]]),
    "strokes beyond the set": ("head.plan.phases.2.strokes", [[0, 4, 900_000]]),
    "a rest first": ("head.plan.phases.0.kind", "rest"),
    "a finish first": ("head.plan.phases.0.kind", "finish"),
    "no finish": ("head.plan.phases", []),
    "a phase of days": ("head.plan.phases.0.length_ms", 10**9),
    "an unknown key": ("head.plan.colour", "red"),
    "more work than half a day": ("snapshot.tally.work.0.ms", 43_200_000),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_signed_but_impossible_is_refused(plan: Plan, answers: CheckIn, name: str) -> None:
    body = json.loads(encoded(at(plan, 101), answers))["body"]
    assert decode(signed(body)).plan == plan
    way, value = IMPOSSIBLE[name]
    put(body, tuple(int(k) if k.isdecimal() else k for k in way.split(".")), "set", value)
    with pytest.raises(CheckpointInvalidError):
        decode(signed(body))


@pytest.mark.parametrize(
    "rows",
    [
        [{"kind": "switch", "leg": "left", "length_ms": 30_000_000}] * 3,
        [{"kind": "set", "leg": "left", "length_ms": 30_000_000, "work": 0, "strokes": [[0, 1, 2]]}]
        * 2,
        [{"kind": "set", "leg": "left", "length_ms": 9, "work": 0, "strokes": [[0, 1, 2]]}]
        + [{"kind": "set", "leg": "left", "length_ms": 9, "work": 0, "strokes": [[9, 9, 9]] * 500}]
        * 100,
    ],
    ids=["over a day", "work over half a day", "too many strokes"],
)
def test_a_plan_beyond_all_measure_is_refused(
    plan: Plan, answers: CheckIn, rows: list[dict[str, object]]
) -> None:
    body = json.loads(encoded(at(plan, 0), answers))["body"]
    finish = {"kind": "finish", "leg": "left", "length_ms": 0}
    body["head"]["plan"]["phases"] = [*rows[:1], finish]
    assert decode(signed(body)).plan.total_ms == rows[0]["length_ms"]
    body["head"]["plan"]["phases"] = [*rows, finish]
    with pytest.raises(CheckpointInvalidError):
        decode(signed(body))
