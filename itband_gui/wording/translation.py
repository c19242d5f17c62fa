"""The language that texts are shown in: English, until the window sets another.

`translate` takes its context and text as literals, so that Qt's lupdate finds them here as it does
in the window's own files.
"""

from datetime import date

# strftime would follow the machine's locale, in the middle of an English sentence.
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Language:
    """English, for commands; the window's own follows Qt."""

    def translate(self, _context: str, text: str, _comment: str, count: int) -> str:
        """Return a text in this language; %Ln in it stands for the count."""
        return text.replace("%Ln", f"{count:,}")

    def number(self, value: float) -> str:
        """Return a number without a sign, with at most two decimals."""
        return f"{round(abs(value), 2):g}"

    def count(self, value: int) -> str:
        """Return a whole number with its thousands apart: "10,000"."""
        return f"{value:,}"

    def weekday(self, day: date) -> str:
        """Return "Friday"."""
        return _WEEKDAYS[day.weekday()]

    def short_day(self, day: date, today: date) -> str:
        """Return "12 Nov", with the year where it is not this one."""
        text = f"{day.day} {_MONTHS[day.month - 1]}"
        return text if day.year == today.year else f"{text} {day.year}"

    def time(self, hour: int, minute: int) -> str:
        """Return "07:10"."""
        return f"{hour:02}:{minute:02}"


_in_use = Language()


def use(language: Language) -> None:
    """Use a language for all texts from now on."""
    global _in_use  # noqa: PLW0603 - one language per process, as with Qt's translators
    _in_use = language


def language() -> Language:
    """Return the language in use."""
    return _in_use


def translate(context: str, text: str, comment: str = "", count: int = -1) -> str:
    """Return a text in the language in use, as QCoreApplication.translate does."""
    return _in_use.translate(context, text, comment, count)
