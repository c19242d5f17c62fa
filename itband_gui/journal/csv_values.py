"""What a cell of a table means: the value of an entry's field, strictly."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from itband_gui.journal.csv_cells import as_written
from itband_gui.journal.csv_file import MARK_SIGN
from itband_gui.journal.entries import EARLIER, Ended, Kind, Moment, Resolution, Sport, Work
from itband_gui.journal.refused import CellError, Unfit
from itband_gui.leg.names import Leg, Place, Zone
from itband_gui.routine.names import Technique

_Word = TypeVar("_Word", bound=StrEnum)
_BETWEEN = re.compile(r"[,;+\s]+")
_WORK = re.compile(r"(\S+) (\S+) (\S+) ([0-9]{1,6}) strokes ([0-9]{1,6}) s")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,400})?(?:e-?[0-9]{1,3})?", re.IGNORECASE)
_MARK = re.compile(r"[0-9a-f]{12}")
_SPORTS = {  # what runners call them
    **dict.fromkeys(("gym", "weights", "squats", "strength-training"), Sport.STRENGTH),
    **dict.fromkeys(("bike", "biking", "cycle", "ride"), Sport.CYCLING),
    **dict.fromkeys(("hike", "mountains"), Sport.HIKING),
    **dict.fromkeys(("swim",), Sport.SWIMMING),
    **dict.fromkeys(("walk",), Sport.WALKING),
    **dict.fromkeys(("football", "soccer", "basketball", "volleyball"), Sport.TEAM_SPORT),
    **dict.fromkeys(("another-sport", "other-sport"), Sport.OTHER),
}
_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0"}


def value_of(column: str, cell: str) -> Any:  # noqa: ANN401 - what it is depends on the column
    """Return what a filled cell means in a column; those of times are read by `csv_moments`.

    Raises:
        CellError: it means nothing there.

    """
    return _READERS[column](cell)


def word(words: type[_Word], cell: str) -> _Word:
    """Return the word that a cell means, however it is capitalised."""
    try:
        return words("-".join(cell.casefold().split()))
    except ValueError:
        raise CellError(Unfit.UNKNOWN_WORD) from None


def _one(words: type[_Word]) -> Callable[[str], _Word]:
    return lambda cell: word(words, cell)


def _sport(cell: str) -> Sport:
    known = _SPORTS.get("-".join(cell.casefold().split()))
    return word(Sport, cell) if known is None else known


def _several(words: type[_Word]) -> Callable[[str], tuple[_Word, ...]]:
    return lambda cell: tuple(word(words, part) for part in _BETWEEN.split(cell.strip()))


def _number(cell: str) -> float:
    """Read a number; its comma may be the decimal one."""
    if _NUMBER.fullmatch(cell.strip()) is None:
        raise CellError(Unfit.NOT_A_NUMBER)
    return float(cell.strip().replace(",", "."))


def _whole(cell: str) -> int:
    """Read a whole number; spreadsheets write some as 4.0."""
    number = _number(cell)
    if not number.is_integer():
        raise CellError(Unfit.NOT_WHOLE)
    return int(number)


def _yes(cell: str) -> bool:
    answer = cell.strip().casefold()
    if answer not in _YES | _NO:
        raise CellError(Unfit.NOT_YES_OR_NO)
    return answer in _YES


def _work(cell: str) -> tuple[Work, ...]:
    return tuple(map(_one_work, cell.strip().split("; ")))


def _one_work(text: str) -> Work:
    match = _WORK.fullmatch(text)
    if match is None:
        raise CellError(Unfit.NOT_WORK)
    return Work(
        leg=word(Leg, match[1]),
        zone=word(Zone, match[2]),
        technique=word(Technique, match[3]),
        strokes=int(match[4]),
        seconds=int(match[5]),
    )


def _marks(cell: str) -> tuple[str, ...]:
    marks = [mark.removeprefix(MARK_SIGN) for mark in cell.split()]
    if len(marks) > EARLIER.high or any(_MARK.fullmatch(mark) is None for mark in marks):
        raise CellError(Unfit.NOT_MARKS)
    return tuple(marks)


_READERS: dict[str, Callable[[str], Any]] = {
    "kind": _one(Kind),
    "leg": _one(Leg),
    "legs": _several(Leg),
    "moment": _one(Moment),
    "score": _whole,
    "places": _several(Place),
    "session": as_written,
    "sport": _sport,
    "minutes": _whole,
    "effort": _whole,
    "distance_km": _number,
    "worst": _whole,
    "changed_stride": _yes,
    "routine": as_written,
    "work": _work,
    "hands_on_seconds": _whole,
    "total_seconds": _whole,
    "skipped": _whole,
    "repeated": _whole,
    "eased": _whole,
    "ended": _one(Ended),
    "stopped_for": as_written,
    "stopped_leg": _one(Leg),
    "sign": as_written,
    "resolution": _one(Resolution),
    "note": as_written,
    "id": as_written,
    "rev": _whole,
    "was": _marks,
}
