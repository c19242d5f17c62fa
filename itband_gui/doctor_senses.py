"""The doctor's look at voice, sound and session bus on Linux; nobody is stopped by their lack."""

import re
import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from itband_gui import system
from itband_gui.finding import Finding
from itband_gui.system import Family, Part

_ROOT = Path("/usr")
_SYNTHESISERS = ("lib*/speech-dispatcher-modules/sd_*", "lib*/*/speech-dispatcher-modules/sd_*")
_OUTPUTS = ("lib*/speech-dispatcher/spd_*.so", "lib*/*/speech-dispatcher/spd_*.so")
_NO_VOICES = frozenset({"sd_dummy", "sd_generic"})  # they say nothing without another program
_PATIENCE_S = 1.0


def voice(family: Family, root: Path = _ROOT) -> Finding:
    """Return whether speech-dispatcher is here, with something to speak and to be heard by."""
    without = "sessions use the recorded phrases"
    lacks = [
        what
        for what, there in (
            ("speech-dispatcher", not system.missing(Part.VOICE)),
            ("synthesiser for speech-dispatcher", _has_any(root, _SYNTHESISERS)),
            ("sound output of speech-dispatcher", _has_any(root, _OUTPUTS)),
        )
        if not there
    ]
    if not lacks:
        return Finding(Part.VOICE, "there")
    fix = system.fix([system.VOICE], family)
    return Finding(
        Part.VOICE, f"no {', '.join(lacks)}; {without}", fine=False, needed=False, fix=fix
    )


def sound(family: Family, environ: Mapping[str, str]) -> Finding:
    """Return whether the sound library is here and a sound server answers."""
    lost = list(system.missing(Part.SOUND))
    without = "sessions run without tones and voice; all is on the screen"
    if lost:
        names = ", ".join(piece.name for piece in lost)
        fix = system.fix(lost, family)
        return Finding(Part.SOUND, f"no {names}; {without}", fine=False, needed=False, fix=fix)
    server = environ.get("PULSE_SERVER", "")
    if server and not server.startswith(("unix:", "/")):
        return Finding(Part.SOUND, "there; its server is another machine's or named in a new way")
    runtime = Path(environ.get("XDG_RUNTIME_DIR") or "/")
    place = server.removeprefix("unix:") or str(runtime / "pulse" / "native")
    if _answers(place):
        return Finding(Part.SOUND, "there")
    fix = f"start it in a desktop session; {system.fix([system.SOUND_SERVER], family)}"
    return Finding(
        Part.SOUND, f"no sound server answers; {without}", fine=False, needed=False, fix=fix
    )


def session_bus(family: Family, environ: Mapping[str, str]) -> Finding:
    """Return whether the session bus answers."""
    runtime = environ.get("XDG_RUNTIME_DIR")
    address = environ.get("DBUS_SESSION_BUS_ADDRESS") or (runtime and f"unix:path={runtime}/bus")
    if address and any(_bus_answers(each) for each in address.split(";")):
        return Finding("session bus", "there")
    state = "does not answer" if address else "none"
    detail = f"{state}; the screen may go dark in a session, and media keys do nothing"
    packages = system.fix([system.BUS], family)
    fix = f"start it in a desktop session, or under dbus-run-session; {packages}"
    return Finding("session bus", detail, fine=False, needed=False, fix=fix)


def _has_any(root: Path, patterns: tuple[str, ...]) -> bool:
    return any(file.name not in _NO_VOICES for pattern in patterns for file in root.glob(pattern))


def _bus_answers(address: str) -> bool:
    found = re.fullmatch(r"unix:(?:.*,)?(path|abstract)=([^,]+)(?:,.*)?", address)
    if found is None:
        return True  # reached in a way not known here: taken at its word
    path = unquote(found[2])
    return _answers(path if found[1] == "path" else f"\0{path}")


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(_PATIENCE_S)
        try:
            caller.connect(path)
        except (OSError, ValueError):
            return False
    return True
