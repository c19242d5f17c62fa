"""What the program is made of: its version, its licence, and those of its parts."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from itband_gui import __version__
from itband_gui.log import versions
from itband_gui.parts import licences_dir, parts
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.text_dialog import TextDialog

_WIDE_EM, _HIGH_EM = 48, 40  # in letters M and lines: our choice
_LINES = 8  # of the parts, at least


def about_dialog(parent: QWidget) -> "AboutDialog":
    """Show the dialog over a page; return it."""
    dialog = AboutDialog(parent)
    dialog.open()
    return dialog


class AboutDialog(TextDialog):
    """Names the program and its parts, as text to select and to copy."""

    def __init__(self, parent: QWidget) -> None:
        copied = QCoreApplication.translate("About", "Copied.")
        super().__init__(parent, QCoreApplication.translate("About", "Parts"), _LINES, copied)
        self.setWindowTitle(QCoreApplication.translate("About", "About IT Band Guide"))
        self.box.setPlainText(_parts_text())
        self.close_button = button(
            QCoreApplication.translate("About", "Close"), self.reject, "primary"
        )
        version = QCoreApplication.translate("About", "Version {version}. MIT licence.")
        self.labels = (
            TextLabel(QCoreApplication.translate("About", "IT Band Guide"), "headline"),
            TextLabel(version.format(version=__version__)),
            TextLabel(_wellness_text()),
            TextLabel(_lgpl_text(), "small"),
        )
        for label in self.labels:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lay_out(self.labels, (self.close_button, self.copy), _WIDE_EM, _HIGH_EM)
        self.close_button.setFocus()

    def text_to_copy(self) -> str:
        """Return the parts, and first what the program runs on."""
        return f"{versions()}\n\n{super().text_to_copy()}\n"


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
