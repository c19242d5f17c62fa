"""Rows 2 and 3: saves killed, torn, cut short and refused, at random and at every call."""

from pathlib import Path

from tests.conftest import Amount, Figure
from tests.fleet import run_fleet


def test_random_kills_leave_the_old_or_the_new_journal(
    fast_folder: Path, amount: Amount, figure: Figure
) -> None:
    wanted = amount(400, 100_000)
    found = run_fleet("tests.faults.killer", wanted, str(fast_folder))
    assert [wrong for share in found for wrong in share["violations"]] == []
    killed = sum(share["killed"] for share in found)
    left = sum(share["left"] for share in found)
    assert killed > 0.9 * wanted
    assert left, "some were killed in mid-write"
    figure(f"row 2: {killed:,} of {wanted:,} saves killed, {left:,} left a temporary file: 0 lost")


def test_an_error_at_any_call_is_told_rightly_and_the_next_try_saves_all(
    fast_folder: Path, amount: Amount, figure: Figure
) -> None:
    whole = amount(0, 1)
    args = (str(fast_folder), "yes" if whole else "no")
    found = run_fleet("tests.faults.refuser", 100, *args)
    assert [wrong for share in found for wrong in share["violations"]] == []
    ends = {
        end: sum(share["ends"].get(end, 0) for share in found)
        for end in ("saved", "not saved", "not confirmed")
    }
    assert all(ends.values()), f"every way to end was met: {ends}"
    figure(f"row 3: {sum(ends.values()):,} errors in calls: {ends}, 0 told wrongly")
