"""Collects the licences of everything in a bundle; `build.spec` includes them.

`parts.json` is shown in the About box (`itband_gui.machine.components`). Next to it are the texts
of the LGPL and the GPL for Qt, PySide and GLib, and a folder with the licence texts of each package
and system library. On Linux a library missing from this list stops the build, so that nothing is
distributed under an unchecked licence. On Windows and macOS, where no bundle was made yet, system
libraries are not checked.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from itband_gui.machine.components import Component, parts

ROOT = Path(__file__).resolve().parents[1]
_TEXTS = ("licen", "copying", "notice", "authors")

# By the start of a library's name without "lib": name, licence, source.
LIBRARIES = {
    "brotli": ("Brotli", "MIT", "https://github.com/google/brotli"),
    "bz2": ("bzip2", "bzip2-1.0.6", "https://sourceware.org/bzip2/"),
    "ffi": ("libffi", "MIT", "https://github.com/libffi/libffi"),
    "glib-2.0": ("GLib", "LGPL-2.1-or-later", "https://gitlab.gnome.org/GNOME/glib"),
    "gthread-2.0": ("GLib", "LGPL-2.1-or-later", "https://gitlab.gnome.org/GNOME/glib"),
    "icu": ("ICU", "ICU", "https://github.com/unicode-org/icu"),
    "pcre2": ("PCRE2", "BSD-3-Clause", "https://github.com/PCRE2Project/pcre2"),
    "uuid": ("libuuid", "BSD-3-Clause", "https://github.com/util-linux/util-linux"),
    "xcb": ("XCB", "MIT", "https://gitlab.freedesktop.org/xorg/lib/libxcb"),
    "xkbcommon": ("libxkbcommon", "MIT", "https://github.com/xkbcommon/libxkbcommon"),
    "zstd": ("Zstandard", "BSD-3-Clause", "https://github.com/facebook/zstd"),
}
# Libraries of the packages and of Python itself, which `parts` lists.
_NAMED = re.compile(r"lib(Qt6|pyside6|shiboken6|python3|scipy_openblas|gfortran|quadmath)")
BOOTLOADER = Component(
    "PyInstaller's bootloader",
    metadata.version("pyinstaller"),
    "GPL-2.0-or-later with an exception for what it starts",
    "https://github.com/pyinstaller/pyinstaller",
)


class UnnamedLibraryError(Exception):
    """A bundle has a library that is not in LIBRARIES; `args[0]` is its file name."""


def gather(out: Path, libraries: Iterable[str]) -> None:
    """Write the list and the texts into a folder, replacing it.

    Args:
        out: the folder.
        libraries: the file names of the libraries in the bundle, without plugins.

    Raises:
        UnnamedLibraryError: a Linux library is not in LIBRARIES.

    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for file in (ROOT / "LICENSE", *(ROOT / "packaging" / "licences").iterdir()):
        shutil.copyfile(file, out / file.name)
    told = {part.name: part for part in (*parts(), BOOTLOADER)}
    for name in (*told, "pyinstaller"):
        _copy_texts(name, out / name)
    for library in sorted(libraries):
        if re.match(r"lib.*\.so", library) and not _NAMED.match(library):
            part = _of_library(library, out)
            told[part.name] = part
    listed = sorted(told.values(), key=lambda part: part.name.casefold())
    text = json.dumps([asdict(part) for part in listed], indent=1)
    (out / "parts.json").write_text(text, "utf-8")


def _copy_texts(package: str, folder: Path) -> None:
    """Copy a package's licence texts; Python and Qt are not packages and have none."""
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return
    for file in files:
        is_text = file.name.lower().startswith(_TEXTS) and ".dist-info" in str(file)
        source = Path(str(file.locate()))
        if is_text and source.is_file():
            folder.mkdir(exist_ok=True)
            # A package's text and a vendored one's may have the same name in different folders.
            shutil.copyfile(source, folder / "-".join(file.parts[1:]))


def _of_library(file: str, out: Path) -> Component:
    """Return the part that a library belongs to; copy its licence text if Debian has it."""
    stem = file.removeprefix("lib")
    found = next((LIBRARIES[known] for known in LIBRARIES if stem.startswith(known)), None)
    if found is None:
        raise UnnamedLibraryError(file)
    name, licence, source = found
    if name == "ICU":  # Qt's own copy
        return Component(name, file.rpartition(".")[2], licence, source)
    owner = _ask(["dpkg", "-S", f"*/{file}"]).partition(":")[0]
    version = _ask(["dpkg-query", "-W", "-f", "${Version}", owner]) if owner else ""
    text = Path("/usr/share/doc") / owner / "copyright"
    if owner and text.is_file():
        (out / name).mkdir(exist_ok=True)
        shutil.copyfile(text, out / name / f"{owner}.txt")
    return Component(name, version or "of the machine that made it", licence, source)


def _ask(command: Iterable[str]) -> str:
    """Return a command's output; "" if it is missing or fails, as outside Debian."""
    try:
        done = subprocess.run(  # noqa: S603 - our own fixed commands
            [*command], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout
