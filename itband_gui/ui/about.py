"""What the program is made of: its version, its licence, and those of its parts."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from itband_gui import __version__
from itband_gui.log import versions
from itband_gui.parts import licences_dir, parts
from itband_gui.ui.style import SPACE
from itband_gui.ui.unexpected_dialog import fit_to
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.scroll import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow

_WIDE_EM, _HIGH_EM = 48, 40  # in letters M and lines: our choice
_LINES = 8  # of the parts, at least


def about_dialog(parent: QWidget) -> "AboutDialog":
    """Show the dialog over a page; return it."""
    dialog = AboutDialog(parent)
    dialog.open()
    return dialog


class AboutDialog(QDialog):
    """Names the program and its parts, as text to select and to copy."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("About", "About IT Band Guide"))
        self.close_button = button(
            QCoreApplication.translate("About", "Close"), self.reject, "primary"
        )
        self.copy = button(QCoreApplication.translate("About", "Copy"), self._copy)
        self.copied = TextLabel("", "small")
        self.parts = QPlainTextEdit(_parts_text())
        self.parts.setReadOnly(True)
        self.parts.setTabChangesFocus(True)
        self.parts.setAccessibleName(QCoreApplication.translate("About", "Parts"))
        self.parts.setMinimumHeight(_LINES * self.parts.fontMetrics().lineSpacing())
        self._lay_out(parent)
        self.close_button.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(f"{versions()}\n\n{self.parts.toPlainText()}\n")
        self.copied.show_text(QCoreApplication.translate("About", "Copied."))

    def _lay_out(self, parent: QWidget) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, SPACE["s"], 0)
        column.setSpacing(SPACE["m"])
        version = QCoreApplication.translate("About", "Version {version}. MIT licence.")
        self.labels = (
            TextLabel(QCoreApplication.translate("About", "IT Band Guide"), "headline"),
            TextLabel(version.format(version=__version__)),
            TextLabel(_wellness_text()),
            TextLabel(_lgpl_text(), "small"),
        )
        for label in self.labels:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addWidget(self.parts, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["l"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(ScrollColumn(content), 1)
        self.copied.hide()
        box.addWidget(self.copied)
        box.addWidget(WrappingRow((self.close_button, self.copy)))
        fit_to(self, parent, _WIDE_EM, _HIGH_EM)


def _wellness_text() -> str:
    return QCoreApplication.translate(
        "About",
        "A guided hand massage and a soreness journal. General wellness information, not medical "
        "advice.",
    )


def _lgpl_text() -> str:
    """Return what the LGPL grants the user, and where the licences are."""
    folder = licences_dir()
    granted = QCoreApplication.translate(
        "About",
        "Qt, PySide6 and Shiboken are used under the GNU LGPL 3. They are libraries of their own "
        "beside the program: you may put changed ones in their place, and take the program apart "
        "to find faults in these changes. Where the source of each part is stands below.",
    )
    if folder is None:
        return granted
    where = QCoreApplication.translate("About", "All licence texts: {folder}")
    return f"{granted} {where.format(folder=folder)}"


def _parts_text() -> str:
    return "\n".join(
        f"{part.name} {part.version}: {part.licence}\n    {part.source}" for part in parts()
    )
