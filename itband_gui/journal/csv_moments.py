"""Reads dates and times from the cells of a table, whichever program wrote it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import NamedTuple

from itband_gui.journal.clock_text import read_time
from itband_gui.journal.entries import has_time
from itband_gui.journal.import_errors import CellError, RowError, RowFault

_MOMENT = re.compile(
    r"(?:(?P<year>[0-9]{4})(?P<dash>[-/.])\s?(?P<month>[0-9]{1,2})(?P=dash)\s?"
    r"(?P<day>[0-9]{1,2})\.?"  # 2026-11-22
    r"|(?P<all>(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2}))"  # 20261122
    r"|(?P<one>[0-9]{1,2})(?P<slash>[-/.])\s?(?P<other>[0-9]{1,2})(?P=slash)\s?"
    r"(?P<last>[0-9]{4})\.?)"  # 22.11.2026, 11/22/2026
    r"(?:(?:\s*T|\s)\s*(?P<clock>\S.*?)\s*"
    r"(?P<offset>UTC|GMT|Z|(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})?)?)?",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")  # days since one of the epochs
_EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))
_SHARE_OF_A_DAY = re.compile(r"[01]?[.,][0-9]+")  # 0.25 may be a spreadsheet's 6:00, or 0:25
_CLOCK_AT_END = re.compile(r"[0-9]{1,2}:[0-9]{2}.*$")
_MONTHS = 12
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OUR_LENGTH = len("2026-11-22T07:10:00+01:00")
_LONGEST = 64  # characters of a date with a time; on more, the patterns are slow
_LONGEST_NUMBER = 4  # digits of a number in a date


class Order(StrEnum):
    """The order of day and month in dates like 11/12/2026."""

    DAY = "day"
    MONTH = "month"


class CellMoment(NamedTuple):
    """A day read from a cell, with the time and the offset if the cell has them."""

    day: date
    clock: time | None = None
    offset: tzinfo | None = None


def read_moment(cell: str, order: Order | None = None) -> CellMoment:
    """Return the day in a cell, and the time if there is one.

    `order` is the order of the other dates in the column, if known.

    Raises:
        CellError: there is no day, or it is ambiguous.

    """
    if len(cell) == _OUR_LENGTH and cell[4] == cell[7] == "-" and cell[10] == "T":
        try:
            own = datetime.fromisoformat(cell)  # our own format: quicker than below
        except ValueError:
            pass
        else:
            return CellMoment(own.date(), own.time(), own.tzinfo)
    match = _moment(cell.strip())
    if match is None:
        serial = _SERIAL.fullmatch(cell.strip())
        raise CellError(RowFault.SERIAL_DATE if serial else RowFault.NOT_A_DATE)
    days = set(_days(match, order))
    if len(days) != 1:
        raise CellError(RowFault.TWO_DATES if days else RowFault.NOT_A_DATE)
    clock = read_time(match["clock"]) if match["clock"] else None
    if match["clock"] and clock is None:
        raise CellError(RowFault.NOT_A_DATE)
    return CellMoment(days.pop(), clock, _offset(match))


def read_clock(cell: str) -> time:
    """Return the time of day in a cell.

    Raises:
        CellError: there is none.

    """
    clock = None if _SHARE_OF_A_DAY.fullmatch(cell.strip()) else read_time(cell)
    if clock is None:
        raise CellError(RowFault.NOT_A_TIME)
    return clock


def order_of(cells: Iterable[str]) -> Order | None:
    """Return the order of a column's dates if some fit only one order, and all of these agree."""
    orders = {order for cell in cells for order in _orders_told(cell)}
    return orders.pop() if len(orders) == 1 else None


def may_say(cell: str, day: date) -> bool:
    """Return whether a cell can mean a day, in any format that a spreadsheet may use."""
    text = cell.strip()
    if text == day.isoformat():
        return True
    if len(text) > _LONGEST:
        return False
    match = _moment(text)
    if match is not None:
        return day in _days(match, None)
    if _SERIAL.fullmatch(text) is not None:
        return day in {epoch + timedelta(int(text[:5])) for epoch in _EPOCHS}
    numbers = re.findall(r"\d+", _CLOCK_AT_END.sub("", text))  # of 22-Nov-26
    if any(len(number) > _LONGEST_NUMBER for number in numbers):
        return False
    told = set(map(int, numbers))
    named = {_NAMES.index(name) + 1 for name in _NAMES if name in text.casefold()}
    return (
        day.day in told
        and told <= {day.day, day.month, day.year, day.year % 100}
        and named <= {day.month}
    )


def _moment(text: str) -> re.Match[str] | None:
    return _MOMENT.fullmatch(text) if len(text) <= _LONGEST else None


def _orders_told(cell: str) -> Iterator[Order]:
    text = cell.strip()
    match = None if text[:4].isdigit() else _moment(text)  # most start with the year
    if match is not None and match["slash"] in ("/", "-"):
        if int(match["one"]) > _MONTHS:
            yield Order.DAY
        if int(match["other"]) > _MONTHS:
            yield Order.MONTH


def _days(match: re.Match[str], order: Order | None) -> Iterator[date]:
    """Yield the days that a cell can mean, possibly one of them twice."""
    told = [match.group("year", "month", "day"), match.group("y", "m", "d")]
    if match["slash"] == "." or order is not Order.MONTH:
        told.append(match.group("last", "other", "one"))
    if match["slash"] != "." and order is not Order.DAY:
        told.append(match.group("last", "one", "other"))
    for year, month, day in told:
        try:
            if year:
                yield date(int(year), int(month), int(day))
        except ValueError:
            continue


def _offset(match: re.Match[str]) -> tzinfo | None:
    if not match["sign"]:
        return UTC if match["offset"] else None
    try:
        moved = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        return timezone(-moved if match["sign"] == "-" else moved)
    except ValueError:
        raise CellError(RowFault.NOT_A_DATE) from None


TIMES = ("at", "date", "time", "resolved")
_DAYS = ("at", "date", "resolved")
Cells = Mapping[str, str]  # a row's cells by column
Orders = Mapping[str, Order | None]  # the order of day and month by column


def orders_of(rows: Iterable[Cells]) -> Orders:
    """Return the order of day and month in each column with dates like 11/12/2026."""
    held = list(rows)
    return {column: order_of(cells.get(column, "") for cells in held) for column in _DAYS}


def when_of(cells: Cells, orders: Orders) -> datetime:
    """Return the time from `at`, else from `date` and, if filled, `time`; naive without an offset.

    Raises:
        RowError: there is no such time, or the columns contradict each other.

    """
    column = day_column(cells)
    if not _filled(cells, column):
        raise RowError(RowFault.MISSING, column)
    said = _said(cells, column, orders)
    if column == "at" and _filled(cells, "date") and not may_say(cells["date"], said.day):
        raise RowError(RowFault.CONTRADICTS, "date", other="at")
    return _moment_of(said, _clock(cells, said, column))


def resolved_of(cells: Cells, orders: Orders) -> datetime:
    """Return when a sign was resolved; naive without an offset.

    Raises:
        RowError: the column has no time, or an ambiguous one.

    """
    said = _said(cells, "resolved", orders)
    return _moment_of(said, said.clock)


def day_column(cells: Cells) -> str:
    """Return the column that has the day of a row's entry."""
    return "at" if _filled(cells, "at") else "date"


def future_column(cells: Cells, at: datetime, now: datetime) -> str:
    """Return the column at fault for a time in the future."""
    told_apart = _filled(cells, "time") and at.date() <= now.astimezone(at.tzinfo).date()
    return "time" if told_apart else day_column(cells)


def _clock(cells: Cells, said: CellMoment, column: str) -> time | None:
    """Return the time in the column `time` if it is filled, else the one with the day in `said`.

    Midnight with a day is ignored: spreadsheets write it after every date.
    """
    if not _filled(cells, "time"):
        return said.clock
    try:
        clock = read_clock(cells["time"])
    except CellError as error:
        raise RowError(error.why, "time") from None
    if said.clock is None or not has_time(_moment_of(said, said.clock)):
        return clock
    if said.clock.replace(second=0) != clock.replace(second=0):
        raise RowError(RowFault.CONTRADICTS, "time", other=column)
    return max(said.clock, clock)  # the one with seconds


def _said(cells: Cells, column: str, orders: Orders) -> CellMoment:
    try:
        return read_moment(cells[column], orders[column])
    except CellError as error:
        raise RowError(error.why, column) from None


def _moment_of(said: CellMoment, clock: time | None) -> datetime:
    return datetime.combine(said.day, clock or time.min, said.offset)


def _filled(cells: Cells, column: str) -> bool:
    return bool(cells.get(column, "").strip())
