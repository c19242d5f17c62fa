"""A journal damaged at every place: always noticed, and every undamaged line is saved."""

import pytest

from tests.conftest import Amount, Figure
from tests.fleet import run_fleet
from tests.hostile.damage import HOLE, Damaged, Sound

ENTRIES = 1_000
FEW = 40  # entries, where each byte is to be met many times
BYTES = len(Sound(ENTRIES).data)


def check(way: str, total: int, entries: int) -> None:
    told = run_fleet("tests.hostile.damage", total, way, str(total), str(entries))
    assert [shown for each in told for shown in each["shown"]] == []
    assert sum(each["violations"] for each in told) == 0
    assert sum(each["tried"] for each in told) == total


@pytest.mark.parametrize("way", ["cut", "zero-tail"])
def test_every_lost_end_is_noticed_and_every_line_before_it_saved(
    way: str, amount: Amount, figure: Figure
) -> None:
    total = amount(300, BYTES - 1)
    check(way, total, ENTRIES)
    figure(f"{total:,} of {BYTES - 1:,} places, {way}: all noticed, 0 undamaged lines lost")


def test_every_hole_of_a_block_is_noticed_and_every_line_around_it_saved(
    amount: Amount, figure: Figure
) -> None:
    blocks = -(-BYTES // HOLE)
    check("aligned-hole", blocks, ENTRIES)
    total = amount(200, 20_000)
    check("hole", total, ENTRIES)
    figure(f"{blocks} holes of 4 KiB, and {total:,} beside the blocks: all noticed, 0 lines lost")


@pytest.mark.parametrize("way", ["bit", "byte"])
def test_no_flip_changes_anything_in_silence(way: str, amount: Amount, figure: Figure) -> None:
    total = amount(2_500, 500_000)
    check(way, total, FEW)
    figure(f"{total:,} flips of a {way}: 0 silent changes, 0 undamaged lines lost")


def test_no_line_is_lost_where_what_parts_it_from_the_next_became_a_brace() -> None:
    sound = Sound(20)
    for end in sound.ends:
        for position in (end, end + 1):
            damaged = sound.data[:position] + b"}" + sound.data[position + 1 :]
            assert sound.violation(Damaged(damaged, position, position + 1)) is None


def test_the_laws_can_be_broken() -> None:
    sound = Sound(10)
    start, end = sound.starts[3], sound.ends[3]
    assert sound.violation(Damaged(sound.data, 0, 1)) == "not noticed"
    lost = Damaged(sound.data[:start] + sound.data[end + 1 :], 0, 0)
    assert sound.violation(lost) == f"an undamaged line is lost: {sound.ids[3]}"
    assert list(sound.untouched(Damaged(b"", start, end))) == sound.ids[:3] + sound.ids[4:]
    assert list(sound.untouched(Damaged(b"", end - 1, end))) == sound.ids[:3] + sound.ids[4:]
    assert list(sound.untouched(Damaged(b"", end, end + 1))) == sound.ids
    assert list(sound.untouched(Damaged(b"", start - 1, start))) == sound.ids
