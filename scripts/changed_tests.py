"""Names the test files for what was changed: `python scripts/changed_tests.py`, one a line.

What was changed: since this branch left main, and what is not committed. The test files of a module
are those that import it, and those that are named after it in the same folder of tests/; if there
are none of that name, all of that folder. Beyond MOST files, and where a test reaches a module
through others only, the rest is left to `make test`.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ("itband_gui", "tests", "benchmarks", "packaging", "scripts")
MOST = 24  # files, so that `make check` stays under a minute
LAWS = ("test_layers.py", "test_leftovers.py", "test_house.py")  # seconds, and about every file
_WORDS = ("test_wordings.py", "ui/test_translation.py")
_PHRASES = ("test_phrases.py",)
_PAGES = ("test_contributing.py",)
_SETUP = ("test_setup.py",)
_BUNDLE = ("bundle/test_files.py",)
# Tests below tests/ of what they read instead of importing it, by how its path begins.
ABOUT = {
    "assets/guide/": ("ui/guide/test_content.py", "machine/test_assets.py", "test_wordings.py"),
    "assets/icons/": ("ui/widgets/test_looks.py", "bundle/test_files.py"),
    "assets/leg/": ("leg/test_*.py", "ui/leg/test_leg_view.py", "ui/look/test_theme.py"),
    "assets/phrases.toml": _PHRASES,
    "assets/routines/": (
        *("routine/test_built_in.py", "routine/test_library.py", "machine/test_assets.py"),
        "test_wordings.py",
    ),
    "assets/safety.toml": ("safety/test_*.py", "machine/test_assets.py", "test_wordings.py"),
    "assets/sounds/": _PHRASES,
    "itband_gui/ui/": _WORDS,
    "itband_gui/wording/": _WORDS,
    "CONTRIBUTING.md": _PAGES,
    "README.md": (*_PAGES, "test_bench_table.py"),
    "docs/": _PAGES,
    "docs/evidence.md": ("insight/test_evidence_page.py",),
    "docs/setting-up.md": ("machine/test_libraries.py",),
    "build.spec": _BUNDLE,
    "packaging/": _BUNDLE,
    "scripts/": _SETUP,
    ".ci/": _SETUP,
    "Makefile": _SETUP,
    "pyproject.toml": _SETUP,
}


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


def named(name: str, root: Path) -> tuple[set[Path], set[Path]]:
    """Return the tests named after a module in its folder of tests/, and the folder's others."""
    path = Path(name)
    if path.parts[0] != "itband_gui":
        return set(), set()
    folder = root / "tests" / Path(*path.parts[1:]).parent
    own = set(folder.glob(f"test_{path.stem}*.py"))
    return own, set() if folder == root / "tests" else set(folder.glob("test_*.py")) - own


def laws_for(changed: Iterable[str]) -> Iterator[str]:
    """Yield patterns below tests/ for the tests that read changed files instead of importing."""
    for name in changed:
        if name.endswith(".py"):
            yield from LAWS
        for start, patterns in ABOUT.items():
            if name.startswith(start):
                yield from patterns
        if name.endswith("conftest.py"):
            yield f"{Path(name).relative_to('tests').parent.as_posix()}/**/test_*.py"


def found_for(changed: Iterable[str], root: Path = ROOT) -> tuple[set[Path], list[Path]]:
    """Return the test files that must run for changed ones, and others, the closest first."""
    changed, tests = list(changed), root / "tests"
    modules = {module_of(name) for name in changed if name.endswith(".py")}
    must = {root / name for name in changed if is_test(root / name) and (root / name).exists()}
    for pattern in set(laws_for(changed)):
        must |= set(tests.glob(pattern))
    around: set[Path] = set()
    for name in changed:
        own, others = named(name, root)
        must |= own
        around |= set() if own else others
    folders = {tests / Path(name).relative_to(Path(name).parts[0]).parent for name in changed}
    files = tests.rglob("test_*.py") if modules else ()
    users = {file for file in files if not modules.isdisjoint(imported(file, root))}
    rest = (users | around) - must
    return must, sorted(rest, key=lambda f: (f not in users, f.parent not in folders, f))


def files_for(changed: Iterable[str], root: Path = ROOT) -> tuple[list[Path], int]:
    """Return the test files to run for changed ones, from the root, and how many are left out."""
    must, rest = found_for(changed, root)
    room = max(0, MOST - len(must))
    chosen = sorted(file.relative_to(root) for file in {*must, *rest[:room]})
    return chosen, len(rest[room:])


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
    files, left = files_for(changed_files())
    sys.stdout.writelines(f"{file}\n" for file in files)
    if left:
        sys.stderr.write(f"Test files left to `make test`: {left}\n")
