"""Lists the system libraries and fonts that the program needs and finds the missing ones.

`make`, `itband-gui doctor` and docs/setting-up.md all use this list. It runs on a bare system
Python before any environment exists, so it imports only the standard library.
"""

import ctypes
import importlib.util
import platform
import shutil
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Family(StrEnum):
    """Distributions with known package names, including those derived from them."""

    DEBIAN = "debian"
    FEDORA = "fedora"
    ARCH = "arch"
    OTHER = "other"


class LibraryUse(StrEnum):
    """The purpose of a system library."""

    BASICS = "basics"
    DRAWING = "drawing"
    X11 = "windows on X11"
    WAYLAND = "windows on Wayland"
    NETWORK = "one window at a time"
    FONT = "font"
    VOICE = "voice"
    SOUND = "sound"
    BUNDLE = "making the bundle"


# The program works without these.
NICE_TO_HAVE = frozenset({LibraryUse.VOICE, LibraryUse.SOUND})

INSTALL = {
    Family.DEBIAN: "sudo apt-get install -y",
    Family.FEDORA: "sudo dnf install -y",
    Family.ARCH: "sudo pacman -S --needed",
}
TITLES = {Family.DEBIAN: "Debian/Ubuntu", Family.FEDORA: "Fedora", Family.ARCH: "Arch"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A library (by soname) or program and the packages that provide it, separated by spaces."""

    name: str
    part: LibraryUse
    debian: str
    fedora: str
    arch: str

    def packages(self, family: Family) -> tuple[str, ...]:
        """Return the package names for a family; none for an unknown one."""
        if family is Family.DEBIAN:
            t64 = uses_t64_names()
            return tuple(
                f"{name}t64" if t64 and name in _RENAMED_BY_T64 else name
                for name in self.debian.split()
            )
        known = {Family.FEDORA: self.fedora, Family.ARCH: self.arch}
        return tuple(known.get(family, "").split())


# Source: the DT_NEEDED entries of the PySide6 6.11 and 6.12 files that the program loads
# (compared in tests/machine/test_libraries.py); packages tested in chroots of Debian 12 and 13.
LIBRARIES = (
    Piece("libz.so.1", LibraryUse.BASICS, "zlib1g", "zlib", "zlib"),
    Piece("libzstd.so.1", LibraryUse.BASICS, "libzstd1", "libzstd", "zstd"),
    Piece("libglib-2.0.so.0", LibraryUse.BASICS, "libglib2.0-0", "glib2", "glib2"),
    Piece("libgthread-2.0.so.0", LibraryUse.BASICS, "libglib2.0-0", "glib2", "glib2"),
    Piece("libdbus-1.so.3", LibraryUse.BASICS, "libdbus-1-3", "dbus-libs", "dbus"),
    Piece("libGL.so.1", LibraryUse.DRAWING, "libgl1", "libglvnd-glx", "libglvnd"),
    Piece("libEGL.so.1", LibraryUse.DRAWING, "libegl1", "libglvnd-egl", "libglvnd"),
    Piece("libfreetype.so.6", LibraryUse.DRAWING, "libfreetype6", "freetype", "freetype2"),
    Piece("libfontconfig.so.1", LibraryUse.DRAWING, "libfontconfig1", "fontconfig", "fontconfig"),
    Piece("libX11.so.6", LibraryUse.DRAWING, "libx11-6", "libX11", "libx11"),
    Piece("libxkbcommon.so.0", LibraryUse.DRAWING, "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Piece("libX11-xcb.so.1", LibraryUse.X11, "libx11-xcb1", "libX11-xcb", "libx11"),
    Piece(
        "libxkbcommon-x11.so.0",
        LibraryUse.X11,
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "libxkbcommon-x11",
    ),
    Piece("libxcb.so.1", LibraryUse.X11, "libxcb1", "libxcb", "libxcb"),
    Piece(
        "libxcb-cursor.so.0", LibraryUse.X11, "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"
    ),
    Piece("libxcb-icccm.so.4", LibraryUse.X11, "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Piece("libxcb-image.so.0", LibraryUse.X11, "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Piece(
        "libxcb-keysyms.so.1",
        LibraryUse.X11,
        "libxcb-keysyms1",
        "xcb-util-keysyms",
        "xcb-util-keysyms",
    ),
    Piece("libxcb-randr.so.0", LibraryUse.X11, "libxcb-randr0", "libxcb", "libxcb"),
    Piece("libxcb-render.so.0", LibraryUse.X11, "libxcb-render0", "libxcb", "libxcb"),
    Piece(
        "libxcb-render-util.so.0",
        LibraryUse.X11,
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Piece("libxcb-shape.so.0", LibraryUse.X11, "libxcb-shape0", "libxcb", "libxcb"),
    Piece("libxcb-shm.so.0", LibraryUse.X11, "libxcb-shm0", "libxcb", "libxcb"),
    Piece("libxcb-sync.so.1", LibraryUse.X11, "libxcb-sync1", "libxcb", "libxcb"),
    Piece("libxcb-util.so.1", LibraryUse.X11, "libxcb-util1", "xcb-util", "xcb-util"),
    Piece("libxcb-xfixes.so.0", LibraryUse.X11, "libxcb-xfixes0", "libxcb", "libxcb"),
    Piece("libxcb-xkb.so.1", LibraryUse.X11, "libxcb-xkb1", "libxcb", "libxcb"),
    Piece(
        "libwayland-client.so.0",
        LibraryUse.WAYLAND,
        "libwayland-client0",
        "libwayland-client",
        "wayland",
    ),
    Piece(
        "libwayland-cursor.so.0",
        LibraryUse.WAYLAND,
        "libwayland-cursor0",
        "libwayland-cursor",
        "wayland",
    ),
    Piece("libbrotlidec.so.1", LibraryUse.NETWORK, "libbrotli1", "libbrotli", "brotli"),
    Piece("libgssapi_krb5.so.2", LibraryUse.NETWORK, "libgssapi-krb5-2", "krb5-libs", "krb5"),
    Piece("libpulse.so.0", LibraryUse.SOUND, "libpulse0", "pulseaudio-libs", "libpulse"),
)
FONT = Piece("a font", LibraryUse.FONT, "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")
VOICE = Piece(
    "speech-dispatcher",
    LibraryUse.VOICE,
    "speech-dispatcher speech-dispatcher-espeak-ng speech-dispatcher-audio-plugins",
    "speech-dispatcher speech-dispatcher-utils espeak-ng",
    "speech-dispatcher espeak-ng",
)
PIECES = (*LIBRARIES, FONT, VOICE)
# Only for `make bundle`. The package with Python.h also has the library that PyInstaller needs.
PYTHON_H = Piece("Python.h", LibraryUse.BUNDLE, "python3-dev", "python3-devel", "python")
BUNDLING = (
    PYTHON_H,
    Piece("g++", LibraryUse.BUNDLE, "g++", "gcc-c++", "gcc"),
    Piece("objdump", LibraryUse.BUNDLE, "binutils", "binutils", "binutils"),
    Piece("xz", LibraryUse.BUNDLE, "xz-utils", "xz", "xz"),
)
# Every desktop already has these: only the doctor mentions them.
SOUND_SERVER = Piece(
    "a sound server", LibraryUse.SOUND, "pipewire-pulse", "pipewire-pulseaudio", "pipewire-pulse"
)
BUS = Piece("a session bus", LibraryUse.NETWORK, "dbus-user-session", "dbus-daemon", "dbus")

# Debian 13 and Ubuntu 24.04 renamed these in the move to 64-bit time.
_RENAMED_BY_T64 = frozenset({"libglib2.0-0"})


def family_of(release_file: Path = Path("/etc/os-release")) -> Family:
    """Return the distribution this is, or is derived from, according to its os-release file."""
    try:
        lines = release_file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return Family.OTHER
    fields = dict(line.split("=", 1) for line in lines if "=" in line)
    ids = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', " ").split()
    names = {"debian": Family.DEBIAN, "ubuntu": Family.DEBIAN, "fedora": Family.FEDORA}
    names["arch"] = Family.ARCH
    return next((names[name] for name in ids if name in names), Family.OTHER)


def uses_t64_names(dpkg_info: Path = Path("/var/lib/dpkg/info")) -> bool:
    """Return whether this Debian-like system uses the new names, by any such package on it."""
    return any(dpkg_info.glob("*t64*.list"))


def missing(part: LibraryUse | None = None, pieces: Iterable[Piece] = PIECES) -> tuple[Piece, ...]:
    """Return the missing pieces by trying each one; always empty outside Linux."""
    if platform.system() != "Linux":
        return ()
    return tuple(p for p in pieces if part in {None, p.part} and not _is_here(p))


def packages(pieces: Iterable[Piece], family: Family) -> tuple[str, ...]:
    """Return the packages that provide the pieces, each once, in the order of the pieces."""
    return tuple(dict.fromkeys(name for piece in pieces for name in piece.packages(family)))


def loads(library: str) -> bool:
    """Return whether the dynamic loader finds a library and all its dependencies."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def count_fonts() -> int:
    """Return the number of fonts known to fontconfig, which Qt uses; 0 without fontconfig."""
    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return 0
    fontconfig.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    # FcFontSet starts with an int.
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(ctypes.c_int)
    fontconfig.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    config = fontconfig.FcInitLoadConfigAndFonts()
    fonts = fontconfig.FcConfigGetFonts(config, 0) if config else None  # 0: the system's fonts
    return int(fonts[0]) if fonts else 0


def install_lines(pieces: Iterable[Piece], family: Family, also: Iterable[str] = ()) -> str:
    """Return two lines, the packages and the command that installs them; "" if there are none.

    `also` are further packages. On an unknown distribution the first line is empty and the second
    names the pieces themselves.
    """
    wanted = tuple(pieces)
    if family in INSTALL:
        names = " ".join((*packages(wanted, family), *also))
        return f"{names}\n{INSTALL[family]} {names}\n" if names else ""
    names = " ".join((*(piece.name for piece in wanted), *also))
    return f"\n{names}\n" if names else ""


def fix(pieces: Iterable[Piece], family: Family) -> str:
    """Return the command that installs the pieces; on an unknown system, one for each family."""
    wanted = tuple(pieces)
    if family in INSTALL:
        return f"{INSTALL[family]} {' '.join(packages(wanted, family))}"
    return "; ".join(
        f"{TITLES[known]}: {command} {' '.join(packages(wanted, known))}"
        for known, command in INSTALL.items()
    )


def main(arguments: list[str]) -> int:
    """Print the `install_lines` of everything missing, for scripts/setup.

    `--venv` includes the package for `python -m venv`, which Debian ships separately. `--bundle`
    includes the tools for `make bundle`.
    """
    wanted = (*PIECES, *BUNDLING) if "--bundle" in arguments else PIECES
    needed = [piece for piece in missing(pieces=wanted) if piece.part not in NICE_TO_HAVE]
    no_venv = "--venv" in arguments and importlib.util.find_spec("ensurepip") is None
    also = [f"python3.{sys.version_info.minor}-venv"] if no_venv else []
    sys.stdout.write(install_lines(needed, family_of(), also))
    return 0


def _is_here(piece: Piece) -> bool:
    if piece is FONT:
        return count_fonts() > 0
    if piece is PYTHON_H:
        return Path(sysconfig.get_path("include"), "Python.h").is_file()
    if piece is VOICE or piece in BUNDLING:
        return shutil.which(piece.name) is not None
    return loads(piece.name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
