"""Reads a running check-in as a screen reader does and writes the result as JSON.

It runs under the system's Python, which has the reader's library (python3-gi, gir1.2-atspi-2.0),
on a session bus and a display of its own: `at_spi_reader.py ANSWER COMMAND...` starts the program
and writes the file ANSWER. The session bus starts the accessibility bus when it is asked for.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import gi  # type: ignore[import-not-found]  # the system's Python has it

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402 - version first

PATIENCE_S = 60
EVENTS = ("object:state-changed:checked", "object:state-changed:focused", "object:announcement")
LEFT, RIGHT = "Left leg: where it is sore", "Right leg: where it is sore"

T = TypeVar("T")
Heard = dict[str, object]


class Box(Protocol):
    """A rectangle on the screen."""

    x: int
    y: int
    width: int
    height: int


class State(Protocol):
    """A state."""

    value_nick: str


class States(Protocol):
    """The set of states of an object."""

    def contains(self, state: object) -> bool: ...
    def get_states(self) -> list[State]: ...


class Accessible(Protocol):
    """The library's object for a widget, as far as it is used here."""

    def get_name(self) -> str: ...
    def get_description(self) -> str: ...
    def get_role_name(self) -> str: ...
    def get_process_id(self) -> int: ...
    def get_parent(self) -> "Accessible | None": ...
    def get_child_count(self) -> int: ...
    def get_child_at_index(self, index: int) -> "Accessible | None": ...
    def get_accessible_at_point(self, x: int, y: int, kind: object) -> "Accessible | None": ...
    def get_extents(self, kind: object) -> Box: ...
    def get_state_set(self) -> States: ...
    def get_n_actions(self) -> int: ...
    def do_action(self, index: int) -> bool: ...


class Event(Protocol):
    """The library's event."""

    type: str
    source: Accessible
    detail1: int
    any_data: object


def wait_until(done: Callable[[], T | None], what: str) -> T:
    """Process events until `done` returns a value, and return it."""
    late: list[bool] = []
    GLib.timeout_add_seconds(PATIENCE_S, lambda: late.append(True))
    waker = GLib.timeout_add(20, lambda: True)
    try:
        while not (found := done()):
            if late:
                raise TimeoutError(what)
            GLib.MainContext.default().iteration(True)
        return found
    finally:
        GLib.source_remove(waker)


class Reader:
    """One program's windows, by the names that would be read out."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.events: list[Heard] = []
        self.listener = Atspi.EventListener.new(self._hear)
        for event in EVENTS:
            self.listener.register(event)

    def _hear(self, event: Event) -> None:
        parent = event.source.get_parent()
        heard = {
            "type": event.type.removeprefix("object:"),
            "name": event.source.get_name(),
            "in": parent.get_name() if parent is not None else "",
        }
        is_said = event.type == "object:announcement"
        self.events.append(heard | ({"says": event.any_data} if is_said else {"on": event.detail1}))

    def find(self, name: str, action: str = "") -> Accessible:
        """Return the visible object with this name that offers the action."""

        def seek() -> Accessible | None:
            desktop = Atspi.get_desktop(0)
            programs = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
            ours = (each for each in programs if each and each.get_process_id() == self.pid)
            found = (each for program in ours for each in within(program))
            return next((each for each in found if fits(each, name, action)), None)

        return wait_until(seek, f"nothing is called {name}")

    def do(self, name: str, action: str = "Press") -> None:
        act(self.find(name, action), action)

    def hear(self, **wanted: object) -> list[Heard]:
        """Wait for an event; return all events since the last call."""

        def seek() -> bool:
            return any(wanted.items() <= event.items() for event in self.events)

        wait_until(seek, f"{wanted} is not among {self.events}")
        heard, self.events = self.events, []
        return heard


def within(each: Accessible) -> Iterator[Accessible]:
    yield each
    for child in children(each):
        yield from within(child)


def children(each: Accessible) -> list[Accessible]:
    found = (each.get_child_at_index(index) for index in range(each.get_child_count()))
    return [child for child in found if child is not None]


def fits(each: Accessible, name: str, action: str) -> bool:
    shows = each.get_state_set().contains(Atspi.StateType.SHOWING)
    named = each.get_name().startswith(name)
    return bool(shows and named and (not action or action in actions(each)))


def actions(each: Accessible) -> list[str]:
    return [Atspi.Action.get_action_name(each, i) for i in range(each.get_n_actions())]


def act(each: Accessible, action: str) -> None:
    each.do_action(actions(each).index(action))


def read(each: Accessible) -> dict[str, object]:
    box = each.get_extents(Atspi.CoordType.SCREEN)
    return {
        "name": each.get_name(),
        "role": each.get_role_name(),
        "description": each.get_description(),
        "states": [state.value_nick for state in each.get_state_set().get_states()],
        "box": [box.x, box.y, box.width, box.height],
        "actions": actions(each),
    }


def middle(each: Accessible) -> tuple[int, int]:
    box = each.get_extents(Atspi.CoordType.SCREEN)
    return box.x + box.width // 2, box.y + box.height // 2


def xdotool(*arguments: str) -> None:
    """Move the real pointer, press real keys."""
    subprocess.run(["xdotool", *arguments], check=True, timeout=PATIENCE_S)


def follow(reader: Reader) -> dict[str, object]:
    """Go through a check-in of both legs; return everything found."""
    reader.do("Whole outer thigh", "Toggle")
    for name in ("Start", "I understand", "Both", "Next"):
        reader.do(name)
    maps = {name: reader.find(name) for name in (LEFT, RIGHT)}
    found: dict[str, object] = {
        "maps": {name: read(each) for name, each in maps.items()},
        "places": {name: [read(child) for child in children(maps[name])] for name in maps},
    }
    knee, band = (
        next(child for child in children(maps[leg]) if child.get_name() == name)
        for leg, name in ((LEFT, "Outer knee"), (RIGHT, "Middle of the band"))
    )
    reader.events.clear()
    act(knee, "Toggle")
    found["toggled"] = reader.hear(says="Outer knee: marked")
    found["states when marked"] = read(knee)["states"]
    act(knee, "Press")
    found["pressed"] = reader.hear(says="Outer knee: not marked")
    x, y = middle(band)
    there = maps[RIGHT].get_accessible_at_point(x, y, Atspi.CoordType.SCREEN)
    found["at the point"] = there and there.get_name()
    xdotool("mousemove", str(x), str(y), "click", "1")
    found["clicked"] = reader.hear(name="Middle of the band", on=1, type="state-changed:focused")
    found["group"] = maps[RIGHT].get_description()
    xdotool("key", "Down")
    found["went down"] = reader.hear(name="Lower band", on=1)
    for name in ("Back (Esc)", "Left (L)", "Next"):  # one leg now: the maps are made anew
        reader.do(name)
    wait_until(lambda: is_gone(band), "the old map goes")
    act(next(child for child in children(reader.find(LEFT))), "Press")
    found["pressed anew"] = reader.hear(says="Buttock: marked")
    return found


def is_gone(each: Accessible) -> bool:
    try:
        return bool(each.get_state_set().contains(Atspi.StateType.DEFUNCT) or not each.get_name())
    except GLib.Error:
        return True


def main() -> None:
    answer, *command = sys.argv[1:]
    program = subprocess.Popen(command)
    try:
        found = follow(Reader(program.pid))
        found["still runs"] = program.poll() is None
        Path(answer).write_text(json.dumps(found), "utf-8")
    finally:
        program.kill()
        program.wait(timeout=300)


if __name__ == "__main__":
    main()
