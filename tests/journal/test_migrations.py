"""Files of all older schemas can be read, with the migrations given as rows of data."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui.journal import codec, salvage, snapshot
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import (
    LINE_TYPES,
    Ended,
    Kind,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Sport,
    UnknownLine,
    Work,
)
from itband_gui.journal.merge import merge
from itband_gui.journal.migrations import (
    MIGRATIONS,
    Added,
    Converted,
    Dropped,
    Renamed,
    Row,
    migrated,
)
from itband_gui.journal.salvage import JournalFault, JournalVerdict
from itband_gui.journal.snapshot import SCHEMA, FileSnapshot, header
from itband_gui.journal.versions import written
from itband_gui.leg.names import Leg, Place, Technique, Zone

GOLDEN = Path(__file__).parent / "golden"


def golden(schema: int) -> Path:
    return GOLDEN / f"schema-{schema}.json"


def test_every_schema_has_a_golden_file() -> None:
    wanted = {golden(schema) for schema in range(1, SCHEMA + 1)}
    assert set(GOLDEN.iterdir()) == wanted, "a new schema needs a file of its own, made once"


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_a_golden_file_is_whole_under_its_own_schema(schema: int) -> None:
    data = golden(schema).read_bytes()
    decoded = decode(data)
    assert (decoded.verdict, decoded.problems) == (JournalVerdict.SOUND, ())
    assert decoded.migrated_from == (schema if schema < SCHEMA else None)


def test_the_golden_file_of_this_schema_is_written_again_byte_for_byte() -> None:
    data = golden(SCHEMA).read_bytes()
    held = decode(data).holding
    assert held.encoded().data == data
    anew = {
        key: written(line) for key, line in held.lines.items() if not isinstance(line, UnknownLine)
    }
    assert len(anew) == len(held)
    assert FileSnapshot.of(anew).encoded().data == data
    assert encode(Book(held)) == data


def test_the_golden_file_has_every_kind_and_every_field_of_each() -> None:
    lines = json.loads(golden(SCHEMA).read_bytes())["entries"]
    for kind, line_type in LINE_TYPES.items():
        fields = {name for line in lines if line["kind"] == kind for name in line}
        never_amended = {"was"} if kind not in {"rest-day", "run", "removed"} else set()
        assert fields | never_amended >= {"kind", *line_type.__struct_fields__}, kind
        filled = {name for line in lines if line["kind"] == kind for name in line if line[name]}
        assert filled >= fields, f"{kind}: each field has a value other than its default once"
    work = [name for line in lines for one in line.get("work", ()) for name in one]
    assert set(work) == set(Work.__struct_fields__)


WORDS = {  # that released files hold; more may come, none may go
    Kind: "rating session run rest-day activity sign",
    Sport: "strength cycling hiking swimming tennis team-sport walking yoga other",
    Moment: "before after morning last-run other",
    Ended: "finished stopped ended-early",
    Resolution: "gone clinician-agreed",
    Leg: "left right",
    Zone: "gluteal hip-pocket front-edge band-upper band-middle band-lower back-edge",
    Place: "gluteal outer-hip hip-pocket front-edge band-upper band-middle band-lower back-edge "
    "outer-knee knee-front other",
    Technique: "heel-of-hand knuckles light",
}


@pytest.mark.parametrize("words", WORDS)
def test_every_word_of_released_files_is_still_read(words: type[StrEnum]) -> None:
    assert {*words} >= {*WORDS[words].split()}


def test_rows_lead_away_from_released_schemas_only() -> None:
    assert {row.schema for row in MIGRATIONS} <= set(range(1, SCHEMA))


def test_every_line_of_a_schema_1_file_keeps_its_bytes_and_so_its_marks() -> None:
    assert not MIGRATIONS, "a row may change lines; say here which"
    data = golden(1).read_bytes()
    lines = data.split(b'"entries": [\n')[1].split(b"\n],\n")[0].split(b",\n")
    for read in (decode(data), decode(data.replace(b'"count"', b' "count"'))):
        assert read.migrated_from == 1
        assert list(read.holding.data.values()) == lines


def test_an_older_file_is_read_as_fast_as_one_of_this_schema(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(codec, "Reading", None)  # the slow way, line by line
    assert decode(golden(1).read_bytes()).verdict is JournalVerdict.SOUND


def test_what_is_saved_of_an_older_file_has_this_header_and_its_lines() -> None:
    data = golden(1).read_bytes()
    held = decode(data).holding
    rest = RestDay(id="z", at=datetime(2030, 1, 1, tzinfo=UTC))
    for saved, added in ((held, b""), (held.put({"z": written(rest)}), written(rest).data)):
        now = saved.encoded().data
        again = decode(now)
        assert (again.verdict, again.migrated_from) == (JournalVerdict.SOUND, None)
        assert now.startswith(header(SCHEMA))
        assert again.holding.data == {**held.data, **({"z": added} if added else {})}
    assert (
        held.encoded().data[len(header(SCHEMA)) :].split(b"],\n")[0]
        == (data[len(header(1)) :].split(b"],\n")[0])
    )


def test_merging_an_older_file_makes_no_line_a_conflict() -> None:
    data = golden(1).read_bytes()
    new = decode(decode(data).holding.encoded().data).holding
    for merged in (merge(new, decode(data).holding), merge(decode(data).holding, new)):
        assert merged.data == new.data
        assert merged.encoded().data == new.encoded().data


# What an older program does with a newer file is what this one does with a kind and a field
# that it does not know; tried with the real one of schema 1, see docs/reliability.md.


def test_a_kind_and_a_field_of_a_newer_program_are_carried_through_every_change() -> None:
    swim = b'{"kind":"swim","id":"s","rev":1,"at":"2030-01-01T00:00:00Z","laps":4}'
    rest = b'{"kind":"rest-day","id":"r","rev":1,"at":"2030-01-02T00:00:00Z","sky":1,"note":""}'
    run = written(Run(id="u", at=datetime(2030, 1, 3, tzinfo=UTC), minutes=9, effort=1)).data
    newer = _signed(SCHEMA + 1, swim, rest, run)
    book = Book(decode(newer).holding)
    assert [entry.id for entry in book] == ["r", "u"], "the unknown kind is not shown"
    assert encode(book) == newer
    book.add(RestDay(id="n", at=datetime(2030, 1, 4, tzinfo=UTC)))
    run_entry, rest_entry = book.get("u"), book.get("r")
    assert run_entry
    assert rest_entry
    book.amend(replace(run_entry, note="now"))
    book.amend(replace(rest_entry, note="now"))
    after = decode(encode(book)).holding
    assert after.schema == SCHEMA + 1
    assert after.data["s"] == swim
    assert json.loads(after.data["r"])["sky"] == 1
    merged = merge(after, decode(newer).holding)
    assert merged.data == after.data, "the newer program takes it in, and nothing is in conflict"


def _signed(schema: int, *lines: bytes) -> bytes:
    covered = header(schema) + b",\n".join(lines) + b"\n],\n"
    digest = sha256(covered).hexdigest()
    return covered + f'"count": {len(lines)}, "sha256": "{digest}"}}\n'.encode()


# With a table of our own, through the real functions: schema 2 is this program's


ROWS: Sequence[Row] = (
    Renamed(1, "rest-day", "why", "note"),
    Added(1, "run", "effort", 5),
    Dropped(1, "run", "shoes"),
    Converted(1, "rating", "moment", {"pre": "before", 7: "after"}),
)


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (codec, salvage):
        monkeypatch.setattr(module, "MIGRATIONS", ROWS)
    for module in (codec, snapshot, salvage):
        monkeypatch.setattr(module, "SCHEMA", 2)


def old_file(*lines: str) -> bytes:
    """Return a file of schema 1 with a right checksum."""
    return _signed(1, *(line.encode() for line in lines))


REST = '{"kind":"rest-day","id":"a","rev":1,"at":"2026-01-01T00:00:00Z","why":"tired"}'
RUN = '{"kind":"run","id":"b","rev":1,"at":"2026-01-02T00:00:00Z","minutes":9,"shoes":"red"}'
RATED = (
    '{"kind":"rating","id":"c","rev":1,"at":"2026-01-03T00:00:00Z",'
    '"leg":"left","moment":"pre","score":4}'
)


def test_an_older_file_is_brought_to_this_schema(newer_program: None) -> None:
    data = old_file(REST, RUN, RATED)
    decoded = decode(data)
    assert (decoded.verdict, decoded.migrated_from, decoded.problems) == (
        JournalVerdict.SOUND,
        1,
        (),
    )
    rest, run, rating = decoded.entries
    assert isinstance(rest, RestDay)
    assert isinstance(run, Run)
    assert isinstance(rating, Rating)
    assert (rest.note, run.effort, rating.moment) == ("tired", 5, "before")
    again = decode(decoded.holding.encoded().data)
    assert again.migrated_from is None
    assert again.entries == decoded.entries
    assert b'"schema": 2,' in decoded.holding.encoded().data


def test_a_file_of_this_schema_is_not_migrated(newer_program: None) -> None:
    data = old_file(RUN).replace(b'"schema": 1', b'"schema": 2')
    decoded = decode(data)
    assert (decoded.entries, decoded.migrated_from) == ([], None)


def test_a_line_that_no_row_changes_keeps_its_bytes(newer_program: None) -> None:
    carried = '{"kind":"swim","id":"s","at":"2026-01-02T00:00:00Z","laps": 2.50}'
    held = decode(old_file(REST, carried)).holding
    assert held.data["s"] == carried.encode()
    assert b"why" not in held.data["a"]


def test_a_line_that_is_no_object_is_refused_by_itself(newer_program: None) -> None:
    decoded = decode(old_file(RUN, "7", '"x"'))
    assert decoded.verdict is JournalVerdict.DAMAGED
    assert [entry.id for entry in decoded.entries] == ["b"]
    assert [problem.fault for problem in decoded.problems] == [JournalFault.BAD_ENTRY] * 2


def test_what_is_saved_of_a_damaged_older_file_is_migrated_too(newer_program: None) -> None:
    data = old_file(REST, RUN)
    decoded = decode(data[: data.index(b"],")] + b'{"kind":"rest-day","id":')
    assert [entry.id for entry in decoded.entries] == ["a", "b"]
    assert decoded.lost == 1
    assert decode(data[5:]).entries == [], "whose schema is not known is taken for ours"


def test_rows_apply_from_their_schema_on_and_to_their_kind() -> None:
    fields = {"kind": "rest-day", "why": "x"}
    assert migrated(fields, 1, ROWS) == {"kind": "rest-day", "note": "x"}
    assert migrated(fields, 2, ROWS) == fields
    assert migrated({"kind": "swim", "why": "x"}, 1, ROWS) == {"kind": "swim", "why": "x"}


def test_the_version_in_an_overruled_line_is_migrated() -> None:
    fields = {"kind": "overruled", "version": {"kind": "rest-day", "why": "x"}}
    assert migrated(fields, 1, ROWS)["version"] == {"kind": "rest-day", "note": "x"}
    assert migrated({"kind": "x", "version": 3}, 1, ROWS) == {"kind": "x", "version": 3}


@pytest.mark.parametrize(
    ("row", "fields", "wanted"),
    [
        (Renamed(1, "k", "a", "b"), {"z": 0, "a": 1, "y": 2}, {"z": 0, "b": 1, "y": 2}),
        (Renamed(1, "k", "a", "b"), {"z": 0}, {"z": 0}),
        (Added(1, "k", "a", 1), {"z": 0}, {"z": 0, "a": 1}),
        (Added(1, "k", "a", 1), {"a": 5}, {"a": 5}),
        (Dropped(1, "k", "a"), {"z": 0, "a": 1}, {"z": 0}),
        (Converted(1, "k", "a", {1: "one"}), {"a": 1}, {"a": "one"}),
        (Converted(1, "k", "a", {1: "one"}), {"a": 2}, {"a": 2}),
        (Converted(1, "k", "a", {1: "one"}), {"a": [1]}, {"a": [1]}),
        (Converted(1, "k", "a", {None: "one"}), {"z": 0}, {"z": 0}),
    ],
)
def test_each_row_does_what_it_says_and_keeps_the_order(
    row: Row, fields: dict[str, object], wanted: dict[str, object]
) -> None:
    assert list(row.applied(fields).items()) == list(wanted.items())
