"""Makes the icon files for every platform from one drawing, `assets/icons/itband-gui.svg`.

    python packaging/icons.py OUT

OUT/hicolor/SIZExSIZE/apps/*.png and OUT/hicolor/scalable/apps/*.svg (Linux), OUT/itband-gui.ico
(Windows), OUT/itband-gui.icns (macOS). The last two are containers of PNG files.
"""

import os
import shutil
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

NAME = "itband-gui"
DRAWING = Path(__file__).resolve().parents[1] / "assets" / "icons" / f"{NAME}.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)  # pixels
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)  # 256 is the largest in this format
# The ICNS types for PNG pictures of each size.
ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def png(size: int) -> bytes:
    """Return the drawing as a square PNG of `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6 only accepts text
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return a Windows icon: a header, 16 bytes for each picture, and the pictures."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    rows, body, start = b"", b"", len(head) + 16 * len(pictures)
    for size, data in pictures.items():
        side = size % 256  # 0 stands for 256
        rows += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), start + len(body))
        body += data
    return head + rows + body


def icns(pictures: dict[int, bytes]) -> bytes:
    """Return a macOS icon: a header, and each picture after its type and length."""
    body = b"".join(
        ICNS_TYPES[size] + struct.pack(">I", len(data) + 8) + data
        for size, data in pictures.items()
    )
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main(out: Path) -> None:
    """Write all icon files into a folder."""
    app = QGuiApplication.instance() or QGuiApplication([])
    pictures = {size: png(size) for size in SIZES}
    for size, data in pictures.items():
        folder = out / "hicolor" / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{NAME}.png").write_bytes(data)
    scalable = out / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DRAWING, scalable / DRAWING.name)
    (out / f"{NAME}.ico").write_bytes(ico({size: pictures[size] for size in ICO_SIZES}))
    (out / f"{NAME}.icns").write_bytes(icns({size: pictures[size] for size in ICNS_TYPES}))
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
