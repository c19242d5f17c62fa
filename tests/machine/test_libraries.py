import struct
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from itband_gui.machine import libraries
from itband_gui.machine.libraries import Family, LibraryUse, Piece

ROOT = Path(__file__).parents[2]
KNOWN = (Family.DEBIAN, Family.FEDORA, Family.ARCH)

# What our program loads of Qt, and what comes with the C library or with Qt itself.
QT_FILES = (
    *(f"lib/libQt6{name}.so.6" for name in ("Core", "Gui", "Widgets", "DBus", "Svg", "Network")),
    *(f"lib/libQt6{name}.so.6" for name in ("Test", "XcbQpa", "WaylandClient")),
    *(f"plugins/platforms/libq{name}.so" for name in ("xcb", "wayland", "offscreen")),
    "plugins/wayland-shell-integration/libxdg-shell.so",
    "plugins/imageformats/libqsvg.so",
)
OF_THE_C_LIBRARY = ("ld-linux", "libc.", "libdl.", "libm.", "libpthread.", "libresolv.", "librt.")
ALWAYS_THERE = (*OF_THE_C_LIBRARY, "libgcc_s.", "libstdc++.", "libQt6", "libicu")
# Packed with libbrotlidec in one package everywhere.
ALONG_WITH_ANOTHER = {"libbrotlicommon.so.1"}


@pytest.mark.parametrize(
    "piece", [*libraries.PIECES, *libraries.BUNDLING], ids=lambda piece: piece.name
)
def test_each_piece_names_its_packages_on_every_distribution(piece: Piece) -> None:
    assert all(piece.packages(family) for family in KNOWN)


def test_no_piece_is_listed_twice() -> None:
    names = [piece.name for piece in libraries.PIECES]
    assert len(names) == len(set(names))


@pytest.mark.skipif(sys.platform != "linux", reason="reads Qt's Linux files")
@pytest.mark.parametrize("name", QT_FILES)
def test_the_list_has_every_library_that_qt_asks_the_system_for(name: str) -> None:
    wanted = {
        library
        for library in _needed_by(_qt_folder() / name)
        if not library.startswith(ALWAYS_THERE)
    }
    assert wanted - {piece.name for piece in libraries.LIBRARIES} <= ALONG_WITH_ANOTHER


@pytest.mark.skipif(sys.platform != "linux", reason="reads Qt's Linux files")
def test_the_list_has_no_library_that_nothing_asks_for() -> None:
    wanted = {library for name in QT_FILES for library in _needed_by(_qt_folder() / name)}
    ours = {p.name for p in libraries.LIBRARIES if p.part not in libraries.NICE_TO_HAVE}
    assert ours <= wanted


@pytest.mark.parametrize(
    ("release", "family"),
    [
        ("ID=debian\n", Family.DEBIAN),
        ('ID=ubuntu\nID_LIKE="debian"\n', Family.DEBIAN),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', Family.DEBIAN),
        ("ID=fedora\n", Family.FEDORA),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', Family.FEDORA),
        ("ID=arch\n", Family.ARCH),
        ("ID=manjaro\nID_LIKE=arch\n", Family.ARCH),
        ("ID=nixos\n", Family.OTHER),
        ("no fields at all\n", Family.OTHER),
    ],
)
def test_a_derived_distribution_counts_as_its_parent(
    release: str, family: Family, tmp_path: Path
) -> None:
    file = tmp_path / "os-release"
    file.write_text(release, encoding="utf-8")
    assert libraries.family_of(file) is family


def test_a_system_without_a_release_file_is_unknown(tmp_path: Path) -> None:
    assert libraries.family_of(tmp_path / "none") is Family.OTHER


def test_a_renamed_package_shows_that_the_newer_names_are_in_use(tmp_path: Path) -> None:
    assert not libraries.uses_t64_names(tmp_path)
    (tmp_path / "libssl3t64:amd64.list").touch()
    assert libraries.uses_t64_names(tmp_path)


def test_a_library_that_does_not_exist_does_not_load() -> None:
    assert not libraries.loads("libnobody-made-this.so.9")


@pytest.mark.parametrize("family", KNOWN)
def test_the_line_to_type_names_each_package_once(family: Family) -> None:
    bare, line, end = libraries.install_lines(libraries.PIECES, family, ["extra"]).split("\n")
    assert end == ""
    assert line == f"{libraries.INSTALL[family]} {bare}"
    names = bare.split()
    assert len(names) == len(set(names))
    assert set(names) == {*libraries.packages(libraries.PIECES, family), "extra"}


NEEDED = tuple(p for p in libraries.PIECES if p.part not in libraries.NICE_TO_HAVE)
NICE = tuple(p for p in libraries.PIECES if p.part in libraries.NICE_TO_HAVE)


@pytest.mark.parametrize(
    "pieces", [NEEDED, NICE, libraries.BUNDLING], ids=["needed", "nice", "bundle"]
)
@pytest.mark.parametrize("family", KNOWN)
def test_the_page_on_setting_up_has_the_whole_line(
    family: Family, pieces: tuple[Piece, ...]
) -> None:
    page = (ROOT / "docs" / "setting-up.md").read_text(encoding="utf-8")
    line = f"{libraries.INSTALL[family]} {' '.join(libraries.packages(pieces, family))}"
    unwrapped = " ".join(page.replace("\\\n", " ").split())
    assert line.replace("t64", "") in unwrapped


def test_nothing_missing_gives_no_line() -> None:
    assert libraries.install_lines((), Family.DEBIAN) == ""
    assert libraries.install_lines((), Family.OTHER) == ""


def test_on_an_unknown_distribution_the_pieces_themselves_are_named() -> None:
    bare, line, _ = libraries.install_lines([libraries.FONT], Family.OTHER).split("\n")
    assert (bare, line) == ("", "a font")


def test_qt_gives_back_every_none_it_takes() -> None:
    # PySide6 6.12.0 does not below Python 3.12, and ends the process after some thousand calls.
    point = QPoint()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        point.setX(1)
    assert abs(sys.getrefcount(None) - before) < 100


def test_only_voice_and_sound_may_be_missing() -> None:
    assert {LibraryUse.VOICE, LibraryUse.SOUND} == libraries.NICE_TO_HAVE


def test_the_list_can_be_asked_before_any_package_is_installed() -> None:
    asked = subprocess.run(
        [sys.executable, "-S", "-B", "-m", "itband_gui.machine.libraries"],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (asked.returncode, asked.stderr) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is missing elsewhere")
@pytest.mark.parametrize("options", [[], ["--bundle"]])
def test_only_who_makes_the_bundle_needs_its_tools(
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libraries.main(options) == 0
    assert ("binutils" in capsys.readouterr().out) is bool(options)


def _qt_folder() -> Path:
    spec = util.find_spec("PySide6")
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "Qt")


def _needed_by(file: Path) -> set[str]:
    """Return the DT_NEEDED names of a 64-bit little-endian ELF file."""
    data = file.read_bytes()
    assert data[:6] == b"\x7fELF\x02\x01"
    (start,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    # A section header: name, type, flags, address, offset, size, link, ...
    sections = [struct.unpack_from("<IIQQQQI", data, start + size * i) for i in range(count)]
    names = set()
    for _, kind, _, _, offset, length, link in sections:
        if kind != 6:  # SHT_DYNAMIC: pairs of tag and value
            continue
        strings = sections[link][4]
        for tag, value in struct.iter_unpack("<QQ", data[offset : offset + length]):
            if tag == 1:  # DT_NEEDED
                names.add(data[strings + value : data.index(b"\0", strings + value)].decode())
    return names
