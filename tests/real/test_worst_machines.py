"""Five machines that lack something, and two more: cues go on, one reason is told, nothing waits.

The longest time between two pictures is that of a 16 ms timer in the session's own process.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.real.sound_machine import Heard, SoundMachine, follow, need_sound

SECONDS = 9
# Far above a picture, and far below the seconds of any wait for a part.
LONGEST_GAP_MS = 200
LATER = 3  # the machine is shared: so much later than an idle process a picture may be by chance


@pytest.fixture
def machine() -> Iterator[SoundMachine]:
    need_sound(speech=True)
    machine = SoundMachine()
    yield machine
    machine.close()


def check(heard: Heard, name: str, source: str, *problems: str) -> None:
    """The session went on, with one reason, and without a wait."""
    print(  # noqa: T201 - figures for whoever runs it with -s
        f"{name}: {heard.end['source']}, told {heard.end['problems']}, {heard.begun} lines "
        f"begun, {heard.dropped} dropped, longest gap {heard.end['gap_ms']} ms"
    )
    assert heard.end["source"] == source
    assert heard.end["problems"] == list(problems)
    assert heard.cues
    late_ms = LATER * int(str(heard.end["idle_ms"]))
    assert int(str(heard.end["gap_ms"])) < LONGEST_GAP_MS + late_ms
    if source in {"system", "recorded"}:
        assert heard.begun


def test_no_sound_card(machine: SoundMachine) -> None:
    """Nothing answers where sound is played; the speech daemon is there and cannot play either."""
    heard = follow(machine.session("automatic", SECONDS))
    check(heard, "no sound card", "silent", "no-sound-device")


def test_no_speech_daemon(machine: SoundMachine, tmp_path: Path) -> None:
    """Its program is not on the PATH."""
    machine.start_sound()
    machine.environ["PATH"] = str(tmp_path)
    heard = follow(machine.session("automatic", SECONDS))
    check(heard, "no speech daemon", "recorded", "no-speech")


def test_a_speech_daemon_that_hangs_from_the_start(machine: SoundMachine) -> None:
    machine.start_sound()
    os.kill(machine.start_speech(), signal.SIGSTOP)
    heard = follow(machine.session("automatic", SECONDS))
    check(heard, "speech daemon hangs", "recorded", "speech-hangs")


def ended_in_its_first_line(machine: SoundMachine, how: signal.Signals, seconds: int) -> Heard:
    """Send the speech daemon a signal when the first line has begun."""
    session = machine.session("automatic", seconds)
    assert session.stdout is not None
    first = []
    for line in session.stdout:
        first.append(line)
        if '"began"' in line:
            break
    os.kill(machine.speech_pid, how)
    return follow(session)


@pytest.mark.parametrize(
    ("how", "problem"), [(signal.SIGSTOP, "speech-hangs"), (signal.SIGKILL, "speech-broke")]
)
def test_a_speech_daemon_that_leaves_in_its_first_line(
    machine: SoundMachine, how: signal.Signals, problem: str
) -> None:
    """An interrupted line is said again, and no safety line is lost."""
    machine.start_sound()
    machine.start_speech()
    heard = ended_in_its_first_line(machine, how, 28)
    check(heard, f"speech daemon gets {how.name}", "recorded", problem)
    assert {"left-leg", "zone-front-edge", "stop-if"} <= heard.said


def test_a_sound_service_that_hangs(machine: SoundMachine) -> None:
    machine.start_sound()
    os.kill(machine.pid("pid"), signal.SIGSTOP)
    heard = follow(machine.session("recorded", 12))
    check(heard, "sound service hangs", "silent", "sound-hangs")


def test_no_session_bus(machine: SoundMachine) -> None:
    """Voice and tones need none."""
    machine.start_sound()
    machine.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    machine.environ.pop("DISPLAY", None)
    heard = follow(machine.session("automatic", SECONDS))
    check(heard, "no session bus", "system")


def libpulse_files() -> list[str]:
    """Return the library's files, as the loader lists them."""
    table = subprocess.run(
        ["ldconfig", "-p"], capture_output=True, text=True, check=True, timeout=300
    )
    names = (line.split(" => ")[-1] for line in table.stdout.splitlines())
    return [name for name in names if name.rsplit("/", 1)[-1].startswith("libpulse.so")]


def test_no_libpulse(machine: SoundMachine, hide: Callable[[list[str]], list[str]]) -> None:
    """The library's files are empty for the session alone; the daemon outside still speaks."""
    machine.start_sound()
    machine.start_speech()
    heard = follow(machine.session("automatic", SECONDS, *hide(libpulse_files())))
    check(heard, "no libpulse", "system", "no-sound-library")


@pytest.fixture
def hide() -> Callable[[list[str]], list[str]]:
    """Give the command under which files are empty, by a mount namespace of its own."""
    enter = ["unshare", "--user", "--map-root-user", "--mount"]
    works = (
        shutil.which("unshare")
        and not subprocess.run(
            [*enter, "mount", "--bind", "/dev/null", "/etc/hostname"],
            capture_output=True,
            check=False,
            timeout=300,
        ).returncode
    )
    if not works:
        told = "libpulse cannot be hidden: no mount namespaces for this user"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)

    def under(files: list[str]) -> list[str]:
        mounts = " && ".join(f"mount --bind /dev/null {file}" for file in files)
        return [*enter, "sh", "-c", f'{mounts} && exec "$@"', "sh"]

    return under
