"""Finds the asset files in a checkout, in an installed wheel and in a PyInstaller bundle."""

import sys
from functools import cache
from pathlib import Path


class AssetsMissingError(FileNotFoundError):
    """The installation has no assets folder; `args[0]` lists the folders that were tried."""


@cache
def assets_dir() -> Path:
    """Return the folder that holds `leg/`, `routines/`, `safety.toml` and `icons/`.

    Raises:
        AssetsMissingError: none of the candidate folders holds the assets.

    """
    package = Path(__file__).resolve().parents[1]
    candidates = [
        Path(getattr(sys, "_MEIPASS", package)) / "assets",  # a bundle
        package / "_assets",  # a wheel
        package.parent / "assets",  # a checkout
    ]
    for candidate in candidates:
        if (candidate / "safety.toml").is_file():
            return candidate
    raise AssetsMissingError(", ".join(map(str, candidates)))
