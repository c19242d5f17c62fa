"""The illustrated guide: contents and search at the side, the sections to read."""

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QKeySequence,
    QPageLayout,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from itband_gui.ui.guide.content import load_guide
from itband_gui.ui.guide.section_view import SectionView
from itband_gui.ui.look.access import give_role
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.finger import scroll_by_finger
from itband_gui.ui.widgets.layout import WIDEST_EM, ScrollColumn
from itband_gui.ui.widgets.lists import CurrentFollows
from itband_gui.ui.widgets.text import TextLabel

CONTENTS_EM = 20  # width of the contents, in letters M
CONTENTS_SHARE = 0.33  # of the page's width, at most
_BESIDE_TITLE = 2 * (8 + 2)  # px of padding and border, as in the style sheet


class _Titles(QStyledItemDelegate):
    """Gives a title as many lines as it needs; Qt forgets what the style sheet puts beside it."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a title within the room that is left for its words."""
        inside = QStyleOptionViewItem(option)
        inside.rect = option.rect.adjusted(0, 0, -_BESIDE_TITLE, 0)
        return super().sizeHint(inside, index)


class GuidePage(QWidget):
    """What the strokes are, how they are done, when to stop; built when it is first shown."""

    back_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.sections: list[SectionView] = []
        self.search = QLineEdit()
        self.contents = QListWidget()
        scroll_by_finger(self.contents)
        self.nothing = TextLabel(QCoreApplication.translate("Guide", "Nothing found."), "lead")
        self.back = button(
            QCoreApplication.translate("Guide", "Back to the session (Esc)"),
            self.back_requested.emit,
            "primary",
        )
        self.print = button(QCoreApplication.translate("Guide", "Print…"), self.open_print)
        self._side = QWidget()
        self._column = QVBoxLayout()
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.contents.currentRowChanged.connect(self._go_to)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._escape)
        self.offer_back(on=False)

    def first_focus(self) -> QWidget:
        """Return the contents."""
        return self.contents

    def turn_to(self, section_id: str) -> None:
        """Show a section; the page must have been shown."""
        for row, view in enumerate(self.sections):
            if view.section.id == section_id:
                self.contents.setCurrentRow(row)

    def offer_back(self, *, on: bool) -> None:
        """Show the way back to a session, or not."""
        self.back.setVisible(on)

    def showEvent(self, event: QShowEvent) -> None:
        """Build the sections the first time."""
        super().showEvent(event)
        if not self.sections:
            self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave most of a narrow page to the text."""
        super().resizeEvent(event)
        wanted = CONTENTS_EM * self.fontMetrics().horizontalAdvance("M")
        self._side.setFixedWidth(min(wanted, round(self.width() * CONTENTS_SHARE)))

    @Slot()
    def open_print(self) -> None:
        """Offer the guide to a printer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - rarely wanted

        from itband_gui.ui.guide.printing import MARGINS_MM, guide_document  # noqa: PLC0415 - needed only to print

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageMargins(MARGINS_MM, QPageLayout.Unit.Millimeter)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page_mm = printer.pageLayout().paintRect(QPageLayout.Unit.Millimeter).size()
        document = guide_document(load_guide(), page_mm)
        dialog.accepted.connect(lambda: document.print_(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _lay_out(self) -> None:
        em = self.fontMetrics().horizontalAdvance("M")
        self.search.setPlaceholderText(QCoreApplication.translate("Guide", "Search (Ctrl+F)"))
        self.search.setAccessibleName(QCoreApplication.translate("Guide", "Search the guide"))
        self.search.setClearButtonEnabled(True)
        for clear in self.search.findChildren(QToolButton):
            clear.setAccessibleName(QCoreApplication.translate("Guide", "Clear the search"))
        self.contents.setAccessibleName(QCoreApplication.translate("Guide", "Contents"))
        self.contents.setWordWrap(True)
        self.contents.setItemDelegate(_Titles(self.contents))
        self.contents.setResizeMode(QListWidget.ResizeMode.Adjust)  # titles wrap anew
        CurrentFollows(self.contents)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        contents = QVBoxLayout(self._side)
        contents.setContentsMargins(0, 0, 0, SPACE["l"])
        contents.setSpacing(SPACE["s"])
        for widget in (self.back, self.search, self.contents, self.print):
            contents.addWidget(widget)
        content = QWidget()
        content.setLayout(self._column)
        content.setMaximumWidth(WIDEST_EM * em)
        self._column.setContentsMargins(0, 0, SPACE["l"], 0)
        self.reader = ScrollColumn(content)
        self.reader.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self.reader, QAccessible.Role.Grouping)
        self.reader.setAccessibleName(QCoreApplication.translate("Guide", "Text of the guide"))
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["s"], 0)
        box.setSpacing(SPACE["xl"])
        box.addWidget(self._side)
        box.addWidget(self.reader, 1)

    def _build(self) -> None:
        self.nothing.hide()
        self._column.addWidget(self.nothing)
        for section in load_guide():
            view = SectionView(section, self._appearance)
            self.sections.append(view)
            self._column.addWidget(view)
            self.contents.addItem(QListWidgetItem(section.title))
        self._column.addStretch(1)

    @Slot(str)
    def _find(self, words: str) -> None:
        """Show only the sections that hold every word."""
        found = [view.section.matches(words) for view in self.sections]
        for row, (view, matches) in enumerate(zip(self.sections, found, strict=True)):
            view.setVisible(matches)
            self.contents.item(row).setHidden(not matches)
        self.nothing.setVisible(not any(found))
        self.reader.verticalScrollBar().setValue(0)

    @Slot(int)
    def _go_to(self, row: int) -> None:
        if 0 <= row < len(self.sections):
            self.reader.verticalScrollBar().setValue(self.sections[row].y())

    @Slot()
    def _escape(self) -> None:
        """Clear the search first, then go back if there is a way."""
        if self.search.text():
            self.search.clear()
        elif not self.back.isHidden():
            self.back_requested.emit()
