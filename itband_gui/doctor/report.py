"""Runs `itband-gui doctor`, which lists what this computer lacks and how to get it; no Qt."""

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata, util
from pathlib import Path
from typing import TextIO

from itband_gui.doctor import checks
from itband_gui.doctor.checks import PACKAGE_MISSING, Check, data_checks
from itband_gui.machine import display, libraries, log
from itband_gui.machine.libraries import Family, LibraryUse
from itband_gui.machine.redaction import Redactor
from itband_gui.machine.terminal import plain, writing

OLDEST_PYTHON = (3, 11)  # pyproject.toml: requires-python

_LOG_LINES = 60


def main(
    data_dir: Path | None, state: Path | None, out: TextIO | None = None, *, report: bool = False
) -> int:
    """Write one line for each piece and a verdict; return 1 if a required piece is missing, else 0.

    Voice, sound and the session bus are optional and do not affect the verdict. The only user
    data shown is the folder's path; with `report`, made for bug reports, no names are shown.
    Unknown folders (None) are skipped.
    """
    findings = tuple(examine(data_dir, os.environ))
    lacking = sum(1 for finding in findings if finding.needed and not finding.fine)
    lines = [*(finding.line() for finding in findings), _verdict(lacking)]
    if report:
        names = Redactor(data_dir)
        lines = [*_machine(os.environ), "", *lines, "", *_log_lines(state)]
        lines = [names.of(line) for line in lines]
    else:
        lines.append("For a bug report, `itband-gui doctor --report` prints this without names.")
    stream = out or sys.stdout
    if stream:  # None if the caller closed it
        with writing():
            stream.write("".join(f"{plain(line)}\n" for line in lines))
    return 1 if lacking else 0


def examine(data_dir: Path | None, environ: Mapping[str, str]) -> Iterator[Check]:
    """Yield a finding for each piece, required ones first."""
    yield _python()
    yield from _packages()
    if platform.system() == "Linux":
        family = libraries.family_of()
        for part in (
            LibraryUse.BASICS,
            LibraryUse.DRAWING,
            LibraryUse.X11,
            LibraryUse.WAYLAND,
            LibraryUse.NETWORK,
        ):
            yield _libraries(part, family)
        yield _qt_files()
        yield _font(family)
    yield _screen(environ)
    if data_dir is None:
        yield Check("data folder", PACKAGE_MISSING, fine=False, needed=False)
    else:
        yield from data_checks(data_dir)
    if platform.system() == "Linux":
        yield checks.voice(family)
        yield checks.sound(family, environ)
        yield checks.session_bus(family, environ)


def _verdict(lacking: int) -> str:
    if not lacking:
        return "Everything required is here."
    pieces = [piece for piece in libraries.missing() if piece.part not in libraries.NICE_TO_HAVE]
    advice = f" Packages: {libraries.fix(pieces, libraries.family_of())}" if pieces else ""
    count = "One required piece is" if lacking == 1 else f"{lacking} required pieces are"
    return f"{count} missing or wrong.{advice}"


def _python() -> Check:
    fine = sys.version_info >= OLDEST_PYTHON
    oldest = ".".join(map(str, OLDEST_PYTHON))
    fix = "" if fine else f"install Python {oldest} or newer, then `make run`"
    return Check("Python", platform.python_version(), fine, fix=fix)


def _packages() -> Iterator[Check]:
    """Yield the Python packages that our metadata requires; a bundle contains them."""
    if getattr(sys, "frozen", False):
        yield Check("Python packages", "inside the program")
        return
    fix = "`make run` in the checkout, or `uv sync`"
    try:
        requirements = metadata.requires("itband-gui") or []
    except metadata.PackageNotFoundError:
        yield Check("itband-gui", "not installed in this environment", fine=False, fix=fix)
        return
    for requirement in requirements:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        if ";" in requirement and f"sys_platform == '{sys.platform}'" not in requirement:
            continue  # for another system, or an extra
        try:
            yield Check(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, "not installed", fine=False, fix=fix)


def _libraries(part: LibraryUse, family: Family) -> Check:
    lost = list(libraries.missing(part))
    if not lost:
        return Check(f"{part} (libraries)", "all there")
    names = ", ".join(piece.name for piece in lost)
    return Check(f"{part} (libraries)", f"no {names}", fine=False, fix=libraries.fix(lost, family))


def _qt_files() -> Check:
    """Check Qt's own files with `ldd`: a newer Qt may need more than our table lists."""
    piece = "Qt's own files"
    qt = util.find_spec("PySide6")
    folders = [Path(place, "Qt") for place in (qt and qt.submodule_search_locations) or ()]
    files = [file for folder in folders for file in _qt_files_in(folder)]
    ldd = shutil.which("ldd")
    if not files or ldd is None:
        detail = "not checked (they or `ldd` were not found)"
        return Check(piece, detail, fine=False, needed=False)
    answer = subprocess.run(  # noqa: S603 - a fixed program, files of our own environment
        [ldd, *map(str, files)], capture_output=True, text=True, check=False, timeout=60
    )
    lost = sorted(set(re.findall(r"^\s*(\S+) => not found", answer.stdout, re.MULTILINE)))
    if not lost:
        return Check(piece, f"{len(files)} checked, all find their libraries")
    fix = "install the packages named above"
    if set(lost) - {piece.name for piece in libraries.LIBRARIES}:
        fix = "install the packages that contain these files"
    return Check(piece, f"no {', '.join(lost)}", fine=False, fix=fix)


def _qt_files_in(folder: Path) -> list[Path]:
    """Return the existing Qt files that a window loads automatically."""
    names = ("Core", "Gui", "Widgets", "DBus", "Svg", "Network", "XcbQpa", "WaylandClient")
    files = [folder / "lib" / f"libQt6{name}.so.6" for name in names]
    files += [folder / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "wayland")]
    return [file for file in files if file.exists()]


def _font(family: Family) -> Check:
    count = libraries.count_fonts()
    if count:
        return Check("fonts", f"{count} found")
    return Check("fonts", "none found", fine=False, fix=libraries.fix([libraries.FONT], family))


def _screen(environ: Mapping[str, str]) -> Check:
    tour = "`itband-gui tour DIR` saves pictures of a session without a screen"
    if not display.has_screen(environ):
        detail = "no DISPLAY or WAYLAND_DISPLAY that Qt can use"
        fix = f"start it in a desktop session; {tour}"
        return Check("screen", detail, fine=False, fix=fix)
    if not display.screen_answers(environ):
        detail = "DISPLAY or WAYLAND_DISPLAY is set, but nothing answers there"
        fix = f"start it in a running desktop session; {tour}"
        return Check("screen", detail, fine=False, fix=fix)
    return Check("screen", "found")


def _machine(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the versions and the desktop that the program runs on."""
    yield log.versions()
    try:
        yield platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        yield platform.system()
    for name in ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM", "LANG"):
        yield f"{name}={environ.get(name, '')}"


def _log_lines(state: Path | None) -> Iterator[str]:
    """Yield the end of the log."""
    try:
        text = (state / log.FILE_NAME).read_text("utf-8", "replace") if state else ""
    except OSError:
        text = ""
    yield "The log's last lines:" if text else "No log."
    yield from text.splitlines()[-_LOG_LINES:]
