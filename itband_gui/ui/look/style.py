"""Builds one stylesheet for the whole program, sized by the application's font.

Widgets choose a look through the property `look`; colours come from palette roles and, for go, easy
and rest, from the theme.
"""

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QWidget

from itband_gui.machine.assets import assets_dir
from itband_gui.ui.look.theme import THEMES, Theme, ThemeName, system_wants_less_motion

Look = Literal[
    "primary", "main", "plain", "quiet", "danger", "segment", "score", "card", "notice", "warning",
    "title", "headline", "lead", "small", "strong", "nav", "nav-tight", "bar", "easy", "rest",
    "place", "scroll", "body",
]  # fmt: skip

SPACE = {"xs": 4, "s": 8, "m": 12, "l": 16, "xl": 24}  # px at the base of 4
CORNER = 10
STEPS = {"small": 0.9, "lead": 1.2, "headline": 1.6, "title": 2.2}


def look(widget: QWidget, name: Look) -> None:
    """Give a widget one of the looks; this is free before it is first shown."""
    if widget.property("look") == name:
        return
    widget.setProperty("look", name)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        # A button caches its size hint, and polishing does not reset it.
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def scaled_font(step: str) -> QFont:
    """Return the application's font, larger by one of the type steps."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * STEPS[step])
    return font


class Appearance(QObject):
    """Applies a theme to the whole application and emits `changed`.

    `less_motion` follows the desktop until the user chooses.
    """

    changed = Signal()

    def __init__(self, app: QApplication, name: ThemeName) -> None:
        super().__init__(app)
        self._app = app
        self._name = name
        self.less_motion = system_wants_less_motion()
        self._apply()

    @property
    def theme(self) -> Theme:
        """The current theme."""
        return THEMES[self._name]

    def choose(self, name: ThemeName) -> None:
        """Switch the whole application to a theme."""
        if name is not self._name:
            self._name = name
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._app.setPalette(self.theme.palette())
        self._app.setStyleSheet(stylesheet(self.theme, self._app.font().pointSizeF()))


def stylesheet(theme: Theme, base_pt: float) -> str:
    """Return the stylesheet for a theme and a base font size in points."""
    sizes = {step: f"{base_pt * factor:.1f}pt" for step, factor in STEPS.items()}
    thick = 2 if theme.name is ThemeName.CONTRAST else 1
    grows = 2 - thick  # extra px of the focus ring, taken off the padding so the text stays put
    pad_x, pad_y = round(base_pt * 1.4), round(base_pt * 0.6)
    mark = round(base_pt * 1.5)
    tick = "tick-white.svg" if theme.on_accent == "#FFFFFF" else "tick-ink.svg"
    return _SHEET.format(
        **sizes,
        mark=mark,
        dot=mark // 3,
        hole=mark + 4 - 2 * (mark // 3),
        round=mark // 2 + 2,
        tick=(assets_dir() / "icons" / tick).as_posix(),
        corner=CORNER,
        thick=thick,
        off="dashed" if theme.name is ThemeName.CONTRAST else "solid",  # both colours are the same
        easy=theme.easy,
        rest=theme.rest,
        quiet=theme.quiet_ink,
        # Qt's own file dialog has dark icons in every theme.
        bright=max(theme.surface, theme.ink, key=lambda colour: QColor(colour).lightness()),
        pad_y=f"{pad_y}px",
        pad_x=f"{pad_x}px",
        ring_y=f"{pad_y - grows}px",
        ring_x=f"{pad_x - grows}px",
        tight=f"{base_pt * 0.4:.0f}px",
    )


_SHEET = """
QWidget {{ selection-background-color: palette(highlight);
  selection-color: palette(highlighted-text); }}
QMainWindow, QDialog, QMessageBox, QStackedWidget {{ background: palette(window); }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollArea[look="scroll"] {{ border: 2px solid transparent; border-radius: {corner}px; }}
QScrollArea[look="scroll"]:focus {{ border-color: palette(highlight); }}
QLabel {{ background: transparent; }}
QLabel[look="title"] {{ font-size: {title}; font-weight: 600; }}
QLabel[look="headline"] {{ font-size: {headline}; font-weight: 600; }}
QLabel[look="lead"] {{ font-size: {lead}; }}
QLabel[look="small"] {{ font-size: {small}; color: {quiet}; }}
QLabel[look="strong"] {{ font-weight: 600; }}
QLabel[look="easy"] {{ color: {easy}; font-weight: 600; }}
QLabel[look="rest"] {{ color: {rest}; font-weight: 600; }}

QFrame[look="card"] {{ background: palette(base); border: {thick}px solid palette(mid);
  border-radius: {corner}px; }}
QFrame[look="card"]:focus {{ border: 2px solid palette(highlight); }}
QFrame[look="notice"] {{ background: palette(alternate-base);
  border: {thick}px solid palette(highlight); border-radius: {corner}px; }}
QFrame[look="warning"] {{ background: palette(base); border: 2px solid {rest};
  border-radius: {corner}px; }}
QFrame[look="bar"] {{ background: palette(base); border: none;
  border-bottom: {thick}px solid palette(mid); }}

QPushButton, QToolButton {{ background: palette(base); color: palette(button-text);
  border: {thick}px solid palette(mid); border-radius: {corner}px;
  padding: {pad_y} {pad_x}; }}
QPushButton:hover, QToolButton:hover {{ border-color: palette(highlight); }}
QPushButton:pressed, QToolButton:pressed {{ background: palette(alternate-base); }}
QPushButton:focus, QToolButton:focus, QCheckBox:focus, QRadioButton:focus {{
  border: 2px solid palette(highlight); outline: none; }}
QPushButton:focus, QToolButton:focus {{ padding: {ring_y} {ring_x}; }}
QPushButton:disabled {{ color: {quiet}; background: palette(window); border-style: {off}; }}
QPushButton[look="primary"] {{ background: palette(highlight);
  color: palette(highlighted-text); border: 2px solid palette(highlight); font-weight: 600; }}
QPushButton[look="primary"]:hover, QPushButton[look="primary"]:focus {{
  border: 2px solid palette(window-text); padding: {pad_y} {pad_x}; }}
QPushButton[look="primary"]:disabled {{ background: palette(window); color: {quiet};
  border-color: palette(mid); border-style: {off}; }}
QPushButton[look="quiet"], QToolButton[look="quiet"] {{ background: transparent;
  color: palette(highlight); border-color: transparent; }}
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover {{
  border-color: palette(mid); }}
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus {{
  border: 2px solid palette(highlight); }}
QPushButton[look="main"] {{ background: palette(highlight); font-size: {headline};
  color: palette(highlighted-text); border: 2px solid palette(highlight); font-weight: 600; }}
QPushButton[look="main"]:hover, QPushButton[look="main"]:focus {{
  border: 2px solid palette(window-text); padding: {pad_y} {pad_x}; }}
QPushButton[look="danger"] {{ border: 2px solid {rest}; color: {rest}; font-weight: 600; }}
QPushButton[look="danger"]:focus {{ border-color: palette(highlight); }}
QPushButton[look="nav"], QPushButton[look="nav-tight"] {{ background: transparent;
  border: 2px solid transparent; }}
QPushButton[look="nav"] {{ padding: {pad_y} {pad_x}; }}
QPushButton[look="nav-tight"] {{ padding: {pad_y} {tight}; }}
QPushButton[look="nav"]:checked, QPushButton[look="nav-tight"]:checked {{
  background: palette(alternate-base); }}
QPushButton[look="nav"]:focus, QPushButton[look="nav-tight"]:focus {{
  border: 2px solid palette(highlight); }}
QPushButton[look="segment"]:checked, QPushButton[look="score"]:checked,
QPushButton[look="place"]:checked {{ background: palette(highlight);
  color: palette(highlighted-text); border-color: palette(highlight); }}
QPushButton[look="segment"]:checked:focus, QPushButton[look="score"]:checked:focus {{
  border: 2px solid palette(window-text); }}
QPushButton[look="segment"][stacked="true"] {{ text-align: left;
  font-size: {lead}; min-height: 1.7em; }}
QPushButton[look="score"] {{ padding: {pad_y} 0; min-width: 1.6em; font-weight: 600; }}
QPushButton[look="score"]:focus {{ padding: {ring_y} 0; }}
QFileDialog QToolButton, QFileDialog QToolButton:pressed {{ background: {bright};
  padding: 4px; }}
QFileDialog QToolButton:pressed {{ border: 2px solid palette(highlight); }}
QToolButton::menu-indicator {{ image: none; width: 0; }}

QLineEdit, QPlainTextEdit, QSpinBox {{
  background: palette(base); color: palette(text); border: {thick}px solid palette(mid);
  border-radius: 6px; padding: 6px 8px; min-height: 1.4em;
  placeholder-text-color: {quiet}; }}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus {{ border: 2px solid palette(highlight); }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 4px; border: 2px solid transparent;
  border-radius: 6px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {mark}px; height: {mark}px;
  background: palette(base); border: 2px solid {quiet}; border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: {round}px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: palette(highlight); }}
QCheckBox::indicator:checked {{ background: palette(highlight);
  border-color: palette(highlight); image: url("{tick}"); }}
QRadioButton::indicator:checked {{ width: {hole}px; height: {hole}px;
  background: palette(highlighted-text); border: {dot}px solid palette(highlight); }}
QMenu {{ background: palette(base); color: palette(text); border: 1px solid palette(mid);
  padding: 4px; }}
QMenu::item {{ padding: 6px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: palette(alternate-base); }}
QToolTip {{ background: palette(base); color: palette(text); border: 1px solid palette(mid);
  padding: 4px 8px; }}
QSlider {{ min-height: 24px; }}
QSlider::groove:horizontal {{ height: 6px; background: palette(mid); border-radius: 3px; }}
QSlider::sub-page:horizontal {{ background: palette(highlight); border-radius: 3px; }}
QSlider::handle:horizontal {{ width: 16px; margin: -7px 0; border-radius: 10px;
  background: palette(base); border: 2px solid palette(highlight); }}
QSlider::handle:horizontal:focus {{ border: 2px solid palette(window-text); }}
QProgressBar {{ background: palette(mid); border: none; border-radius: 4px; max-height: 8px;
  min-height: 8px; }}
QProgressBar::chunk {{ background: palette(highlight); border-radius: 4px; }}
QListWidget::item {{ padding: 6px 8px; border-radius: 6px; border: 2px solid transparent; }}
QListWidget::item:hover {{ background: palette(alternate-base); }}
QListWidget::item:selected {{ background: palette(alternate-base); color: palette(text); }}
QListWidget::item:selected:focus {{ border: 2px solid palette(highlight); }}
QListView {{ background: transparent; border: none; outline: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: palette(mid); border-radius: 6px; min-height: 32px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: palette(mid); border-radius: 6px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: transparent; height: 0; width: 0; }}
"""
