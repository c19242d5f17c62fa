"""Asks before what was typed or ticked in a window is discarded."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QMessageBox


def ask_to_discard(dialog: QDialog, question: str, discard: Callable[[], object]) -> None:
    """Ask over a dialog; `discard` is called only where that is the answer."""
    box = QMessageBox(dialog)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    throw_away = box.addButton(
        QCoreApplication.translate("Discarding", "Discard"),
        QMessageBox.ButtonRole.DestructiveRole,
    )
    stay = box.addButton(
        QCoreApplication.translate("Discarding", "Keep editing"),
        QMessageBox.ButtonRole.RejectRole,
    )
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    throw_away.clicked.connect(discard)
    box.open()
