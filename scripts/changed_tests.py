"""Names the test files for what was changed: `python scripts/changed_tests.py`, one a line.

What was changed: since this branch left main, and what is not committed. The test files of a module
are those that import it, and those that are named after it in the same folder of tests/; if there
are none of that name, all of that folder. A test that reaches a module through others only is left
to `make test`.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ("itband_gui", "tests", "benchmarks", "packaging", "scripts")
LAWS = ("test_layers.py", "test_leftovers.py")  # seconds, and about every file
TOOLS = ("scripts/", ".ci/", "Makefile", "pyproject.toml")


def imported(file: Path, root: Path = ROOT) -> Iterator[str]:
    """Yield the names of all modules, and of what is in them, that a file imports."""
    package = file.relative_to(root).parts[:-1]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def module_of(name: str) -> str:
    """Return the dotted name of a Python file, by its path in the checkout."""
    parts = Path(name).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_test(file: Path) -> bool:
    """Whether pytest collects a file."""
    return file.name.startswith("test_") and file.suffix == ".py"


def mirrored(name: str, root: Path) -> set[Path]:
    """Return the test files of the same folder and name; all of the folder if none has the name."""
    path = Path(name)
    if path.parts[0] not in {"itband_gui", "assets"}:
        return set()
    inner = Path(*path.parts[1:])
    folder = root / "tests" / inner.parent
    if path.parts[0] == "assets" and inner.parent == Path():
        folder /= inner.stem
    own = set(folder.glob(f"test_{inner.stem}*.py"))
    if own or folder == root / "tests":
        return own
    return {file for file in folder.glob("test_*.py") if is_test(file)}


def files_for(changed: Iterable[str], root: Path = ROOT) -> list[Path]:
    """Return the test files that tell of the changed ones, sorted; paths are from the root."""
    changed = list(changed)
    modules = {module_of(name) for name in changed if name.endswith(".py")}
    found = {root / name for name in changed if is_test(root / name) and (root / name).exists()}
    for name in changed:
        found |= mirrored(name, root)
        if name.startswith(TOOLS):
            found |= set((root / "tests").rglob("test_setup.py"))
        if name.endswith("conftest.py"):
            found |= set((root / name).parent.glob("test_*.py"))
    for file in (root / "tests").rglob("test_*.py"):
        if not modules.isdisjoint(imported(file, root)):
            found.add(file)
    if modules:
        found |= {file for law in LAWS for file in (root / "tests").rglob(law)}
    return sorted(file.relative_to(root) for file in found)


def git(*words: str) -> list[str]:
    """Return the lines that git prints; none if it refuses."""
    done = subprocess.run(  # noqa: S603 - our own words
        ["git", *words],  # noqa: S607 - by name, as the rest of the project's tools
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.stdout.splitlines() if done.returncode == 0 else []


def changed_files() -> list[str]:
    """Return what differs from where this branch left main, what is not committed included."""
    bases = (git("merge-base", "HEAD", main) for main in ("main", "origin/main"))
    base = next((found[0] for found in bases if found), "HEAD")
    return [*git("diff", "--name-only", base), *git("ls-files", "--others", "--exclude-standard")]


if __name__ == "__main__":
    sys.stdout.writelines(f"{file}\n" for file in files_for(changed_files()))
