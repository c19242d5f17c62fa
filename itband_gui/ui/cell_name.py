"""How screen readers read the cell of a table that shows nothing."""

from PySide6.QtCore import QCoreApplication


def cell_name(column: str, text: str) -> str:
    """Return a cell's words; of an empty one, that its column says nothing."""
    if text:
        return text
    return QCoreApplication.translate("Table", "{column}: none").format(column=column)
