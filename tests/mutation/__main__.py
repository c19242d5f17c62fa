"""Changes modules of the journal in every small way and tells what no test noticed.

    python -m tests.mutation itband_gui/journal/lock.py tests/journal/test_lock.py …

Modules first, then the tests to run. Each change is made in a copy, on all cores. Prints what
survived; docs/reliability.md explains each. A change that hangs counts as noticed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.fleet import CHECKOUT
from tests.mutation.mutants import Mutant, mutants

NOTICED_WITHIN = 120  # seconds
COPIED = ("itband_gui", "tests", "assets", "pyproject.toml")


class Copies:
    """Copies of the checkout, one a core, to be changed one at a time."""

    def __init__(self, folder: Path, tests: Sequence[str]) -> None:
        self._tests = tests
        self._free: SimpleQueue[Path] = SimpleQueue()
        for core in range(os.cpu_count() or 1):
            at = folder / str(core)
            at.mkdir()
            for name in COPIED:
                copied = CHECKOUT / name
                if copied.is_dir():
                    shutil.copytree(copied, at / name)
                else:
                    shutil.copy(copied, at / name)
            self._free.put(at)

    def survives(self, module: str, source: str) -> bool:
        """Return whether the tests pass with this source in the module's place."""
        at = self._free.get()
        kept = (at / module).read_text()
        try:
            (at / module).write_text(source)
            return self._passes(at)
        finally:
            (at / module).write_text(kept)
            self._free.put(at)

    def _passes(self, at: Path) -> bool:
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        try:
            ran = subprocess.run(
                [*command, *self._tests],
                cwd=at,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
                capture_output=True,
                check=False,
                timeout=NOTICED_WITHIN,
            )
        except subprocess.TimeoutExpired:
            return False
        return ran.returncode == 0


def main(arguments: Sequence[str]) -> int:
    modules = [name for name in arguments if not name.startswith("tests")]
    tests = [name for name in arguments if name.startswith("tests")]
    survivors = 0
    with TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        copies = Copies(Path(folder), tests)
        for module in modules:
            source = (CHECKOUT / module).read_text()
            if not copies.survives(module, source):
                sys.exit(f"{module}: the tests fail as it is")
            made = [*mutants(source)]
            lived = pool.map(lambda mutant: copies.survives(module, mutant.source), made)  # noqa: B023 - used at once
            left = [mutant for mutant, lives in zip(made, lived, strict=True) if lives]
            survivors += len(left)
            say(f"{module}: {len(made)} changes, {len(left)} not noticed")
            for mutant in left:
                say(told(mutant))
    return survivors > 0


def told(mutant: Mutant) -> str:
    before, after = (" ".join(text.split()) for text in (mutant.before, mutant.after))
    return f"  line {mutant.line}: {before} -> {after}"


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
