"""Turns the events of a session into cues for the user to hear."""

from itband_gui.leg.names import Leg, Zone
from itband_gui.routine.plan import HandWork, Phase, PhaseKind, Plan
from itband_gui.session.cues import Count, Cue, Pace, SpokenLine, Talk, Tone
from itband_gui.session.events import (
    Eased,
    EndReason,
    Event,
    HalfWay,
    Paused,
    PauseReason,
    PhaseStarted,
    Repeated,
    RequestRefused,
    Resumed,
    SessionEnded,
    Skipped,
    StrokeStarted,
    StrokeTurned,
    TimeLeft,
    ZoneLeft,
)
from itband_gui.session.position import Position
from itband_gui.session.script_lines import (
    BRIEF_RANK,
    FULL_RANK,
    OPENING,
    SAFETY_RANK,
    STOP,
    ScriptScene,
    details,
    later_wishes,
    opening,
    opening_wish,
)
from itband_gui.session.script_timing import (
    LATE_OPENING_MS,
    Key,
    LinePart,
    Slot,
    Text,
    Weight,
    fit,
    longest,
)

_TONES: dict[type[Event], Tone] = {
    PhaseStarted: Tone.STEP,
    StrokeStarted: Tone.STROKE,
    StrokeTurned: Tone.TURN,
    HalfWay: Tone.HALF,
    Paused: Tone.PAUSE,
    Resumed: Tone.STEP,
    Eased: Tone.STEP,
    RequestRefused: Tone.TURN,
}
# Said before the opening line of the phase that the key leads to.
_BEFORE_PHASE: dict[type[Event], Text] = {
    Skipped: (LinePart(2, ("skipped",)),),
    Repeated: (LinePart(2, ("once-more",)),),
    ZoneLeft: (LinePart(2, ("leave-zone",)),),
}
_PAUSES: dict[PauseReason, Text] = {
    PauseReason.USER: (LinePart(0, ("paused",)), LinePart(3, ("space",))),
    PauseReason.GAP: (LinePart(0, ("paused",)), LinePart(2, ("slept",)), LinePart(3, ("space",))),
}
_REFUSED: Text = (LinePart(0, ("enough",)),)
_ENDS: dict[EndReason, Text] = {
    EndReason.STOPPED: (
        *(LinePart(0, ("stopped",)), LinePart(2, ("let-it-rest",))),
        *(LinePart(3, ("have-it-seen",)), LinePart(2, ("on-screen",))),
    ),
    EndReason.FINISHED: (
        *(LinePart(0, ("done",)), LinePart(2, ("rest-a-moment",)), LinePart(3, ("rate",))),
    ),
    EndReason.ENDED_EARLY: (
        *(LinePart(0, ("ended-early",)), LinePart(2, ("enough-today",)), LinePart(3, ("rate",))),
    ),
}


class Script:
    """The script of one session, which returns a cue for each event, passed in order.

    `said` reports how much of each line was heard: explanations are not repeated, but the leg, the
    place and when to stop are repeated until they were heard. Lines are timed with `pace`: within a
    phase they neither overlap nor outlast it; only the answer to a key cuts off a line, with a
    higher priority. A line without phrases is silence: it cuts off speech if a key leaves no time
    for words. `talk`, `count` and `pace` may change at any time.
    """

    def __init__(self, plan: Plan, talk: Talk, count: Count, pace: Pace) -> None:
        self.talk = talk
        self.count = count
        self.pace = pace
        self._plan = plan
        self._index = 0
        self._phase = plan.phases[0]
        self._begin_ms = 0  # when the phase would have begun without pauses
        self._halt_ms: int | None = None  # when the session was paused
        self._before: Text = ()  # said before the next phase's own line
        self._slots: dict[Key, Slot] = {}
        self._line = SpokenLine((), 0, 0)  # the last line
        self._line_end_ms = 0
        self._last: HandWork | None = None
        self._announced: HandWork | None = None
        self._told: frozenset[str] = frozenset()  # phrases that announced it
        self._heard: frozenset[str] = frozenset()  # phrases said to the end
        self._heard_here: frozenset[str] = frozenset()  # those about this phase or said in it
        self._offered: dict[
            SpokenLine, HandWork | None
        ] = {}  # lines to be said, with the work they announce
        self._eased: set[tuple[Leg, tuple[Zone, ...]]] = set()

    def stand_at(self, position: Position, now_ms: int) -> None:
        """Start with a session that is paused at a position, after a restart."""
        self._index, self._phase = position.index, position.phase
        self._begin_ms, self._halt_ms = now_ms - position.offset_ms, now_ms

    def take(self, event: Event) -> Cue | None:
        """Return the cue for an event, if any."""
        if isinstance(event, Skipped | Repeated | ZoneLeft):
            self._before = _BEFORE_PHASE[type(event)]
            return None
        if isinstance(event, PhaseStarted):
            return self._enter(event)
        if isinstance(event, StrokeStarted | StrokeTurned):
            return self._due(event, (type(event), event.number), _TONES[type(event)])
        if isinstance(event, TimeLeft):
            ten = event.seconds == 10 and self._phase.work is not None
            return self._due(event, (TimeLeft, event.seconds), Tone.TEN if ten else None)
        if isinstance(event, HalfWay):
            return self._due(event, (HalfWay, 0), Tone.HALF)
        return self._answer(event)

    def said(self, line: SpokenLine, phrases: tuple[str, ...]) -> None:
        """Note which phrases of a line were said to the end; none if it was cut off or dropped."""
        if line not in self._offered:
            return
        ahead = self._offered.pop(line)
        self._heard |= set(phrases)
        self._heard_here |= set(phrases)
        if ahead is None:
            return
        zone, *rest = details(ahead, 0, frozenset())
        if "same-again" in phrases:
            phrases += tuple(phrase for part in (zone, *rest) for phrase in part.phrases)
        if set(zone.phrases) <= set(phrases):
            self._announced, self._told = ahead, frozenset(phrases)

    def remind(self, at_ms: int) -> Cue | None:
        """Return a cue with the leg, the place and when to stop, if not yet heard.

        For a voice that comes back during a phase; nothing is due during a pause.
        """
        if self._halt_ms is not None:
            return None
        scene = self._scene(self._offset(at_ms))
        needs_write = self._owed(scene)
        cue = self._open(Resumed(at_ms), scene, needs_write, Weight.PHASE) if needs_write else None
        return Cue(at_ms, None, cue.line) if cue and cue.line else None

    def _enter(self, event: PhaseStarted) -> Cue | None:
        """Open a phase; if a key led to it, with an answer to the key first."""
        if self._phase.work is not None:
            same_leg = self._phase.leg is event.phase.leg
            self._last = self._phase.work if same_leg else None
        self._index, self._phase, self._begin_ms = event.index, event.phase, event.at_ms
        if self._halt_ms is not None:
            self._halt_ms = event.at_ms
        before, self._before = self._before, ()
        if event.phase.kind is PhaseKind.FINISH:  # the end follows at the same instant
            return None
        announced = not before and self._announced == event.phase.work
        self._heard_here = self._told if announced else frozenset()
        scene = self._scene(0, told=self._heard_here)
        text = before + opening(scene)
        weight = Weight.ANSWER if before else Weight.PHASE
        return self._open(event, scene, text, weight)

    def _answer(self, event: Event) -> Cue | None:
        if isinstance(event, SessionEnded):
            stopped = event.reason is EndReason.STOPPED
            weight = Weight.SAFETY if stopped else Weight.ANSWER
            line = self._unbounded(event.at_ms, _ENDS[event.reason], weight)
            return self._cue(event, Tone.STOP if stopped else Tone.FINISH, line)
        if isinstance(event, Paused):
            self._halt_ms = event.at_ms
            text = _PAUSES[event.reason]
        elif isinstance(event, Resumed):
            return self._resume(event)
        elif isinstance(event, Eased):
            text = self._ease()
        else:
            text = _REFUSED
        scene = self._scene(self._offset(event.at_ms))
        if not isinstance(event, Paused):  # the answer may cut off the phase's opening
            text += self._owed(scene)
        return self._open(event, scene, text, Weight.ANSWER)

    def _resume(self, event: Resumed) -> Cue | None:
        if self._halt_ms is not None:
            self._begin_ms += event.at_ms - self._halt_ms
        self._halt_ms = None
        scene = self._scene(self._offset(event.at_ms))
        again = (LinePart(max(1, part.rank), part.phrases) for part in opening(scene))
        return self._open(event, scene, (LinePart(0, ("on-we-go",)), *again), Weight.PHASE)

    def _ease(self) -> Text:
        """Note the zone that is lighter from now on, and return how to do it."""
        resting = self._phase.kind is PhaseKind.REST
        phase = self._upcoming() if resting else self._phase
        if phase is not None and phase.work is not None:
            self._eased.add((phase.leg, phase.work.zones))
            self._phase = self._phase.fitted(self._eased)
        return (
            *(LinePart(0, ("lighter",)), LinePart(2, ("technique-light",))),
            *(LinePart(2, ("pressure-light",)), LinePart(3, ("press-e",))),
        )

    def _owed(self, scene: ScriptScene) -> Text:
        """Return the safety parts of a phase's opening that were not yet heard."""
        return tuple(
            LinePart(SAFETY_RANK, part.phrases)
            for part in opening(scene)
            if part.rank <= SAFETY_RANK and not self._heard_here.issuperset(part.phrases)
        )

    def _open(self, event: Event, scene: ScriptScene, text: Text, weight: Weight) -> Cue | None:
        """Say something now and fit the phase's remaining lines around it."""
        tone = _TONES[type(event)]
        if isinstance(event, PhaseStarted):
            self._slots = {}
        if self._halt_ms is not None:
            return self._cue(event, tone, self._unbounded(event.at_ms, text, weight))
        safety = {p for part in text if part.rank <= SAFETY_RANK for p in part.phrases}
        wanted = safety if STOP in safety else set()
        found: dict[Key, Slot] = {}
        for weigh in (weight, Weight.ANSWER):  # leaving time for others, else taking it
            wishes = [opening_wish(scene, text, weigh), *later_wishes(scene, self.count)]
            slots = fit(wishes, self._rank, self.pace)
            if OPENING in slots and wanted.issubset(slots[OPENING].phrases):
                found = slots
                break
            found = found if OPENING in found else slots
        if OPENING in found:
            self._slots = found
            return self._due(event, OPENING, tone)
        self._slots = self._slots or found  # later lines stay as they are
        return self._cue(event, tone, self._silence(event))

    def _silence(self, event: Event) -> SpokenLine | None:
        """Return a line without phrases if an earlier line would last into what starts now."""
        if event.at_ms >= self._line_end_ms or not isinstance(event, PhaseStarted | Resumed):
            return None
        return self._spoken(event.at_ms, (), Weight.ANSWER, LATE_OPENING_MS)

    def _due(self, event: Event, key: Key, tone: Tone | None) -> Cue | None:
        """Return the cue for an event within a phase."""
        slot = self._slots.pop(key, None)
        if slot is None:
            return self._cue(event, tone, None)
        late_ms = slot.until_ms - slot.at_ms
        line = self._spoken(event.at_ms, slot.phrases, slot.weight, late_ms, slot.shorter)
        return self._cue(event, tone, line)

    def _unbounded(self, at_ms: int, text: Text, weight: Weight) -> SpokenLine | None:
        """Return a line without a time limit, for a pause and for the end."""
        phrases = longest(text, self._rank, None, self.pace)
        late_ms = self.pace.duration_ms(phrases) + LATE_OPENING_MS
        return self._spoken(at_ms, phrases, weight, late_ms) if phrases else None

    def _spoken(
        self,
        at_ms: int,
        phrases: tuple[str, ...],
        weight: int,
        late_ms: int,
        shorter: tuple[tuple[str, ...], ...] = (),
    ) -> SpokenLine:
        """Return a line, with a higher priority if another must still be sounding."""
        if at_ms < self._line_end_ms:
            weight = max(weight, self._line.priority + 1)
        self._line = SpokenLine(phrases, weight, at_ms + late_ms, shorter)
        self._line_end_ms = at_ms + self.pace.duration_ms(phrases)
        upcoming = self._upcoming()
        looks_ahead = upcoming and (self._phase.work is None or "next" in phrases)
        self._offered[self._line] = upcoming.work if upcoming and looks_ahead else None
        return self._line

    def _cue(self, event: Event, tone: Tone | None, line: SpokenLine | None) -> Cue | None:
        if self.talk is Talk.SILENT or (tone is None and line is None):
            return None
        return Cue(event.at_ms, tone, line)

    def _scene(self, offset_ms: int, told: frozenset[str] = frozenset()) -> ScriptScene:
        phases = self._plan.phases
        following = phases[self._index + 1] if self._index + 1 < len(phases) else None
        return ScriptScene(
            phase=self._phase,
            index=self._index,
            offset_ms=offset_ms,
            following=following,
            upcoming=self._upcoming(),
            last=self._phase.work or self._last,
            told=told,
            heard=self._heard,
        )

    def _upcoming(self) -> Phase | None:
        phase = self._plan.next_work(self._index)
        return phase.fitted(self._eased) if phase else None

    def _offset(self, at_ms: int) -> int:
        return (at_ms if self._halt_ms is None else self._halt_ms) - self._begin_ms

    @property
    def _rank(self) -> int:
        """The highest rank that may be said."""
        return {Talk.FULL: FULL_RANK, Talk.BRIEF: BRIEF_RANK}.get(self.talk, -1)
