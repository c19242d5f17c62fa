"""Makes checkpoints of a session at any second."""

from datetime import UTC, datetime, timedelta

from itband_gui.leg.names import Leg
from itband_gui.routine.check_in import CheckIn
from itband_gui.routine.plan import Plan
from itband_gui.session.checkpoint import Encoder, make_head
from itband_gui.session.engine import Engine

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOTH = {Leg.RIGHT: 4, Leg.LEFT: 2}


def encoded(engine: Engine, check_in: CheckIn) -> bytes:
    head = make_head("a-session", NOON, check_in, engine.plan)
    return Encoder(head).encode(engine.snapshot(), NOON + timedelta(minutes=5))


def at(plan: Plan, second: float) -> Engine:
    engine = Engine(plan, 0)
    engine.advance_to(int(second * 1000))
    return engine
