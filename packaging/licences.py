"""Gathers the licences of all that a bundle carries.

    python packaging/licences.py OUT

OUT/parts.json is what the About box shows (`itband_gui.parts`); beside it lies a folder for each
package with the texts that it brings, and the texts of the LGPL and the GPL for Qt and PySide.
"""

import json
import shutil
import sys
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from itband_gui.parts import parts

ROOT = Path(__file__).resolve().parents[1]
_TEXTS = ("licen", "copying", "notice", "authors")


def main(out: Path) -> None:
    """Write the list and the texts into a folder, made anew."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    told = parts()
    (out / "parts.json").write_text(json.dumps([asdict(part) for part in told], indent=1), "utf-8")
    shutil.copyfile(ROOT / "LICENSE", out / "LICENSE")
    for text in (ROOT / "packaging" / "licences").iterdir():
        shutil.copyfile(text, out / text.name)
    for part in told:
        _copy_texts(part.name, out / part.name)


def _copy_texts(package: str, folder: Path) -> None:
    """Copy the texts that a package brings; Python and Qt are no packages."""
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return
    for file in files:
        is_text = file.name.lower().startswith(_TEXTS) and ".dist-info" in str(file)
        source = Path(str(file.locate()))
        if is_text and source.is_file():
            folder.mkdir(exist_ok=True)
            # Two of one name (a package's own and a vendored one's) lie in different folders.
            shutil.copyfile(source, folder / "-".join(file.parts[1:]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
