from datetime import datetime, timedelta
from uuid import RFC_4122, UUID, uuid1
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace

from itband_gui.journal.entries import (
    ENTRY_TYPES,
    LINE_TYPES,
    Entry,
    Kind,
    RestDay,
    has_time,
    new_id,
    stamp,
)
from itband_gui.journal.validation import check
from itband_gui.leg.names import Leg
from tests.journal.samples import ACTIVITY, NOW, RATING, RUN, SESSION, SIGN, WORK


def test_the_line_of_a_rating_has_the_fields_in_the_order_of_the_format() -> None:
    assert msgspec.json.encode(RATING) == (
        b'{"kind":"rating","id":"a","rev":1,"at":"2026-11-22T08:00:00Z","leg":"left",'
        b'"moment":"before","score":4,"places":["outer-knee"],"session":"b","note":""}'
    )


@pytest.mark.parametrize("entry", [RATING, RUN, ACTIVITY, SIGN, SESSION, RestDay(id="d", at=NOW)])
def test_every_kind_ends_its_line_with_the_note_and_knows_its_kind(entry: Entry) -> None:
    line = msgspec.json.encode(entry)
    assert line.endswith(b'"note":""}')
    assert line.startswith(f'{{"kind":"{entry.kind}","id":'.encode())
    assert entry.kind in Kind
    check(entry, NOW)


def test_a_session_of_which_no_reason_was_said_reads_as_it_always_did() -> None:
    assert b"stopped" not in msgspec.json.encode(SESSION)
    said = replace(SESSION, stopped_for="sharp", stopped_leg=Leg.LEFT)
    assert b'"stopped_for":"sharp","stopped_leg":"left","note":""}' in msgspec.json.encode(said)


def test_a_session_worked_on_the_legs_that_hands_were_on() -> None:
    assert [leg for leg in Leg if SESSION.worked_on(leg)] == [Leg.LEFT]
    nothing = replace(SESSION, work=(replace(WORK, seconds=0),), hands_on_seconds=0)
    assert not any(map(nothing.worked_on, Leg))


def test_a_session_without_named_work_worked_on_all_its_legs_if_hands_were_on_at_all() -> None:
    unnamed = replace(SESSION, work=(), legs=(Leg.RIGHT,))
    assert [leg for leg in Leg if unnamed.worked_on(leg)] == [Leg.RIGHT]
    assert not any(map(replace(unnamed, hands_on_seconds=0).worked_on, Leg))


def test_a_stamp_keeps_the_instant_to_the_second_and_the_offset() -> None:
    berlin = datetime(2026, 7, 1, 7, 10, 5, 999_999, tzinfo=ZoneInfo("Europe/Berlin"))
    assert stamp(berlin).isoformat() == "2026-07-01T07:10:05+02:00"


def test_a_stamp_keeps_the_instant_where_an_old_offset_had_seconds() -> None:
    local_mean_time = datetime(1901, 1, 1, tzinfo=ZoneInfo("Europe/Paris"))  # +00:09:21
    assert stamp(local_mean_time) == local_mean_time
    assert stamp(local_mean_time).utcoffset() == timedelta(minutes=9)


def test_midnight_sharp_stands_for_a_day_without_a_time() -> None:
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    assert not has_time(midnight)
    assert has_time(midnight + timedelta(seconds=1))


def test_an_entry_knows_the_legs_that_it_is_about() -> None:
    assert RATING.about == (Leg.LEFT,)
    assert SESSION.about == (Leg.RIGHT, Leg.LEFT)
    assert SIGN.about == RUN.about == ()
    assert replace(SIGN, leg=Leg.RIGHT).about == (Leg.RIGHT,)


def test_ids_made_one_after_another_are_in_order_and_never_the_same() -> None:
    ids = [new_id() for _ in range(2_000)]
    assert ids == sorted(set(ids))
    assert {(UUID(made).version, UUID(made).variant) for made in ids} == {(6, RFC_4122)}


def test_an_id_holds_its_time_where_a_uuid_of_version_6_has_it() -> None:
    before, made, after = uuid1().time, UUID(new_id()).int, uuid1().time
    assert before < (made >> 80 << 12 | made >> 64 & 0xFFF) < after


def test_an_id_names_no_machine() -> None:
    assert len({UUID(new_id()).node for _ in range(20)}) == 20


def test_each_kind_of_line_has_its_name_in_the_file() -> None:
    named = {kind: line.__struct_config__.tag for kind, line in LINE_TYPES.items()}
    assert all(kind == tag for kind, tag in named.items())
    assert set(ENTRY_TYPES) == set(Kind)
    assert set(LINE_TYPES) - set(ENTRY_TYPES) == {"removed", "overruled"}
