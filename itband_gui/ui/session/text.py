"""The sentences of a running session: instructions, place, pressure, and what comes next."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from itband_gui.leg.names import Leg
from itband_gui.routine.model import Routine
from itband_gui.routine.plan import HandWork, Phase, PhaseKind
from itband_gui.session.events import (
    Eased,
    Event,
    Paused,
    PauseReason,
    Repeated,
    RequestRefused,
    Resumed,
    Skipped,
    ZoneLeft,
)
from itband_gui.ui.text.words import (
    leg_name,
    pressure_text,
    technique_hint,
    technique_name,
    zones_name,
)


@dataclass(frozen=True)
class PhaseText:
    """The page's texts during one phase; `main` is the line to read from across the room."""

    above: str
    main: str
    how: str
    hint: str
    pressure: str


def phase_text(phase: Phase) -> PhaseText:
    """Return the texts for a phase."""
    if phase.work is not None:
        return _working(phase, phase.work)
    if phase.kind is PhaseKind.GET_READY:
        main = QCoreApplication.translate("Session", "Get ready")
        return PhaseText(leg_name(phase.leg), main, position_text(phase.leg), "", "")
    if phase.kind is PhaseKind.SWITCH:
        other = {
            Leg.LEFT: QCoreApplication.translate("Session", "Switch to the left leg"),
            Leg.RIGHT: QCoreApplication.translate("Session", "Switch to the right leg"),
        }[phase.leg]
        return PhaseText(leg_name(phase.leg), other, position_text(phase.leg), "", "")
    if phase.kind is PhaseKind.REST:
        main = QCoreApplication.translate("Session", "Rest")
        loose = QCoreApplication.translate("Session", "Let the leg relax. Shake out your hand.")
        return PhaseText(leg_name(phase.leg), main, loose, "", "")
    return PhaseText("", QCoreApplication.translate("Session", "Done"), "", "", "")


def position_text(leg: Leg) -> str:
    """Return how to sit or lie so that a leg is relaxed and within reach."""
    if leg is Leg.LEFT:
        return QCoreApplication.translate(
            "Session",
            "Sit with the left knee relaxed and the foot supported, or lie on your right side "
            "with a pillow between the knees.",
        )
    return QCoreApplication.translate(
        "Session",
        "Sit with the right knee relaxed and the foot supported, or lie on your left side "
        "with a pillow between the knees.",
    )


def next_text(upcoming: Phase | None) -> str:
    """Return what comes next, as one line."""
    if upcoming is None or upcoming.work is None:
        return QCoreApplication.translate("Session", "Then you’re done")
    return QCoreApplication.translate("Session", "Next: {leg}, {zone}, {technique}").format(
        leg=leg_name(upcoming.leg),
        zone=zones_name(upcoming.work.zones),
        technique=technique_name(upcoming.work.technique),
    )


def coming_text(following: Phase | None, upcoming: Phase | None) -> str:
    """Return what follows a phase: a rest or switch first, then the next set."""
    rest = following is not None and following.kind is PhaseKind.REST
    if rest and upcoming is not None and upcoming.work is not None:
        return QCoreApplication.translate(
            "Session", "Next: {seconds} s rest, then {zone}, {technique}"
        ).format(
            seconds=following.length_ms // 1000 if following else 0,
            zone=zones_name(upcoming.work.zones),
            technique=technique_name(upcoming.work.technique),
        )
    if following is not None and following.kind is PhaseKind.SWITCH:
        return QCoreApplication.translate("Session", "Next: switch legs")
    return next_text(upcoming)


def event_text(event: Event) -> str:
    """Return the remark on an event that the user caused or must know about; else ""."""
    if isinstance(event, Paused) and event.reason is PauseReason.GAP:
        return QCoreApplication.translate(
            "Session", "Paused: the computer went to sleep. Press Space to continue."
        )
    texts = {
        Paused: QCoreApplication.translate("Session", "Paused. Press Space to continue."),
        Resumed: QCoreApplication.translate("Session", "On we go."),
        Skipped: QCoreApplication.translate("Session", "Skipped."),
        Repeated: QCoreApplication.translate("Session", "Once more from the start."),
        Eased: QCoreApplication.translate(
            "Session", "Lighter: flat hand, no pressure. Press E again to leave this zone."
        ),
        ZoneLeft: QCoreApplication.translate("Session", "On to the next zone."),
        RequestRefused: QCoreApplication.translate(
            "Session", "Two minutes of firm work on one zone is enough for today."
        ),
    }
    return texts.get(type(event), "")


def _working(phase: Phase, work: HandWork) -> PhaseText:
    if phase.kind is PhaseKind.SETTLE:
        above = QCoreApplication.translate("Session", "{leg} · settle in").format(
            leg=leg_name(phase.leg)
        )
    else:
        above = QCoreApplication.translate("Session", "{leg} · set {number} of {count}").format(
            leg=leg_name(phase.leg), number=phase.set_number, count=phase.set_count
        )
    return PhaseText(
        above,
        zones_name(work.zones),
        technique_name(work.technique),
        technique_hint(work.technique),
        pressure_text(work),
    )


def stop_text() -> str:
    """Return when to stop; it is always visible."""
    return QCoreApplication.translate(
        "Session", "Stop if it hurts more than 5 out of 10 or feels sharp or numb."
    )


def title_text(phase: Phase) -> str:
    """Return a title for a media player, such as "Left leg: Front of the outer thigh"."""
    text = phase_text(phase)
    what = QCoreApplication.translate("Session", "{leg}: {what}")
    return what.format(leg=leg_name(phase.leg), what=text.main)


def nothing_left_text(routine: Routine) -> str:
    """Return why a routine cannot be followed today, and what can."""
    return QCoreApplication.translate(
        "Errors",
        "With a sore outer knee the lower band is not massaged, and “{routine}” has nothing else. "
        "Choose another routine.",
    ).format(routine=routine.content.name)


def awake_text() -> str:
    """Say that the screen may go dark."""
    return QCoreApplication.translate(
        "Errors", "The screen cannot be kept awake here and may go dark."
    )
