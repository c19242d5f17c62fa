"""Lists the packages that the program uses, with version, licence and source address; no Qt.

A bundle contains the list as `licenses/parts.json`, `[{"name": …, "version": …, "licence": …,
"source": …}, …]`; when run from source, the list comes from the installed packages' metadata.
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
# Where the Qt Project publishes the source of each release.
_QT_SOURCE = "https://download.qt.io/official_releases/qt/{minor}/{version}/single/"
_PYSIDE_SOURCE = (
    "https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-{version}-src/"
)
_PYTHON_SOURCE = "https://www.python.org/downloads/source/"
_SOURCE_NAMES = ("source", "source code", "repository", "homepage")
_LONGEST_LICENCE = 60  # characters: some packages give the whole text


@dataclass(frozen=True)
class Component:
    """A package or library; `licence` is an SPDX name if its makers give one."""

    name: str
    version: str
    licence: str
    source: str


def parts() -> tuple[Component, ...]:
    """Return Python, Qt and every package that the program uses, sorted by name."""
    folder = licences_dir()
    bundled = _bundled(folder / "parts.json") if folder else ()
    return bundled or tuple(sorted(_installed(), key=lambda part: part.name.casefold()))


def licences_dir() -> Path | None:
    """Return a bundle's folder of licence texts; None if run from source."""
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
        return ()  # missing from the bundle: the packages' metadata is the next best


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
    """Return a package and all it depends on, as far as they are installed."""
    if name in known:
        return known
    try:
        requirements = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return known  # for another system
    known.add(name)
    for requirement in requirements:
        if not re.search(r";.*\b(?:extra|python_version)\b", requirement):  # or for old Pythons
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
