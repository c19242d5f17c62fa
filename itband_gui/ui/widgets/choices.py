"""Choices: a row of buttons, or a menu, with one selected."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from itband_gui.ui.look.style import SPACE
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import WrappingRow
from itband_gui.ui.widgets.text import in_lines

T = TypeVar("T")


class Segments(QWidget, Generic[T]):
    """One button per value; nothing is chosen until `choose` is called.

    Args:
        options: the values with their texts.
        name: the group's name for a screen reader.
        stacked: one below the other, for long texts.

    """

    chosen = Signal(object)

    def __init__(
        self, options: Sequence[tuple[T, str]], name: str, *, stacked: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._texts = [text for _, text in options] if stacked else []
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for index, (_, text) in enumerate(options):
            made = button(text, name="segment")
            made.setCheckable(True)
            made.setProperty("stacked", stacked)
            if stacked:
                made.setAccessibleName(text)
                made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._group.addButton(made, index)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["s"])
        rows = self._group.buttons() if stacked else [WrappingRow(self._group.buttons())]
        for row in rows:
            box.addWidget(row)
        self._group.idToggled.connect(self._toggled)

    @property
    def value(self) -> T | None:
        """The chosen value, or None."""
        index = self._group.checkedId()
        return None if index < 0 else self._values[index]

    def choose(self, value: T) -> None:
        """Choose a value as a click would."""
        chosen = self.button_for(value)
        if chosen.isEnabled() and not chosen.isChecked():
            chosen.setChecked(True)

    def clear(self) -> None:
        """Choose nothing."""
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(False)
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.setExclusive(True)

    def button_for(self, value: T) -> QPushButton:
        """Return the button of a value."""
        found: QObject = self._group.button(self._values.index(value))
        assert isinstance(found, QPushButton)  # noqa: S101 - only push buttons are added above
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the long texts of a stack; Qt's buttons do not."""
        super().resizeEvent(event)
        for made, text in zip(self._group.buttons(), self._texts, strict=False):
            _fit(made, text, self.width())

    def _toggled(self, index: int, checked: bool) -> None:
        """Emit a choice however it was made: a screen reader toggles without a click.

        Tab stops only at the chosen button; Qt does that too, but not before the first visit.
        """
        if checked:
            for each in self._group.buttons():
                by_tab = each.isChecked()
                policy = Qt.FocusPolicy.StrongFocus if by_tab else Qt.FocusPolicy.ClickFocus
                each.setFocusPolicy(policy)
            self.chosen.emit(self._values[index])


def _fit(made: QAbstractButton, text: str, width: int) -> None:
    """Set a button's text in lines that fit a width."""
    made.ensurePolished()
    metrics = made.fontMetrics()
    around = made.sizeHint().width() - metrics.size(0, made.text()).width()
    lines = in_lines(text, lambda line: metrics.size(0, line).width(), width - around)
    made.setText("\n".join(lines))


class ChoiceMenu(QPushButton, Generic[T]):
    """A choice of one value from a menu; initially the first."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[T, str]], name: str) -> None:
        super().__init__()
        self._name = name
        self._options = list(options)
        self._chosen = 0
        self.choices = QMenu(self)
        group = QActionGroup(self.choices)
        for value, text in options:
            action = self.choices.addAction(text)
            action.setCheckable(True)
            group.addAction(action)
            action.toggled.connect(lambda on, value=value: self._toggled(value, on=on))
        self.setAutoDefault(False)
        self.clicked.connect(self.open)
        self._show()

    @property
    def value(self) -> T:
        """The chosen value."""
        return self._options[self._chosen][0]

    def choose(self, value: T) -> None:
        """Choose a value as a click in the menu would."""
        index = [each for each, _ in self._options].index(value)
        if index != self._chosen:
            self._chosen = index
            self._show()
            self.chosen.emit(value)

    def open(self) -> None:
        """Open the menu below the button, at the chosen value."""
        self.choices.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.choices.setActiveAction(self.choices.actions()[self._chosen])

    def sizeHint(self) -> QSize:
        """Ask for the width of the longest option, so that nothing around moves."""
        longest = max(self._width_of(_shown(text)) for _, text in self._options)
        return super().sizeHint() + QSize(longest - self._width_of(self.text()), 0)

    def _width_of(self, text: str) -> int:
        """Return a text's width as Qt's buttons compute it, in px."""
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()

    def _toggled(self, value: T, *, on: bool) -> None:
        if on:
            self.choose(value)

    def _show(self) -> None:
        """Show the chosen value, with the name of the choice for screen readers."""
        text = self._options[self._chosen][1]
        self.choices.actions()[self._chosen].setChecked(True)
        self.setText(_shown(text))
        self.setAccessibleName(
            QCoreApplication.translate("ChoiceMenu", "{name}: {chosen}").format(
                name=self._name, chosen=text
            )
        )
        self.updateGeometry()


def _shown(text: str) -> str:
    return f"{text}  ▾"
