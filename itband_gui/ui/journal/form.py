"""The base class of the entry forms: time, note, and a check that the entry can be saved."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itband_gui.journal.entries import Entry
from itband_gui.ui.journal.note_field import NoteField
from itband_gui.ui.journal.when_field import WhenField
from itband_gui.ui.style import SPACE
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.widgets.wrapping_row import WrappingRow

Now = Callable[[], datetime]


class EntryForm(QWidget):
    """The fields of one entry.

    A kind's own form adds its fields, then calls `add_when_and_note`: the order of adding is the
    order on the screen and of the Tab key.
    """

    changed = Signal()

    def __init__(self, title: str, at: datetime, note: str, now: Now) -> None:
        super().__init__()
        self.title = title
        self.when = WhenField(QCoreApplication.translate("EntryForm", "When"), at, now)
        self.note = NoteField(note)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE["xs"], SPACE["xs"], SPACE["s"], SPACE["xs"])
        self._box.setSpacing(SPACE["m"])
        self.when.changed.connect(self.changed)
        self.note.changed.connect(self.changed)

    @property
    def refusal(self) -> str:
        """Why the entry cannot be kept as it is, or ""."""
        return self.missing() or self.told_by_field()

    def missing(self) -> str:
        """Return what a kind's own fields still lack, or ""."""
        return ""

    def told_by_field(self) -> str:
        """Return what a field itself says against what is in it, or ""."""
        return self.when.refusal or self.note.refusal

    def entry(self) -> Entry:
        """Return what was typed, to be asked only without a refusal."""
        raise NotImplementedError

    def first_focus(self) -> QWidget:
        """Return where the keyboard starts."""
        return self.note.editor

    def take_key(self, key: int) -> bool:  # noqa: ARG002 - for the kinds that have such keys
        """Answer by a single key; whether it was one."""
        return False

    def add_field(self, name: str, field: QWidget) -> QWidget:
        """Add a field under its name, and return both as one."""
        group = _named(name, field)
        self._box.addWidget(group)
        return group

    def add_row(self, *fields: tuple[str, QWidget]) -> None:
        """Add fields side by side, each under its name, where there is room."""
        groups = [_named(*each) for each in fields]
        for group in groups:
            group.setContentsMargins(0, 0, SPACE["l"], 0)
        self._box.addWidget(WrappingRow(groups))

    def add_reason(self, label: TextLabel) -> None:
        """Add a line that says, while there is something to say, why a field above is refused."""
        self._box.addWidget(label)

    def add_words(self, text: str) -> None:
        """Add a sentence that cannot be changed."""
        self._box.addWidget(TextLabel(text))

    def add_when_and_note(self) -> None:
        """Add the fields that every kind has."""
        self.add_field(QCoreApplication.translate("EntryForm", "When"), self.when)
        self.add_field(QCoreApplication.translate("EntryForm", "Note"), self.note)
        self._box.addStretch(1)


def _named(name: str, field: QWidget) -> QWidget:
    group = QWidget()
    box = QVBoxLayout(group)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(SPACE["xs"])
    if name:
        box.addWidget(TextLabel(name, "small", wrap=False))
    box.addWidget(field)
    return group
