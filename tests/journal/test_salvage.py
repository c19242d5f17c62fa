import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal import salvage
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import Entry, Rating, RestDay
from itband_gui.journal.lines import Flaw
from itband_gui.journal.salvage import JournalFault, JournalProblem, JournalVerdict
from tests.journal.files import LOST, REST, faults, signed

MakeRating = Callable[..., Rating]
MORNING = datetime(2026, 1, 1, tzinfo=UTC)


def test_every_truncation_is_noticed_and_whole_lines_are_saved(three: bytes) -> None:
    whole = decode(three).entries
    for end in range(len(three) - 2):
        decoded = decode(three[:end])
        assert decoded.verdict is JournalVerdict.DAMAGED
        intact = three[:end].count(b'"note":"with \\"quotes\\" \\n}\\n{"}')
        assert decoded.entries == whole[:intact]


def test_a_tail_or_a_hole_of_zeros_is_noticed(three: bytes) -> None:
    middle = len(three) // 2
    tail = decode(three[:middle] + bytes(len(three) - middle))
    hole = decode(three[: middle - 20] + bytes(40) + three[middle + 20 :])
    assert tail.verdict is hole.verdict is JournalVerdict.DAMAGED
    assert len(hole.entries) == 2
    assert hole.lost == 1


@given(st.binary(max_size=60))
@example(b"")
@example(b"[" * 100_000)
@example(b'{"a":' * 100_000)
@example(b"\xef\xbb\xbf{}")
@example(b"null")
@example(b'{"format": "itband-journal", "schema": 1, "min_reader": 1, "entries": [NaN]}')
@example(b'{"format": "itband-journal", "schema": 1e999, "min_reader": 1, "entries": []}')
def test_foreign_bytes_are_damage_and_never_an_error(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.verdict is JournalVerdict.DAMAGED
    assert decoded.problems


@given(st.data())
def test_no_mutation_of_a_journal_makes_the_reader_fail(
    any_entry: st.SearchStrategy[Entry], data: st.DataObject
) -> None:
    entries = data.draw(st.lists(any_entry, min_size=1, max_size=2, unique_by=lambda e: e.id))
    good = encode(Book(entries))
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 40)))
    filling = data.draw(st.binary(max_size=8) | st.sampled_from([b"[", b'"', b"1e9", b"{}", b","]))
    decode(good[:start] + filling + good[end:])


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", JournalFault.EMPTY),
        (b" \n\0", JournalFault.EMPTY),
        (b"[]", JournalFault.NOT_A_JOURNAL),
        (
            b'{"format": "other", "schema": 1, "min_reader": 1, "entries": []}',
            JournalFault.NOT_A_JOURNAL,
        ),
        (b'{"format": "itband-journal", "schema": 1', JournalFault.NOT_JSON),
        (b'{"format": "itband-journal\xff"}', JournalFault.NOT_TEXT),
    ],
)
def test_each_way_of_being_no_journal_has_its_code(data: bytes, fault: JournalFault) -> None:
    assert faults(decode(data)) == [fault]


def test_bytes_after_the_end_are_damage(three: bytes) -> None:
    assert decode(three + b"{}").verdict is JournalVerdict.DAMAGED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"score":4', b'"score":11'),
        (b'"score":4', b'"score":4.0'),
        (b'"score":4', b'"score":true'),
        (b'"score":4', b'"score":NaN'),
        (b'"score":4', b'"score":4,"score":5'),
        (b'"score":4', b'"scoer":4'),
        (b'"leg":"left"', b'"leg":"middle"'),
        (b'"kind":"rating"', b'"kind":"raging"'),
        (b'"at":"2026', b'"at":"1826'),
        (b'"at":"2026', b'"at":"9026'),
        (b"+01:00", b""),
    ],
)
def test_a_bad_entry_costs_only_itself_and_is_named_by_its_line(
    three: bytes, old: bytes, new: bytes
) -> None:
    first, second, rest = three.split(old, 2)
    decoded = decode(first + old + second + new + rest)
    assert decoded.verdict is JournalVerdict.DAMAGED
    assert len(decoded.entries) == 2
    assert (JournalFault.BAD_ENTRY, 4) in [(p.fault, p.line) for p in decoded.problems]
    assert decoded.lost == 1


def test_a_key_that_stands_twice_beside_the_entries_is_damage(three: bytes) -> None:
    twice = three.replace(b'"count"', b'"count": 7, "count"')
    assert faults(decode(twice)) == [JournalFault.REPEATED_KEY]


def test_an_unknown_key_beside_the_entries_is_damage_that_costs_nothing(three: bytes) -> None:
    decoded = decode(three.replace(b'"count"', b'"kount"'))
    assert (decoded.verdict, faults(decoded)) == (
        JournalVerdict.DAMAGED,
        [JournalFault.UNKNOWN_KEY],
    )
    assert len(decoded.entries) == 3


def test_two_entries_of_one_id_are_both_kept(rating: MakeRating) -> None:
    entry = rating(score=1)
    other = replace(entry, score=2)
    lines = encode(Book([entry])).splitlines()[2], encode(Book([other])).splitlines()[2]
    decoded = decode(signed(b",\n".join(lines), 2))
    assert faults(decoded) == [JournalFault.REPEATED_ID]
    assert {e.score for e in decoded.entries if isinstance(e, Rating)} == {1, 2}
    assert len({e.id for e in decoded.entries}) == 2
    again = decode(signed(b",\n".join(lines), 2))
    assert again.entries == decoded.entries, "the new id is the same at each reading"


def test_the_same_line_twice_is_one_entry(rating: MakeRating) -> None:
    line = encode(Book([rating()])).splitlines()[2]
    assert len(decode(signed(line + b",\n" + line, 2)).entries) == 1


def test_a_lost_newline_costs_no_entry(three: bytes) -> None:
    decoded = decode(three.replace(b"},\n{", b"},X{").replace(b"],\n", b"\n"))
    assert len(decoded.entries) == 3


def test_a_bad_entry_is_told_with_its_line_behind_one_of_many_lines(rating: MakeRating) -> None:
    file = json.loads(encode(Book([rating(hour=1), rating(hour=2)])))
    file["entries"][1]["score"] = 99
    data = json.dumps(file, indent=1).encode()
    (line,) = (problem.line for problem in decode(data).problems if problem.line)
    assert data.splitlines()[line - 1] == b"  {"
    assert b'"score": 99' in b"".join(data.splitlines()[line - 1 :])
    assert b'"score": 4' not in b"".join(data.splitlines()[line - 1 :])


def test_what_was_overruled_is_saved_of_ruins_as_that() -> None:
    lines = b",\n".join([REST % b"a", LOST % (REST % b"a"), REST % b"b"])
    decoded = decode(signed(lines, 3)[:-90])
    assert decoded.verdict is JournalVerdict.DAMAGED
    assert [entry.id for entry in decoded.entries] == ["a", "b"]
    assert [line.id for line in decoded.snapshot.overruled()] == ["o"]


def test_a_line_that_ends_where_a_hole_begins_is_saved() -> None:
    data = signed(b",\n".join(REST % name for name in (b"a", b"b", b"c")), 3)
    end = data.index(REST % b"a") + len(REST % b"a")
    decoded = decode(data[:end] + bytes(60) + data[end + 60 :])
    assert [entry.id for entry in decoded.entries] == ["a", "c"]


def test_lines_alone_are_read_from_the_first_to_the_last() -> None:
    decoded = decode(b"\n".join(REST % name for name in (b"a", b"b")))
    assert [entry.id for entry in decoded.entries] == ["a", "b"]
    assert decoded.lost == 0


def test_every_line_without_its_beginning_is_told_once_by_its_number() -> None:
    headless = (REST % b"b").replace(b'{"kind":', b"")
    ruins = [
        headless,
        REST % b"a",
        headless + headless,
        b"rubbish",
        headless,
        REST % b"c",
        headless,
    ]
    decoded = decode(b"\n".join(ruins))
    assert [entry.id for entry in decoded.entries] == ["a", "c"]
    told = [problem for problem in decoded.problems if problem.fault is JournalFault.BAD_ENTRY]
    assert told == [
        JournalProblem(JournalFault.BAD_ENTRY, line, Flaw.NO_KIND) for line in (1, 3, 5, 7)
    ]


@pytest.mark.parametrize(
    ("rubbish", "lines"),
    [(b"rubbish", [4]), (b"rubbish,\nmore of it", [4, 5]), (b"\x00\xff{\n\nx", [4, 6])],
)
def test_rubbish_in_the_place_of_entries_is_counted_by_its_lines(
    rubbish: bytes, lines: list[int]
) -> None:
    decoded = decode(signed(b",\n".join((REST % b"a", rubbish, REST % b"b")), 3))
    assert [entry.id for entry in decoded.entries] == ["a", "b"]
    told = [problem for problem in decoded.problems if problem.fault is JournalFault.BAD_ENTRY]
    assert told == [JournalProblem(JournalFault.BAD_ENTRY, line, Flaw.NO_ENTRY) for line in lines]
    assert decoded.lost == len(lines)


def test_of_rubbish_alone_something_is_beyond_reading() -> None:
    assert decode(b"\xff\x00 no journal").lost == 1


def test_what_is_around_the_entries_is_no_unread_line(three: bytes) -> None:
    assert decode(three.replace(b',\n{"kind"', b'\n{"kind"')).lost == 0


def test_of_very_many_problems_of_a_kind_some_are_listed_and_all_are_counted() -> None:
    good = REST % b"good"
    for ruins in (
        b'{"kind":"rest-day","id":"x","at":7}\n' * 1500,
        b'{"kind":"x"}\n' * 1500,
        b'{"kind":\n' * 1500,
    ):
        decoded = decode(ruins + good)
        assert [entry.id for entry in decoded.entries] == ["good"]
        assert (decoded.lost, decoded.unlisted) == (1500, 500)
        assert len(decoded.problems) == 1000 + 1


def test_a_file_of_nothing_but_values_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert salvage.MOST_COMMAS == 2_000_000
    pretty = json.dumps(json.loads(encode(Book([RestDay(id="a", at=MORNING)]))), indent=1).encode()
    monkeypatch.setattr(salvage, "MOST_COMMAS", pretty.count(b","))
    assert decode(pretty).verdict is JournalVerdict.EDITED
    monkeypatch.setattr(salvage, "MOST_COMMAS", pretty.count(b",") - 1)
    assert decode(pretty).problems[0] == JournalProblem(
        JournalFault.NOT_A_JOURNAL, None, Flaw.TOO_MANY_VALUES
    )


@pytest.mark.parametrize(
    "ruins",
    [b"\n", b'{"kind":', b'{"kind":"run","id":"at":}', b"{},", b'"id":\n', b'{"kind":"a"},\n'],
)
def test_ruins_are_read_in_no_more_memory_than_a_few_times_theirs(
    ruins: bytes,
) -> None:
    data = ruins * (512 * 1024 // len(ruins))
    tracemalloc.start()
    try:
        assert decode(data).verdict is JournalVerdict.DAMAGED
        assert tracemalloc.get_traced_memory()[1] < 3 * len(data)
    finally:
        tracemalloc.stop()


def test_a_line_in_ruins_that_names_a_key_twice_is_not_taken() -> None:
    twice = (REST % b"a").replace(b'"rev":1', b'"rev":1,"rev":2')
    decoded = decode(b"\n".join((twice, REST % b"b")))
    assert ([entry.id for entry in decoded.entries], decoded.lost) == (["b"], 1)
