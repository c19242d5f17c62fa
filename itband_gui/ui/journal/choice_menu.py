"""A button that says what is chosen and opens a menu of the choices."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

T = TypeVar("T")


class ChoiceMenu(QPushButton, Generic[T]):
    """Chooses one of some values; at first the first one."""

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
        """What is chosen."""
        return self._options[self._chosen][0]

    def choose(self, value: T) -> None:
        """Choose a value as a click in the menu would."""
        index = [each for each, _ in self._options].index(value)
        if index != self._chosen:
            self._chosen = index
            self._show()
            self.chosen.emit(value)

    def open(self) -> None:
        """Open the menu below the button, at what is chosen."""
        self.choices.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.choices.setActiveAction(self.choices.actions()[self._chosen])

    def sizeHint(self) -> QSize:
        """Ask for the room of the longest choice, so that no choice moves what is around."""
        longest = max(self._width_of(_shown(text)) for _, text in self._options)
        return super().sizeHint() + QSize(longest - self._width_of(self.text()), 0)

    def _width_of(self, text: str) -> int:
        """Return a text's width as Qt's buttons reckon it, in px."""
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()

    def _toggled(self, value: T, *, on: bool) -> None:
        if on:
            self.choose(value)

    def _show(self) -> None:
        """Show the chosen value, and say what it is a choice of."""
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
