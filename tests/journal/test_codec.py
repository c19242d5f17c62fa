import hashlib
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal import salvage
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode, entry_line
from itband_gui.journal.entries import Ended, Entry, Rating, RestDay, Session, Work
from itband_gui.journal.lines import Flaw
from itband_gui.journal.salvage import Decoded, JournalFault, JournalProblem, JournalVerdict
from itband_gui.journal.snapshot import SCHEMA
from itband_gui.leg.names import Leg, Technique, Zone

MakeRating = Callable[..., Rating]
MORNING = datetime(2026, 1, 1, tzinfo=UTC)
Change = Callable[[dict[str, Any]], object]


def faults(decoded: Decoded) -> list[JournalFault]:
    return [problem.fault for problem in decoded.problems]


def rewritten(data: bytes, change: Change) -> bytes:
    """Return the file with its JSON changed, as another program would write it."""
    document = json.loads(data)
    change(document)
    return json.dumps(document).encode()


def signed(lines: bytes, count: int, schema: int = SCHEMA, min_reader: int = 1) -> bytes:
    """Return a file with a right checksum, as another version of this program would write it."""
    header = f'{{"format": "itband-journal", "schema": {schema}, "min_reader": {min_reader},\n'
    covered = header.encode() + b'"entries": [\n' + lines + b"\n],\n"
    digest = hashlib.sha256(covered).hexdigest()
    return covered + f'"count": {count}, "sha256": "{digest}"}}\n'.encode()


@pytest.fixture
def three(rating: MakeRating) -> bytes:
    return encode(Book([rating(hour=hour, note='with "quotes" \n}\n{') for hour in range(3)]))


def test_the_file_is_json_with_one_entry_a_line_and_a_checksum_of_all_before(
    rating: MakeRating,
) -> None:
    book = Book([rating(hour=2), rating(hour=1)])
    data = encode(book)
    lines = data.splitlines(keepends=True)
    assert lines[0] == b'{"format": "itband-journal", "schema": 2, "min_reader": 1,\n'
    assert lines[1] == b'"entries": [\n'
    assert lines[2].endswith(b"},\n")
    assert lines[3].endswith(b"}\n")
    assert lines[4] == b"],\n"
    digest = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    assert lines[5].decode() == f'"count": 2, "sha256": "{digest}"}}\n'
    assert [entry["id"] for entry in json.loads(data)["entries"]] == [e.id for e in book]


@given(st.data())
def test_what_is_encoded_is_decoded_again(
    any_entry: st.SearchStrategy[Entry], data: st.DataObject
) -> None:
    entries = data.draw(st.lists(any_entry, max_size=5, unique_by=lambda entry: entry.id))
    book = Book(entries)
    decoded = decode(encode(book))
    assert decoded.verdict is JournalVerdict.SOUND
    assert decoded.entries == list(book)
    assert encode(Book(decoded.entries)) == encode(book)


@given(st.data())
def test_a_flipped_byte_is_noticed(
    any_entry: st.SearchStrategy[Entry], data: st.DataObject
) -> None:
    entries = data.draw(st.lists(any_entry, max_size=3, unique_by=lambda entry: entry.id))
    good = encode(Book(entries))
    position = data.draw(st.integers(0, len(good) - 1))
    flip = data.draw(st.integers(1, 255))
    bad = bytearray(good)
    bad[position] ^= flip
    assert decode(bytes(bad)).verdict is not JournalVerdict.SOUND


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


def test_a_file_reformatted_by_hand_is_edited_and_whole(three: bytes) -> None:
    pretty = json.dumps(json.loads(three), indent=4).encode()
    decoded = decode(pretty)
    assert decoded.verdict is JournalVerdict.EDITED
    assert faults(decoded) == [JournalFault.CHECKSUM]
    assert decoded.entries == decode(three).entries


def test_a_file_without_count_and_checksum_is_edited(three: bytes) -> None:
    def drop(document: dict[str, Any]) -> None:
        del document["count"], document["sha256"]

    assert decode(rewritten(three, drop)).verdict is JournalVerdict.EDITED


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


def test_a_file_for_a_newer_reader_is_read_as_far_as_it_goes(rating: MakeRating) -> None:
    line = encode(Book([rating()])).splitlines()[2]
    decoded = decode(signed(line + b',\n{"kind":"dream","id":"d"}', 2, schema=9, min_reader=9))
    assert decoded.verdict is JournalVerdict.NEWER
    assert len(decoded.entries) == 1


def test_what_a_newer_version_added_is_carried_along_byte_for_byte(rating: MakeRating) -> None:
    old, young = rating(hour=-1), rating(hour=1)
    known = encode(Book([old])).splitlines()[2]
    more = known[:-1] + b',"mood": [1, 2.50]}'
    foreign = b'{"kind":"swim","id":"s","at":"2026-11-22T07:10:00+01:00","laps": 4}'
    data = signed(more + b",\n" + foreign, 2, schema=SCHEMA + 1)
    decoded = decode(data)
    assert decoded.verdict is JournalVerdict.SOUND
    assert decoded.entries == [old]
    book = Book(decoded.holding)
    assert encode(book) == data
    book.add(young)
    assert encode(book).splitlines()[2:4] == [more + b",", foreign + b","]
    assert entry_line(book, old) == more
    assert decode(encode(book)).entries == [old, young]


def test_what_a_newer_version_added_within_a_part_of_an_entry_is_no_less_kept() -> None:
    work = Work(leg=Leg.LEFT, zone=Zone.GLUTEAL, technique=Technique.LIGHT, strokes=9, seconds=40)
    done = Session(
        id="s",
        at=datetime(2026, 11, 22, tzinfo=UTC),
        routine="full",
        legs=(Leg.LEFT,),
        work=(work,),
        hands_on_seconds=40,
        total_seconds=60,
        ended=Ended.FINISHED,
    )
    known = encode(Book([done])).splitlines()[2]
    more = known.replace(b'"seconds":40}', b'"seconds":40,"grip":1}')
    decoded = decode(signed(more, 1, schema=SCHEMA + 1))
    assert (decoded.verdict, decoded.entries) == (JournalVerdict.SOUND, [])
    assert encode(Book(decoded.holding)) == signed(more, 1, schema=SCHEMA + 1)
    by_hand = decode(signed(more, 1).replace(b'"strokes":9', b'"strokes":8'))
    assert by_hand.verdict is JournalVerdict.DAMAGED, "what would be lost is not taken"


def test_a_file_with_a_right_checksum_under_another_header_is_read(rating: MakeRating) -> None:
    data = encode(Book([rating()])).replace(b'"schema": 2,', b'"schema":  2,')
    before = decode(data)
    assert before.verdict is JournalVerdict.EDITED
    old = data[data.index(b'"sha256": "') :]
    signed_anew = data.replace(old, b'"sha256": "%s"}\n' % before.digest.encode())
    decoded = decode(signed_anew)
    assert (decoded.verdict, len(decoded.entries)) == (JournalVerdict.SOUND, 1)


def test_a_bad_entry_is_told_with_its_line_behind_one_of_many_lines(rating: MakeRating) -> None:
    file = json.loads(encode(Book([rating(hour=1), rating(hour=2)])))
    file["entries"][1]["score"] = 99
    data = json.dumps(file, indent=1).encode()
    (line,) = (problem.line for problem in decode(data).problems if problem.line)
    assert data.splitlines()[line - 1] == b"  {"
    assert b'"score": 99' in b"".join(data.splitlines()[line - 1 :])
    assert b'"score": 4' not in b"".join(data.splitlines()[line - 1 :])


def test_an_amended_entry_keeps_the_fields_of_a_newer_version(rating: MakeRating) -> None:
    old = rating(score=4)
    more = encode(Book([old])).splitlines()[2][:-1] + b',"mood":7}'
    decoded = decode(signed(more, 1, schema=SCHEMA + 1))
    book = Book(decoded.holding)
    book.amend(replace(old, score=5))
    written = json.loads(encode(book))["entries"][0]
    assert (written["score"], written["mood"], written["rev"]) == (5, 7, 2)


def test_a_removed_entry_takes_its_unknown_fields_along(rating: MakeRating) -> None:
    old = rating()
    more = encode(Book([old])).splitlines()[2][:-1] + b',"mood":7}'
    decoded = decode(signed(more, 1, schema=SCHEMA + 1))
    book = Book(decoded.holding)
    book.remove(old.id)
    assert json.loads(encode(book))["entries"] == []


def test_a_wrong_count_is_noticed_even_with_a_right_checksum(rating: MakeRating) -> None:
    line = encode(Book([rating()])).splitlines()[2]
    assert decode(signed(line, 1)).verdict is JournalVerdict.SOUND
    assert decode(signed(line, 2)).verdict is JournalVerdict.EDITED


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind":"rest-day","id":"a","at":"9999-01-01T00:00:00Z"}',
        b'{"kind":"swim","id":"a","at":"9999-01-01T00:00:00Z"}',
        b'{"kind":"swim","id":"a","at":"2026-01-01T00:00:00"}',
        b'{"kind":"swim","id":"a"}',
        b'{"kind":["swim"],"id":7,"at":"2026-01-01T00:00:00Z"}',
        b"7",
    ],
)
def test_a_right_checksum_does_not_let_a_hostile_line_in(line: bytes) -> None:
    decoded = decode(signed(line, 1))
    assert decoded.verdict is JournalVerdict.DAMAGED
    assert decoded.entries == []
    assert faults(decoded) == [JournalFault.BAD_ENTRY]


# Lines that only the program reads, and what a right checksum does not prove


REST = b'{"kind":"rest-day","id":"%b","rev":1,"at":"2026-01-01T00:00:00Z","note":""}'
LOST = b'{"kind":"overruled","id":"o","rev":1,"at":"2026-01-01T00:00:00Z","of":"a","version":%b}'


def test_a_removal_and_an_overruled_version_are_lines_and_no_entries() -> None:
    removed = (
        b'{"kind":"removed","id":"r","rev":2,"at":"2026-01-01T00:00:00Z","was":["0123456789ab"]}'
    )
    lines = b",\n".join([REST % b"a", LOST % (REST % b"a"), removed])
    decoded = decode(signed(lines, 3))
    assert (decoded.verdict, len(decoded.entries), len(decoded.holding)) == (
        JournalVerdict.SOUND,
        1,
        3,
    )
    assert decoded.holding.encoded().data == signed(lines, 3)
    assert [bytes(line.version) for line in decoded.holding.overruled()] == [REST % b"a"]
    again = decode(signed(lines, 3).replace(b",\n", b" ,\n"))
    assert again.verdict is JournalVerdict.EDITED
    assert again.holding.data == decoded.holding.data


@pytest.mark.parametrize(
    "version",
    [
        REST % b"b",
        (LOST % (REST % b"a")).replace(b'"id":"o"', b'"id":"a"'),
        b"7",
        (REST % b"a").replace(b"2026", b"9026"),
    ],
)
def test_an_overruled_line_with_no_version_of_its_entry_is_refused(version: bytes) -> None:
    line = LOST % version
    assert (
        decode(signed(REST % b"x", 1).replace(REST % b"x", line)).verdict is JournalVerdict.DAMAGED
    )
    assert decode(signed(line, 1)).verdict is JournalVerdict.DAMAGED


@pytest.mark.parametrize("change", [(b'"rev":1', b'"rev":0'), (b"}", b',"mood":7}')])
def test_an_overruled_version_that_a_hand_changed_is_read_strictly(
    change: tuple[bytes, bytes],
) -> None:
    line = LOST % (REST % b"a").replace(*change)
    by_hand = signed(REST % b"x", 1).replace(REST % b"x", line)
    assert decode(by_hand).verdict is JournalVerdict.DAMAGED


def test_an_absurd_year_is_refused_wherever_it_stands_though_the_checksum_is_right() -> None:
    years = (b"2026", b"9026", b"1026")
    for first in years[:1] + years[2:]:
        for last in years[:2]:
            pair = [(REST % b"a").replace(b"2026", first), (REST % b"b").replace(b"2026", last)]
            absurd = (first != b"2026") + (last != b"2026")
            assert decode(signed(b",\n".join(pair), 2)).lost == absurd


def test_an_overruled_version_with_unknown_fields_is_carried_byte_for_byte() -> None:
    version = (REST % b"a").replace(b"}", b',"mood": 7}')
    data = signed(LOST % version, 1, schema=SCHEMA + 1)
    decoded = decode(data)
    assert decoded.verdict is JournalVerdict.SOUND
    assert decoded.holding.encoded().data == data
    (line,) = decoded.holding.overruled()
    assert line.entry is not None


@pytest.mark.parametrize(
    "was",
    [
        b"[]",
        b'["short"]',
        b'["' + b'0123456789ab","' * 32 + b'0123456789ab"]',
        b"7",
        b'"x"',
        b"null",
    ],
)
def test_a_descent_of_another_form_is_refused(was: bytes) -> None:
    line = (REST % b"a").replace(b'"note"', b'"was":%b,"note"' % was)
    assert decode(signed(REST % b"a", 1).replace(REST % b"a", line)).entries == []


def test_lines_that_are_not_one_entry_each_are_taken_apart_by_entry() -> None:
    one, two, three = (REST % name for name in (b"a", b"b", b"c"))
    split = three.replace(b',"at"', b',\n"at"')
    for lines in (one + b"," + two + b",\n" + split, one + b"," + two, split):
        decoded = decode(signed(lines, lines.count(b"kind")))
        assert decoded.verdict is JournalVerdict.SOUND
        assert all(b"\n" not in line for line in decoded.holding.data.values())
        again = decode(decoded.holding.encoded().data)
        assert again.holding.data == decoded.holding.data
        assert len(again.entries) == lines.count(b"kind")


def test_entries_out_of_order_are_put_in_order() -> None:
    decoded = decode(signed(b",\n".join([REST % b"b", REST % b"a"]), 2))
    assert [entry.id for entry in decoded.entries] == ["a", "b"]
    assert decoded.holding.encoded().data == signed(b",\n".join([REST % b"a", REST % b"b"]), 2)


def test_a_sign_resolved_in_an_absurd_year_is_refused_though_the_checksum_is_right() -> None:
    sign = (
        b'{"kind":"sign","id":"%b","rev":1,"at":"2026-01-0%dT00:00:00Z","sign":"x","leg":null,'
        b'"resolved":"%d-01-01T00:00:00Z","resolution":"gone","note":""}'
    )
    lines = [sign % (b"a", 1, 2026), sign % (b"b", 2, 9026), sign % (b"c", 3, 2026)]
    assert [entry.id for entry in decode(signed(b",\n".join(lines), 3)).entries] == ["a", "c"]


def test_an_unknown_key_beside_the_entries_of_a_newer_file_lets_nobody_write_it() -> None:
    data = signed(REST % b"a", 1, schema=SCHEMA + 1)
    decoded = decode(data.replace(b'"count"', b'"owner": 1, "count"'))
    assert (decoded.verdict, len(decoded.entries)) == (JournalVerdict.NEWER, 1)


def test_two_foreign_lines_of_one_id_are_both_kept() -> None:
    swim = b'{"kind":"swim","id":"s","at":"2026-11-22T07:10:00Z","laps": %d}'
    decoded = decode(signed(swim % 1 + b",\n" + swim % 2, 2, schema=SCHEMA + 1))
    assert faults(decoded) == [JournalFault.REPEATED_ID]
    assert sorted(decoded.holding.data.values()) == [swim % 1, swim % 2]


def test_a_value_that_only_a_newer_version_allows_is_carried_unread() -> None:
    line = (REST % b"a").replace(b'"rev":1', b'"rev":0')
    decoded = decode(signed(line, 1, schema=SCHEMA + 1))
    assert (decoded.verdict, decoded.entries) == (JournalVerdict.SOUND, [])
    assert decoded.holding.encoded().data == signed(line, 1, schema=SCHEMA + 1)


def test_what_was_overruled_is_saved_of_ruins_as_that() -> None:
    lines = b",\n".join([REST % b"a", LOST % (REST % b"a"), REST % b"b"])
    decoded = decode(signed(lines, 3)[:-90])
    assert decoded.verdict is JournalVerdict.DAMAGED
    assert [entry.id for entry in decoded.entries] == ["a", "b"]
    assert [line.id for line in decoded.holding.overruled()] == ["o"]


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


def test_a_line_has_the_form_whose_mark_is_known_only_where_a_hand_wrote_it() -> None:
    spaced = (REST % b"a").replace(b'"rev":1', b'"rev": 1')
    by_hand = signed(REST % b"a", 1).replace(REST % b"a", spaced)
    assert decode(by_hand).holding.data == {"a": REST % b"a"}
    assert decode(signed(spaced, 1)).holding.data == {"a": spaced}


def test_a_line_in_ruins_that_names_a_key_twice_is_not_taken() -> None:
    twice = (REST % b"a").replace(b'"rev":1', b'"rev":1,"rev":2')
    decoded = decode(b"\n".join((twice, REST % b"b")))
    assert ([entry.id for entry in decoded.entries], decoded.lost) == (["b"], 1)


def test_a_file_for_a_newer_reader_says_so() -> None:
    assert faults(decode(signed(REST % b"a", 1, schema=9, min_reader=9))) == [
        JournalFault.NEEDS_NEWER
    ]
