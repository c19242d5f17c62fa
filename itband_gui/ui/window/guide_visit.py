"""Opens the guide in the middle of a session, and leads back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from itband_gui.leg.names import Technique

if TYPE_CHECKING:
    from itband_gui.ui.guide.page import GuidePage
    from itband_gui.ui.session.page import SessionPage


class GuideVisit(QObject):
    """Pause a session while its user reads the guide, then continue where it was.

    Args:
        guide: returns the window's guide page, creating it if there is none yet.
        show: puts a page in front.

    """

    def __init__(self, guide: "Callable[[], GuidePage]", show: Callable[[QWidget], None]) -> None:
        super().__init__()
        self._make_guide = guide
        self._guide: GuidePage | None = None
        self._show = show
        self._session: SessionPage | None = None
        self._was_running = False

    def begin(self, session: "SessionPage") -> None:
        """Go from a session to the guide."""
        self._session, self._was_running = session, session.clock.engine.running
        session.clock.pause()
        if self._guide is None:
            self._guide = self._make_guide()
            self._guide.back_requested.connect(self._end)
        self._guide.offer_back(on=True)
        self._show(self._guide)
        self._guide.turn_to(_section(session))

    def forget(self) -> None:
        """Offer no way back, because the session's page is gone."""
        self._session = None
        if self._guide is not None:
            self._guide.offer_back(on=False)

    @Slot()
    def _end(self) -> None:
        session = self._session
        if session is None:
            return
        self.forget()
        self._show(session)
        if self._was_running:
            session.clock.go_on()


def _section(session: "SessionPage") -> str:
    """Return the id of the section on the current or next technique."""
    engine = session.clock.engine
    phase = engine.phase if engine.phase.work else engine.upcoming
    if phase is None or phase.work is None:
        return "stop"
    return {
        Technique.HEEL_OF_HAND: "heel",
        Technique.KNUCKLES: "knuckles",
        Technique.LIGHT: "light",
    }[phase.work.technique]
