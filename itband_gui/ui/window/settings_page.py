"""The Settings page and the About dialog."""

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QSlider, QVBoxLayout, QWidget

from itband_gui import __version__
from itband_gui.cues.sound_settings import Rate, VoiceSource
from itband_gui.machine.components import licences_dir, parts
from itband_gui.machine.log import versions
from itband_gui.session.cues import Count, Talk
from itband_gui.ui.journal_file.section import JournalSection
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.look.theme import ThemeName, system_theme
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.session.sound_check import SoundPanel
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.choices import Segments
from itband_gui.ui.widgets.dialogs import TextDialog
from itband_gui.ui.widgets.layout import Card, OptionRow, ScrollColumn, centre_column
from itband_gui.ui.widgets.text import TextLabel

_WIDE_EM, _HIGH_EM = 48, 40  # in letters M and lines: our choice
_LINES = 8  # least number of visible lines


def about_dialog(parent: QWidget) -> "AboutDialog":
    """Open the dialog over a page and return it."""
    dialog = AboutDialog(parent)
    dialog.open()
    return dialog


class AboutDialog(TextDialog):
    """Lists the program and its parts as text to select and copy."""

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
        """Return the versions that the program runs on, then its parts."""
        return f"{versions()}\n\n{super().text_to_copy()}\n"


def _wellness_text() -> str:
    return QCoreApplication.translate(
        "About",
        "A guided hand massage and a soreness journal. General wellness information, not medical "
        "advice.",
    )


def _lgpl_text() -> str:
    """Return the rights that the LGPL grants, and where the licences are."""
    folder = licences_dir()
    granted = QCoreApplication.translate(
        "About",
        "Qt, PySide6 and Shiboken are used under the GNU LGPL 3. They are separate libraries: you "
        "may replace them with modified versions, and reverse-engineer the program to debug "
        "those. The source of each part is listed below.",
    )
    if folder is None:
        return granted
    where = QCoreApplication.translate("About", "All licence texts: {folder}")
    return f"{granted} {where.format(folder=folder)}"


def _parts_text() -> str:
    return "\n".join(
        f"{part.name} {part.version}: {part.licence}\n    {part.source}" for part in parts()
    )


class SettingsPage(QWidget):
    """Voice and sound, the screen, the journal's file, and About."""

    def __init__(
        self,
        settings: Settings,
        appearance: Appearance,
        check: SoundPanel,
        journal: JournalSection,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._appearance = appearance
        self.check = check
        self.journal = journal
        self.talk = self._talk()
        self.count = self._count()
        self.source = self._source()
        self.rate = self._rate()
        self.volume = self._volume()
        self.theme = self._theme()
        self.floor_mode = _flag(
            QCoreApplication.translate("Settings", "Start every session in full screen"),
            on=settings.floor_mode,
        )
        self.less_motion = _flag(
            QCoreApplication.translate(
                "Settings", "Less motion: a marker that moves in steps instead of the hand"
            ),
            on=appearance.less_motion,
        )
        self.about = button(
            QCoreApplication.translate("Settings", "About IT Band Guide…"),
            lambda: about_dialog(self),
        )
        self.floor_mode.toggled.connect(self._take_floor_mode)
        self.less_motion.toggled.connect(self._take_less_motion)
        self._lay_out()
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(journal.undo)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_told)
        journal.told.connect(self._show_told)

    def first_focus(self) -> QWidget:
        """Return the first choice."""
        return self.talk.button_for(self._settings.talk)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], SPACE["xl"])
        column.setSpacing(SPACE["l"])
        column.addWidget(TextLabel(QCoreApplication.translate("Settings", "Settings"), "title"))
        column.addWidget(
            Card(
                TextLabel(QCoreApplication.translate("Settings", "Voice and sound"), "lead"),
                *_named(
                    QCoreApplication.translate("Settings", "How much the voice says"), self.talk
                ),
                *_named(QCoreApplication.translate("Settings", "Counting strokes"), self.count),
                *_named(QCoreApplication.translate("Settings", "Voice"), self.source),
                *_named(QCoreApplication.translate("Settings", "Speaking speed"), self.rate),
                *_named(QCoreApplication.translate("Settings", "Volume"), self.volume),
                self.check,
            )
        )
        column.addWidget(
            Card(
                TextLabel(QCoreApplication.translate("Settings", "Screen"), "lead"),
                self.floor_mode,
                self.less_motion,
                *_named(QCoreApplication.translate("Settings", "Appearance"), self.theme),
            )
        )
        column.addWidget(self.journal)
        column.addWidget(self.about, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        box = centre_column(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(content)
        box.addWidget(self._scroll)

    @Slot()
    def _show_told(self) -> None:
        """Keep the notice about the journal in sight, also after the layout makes room for it."""
        if self.journal.notices.notice is not None:
            self._scroll.ensureWidgetVisible(self.journal.notices)

    def _talk(self) -> Segments[Talk]:
        row: Segments[Talk] = Segments(
            [
                (Talk.FULL, QCoreApplication.translate("Settings", "Everything")),
                (Talk.BRIEF, QCoreApplication.translate("Settings", "Brief")),
                (Talk.TONES, QCoreApplication.translate("Settings", "Tones only")),
                (Talk.SILENT, QCoreApplication.translate("Settings", "Nothing")),
            ],
            QCoreApplication.translate("Settings", "How much the voice says"),
        )
        row.choose(self._settings.talk)
        row.chosen.connect(self._take_talk)
        return row

    def _count(self) -> Segments[Count]:
        row: Segments[Count] = Segments(
            [
                (Count.ALL, QCoreApplication.translate("Settings", "Every stroke")),
                (Count.LAST_THREE, QCoreApplication.translate("Settings", "The last three")),
                (Count.NONE, QCoreApplication.translate("Settings", "None")),
            ],
            QCoreApplication.translate("Settings", "Counting strokes"),
        )
        row.choose(self._settings.count)
        row.chosen.connect(self._take_count)
        return row

    def _source(self) -> Segments[VoiceSource]:
        row: Segments[VoiceSource] = Segments(
            [
                (VoiceSource.AUTOMATIC, QCoreApplication.translate("Settings", "Automatic")),
                (VoiceSource.SYSTEM, QCoreApplication.translate("Settings", "System")),
                (VoiceSource.RECORDED, QCoreApplication.translate("Settings", "Recorded")),
            ],
            QCoreApplication.translate("Settings", "Voice"),
        )
        chosen = self._settings.sound.source
        row.choose(chosen if chosen in _OFFERED else VoiceSource.AUTOMATIC)
        row.chosen.connect(lambda source: self._take_sound(source=source))
        return row

    def _rate(self) -> Segments[Rate]:
        row: Segments[Rate] = Segments(
            [
                (Rate.SLOW, QCoreApplication.translate("Settings", "Slow")),
                (Rate.NORMAL, QCoreApplication.translate("Settings", "Normal")),
                (Rate.FAST, QCoreApplication.translate("Settings", "Fast")),
            ],
            QCoreApplication.translate("Settings", "Speaking speed"),
        )
        row.choose(self._settings.sound.rate)
        row.chosen.connect(lambda rate: self._take_sound(rate=rate))
        return row

    def _volume(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setSingleStep(5)
        slider.setPageStep(20)
        slider.setTracking(False)  # saved on release, not at every step
        slider.setValue(self._settings.sound.volume)
        slider.setAccessibleName(QCoreApplication.translate("Settings", "Volume"))
        slider.valueChanged.connect(lambda volume: self._take_sound(volume=volume))
        return slider

    def _theme(self) -> Segments[ThemeName | None]:
        row: Segments[ThemeName | None] = Segments(
            [
                (None, QCoreApplication.translate("Settings", "Same as system")),
                (ThemeName.LIGHT, QCoreApplication.translate("Settings", "Light")),
                (ThemeName.DARK, QCoreApplication.translate("Settings", "Dark")),
                (ThemeName.CONTRAST, QCoreApplication.translate("Settings", "High contrast")),
            ],
            QCoreApplication.translate("Settings", "Appearance"),
        )
        row.choose(self._settings.theme)
        row.chosen.connect(self._take_theme)
        return row

    def _take_sound(self, **changes: VoiceSource | Rate | int) -> None:
        self._settings.sound = replace(self._settings.sound, **changes)

    @Slot(Talk)
    def _take_talk(self, talk: Talk) -> None:
        self._settings.talk = talk

    @Slot(Count)
    def _take_count(self, count: Count) -> None:
        self._settings.count = count

    def _take_theme(self, name: ThemeName | None) -> None:
        self._settings.theme = name
        self._appearance.choose(name or system_theme())

    @Slot(bool)
    def _take_floor_mode(self, on: bool) -> None:
        self._settings.floor_mode = on

    @Slot(bool)
    def _take_less_motion(self, on: bool) -> None:
        self._settings.less_motion = self._appearance.less_motion = on


_OFFERED = {VoiceSource.AUTOMATIC, VoiceSource.SYSTEM, VoiceSource.RECORDED}


def _flag(text: str, *, on: bool) -> OptionRow:
    row = OptionRow(QCheckBox(), text)
    row.box.setChecked(on)
    return row


def _named(name: str, control: QWidget) -> tuple[QWidget, QWidget]:
    """Return a control with its name above it."""
    return TextLabel(name, "small"), control
