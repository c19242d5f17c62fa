"""Turns what an engine saw into the journal's entry."""

from datetime import datetime

from itband_gui.journal.entries import SECONDS, Ended, Session, Work
from itband_gui.session.checkpoint import Checkpoint
from itband_gui.session.engine import Engine
from itband_gui.session.events import EndReason

_ENDED = {
    EndReason.FINISHED: Ended.FINISHED,
    EndReason.STOPPED: Ended.STOPPED,
    EndReason.ENDED_EARLY: Ended.ENDED_EARLY,
}


def session_entry(engine: Engine, entry_id: str, at: datetime) -> Session:
    """Return what was really done.

    Args:
        engine: one that has ended.
        entry_id: the id under which the session's ratings name it.
        at: when the session began, aware.

    Raises:
        ValueError: the engine has not ended.

    """
    if engine.ended is None:
        raise ValueError("the session is still running")
    return Session(
        id=entry_id,
        at=at,
        routine=engine.plan.routine_id,
        legs=engine.plan.legs,
        work=tuple(
            Work(**done.key._asdict(), strokes=done.strokes, seconds=done.seconds)
            for done in engine.tally.work
        ),
        hands_on_seconds=round(engine.tally.hands_on_ms / 1000),
        total_seconds=min(round(engine.elapsed_ms / 1000), SECONDS.high),  # paused for days
        skipped=engine.skips,
        repeated=engine.repeats,
        eased=engine.eases,
        ended=_ENDED[engine.ended],
    )


def interrupted_entry(checkpoint: Checkpoint, now: datetime) -> Session:
    """Return what was really done in a session that was interrupted.

    Args:
        checkpoint: its last one; a session that was over keeps its end, another ended early.
        now: the time of day, aware; the clock may have been set back since the start.

    """
    engine = checkpoint.engine(0)
    engine.end(0, EndReason.ENDED_EARLY)
    head = checkpoint.head
    return session_entry(engine, head.session, min(head.started, now))
