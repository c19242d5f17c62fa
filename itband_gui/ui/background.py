"""Work for one widget in another thread, its results handed over in the window's."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Slot

from itband_gui.ui.worker import NoThreadError, Worker, arrivals, as_error

T = TypeVar("T")
_Outcome = tuple[object, Exception | None]


class Background(QObject):
    """Has work done in order; what the work is given is shared with its thread: only frozen values.

    Of the two callables only the work goes into the other thread, so that no widget ends there.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker[_Outcome] = Worker(arrivals())
        self._worker.arrivals.some.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thens: deque[Callable[[Any], object]] = deque()
        self._is_stopped = False

    @property
    def is_busy(self) -> bool:
        """Whether anything is to be done, or to be handed over."""
        return bool(self._thens) and not self._is_stopped

    def do(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Have something done; `then` gets the result. Returns at once."""
        self._thens.append(then)
        try:
            self._worker.put(partial(_done, work))
        except NoThreadError as error:
            self._worker.hand_over((None, error))

    def stop(self) -> None:
        """Hand nothing over any more: nobody is there to take it."""
        self._is_stopped = True

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything is done and handed over, and return whether it is."""
        while self.is_busy and self._worker.wait(timeout_s):
            self._deliver()
        return not self.is_busy

    @Slot()
    def _deliver(self) -> None:
        while (outcome := self._worker.take()) is not None:
            then = self._thens.popleft()
            result, bug = outcome
            if bug is not None:
                raise bug
            if not self._is_stopped:
                then(result)


def _done(work: Callable[[], object]) -> _Outcome:
    try:
        return work(), None
    except BaseException as bug:  # noqa: BLE001 - raised again in the window's thread
        return None, as_error(bug)
