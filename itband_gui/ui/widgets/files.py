"""Asks for a file by the system's own dialog."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from itband_gui.ui.widgets.finger import scroll_all_by_finger


def ask_to_open(parent: QWidget, title: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask for a file that is there."""
    dialog = _dialog(parent, title, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    known = QCoreApplication.translate("JournalFile", "Tables and journals")
    every = QCoreApplication.translate("JournalFile", "All files")
    dialog.setNameFilters([f"{known} (*.csv *.tsv *.txt *.json)", f"{every} (*)"])
    _open(dialog)
    return dialog


def ask_to_save(
    parent: QWidget, title: str, name: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask where to put a file of a suggested name; that one is there already is ours to ask.

    Some dialogs ask about the name as typed, and not about the one that the suffix makes of it.
    """
    dialog = _dialog(parent, title, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    suffix = Path(name).suffix
    dialog.setNameFilter(f"*{suffix}")
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    _open(dialog)
    return dialog


def _open(dialog: QFileDialog) -> None:
    dialog.open()
    scroll_all_by_finger(dialog)  # none, where it is the system's own


def _dialog(parent: QWidget, title: str, then: Callable[[Path], object]) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog.setDirectory(documents if Path(documents).is_dir() else str(Path.home()))
    dialog.fileSelected.connect(lambda file: then(Path(file)))
    return dialog
