import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode, entry_line
from itband_gui.journal.entries import Ended, Entry, Rating, Session, Work
from itband_gui.journal.salvage import JournalFault, JournalVerdict
from itband_gui.journal.snapshot import SCHEMA
from itband_gui.leg.names import Leg, Technique, Zone
from tests.journal.files import REST, faults, rewritten, signed

MakeRating = Callable[..., Rating]


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
    book = Book(decoded.snapshot)
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
    assert encode(Book(decoded.snapshot)) == signed(more, 1, schema=SCHEMA + 1)
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


def test_an_amended_entry_keeps_the_fields_of_a_newer_version(rating: MakeRating) -> None:
    old = rating(score=4)
    more = encode(Book([old])).splitlines()[2][:-1] + b',"mood":7}'
    decoded = decode(signed(more, 1, schema=SCHEMA + 1))
    book = Book(decoded.snapshot)
    book.amend(replace(old, score=5))
    written = json.loads(encode(book))["entries"][0]
    assert (written["score"], written["mood"], written["rev"]) == (5, 7, 2)


def test_a_removed_entry_takes_its_unknown_fields_along(rating: MakeRating) -> None:
    old = rating()
    more = encode(Book([old])).splitlines()[2][:-1] + b',"mood":7}'
    decoded = decode(signed(more, 1, schema=SCHEMA + 1))
    book = Book(decoded.snapshot)
    book.remove(old.id)
    assert json.loads(encode(book))["entries"] == []


def test_a_wrong_count_is_noticed_even_with_a_right_checksum(rating: MakeRating) -> None:
    line = encode(Book([rating()])).splitlines()[2]
    assert decode(signed(line, 1)).verdict is JournalVerdict.SOUND
    assert decode(signed(line, 2)).verdict is JournalVerdict.EDITED


def test_entries_out_of_order_are_put_in_order() -> None:
    decoded = decode(signed(b",\n".join([REST % b"b", REST % b"a"]), 2))
    assert [entry.id for entry in decoded.entries] == ["a", "b"]
    assert decoded.snapshot.encoded().data == signed(b",\n".join([REST % b"a", REST % b"b"]), 2)


def test_an_unknown_key_beside_the_entries_of_a_newer_file_lets_nobody_write_it() -> None:
    data = signed(REST % b"a", 1, schema=SCHEMA + 1)
    decoded = decode(data.replace(b'"count"', b'"owner": 1, "count"'))
    assert (decoded.verdict, len(decoded.entries)) == (JournalVerdict.NEWER, 1)


def test_two_foreign_lines_of_one_id_are_both_kept() -> None:
    swim = b'{"kind":"swim","id":"s","at":"2026-11-22T07:10:00Z","laps": %d}'
    decoded = decode(signed(swim % 1 + b",\n" + swim % 2, 2, schema=SCHEMA + 1))
    assert faults(decoded) == [JournalFault.REPEATED_ID]
    assert sorted(decoded.snapshot.data.values()) == [swim % 1, swim % 2]


def test_a_file_for_a_newer_reader_says_so() -> None:
    assert faults(decode(signed(REST % b"a", 1, schema=9, min_reader=9))) == [
        JournalFault.NEEDS_NEWER
    ]
