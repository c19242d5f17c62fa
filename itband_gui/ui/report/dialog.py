"""The dialog that previews, saves and prints the report."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, QSize, QStandardPaths, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QPagedPaintDevice,
    QPainter,
    QPaintEvent,
    QPen,
    QPicture,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from itband_gui.insight.days import Period, Range, known_by, last_day, period_of, up_to
from itband_gui.journal import safe_file
from itband_gui.journal.safe_file import NotSavedError
from itband_gui.safety.signs import Safety
from itband_gui.ui.look.access import give_role
from itband_gui.ui.look.keys import Announcer
from itband_gui.ui.look.style import SPACE
from itband_gui.ui.report import text as sentences
from itband_gui.ui.report.content import NAME_LENGTH, Content, page_content
from itband_gui.ui.report.drawing import GREY
from itband_gui.ui.report.page import Paper, layout_of, paint_page, pdf_bytes, print_on
from itband_gui.ui.services.journal_link import JournalLink
from itband_gui.ui.services.minute_look import MinuteLook
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.choices import Segments
from itband_gui.ui.widgets.finger import scroll_all_by_finger, scroll_by_finger
from itband_gui.ui.widgets.layout import OptionRow, ScrollColumn
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.plain import one_line
from itband_gui.wording.saving import not_written_text

_LETTER_EM = 100  # page width in letters M at which it is large enough to read; our choice
_NEAR_ENOUGH = 0.8  # of that; from here on, the page just fills the width


class _Sheet(QWidget):
    """The paper itself, white in every theme like the printed page."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPicture()
        self.paper = Paper.A4
        self.is_focused = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the recorded page at this size."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.save()
        painter.setPen(Qt.GlobalColor.black)  # a picture does not record its initial pen
        scale = self.width() / self.paper.size.width()
        painter.scale(scale, scale)
        painter.drawPicture(0, 0, self.picture)
        painter.restore()
        pen = QPen(self.palette().highlight(), 4) if self.is_focused else QPen(GREY, 1)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        half = pen.widthF() / 2
        painter.setPen(pen)
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        painter.end()


class PagePreview(QScrollArea):
    """Show a page; arrow keys scroll if it is larger than the view."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = _Sheet()
        self._is_large = False
        self.setWidget(self.sheet)
        scroll_by_finger(self)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Graphic)
        self.setAccessibleName(QCoreApplication.translate("Report", "Preview of the page"))

    def show_page(self, content: Content, paper: Paper) -> None:
        """Show content on a paper; screen readers get its words."""
        picture = QPicture()
        painter = QPainter(picture)
        ink = paint_page(painter, content, paper.size)
        painter.end()
        self.sheet.picture, self.sheet.paper = picture, paper
        self.setAccessibleDescription("\n".join(ink.said))
        self._fit()

    def enlarge(self, *, large: bool) -> None:
        """Show the page large enough to read, or the whole page."""
        self._is_large = large
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new size."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Outline the page, as keys scroll it now."""
        super().focusInEvent(event)
        self._outline(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the outline."""
        super().focusOutEvent(event)
        self._outline(on=False)

    def _outline(self, *, on: bool) -> None:
        self.sheet.is_focused = on
        self.sheet.update()

    def _fit(self) -> None:
        size, room = self.sheet.paper.size, self.maximumViewportSize()
        shape = size.height() / size.width()
        if self._is_large:
            wanted = _LETTER_EM * self.fontMetrics().horizontalAdvance("M")
            beside = room.width() - self.verticalScrollBar().sizeHint().width()
            width = float(beside if beside > wanted * _NEAR_ENOUGH else wanted)
        else:
            width = min(room.width(), room.height() / shape)
        self.sheet.resize(round(width), round(width * shape))
        self.sheet.update()


_SHARE = 0.94  # of the size of the window behind it
# Width of the choices in letters M, and its largest share of the dialog.
_COLUMN_EM, _COLUMN_SHARE = 24, 0.45


def report_dialog(
    link: JournalLink,
    safety: Safety,
    settings: Settings,
    parent: QWidget,
    length: Range = Range.THREE_MONTHS,
) -> "ReportDialog":
    """Open the dialog over a page, with a range chosen to start with, and return it."""
    dialog = ReportDialog(link, safety, settings, parent, length)
    dialog.open()
    return dialog


class ReportDialog(QDialog):
    """Choices on the left, the page on the right; it stays open until it is closed."""

    def __init__(
        self,
        link: JournalLink,
        safety: Safety,
        settings: Settings,
        parent: QWidget,
        length: Range,
    ) -> None:
        super().__init__(parent)
        self._link, self._safety, self._settings = link, safety, settings
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("Report", "One page for a physiotherapist"))
        self.lengths = _lengths()
        self.papers = _papers()
        self.zoom = _zoom()
        self.name = QLineEdit(settings.report_name)
        self.name.setMaxLength(NAME_LENGTH)
        self.remember = QCheckBox()
        self.remember.setChecked(bool(settings.report_name))
        self.told = TextLabel()
        self._announcer = Announcer(self.told)
        self.preview = PagePreview()
        self.save = button(
            QCoreApplication.translate("Report", "Save as PDF…"), self.ask_where, "primary"
        )
        self.print = button(QCoreApplication.translate("Report", "Print…"), self.open_print)
        self.close_button = button(QCoreApplication.translate("Report", "Close"), self.reject)
        self._lay_out(parent.window().size())
        self.lengths.choose(length)
        self.papers.choose(_usual_paper())
        self.zoom.choose(value=False)
        self._day = link.today
        self._nameless = self._reckoned()
        self._follow_choices()
        self._show()
        self.lengths.button_for(length).setFocus()

    def _follow_choices(self) -> None:
        """Show what is chosen, and what the journal and the clock change."""
        self.lengths.chosen.connect(self._reckon)
        self.papers.chosen.connect(self._show)
        self.name.textChanged.connect(self._show)
        self.zoom.chosen.connect(lambda large: self.preview.enlarge(large=large))
        self._link.changed.connect(self._reckon)
        self.clock = MinuteLook(self)
        self.clock.due.connect(self._look_at_clock)

    @property
    def paper(self) -> Paper:
        """The chosen paper."""
        return self.papers.value or Paper.A4

    @property
    def period(self) -> Period:
        """The days of the chosen range."""
        entries, now = list(self._link.book), self._link.now()
        last = last_day(entries, now)
        return period_of(self.lengths.value or Range.ALL, last, up_to(entries, now))

    @Slot()
    def ask_where(self) -> None:
        """Ask for a file and save the page to it."""
        folders = QStandardPaths.standardLocations(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        folder = Path(folders[0]) if folders else Path.home()
        dialog = QFileDialog(self, self.save.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(folder if folder.is_dir() else Path.home()))
        dialog.selectFile(f"soreness-{self.period.first}-{self.period.last}.pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()
        scroll_all_by_finger(dialog)

    @Slot(str)
    def save_to(self, file: str) -> None:
        """Save the page durably, readable only by its owner; show where, or why not."""
        try:
            target = safe_file.real_target(Path(file))
            if target.suffix.lower() != ".pdf":  # protects the journal, among others
                self._tell(sentences.no_pdf_text())
                return
            safe_file.replace_file(target, pdf_bytes(self._content(), self.paper))
        except NotSavedError as error:
            self._tell(not_written_text(error, one_line))
        else:
            self._tell(sentences.saved_text(str(target)))

    @Slot()
    def open_print(self) -> None:
        """Open the print dialog."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - loads printing, rarely needed

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setPageLayout(layout_of(self.paper))
        printer.setDocName(sentences.title())
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_on(self, printer: QPagedPaintDevice) -> None:
        """Print the page; show a message if the printer did not accept it."""
        self._tell("" if print_on(printer, self._content()) else sentences.not_printed_text())

    def done(self, result: int) -> None:
        """Close the dialog; keep the name only if the box is ticked."""
        self._settings.report_name = self.name.text() if self.remember.isChecked() else ""
        super().done(result)

    def _reckoned(self) -> Content:
        """Return the page's content for the chosen range, without the name."""
        entries = known_by(list(self._link.book), self._link.now())
        return page_content(entries, self.period, self._link.today, self._safety)

    def _content(self) -> Content:
        return self._nameless.named(self.name.text())

    @Slot()
    def _look_at_clock(self) -> None:
        if self._day != self._link.today:
            self._reckon()

    @Slot()
    def _reckon(self) -> None:
        self._day = self._link.today
        self._nameless = self._reckoned()
        self._show()

    @Slot()
    def _show(self) -> None:
        content = self._content()
        self.preview.show_page(content, self.paper)
        for each in (self.save, self.print):
            each.setEnabled(not content.empty)
        self._tell(sentences.nothing_text(self.period) if content.empty else "")

    def _tell(self, text: str) -> None:
        self.told.show_text(text)
        self._announcer.say(text)

    def _lay_out(self, window: QSize) -> None:
        """Lay out the dialog nearly as large as the window behind it."""
        self.name.setPlaceholderText(QCoreApplication.translate("Report", "Name (optional)"))
        self.name.setAccessibleName(self.name.placeholderText())
        remember = OptionRow(
            self.remember,
            QCoreApplication.translate("Report", "Remember the name on this computer"),
        )
        column = QWidget()
        choices = QVBoxLayout(column)
        choices.setContentsMargins(0, 0, SPACE["s"], 0)
        choices.setSpacing(SPACE["m"])
        headline = TextLabel(self.windowTitle(), "lead")
        rest = (self.papers, self.name, remember, TextLabel(sentences.private_text(), "small"))
        for widget in (headline, self.lengths, *rest, self.zoom):
            choices.addWidget(widget)
        choices.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(SPACE["m"])
        side.addWidget(ScrollColumn(column), 1)
        for each in (self.told, self.save, self.print, self.close_button):
            side.addWidget(each)
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        em = self.fontMetrics().horizontalAdvance("M")
        size = window * _SHARE
        holder.setFixedWidth(min(_COLUMN_EM * em, round(size.width() * _COLUMN_SHARE)))
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        box.setSpacing(SPACE["l"])
        box.addWidget(holder)
        box.addWidget(self.preview, 1)
        self.resize(size)


def _lengths() -> Segments[Range]:
    return Segments(
        [
            (Range.FOUR_WEEKS, QCoreApplication.translate("Report", "4 weeks")),
            (Range.THREE_MONTHS, QCoreApplication.translate("Report", "3 months")),
            (Range.YEAR, QCoreApplication.translate("Report", "1 year")),
            (Range.ALL, QCoreApplication.translate("Report", "All")),
        ],
        QCoreApplication.translate("Report", "How far back"),
    )


def _papers() -> Segments[Paper]:
    return Segments(
        [
            (Paper.A4, QCoreApplication.translate("Report", "A4")),
            (Paper.LETTER, QCoreApplication.translate("Report", "Letter")),
        ],
        QCoreApplication.translate("Report", "Paper"),
    )


def _zoom() -> Segments[bool]:
    return Segments(
        [
            (False, QCoreApplication.translate("Report", "Whole page")),
            (True, QCoreApplication.translate("Report", "Large")),
        ],
        QCoreApplication.translate("Report", "Preview"),
    )


def _usual_paper() -> Paper:
    """Return the usual paper of the user's country, roughly."""
    american = QLocale.MeasurementSystem.ImperialUSSystem
    is_american = QLocale.system().measurementSystem() is american
    return Paper.LETTER if is_american else Paper.A4
