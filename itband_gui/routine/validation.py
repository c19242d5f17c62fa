"""Parses a routine file and finds its errors, key by key."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from math import ceil, dist

import msgspec

from itband_gui.leg.anatomy import Anatomy
from itband_gui.leg.geometry import Path, Point
from itband_gui.leg.names import BAND_ZONES, MUSCLE_ZONES, Technique, Zone
from itband_gui.routine.model import FIRM_LIMIT_S, RANGES, RoutineFile, Settle, Step

NAME_LIMIT, SUMMARY_LIMIT, STEP_LIMIT = 60, 240, 40
EDGE_SLACK_CM = 0.3  # how far outside its zones a custom path may run
JOIN_CM = 1.0  # largest gap between the end of one zone's stroke and the start of the next
PATH_CM = (1, 60)  # length of a custom path; the main stroke in the drawing is 25 cm


class RoutineFault(StrEnum):
    """The kinds of errors in a routine file."""

    NOT_TOML = "not-toml"  # `given` says where
    NOT_READABLE = "not-readable"
    TOO_BIG = "too-big"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    NOT_ALLOWED = "not-allowed"
    KEEP_OFF = "keep-off"
    OUTSIDE_ZONE = "outside-zone"
    TOO_MUCH_FIRM = "too-much-firm"


class RoutineInvalidError(ValueError):
    """A routine file cannot be used.

    Attributes:
        fault: the kind of error.
        key: the key at fault, such as `steps[2].pressure`; empty for the whole file.
        given: the value in the file, shortened; may be empty.
        allowed: the allowed names or range, as written in the file.

    """

    def __init__(
        self, fault: RoutineFault, key: str = "", given: str = "", allowed: str = ""
    ) -> None:
        super().__init__(fault, key, given, allowed)
        self.fault = fault
        self.key = key
        self.given = given
        self.allowed = allowed


def parse(text: str, anatomy: Anatomy) -> RoutineFile:
    """Parse a routine from TOML text.

    Raises:
        RoutineInvalidError: naming the first key that is wrong.

    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError also for a number with 5,000 digits
        raise RoutineInvalidError(RoutineFault.NOT_TOML, given=str(error)) from error
    try:
        content = msgspec.convert(data, RoutineFile)
    except msgspec.ValidationError as error:
        raise _of_structure(error, data) from error
    _check_texts(content)
    _check_work(content.settle, "settle")
    _check_stroke(content.settle, "settle", _joined(content.settle, "settle", anatomy))
    for i, step in enumerate(content.steps):
        _check_step(step, f"steps[{i}]", anatomy)
    _check_range(content, "get_ready_s", "")
    _check_range(content, "switch_s", "")
    _check_firm(content)
    return content


_PATTERN = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>[\w.\[\]]*)`)?$", re.DOTALL)
_STRUCTS: dict[str, type[msgspec.Struct]] = {"": RoutineFile, "settle": Settle, "steps": Step}


def _of_structure(error: msgspec.ValidationError, data: dict[str, object]) -> RoutineInvalidError:
    """Convert msgspec's error, which names the path, into ours, which says what is allowed."""
    match = _PATTERN.match(str(error))
    what, path = (match["what"], match["path"] or "") if match else (str(error), "")
    named = re.search(r"field `(.*)`$", what, re.DOTALL)
    if named:
        name = named[1] if named[1].isprintable() else repr(named[1])
        key = f"{path}.{name[:40]}" if path else name[:40]
        if "unknown field" in what:
            owner = _STRUCTS.get(re.sub(r"\[.*", "", path), RoutineFile)
            names = ", ".join(field.name for field in msgspec.structs.fields(owner))
            return RoutineInvalidError(RoutineFault.UNKNOWN_KEY, key, "", names)
        return RoutineInvalidError(RoutineFault.MISSING_KEY, key, "", _allowed(named[1]))
    return RoutineInvalidError(
        RoutineFault.NOT_ALLOWED, path, _given(data, path), _allowed(re.sub(r"\[.*?\]", "", path))
    )


def _given(data: object, path: str) -> str:
    """Return the value at a path such as `steps[2].zones[0]`, shortened; "" if too deep."""
    for name, index in re.findall(r"(\w+)|\[(\d+)\]", path):
        try:
            data = data[name] if name else data[int(index)]  # type: ignore[index]  # TOML data
        except (KeyError, IndexError, TypeError):
            return ""
    try:
        return repr(data)[:40]
    except (RecursionError, ValueError):  # nested thousands deep, or thousands of digits
        return ""


def _allowed(key: str) -> str:
    """Return the values a key allows, as written in the file."""
    name = key.rsplit(".", 1)[-1]
    if name in RANGES:
        low, high = RANGES[name]
        return f"[{low}, {high}]" if name == "pressure" else f"{low}…{high}"
    names = {
        "technique": ", ".join(Technique),
        "zones": "[" + ", ".join(Zone) + "]",
        "legs": "one, both",
        "path": f"[[x, y], [x, y], …] {PATH_CM[0]}…{PATH_CM[1]} cm",
        "name": f"1…{NAME_LIMIT}",
        "summary": f"0…{SUMMARY_LIMIT}",
        "steps": f"[[steps]] × 1…{STEP_LIMIT}",
        "settle": "[settle] " + ", ".join(field.name for field in msgspec.structs.fields(Settle)),
    }
    return names.get(name, "")


def _refuse(key: str, given: object) -> RoutineInvalidError:
    return RoutineInvalidError(RoutineFault.NOT_ALLOWED, key, repr(given)[:40], _allowed(key))


def _check_texts(content: RoutineFile) -> None:
    if not 1 <= len(content.name.strip()) <= NAME_LIMIT or not content.name.isprintable():
        raise _refuse("name", content.name)
    if len(content.summary) > SUMMARY_LIMIT or not content.summary.isprintable():
        raise _refuse("summary", content.summary)
    if not 1 <= len(content.steps) <= STEP_LIMIT:
        raise _refuse("steps", len(content.steps))


def _check_range(holder: msgspec.Struct, name: str, prefix: str) -> None:
    value = getattr(holder, name)
    low, high = RANGES[name]
    if not low <= value <= high:  # also refuses nan
        raise _refuse(f"{prefix}.{name}".lstrip("."), value)


def _check_work(work: Settle | Step, key: str) -> None:
    for name in ("seconds", "speed_cm_s", "return_s"):
        _check_range(work, name, key)
    if not work.zones or len(set(work.zones)) != len(work.zones):
        raise _refuse(f"{key}.zones", [str(zone) for zone in work.zones])


def _check_step(step: Step, key: str, anatomy: Anatomy) -> None:
    _check_work(step, key)
    _check_range(step, "sets", key)
    _check_range(step, "rest_s", key)
    low, high = RANGES["pressure"]
    if step.technique.firm:
        if step.pressure is None:
            raise RoutineInvalidError(
                RoutineFault.MISSING_KEY, f"{key}.pressure", "", _allowed("pressure")
            )
        if not low <= step.pressure[0] <= step.pressure[1] <= high:
            raise _refuse(f"{key}.pressure", list(step.pressure))
    elif step.pressure is not None:
        raise RoutineInvalidError(
            RoutineFault.UNKNOWN_KEY, f"{key}.pressure", "", "technique = light: –"
        )
    off_muscle = [zone for zone in step.zones if zone not in MUSCLE_ZONES]
    if step.technique is Technique.KNUCKLES and off_muscle:
        allowed = ", ".join(zone for zone in Zone if zone in MUSCLE_ZONES)
        raise RoutineInvalidError(RoutineFault.NOT_ALLOWED, f"{key}.zones", off_muscle[0], allowed)
    own = step.path is not None
    _check_stroke(step, key, (_own_path if own else _joined)(step, key, anatomy))


def _joined(work: Settle | Step, key: str, anatomy: Anatomy) -> Path:
    """Return the stroke through the zones; each must begin where the one before ends."""
    for zone, following in pairwise(work.zones):
        gap = dist(anatomy.strokes[zone].points[-1], anatomy.strokes[following].points[0])
        if gap > JOIN_CM:  # the line between them would leave the zones, perhaps over a bone
            given, allowed = f"{zone} → {following}", " → ".join(z for z in Zone if z in BAND_ZONES)
            raise RoutineInvalidError(RoutineFault.NOT_ALLOWED, f"{key}.zones", given, allowed)
    return anatomy.stroke_through(work.zones)


def _check_stroke(work: Settle | Step, key: str, path: Path) -> None:
    """Refuse a set that is too short for one stroke at its speed."""
    stroke_s = path.length / work.speed_cm_s + work.return_s
    if stroke_s > work.seconds:
        allowed = f"{ceil(stroke_s)}…{RANGES['seconds'][1]}"
        raise RoutineInvalidError(
            RoutineFault.NOT_ALLOWED, f"{key}.seconds", f"{work.seconds}", allowed
        )


def _own_path(step: Step, key: str, anatomy: Anatomy) -> Path:
    key = f"{key}.path"
    points = tuple(Point(x, y) for x, y in step.path or ())
    left, top, width, height = anatomy.view_box
    drawn = all(left <= x <= left + width and top <= y <= top + height for x, y in points)
    path = Path(points)
    if not 2 <= len(points) <= 50 or not drawn or not PATH_CM[0] <= path.length <= PATH_CM[1]:
        raise _refuse(key, step.path)
    entered = anatomy.keep_off_entered(path) if step.technique.firm else None
    if entered is not None:
        raise RoutineInvalidError(RoutineFault.KEEP_OFF, key, entered)
    shapes = [anatomy.zones[zone] for zone in step.zones]
    for i in range(101):
        point = path.at(i / 100)
        if min(shape.distance(point) for shape in shapes) > EDGE_SLACK_CM:
            given = f"[{point.x:.1f}, {point.y:.1f}]"
            raise RoutineInvalidError(RoutineFault.OUTSIDE_ZONE, key, given, ", ".join(step.zones))
    return path


def firm_seconds(steps: Iterable[Step]) -> Counter[Zone]:
    """Return the seconds of firm work on each zone; a set counts in full for each of its zones."""
    seconds: Counter[Zone] = Counter()
    for step in steps:
        if step.technique.firm:
            for zone in step.zones:
                seconds[zone] += step.sets * step.seconds
    return seconds


def _check_firm(content: RoutineFile) -> None:
    for zone, seconds in firm_seconds(content.steps).items():
        if seconds > FIRM_LIMIT_S:
            raise RoutineInvalidError(
                RoutineFault.TOO_MUCH_FIRM, "steps", f"{zone}: {seconds} s", f"{FIRM_LIMIT_S} s"
            )
