"""Which part of the axis of days is seen, and how it is moved and zoomed; pure."""

from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor

from itband_gui.insight.days import Period

NARROWEST = 3.0  # days: closer there is nothing to see; our choice
MONTHS_FROM = 2 * 366.0  # days: beyond, medians of weeks are a thicket; our choice, by looking


@dataclass(frozen=True)
class Window:
    """The days seen, `left` to `right`, never past `first` and `end`; see `tracks` for the unit."""

    left: float
    right: float
    first: float
    end: float

    @property
    def width(self) -> float:
        """How many days are seen."""
        return self.right - self.left

    @property
    def by_month(self) -> bool:
        """Whether so much is seen that lines go from month to month."""
        return self.width > MONTHS_FROM

    @property
    def period(self) -> Period:
        """The days of which anything can be seen."""
        first = floor(self.left + _CRUMB)
        last = max(first, ceil(self.right - _CRUMB) - 1)
        return Period(date.fromordinal(first), date.fromordinal(last))

    def moved(self, days: float) -> "Window":
        """Return it moved to the right, as far as there is anything."""
        days = max(self.first - self.left, min(days, self.end - self.right))
        return replace(self, left=self.left + days, right=self.right + days)

    def zoomed(self, factor: float, around: float) -> "Window":
        """Return it `factor` times as wide, with one place staying where it is."""
        whole = self.end - self.first
        width = max(min(NARROWEST, whole), min(self.width * factor, whole))
        left = around - (around - self.left) * width / self.width
        left = max(self.first, min(left, self.end - width))
        return replace(self, left=left, right=left + width)

    def whole(self) -> "Window":
        """Return everything there is."""
        return replace(self, left=self.first, right=self.end)

    def showing(self, x: float) -> "Window":
        """Return it moved just so far that a place is in sight, with some room beside it."""
        room = self.width * _ROOM
        return self.moved(min(x - self.left - room, 0.0) or max(x - self.right + room, 0.0))


_CRUMB = 0.15  # of a day: nothing is drawn so near to midnight
_ROOM = 0.05  # of the width


def window_of(period: Period, whole: Period) -> Window:
    """Return the window on a period, in a whole that reaches at least as far."""
    left, right = float(period.first.toordinal()), period.last.toordinal() + 1.0
    first = min(left, whole.first.toordinal())
    return Window(left, right, first, max(right, whole.last.toordinal() + 1.0))
