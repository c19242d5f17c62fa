"""Rows 1, 3 and 7 on real processes: killed, or refused, at every system call of a save."""

import random
import shutil
import sys
from pathlib import Path

import pytest

from itband_gui.journal.store import LoadCode, Store
from tests.conftest import Amount, Figure
from tests.faults.order import unsafe
from tests.faults.save_scene import BEGINS
from tests.faults.scenes import OLD_IDS, SCENES, journal, judge, judge_next_save, set_out
from tests.faults.strace import KILLED, Call, Ran, calls_from, in_homes, need_strace, traced

ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES", "EMFILE", "ESTALE")
ADD = [sys.executable, "-m", "itband_gui", "journal", "add", "--leg", "left", "--score", "4"]
ASKS_ONLY = {
    "brk",
    "mmap",
    "munmap",
    "mprotect",
    "newfstatat",
    "read",
    "lseek",
    "getrandom",
    "futex",
}
SAVE = [sys.executable, "-m", "tests.faults.save_scene"]


@pytest.fixture(autouse=True)
def _strace() -> None:
    need_strace()


def begin(home: Path, scene: str) -> None:
    home.mkdir(parents=True, exist_ok=True)
    set_out(home, scene)


def worth_a_try(calls: list[Call], *, whole: bool) -> list[Call]:
    """Leave out what changes no file, unless all is tried: dying before it is dying after it.

    How often memory is asked for differs from run to run, too.
    """
    return [call for call in calls if whole or call.name not in ASKS_ONLY]


def wrong_after_add(home: Path, ran: Ran) -> str | None:
    """Say what is wrong with the journal after the real command, and with what it said."""
    loaded = Store(journal(home)).load()
    ids = {entry.id for entry in loaded.book}
    more = ids - {*OLD_IDS}
    told = set(ran.out.split())
    if "Saved as " in ran.err:
        told.add(ran.err.split("Saved as ")[1].split(",")[0])
    if loaded.code is not LoadCode.SOUND or not ids.issuperset(OLD_IDS) or len(more) > 1:
        return f"{loaded.code}, {sorted(ids)}"
    if not told <= ids:
        return f"told {told}, but it holds {sorted(more)}"
    if more and "Not saved" in ran.err:
        return f"said {ran.err!r}, but it holds {sorted(more)}"
    if "Traceback" in ran.err or len(ran.err.splitlines()) > 1:
        return f"said {ran.err!r}"
    return judge_next_save(home, "add")


def test_the_command_killed_at_any_system_call_loses_nothing(
    fast_folder: Path, amount: Amount, quick_or_slow: Amount, figure: Figure
) -> None:
    begin(fast_folder / "whole", "add")
    whole = traced(ADD, fast_folder / "whole")
    assert whole.code == 0
    found = calls_from(whole, str(fast_folder / "whole/data"))
    calls = worth_a_try(found, whole=bool(amount(0, 1)))
    calls = random.sample(calls, min(len(calls), quick_or_slow(16, 10_000)))
    violations, missed = [], 0

    def kill(home: Path, call: Call) -> None:
        nonlocal missed
        begin(home, "add")
        ran = traced(ADD, home, "-e", f"inject={call.name}:signal=KILL:when={call.nth}")
        missed += ran.code != KILLED
        if wrong := wrong_after_add(home, ran):
            violations.append(f"{call.text}: {wrong}")

    in_homes(kill, calls, fast_folder)
    assert violations == []
    assert missed <= len(calls) // 4, "nearly every run met the call at which it was to die"
    figure(f"row 1: journal add killed at {len(calls) - missed} system calls: 0 lost")


@pytest.mark.parametrize("scene", SCENES)
def test_a_save_killed_at_any_system_call_is_the_old_or_the_new(
    fast_folder: Path, scene: str, amount: Amount, quick_or_slow: Amount, figure: Figure
) -> None:
    begin(fast_folder / "whole", scene)
    whole = traced([*SAVE, scene, str(fast_folder / "whole")], fast_folder / "whole")
    assert whole.out == "saved\n"
    calls = worth_a_try(calls_from(whole, BEGINS), whole=bool(amount(0, 1)))
    # The command above dies at each call but in the quick run; of these, a few in the short tests.
    # Where its entry is the newest it adds a line without a store; the scene of that name does not.
    tried = random.sample(calls, min(len(calls), amount(quick_or_slow(4, 8), 10_000)))
    violations, missed = [], 0

    def kill(home: Path, call: Call) -> None:
        nonlocal missed
        begin(home, scene)
        inject = f"inject={call.name}:signal=KILL:when={call.nth}"
        ran = traced([*SAVE, scene, str(home)], home, "-e", inject)
        missed += ran.code != KILLED
        wrong = judge(home, scene, acknowledged="saved" in ran.out) or judge_next_save(home, scene)
        if wrong:
            violations.append(f"{call.text}: {wrong}")

    in_homes(kill, tried, fast_folder)
    assert violations == []
    assert missed <= len(tried) // 4
    figure(f"row 1: {scene} killed at {len(tried) - missed} system calls: 0 lost")


def test_the_command_refused_at_any_system_call_tells_the_truth_in_one_line(
    fast_folder: Path, amount: Amount, figure: Figure
) -> None:
    begin(fast_folder / "whole", "add")
    whole = traced(ADD, fast_folder / "whole")
    calls = [
        call
        for call in calls_from(whole, str(fast_folder / "whole/data"))
        if str(fast_folder) in call.text or ".lock" in call.text
    ]
    cases = [(call, error, when) for call in calls for error in ERRORS for when in ("", "+")]
    tried = random.sample(cases, min(len(cases), amount(24, 10_000)))
    violations = []

    def refuse(home: Path, case: tuple[Call, str, str]) -> None:
        call, error, when = case
        begin(home, "add")
        inject = f"inject={call.name}:error={error}:when={call.nth}{when}"
        ran = traced(ADD, home, "-e", inject)
        if wrong := wrong_after_add(home, ran):
            violations.append(f"{inject} {call.text}: {wrong}")

    in_homes(refuse, tried, fast_folder)
    assert violations == []
    figure(f"row 3: journal add refused {len(tried)} times: 0 told wrongly")


def test_a_failed_fsync_of_the_journal_is_never_told_as_saved(fast_folder: Path) -> None:
    home = fast_folder / "home"
    own, _ = fsyncs_of_an_add(home)
    assert len(own) == 2
    for call, when in [(call, when) for call in own for when in ("", "+")]:
        shutil.rmtree(home)
        begin(home, "add")
        ran = traced(ADD, home, "-e", f"inject=fsync:error=EIO:when={call.nth}{when}")
        assert (ran.code, ran.out) == (1, ""), call.text
        assert ran.err.startswith(("itband-gui: Not saved. ", "itband-gui: Not confirmed: "))
        assert wrong_after_add(home, ran) is None
        tried = [line for line in ran.lines if "fsync(" in line and "data/.itband" in line]
        assert len(tried) == 1, "the descriptor that failed is not tried again"


def fsyncs_of_an_add(home: Path) -> tuple[list[Call], list[Call]]:
    """Return those of the journal, and those of what is remembered outside its folder."""
    begin(home, "add")
    fsyncs = [call for call in traced(ADD, home).calls if call.name == "fsync"]
    # After those of the copy that is kept first: the new file's, and its folder's.
    first = next(i for i, call in enumerate(fsyncs) if "data/.itband" in call.text)
    return fsyncs[first : first + 2], fsyncs[first + 2 :]


def test_a_failed_fsync_of_what_is_remembered_fails_no_save_and_is_told(fast_folder: Path) -> None:
    home = fast_folder / "home"
    _, remembered = fsyncs_of_an_add(home)
    assert remembered
    for call, when in [(call, when) for call in remembered for when in ("", "+")]:
        shutil.rmtree(home)
        begin(home, "add")
        ran = traced(ADD, home, "-e", f"inject=fsync:error=EIO:when={call.nth}{when}")
        assert ran.code == 0, call.text
        assert ran.err.startswith(
            "itband-gui: Your journal is saved, but this computer could not keep"
        ), call.text
        assert ran.err.count("\n") == 1, call.text
        assert wrong_after_add(home, ran) is None


@pytest.mark.parametrize("scene", ["first", "add"])
def test_when_the_id_is_printed_all_is_on_the_disk(fast_folder: Path, scene: str) -> None:
    home = fast_folder / "home"
    begin(home, scene)
    ran = traced(ADD, home)
    assert unsafe(ran, journal(home), ran.out.strip()) == []
