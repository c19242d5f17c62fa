"""The page of a running session: the leg with the moving hand, what to do, and the controls."""

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from itband_gui.leg.names import Technique
from itband_gui.routine.plan import PhaseKind
from itband_gui.session.events import EndReason, Event, Paused, PhaseStarted, SessionEnded
from itband_gui.session.position import Position
from itband_gui.ui.leg.art import Hand, Marker
from itband_gui.ui.leg.labels import keep_off_labels
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.look.access import give_role
from itband_gui.ui.look.keys import Announcer, is_answer, key_meant
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.session.clock import SessionClock
from itband_gui.ui.session.controls import Control, SessionButton, SessionControls
from itband_gui.ui.session.panel import Flash, PanelPart, PanelRoom, SessionWords, rooms
from itband_gui.ui.session.text import coming_text, event_text, phase_text, stop_text
from itband_gui.ui.text.words import clock_text
from itband_gui.ui.widgets.layout import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel

PROGRESS_STEPS = 1000
MARKER_STEPS = 4  # steps of the marker along a stroke, with less motion
LEAST_LEG = 160  # px: any smaller and the leg cannot be made out; our choice
_LEG_SHARE, _BARE_LEG_SHARE = 4, 2  # of 9 or 7 parts of the width, with and without labels
_KEYS: dict[int, Control] = {
    Qt.Key.Key_Space: Control.PAUSE,
    Qt.Key.Key_MediaPlay: Control.PAUSE,
    Qt.Key.Key_MediaPause: Control.PAUSE,
    Qt.Key.Key_MediaTogglePlayPause: Control.PAUSE,
    Qt.Key.Key_Right: Control.SKIP,
    Qt.Key.Key_MediaNext: Control.SKIP,
    Qt.Key.Key_Left: Control.AGAIN,
    Qt.Key.Key_MediaPrevious: Control.AGAIN,
    Qt.Key.Key_E: Control.EASIER,
    Qt.Key.Key_S: Control.STOP,
    Qt.Key.Key_Backspace: Control.STOP,  # in the same place on every keyboard layout
    Qt.Key.Key_MediaStop: Control.STOP,
    Qt.Key.Key_F: Control.FLOOR,
    Qt.Key.Key_M: Control.MUTE,
    Qt.Key.Key_Escape: Control.END,
}


class _Content(ScrollColumn):
    """Leaves every key to the session, even those that would scroll."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take no key."""
        event.ignore()


class SessionPage(QWidget):
    """Shows one session and passes the user's keys to its clock.

    `floor_mode_requested` asks the window to enter or leave full screen; `end_requested` asks it to
    confirm an early end, which the page never does on its own.
    """

    floor_mode_requested = Signal(bool)
    end_requested = Signal()
    guide_requested = Signal()
    muted = Signal(bool)

    def __init__(self, clock: SessionClock, appearance: Appearance) -> None:
        super().__init__()
        self.clock = clock
        self.floor_mode = False
        self.leg = LegView(appearance, clock.engine.plan.legs[0])
        self.words = SessionWords()
        self.controls = SessionControls()
        self.progress = QProgressBar()
        self.left = TextLabel(name="small", wrap=False)
        self.stop = TextLabel(stop_text())
        self.guide = SessionButton(QCoreApplication.translate("Session", "How to do it (G)"))
        self.guide.clicked.connect(lambda _checked=False: self.guide_requested.emit())
        self._left = ""
        # Everything except the safety line, which must never scroll out of sight.
        self._content = QWidget()
        self._scroll = _Content(self._content)
        self._upper = QHBoxLayout()
        self.announcer = Announcer(self)
        self._appearance = appearance
        self.flash = Flash(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        give_role(self, QAccessible.Role.Grouping)
        self.setAccessibleName(QCoreApplication.translate("Session", "Guided session"))
        self.setAccessibleDescription(_keys_text())
        self._lay_out()
        self._keep_off_names = keep_off_labels(self.leg.anatomy)
        self.leg.show_layers(keep_off=True)
        self.controls.pressed.connect(self.obey)
        self.controls.switched.connect(self._switch)
        clock.happened.connect(self._take_event)
        clock.moved.connect(self._take_position)

    def first_focus(self) -> QWidget:
        """Return the page itself: every key works, and Space presses no button by chance."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Obey the session's keys; a key held down counts once."""
        key = key_meant(event)
        if not is_answer(event):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_G:
            self.guide_requested.emit()
        elif key in _KEYS:
            self.obey(_KEYS[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """In floor mode, pause or continue on a click or tap anywhere."""
        if self.floor_mode and event.button() is Qt.MouseButton.LeftButton:
            self.clock.toggle_pause()
            event.accept()
        else:
            super().mousePressEvent(event)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Show a remark about this machine, after any pause text, until the next phase."""
        self.words.show_remark(f"{self._stands_still} {text}".strip())
        self._fit()

    @Slot(Control)
    def obey(self, control: Control) -> None:
        """Carry out a control."""
        actions = {
            Control.PAUSE: self.clock.toggle_pause,
            Control.SKIP: self.clock.skip,
            Control.AGAIN: self.clock.again,
            Control.EASIER: self.clock.easier,
            Control.STOP: lambda: self.clock.end(EndReason.STOPPED),
            Control.FLOOR: lambda: self.controls.toggle(Control.FLOOR),
            Control.MUTE: lambda: self.controls.toggle(Control.MUTE),
            Control.END: self._leave,
        }
        actions[control]()

    def show_floor_mode(self, *, on: bool) -> None:
        """Switch between the layout to read from across the room and the usual one."""
        self.floor_mode = on
        self.controls.set_checked(Control.FLOOR, on=on)
        self._show_phase(self.clock.position)

    def _leave(self) -> None:
        if self.floor_mode:
            self.floor_mode_requested.emit(False)
        elif self.clock.engine.ended is None:
            self.end_requested.emit()

    @Slot(Control, bool)
    def _switch(self, control: Control, on: bool) -> None:
        """Apply a toggle's new state."""
        if control is Control.FLOOR:
            self.floor_mode_requested.emit(on)
        else:
            self.announcer.muted = on
            self.muted.emit(on)

    def _lay_out(self) -> None:
        self.progress.setRange(0, PROGRESS_STEPS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(
            QCoreApplication.translate("Session", "Progress of the whole session")
        )
        self._upper.setSpacing(SPACE["l"])
        self.leg.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.leg.setMinimumHeight(LEAST_LEG)
        self._upper.addWidget(self.leg, 4)
        words = QVBoxLayout()
        words.addWidget(self.words, 1)
        words.addWidget(self.guide, 0, Qt.AlignmentFlag.AlignLeft)
        self._upper.addLayout(words, 5)
        whole = QHBoxLayout()
        whole.setSpacing(SPACE["m"])
        whole.addWidget(self.progress, 1)
        whole.addWidget(self.left)
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(SPACE["m"])
        content.addLayout(self._upper, 1)
        content.addLayout(whole)
        content.addWidget(self.controls)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        self._scroll.setMinimumHeight(1)  # the safety line gets its room first
        box.addWidget(self._scroll, 1)
        box.addWidget(self.stop)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt the sizes to the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as much as fits, as large as fits."""
        for room in rooms(floor=self.floor_mode):
            self._take(room)
            if self._fits():
                return

    def _take(self, room: PanelRoom) -> None:
        phase = self.clock.position.phase
        between = phase.kind in {PhaseKind.GET_READY, PhaseKind.SWITCH}
        self.guide.setVisible(between and PanelPart.GUIDE not in room.gone)
        has_labels = PanelPart.LABELS not in room.gone
        self.leg.show_layers(labels=self._keep_off_names if has_labels else ())
        self.leg.setVisible(PanelPart.LEG not in room.gone)
        self._upper.setStretch(0, _LEG_SHARE if has_labels or self.floor_mode else _BARE_LEG_SHARE)
        self.words.take(room, floor=self.floor_mode)
        self.stop.setFont(self.words.how.font())
        self.controls.fit(self._inside.width(), keys=PanelPart.KEYS not in room.gone)

    def _fits(self) -> bool:
        """Whether everything is visible without scrolling."""
        layout, inside = self._content.layout(), self._inside
        assert layout is not None  # noqa: S101 - laid out in __init__
        for each in (self._content, self.words):
            _invalidate(each.layout())
        height = layout.totalHeightForWidth(inside.width())
        below = self.stop.heightForWidth(inside.width()) + SPACE["m"]
        wide = layout.totalMinimumSize().width()
        return height + below <= inside.height() and wide <= inside.width()

    @property
    def _inside(self) -> QRect:
        return self.contentsRect().adjusted(SPACE["l"], SPACE["l"], -SPACE["l"], -SPACE["l"])

    @Slot(Event)
    def _take_event(self, event: Event) -> None:
        if isinstance(event, PhaseStarted):
            self._show_phase(self.clock.position)
            if event.index and not self._appearance.less_motion:
                self.flash.flash()
            self.announcer.say(self.words.spoken)
        elif isinstance(event, SessionEnded):
            return
        text, paused = event_text(event), self.clock.engine.paused
        if text:
            self._show_phase(self.clock.position)
            stands = self._stands_still
            self.words.show_remark(text if stands in text else f"{text} {stands}")
            self.announcer.say(text)
        self.controls.set_checked(Control.PAUSE, on=paused is not None)
        self._fit()

    @property
    def _stands_still(self) -> str:
        """The sentence that the session is paused, or ""."""
        paused = self.clock.engine.paused
        return event_text(Paused(self.clock.last_ms, paused)) if paused else ""

    def _show_phase(self, position: Position) -> None:
        """Show what stays the same for a whole phase."""
        engine = self.clock.engine
        phase, upcoming = position.phase, engine.upcoming
        phases = engine.plan.phases
        following = phases[position.index + 1] if position.index + 1 < len(phases) else None
        self.words.show_phase(phase_text(phase), coming_text(following, upcoming))
        self._fit()
        self.leg.leg = phase.leg
        shown = phase if phase.work else upcoming
        if shown is not None and shown.work is not None and shown.leg is phase.leg:
            self.leg.show_layers(tinted=shown.work.zones, path=shown.work.path)
        if phase.work is None and upcoming is not None and upcoming.work is not None:
            self.leg.prepare_hands(upcoming.work.path, {upcoming.work.technique, Technique.LIGHT})
        self._take_position(position)

    @Slot(Position)
    def _take_position(self, position: Position) -> None:
        """Show what changes with every frame."""
        phase = position.phase
        self.words.show_position(position, still=self._appearance.less_motion)
        self.progress.setValue(round(position.progress * PROGRESS_STEPS))
        left_ms = round(self.clock.engine.plan.total_ms * (1 - position.progress))
        left = clock_text(left_ms)
        if left != self._left:  # once a second, not every frame
            self._left = left
            text = QCoreApplication.translate("Session", "{time} left")
            self.left.show_text(text.format(time=left))
        point, work = position.point, phase.work
        if point is None or work is None:
            self.leg.show_moving(None)
            return
        if self._appearance.less_motion:
            steps = 0 if position.returning else round(position.along * MARKER_STEPS)
            self.leg.show_moving(Marker(work.path.at(steps / MARKER_STEPS)))
            return
        self.leg.show_moving(Hand(work.technique, work.path, position.along, position.press))


def _keys_text() -> str:
    return QCoreApplication.translate(
        "Session",
        "Space pauses and continues, Right skips, Left repeats, E makes it easier, S or Backspace "
        "stops. Tab moves to the buttons; Enter presses one.",
    )


def _invalidate(layout: QLayout | None) -> None:
    """Invalidate a layout and those inside it now; Qt would wait for the next event loop turn."""
    if layout is None:
        return
    for index in range(layout.count()):
        item = layout.itemAt(index)
        _invalidate(item.layout() if item else None)
    layout.invalidate()
