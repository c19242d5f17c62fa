"""Asks before a session ends, or a window with unsaved changes closes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from itband_gui.session.events import Event
    from itband_gui.ui.session.clock import SessionClock
    from itband_gui.ui.widgets.dialogs import Question


class ClosingQuestion(QObject):
    """Asks one question at a time over `window`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._question: Question | None = None
        self._loss: Question | None = None  # the same question, if it is about losing changes

    def ask_to_end(self, clock: "SessionClock", end: Callable[[], object]) -> None:
        """Ask whether to end the session, which pauses meanwhile."""
        was_running = clock.engine.running
        clock.pause()
        question = self._ask(
            QCoreApplication.translate("Window", "End the session here?"),
            QCoreApplication.translate("Window", "What you have done so far is saved."),
            (
                QCoreApplication.translate("Window", "Keep going"),
                QCoreApplication.translate("Window", "End and save"),
            ),
            end,
        )
        if question is not None:
            clock.happened.connect(self._look)
            if was_running:
                question.stayed.connect(clock.go_on)

    def ask_to_lose(self, lose: Callable[[], object]) -> None:
        """Ask whether to close although the last changes are not saved."""
        asked = self._ask(
            QCoreApplication.translate("Window", "Close without saving?"),
            QCoreApplication.translate(
                "Window", "The last changes to your journal are not on the disk and would be lost."
            ),
            (
                QCoreApplication.translate("Window", "Stay"),
                QCoreApplication.translate("Window", "Close and lose them"),
            ),
            lose,
        )
        self._loss = asked or self._loss

    @Slot()
    def nothing_to_lose(self) -> None:
        """Close the question about unsaved changes: they have been saved."""
        if self._loss is not None:
            self._loss.close()

    def _ask(
        self, text: str, remark: str, answers: tuple[str, str], on_go: Callable[[], object]
    ) -> "Question | None":
        """Ask, unless a question is already open."""
        from itband_gui.ui.widgets.dialogs import Question  # noqa: PLC0415 - not needed at start

        if self._question is not None:
            return None
        self._question = Question(self._window, text, remark, answers, on_go)
        self._question.finished.connect(self._forget)
        return self._question

    @Slot(object)
    def _look(self, event: "Event") -> None:
        """Close the question if a media key has answered it."""
        from itband_gui.session.events import Resumed, SessionEnded  # noqa: PLC0415 - not needed at start

        if self._question is not None and isinstance(event, SessionEnded | Resumed):
            question, self._question = self._question, None
            question.stayed.disconnect()
            question.close()

    @Slot()
    def _forget(self) -> None:
        self._question = self._loss = None
