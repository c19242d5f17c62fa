"""Reads a time of day as people and other programs write it, without guessing."""

import re
import unicodedata
from collections.abc import Collection
from datetime import time

_NUMBER = re.compile(r"(\d+)")  # digits of any script, as `int` reads them
_POINTS = {".", ",", "٫"}
_SEPARATORS = {":", " ", *_POINTS}
_BETWEEN = {"h", "uhr"}  # words used instead of the colon
_BESIDE = {"kl", "klo", *_BETWEEN}  # words before or after a time that do not change it
_MARKS = {"am": 0, "a": 0, "pm": 12, "p": 12}  # hours that each adds
_NOON = 12
_PAIR = 2  # digits of minutes and of seconds: "7:1" may be 7:01 or 7:10
_TOGETHER = (3, 4)  # digits of hour and minutes in one number: 710, 0710
_MOST_NUMBERS = 4  # hour, minutes, seconds, and a fraction that is dropped


def read_time(
    text: str, marks: tuple[str, str] = ("am", "pm"), words: Collection[str] = ()
) -> time | None:
    """Return the time of day in a text, or None if there is none or it is ambiguous.

    Accepts 7:10, 7.10, 0710, 710, 7, 7h10, 7:10:30 and 07:10 Uhr, with digits of any script; up to
    hour 12 also with am or pm (a.m., AM, a). Fractions of a second are dropped.

    Args:
        text: a time as typed, or a cell of a table.
        marks: a language's am and pm; the English marks are always accepted.
        words: other words that a language writes with a time.

    """
    parts = _NUMBER.split(_plain(text))
    known = {_key(word) for word in words}
    clock = _clock(parts[1::2], parts[2:-1:2], _BETWEEN | known)
    mark = _mark(parts[0], parts[-1], _BESIDE | known)
    if clock is None or mark is None:
        return None
    hour, minute, second = clock
    if mark:
        hours = {**_MARKS, _key(marks[0]): 0, _key(marks[1]): _NOON}
        if mark not in hours or hour > _NOON:
            return None
        hour = hour % _NOON + hours[mark]
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Return text in lower case, without invisible characters, with single spaces."""
    seen = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return " ".join(seen.casefold().split())


def _key(words: str) -> str:
    """Return words in a form for comparison: "a. m.", "A.M." and "am" become the same."""
    return re.sub(r"[\s.']", "", unicodedata.normalize("NFKC", _plain(words)))


def _clock(
    numbers: list[str], between: list[str], words: Collection[str]
) -> tuple[int, int, int] | None:
    """Return hour, minute and second, unchecked for range, or None if this is not a time."""
    if len(numbers) == 1 and len(numbers[0]) in _TOGETHER:
        numbers, between = [numbers[0][:-_PAIR], numbers[0][-_PAIR:]], [":"]
    if len(numbers) == _MOST_NUMBERS and between[-1] in _POINTS:
        numbers, between = numbers[:-1], between[:-1]
    if not 1 <= len(numbers) < _MOST_NUMBERS or len(numbers[0]) > _PAIR:
        return None
    if any(len(number) != _PAIR for number in numbers[1:]):
        return None
    if not all(_separates(each, words) for each in between):
        return None
    hour, minute, second = map(int, [*numbers, "0", "0"][: _MOST_NUMBERS - 1])
    return hour, minute, second


def _separates(text: str, words: Collection[str]) -> bool:
    """Return whether a text separates hour and minutes; "7. 10." is a date in some countries."""
    text = unicodedata.normalize("NFKC", text)
    return text in _SEPARATORS or text.strip() == ":" or _key(text) in words


def _mark(before: str, after: str, words: Collection[str]) -> str | None:
    """Return the am or pm mark, "" for none, or None if there is any other text."""
    marks = []
    for text in (before, after):
        if text.strip() and not any(map(str.isalpha, text)):
            return None  # a lone point or sign
        marks.append(_key("".join(each for each in text.split() if _key(each) not in words)))
    return "".join(marks) if not all(marks) else None
