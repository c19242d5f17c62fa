"""Every state that a power cut may leave, by simulation: the old journal or the new one, whole."""

from pathlib import Path

import pytest

from tests.conftest import Amount, Figure
from tests.faults.strace import need_strace
from tests.power.replay import replay
from tests.power.saving import OURS, Verdict


@pytest.fixture(autouse=True)
def _traced() -> None:
    need_strace()


def test_every_order_in_which_a_save_may_reach_the_disk_leaves_it_whole(
    tmp_path: Path, amount: Amount, figure: Figure
) -> None:
    saved = amount(8, 40)
    replayed = replay(tmp_path, OURS, saved)
    assert not replayed.unsound
    states = replayed.verdicts.total()
    assert states >= amount(1_000, 100_000)
    figure(f"{saved:,} saves, {states:,} crash states: 0 acknowledged lost, 0 torn")


def test_nor_does_a_disk_that_takes_only_part_of_a_write_tear_it(
    tmp_path: Path, amount: Amount, figure: Figure
) -> None:
    saved = amount(3, 100)
    replayed = replay(tmp_path, OURS, saved, short=True)
    assert not replayed.unsound
    figure(f"{saved} saves in short writes, {replayed.verdicts.total():,} crash states: 0 and 0")


@pytest.mark.parametrize(
    ("saver", "verdicts"),
    [
        ("no_folder_sync", {Verdict.LOST}),
        ("rename_without_sync", {Verdict.TORN}),
        ("delete_then_move", {Verdict.TORN, Verdict.LOST}),
        ("in_place", {Verdict.TORN}),
        ("qsavefile", {Verdict.LOST}),
    ],
)
def test_the_simulation_catches_a_broken_saver(
    tmp_path: Path, saver: str, verdicts: set[Verdict]
) -> None:
    replayed = replay(tmp_path, saver, 2)
    assert replayed.verdicts.keys() == verdicts | {Verdict.WHOLE}


def test_the_simulation_catches_a_saver_that_looks_at_no_short_write(tmp_path: Path) -> None:
    replayed = replay(tmp_path, "no_short_write_check", 2, short=True)
    assert replayed.verdicts[Verdict.TORN]
