"""Writes the version information that Windows shows for the program: `version_file.py OUT`."""

import sys
from pathlib import Path

from itband_gui import __version__

_TEXT = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("FileDescription", "IT Band Guide"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("LegalCopyright", "MIT licence"),
      StringStruct("OriginalFilename", "itband-gui.exe"),
      StringStruct("ProductName", "IT Band Guide"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ],
)
"""


def version_text(version: str) -> str:
    """Return the text of PyInstaller's version file for a version like 1.2.3."""
    numbers = [int(part) for part in version.split(".")]
    return _TEXT.format(numbers=tuple((numbers + [0] * 4)[:4]), version=version)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(version_text(__version__), "utf-8")
