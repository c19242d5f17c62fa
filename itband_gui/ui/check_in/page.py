"""The check-in: three questions, then the session, or advice instead."""

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from itband_gui.insight.readiness_rules import VERY_SORE
from itband_gui.leg.names import Leg
from itband_gui.routine.model import Routine
from itband_gui.safety.signs import PresentSign, Screening, ScreeningResult, screen
from itband_gui.ui.check_in.advice import Advice
from itband_gui.ui.check_in.legs_step import LegsStep
from itband_gui.ui.check_in.signs_step import SignsStep
from itband_gui.ui.check_in.sore_step import SoreStep
from itband_gui.ui.check_in.step import CheckInDraft, CheckInStep
from itband_gui.ui.look.keys import ENTER, is_answer, key_meant
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.services.minute_look import MinuteLook
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.text import TextLabel


class CheckInPage(QWidget):
    """Asks the questions, holds the answers, and reports how it ended.

    It writes nothing: `passed` carries the draft and the present signs, `advised` those signs when
    advice about them is shown, `ended` the draft of a check-in that ended with advice, and `seen`
    a sign that a clinician has seen.

    Args:
        routine: the chosen routine.
        signs: the last step.
        warning: something to know before starting; may be empty.
        appearance: the theme of the legs.

    """

    passed = Signal(CheckInDraft, tuple)
    advised = Signal(tuple)
    ended = Signal(CheckInDraft)
    seen = Signal(PresentSign)
    cancelled = Signal()

    def __init__(
        self, routine: Routine, signs: SignsStep, warning: str, appearance: Appearance
    ) -> None:
        super().__init__()
        self.draft = CheckInDraft(routine)
        self._appearance = appearance
        self._advice: Advice | None = None
        self.legs = LegsStep(self.draft, appearance, warning)
        self.sore: SoreStep | None = None
        self.signs = signs
        signs.setParent(self)  # or it would outlive a check-in that never reaches it
        signs.hide()
        self.back = button(QCoreApplication.translate("CheckIn", "Back (Esc)"), self.go_back)
        self.next = button("", self.go_on, "primary")
        self.where = TextLabel(name="small")
        self.where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._foot = QWidget()
        self.clock = MinuteLook(self)
        self._lay_out()
        self._show(self.legs)

    @property
    def advising(self) -> bool:
        """Whether advice is shown instead of a question."""
        return self._advice is not None

    def first_focus(self) -> QWidget:
        """Return the widget that gets the focus in the current step."""
        if self._advice is not None:
            return self._advice.first_focus()
        return self._step.first_focus() or self.next

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Continue with Enter, go back with Esc; other keys answer the step's question."""
        key = key_meant(event)
        if not is_answer(event):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.go_back()
        elif self._advice is not None:
            super().keyPressEvent(event)
        elif key in ENTER:
            self.go_on()
        elif not self._step.take_key(key):
            super().keyPressEvent(event)

    @Slot()
    def go_on(self) -> None:
        """Show the next question, or the outcome after the last one."""
        step = self._step
        if not step.answered:
            self.where.setText(step.missing)
            step.point_out()
        elif step.turn_page():
            pass
        elif step is self.legs:
            self._ask_where()
        elif step is self.sore:
            marked = {place for leg in self.draft.legs for place in self.draft.places.get(leg, ())}
            self.signs.ask_about(self.draft.legs, marked)
            self._show(self.signs)
        else:
            self._judge()

    @Slot()
    def go_back(self) -> None:
        """Show the previous question, or leave the check-in from the first one."""
        if self._advice is not None:
            self._leave_advice()
        elif self._step is self.legs:
            self.cancelled.emit()
        else:
            self._show(self.sore if self._step is self.signs and self.sore else self.legs)

    @property
    def _step(self) -> CheckInStep:
        step = self._stack.currentWidget()
        assert isinstance(step, CheckInStep)  # noqa: S101 - called only while a step is shown
        return step

    def _lay_out(self) -> None:
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(SPACE["s"])
        foot.addWidget(self.back)
        foot.addWidget(self.where, 1)
        foot.addWidget(self.next)
        self._foot_box = foot
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["xl"], SPACE["l"])
        box.setSpacing(SPACE["m"])
        box.addWidget(self._stack, 1)
        box.addWidget(self._foot)

    def _ask_where(self) -> None:
        if self.sore is None or tuple(self.sore.legs) != self.draft.legs:
            if self.sore is not None:
                self._stack.removeWidget(self.sore)
                self.sore.deleteLater()
            self.sore = SoreStep(self.draft, self._appearance)
        self._show(self.sore)

    def _show(self, step: CheckInStep) -> None:
        if self._stack.indexOf(step) < 0:
            self._stack.addWidget(step)
            step.answer_changed.connect(self._restyle)
        self._stack.setCurrentWidget(step)
        self.where.setText(self._number)
        self._restyle()
        (step.first_focus() or self.next).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the buttons if they do not fit side by side."""
        super().resizeEvent(event)
        self._place_foot()

    def _place_foot(self) -> None:
        parts = (self.back, self.where, self.next)
        wanted = sum(part.minimumSizeHint().width() + SPACE["s"] for part in parts)
        direction, fits = QBoxLayout.Direction, wanted <= self.width() - 2 * SPACE["xl"]
        self._foot_box.setDirection(direction.LeftToRight if fits else direction.TopToBottom)

    @Slot()
    def _restyle(self) -> None:
        if self._advice is None:  # otherwise it replaces the step
            step = self._step
            self.next.setText(step.next_text)
            self.next.setEnabled(step.answered)
            if step.answered:
                self.where.setText(self._number)
            elif step is self.signs:  # a tick without its leg disables Next
                self.where.setText(step.missing)
        self._place_foot()

    @property
    def _number(self) -> str:
        step = self._step
        number = 1 if step is self.legs else 3 if step is self.signs else 2
        return QCoreApplication.translate("CheckIn", "{number} of 3").format(number=number)

    def _judge(self) -> None:
        """Show advice on whatever prevents the session, or pass."""
        signs, screening, pain = self.signs, self._screening, self._pain
        if screening.verdict is ScreeningResult.CLEAR and not pain:
            self.passed.emit(self.draft, signs.present)
            return
        self._show_advice(Advice(screening, pain, signs.known, signs.now))
        self.advised.emit(signs.present)

    @property
    def _screening(self) -> Screening:
        """The massage that the signs allow; a consent that still holds is not asked for again."""
        signs = self.signs
        asked = [each for each in signs.present if not signs.agreed_before(each)]
        return screen([*asked, *signs.still_counting], self.draft.legs)

    @property
    def _pain(self) -> dict[Leg, int]:
        """The chosen legs that are too sore for massage."""
        scores = {leg: self.draft.scores[leg] for leg in self.draft.legs}
        return {leg: score for leg, score in scores.items() if score >= VERY_SORE}

    def _show_advice(self, advice: Advice) -> None:
        self._drop_advice()
        self._advice = advice
        self._advice.back.connect(self._leave_advice)
        self._advice.done.connect(lambda: self.ended.emit(self.draft))
        self._advice.agreed.connect(self._go_on_with_the_rest)
        self._advice.seen.connect(self.seen)
        self._stack.addWidget(self._advice)
        self._stack.setCurrentWidget(self._advice)
        self._foot.hide()
        self._advice.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _go_on_with_the_rest(self) -> None:
        """Continue with the free legs, after any advice on those."""
        if self._advice is None:
            return
        if self._advice.verdict is ScreeningResult.PART_BLOCKED:
            self.draft.leave_out(set(self.draft.legs) - set(self._advice.free_legs))
            self._judge()
        else:
            self.passed.emit(self.draft, self.signs.present)

    @Slot()
    def judge_again(self) -> None:
        """Show what still prevents the session or, if nothing does, the list to continue from."""
        self._leave_advice()
        if self._screening.telling or self._pain:
            self._judge()

    def _drop_advice(self) -> None:
        if self._advice is not None:
            self._stack.removeWidget(self._advice)
            self._advice.deleteLater()
            self._advice = None

    @Slot()
    def _leave_advice(self) -> None:
        """Go back to the list, where a sign ticked by mistake can be unticked."""
        if self._advice is not None:
            self._drop_advice()
            self.draft.take_back()
            self._foot.show()
            self._show(self.signs)
