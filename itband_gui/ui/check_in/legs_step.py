"""The first question of the check-in: which leg, or both."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from itband_gui.leg.names import BOTH, Leg, Zone
from itband_gui.leg.viewport import WHOLE
from itband_gui.ui.check_in.step import LEG_KEYS, CheckInDraft, CheckInStep, Legs
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.text.words import leg_name
from itband_gui.ui.widgets.choices import Segments
from itband_gui.ui.widgets.layout import ScrollColumn
from itband_gui.ui.widgets.text import TextLabel


class LegsStep(CheckInStep):
    """Asks for the left leg, the right one, or both."""

    def __init__(self, draft: CheckInDraft, appearance: Appearance, warning: str) -> None:
        super().__init__(QCoreApplication.translate("CheckIn", "Which leg?"))
        self._draft = draft
        options: list[tuple[Legs, str]] = [
            ((Leg.LEFT,), QCoreApplication.translate("CheckIn", "Left (L)")),
            ((Leg.RIGHT,), QCoreApplication.translate("CheckIn", "Right (R)")),
        ]
        if not draft.routine.one_leg:
            options.append((BOTH, QCoreApplication.translate("CheckIn", "Both (B)")))
        self.choice: Segments[Legs] = Segments(options, self.title.text())
        self.choice.chosen.connect(self._choose)
        self.legs = {leg: LegView(appearance, leg, WHOLE) for leg in Leg}
        pictures = QHBoxLayout()
        pictures.addStretch(1)
        for leg, picture in self.legs.items():
            picture.setCursor(Qt.CursorShape.PointingHandCursor)
            picture.installEventFilter(self)
            picture.setAccessibleName(leg_name(leg))
            picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            picture.setMinimumHeight(picture.minimumSizeHint().height())
            pictures.addWidget(picture, 2)
        pictures.addStretch(1)
        self.remark = TextLabel(self._remark(), "small")
        self.warning = TextLabel(name="rest")
        self.news = TextLabel(name="strong")
        self.news.hide()
        self._lay_out(pictures)
        self.warning.show_text(warning)

    def _lay_out(self, pictures: QHBoxLayout) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE["m"])
        for widget in (self.news, self.choice, self.remark, self.warning):
            column.addWidget(widget)
        column.addLayout(pictures, 1)
        self.box.addWidget(ScrollColumn(content), 1)

    def begin_anew(self, legs: Legs) -> None:
        """Preset the legs of a check-in that began on another day, and say why it starts again."""
        self.news.show_text(
            QCoreApplication.translate(
                "CheckIn", "A new day has begun, so this check-in starts again."
            )
        )
        if legs:
            self.choice.choose(legs)

    @property
    def answered(self) -> bool:
        """Whether a leg is chosen."""
        return bool(self._draft.legs)

    @property
    def missing(self) -> str:
        """A sentence that asks for the missing answer."""
        return QCoreApplication.translate("CheckIn", "Choose a leg first.")

    def first_focus(self) -> QWidget:
        """Return the first choice."""
        return self.choice.button_for((Leg.LEFT,))

    def take_key(self, key: int) -> bool:
        """Take L, R and B."""
        legs = LEG_KEYS.get(key)
        if legs is None or (legs == BOTH and self._draft.routine.one_leg):
            return False
        self.choice.choose(legs)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the pictures if they would squeeze the text above them."""
        super().resizeEvent(event)
        said = (self.title, self.news, self.choice, self.remark, self.warning)
        words = sum(
            max(each.heightForWidth(self.width()), each.sizeHint().height()) + self.box.spacing()
            for each in said
            if not each.isHidden()
        )
        for picture in self.legs.values():
            picture.setVisible(self.height() - words >= picture.minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose a leg when its picture is clicked."""
        if event.type() is QEvent.Type.MouseButtonPress:
            for leg, picture in self.legs.items():
                if watched is picture:
                    self.choice.choose((leg,))
                    return True
        return super().eventFilter(watched, event)

    def _choose(self, legs: Legs) -> None:
        self._draft.legs = legs
        for leg, picture in self.legs.items():
            picture.show_layers(tinted=tuple(Zone) if leg in legs else ())
        self.answer_changed.emit()

    def _remark(self) -> str:
        if self._draft.routine.one_leg:
            return QCoreApplication.translate(
                "CheckIn", "“{routine}” works on one leg, so you can learn the strokes."
            ).format(routine=self._draft.routine.content.name)
        return QCoreApplication.translate(
            "CheckIn", "If you choose both, each leg gets the same time, left first."
        )
