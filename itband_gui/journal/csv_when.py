"""When the entry of a row was, from the columns that tell it: `at`, `date` and `time`."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from itband_gui.journal.csv_moments import (
    CellMoment,
    Order,
    may_say,
    order_of,
    read_clock,
    read_moment,
)
from itband_gui.journal.entries import has_time
from itband_gui.journal.refused import CellError, RowError, Unfit

TIMES = ("at", "date", "time", "resolved")
_DAYS = ("at", "date", "resolved")
Cells = Mapping[str, str]  # of a row, by column
Orders = Mapping[str, Order | None]  # of the dates in a column


def orders_of(rows: Iterable[Cells]) -> Orders:
    """Return in which order each column writes dates like 11/12/2026."""
    held = list(rows)
    return {column: order_of(cells.get(column, "") for cells in held) for column in _DAYS}


def when_of(cells: Cells, orders: Orders) -> datetime:
    """Return when it was: `at`, or else `date` with `time` if there is one; naive if so given.

    Raises:
        RowError: no such moment is told, or two.

    """
    column = day_column(cells)
    if not _filled(cells, column):
        raise RowError(Unfit.MISSING, column)
    said = _said(cells, column, orders)
    if column == "at" and _filled(cells, "date") and not may_say(cells["date"], said.day):
        raise RowError(Unfit.CONTRADICTS, "date", other="at")
    return _moment(said, _clock(cells, said, column))


def resolved_of(cells: Cells, orders: Orders) -> datetime:
    """Return when a sign was resolved; naive if no offset is given.

    Raises:
        RowError: the column tells no moment, or two.

    """
    said = _said(cells, "resolved", orders)
    return _moment(said, said.clock)


def day_column(cells: Cells) -> str:
    """Return the column that says on which day the entry of a row was."""
    return "at" if _filled(cells, "at") else "date"


def future_column(cells: Cells, at: datetime, now: datetime) -> str:
    """Return the column to blame for a moment that lies in the future."""
    told_apart = _filled(cells, "time") and at.date() <= now.astimezone(at.tzinfo).date()
    return "time" if told_apart else day_column(cells)


def _clock(cells: Cells, said: CellMoment, column: str) -> time | None:
    """Return the time of `time` if it is filled, or else what is `said` beside the day.

    Midnight beside a day says nothing: spreadsheets write it after every date.
    """
    if not _filled(cells, "time"):
        return said.clock
    try:
        clock = read_clock(cells["time"])
    except CellError as error:
        raise RowError(error.why, "time") from None
    if said.clock is None or not has_time(_moment(said, said.clock)):
        return clock
    if said.clock.replace(second=0) != clock.replace(second=0):
        raise RowError(Unfit.CONTRADICTS, "time", other=column)
    return max(said.clock, clock)  # the one that has seconds


def _said(cells: Cells, column: str, orders: Orders) -> CellMoment:
    try:
        return read_moment(cells[column], orders[column])
    except CellError as error:
        raise RowError(error.why, column) from None


def _moment(said: CellMoment, clock: time | None) -> datetime:
    return datetime.combine(said.day, clock or time.min, said.offset)


def _filled(cells: Cells, column: str) -> bool:
    return bool(cells.get(column, "").strip())
