"""Chooses the files for a bundle: the Qt modules and plugins in use, and their dependencies.

`build.spec` asks it about every file that PyInstaller found. For Qt it lists the wanted modules,
not the unwanted ones, so that a new module of a newer Qt, with another licence, cannot slip in.
"""

import posixpath
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

from PyInstaller.depend.bindepend import get_imports  # type: ignore[import-untyped] # it has no types

File = tuple[str, str, str]  # path in the bundle, source, kind: an entry of PyInstaller's TOC

# QtOpenGL: the platform plugins link to it. QtOpenGLWidgets: pyqtgraph imports it.
# QtConcurrent: QtMultimedia links to it. QtTextToSpeech: the voice on Windows and macOS.
MODULES = {
    "Concurrent", "Core", "DBus", "Gui", "Multimedia", "Network", "OpenGL", "OpenGLWidgets",
    "PrintSupport", "Svg", "Widgets",
}  # fmt: skip
SPEAKING = {"TextToSpeech"}
LINUX = {"WaylandClient", "WlShellIntegration", "XcbQpa"}
PLUGINS = {
    "iconengines": ("svg",),
    "multimedia": ("darwin", "windows"),  # not needed on Linux; FFmpeg is not needed for WAV files
    "imageformats": ("svg",),
    "platforms": ("cocoa", "offscreen", "wayland", "windows", "xcb"),
    "platforminputcontexts": ("compose", "ibus"),
    "platformthemes": ("xdgdesktopportal",),
    "printsupport": ("",),
    "styles": ("",),
    "texttospeech": ("sapi", "winrt", "darwin"),
    "tls": (),
    "wayland-": ("",),
    "xcbglintegrations": ("",),
}
LANGUAGES = ("en",)  # of Qt's own texts; the program is in English

# Linux: libraries that belong to the system, not into a bundle. The first line is on AppImage's
# excludelist, too. Those on the second must match a service of the system: bus, sound, printers,
# log-in. The last gets security updates from the system; without it, hashing is slower.
HOST = {
    "X11", "X11-xcb", "com_err", "expat", "fontconfig", "freetype", "gcc_s", "stdc++", "z",
    "dbus-1", "pulse", "cups", "gssapi_krb5",
    "crypto",
}  # fmt: skip

_QT = re.compile(r"(?:lib)?Qt6?(\w+?)(?:\.abi3)?(?:\.so|\.pyd|\.dll|\.dylib|\.framework|$)")
# Unused files of packages: NumPy's tests, and pyqtgraph's files other than the chart's icons.
_IDLE = re.compile(r"numpy/.*_tests\.|numpy/_core/_simd\.|pyqtgraph/(?!icons/[^/]+$)")


def wanted(dest: str, platform: str) -> bool:
    """Return whether the program can use a file of the bundle on a `sys.platform`."""
    path = PurePosixPath(dest.replace("\\", "/"))
    if "plugins" in path.parts:
        return _plugin_wanted(path)
    if "PySide6" in path.parts and "translations" in path.parts:
        return path.stem.rpartition("_")[2] in LANGUAGES
    if "PySide6" in path.parts and ("qml" in path.parts or "resources" in path.parts):
        return False
    if _IDLE.match(str(path)):
        return False
    if platform == "linux" and path.name.removeprefix("lib").partition(".so")[0] in HOST:
        return False
    library = _QT.match(PurePosixPath(_framework(dest) or path).name)
    modules = MODULES | (LINUX if platform == "linux" else SPEAKING)
    return library is None or library[1] in modules


def _plugin_wanted(path: PurePosixPath) -> bool:
    folder = path.parts[path.parts.index("plugins") + 1]
    names = next((PLUGINS[known] for known in PLUGINS if folder.startswith(known)), ())
    return any(name in path.name for name in names)


def closure(
    files: Iterable[File], needs: Callable[[str], Iterable[str]], python: str
) -> list[File]:
    """Return the files without libraries that no other file needs.

    A library's links, and on macOS the rest of its framework, are left out with it.

    Args:
        files: as listed by PyInstaller; a SYMLINK's source is relative to the link.
        needs: returns the names of the libraries that a library needs.
        python: the Python library, which the bootloader loads.

    """
    files = list(files)
    libraries = {_name(dest): source for dest, source, kind in files if kind == "BINARY"}
    ways = [
        source
        for dest, source, kind in files
        if kind == "EXTENSION"
        or (kind == "BINARY" and ("plugins" in dest or _name(dest) == _name(python)))
    ]
    reached = {_name(source) for source in ways}
    while ways:
        asked = {_name(need) for need in needs(ways.pop())} & libraries.keys() - reached
        reached |= asked
        ways += [libraries[name] for name in asked]
    kept = {
        _slashed(dest)
        for dest, source, kind in files
        if kind != "SYMLINK" and (kind != "BINARY" or _name(source) in reached)
    }
    whole = {_framework(dest) for dest, _, kind in files if kind == "BINARY" and dest in kept}
    kept = {dest for dest in kept if _framework(dest) in {None, *whole}}
    kept |= {str(folder) for dest in kept for folder in PurePosixPath(dest).parents}
    links = {
        _slashed(dest): posixpath.normpath(posixpath.join(posixpath.dirname(dest), source))
        for dest, source, kind in files
        if kind == "SYMLINK"
    }
    return [file for file in files if _led(_slashed(file[0]), links) in kept]


def needs(library: str) -> list[str]:
    """Return the names of the libraries that one needs directly.

    On Linux PyInstaller's own answer (`ldd`) includes indirect dependencies: a library that is left
    to the system would bring all of its dependencies along.
    """
    if sys.platform != "linux":
        return [name for name, _ in get_imports(library)]
    told = subprocess.run(  # noqa: S603 - for a file that PyInstaller found
        ["objdump", "-p", library],  # noqa: S607 - PyInstaller finds it by PATH, too
        capture_output=True,
        text=True,
        check=True,
    )
    return re.findall(r"^ +NEEDED +(.+)$", told.stdout, re.MULTILINE)


def _led(path: str, links: Mapping[str, str]) -> str:
    """Return a path with its links resolved, including links to folders and to links."""
    led = ""
    for part in path.split("/"):
        led = posixpath.join(led, part)
        if led in links:
            led = _led(links[led], links)
    return led


def _framework(dest: str) -> str | None:
    """Return the macOS framework (a library's folder) that contains a file, or None."""
    before, found, _ = _slashed(dest).partition(".framework/")
    return before + found.rstrip("/") if found else None


def _name(path: str) -> str:
    """Return a file's name in lower case: on Windows, libraries are referred to in either case."""
    return PurePosixPath(_slashed(path)).name.casefold()


def _slashed(path: str) -> str:
    return path.replace("\\", "/")
