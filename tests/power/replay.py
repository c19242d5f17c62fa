"""Recreates the states that a crash may leave, one by one, and opens the journal in each."""

import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from itband_gui.journal.safe_file import NotSavedError
from tests.power.crash_states import State, crash_states
from tests.power.recording import record
from tests.power.saving import Found, Verdict, find_all, saves

_ENOUGH = 1_000  # states that are not whole: the saver is broken
_SAVED_AGAIN = 50  # one state in so many is also saved on


@dataclass
class Replayed:
    """The number of states by verdict, and one that was not whole."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    unsound: str = ""


def replay(folder: Path, saver: str, times: int, *, short: bool = False, seed: int = 0) -> Replayed:
    """Record `times` saves in `folder` and open every state that a crash may have left there.

    The last acknowledged number is what the process had printed by then. Where very many states
    are not whole, the rest is left out.
    """
    watched = folder / "watched"
    watched.mkdir()
    journal = watched / "data" / "journal.json"
    words = [str(journal), saver, str(times), "0", *(["short"] if short else [])]
    command = [sys.executable, "-m", "tests.power.saver_process", *words]
    recording = record(command, watched, folder / "strace")
    choose = random.Random(seed)  # noqa: S311 - no secret
    shutil.rmtree(watched)
    made, result = _Made(watched), Replayed()
    for state in crash_states(recording, choose):
        made.become(state)
        acknowledged = int(state.printed[-1]) if state.printed else 0
        found = find_all(journal, acknowledged, acknowledged + 1)
        if found.verdict is Verdict.WHOLE and choose.randrange(_SAVED_AGAIN) == 0:
            found = _save_again(journal, found)
            made.clear()
        result.verdicts[found.verdict] += 1
        if found.verdict is not Verdict.WHOLE and not result.unsound:
            sizes = {path.name: len(data) for path, data in state.files.items()}
            result.unsound = f"{found} after {acknowledged} was acknowledged: {sizes}"
        if result.verdicts.total() - result.verdicts[Verdict.WHOLE] == _ENOUGH:
            break
    return result


def _save_again(journal: Path, before: Found) -> Found:
    """Save once more and check that only the files of one save are left."""
    try:
        number = next(saves(journal))
    except NotSavedError:
        return Found(Verdict.LOST, before.number)
    found = find_all(journal, number, number)
    left = [path for path in journal.parent.iterdir() if path.suffix == ".tmp"]
    return Found(Verdict.TORN, number) if left else found


class _Made:
    """A folder that is changed from state to state, writing only differences."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.clear()

    def clear(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)
        self._root.mkdir()
        self._files: dict[Path, bytes] = {}
        self._folders: frozenset[Path] = frozenset()

    def become(self, state: State) -> None:
        for path in self._files.keys() - state.files.keys():
            path.unlink()
        for path in sorted(self._folders - state.folders, reverse=True):
            path.rmdir()
        for path in sorted(state.folders - self._folders):
            path.mkdir()
        for path, data in state.files.items():
            if self._files.get(path) != data:
                path.write_bytes(data)
        self._files, self._folders = dict(state.files), state.folders
