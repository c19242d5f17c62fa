"""Where the user's data lies."""

from collections.abc import Mapping
from pathlib import Path

APP_NAME = "itband-gui"
VARIABLE = "ITBAND_GUI_DATA_DIR"


def data_dir(option: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the data folder, absolute, made or not: the option's, the variable's, the platform's.

    An empty variable counts as not set.
    """
    if option is not None:
        return option.absolute()
    if environ.get(VARIABLE):
        return Path(environ[VARIABLE]).absolute()
    # Imported here: with a folder given, `journal add` would spend most of its time on it.
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path(APP_NAME, appauthor=False)
