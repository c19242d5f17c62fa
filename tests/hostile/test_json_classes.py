"""Every class of hostile JSON at everything that reads a file: no error, original bytes kept."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zlib import compress

import pytest

from itband_gui import cli
from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.entries import RestDay
from itband_gui.journal.recovery import recovery_options
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.journal.salvage import JournalVerdict
from itband_gui.journal.siblings import Fate
from itband_gui.journal.store import LoadCode, Store
from itband_gui.session.checkpoint_store import load_checkpoint
from itband_gui.ui.services.settings import Settings
from tests.conftest import Amount, Figure
from tests.hostile.json_classes import documents, values

DOCUMENTS = documents()
DAY = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    """Something that reads `file` of a data folder, and raises or asserts if that goes wrong."""

    file: str
    read: Callable[[Path], None]
    pack: Callable[[bytes], bytes] = bytes


def looked_at(folder: Path) -> None:
    store = Store(folder / "journal.json")
    loaded = store.load()
    assert (loaded.code, loaded.read_only) == (LoadCode.DAMAGED, True)
    assert loaded.problems
    loaded.book.add(RestDay(id="mine", at=DAY))
    with pytest.raises(NotSavedError):
        store.save(loaded.book)


def set_aside(folder: Path) -> None:
    loaded = Store(folder / "journal.json").load(set_aside=True)
    assert loaded.set_aside is not None
    assert not loaded.read_only


def command(*words: str) -> Callable[[Path], None]:
    def run(folder: Path) -> None:
        assert cli.run(cli.parse(["--data-dir", str(folder), *words])) == 1

    return run


def imported(folder: Path) -> None:
    """Nothing of it becomes an entry, and no journal is begun for it."""
    (file,) = folder.iterdir()
    assert cli.run(cli.parse(["--data-dir", str(folder), "journal", "import", str(file)])) == 1
    assert list(folder.iterdir()) == [file]


def conflict_copy(folder: Path) -> None:
    """Nothing of it comes in, whether it looks like a journal of ours or not."""
    store = Store(folder / "journal.json", Backups(folder / "backups"), lambda: DAY)
    book = Book()
    book.add(RestDay(id="mine", at=DAY))
    saved = store.save(book)
    assert [entry.id for entry in saved.snapshot.entries()] == ["mine"]
    assert all(each.fate in (Fate.DAMAGED, Fate.EMPTY) for each in saved.beside)


def rescued(folder: Path) -> None:
    assert list(recovery_options(folder / "journal.json", None, Backups(folder / "backups"))) == []


def checkpoint(folder: Path) -> None:
    found = load_checkpoint(folder)
    assert found.checkpoint is None
    assert len(found.set_aside) == 1


def settings(folder: Path) -> None:
    held = Settings(folder / "settings.ini")
    names = [name for name, value in vars(Settings).items() if isinstance(value, property)]
    assert [getattr(held, name) for name in names]


def gzipped(data: bytes) -> bytes:
    return compress(data, wbits=31)


BACKUP = "backups/journal-20261122T071000Z.timed.json.gz"
# Whatever else reads a file from outside is to be added here.
READERS = {
    "the journal, looked at": Reader("journal.json", looked_at),
    "the journal, set aside": Reader("journal.json", set_aside),
    "journal check": Reader("journal.json", command("journal", "check")),
    "journal list": Reader("journal.json", command("journal", "list")),
    "journal add": Reader(
        "journal.json", command("journal", "add", "--leg", "left", "--score", "4")
    ),
    "an import": Reader("other.json", imported),
    "an import as a table": Reader("table.csv", imported),
    "a conflict copy": Reader("journal (1).json", conflict_copy),
    "the previous journal": Reader("journal.json.bak", rescued),
    "a backup": Reader(BACKUP, rescued, gzipped),
    "a backup that is no gzip": Reader(BACKUP, rescued),
    "a session's checkpoint": Reader("sessions/session-1.json", checkpoint),
    "the settings": Reader("settings.ini", settings),
}


@contextmanager
def named(name: str) -> Iterator[None]:
    """Say which document an error is about."""
    try:
        yield
    except Exception as error:
        error.add_note(f"It was: {name}")
        raise


@pytest.mark.parametrize("what", READERS)
def test_no_hostile_document_is_an_error_or_loses_a_byte(
    what: str, tmp_path: Path, amount: Amount, quick_or_slow: Amount, figure: Figure
) -> None:
    reader = READERS[what]
    chosen = list(DOCUMENTS.items())[:: amount(quick_or_slow(12, 4), 1)]
    for number, (name, data) in enumerate(chosen):
        folder = tmp_path / str(number)
        file = folder / reader.file
        file.parent.mkdir(parents=True)
        packed = reader.pack(data)
        file.write_bytes(packed)
        with named(name):
            reader.read(folder)
            assert packed in [kept.read_bytes() for kept in file.parent.iterdir()]
    figure(f"{len(chosen)} hostile documents as {what}: 0 errors, every byte kept")


def test_the_classes_are_as_many_and_as_mixed_as_the_suite() -> None:
    good = sum(_is_json(data) for data in DOCUMENTS.values())
    assert len(DOCUMENTS) >= 4 * 318
    assert good >= 95
    assert len(DOCUMENTS) - good >= 188 + 35


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data, parse_constant=float)
    except (ValueError, RecursionError):
        return False
    return True


# Inside a journal


def signed(lines: list[bytes]) -> bytes:
    """Return a journal of these lines with a right count and checksum."""
    header = b'{"format": "itband-journal", "schema": 2, "min_reader": 1,\n"entries": [\n'
    covered = header + b",\n".join(lines) + b"\n],\n"
    return covered + b'"count": %d, "sha256": "%b"}\n' % (
        len(lines),
        sha256(covered).hexdigest().encode(),
    )


@pytest.mark.parametrize(
    "line",
    [
        b"%b",
        b'{"kind":"rest-day","id":"b","rev":1,"at":"2026-11-22T00:00:00Z","note":%b}',
        b'{"kind":"rest-day","id":"b","rev":%b,"at":"2026-11-22T00:00:00Z","note":""}',
        b'{"kind":"rest-day","id":%b,"rev":1,"at":"2026-11-22T00:00:00Z","note":""}',
        b'{"kind":"rest-day","id":"b","rev":1,"at":%b,"note":""}',
        b'{"kind":%b,"id":"b","rev":1,"at":"2026-11-22T00:00:00Z","note":""}',
        b'{"kind":"rest-day","id":"b","rev":1,"at":"2026-11-22T00:00:00Z","more":%b}',
        b'{"kind":"removed","id":"b","rev":1,"at":"2026-11-22T00:00:00Z","was":%b}',
        b'{"kind":"overruled","id":"b","rev":1,"at":"2026-11-22T00:00:00Z","of":"a","version":%b}',
    ],
)
@pytest.mark.parametrize("checksum", ["right", "wrong", "none"])
def test_a_hostile_value_in_an_entry_costs_no_other_entry(line: bytes, checksum: str) -> None:
    first, last = (RestDay(id=name, at=DAY, note=name * 9) for name in ("a", "c"))
    lines = encode(Book([first, last])).splitlines()
    before, after = lines[2].rstrip(b","), lines[3]
    for name, value in values().items():
        data = signed([before, line % value, after])
        if checksum == "wrong":
            data = data.replace(b'"sha256": "', b'"sha256": "0', 1)
        if checksum == "none":
            data = data[: data.rindex(b'"count"')]
        with named(name):
            decoded = decode(data)
            assert [entry for entry in decoded.entries if entry.id in "ac"] == [first, last]
            assert decoded.problems or decoded.verdict is JournalVerdict.SOUND
            if checksum != "right":
                assert decoded.verdict is not JournalVerdict.SOUND


@pytest.mark.parametrize(
    "head",
    [
        b'{"format": %b, "schema": 1, "min_reader": 1, "entries": [',
        b'{"format": "itband-journal", "schema": %b, "min_reader": 1, "entries": [',
        b'{"format": "itband-journal", "schema": 1, "min_reader": %b, "entries": [',
        b'{"format": "itband-journal", "schema": 1, "min_reader": 1, "more": %b, "entries": [',
        b'%b {"format": "itband-journal", "schema": 1, "min_reader": 1, "entries": [',
    ],
)
def test_a_hostile_value_beside_the_entries_costs_none(head: bytes) -> None:
    entry = RestDay(id="a", at=DAY)
    line = encode(Book([entry])).splitlines()[2]
    for name, value in values().items():
        with named(name):
            decoded = decode(head % value + b"\n" + line + b"\n]}\n")
            assert decoded.verdict is not JournalVerdict.SOUND
            assert decoded.problems
            assert decoded.entries == [entry]


@pytest.mark.parametrize("depth", [1, 2, 100, 300, 450, 700, 950, 5_000])
def test_versions_within_versions_are_no_error(depth: int) -> None:
    """A version of an entry may be overruled; a version of an overruled version is nonsense."""
    entry = RestDay(id="a", at=DAY)
    line = encode(Book([entry])).splitlines()[2]
    within = b'{"kind":"overruled","id":"b%d","at":"2026-11-22T00:00:00Z","of":"a","version":'
    nested = b"".join(within % level for level in range(depth)) + line + b"}" * depth
    decoded = decode(signed([line, nested]))
    assert decoded.entries == [entry]
    assert (decoded.verdict is JournalVerdict.SOUND) == (depth == 1)
