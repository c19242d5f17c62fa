"""`itband-gui doctor`: what this machine lacks, and how to get it. It starts no Qt."""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import TextIO

from itband_gui import screen, system
from itband_gui.system import Family, Part

OLDEST_PYTHON = (3, 11)  # pyproject.toml: requires-python

_WITHOUT = {
    Part.VOICE: "sessions run without a spoken voice",
    Part.SOUND: "sessions run without tones",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: a piece, how it is, and what would mend it."""

    piece: str
    detail: str
    fine: bool = True
    needed: bool = True
    fix: str = ""

    def line(self) -> str:
        """Return the finding as one plain line."""
        state = "ok" if self.fine else "MISSING" if self.needed else "optional"
        fix = f". Fix: {self.fix}" if self.fix else ""
        return f"{state:<9} {self.piece}: {self.detail}{fix}"


def main(data_dir: Path, out: TextIO | None = None) -> int:
    """Write one line for each piece and a verdict; return 0 when all that is needed is here, or 1.

    Voice, sound and the session bus are named but never turn the verdict. Of the user's data only
    the folder's path is shown.
    """
    findings = tuple(examine(data_dir, os.environ))
    lines = [finding.line() for finding in findings]
    lacking = sum(1 for finding in findings if finding.needed and not finding.fine)
    lines.append(_verdict(lacking))
    stream = out or sys.stdout
    stream.write("\n".join(lines) + "\n")
    return 1 if lacking else 0


def examine(data_dir: Path, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a finding for each piece, the needed ones first."""
    yield _python()
    yield from _packages()
    if platform.system() == "Linux":
        family = system.family_of()
        for part in (Part.BASICS, Part.DRAWING, Part.X11, Part.WAYLAND, Part.NETWORK):
            yield _libraries(part, family)
        yield _qt_files()
        yield _font(family)
    yield _screen(environ)
    yield _data_folder(data_dir)
    if platform.system() == "Linux":
        yield _extra(Part.VOICE, family)
        yield _extra(Part.SOUND, family)
        yield _session_bus(environ)


def _verdict(lacking: int) -> str:
    if not lacking:
        return "Everything that is needed is here."
    pieces = [piece for piece in system.missing() if piece.part not in system.NICE_TO_HAVE]
    advice = f" Packages: {_fix(pieces, system.family_of())}" if pieces else ""
    count = "One piece" if lacking == 1 else f"{lacking} pieces"
    return f"{count} of what is needed {'is' if lacking == 1 else 'are'} missing.{advice}"


def _fix(pieces: list[system.Piece], family: Family) -> str:
    """Return the command that brings the pieces; on an unknown system, one for each family."""
    if family in system.INSTALL:
        return f"{system.INSTALL[family]} {' '.join(system.packages(pieces, family))}"
    return "; ".join(
        f"{system.TITLES[known]}: {command} {' '.join(system.packages(pieces, known))}"
        for known, command in system.INSTALL.items()
    )


def _python() -> Finding:
    fine = sys.version_info >= OLDEST_PYTHON
    oldest = ".".join(map(str, OLDEST_PYTHON))
    fix = "" if fine else f"install Python {oldest} or newer, then `make run`"
    return Finding("Python", platform.python_version(), fine, fix=fix)


def _packages() -> Iterator[Finding]:
    """Yield the Python packages that our own metadata asks for; a bundle carries them inside."""
    if getattr(sys, "frozen", False):
        yield Finding("Python packages", "inside the program")
        return
    fix = "`make run` in the checkout, or `uv sync`"
    try:
        requirements = metadata.requires("itband-gui") or []
    except metadata.PackageNotFoundError:
        yield Finding("itband-gui", "not installed in this environment", fine=False, fix=fix)
        return
    for requirement in requirements:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        if ";" in requirement:  # for other systems, or an extra
            continue
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "not installed", fine=False, fix=fix)


def _libraries(part: Part, family: Family) -> Finding:
    lost = list(system.missing(part))
    if not lost:
        return Finding(f"{part} (libraries)", "all there")
    names = ", ".join(piece.name for piece in lost)
    return Finding(f"{part} (libraries)", f"no {names}", fine=False, fix=_fix(lost, family))


def _qt_files() -> Finding:
    """Ask the dynamic loader about Qt's own files: a newer Qt may want more than our table has."""
    piece = "Qt's own files"
    qt = util.find_spec("PySide6")
    folders = [Path(place, "Qt") for place in (qt and qt.submodule_search_locations) or ()]
    files = [file for folder in folders for file in _qt_files_in(folder)]
    ldd = shutil.which("ldd")
    if not files or ldd is None:
        detail = "not looked at (they or `ldd` were not found)"
        return Finding(piece, detail, fine=False, needed=False)
    answer = subprocess.run(  # noqa: S603 - a fixed program, files of our own environment
        [ldd, *map(str, files)], capture_output=True, text=True, check=False, timeout=60
    )
    lost = sorted(set(re.findall(r"^\s*(\S+) => not found", answer.stdout, re.MULTILINE)))
    if not lost:
        return Finding(piece, f"{len(files)} looked at, all find their libraries")
    fix = "the packages named above"
    if set(lost) - {piece.name for piece in system.LIBRARIES}:
        fix = "look for the packages that hold these files"
    return Finding(piece, f"no {', '.join(lost)}", fine=False, fix=fix)


def _qt_files_in(folder: Path) -> list[Path]:
    """Return the Qt files that a window loads by itself; what is not there is left out."""
    names = ("Core", "Gui", "Widgets", "DBus", "Svg", "Network", "XcbQpa", "WaylandClient")
    files = [folder / "lib" / f"libQt6{name}.so.6" for name in names]
    files += [folder / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "wayland")]
    return [file for file in files if file.exists()]


def _font(family: Family) -> Finding:
    count = system.count_fonts()
    if count:
        return Finding("fonts", f"{count} found")
    return Finding("fonts", "none found", fine=False, fix=_fix([system.FONT], family))


def _screen(environ: Mapping[str, str]) -> Finding:
    tour = "`itband-gui tour DIR` plays a session into pictures without one"
    if not screen.has_screen(environ):
        detail = "no DISPLAY or WAYLAND_DISPLAY that Qt may use"
        fix = f"start it in a desktop session; {tour}"
        return Finding("screen", detail, fine=False, fix=fix)
    if not screen.screen_answers(environ):
        detail = "DISPLAY or WAYLAND_DISPLAY is set, but nothing answers there"
        fix = f"start it in a running desktop session; {tour}"
        return Finding("screen", detail, fine=False, fix=fix)
    return Finding("screen", "there is one")


def _data_folder(data_dir: Path) -> Finding:
    """Write a nameless file into the folder, or into the nearest one above that exists."""
    piece = "data folder"
    folder = next(place for place in (data_dir, *data_dir.absolute().parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0")
            file.flush()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        fix = "give it to your user, free some space, or choose another with --data-dir"
        detail = f"{data_dir} cannot be written ({reason})"
        return Finding(piece, detail, fine=False, fix=fix)
    made = "" if folder == data_dir else " (made at first use)"
    return Finding(piece, f"{data_dir}{made}")


def _extra(part: Part, family: Family) -> Finding:
    lost = list(system.missing(part))
    if not lost:
        return Finding(part, "there")
    names = ", ".join(piece.name for piece in lost)
    detail = f"no {names}; {_WITHOUT[part]}"
    return Finding(part, detail, fine=False, needed=False, fix=_fix(lost, family))


def _session_bus(environ: Mapping[str, str]) -> Finding:
    runtime = environ.get("XDG_RUNTIME_DIR")
    if environ.get("DBUS_SESSION_BUS_ADDRESS") or (runtime and Path(runtime, "bus").exists()):
        return Finding("session bus", "there")
    detail = "none; the screen may go dark in a session, and media keys do nothing"
    fix = "start it in a desktop session, or under dbus-run-session"
    return Finding("session bus", detail, fine=False, needed=False, fix=fix)
