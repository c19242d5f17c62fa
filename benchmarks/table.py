"""The speed goals, the rows that benchmarks hand over, and the table of them.

A benchmark measures ours and its reference in turns, makes a row of the pairs and hands it over.
Run alone, it prints the row; under `make bench`, the row goes into the table of all.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import msgspec

ROWS_FILE = "ITBAND_BENCH_ROWS"  # names the file that `make bench` reads a benchmark's rows from
HEAD = ("what", "ours", "reference", "ratio", "goal", "verdict")


class What(StrEnum):
    """The measurements, in the order of the table."""

    START = "start"
    START_BUNDLE = "start-bundle"
    MEMORY = "memory"
    MEMORY_BUNDLE = "memory-bundle"
    SESSION = "session"
    LATENESS = "lateness"
    DRIFT = "drift"
    OPEN = "open"
    SAVE = "save"
    ADD = "add"
    HISTORY_FIRST = "history-first"
    HISTORY_LATER = "history-later"
    HISTORY_FRAME = "history-frame"


class Goal(NamedTuple):
    """The fixed part of a row of the table.

    `most` is the highest allowed ratio to the reference or, without a reference, the highest value
    of ours. A row without `most` is only for comparison.
    """

    benchmark: str
    text: str
    reference: str | None
    most: float | None


_BARE = "bare PySide6 window"
_PLOTS = "bare pyqtgraph window"
GOALS = {
    What.START: Goal("start", "start to Today's first frame, 1,000 entries", _BARE, 1.25),
    What.START_BUNDLE: Goal("start", "the same start, from the bundle", _BARE, 1.25),
    What.MEMORY: Goal("start", "memory at Today", _BARE, 1.35),
    What.MEMORY_BUNDLE: Goal("start", "the same memory, from the bundle", _BARE, 1.35),
    What.SESSION: Goal(
        "session_frame", "processor time of a running session", "bare window moving a dot", 2.0
    ),
    What.LATENESS: Goal("cues", "lateness of cues, p99", "bare QTimer", 1.5),
    What.DRIFT: Goal("cues", "drift of cues after an hour", None, 0.0),
    What.OPEN: Goal("journal", "open 10,000 entries", "json.loads", 1.0),
    What.SAVE: Goal("journal", "durable save of 10,000 entries", "bare write and fsync", 1.5),
    What.ADD: Goal("journal", "journal add at 10,000 entries, whole process", "jrnl", 0.05),
    What.HISTORY_FIRST: Goal("history", "History of 10,000 entries, first open", _PLOTS, 1.3),
    What.HISTORY_LATER: Goal("history", "later opens of it", _PLOTS, 0.2),
    What.HISTORY_FRAME: Goal("history", "a picture while zooming in it", _PLOTS, None),
}


class Verdict(StrEnum):
    """Whether a row meets its goal."""

    MET = "met"
    MISSED = "missed"
    NO_GOAL = "no goal"
    NOT_MEASURED = "not measured"


class Spread(msgspec.Struct, frozen=True):
    """The median and the quartiles of some rounds."""

    low: float
    median: float
    high: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """The result for one goal; `why_not` says why something was not measured."""

    what: What
    unit: str = ""
    ours: Spread | None = None
    reference: Spread | None = None
    ratio: Spread | None = None
    why_not: str = ""

    @property
    def goal(self) -> Goal:
        return GOALS[self.what]

    @property
    def verdict(self) -> Verdict:
        judged = self.ours if self.goal.reference is None else self.ratio
        if judged is None:
            return Verdict.NOT_MEASURED
        if self.goal.most is None:
            return Verdict.NO_GOAL
        return Verdict.MET if judged.median <= self.goal.most else Verdict.MISSED


class Machine(msgspec.Struct, frozen=True):
    """The kind of machine; `load` is its load before the run, in cores."""

    cores: int
    cpu: str
    system: str
    python: str
    qt: str
    load: float | None


def spread(values: Sequence[float]) -> Spread:
    """Return the median and the quartiles; for a single value, that value."""
    if len(values) == 1:
        return Spread(values[0], values[0], values[0])
    return Spread(*quantiles(values, n=4, method="inclusive"))


def paired(what: What, unit: str, pairs: Iterable[tuple[float, float]]) -> Row:
    """Return the row for rounds of ours and the reference, with the ratio of each round."""
    rounds = list(pairs)
    ours, reference = zip(*rounds, strict=True)
    ratio = spread([mine / theirs for mine, theirs in rounds])
    return Row(what=what, unit=unit, ours=spread(ours), reference=spread(reference), ratio=ratio)


def alone(what: What, unit: str, values: Sequence[float], why_not: str = "") -> Row:
    """Return the row for rounds without a reference; `why_not` says why one is missing."""
    return Row(what=what, unit=unit, ours=spread(values), why_not=why_not)


def not_measured(what: What, why_not: str) -> Row:
    """Return the row for something that could not be measured here."""
    return Row(what=what, why_not=why_not)


def hand_over(*rows: Row) -> None:
    """Pass rows to `make bench`, or print them if run alone."""
    file = os.environ.get(ROWS_FILE)
    if file is None:
        print(table(rows))
    else:
        Path(file).write_bytes(msgspec.json.encode(rows))


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table that is also readable as plain text."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths, str.ljust) for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def as_data(rows: Sequence[Row], machine: Machine, day: date) -> bytes:
    """Return the table's data as JSON."""
    found = [
        {
            **msgspec.to_builtins(row),
            "text": row.goal.text,
            "against": row.goal.reference,
            "goal": row.goal.most,
            "verdict": row.verdict,
        }
        for row in rows
    ]
    whole = msgspec.json.encode({"date": day, "machine": machine, "rows": found})
    return msgspec.json.format(whole) + b"\n"


def caption(machine: Machine, day: date) -> str:
    """Return the caption of a table."""
    load = "" if machine.load is None else f"; load before it: {machine.load:.1f} cores"
    return (
        f"{day}, {machine.cores} cores {machine.cpu}, {machine.system}, "
        f"Python {machine.python}, Qt {machine.qt}{load}. "
        "Medians, quartiles in parentheses."
    )


def _line(row: Sequence[str], widths: list[int], fill: Callable[[str, int], str]) -> str:
    return "| " + " | ".join(map(fill, row, widths)) + " |"


def _cells(row: Row) -> tuple[str, ...]:
    goal = row.goal
    reference = goal.reference or ""
    if row.reference is not None:
        reference += f": {number(row.reference.median)} {row.unit}"
    return (
        goal.text,
        "" if row.ours is None else f"{number(row.ours.median)} {row.unit}",
        reference,
        "" if row.ratio is None else _with_quartiles(row.ratio),
        "" if goal.most is None else f"≤ {goal.most:g}",
        f"{row.verdict}: {row.why_not}" if row.why_not else row.verdict,
    )


def _with_quartiles(ratio: Spread) -> str:
    return f"{number(ratio.median)} ({number(ratio.low)}–{number(ratio.high)})"


def number(value: float) -> str:
    """Return a number with three significant digits; from 1,000 on, without decimals."""
    return f"{value:#.3g}".rstrip(".") if 0 < abs(value) < 1000 else f"{value:.0f}"
