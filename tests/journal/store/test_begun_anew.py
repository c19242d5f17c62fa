"""A new journal is started while the old one is on record, and then older files appear."""

import os
import re
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Rating
from itband_gui.journal.snapshot import named, read
from itband_gui.journal.store import LoadCode
from tests.journal.store.machine import Machine, MakeRating, ids


def zeros(machine: Machine) -> None:
    machine.path.write_bytes(bytes(machine.path.stat().st_size))


def gone(machine: Machine) -> None:
    for file in machine.path.parent.glob("journal.json*"):
        file.unlink()


@pytest.mark.parametrize("trouble", [zeros, gone])
def test_an_older_file_that_turns_up_afterwards_is_taken_in(
    machine: Machine,
    ten: list[Rating],
    rating: MakeRating,
    trouble: Callable[[Machine], None],
) -> None:
    machine.add(*ten[:6])
    older = machine.path.read_bytes()
    machine.add(*ten[6:])
    trouble(machine)
    window = machine.store()
    book = window.load(set_aside=True).book
    book.add(first := rating(hour=20))
    window.save(book)
    machine.path.write_bytes(older)
    window.refresh(book)
    assert ids(ten[:6]) <= {entry.id for entry in book}
    book.add(second := rating(hour=21))
    window.save(book)
    assert machine.ids() == ids([*ten[:6], first, second])


def test_what_a_newer_version_has_remembered_covers_no_file(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    machine.add(*ten[:6])
    older = machine.path.read_bytes()
    machine.add(*ten[6:])
    ours = machine.path.read_bytes()
    newer = re.sub(rb'"min_reader": ?\d+', b'"min_reader": 9', ours, count=1)
    newer = newer.replace((named(newer) or "").encode(), read(newer).checksum.encode())
    assert machine.log.add(read(newer), named(ours) or "", 0)
    machine.path.write_bytes(older)
    machine.add(new := rating(hour=20))
    assert machine.ids() == ids([*ten[:6], new])


@pytest.fixture
def room() -> Iterator[Callable[[int], None]]:
    """Return what limits the size that a file may have, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_what_a_full_disk_takes_only_in_part_is_not_said_to_be_remembered(
    machine: Machine, ten: list[Rating], room: Callable[[int], None]
) -> None:
    machine.add(*ten[:6])
    window = machine.store()
    book = window.load().book
    book.add_all(ten[6:])
    size = machine.log.file.stat().st_size
    zeros(machine)
    room(size + 60)
    assert not window.remember(book.pending)
    assert machine.log.file.stat().st_size == size
    assert {entry.id for entry in decode(machine.log.read()).entries} == ids(ten[:6])


@pytest.mark.skipif(sys.platform != "linux", reason="tells which file is open")
def test_what_is_remembered_in_the_journals_place_is_on_the_disk(
    machine: Machine, ten: list[Rating], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.add(*ten[:6])
    window = machine.store()
    book = window.load().book
    book.add_all(ten[6:])
    zeros(machine)
    synced: list[str] = []
    fsync = os.fsync

    def noting(opened: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{opened}").readlink()))
        fsync(opened)

    monkeypatch.setattr(os, "fsync", noting)
    assert window.remember(book.pending)
    assert synced == [str(machine.log.file)]
    loaded = machine.load()
    assert loaded.code is LoadCode.DAMAGED
    assert max(len(offer.missing) for offer in loaded.recovery_options) == len(ten)
