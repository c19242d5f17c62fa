"""Files of older schemas are read for ever, and their lines keep their bytes."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui.journal import codec
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import (
    LINE_TYPES,
    Ended,
    Kind,
    Moment,
    Resolution,
    RestDay,
    Run,
    Sport,
    UnknownLine,
    Work,
)
from itband_gui.journal.merge import merge
from itband_gui.journal.salvage import JournalVerdict
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
    held = decode(data).snapshot
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


def test_every_line_of_a_schema_1_file_keeps_its_bytes_and_so_its_marks() -> None:
    data = golden(1).read_bytes()
    lines = data.split(b'"entries": [\n')[1].split(b"\n],\n")[0].split(b",\n")
    for read in (decode(data), decode(data.replace(b'"count"', b' "count"'))):
        assert read.migrated_from == 1
        assert list(read.snapshot.data.values()) == lines


def test_an_older_file_is_read_as_fast_as_one_of_this_schema(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(codec, "Reading", None)  # the slow way, line by line
    assert decode(golden(1).read_bytes()).verdict is JournalVerdict.SOUND


def test_what_is_saved_of_an_older_file_has_this_header_and_its_lines() -> None:
    data = golden(1).read_bytes()
    held = decode(data).snapshot
    rest = RestDay(id="z", at=datetime(2030, 1, 1, tzinfo=UTC))
    for saved, added in ((held, b""), (held.put({"z": written(rest)}), written(rest).data)):
        now = saved.encoded().data
        again = decode(now)
        assert (again.verdict, again.migrated_from) == (JournalVerdict.SOUND, None)
        assert now.startswith(header(SCHEMA))
        assert again.snapshot.data == {**held.data, **({"z": added} if added else {})}
    assert (
        held.encoded().data[len(header(SCHEMA)) :].split(b"],\n")[0]
        == (data[len(header(1)) :].split(b"],\n")[0])
    )


def test_merging_an_older_file_makes_no_line_a_conflict() -> None:
    data = golden(1).read_bytes()
    new = decode(decode(data).snapshot.encoded().data).snapshot
    for merged in (merge(new, decode(data).snapshot), merge(decode(data).snapshot, new)):
        assert merged.data == new.data
        assert merged.encoded().data == new.encoded().data


# What an older program does with a newer file is what this one does with a kind and a field
# that it does not know; tried with the real one of schema 1, see docs/reliability.md.


def test_a_kind_and_a_field_of_a_newer_program_are_carried_through_every_change() -> None:
    swim = b'{"kind":"swim","id":"s","rev":1,"at":"2030-01-01T00:00:00Z","laps":4}'
    rest = b'{"kind":"rest-day","id":"r","rev":1,"at":"2030-01-02T00:00:00Z","sky":1,"note":""}'
    run = written(Run(id="u", at=datetime(2030, 1, 3, tzinfo=UTC), minutes=9, effort=1)).data
    newer = _signed(SCHEMA + 1, swim, rest, run)
    book = Book(decode(newer).snapshot)
    assert [entry.id for entry in book] == ["r", "u"], "the unknown kind is not shown"
    assert encode(book) == newer
    book.add(RestDay(id="n", at=datetime(2030, 1, 4, tzinfo=UTC)))
    run_entry, rest_entry = book.get("u"), book.get("r")
    assert run_entry
    assert rest_entry
    book.amend(replace(run_entry, note="now"))
    book.amend(replace(rest_entry, note="now"))
    after = decode(encode(book)).snapshot
    assert after.schema == SCHEMA + 1
    assert after.data["s"] == swim
    assert json.loads(after.data["r"])["sky"] == 1
    merged = merge(after, decode(newer).snapshot)
    assert merged.data == after.data, "the newer program takes it in, and nothing is in conflict"


def _signed(schema: int, *lines: bytes) -> bytes:
    covered = header(schema) + b",\n".join(lines) + b"\n],\n"
    digest = sha256(covered).hexdigest()
    return covered + f'"count": {len(lines)}, "sha256": "{digest}"}}\n'.encode()
