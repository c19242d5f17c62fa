"""Many processes note the fates of other journals, and no mark is lost."""

from pathlib import Path

import pytest

from itband_gui.journal import siblings_seen as marks_file
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.siblings import Fate, FileLook, SiblingFile
from itband_gui.journal.siblings_seen import SeenSiblings


@pytest.fixture
def log(tmp_path: Path) -> Acknowledged:
    return Acknowledged(tmp_path / "state" / "journal.log")


def met(number: int) -> SiblingFile:
    return SiblingFile(Path(f"/d/{number}.json"), FileLook(number, 2, -3, 2**63))


def digest(number: int) -> str:
    return f"{number:064x}"


def note(marks: SeenSiblings, number: int, fate: Fate = Fate.OTHER) -> None:
    marks.mark(met(number).look, digest(number), fate)
    marks.keep()


def known(marks: SeenSiblings, upto: int) -> list[int]:
    return [number for number in range(upto) if marks.knows(met(number))]


def test_a_process_keeps_what_another_has_noted_since_it_looked(log: Acknowledged) -> None:
    note(SeenSiblings(log), 0)
    window, command = SeenSiblings(log), SeenSiblings(log)
    assert (known(window, 4), known(command, 4)) == ([0], [0])
    note(command, 1)
    note(command, 2)
    note(window, 3)
    assert known(SeenSiblings(log), 4) == [0, 1, 2, 3]
    assert known(window, 4) == [0, 1, 2, 3]


def test_of_one_file_the_last_note_stands(log: Acknowledged) -> None:
    window, command = SeenSiblings(log), SeenSiblings(log)
    note(window, 0, Fate.NEWER)
    note(command, 0, Fate.TAKEN_IN)
    note(window, 1)
    assert SeenSiblings(log).knows_bytes(digest(0)) is Fate.TAKEN_IN
    note(window, 0, Fate.OTHER)
    assert SeenSiblings(log).knows_bytes(digest(0)) is Fate.OTHER


def test_of_too_many_the_newest_are_kept(
    log: Acknowledged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks_file, "MOST", 3)
    window, command = SeenSiblings(log), SeenSiblings(log)
    note(window, 0)
    for number in (1, 2, 3):
        note(command, number)
    note(window, 0)
    assert known(SeenSiblings(log), 4) == [0, 2, 3]


@pytest.mark.parametrize("place", range(4))
def test_a_number_without_end_is_no_mark_and_stops_nothing(log: Acknowledged, place: int) -> None:
    note(SeenSiblings(log), 0)
    numbers = ["1"] * 4
    numbers[place] = "1" * 5_000
    with log.file.with_suffix(".beside").open("a") as stream:
        stream.write(f"{' '.join(numbers)} - other\n")
    assert known(SeenSiblings(log), 2) == [0]
