"""The lines a session could say, as phrase ids with ranks and times.

Rank 0 is the core of a line, 1 is for safety, 2 is also said in brief talk, and the others only in
full talk. If time is short, only lower ranks are said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from itband_gui.leg.geometry import Path
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.plan import HandWork, Phase, PhaseKind
from itband_gui.session.cues import Count
from itband_gui.session.engine import Milestone, marks_of
from itband_gui.session.events import HalfWay, PhaseStarted, StrokeStarted, StrokeTurned, TimeLeft
from itband_gui.session.script_timing import BREATH_MS, Key, LinePart, Text, TimedLine, Weight

SAFETY_RANK, BRIEF_RANK, FULL_RANK = 1, 2, 10
WHERE_RANK = 4
STOP = "stop-if"

_ALONG = {
    (Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER): ("zone-along-band",),
    (Zone.BAND_UPPER, Zone.BAND_MIDDLE): ("zone-along-upper-band",),
}
_SHORT = {Zone.GLUTEAL: "where-gluteal", Zone.HIP_POCKET: "where-hip-pocket"}
# Phrases for where a stroke on the thigh begins and ends, by centimetres below the trochanter. The
# work stays between a hand's width below it and a hand's width above the knee, 8 to 33 cm.
_BEGINS = ((12.5, "from-below-hip"), (20.5, "from-one-third"), (99.0, "from-two-thirds"))
_ENDS = ((20.5, "to-one-third"), (29.0, "to-two-thirds"), (99.0, "to-above-knee"))

_FIRM_REMINDERS = (("lean",), ("over-five",), ("breathe", "loose"), ("softer",), ("stop-if",))
_LIGHT_REMINDERS = (("pressure-light", "glide"), ("slow",), ("breathe", "loose"))


@dataclass(frozen=True)
class ScriptScene:
    """The state of a session that a line depends on.

    Attributes:
        following: the phase after this one; None after the last.
        upcoming: the next phase in which the hand works, lighter if it was eased.
        last: the last work on this leg.
        told: phrases about this phase's work that were said before it began.
        heard: every phrase said to the end so far.

    """

    phase: Phase
    index: int
    offset_ms: int
    following: Phase | None = None
    upcoming: Phase | None = None
    last: HandWork | None = None
    told: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()

    @property
    def taught(self) -> frozenset[Technique]:
        """The techniques already explained."""
        return frozenset(hand for hand in Technique if f"how-{hand}" in self.heard)

    @property
    def explained(self) -> bool:
        """Whether the tones were already explained."""
        return "tones" in self.heard

    @property
    def stop(self) -> Text:
        """When to stop, repeated in each phase until it was heard."""
        return () if STOP in self.heard else (LinePart(SAFETY_RANK, (STOP,)),)


def number(value: int) -> tuple[str, ...]:
    """Return a number's phrases; none from 200 on."""
    if value <= 20 or (value < 100 and value % 10 == 0) or value == 100:
        return (str(value),)
    if value < 100:
        return (str(value - value % 10), str(value % 10))
    return ("100-and", *number(value - 100)) if value < 200 else ()


def opening(scene: ScriptScene) -> Text:
    """Return the text for the start of a phase, or for continuing it after a pause."""
    kind, upcoming = scene.phase.kind, scene.upcoming
    if scene.phase.work is not None:
        return _working(scene, scene.phase.work)
    if kind is PhaseKind.REST:
        return _rest(scene)
    if kind is PhaseKind.FINISH:
        return ()
    switch = ("switch-legs",) if kind is PhaseKind.SWITCH else ()
    sit = () if scene.offset_ms else (LinePart(7, ("sit",)), LinePart(8, ("or-lie",)))
    work = details(upcoming.work, 1, scene.taught) if upcoming and upcoming.work else ()
    return (LinePart(0, (*switch, _leg(scene.phase))), *sit, *work, *scene.stop)


def _leg(phase: Phase) -> str:
    return "left-leg" if phase.leg is Leg.LEFT else "right-leg"


def details(work: HandWork, base: int, taught: frozenset[Technique]) -> Text:
    """Return where and how to work, complete enough for closed eyes; the zone's rank is `base`."""
    technique = work.technique
    how: Text = ()
    if technique not in taught:
        lean = (LinePart(7, ("lean",)),) if technique is Technique.KNUCKLES else ()
        how = (LinePart(6, (f"how-{technique}",)), *lean)
    return (
        LinePart(base, zones(work.zones)),
        LinePart(WHERE_RANK, where(work.zones, work.path)),
        LinePart(2, (f"technique-{technique}",)),
        *how,
        LinePart(3 if work.pressure else 5, pressure(work)),
    )


def zones(worked: tuple[Zone, ...]) -> tuple[str, ...]:
    """Return the phrases that name the zones of a stroke."""
    return _ALONG.get(worked) or tuple(f"zone-{zone}" for zone in worked)


def where(worked: tuple[Zone, ...], path: Path) -> tuple[str, ...]:
    """Return the phrases for where a stroke begins and ends."""
    if worked[0] in _SHORT:
        return (_SHORT[worked[0]],)
    begin, end = path.at(0).y, path.at(1).y
    return (
        next(phrase for y, phrase in _BEGINS if begin < y),
        next(phrase for y, phrase in _ENDS if end < y),
    )


def pressure(work: HandWork) -> tuple[str, ...]:
    """Return the phrases for how hard to press."""
    if work.pressure is None:
        return ("pressure-light",)
    low, high = work.pressure
    return ("press" if low == high else f"press-{low}-to", f"{high}-of-ten")


def reminder(work: HandWork, index: int) -> Text:
    """Return a reminder to be gentle, a different one in each phase."""
    pool = _FIRM_REMINDERS if work.technique.firm else _LIGHT_REMINDERS
    return (LinePart(3, pool[index // 2 % len(pool)]),)


def ten_seconds(scene: ScriptScene) -> Text:
    """Return the text for ten seconds before the end of a set, with what follows at once."""
    following, upcoming = scene.following, scene.upcoming
    if following and following.work and upcoming and upcoming.work:
        return (LinePart(1, ("ten-seconds", "next")), *details(upcoming.work, 1, scene.taught))
    ending = {PhaseKind.SWITCH: ("next-switch",), PhaseKind.FINISH: ("next-done",)}
    then = ending.get(following.kind, ()) if following else ()
    return (LinePart(3, ("ten-seconds",)), LinePart(4, then))


def _working(scene: ScriptScene, work: HandWork) -> Text:
    phase = scene.phase
    leg = _leg(phase)
    zone, *rest = details(work, 0, scene.taught)
    side = () if leg in scene.heard else (LinePart(0, (leg,)),)
    text = (*side, zone, *(part for part in rest if not scene.told.issuperset(part.phrases)))
    if scene.offset_ms:
        return (*(part for part in text if part.rank != WHERE_RANK), *scene.stop)
    series = (f"set-{phase.set_number}", f"of-{phase.set_count}") if phase.set_count > 1 else ()
    count = len(phase.strokes)
    strokes = ("one-stroke",) if count == 1 else (*number(count), "strokes")
    tones = () if scene.explained else ("tones",)
    told = (LinePart(2, series), LinePart(2, strokes if number(count) else ()), LinePart(5, tones))
    return (*text, *told, *scene.stop)


def _rest(scene: ScriptScene) -> Text:
    seconds = number(scene.phase.length_ms // 1000)
    length = () if scene.offset_ms or not seconds else (*seconds, "seconds")
    start = (
        *(LinePart(0, ("rest",)), LinePart(3, length)),
        *(LinePart(8, ("loose",)), LinePart(9, ("shake-out",)), LinePart(1, ("next",))),
    )
    work = scene.upcoming.work if scene.upcoming else None
    if work is None:
        return (*start[:-1], *scene.stop)
    if work == scene.last:
        return (*start, LinePart(1, ("same-again",)), LinePart(5, pressure(work)), *scene.stop)
    return (*start, *details(work, 1, scene.taught), *scene.stop)


OPENING: Key = (PhaseStarted, 0)
CALM_MS = 2_500  # silence around lines that could be left out (our choice)
BUSY_MS = 700  # the same if every stroke is counted, and for reminders in firm work (our choice)
_MORE = {3: "three-more", 2: "two-more", 1: "last-stroke"}


def opening_wish(scene: ScriptScene, text: Text, weight: Weight) -> TimedLine:
    """Return the request for the line that is said now.

    It leaves time for other lines: in a set from half-way on, in a rest for placing the hand.
    """
    by_ms = scene.phase.length_ms
    if weight < Weight.ANSWER:
        yields_to = (HalfWay, 0) if scene.phase.work else (TimeLeft, 3)
        ahead = (mark for mark in marks_of(scene.phase) if mark.offset_ms > scene.offset_ms)
        by_ms = next((m.offset_ms for m in ahead if (m.kind, m.number) == yields_to), by_ms)
    lasts = any(STOP in part.phrases for part in text)
    return TimedLine(OPENING, scene.offset_ms, by_ms - BREATH_MS, text, weight, lasts=lasts)


def later_wishes(scene: ScriptScene, count: Count) -> Iterator[TimedLine]:
    """Yield the requests for the rest of the phase."""
    for mark in marks_of(scene.phase):
        if mark.offset_ms > scene.offset_ms:
            yield from _at_mark(mark, scene, count)


def _at_mark(mark: Milestone, scene: ScriptScene, count: Count) -> Iterator[TimedLine]:
    phase = scene.phase
    key: Key = (mark.kind, mark.number)

    def wish(text: Text, weight: Weight, quiet_ms: int = BREATH_MS, group: str = "") -> TimedLine:
        by_ms = phase.length_ms - BREATH_MS
        return TimedLine(key, mark.offset_ms, by_ms, text, weight, quiet_ms, group)

    calm_ms = BUSY_MS if count is Count.ALL else CALM_MS
    if phase.work is None:
        if mark.number == 3:
            yield wish((LinePart(1, ("ready",)), LinePart(3, ("hand-on",))), Weight.NEXT)
    elif mark.kind is HalfWay:
        yield wish((LinePart(3, ("half-way",)),), Weight.HALF, calm_ms)
    elif mark.kind is StrokeStarted:
        yield wish(_count(mark, phase, count), Weight.COUNT)
    elif mark.kind is StrokeTurned:
        yield from (wish(*rest) for rest in _at_turn(mark.number, scene, phase.work))
    elif mark.number == 10:
        if scene.following is not None and scene.following.work is not None:
            yield wish(ten_seconds(scene), Weight.NEXT)
        else:
            yield wish(ten_seconds(scene), Weight.SECONDS, calm_ms)


def _at_turn(
    turn: int, scene: ScriptScene, work: HandWork
) -> Iterator[tuple[Text, Weight, int, str]]:
    """Yield the lines that can be said during the hand's return."""
    if turn <= 2 and not scene.explained:
        yield (LinePart(3, ("lift",)),), Weight.REMINDER, BREATH_MS, "lift"
    if 1 < turn < len(scene.phase.strokes):
        quiet_ms = BUSY_MS if work.technique.firm else CALM_MS
        yield reminder(work, scene.index), Weight.REMINDER, quiet_ms, "reminder"


def _count(mark: Milestone, phase: Phase, count: Count) -> Text:
    left = len(phase.strokes) - mark.number + 1
    if count is Count.NONE or (count is Count.LAST_THREE and left not in _MORE):
        return ()
    if count is Count.LAST_THREE or left == 1:
        return (LinePart(0, (_MORE[left],)),)
    half = ("half-way",) if mark.offset_ms == phase.length_ms // 2 else ()
    return (LinePart(0, number(mark.number)), LinePart(3, half))
