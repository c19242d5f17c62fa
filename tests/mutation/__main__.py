"""Makes small changes to modules of the journal and reports those that no test notices.

    python -m tests.mutation lock safe_file …

No name: every module. Each change is made in a copy of the checkout, one for each core that this
may use (`taskset`), and meets the module's tests (`watched`) in a fork of a process that has
imported everything but the program: a second or two for each. A change that hangs counts as
noticed. docs/reliability.md explains what survives. Linux only.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies  # noqa: F401 - imported once, for every fork
import msgspec  # noqa: F401 - and this
import pytest

from tests.fleet import CHECKOUT
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.watched import WATCHED_BY

NOTICED_WITHIN = 120  # seconds
COPIED = ("itband_gui", "tests", "assets", "pyproject.toml")
PLAIN = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
# pytest has been imported before the copy's conftest, and says that it cannot rewrite it twice.
QUIET = ("-o", "filterwarnings=ignore::pytest.PytestAssertRewriteWarning")


def main(names: Sequence[str]) -> int:
    survivors = 0
    cores = len(os.sched_getaffinity(0))
    with TemporaryDirectory() as folder, ProcessPoolExecutor(cores, get_context("fork")) as pool:
        for name in names or WATCHED_BY:
            source = (CHECKOUT / _path(name)).read_text()
            if not pool.submit(lives, folder, name, source).result(timeout=3600):
                sys.exit(f"{name}: the tests fail as it is")
            made = [*mutants(source)]
            sources = [mutant.source for mutant in made]
            lived = pool.map(lives, [folder] * len(made), [name] * len(made), sources)
            left = [mutant for mutant, survives in zip(made, lived, strict=True) if survives]
            survivors += len(left)
            say(f"{name}: {len(made)} changes, {len(left)} not noticed")
            for mutant in left:
                say(told(mutant))
    return survivors > 0


def lives(folder: str, name: str, source: str) -> bool:
    """Return whether the module's tests pass with this source in its place."""
    at = Path(folder, str(os.getpid()))  # a copy for each process of the pool
    if not at.exists():
        copy_checkout(at)
    module = at / _path(name)
    kept = module.read_text()
    module.write_text(source)
    try:
        return _passes(at, WATCHED_BY[name])
    finally:
        module.write_text(kept)


def copy_checkout(at: Path) -> None:
    at.mkdir()
    for name in COPIED:
        copied = CHECKOUT / name
        if copied.is_dir():
            shutil.copytree(copied, at / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(copied, at / name)


def _passes(at: Path, tests: Sequence[str]) -> bool:
    child = os.fork()
    if child == 0:
        os.setsid()  # what the tests start ends with them
        os._exit(_tested(at, tests))
    try:
        return any(code == 0 for code in _ended(child))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)


def _ended(child: int) -> Iterator[int]:
    """Yield the child's exit code; nothing if it hangs."""
    until = time.monotonic() + NOTICED_WITHIN
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            yield os.waitstatus_to_exitcode(status)
            return
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _tested(at: Path, tests: Sequence[str]) -> int:
    """Run the copy's tests in this process, which is unusable afterwards."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    for name in [name for name in sys.modules if name.split(".")[0] in ("tests", "itband_gui")]:
        del sys.modules[name]
    os.chdir(at)
    sys.path.insert(0, str(at))
    sys.dont_write_bytecode = True  # two sources of a second may be equally long
    os.environ.update(PYTHONPATH=str(at), PYTHONDONTWRITEBYTECODE="1", QT_QPA_PLATFORM="offscreen")
    try:
        return int(pytest.main([*PLAIN, *QUIET, "--basetemp", str(at / "tmp"), *tests]))
    except BaseException:  # noqa: BLE001 - whatever a changed module raises: noticed
        return 1


def _path(name: str) -> str:
    return f"itband_gui/journal/{name}.py"


def told(mutant: Mutant) -> str:
    before, after = (" ".join(text.split()) for text in (mutant.before, mutant.after))
    return f"  line {mutant.line}: {before} -> {after}"


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
