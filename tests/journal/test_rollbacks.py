"""Nothing saved is lost, whatever older file replaces the journal."""

from collections import Counter
from pathlib import Path
from shutil import rmtree

from tests.conftest import Amount, Figure
from tests.journal.rollback_histories import run


def test_rollbacks_open_and_closed_on_two_machines_lose_nothing(
    tmp_path: Path, amount: Amount, figure: Figure
) -> None:
    done = Counter[str]()
    seed, requested = 0, amount(60, 1_000)
    while done["rolled back, open"] + done["rolled back, closed"] < requested:
        folder = tmp_path / str(seed)
        try:
            done += run(seed, folder)
        except BaseException as error:
            error.add_note(f"history {seed}")
            raise
        rmtree(folder, ignore_errors=True)
        seed += 1
    assert min(done["rolled back, open"], done["rolled back, closed"]) > requested / 6
    counts = ", ".join(f"{done[what]:,} {what}" for what in sorted(done))
    figure(f"{seed:,} histories of two machines: {counts}; 0 acknowledged lost")
