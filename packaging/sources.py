"""Identifies the sources that a bundle was made from; `tests/bundle` refuses an outdated bundle."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FOLDERS = ("assets", "itband_gui", "packaging")
_FILES = ("build.spec", "pyproject.toml", "scripts/bundle", "scripts/bundle-environment", "uv.lock")


def digest(root: Path = ROOT) -> str:
    """Return the SHA-256 over the names and contents of all files that go into a bundle."""
    found = [file for folder in _FOLDERS for file in (root / folder).rglob("*") if file.is_file()]
    files = {file.relative_to(root).as_posix(): file for file in found if file.suffix != ".pyc"}
    files |= {name: root / name for name in _FILES}
    sums = [
        f"{hashlib.sha256(files[name].read_bytes()).hexdigest()} {name}" for name in sorted(files)
    ]
    return hashlib.sha256("\n".join(sums).encode()).hexdigest()
