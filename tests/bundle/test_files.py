"""The files of the bundle."""

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImage, QImageReader

from itband_gui.machine.libraries import LIBRARIES

ROOT = Path(__file__).parents[2]
MEGABYTE = 1_000_000
# Under the GPL alone, or with data or engines of their own that nothing of ours asks for.
FOREIGN = re.compile(
    r"Charts|DataVisualization|Graphs|VirtualKeyboard|Quick|Qml|Pdf|WebEngine|HttpServer|3D|Lottie"
    r"|NetworkAuth|Scxml|StateMachine|ShaderTools|openblas|ffmpeg|avcodec|gtk",
    re.IGNORECASE,
)
C_LIBRARY = {
    "ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0",
    "libresolv.so.2", "librt.so.1", "libutil.so.1",
}  # fmt: skip
# Every desktop has the compiler's two. What is not there without: printers; fast hashing;
# windows on Wayland without EGL.
COMPILER = {"libstdc++.so.6", "libgcc_s.so.1"}
DISPENSABLE = {"libcups.so.2", "libcrypto.so.3", "libwayland-egl.so.1", "libdrm.so.2"}

needs_objdump = pytest.mark.skipif(shutil.which("objdump") is None, reason="apt install binutils")


def _needed(library: Path) -> set[str]:
    told = subprocess.run(
        ["objdump", "-p", library], capture_output=True, text=True, check=True, timeout=300
    )
    return set(re.findall(r"^ +NEEDED +(.+)$", told.stdout, re.MULTILINE))


def _libraries(bundle: Path) -> list[Path]:
    found = [file for file in bundle.rglob("*.so*") if file.is_file() and not file.is_symlink()]
    return [*found, bundle / "itband-gui"]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"packaging/{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_module_of_qt_under_the_gpl_alone_is_in_it(made: Path) -> None:
    names = [str(file.relative_to(made)) for file in made.rglob("*")]
    shipped = [name for name in names if "licenses/" not in name]
    assert len(shipped) > 100
    assert not [name for name in shipped if FOREIGN.search(name)]


def test_wayland_x11_and_no_screen_are_in_it(made: Path) -> None:
    platforms = made / "_internal/PySide6/Qt/plugins/platforms"
    names = {file.name for file in platforms.iterdir()}
    assert names == {"libqwayland.so", "libqxcb.so", "libqoffscreen.so"}


def test_unpacked_it_takes_130_megabytes_at_most(made: Path) -> None:
    sizes = [file.lstat().st_size for file in made.rglob("*") if not file.is_dir()]
    assert sum(sizes) <= 130 * MEGABYTE


def test_no_link_leads_nowhere(made: Path) -> None:
    assert not [link for link in made.rglob("*") if link.is_symlink() and not link.exists()]


@needs_objdump
def test_what_it_needs_of_the_machine_is_what_doctor_looks_for(made: Path) -> None:
    libraries = _libraries(made)
    inside = {file.name for file in made.rglob("*.so*")}
    wanted = {need for library in libraries for need in _needed(library)} - inside
    looked_for = {piece.name for piece in LIBRARIES}
    assert wanted - C_LIBRARY - COMPILER - DISPENSABLE <= looked_for


@needs_objdump
def test_every_library_in_it_is_needed(made: Path) -> None:
    libraries = _libraries(made)
    needed = {need for library in libraries for need in _needed(library)}
    loose = [file.name for file in libraries if re.match(r"lib[^q].*\.so\.", file.name)]
    assert not [name for name in loose if name not in needed and "python" not in name]


def test_each_part_of_it_is_named_with_its_licence_and_source(made: Path) -> None:
    licenses = made / "_internal/licenses"
    told = json.loads((licenses / "parts.json").read_text("utf-8"))
    named = {part["name"] for part in told}
    assert {"Python", "Qt", "PySide6-Essentials", "numpy", "pyqtgraph", "GLib", "ICU"} <= named
    assert all(part["version"] and part["licence"] not in {"", "?"} for part in told)
    assert all(part["source"].startswith("https://") for part in told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LICENSE", "MIT License"),
        ("LGPL-3.0.txt", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("GPL-3.0.txt", "GNU GENERAL PUBLIC LICENSE"),
        ("LGPL-2.1.txt", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("Python.txt", "PYTHON SOFTWARE FOUNDATION LICENSE"),
        ("ICU.txt", "Unicode, Inc."),
    ],
)
def test_the_licence_texts_are_in_it(made: Path, text: str, words: str) -> None:
    assert words in (made / "_internal/licenses" / text).read_text("utf-8")


def test_every_package_brings_its_text(made: Path) -> None:
    licenses = made / "_internal/licenses"
    for package in ("jeepney", "msgspec", "numpy", "platformdirs", "pyqtgraph", "wakepy"):
        assert [text for text in (licenses / package).iterdir() if text.stat().st_size > 500]


@pytest.mark.parametrize("size", [16, 24, 32, 48, 64, 128, 256, 512])
def test_each_icon_is_of_its_size(made: Path, size: int) -> None:
    icon = made / f"share/icons/hicolor/{size}x{size}/apps/itband-gui.png"
    image = QImage(str(icon))
    assert (image.width(), image.height()) == (size, size)
    assert image.pixelColor(size // 2, size * 15 // 128).name() == "#0b6e69"


def test_windows_and_mac_icons_are_read_as_such(tmp_path: Path, qapp: object) -> None:
    _script("icons").main(tmp_path)
    for name, sizes in (("itband-gui.ico", 7), ("itband-gui.icns", 6)):
        reader = QImageReader(str(tmp_path / name))
        assert reader.canRead()
        assert reader.imageCount() == sizes
        for number in range(sizes):
            assert reader.jumpToImage(number)
            assert reader.read().pixelColor(0, 0).alpha() == 0


@pytest.mark.parametrize(
    ("file", "platform", "fits"),
    [
        (r"PySide6\Qt6Core.dll", "win32", True),
        (r"PySide6\Qt6Charts.dll", "win32", False),
        (r"PySide6\plugins\platforms\qwindows.dll", "win32", True),
        (r"PySide6\plugins\texttospeech\qtexttospeech_sapi.dll", "win32", True),
        (r"PySide6\Qt6TextToSpeech.dll", "win32", True),
        ("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", "darwin", True),
        ("PySide6/Qt/lib/QtCharts.framework/Versions/A/QtCharts", "darwin", False),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "darwin", True),
        ("libcrypto.3.dylib", "darwin", True),
        ("libcrypto.so.3", "linux", False),
        ("libcups.so.2", "linux", False),
        ("libxcb-cursor.so.0", "linux", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", "linux", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", "linux", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", "linux", False),
        ("PySide6/Qt/translations/qtbase_de.qm", "linux", False),
        ("pyqtgraph/colors/maps/turbo.csv", "linux", False),
        ("pyqtgraph/icons/auto.png", "linux", True),
        ("assets/safety.toml", "linux", True),
    ],
)
def test_what_is_kept_on_each_system(file: str, platform: str, *, fits: bool) -> None:
    assert _script("trim").wanted(file, platform) is fits


FRAMEWORK = "PySide6/Qt/lib/Qt{0}.framework"
MAC = [  # as PyInstaller lists them
    ("Python.framework/Versions/3.11/Python", "/p/Python.framework/Versions/3.11/Python", "BINARY"),
    ("Python.framework/Versions/3.11/Resources/Info.plist", "/p/Info.plist", "DATA"),
    ("Python.framework/Versions/Current", "3.11", "SYMLINK"),
    ("Python.framework/Python", "Versions/Current/Python", "SYMLINK"),
    ("Python.framework/Resources", "Versions/Current/Resources", "SYMLINK"),
    ("Python", "Python.framework/Versions/3.11/Python", "SYMLINK"),
    ("PySide6/QtCore.abi3.so", "/q/QtCore.abi3.so", "EXTENSION"),
    ("assets/safety.toml", "/q/assets/safety.toml", "DATA"),
]


def _framework(module: str) -> list[tuple[str, str, str]]:
    folder, name = FRAMEWORK.format(module), f"Qt{module}"
    return [
        (f"{folder}/Versions/A/{name}", f"/q/{name}.framework/Versions/A/{name}", "BINARY"),
        (f"{folder}/Versions/A/Resources/Info.plist", f"/q/{name}/Info.plist", "DATA"),
        (f"{folder}/Versions/Current", "A", "SYMLINK"),
        (f"{folder}/{name}", f"Versions/Current/{name}", "SYMLINK"),
        (f"{folder}/Resources", "Versions/Current/Resources", "SYMLINK"),
        (name, f"{folder}/Versions/A/{name}", "SYMLINK"),
    ]


def test_a_framework_of_the_mac_is_kept_with_its_links_or_not_at_all() -> None:
    trim = _script("trim")
    needs = {"/q/QtCore.abi3.so": ["@rpath/QtCore.framework/Versions/A/QtCore"]}
    kept = [*MAC, *_framework("Core")]
    unasked, unwanted = _framework("Concurrent"), _framework("Charts")
    files = [f for f in [*kept, *unasked, *unwanted] if trim.wanted(f[0], "darwin")]
    assert not [file for file in unwanted if file in files]
    python = "/p/Python.framework/Versions/3.11/Python"
    assert trim.closure(files, lambda library: needs.get(library, ()), python) == kept


def test_a_library_of_windows_is_kept_however_it_is_spelt() -> None:
    kept = [
        ("python311.dll", r"C:\Python\python311.dll", "BINARY"),
        (r"PySide6\QtCore.pyd", r"C:\q\QtCore.pyd", "EXTENSION"),
        (r"PySide6\MSVCP140.dll", r"C:\q\msvcp140.dll", "BINARY"),
    ]
    loose = ("zlib.dll", r"C:\q\zlib.dll", "BINARY")
    needs = {r"C:\q\QtCore.pyd": ["MSVCP140.DLL"]}
    found = _script("trim").closure(
        [*kept, loose], lambda library: needs.get(library, ()), r"C:\Python\Python311.dll"
    )
    assert found == kept


def test_a_link_to_what_is_left_out_is_left_out() -> None:
    kept = [("a.so", "/a.so", "EXTENSION"), ("Qt/lib/libb.so.1", "/b/libb.so.1", "BINARY")]
    kept.append(("libb.so.1", "Qt/lib/libb.so.1", "SYMLINK"))
    loose = [
        ("Qt/lib/libc.so.1", "/b/libc.so.1", "BINARY"),
        ("libc.so.1", "Qt/lib/libc.so.1", "SYMLINK"),
    ]
    needs = {"/a.so": ["libb.so.1"]}
    found = _script("trim").closure([*kept, *loose], lambda name: needs.get(name, ()), "libpython")
    assert found == kept


def test_by_its_sources_a_bundle_is_known_from_any_other(tmp_path: Path) -> None:
    digest = _script("sources").digest
    for name in ("build.spec", "pyproject.toml", "uv.lock"):
        (tmp_path / name).touch()
    for folder in ("assets", "itband_gui/ui", "packaging", "scripts"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("bundle", "bundle-environment"):
        (tmp_path / "scripts" / name).touch()
    first = digest(tmp_path)
    (tmp_path / "itband_gui/ui/compiled.pyc").touch()
    assert digest(tmp_path) == first
    (tmp_path / "itband_gui/ui/new.py").touch()
    second = digest(tmp_path)
    (tmp_path / "itband_gui/ui/new.py").write_text("new = 1\n", "utf-8")
    assert len({first, second, digest(tmp_path)}) == 3


def test_a_library_that_nobody_named_ends_the_build(tmp_path: Path) -> None:
    licences = _script("licences")
    with pytest.raises(licences.UnnamedLibraryError, match=r"libmystery\.so\.1"):
        licences.gather(tmp_path / "licenses", ["libmystery.so.1"])


def test_windows_is_told_the_version() -> None:
    text = _script("version_file").version_text("1.2.3")
    assert "filevers=(1, 2, 3, 0)" in text
    assert 'StringStruct("ProductVersion", "1.2.3")' in text
