import os
import platform
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from itband_gui.doctor import checks
from itband_gui.doctor.checks import Check, data_checks
from itband_gui.journal.acknowledged import Acknowledged
from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import encode
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg
from itband_gui.machine.folders import acknowledged_file
from itband_gui.machine.libraries import Family, loads
from itband_gui.machine.log import FILE_NAME, LogFile
from tests.no_locks import no_locks

ROOT = Path(__file__).parents[2]
DOCTOR = """
import sys
from pathlib import Path
from itband_gui.doctor import report
folder = Path(sys.argv[1])
code = report.main(folder, folder / "state", report="--report" in sys.argv)
qt = [name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))]
sys.exit(f"imported {qt}" if qt else code)
"""
STATES = ("ok", "MISSING", "WRONG", "optional")
linux = pytest.mark.skipif(sys.platform != "linux", reason="names Linux pieces")


def _doctor(data_dir: Path, *options: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", DOCTOR, str(data_dir), *options],
        env={**kept, **environ},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def _states(report: str) -> dict[str, str]:
    """Return {piece: state}; the verdict and the line about bug reports are left out."""
    pairs = (line.split(None, 1) for line in report.splitlines()[:-2])
    return {rest.partition(": ")[0]: state for state, rest in pairs}


@linux
def test_a_disk_without_locks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locks() -> Check:
        return next(found for found in data_checks(tmp_path) if found.piece == "locks")

    assert locks().fine
    monkeypatch.setattr("fcntl.flock", no_locks)
    assert (locks().fine, locks().needed, "--data-dir" in locks().fix) == (False, False, True)


def test_it_imports_no_qt_and_gives_one_line_a_piece(tmp_path: Path) -> None:
    done = _doctor(tmp_path)
    assert done.stderr == ""
    *lines, verdict, _about_bugs = done.stdout.splitlines()
    assert all(line.split()[0] in STATES and ": " in line for line in lines)
    assert len(_states(done.stdout)) == len(lines)
    assert "required" in verdict


def test_every_kind_of_piece_is_named(tmp_path: Path) -> None:
    pieces = set(_states(_doctor(tmp_path).stdout))
    assert {"Python", "screen", "data folder"} <= pieces
    if sys.platform == "linux":
        assert {"fonts", "voice", "sound", "session bus", "Qt's own files"} <= pieces
        assert "windows on X11 (libraries)" in pieces


@pytest.mark.parametrize("environ", [{}, {"QT_QPA_PLATFORM": "vnc"}])
def test_the_exit_code_says_whether_a_needed_piece_is_missing(
    environ: dict[str, str], tmp_path: Path
) -> None:
    done = _doctor(tmp_path, **environ)
    assert done.returncode == bool({"MISSING", "WRONG"} & set(_states(done.stdout).values()))


@linux
def test_voice_sound_and_bus_are_never_called_needed(tmp_path: Path) -> None:
    states = _states(_doctor(tmp_path, PATH="").stdout)
    assert states["voice"] == "optional"
    assert states["session bus"] == "optional"
    assert states["sound"] in {"ok", "optional"}


@linux
def test_without_a_screen_it_names_the_tour(tmp_path: Path) -> None:
    done = _doctor(tmp_path)
    assert done.returncode == 1
    assert _states(done.stdout)["screen"] == "MISSING"
    assert "itband-gui tour DIR" in done.stdout


@linux
def test_a_screen_that_does_not_answer_is_missing(tmp_path: Path) -> None:
    done = _doctor(tmp_path, DISPLAY=":59321")
    assert _states(done.stdout)["screen"] == "MISSING"


def test_a_data_folder_that_cannot_even_be_looked_at_is_named_with_a_fix(tmp_path: Path) -> None:
    (finding,) = data_checks(tmp_path / ("x" * 300))
    assert not finding.fine
    assert "File name too long" in finding.detail
    assert "--data-dir" in finding.fix


def test_a_data_folder_that_cannot_be_written_is_named_with_a_fix(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data_dir = tmp_path / "file" / "data"
    done = _doctor(data_dir)
    (line,) = (line for line in done.stdout.splitlines() if "data folder" in line)
    assert line.startswith("MISSING")
    assert str(data_dir) in line
    assert "--data-dir" in line
    assert done.returncode == 1


def test_entries_in_the_future_are_counted(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
    book = Book()
    for days in (-1, 0, 1, 3_000):
        at = now + timedelta(days=days)
        book.add(Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.OTHER, score=3))
    Store(tmp_path / "journal.json").save(book)
    (found,) = (each for each in data_checks(tmp_path, now) if each.piece == "dates")
    assert not found.fine
    assert not found.needed
    assert found.detail == "entries in the future: 2"
    later = now + timedelta(days=3_000)
    assert not [each for each in data_checks(tmp_path, later) if each.piece == "dates"]


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    assert _states(_doctor(tmp_path / "new" / "data").stdout)["data folder"] == "ok"
    _doctor(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_tells_nothing_about_the_person(tmp_path: Path) -> None:
    person = {"USER": "zaphod", "LOGNAME": "zaphod", "HOME": "/home/zaphod", "HOSTNAME": "zaphod"}
    assert "zaphod" not in _doctor(tmp_path, **person).stdout


# The data folder

NOTE = "Zaphod said it burns"


def _rating() -> Rating:
    at = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)
    return Rating(id=new_id(), at=at, leg=Leg.LEFT, moment=Moment.BEFORE, score=7, note=NOTE)


def _keep(folder: Path) -> Path:
    """Leave a journal with one telling entry, and return its file."""
    book = Book()
    book.add(_rating())
    store = Store(folder / "journal.json")
    store.save(book)
    return store.path


def _found(folder: Path, piece: str) -> Check:
    (finding,) = (each for each in data_checks(folder) if each.piece == piece)
    return finding


def test_no_journal_and_a_sound_one_are_fine(tmp_path: Path) -> None:
    assert _found(tmp_path, "journal").detail == "none yet"
    _keep(tmp_path)
    sound = _found(tmp_path, "journal")
    assert (sound.detail, sound.fine) == ("sound", True)


def test_a_damaged_journal_turns_the_verdict_and_is_left_as_it_is(tmp_path: Path) -> None:
    file = _keep(tmp_path)
    file.write_bytes(ruin := file.read_bytes()[:-40])
    done = _doctor(tmp_path)
    assert _states(done.stdout)["journal"] == "WRONG"
    assert "itband-gui journal restore" in done.stdout
    assert done.returncode == 1
    assert file.read_bytes() == ruin
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_journal_that_others_can_reach_is_named(tmp_path: Path) -> None:
    file = _keep(tmp_path)
    assert _found(tmp_path, "permissions").fine
    file.chmod(0o644)
    tmp_path.chmod(0o755)
    assert f"chmod 600 {file}" in _found(tmp_path, "permissions").fix
    tmp_path.chmod(0o700)
    assert _found(tmp_path, "permissions").fine, "nobody gets through the folder"


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root gives files away")
def test_a_journal_of_another_user_is_wrong(tmp_path: Path) -> None:
    os.chown(_keep(tmp_path), 12345, 12345)
    assert _found(tmp_path, "permissions").line().startswith("WRONG")


def test_backups_are_counted(tmp_path: Path) -> None:
    data = _keep(tmp_path).read_bytes()
    assert _found(tmp_path, "backups").detail == "none yet"
    Backups(tmp_path / "backups").keep(data, datetime(2026, 11, 22, tzinfo=UTC), Why.IMPORT)
    assert _found(tmp_path, "backups").detail == "1 kept"


def test_what_is_remembered_outside_the_folder_is_told(tmp_path: Path) -> None:
    piece = "saved on this computer"
    file = tmp_path / "journal.json"
    log = Acknowledged(acknowledged_file(file, os.environ))
    assert _found(tmp_path, piece).detail == "nothing yet"
    book = Book()
    book.add(_rating())
    Store(file, log=log).save(book)
    older = file.read_bytes()
    book.add(_rating())
    Store(file, log=log).save(book)
    remembered = _found(tmp_path, piece)
    assert (remembered.detail, remembered.fine) == (f"recorded in {log.file.parent}", True)
    file.write_bytes(older)
    lacking = _found(tmp_path, piece)
    assert (lacking.fine, lacking.needed) == (False, False)
    assert lacking.detail.endswith("missing from the journal: 1")
    assert file.read_bytes() == older


def test_where_nothing_can_be_remembered_the_folder_is_named(tmp_path: Path) -> None:
    folder = acknowledged_file(tmp_path / "journal.json", os.environ).parent
    folder.parent.parent.mkdir(parents=True)
    folder.parent.write_text("a file where a folder should be")
    found = _found(tmp_path, "saved on this computer")
    assert (found.fine, found.needed) == (False, False)
    assert str(folder) in found.detail


def test_a_folder_that_is_carried_about_and_left_copies_are_told(tmp_path: Path) -> None:
    assert _found(tmp_path, "synced folder").detail.startswith("no")
    (tmp_path / ".stfolder").mkdir()
    assert _found(tmp_path, "synced folder").detail.startswith("yes")


def test_other_journals_in_the_folder_are_told_whatever_their_names(tmp_path: Path) -> None:
    file = _keep(tmp_path)
    copy = file.with_name("journal_Andy-PC_Nov-30-0901-2026_Conflict.json")
    copy.write_bytes(file.read_bytes())
    assert _found(tmp_path, "other journals").detail == (
        "1 in the same folder; your journal has all their entries"
    )
    copy.write_bytes(encode(Book([_rating()])))
    file.with_name("kept.txt").write_bytes(file.read_bytes()[:-90])
    found = _found(tmp_path, "other journals")
    assert (found.fine, found.needed) == (False, False)
    told = "2 in the same folder; unreadable, or with entries that your journal lacks: 2"
    assert found.detail == told
    assert copy.exists()


def test_a_missing_journal_with_others_beside_it_is_not_fine(tmp_path: Path) -> None:
    file = _keep(tmp_path)
    file.rename(file.with_name("journal..path1.json"))
    found = _found(tmp_path, "journal")
    assert not found.fine
    assert found.detail == "missing, but there are copies of it or other journals in its folder"


def test_free_space_is_told(tmp_path: Path) -> None:
    assert _found(tmp_path, "free space").detail.endswith(" MB")


# Voice, sound, bus


@linux
def test_a_speech_program_that_can_say_nothing_is_told(tmp_path: Path) -> None:
    found = checks.voice(Family.DEBIAN, tmp_path)
    assert not found.fine
    assert "synthesiser" in found.detail
    assert "speech-dispatcher-espeak-ng" in found.fix
    for name in ("lib/speech-dispatcher-modules/sd_dummy", "lib/x/speech-dispatcher/spd_pulse.so"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    assert "synthesiser" in checks.voice(Family.DEBIAN, tmp_path).detail, "sd_dummy is mute"
    assert "sound output" not in checks.voice(Family.DEBIAN, tmp_path).detail
    (tmp_path / "lib/speech-dispatcher-modules/sd_espeak-ng").touch()
    assert "synthesiser" not in checks.voice(Family.DEBIAN, tmp_path).detail


@linux
@pytest.mark.parametrize("abstract", [False, True])
def test_a_bus_counts_only_if_it_answers(tmp_path: Path, abstract: bool) -> None:
    path = str(tmp_path / "bus") if not abstract else f"itband-test-{os.getpid()}"
    kind = "abstract" if abstract else "path"
    environ = {"DBUS_SESSION_BUS_ADDRESS": f"unix:{kind}={path},guid=0123"}
    gone = checks.session_bus(Family.FEDORA, environ)
    assert not gone.fine
    assert "dnf install -y dbus-daemon" in gone.fix
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0{path}" if abstract else path)
        server.listen()
        assert checks.session_bus(Family.FEDORA, environ).fine


@linux
def test_on_an_unknown_system_each_distribution_s_packages_are_named() -> None:
    fix = checks.session_bus(Family.OTHER, {}).fix
    for words in ("Debian/Ubuntu: sudo apt-get", "Fedora: sudo dnf", "Arch: sudo pacman"):
        assert words in fix


@linux
@pytest.mark.skipif(not loads("libpulse.so.0"), reason="needs libpulse0")
def test_a_sound_server_counts_only_if_it_answers(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert not checks.sound(Family.ARCH, environ).fine
    (tmp_path / "pulse").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "pulse" / "native"))
        server.listen()
        assert checks.sound(Family.ARCH, environ).fine


# The text for a bug report


def test_a_report_holds_the_log_and_no_name_of_person_machine_or_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Zaphod's runs"
    file = _keep(folder)
    LogFile(folder / "state").write("ERROR", "unexpected: KeyError")
    file.write_bytes(file.read_bytes()[:-40])
    person = {"USER": "zaphod", "HOME": str(tmp_path), "HOSTNAME": "heartofgold"}
    done = _doctor(folder, "--report", **person)
    assert done.stderr == ""
    assert "unexpected: KeyError" in done.stdout
    assert "<data folder>" in done.stdout
    for word in ("zaphod", "heartofgold", "burns", str(tmp_path), platform.node()):
        assert word.casefold() not in done.stdout.casefold()


def test_a_report_has_what_the_plain_answer_has(tmp_path: Path) -> None:
    report = _doctor(tmp_path, "--report").stdout
    for piece in _states(_doctor(tmp_path).stdout):
        assert f" {piece}: " in report
    assert "itband-gui " in report.splitlines()[0]


def test_the_command_takes_the_option(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "itband_gui", "doctor", "--report", "--data-dir"]
    done = subprocess.run(
        [*command, str(tmp_path)], capture_output=True, text=True, check=False, timeout=300
    )
    assert "No log." in done.stdout
    assert not (tmp_path / "state" / FILE_NAME).exists()
