"""Mouse actions, as a person makes them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton


def click(button: QAbstractButton) -> None:
    """Click a button where a hand would: in its middle."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
