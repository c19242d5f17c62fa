"""What is said of the phases of a session, as phrase ids with ranks.

Ranks: 0 is the core of a line, 1 what else is for safety, 2 is said in brief talk too, the others
in full talk; where time is short, the lower ranks have it.
"""

from dataclasses import dataclass

from itband_gui.leg.geometry import Path
from itband_gui.leg.names import Leg, Zone
from itband_gui.routine.names import Technique
from itband_gui.routine.plan import Phase, PhaseKind, Work
from itband_gui.session.script_fit import Part, Text

SAFETY_RANK, BRIEF_RANK, FULL_RANK = 1, 2, 10
WHERE_RANK = 4
STOP = "stop-if"

_ALONG = {
    (Zone.BAND_UPPER, Zone.BAND_MIDDLE, Zone.BAND_LOWER): ("zone-along-band",),
    (Zone.BAND_UPPER, Zone.BAND_MIDDLE): ("zone-along-upper-band",),
}
_SHORT = {Zone.GLUTEAL: "where-gluteal", Zone.HIP_POCKET: "where-hip-pocket"}
# Where a stroke on the thigh begins and ends, by centimetres below the trochanter; the working
# part reaches from a hand's width below it to a hand's width above the knee, 8 to 33 cm.
_BEGINS = ((12.5, "from-below-hip"), (20.5, "from-one-third"), (99.0, "from-two-thirds"))
_ENDS = ((20.5, "to-one-third"), (29.0, "to-two-thirds"), (99.0, "to-above-knee"))

_FIRM_REMINDERS = (("lean",), ("over-five",), ("breathe", "loose"), ("softer",), ("stop-if",))
_LIGHT_REMINDERS = (("pressure-light", "glide"), ("slow",), ("breathe", "loose"))


@dataclass(frozen=True)
class Scene:
    """Where a session stands, for what there is to say.

    Attributes:
        following: the phase after this one; None after the last.
        upcoming: the next phase in which the hand works, lighter where it was eased.
        last: what was done last on this leg.
        told: what was said of this phase's work before it began.
        heard: every phrase that was said to its end so far.

    """

    phase: Phase
    index: int
    offset_ms: int
    following: Phase | None = None
    upcoming: Phase | None = None
    last: Work | None = None
    told: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()

    @property
    def taught(self) -> frozenset[Technique]:
        """The techniques that were explained."""
        return frozenset(hand for hand in Technique if f"how-{hand}" in self.heard)

    @property
    def explained(self) -> bool:
        """Whether the tones were explained."""
        return "tones" in self.heard

    @property
    def stop(self) -> Text:
        """When to stop, in every phase until it was heard."""
        return () if STOP in self.heard else (Part(SAFETY_RANK, (STOP,)),)


def number(value: int) -> tuple[str, ...]:
    """Return a number's phrases; nothing from 200 on."""
    if value <= 20 or (value < 100 and value % 10 == 0) or value == 100:
        return (str(value),)
    if value < 100:
        return (str(value - value % 10), str(value % 10))
    return ("100-and", *number(value - 100)) if value < 200 else ()


def opening(scene: Scene) -> Text:
    """Return what is said as a phase begins, or as it goes on after a pause."""
    kind, upcoming = scene.phase.kind, scene.upcoming
    if scene.phase.work is not None:
        return _working(scene, scene.phase.work)
    if kind is PhaseKind.REST:
        return _rest(scene)
    if kind is PhaseKind.FINISH:
        return ()
    switch = ("switch-legs",) if kind is PhaseKind.SWITCH else ()
    sit = () if scene.offset_ms else (Part(7, ("sit",)), Part(8, ("or-lie",)))
    work = details(upcoming.work, 1, scene.taught) if upcoming and upcoming.work else ()
    return (Part(0, (*switch, _leg(scene.phase))), *sit, *work, *scene.stop)


def _leg(phase: Phase) -> str:
    return "left-leg" if phase.leg is Leg.LEFT else "right-leg"


def details(work: Work, base: int, taught: frozenset[Technique]) -> Text:
    """Return where and how to work, complete enough for closed eyes; the zone has rank `base`."""
    technique = work.technique
    how: Text = ()
    if technique not in taught:
        lean = (Part(7, ("lean",)),) if technique is Technique.KNUCKLES else ()
        how = (Part(6, (f"how-{technique}",)), *lean)
    return (
        Part(base, zones(work.zones)),
        Part(WHERE_RANK, where(work.zones, work.path)),
        Part(2, (f"technique-{technique}",)),
        *how,
        Part(3 if work.pressure else 5, pressure(work)),
    )


def zones(worked: tuple[Zone, ...]) -> tuple[str, ...]:
    """Return the name of the zones that a stroke runs through."""
    return _ALONG.get(worked) or tuple(f"zone-{zone}" for zone in worked)


def where(worked: tuple[Zone, ...], path: Path) -> tuple[str, ...]:
    """Return where a stroke begins and ends."""
    if worked[0] in _SHORT:
        return (_SHORT[worked[0]],)
    begin, end = path.at(0).y, path.at(1).y
    return (
        next(phrase for y, phrase in _BEGINS if begin < y),
        next(phrase for y, phrase in _ENDS if end < y),
    )


def pressure(work: Work) -> tuple[str, ...]:
    """Return how hard to press."""
    if work.pressure is None:
        return ("pressure-light",)
    low, high = work.pressure
    return ("press" if low == high else f"press-{low}-to", f"{high}-of-ten")


def reminder(work: Work, index: int) -> Text:
    """Return a reminder to ease off; the phases take turns."""
    pool = _FIRM_REMINDERS if work.technique.firm else _LIGHT_REMINDERS
    return (Part(3, pool[index // 2 % len(pool)]),)


def ten_seconds(scene: Scene) -> Text:
    """Return what is said ten seconds before a set ends; what follows it at once is announced."""
    following, upcoming = scene.following, scene.upcoming
    if following and following.work and upcoming and upcoming.work:
        return (Part(1, ("ten-seconds", "next")), *details(upcoming.work, 1, scene.taught))
    ending = {PhaseKind.SWITCH: ("next-switch",), PhaseKind.FINISH: ("next-done",)}
    then = ending.get(following.kind, ()) if following else ()
    return (Part(3, ("ten-seconds",)), Part(4, then))


def _working(scene: Scene, work: Work) -> Text:
    phase = scene.phase
    leg = _leg(phase)
    zone, *rest = details(work, 0, scene.taught)
    side = () if leg in scene.heard else (Part(0, (leg,)),)
    text = (*side, zone, *(part for part in rest if not scene.told.issuperset(part.phrases)))
    if scene.offset_ms:
        return (*(part for part in text if part.rank != WHERE_RANK), *scene.stop)
    series = (f"set-{phase.set_number}", f"of-{phase.set_count}") if phase.set_count > 1 else ()
    count = len(phase.strokes)
    strokes = ("one-stroke",) if count == 1 else (*number(count), "strokes")
    tones = () if scene.explained else ("tones",)
    told = (Part(2, series), Part(2, strokes if number(count) else ()), Part(5, tones))
    return (*text, *told, *scene.stop)


def _rest(scene: Scene) -> Text:
    seconds = number(scene.phase.length_ms // 1000)
    length = () if scene.offset_ms or not seconds else (*seconds, "seconds")
    start = (
        *(Part(0, ("rest",)), Part(3, length)),
        *(Part(8, ("loose",)), Part(9, ("shake-out",)), Part(1, ("next",))),
    )
    work = scene.upcoming.work if scene.upcoming else None
    if work is None:
        return (*start[:-1], *scene.stop)
    if work == scene.last:
        return (*start, Part(1, ("same-again",)), Part(5, pressure(work)), *scene.stop)
    return (*start, *details(work, 1, scene.taught), *scene.stop)
