"""The readiness light, its reasons with their entries, and when it will change."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from itband_gui.insight.readiness import Verdict
from itband_gui.insight.reasons import Readiness, Reason, Referral
from itband_gui.routine.library import Library
from itband_gui.ui.look.style import SPACE, Appearance
from itband_gui.ui.look.theme import Theme
from itband_gui.ui.text.entries import said
from itband_gui.ui.widgets.buttons import button
from itband_gui.ui.widgets.layout import Card, WrappingRow
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.wording.counts import listed, missing_text
from itband_gui.wording.readiness import advice, change_text, headline, massage_text, meaning
from itband_gui.wording.reasons import reason_text
from itband_gui.wording.when import begin, day_by_today, day_name

_HIGH = 2.6  # in text line heights


class LightMark(QWidget):
    """Shows one of the lights; its name is next to it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._light = Readiness.UNKNOWN
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_light(self, light: Readiness) -> None:
        """Show a light."""
        self._light = light
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a square that scales with the font."""
        side = round(self.fontMetrics().height() * _HIGH)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape with a symbol in it, so that it can be told apart without colour."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(min(self.width(), self.height()))
        painter.scale(side / 24, side / 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(self._light, theme))
        pen = QPen(QColor(theme.surface), 2.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        _SHAPES[self._light](painter, pen)
        painter.end()


def _colour(light: Readiness, theme: Theme) -> QColor:
    name = {
        Readiness.GO: theme.go,
        Readiness.UNKNOWN: theme.quiet_ink,
        Readiness.EASY: theme.easy,
        Readiness.REST: theme.rest,
    }[light]
    return QColor(name)


def _go(painter: QPainter, pen: QPen) -> None:
    """Draw a circle with a tick."""
    painter.drawEllipse(QRectF(1, 1, 22, 22))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(7, 12.5), QPointF(10.5, 16), QPointF(17, 8.5)]))


def _easy(painter: QPainter, pen: QPen) -> None:
    """Draw a diamond with a bar across."""
    painter.drawPolygon(
        QPolygonF([QPointF(12, 0.5), QPointF(23.5, 12), QPointF(12, 23.5), QPointF(0.5, 12)])
    )
    painter.setPen(pen)
    painter.drawLine(QPointF(8, 12), QPointF(16, 12))


def _rest(painter: QPainter, pen: QPen) -> None:
    """Draw a square with the two bars of a pause."""
    painter.drawRoundedRect(QRectF(2, 2, 20, 20), 3, 3)
    painter.setPen(pen)
    for x in (9, 15):
        painter.drawLine(QPointF(x, 8), QPointF(x, 16))


def _unknown(painter: QPainter, _pen: QPen) -> None:
    """Draw a dotted ring."""
    ring = QPen(painter.brush().color(), 2.4)
    ring.setStyle(Qt.PenStyle.DotLine)
    ring.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(ring)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(2.5, 2.5, 19, 19))


_SHAPES = {
    Readiness.GO: _go,
    Readiness.UNKNOWN: _unknown,
    Readiness.EASY: _easy,
    Readiness.REST: _rest,
}


TOP = 2  # reasons shown while the card is folded: our choice


class ReadinessCard(Card):
    """Folded, it shows the light and the top reasons; `more` unfolds everything.

    If there is not enough to tell, what is missing stays in sight. `referral_put_away` is emitted
    when the user hides the advice to see someone.
    """

    referral_put_away = Signal(Referral)

    def __init__(self, library: Library, appearance: Appearance) -> None:
        super().__init__()
        self._library = library
        self._top = ""
        self._top_stays = False
        self.mark = LightMark(appearance)
        self.headline = TextLabel(name="headline")
        self.meaning = TextLabel()
        self.top = TextLabel()
        self.advice = TextLabel(name="strong")
        self._referral: Referral | None = None
        self.put_away = button(
            QCoreApplication.translate("ReadinessCard", "Hide this for a week"),
            self._put_away,
            name="quiet",
        )
        self.more = button("", name="quiet")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._unfold)
        self.details = QWidget()
        self._details = QVBoxLayout(self.details)
        self._details.setContentsMargins(0, 0, 0, 0)
        self._details.setSpacing(SPACE["s"])
        self._lay_out()
        self._unfold()

    def show_verdict(self, verdict: Verdict, today: date) -> None:
        """Show a verdict; an unfolded card stays unfolded."""
        self.setAccessibleName(headline(verdict.light))
        self.mark.show_light(verdict.light)
        self.headline.setText(headline(verdict.light))
        self.meaning.setText(meaning(verdict))
        self._top = listed(_top(verdict, today))
        self._top_stays = verdict.light is Readiness.UNKNOWN
        self.advice.show_text("\n".join(advice(verdict)))
        self._referral = verdict.referral
        self.put_away.setVisible(verdict.referral is not None)
        self._fill(verdict, today)
        self._unfold()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE["xs"])
        words.addWidget(self.headline)
        words.addWidget(self.meaning)
        head = QHBoxLayout()
        head.setSpacing(SPACE["m"])
        head.addWidget(self.mark)
        head.addLayout(words, 1)
        self.box.addLayout(head)
        self.box.addWidget(self.top)
        self.box.addWidget(self.advice)
        self.box.addWidget(self.details)
        self.box.addWidget(WrappingRow([self.more, self.put_away]))

    @Slot()
    def _put_away(self) -> None:
        if self._referral is not None:
            self.referral_put_away.emit(self._referral)

    @Slot()
    def _unfold(self) -> None:
        shown = self.more.isChecked()
        self.details.setVisible(shown)
        self.top.show_text(self._top if self._top_stays or not shown else "")
        self.more.setText(
            QCoreApplication.translate("ReadinessCard", "Show less")
            if shown
            else QCoreApplication.translate("ReadinessCard", "Why, and what would change it")
        )

    def _fill(self, verdict: Verdict, today: date) -> None:
        """Fill the details with every reason, its entries and what would change it."""
        while (item := self._details.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for reason in verdict.deciding:
            self._details.addWidget(_ReasonBlock(reason, self._library, today))
        for light, others in groupby(verdict.others, lambda reason: reason.light):
            self._details.addWidget(TextLabel(_also(light), "strong"))
            for reason in others:
                self._details.addWidget(_ReasonBlock(reason, self._library, today))
        if verdict.missing and not self._top_stays:
            self._details.addWidget(
                TextLabel(QCoreApplication.translate("ReadinessCard", "Not known yet"), "strong")
            )
            self._details.addWidget(TextLabel(listed(map(missing_text, verdict.missing))))
        self._details.addWidget(TextLabel(massage_text(), "small"))


class _ReasonBlock(QWidget):
    """One reason, the entries behind it, and what would change it."""

    def __init__(self, reason: Reason, library: Library, today: date) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE["xs"])
        box.addWidget(TextLabel(reason_text(reason, today), "strong"))
        entries = [
            QCoreApplication.translate("ReadinessCard", "{day}: {entry}").format(
                day=begin(day_name(day_by_today(entry, today), today)),
                entry=said(entry, library, today).whole,
            )
            for entry in reason.entries
        ]
        if entries:
            box.addWidget(TextLabel(listed(entries)))
        box.addWidget(TextLabel(change_text(reason, today)))


def _also(light: Readiness) -> str:
    """Return the heading of the reasons that did not decide the light."""
    if light is Readiness.GO:
        return QCoreApplication.translate("ReadinessCard", "Good signs")
    return QCoreApplication.translate("ReadinessCard", "Other reasons for an easy day")


def _top(verdict: Verdict, today: date) -> Sequence[str]:
    """Return the lines of the folded card: the top reasons, or what is missing."""
    if verdict.light is Readiness.UNKNOWN:
        return [missing_text(each) for each in verdict.missing]
    return [reason_text(reason, today) for reason in verdict.deciding[:TOP]]
