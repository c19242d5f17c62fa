"""A save writes the same bytes as a full encoding, however little it encodes again."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from itband_gui.journal import snapshot
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Rating, RestDay
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.journal.snapshot import FileSnapshot
from itband_gui.journal.versions import Version, written

MakeRating = Callable[..., Rating]
START = datetime(2026, 1, 1, tzinfo=UTC)
_STEPS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4),
        st.lists(st.integers(0, 9), max_size=2),
        st.booleans(),
    ),
    max_size=6,
)


def rest(number: int, hour: int, note: str = "") -> Version:
    """Return a day without running; entries of one number are versions of one another."""
    return written(RestDay(id=f"r{number}", at=START + timedelta(hours=hour), note=note))


@given(_STEPS, st.sampled_from([16, 100, 64 * 1024]))
def test_saves_on_top_of_each_other_write_what_one_save_would(
    steps: list[tuple[list[tuple[int, int]], list[int], bool]], block: int
) -> None:
    before, snapshot.BLOCK = snapshot.BLOCK, block  # small, for many blocks in few bytes
    try:
        held = FileSnapshot()
        for puts, gone, reopened in steps:
            new = {f"r{number}": rest(number, hour, "x" * hour) for number, hour in puts}
            held = held.put(new, [f"r{number}" for number in gone])
            anew = FileSnapshot.of({key: held.version(key) or rest(0, 0) for key in held.lines})
            assert held.encoded().data == anew.encoded().data
            if reopened:
                held = decode(held.encoded().data).snapshot
                assert held.data == anew.data
            else:
                held = held.as_in(held.encoded())
        document = held.encoded()
        assert document.checksum == snapshot.read(document.data).checksum
        assert decode(document.data).verdict is JournalVerdict.SOUND
    finally:
        snapshot.BLOCK = before


def test_a_save_encodes_and_reads_back_only_what_is_new(rating: MakeRating) -> None:
    other = b'{"as": "no encoder writes it and no reader takes it"}'
    held = FileSnapshot.of({"r1": Version(rest(1, 1).line, other)})
    kept = written(Book(held).add(rating(hour=99)))
    lines = held.put({kept.line.id: kept}).encoded().data.split(b"\n")
    assert lines[2:4] == [other + b",", kept.data]


def test_a_line_goes_to_its_place_by_time_and_then_by_id() -> None:
    held = FileSnapshot.of({f"r{n}": rest(n, hour) for n, hour in ((3, 1), (2, 2), (1, 1))})
    moved = held.put({"r1": rest(1, 5)})
    assert [key for _, key in held.order] == ["r1", "r3", "r2"]
    assert [key for _, key in moved.order] == ["r3", "r2", "r1"]
    assert [entry["id"] for entry in json.loads(moved.encoded().data)["entries"]] == [
        *("r3", "r2", "r1")
    ]


def test_what_a_holding_was_made_from_stays_as_it_was() -> None:
    held = FileSnapshot.of({"r1": rest(1, 1)})
    data = held.encoded().data
    held.put({"r2": rest(2, 2)}, ["r1"])
    assert (held.encoded().data, len(held)) == (data, 1)


def test_the_ids_of_other_lines_are_kept_apart(rating: MakeRating) -> None:
    entry = rating()
    held = FileSnapshot.of_entries([entry])
    foreign = Version(replace(entry, score=5), b"{}", newer=True)
    assert held.put({entry.id: foreign}).newer == {entry.id}
    assert held.put({entry.id: foreign}).put({entry.id: written(entry)}).newer == frozenset()
    assert held.put({entry.id: foreign}).put({}, [entry.id]).newer == frozenset()
    assert held.version("nobody") is None


def test_the_checksum_is_that_of_every_byte_before_the_last_line() -> None:
    data = b"x" * 200_000 + b"\n" + b"last\n"
    assert snapshot.read(data).checksum == hashlib.sha256(data[:200_001]).hexdigest()
    assert snapshot.read(b"no newline").checksum == hashlib.sha256(b"").hexdigest()


def test_a_newer_schema_starts_a_file_of_its_own(rating: MakeRating) -> None:
    held = FileSnapshot.of_entries([rating()])
    held = held.as_in(held.encoded())
    assert b'"schema": 7,' in held.put({}, schema=7).encoded().data
    assert decode(held.put({}, schema=7).encoded().data).snapshot.schema == 7
