"""Turns a finished or interrupted session into a journal entry."""

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
    """Return the entry for a session as it was actually done.

    Args:
        engine: an engine that has ended.
        entry_id: the session's id, as in its ratings.
        at: when the session started, aware.

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
        total_seconds=min(
            round(engine.elapsed_ms / 1000), SECONDS.high
        ),  # it may be paused for days
        skipped=engine.skips,
        repeated=engine.repeats,
        eased=engine.eases,
        ended=_ENDED[engine.ended],
    )


def interrupted_entry(checkpoint: Checkpoint, now: datetime) -> Session:
    """Return the entry for an interrupted session.

    Args:
        checkpoint: its last checkpoint; unless the session had ended, it counts as ended early.
        now: the current time, aware; the clock may have been set back since the start.

    """
    engine = checkpoint.engine(0)
    engine.end(0, EndReason.ENDED_EARLY)
    head = checkpoint.head
    return session_entry(engine, head.session, min(head.started, now))
