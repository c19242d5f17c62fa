"""Runs a test script in several processes, each with a share of the work."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[1]
MOST_SECONDS = 12 * 3600  # for --long; pytest's own limit a test bounds all others


def run_fleet(module: str, total: int, *args: str) -> list[dict[str, Any]]:
    """Run `python -m MODULE FIRST COUNT *ARGS` once per core (once for little work).

    FIRST and COUNT give each process its share of the numbers 0 … `total`. Each prints
    one JSON object; they are returned. A process that fails fails the test with what it printed.
    """
    cores = 1 if total < 50 else os.cpu_count() or 1
    bounds = [total * core // cores for core in range(cores + 1)]
    shares = [(first, end - first) for first, end in pairwise(bounds)]
    return run_all([[module, str(first), str(count), *args] for first, count in shares])


def run_all(commands: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Run `python -m` with each of the commands, all at once, and return what they printed."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    said = [(process, *process.communicate(timeout=MOST_SECONDS)) for process in started]
    for process, _, errors in said:
        assert process.returncode == 0, errors
    return [json.loads(output) for _, output, _ in said]
