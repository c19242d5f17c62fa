"""When there would be something to say within a phase."""

from collections.abc import Iterator

from itband_gui.routine.plan import Phase, Work
from itband_gui.session.cues import Count
from itband_gui.session.events import HalfWay, PhaseStarted, StrokeStarted, StrokeTurned, TimeLeft
from itband_gui.session.marks import Mark, marks_of
from itband_gui.session.script_fit import BREATH_MS, Key, Part, Text, Weight, Wish
from itband_gui.session.script_lines import STOP, Scene, number, reminder, ten_seconds

OPENING: Key = (PhaseStarted, 0)
CALM_MS = 2_500  # of silence around what could be left out; our choice
BUSY_MS = 700  # likewise, where one wants every stroke counted or should hear to ease off
_MORE = {3: "three-more", 2: "two-more", 1: "last-stroke"}


def opening_wish(scene: Scene, text: Text, weight: Weight) -> Wish:
    """Return the wish for what is said now.

    It leaves time: in a set until half of it is over, in a rest until the hand must be laid on.
    """
    by_ms = scene.phase.length_ms
    if weight < Weight.ANSWER:
        yields_to = (HalfWay, 0) if scene.phase.work else (TimeLeft, 3)
        ahead = (mark for mark in marks_of(scene.phase) if mark.offset_ms > scene.offset_ms)
        by_ms = next((m.offset_ms for m in ahead if (m.kind, m.number) == yields_to), by_ms)
    lasts = any(STOP in part.phrases for part in text)
    return Wish(OPENING, scene.offset_ms, by_ms - BREATH_MS, text, weight, lasts=lasts)


def later_wishes(scene: Scene, count: Count) -> Iterator[Wish]:
    """Yield the wishes for the rest of the phase."""
    for mark in marks_of(scene.phase):
        if mark.offset_ms > scene.offset_ms:
            yield from _at_mark(mark, scene, count)


def _at_mark(mark: Mark, scene: Scene, count: Count) -> Iterator[Wish]:
    phase = scene.phase
    key: Key = (mark.kind, mark.number)

    def wish(text: Text, weight: Weight, quiet_ms: int = BREATH_MS, group: str = "") -> Wish:
        by_ms = phase.length_ms - BREATH_MS
        return Wish(key, mark.offset_ms, by_ms, text, weight, quiet_ms, group)

    calm_ms = BUSY_MS if count is Count.ALL else CALM_MS
    if phase.work is None:
        if mark.number == 3:
            yield wish((Part(1, ("ready",)), Part(3, ("hand-on",))), Weight.NEXT)
    elif mark.kind is HalfWay:
        yield wish((Part(3, ("half-way",)),), Weight.HALF, calm_ms)
    elif mark.kind is StrokeStarted:
        yield wish(_count(mark, phase, count), Weight.COUNT)
    elif mark.kind is StrokeTurned:
        yield from (wish(*rest) for rest in _at_turn(mark.number, scene, phase.work))
    elif mark.number == 10:
        if scene.following is not None and scene.following.work is not None:
            yield wish(ten_seconds(scene), Weight.NEXT)
        else:
            yield wish(ten_seconds(scene), Weight.SECONDS, calm_ms)


def _at_turn(turn: int, scene: Scene, work: Work) -> Iterator[tuple[Text, Weight, int, str]]:
    """Yield what can be said while the hand comes back."""
    if turn <= 2 and not scene.explained:
        yield (Part(3, ("lift",)),), Weight.REMINDER, BREATH_MS, "lift"
    if 1 < turn < len(scene.phase.strokes):
        quiet_ms = BUSY_MS if work.technique.firm else CALM_MS
        yield reminder(work, scene.index), Weight.REMINDER, quiet_ms, "reminder"


def _count(mark: Mark, phase: Phase, count: Count) -> Text:
    left = len(phase.strokes) - mark.number + 1
    if count is Count.NONE or (count is Count.LAST_THREE and left not in _MORE):
        return ()
    if count is Count.LAST_THREE or left == 1:
        return (Part(0, (_MORE[left],)),)
    half = ("half-way",) if mark.offset_ms == phase.length_ms // 2 else ()
    return (Part(0, number(mark.number)), Part(3, half))
