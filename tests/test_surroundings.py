"""A run finds the same surroundings everywhere, whoever starts it and from where."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.surroundings import make_neutral

CHECKOUT = Path(__file__).parents[1]
SETTLED = """
import json, os, signal, time
from tests.surroundings import settle
settle()
mask = os.umask(0)
print(json.dumps({
    "environ": dict(os.environ), "zone": time.tzname, "mask": mask,
    "ignored": [s.name for s in signal.valid_signals()
        if s in set(signal.Signals) and signal.getsignal(s) is signal.SIG_IGN],
}))
"""
IGNORING = (
    "import os, signal, sys; [signal.signal(s, signal.SIG_IGN) for s in (1, 2, 15)]; "
    "os.umask(0o777); os.execv(sys.executable, [sys.executable, '-c', sys.argv[1]])"
)


def settled(command: list[str], environ: dict[str, str]) -> dict[str, Any]:
    """Return what a process started by `command` finds once its surroundings are settled."""
    done = subprocess.run(
        command, env={**environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_what_a_desktop_or_a_person_has_set_is_gone() -> None:
    environ = {
        "PATH": "/bin", "COLUMNS": "20", "DISPLAY": ":987", "LC_TIME": "tr_TR.UTF-8",
        "QT_SCALE_FACTOR": "3", "XDG_RUNTIME_DIR": "/nowhere", "TZ": "Pacific/Chatham",
        "ITBAND_GUI_DATA_DIR": "/nowhere", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
    }  # fmt: skip
    make_neutral(environ)
    assert environ == {
        "PATH": "/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb",
        "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip


@pytest.mark.parametrize(("cache", "kept"), [("/cache", "/cache/uv"), ("", "/home/me/.cache/uv")])
def test_uv_finds_its_cache_where_it_was(cache: str, kept: str) -> None:
    environ = {**os.environ, "HOME": "/home/me", "XDG_CACHE_HOME": cache}
    environ.pop("UV_CACHE_DIR", None)
    assert settled([sys.executable, "-c", SETTLED], environ)["environ"]["UV_CACHE_DIR"] == kept


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such masks and signals")
def test_a_process_starts_with_the_usual_mask_zone_and_signals() -> None:
    environ = {**os.environ, "TZ": "Pacific/Chatham"}
    told = settled([sys.executable, "-c", IGNORING, SETTLED], environ)
    assert told["environ"]["TZ"] == "UTC"
    assert told["zone"] == ["UTC", "UTC"]
    assert told["mask"] == 0o022
    assert told["ignored"] == ["SIGPIPE", "SIGXFSZ"]  # Python's own way
