"""The parts that the program is made of: versions, licences, and where their source is; no Qt.

A bundle carries the list as `licenses/parts.json`, `[{"name": …, "version": …, "licence": …,
"source": …}, …]`; run from source, it is what the environment's packages say of themselves.
"""

import json
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

OURS = "itband-gui"
LGPL = "LGPL-3.0"
# Where Qt's makers put the source of each release.
_QT_SOURCE = "https://download.qt.io/official_releases/qt/{minor}/{version}/single/"
_PYSIDE_SOURCE = (
    "https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-{version}-src/"
)
_PYTHON_SOURCE = "https://www.python.org/downloads/source/"
_SOURCE_NAMES = ("source", "source code", "repository", "homepage")
_LONGEST_LICENCE = 60  # characters: some put the whole text there


@dataclass(frozen=True)
class Component:
    """A part; `licence` is an SPDX name where its makers give one."""

    name: str
    version: str
    licence: str
    source: str


def parts() -> tuple[Component, ...]:
    """Return Python, Qt and every package that the program uses, by name."""
    folder = licences_dir()
    bundled = _bundled(folder / "parts.json") if folder else ()
    return bundled or tuple(sorted(_installed(), key=lambda part: part.name.casefold()))


def licences_dir() -> Path | None:
    """Return the folder of the licence texts; None when run from source, where packages hold it."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) / "licenses" if bundle else None


def _bundled(file: Path) -> tuple[Component, ...]:
    try:
        told = json.loads(file.read_text("utf-8"))
        return tuple(
            Component(each["name"], each["version"], each["licence"], each["source"])
            for each in told
        )
    except (OSError, ValueError, TypeError, KeyError):
        return ()  # the bundle has lost it: what its packages say of themselves is the next best


def _installed() -> Iterator[Component]:
    yield Component("Python", platform.python_version(), "PSF-2.0", _PYTHON_SOURCE)
    for name in sorted(_needed(OURS, set()) - {OURS}):
        yield _part(metadata.distribution(name))
    try:
        qt = metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        return
    minor = ".".join(qt.split(".")[:2])
    yield Component("Qt", qt, LGPL, _QT_SOURCE.format(minor=minor, version=qt))


def _needed(name: str, known: set[str]) -> set[str]:
    """Return a package and those that it needs in turn, where they are installed."""
    if name in known:
        return known
    try:
        requirements = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return known  # for another system
    known.add(name)
    for requirement in requirements:
        if not re.search(r";.*\b(?:extra|python_version)\b", requirement):  # an old Python's
            found = re.match(r"[\w.-]+", requirement)
            _needed(re.sub(r"[-_.]+", "-", found[0]).lower() if found else "", known)
    return known


def _part(found: metadata.Distribution) -> Component:
    told = found.metadata
    name = told["Name"].replace("_", "-")
    if "pyside" in name.lower() or name.startswith("shiboken"):
        return Component(name, found.version, LGPL, _PYSIDE_SOURCE.format(version=found.version))
    pairs = (each.partition(", ") for each in told.get_all("Project-URL") or ())
    sources = {label.lower(): address for label, _, address in pairs}
    source = next((sources[label] for label in _SOURCE_NAMES if label in sources), "")
    return Component(name, found.version, _licence(told.get_all("Classifier") or [], found), source)


def _licence(classifiers: list[str], found: metadata.Distribution) -> str:
    told = found.metadata
    named = next((told[key] for key in ("License-Expression", "License") if key in told), "")
    if named and "\n" not in named and len(named) <= _LONGEST_LICENCE:
        return named
    classified = [each for each in classifiers if each.startswith("License ::")]
    return classified[0].rpartition(" :: ")[2].removesuffix(" License") if classified else "?"
