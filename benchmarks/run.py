"""Runs the benchmarks for `make bench` and prints one table of all results.

Usage: run.py [-k WORD] [--json FILE | --readme]. Exits with 0 whatever the verdicts, and with 1 if
a benchmark failed: the others still run, but README.md keeps its old table.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import qVersion

from benchmarks.table import (
    GOALS,
    ROWS_FILE,
    Machine,
    Row,
    What,
    as_data,
    caption,
    not_measured,
    table,
)

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
BEGIN, END = "<!-- bench: written by make bench ARGS=--readme -->", "<!-- /bench -->"
TIMEOUT_S = 240  # our choice: several times the longest benchmark


def rows_of(benchmark: Path) -> list[Row] | None:
    """Run one benchmark; return its rows, or None if it failed."""
    print(f"== {benchmark.name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.json"
        env = {**os.environ, ROWS_FILE: str(file)}
        try:
            subprocess.run([sys.executable, benchmark], check=True, env=env, timeout=TIMEOUT_S)
            return msgspec.json.decode(file.read_bytes(), type=list[Row])
        except (subprocess.SubprocessError, OSError, msgspec.DecodeError) as error:
            print(f"{benchmark.name} failed: {error}", file=sys.stderr)
            return None


def run_all(benchmarks: Sequence[Path], asked: Sequence[What]) -> tuple[list[Row], bool]:
    """Return a row for each goal asked for, and whether all were measured."""
    answers = [rows_of(benchmark) for benchmark in benchmarks]
    found = {row.what: row for rows in answers for row in rows or ()}
    whole = None not in answers and found.keys() >= set(asked)
    return [
        found.get(what) or not_measured(what, "its benchmark gave no row") for what in asked
    ], whole


def this_machine() -> Machine:
    """Return the kind of this machine, without anything that identifies it."""
    return Machine(
        cores=os.cpu_count() or 1,
        cpu=platform.machine(),
        system=platform.system(),
        python=platform.python_version(),
        qt=qVersion() or "",
        load=os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    )


def between_markers(text: str, inner: str) -> str:
    """Return a text with the part between the two markers replaced.

    Raises:
        ValueError: it does not have each marker exactly once.

    """
    before, old = text.split(BEGIN)
    _, after = old.split(END)
    return f"{before}{BEGIN}\n{inner}\n{END}{after}"


def main(argv: Sequence[str] | None = None, folder: Path = HERE, readme: Path = README) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="Run the benchmarks.")
    parser.add_argument(
        "-k", metavar="WORD", default="", help="only benchmarks with WORD in their name"
    )
    keep = parser.add_mutually_exclusive_group()
    keep.add_argument("--json", metavar="FILE", type=Path, help="also write the table as JSON")
    keep.add_argument("--readme", action="store_true", help="write the table into README.md")
    args = parser.parse_args(argv)
    if args.readme and args.k:
        parser.error("README.md takes the whole table: leave out -k")
    benchmarks = [file for file in sorted(folder.glob("bench_*.py")) if args.k in file.stem]
    if not benchmarks:
        parser.error(f"there is no benchmark with “{args.k}” in its name")

    machine, day = this_machine(), datetime.now().astimezone().date()
    asked = [what for what, goal in GOALS.items() if args.k in f"bench_{goal.benchmark}"]
    rows, whole = run_all(benchmarks, asked)
    print(f"\n{table(rows)}\n\n{caption(machine, day)}")
    if args.json:
        args.json.write_bytes(as_data(rows, machine, day))
    if args.readme and whole:  # otherwise the last complete table stays
        inner = f"{table(rows)}\n\n{caption(machine, day)}"
        text = between_markers(readme.read_text(encoding="utf-8"), inner)
        readme.write_text(text, encoding="utf-8")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
