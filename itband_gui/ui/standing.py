"""The pages that stand in the window; each is made when it is first shown."""

from enum import IntEnum

from PySide6.QtCore import QCoreApplication


class Standing(IntEnum):
    """A standing page, by its place in the bar."""

    TODAY = 0
    JOURNAL = 1
    HISTORY = 2
    GUIDE = 3
    SETTINGS = 4

    @property
    def keys(self) -> str:
        """The shortcut that shows it, as Qt reads it."""
        return f"Ctrl+{self + 1}"


def page_name(page: Standing) -> str:
    """Return what the bar calls a page."""
    return {
        Standing.TODAY: QCoreApplication.translate("Bar", "Today"),
        Standing.JOURNAL: QCoreApplication.translate("Bar", "Journal"),
        Standing.HISTORY: QCoreApplication.translate("Bar", "History"),
        Standing.GUIDE: QCoreApplication.translate("Bar", "Guide"),
        Standing.SETTINGS: QCoreApplication.translate("Bar", "Settings"),
    }[page]
