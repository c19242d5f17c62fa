"""What enters a bundle: of Qt the modules and plugins that the program uses, and what they need.

`build.spec` asks it for every file that PyInstaller found. Of Qt it is a list of what is wanted,
and not of what is not: a new Qt brings new modules, and none with a licence of its own slips in.
"""

import posixpath
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

from PyInstaller.depend.bindepend import get_imports  # type: ignore[import-untyped] # has none

File = tuple[str, str, str]  # where in the bundle, from where, of which kind: PyInstaller's TOC

# QtOpenGL: the screens' plugins are linked to it; QtOpenGLWidgets: pyqtgraph imports it.
# QtConcurrent: QtMultimedia is linked to it. QtTextToSpeech: Windows and macOS speak by it.
MODULES = {
    "Concurrent", "Core", "DBus", "Gui", "Multimedia", "Network", "OpenGL", "OpenGLWidgets",
    "PrintSupport", "Svg", "Widgets",
}  # fmt: skip
SPEAKING = {"TextToSpeech"}
LINUX = {"WaylandClient", "WlShellIntegration", "XcbQpa"}
PLUGINS = {
    "iconengines": ("svg",),
    "multimedia": ("darwin", "windows"),  # Linux sounds need none; FFmpeg is not for WAV files
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
LANGUAGES = ("en",)  # of Qt's own words: the program speaks English

# Linux: libraries that belong to the machine and not into a bundle. The first line is what
# AppImage leaves out too (its excludelist); the second talks to a service of the machine, in the
# service's own version: bus, sound, printers, log-in. The last gets its security updates there; a
# machine without it hashes more slowly.
HOST = {
    "X11", "X11-xcb", "com_err", "expat", "fontconfig", "freetype", "gcc_s", "stdc++", "z",
    "dbus-1", "pulse", "cups", "gssapi_krb5",
    "crypto",
}  # fmt: skip

_QT = re.compile(r"(?:lib)?Qt6?(\w+?)(?:\.abi3)?(?:\.so|\.pyd|\.dll|\.dylib|\.framework|$)")
# Of the packages: NumPy's tests, and what pyqtgraph brings besides the chart's icons.
_IDLE = re.compile(r"numpy/.*_tests\.|numpy/_core/_simd\.|pyqtgraph/(?!icons/[^/]+$)")


def wanted(dest: str, platform: str) -> bool:
    """Whether a file of the bundle is one that the program can use, on a `sys.platform`."""
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
    """Return the files without the libraries that none of the others asks for any more.

    With a library goes what leads to it, and what else lies in its framework (macOS).

    Args:
        files: as PyInstaller lists them; a SYMLINK's source is relative to itself.
        needs: the names of the libraries that a library on this machine asks for.
        python: the library of Python itself, which the program's start loads.

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
    """Return the names of the libraries that one asks for by itself.

    Not what those ask for in turn, which is what PyInstaller's own answer holds on Linux (`ldd`):
    a library that is left to the machine would bring all of its own along.
    """
    if sys.platform != "linux":
        return [name for name, _ in get_imports(library)]
    told = subprocess.run(  # noqa: S603 - of a file that PyInstaller found
        ["objdump", "-p", library],  # noqa: S607 - PyInstaller takes it from the path too
        capture_output=True,
        text=True,
        check=True,
    )
    return re.findall(r"^ +NEEDED +(.+)$", told.stdout, re.MULTILINE)


def _led(path: str, links: Mapping[str, str]) -> str:
    """Return where a path leads by links, which may be links to folders and to links."""
    led = ""
    for part in path.split("/"):
        led = posixpath.join(led, part)
        if led in links:
            led = _led(links[led], links)
    return led


def _framework(dest: str) -> str | None:
    """Return the framework (macOS) that a file lies in: a library's folder."""
    before, found, _ = _slashed(dest).partition(".framework/")
    return before + found.rstrip("/") if found else None


def _name(path: str) -> str:
    """Return a file's name as libraries are asked for: Windows does so in capitals and without."""
    return PurePosixPath(_slashed(path)).name.casefold()


def _slashed(path: str) -> str:
    return path.replace("\\", "/")
