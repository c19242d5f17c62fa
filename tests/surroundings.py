"""Makes the surroundings of a run the same everywhere, whoever starts it and from where."""

import os
import signal
import time
from collections.abc import MutableMapping
from pathlib import Path

# A shell's background job has SIGINT ignored, nohup SIGHUP; what we start would inherit that.
_SIGNALS = (
    *("SIGHUP", "SIGQUIT", "SIGTERM", "SIGCHLD", "SIGALRM", "SIGUSR1", "SIGUSR2"),
    *("SIGTSTP", "SIGTTIN", "SIGTTOU"),
)
# Families of variables by which a desktop, a terminal or a person changes what programs do.
_FAMILIES = ("LC_", "XDG_", "QT_", "QML", "KDE_", "GTK_", "PYTHON", "ITBAND_GUI_", "DBUS_")
_ALONE = (
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DESKTOP_SESSION", "GNOME_DESKTOP_SESSION_ID"),
    *("AT_SPI_BUS_ADDRESS", "SPEECHD_ADDRESS", "PULSE_SERVER", "PIPEWIRE_REMOTE"),
    *("TERM", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"),
    *("LANGUAGE", "TZDIR", "CDPATH", "ENV", "BASH_ENV", "POSIXLY_CORRECT"),
    *("MAKEFLAGS", "MAKELEVEL", "MFLAGS"),
)
# What tests/mutation leads its runs with; scripts/test does without them.
_KEPT = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
_SET = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "QT_QPA_PLATFORM": "offscreen",
    "TERM": "dumb",
    "TZ": "UTC",
}


def make_neutral(environ: MutableMapping[str, str]) -> None:
    """Take out of an environment what one machine has and another has not."""
    for name in set(environ).difference(_KEPT):
        if name in _ALONE or name.startswith(_FAMILIES):
            del environ[name]
    environ.update(_SET)


def settle() -> None:
    """Give this process, and what it starts, the surroundings that every test counts on.

    HOME and the user's folders are each test's own (`tests/conftest.py`).
    """
    # Tests change HOME; uv shall find there again what it has fetched.
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    os.environ.setdefault("UV_CACHE_DIR", str(caches / "uv"))
    make_neutral(os.environ)
    os.umask(0o022)
    if hasattr(time, "tzset"):
        time.tzset()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
