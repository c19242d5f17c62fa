import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui import __version__, cli
from itband_gui.journal.book import Book
from itband_gui.journal.entries import Rating, RestDay
from itband_gui.journal.store import LoadCode, Store
from itband_gui.leg.names import Leg, Place

START = "import sys; from itband_gui import cli; sys.exit(cli.run(cli.parse(sys.argv[1:])))"
ADD = ("journal", "add", "--leg", "left", "--score", "4")
Done = subprocess.CompletedProcess[str]
Itband = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def itband(folder: Path) -> Itband:
    """Run the command line as a process of its own, in Berlin, with the folder as data folder."""

    def run(*arguments: str, before: str = "", stdin: str = "") -> Done:
        environ = {**os.environ, "ITBAND_GUI_DATA_DIR": str(folder), "TZ": "Europe/Berlin"}
        command = [sys.executable, "-c", START, *arguments]
        if before:
            command = ["bash", "-c", f'{before} "$@"', "bash", *command]
        return subprocess.run(
            command, capture_output=True, text=True, env=environ, check=False, timeout=300
        )

    return run


def refused(done: Done, code: int, *words: str) -> None:
    """Expect one plain line on stderr, nothing on stdout, and the exit code."""
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.startswith("itband-gui: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("\n")
    for word in words:
        assert word in done.stderr


def test_added_ratings_are_in_the_journal_under_the_printed_ids(
    itband: Itband, folder: Path
) -> None:
    first = itband(*ADD, "--place", "outer-knee", "--place", "outer-knee", "--note", "after stairs")
    second = itband(*ADD, "--moment", "morning", "--at", "2026-11-20T07:00:00")
    loaded = Store(folder / "journal.json").load()
    assert loaded.code is LoadCode.SOUND
    assert [entry.id for entry in loaded.book] == [second.stdout.strip(), first.stdout.strip()]
    old, new = loaded.book
    assert isinstance(new, Rating)
    assert (new.leg, new.score, new.places) == (Leg.LEFT, 4, (Place.OUTER_KNEE,))
    assert new.note == "after stairs"
    assert old.at.isoformat() == "2026-11-20T07:00:00+01:00", "local time, as none was said"


def test_the_data_folder_may_stand_before_and_after_the_command(
    itband: Itband, tmp_path: Path
) -> None:
    for number, arguments in enumerate(
        [
            ("--data-dir", str(tmp_path / "0"), *ADD),
            ("journal", "--data-dir", str(tmp_path / "1"), *ADD[1:]),
            (*ADD, "--data-dir", str(tmp_path / "2")),
        ]
    ):
        assert itband(*arguments).returncode == 0
        assert (tmp_path / str(number) / "journal.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("journal",), "add|list|check"),
        (("jornal",), "jornal"),
        (("journal", "export"), "export"),
        (("journal", "add"), "--leg, --score"),
        ((*ADD[:-1], "11"), "from 0 to 10"),
        ((*ADD[:-1], "-1"), "from 0 to 10"),
        ((*ADD[:-1], "4.5"), "from 0 to 10"),
        ((*ADD[:-1], "٤"), "from 0 to 10"),
        (("journal", "add", "--leg", "mid", "--score", "4"), "left, right"),
        ((*ADD, "--place", "elbow"), "outer-knee"),
        ((*ADD, "--moment", "noon"), "last-run"),
        ((*ADD, "--at", "2099-01-01"), "future"),
        ((*ADD, "--at", "1899-12-31T12:00:00"), "1900"),
        ((*ADD, "--at", "0001-01-01"), "2026-11-22T07:10"),
        ((*ADD, "--at", "yesterday"), "2026-11-22T07:10"),
        (("today", "--at", "0001-01-01T00:00+23:59"), "2026-11-22T07:10"),
        ((*ADD, "--at", "2026-11-20T07:00:00+01:00:30"), "2026-11-22T07:10"),
        ((*ADD, "--note", "x" * 4001), "4,000 characters"),
        ((*ADD, "--note", "\udcff"), "cannot be saved"),
        ((*ADD, "--data-dir", ""), "--data-dir"),
        ((*ADD, "--sco", "4"), "--sco"),
        ((*ADD, "a\nb\x1b[31m"), r"a\nb\u001b[31m"),
        (("journal", "list", "--since", "soon"), "2026-11-22"),
        (("tour",), "DIR"),
        (("tour", "x", "--size", "9x9"), "1280x800"),
        (("tour", "x", "--scale", "3"), "--scale"),
    ],
)
def test_bad_usage_is_one_line_that_says_what_is_allowed(
    arguments: tuple[str, ...],
    words: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        code = cli.run(cli.parse(arguments))
    except SystemExit as left:
        code = int(left.code or 0)
    output = capsys.readouterr()
    refused(Done(arguments, code, output.out, output.err), 2, words)
    assert not folder.exists()


def test_version_and_help_say_what_they_should(itband: Itband) -> None:
    assert itband("--version").stdout == f"itband-gui {__version__}\n"
    assert "newest first" in itband("journal", "list", "--help").stdout


def test_without_a_command_the_window_is_meant() -> None:
    args = cli.parse(["--data-dir", "somewhere"])
    assert (args.command, args.data_dir) == (None, Path("somewhere"))


def test_the_tour_s_arguments_are_read() -> None:
    args = cli.parse(["tour", "pictures", "--theme", "dark", "--scale", "2", "--size", "800x600"])
    assert (args.command, args.dir, args.theme) == ("tour", Path("pictures"), "dark")
    assert (args.scale, args.size, args.routine, args.leg) == (2, (800, 600), None, "both")


def test_a_list_is_newest_first_and_json_is_the_file_s_own_lines(
    itband: Itband, folder: Path
) -> None:
    for day, leg in (("2026-11-18", "left"), ("2026-11-20", "right"), ("2026-11-19", "left")):
        itband(*ADD[:3], leg, "--score", "4", "--at", day)
    days = [line[:10] for line in itband("journal", "list").stdout.splitlines()]
    assert days == ["2026-11-20", "2026-11-19", "2026-11-18"]
    file = (folder / "journal.json").read_text().splitlines()
    lines = itband("journal", "list", "--json").stdout.splitlines()
    assert lines == [line.removesuffix(",") for line in file[2:5]]
    since = itband("journal", "list", "--since", "2026-11-19", "--leg", "left").stdout
    assert since.startswith("2026-11-19       +0100  rating")
    assert since.count("\n") == 1


def test_a_note_cannot_disturb_the_terminal(itband: Itband) -> None:
    note = "a\nb\x1b[31m\u202e\x9bc = ü"
    itband(*ADD, "--note", note)
    shown = itband("journal", "list").stdout
    assert r'"a\nb\u001b[31m\u202e\u009bc = ü"' in shown
    as_json = itband("journal", "list", "--json").stdout
    assert "\u202e" not in as_json
    assert json.loads(as_json)["note"] == note


def test_a_journal_that_is_not_there_is_no_error_to_list(itband: Itband, folder: Path) -> None:
    done = itband("journal", "list")
    assert (done.returncode, done.stdout) == (0, "")
    assert "journal add" in done.stderr
    assert not folder.exists()


def test_check_says_sound_edited_or_damaged_and_where(itband: Itband, folder: Path) -> None:
    refused(itband("journal", "check"), 2, "no journal")
    itband(*ADD)
    itband(*ADD)
    sound = itband("journal", "check")
    assert (sound.returncode, sound.stdout) == (
        0,
        f"Sound: {folder / 'journal.json'}, 2 entries.\n",
    )
    file = folder / "journal.json"
    file.write_bytes(file.read_bytes().replace(b'"score":4', b'"score":5', 1))
    edited = itband("journal", "check", str(file))
    assert edited.returncode == 0
    assert "another program changed" in edited.stdout
    file.write_bytes(file.read_bytes().replace(b'"score":5', b'"score":55'))
    damaged = itband("journal", "check", str(file))
    assert damaged.returncode == 1
    assert "1 entry can be read; 1 cannot" in damaged.stdout
    assert "Line 3: An entry cannot be read" in damaged.stdout


def test_check_of_what_cannot_be_read_or_is_newer_is_2(itband: Itband, folder: Path) -> None:
    refused(itband("journal", "check", str(folder.parent)), 2, "cannot be read")
    itband(*ADD)
    file = folder / "journal.json"
    file.write_bytes(file.read_bytes().replace(b'"min_reader": 1', b'"min_reader": 9'))
    refused(itband("journal", "check"), 2, "newer version")


def test_a_damaged_journal_is_listed_as_far_as_it_goes_and_never_changed(
    itband: Itband, folder: Path
) -> None:
    itband(*ADD)
    file = folder / "journal.json"
    damaged = file.read_bytes()[:-50]
    file.write_bytes(damaged)
    listed = itband("journal", "list")
    assert listed.returncode == 1
    assert listed.stdout.count("4/10") == 1
    assert "damaged" in listed.stderr
    refused(itband(*ADD), 1, "Not saved", "damaged")
    assert file.read_bytes() == damaged
    assert [file.name for file in folder.iterdir()] == ["journal.json"]


def test_a_full_disk_is_one_line_and_the_journal_stays(itband: Itband, folder: Path) -> None:
    itband(*ADD, "--note", "x" * 900)
    before = (folder / "journal.json").read_bytes()
    # The kernel refuses to let any file grow beyond 1 KiB.
    refused(itband(*ADD, "--note", "x" * 900, before="ulimit -f 1;"), 1, "Not saved", "full")
    assert (folder / "journal.json").read_bytes() == before
    assert {file.name for file in folder.iterdir()} <= {"journal.json", "backups"}


def test_a_data_folder_that_is_a_file_is_one_line(itband: Itband, folder: Path) -> None:
    folder.touch()
    refused(itband(*ADD), 1, "Not saved", "--data-dir")
    refused(itband("journal", "list"), 1, "cannot be read")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have /dev/full")
def test_an_output_that_cannot_be_written_does_not_hide_that_it_is_saved(
    itband: Itband, folder: Path
) -> None:
    done = itband(*ADD, before="exec >/dev/full;")
    assert done.returncode == 1
    (entry,) = Store(folder / "journal.json").load().book
    assert f"Saved as {entry.id}" in done.stderr
    refused(itband("journal", "list", before="exec >/dev/full;"), 1, "could not be written")


def test_a_reader_that_stops_reading_ends_the_list_quietly(folder: Path) -> None:
    book = Book()
    for number in range(2_000):  # more than a pipe holds
        book.add(RestDay(id=str(number), at=datetime(2026, 1, 1, tzinfo=UTC), note="x" * 50))
    Store(folder / "journal.json").save(book)
    command = [sys.executable, "-c", START, "--data-dir", str(folder), "journal", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.readline()
        listing.stdout.close()
        assert listing.stderr.read() == b""
        assert listing.wait(timeout=300) == 128 + 13


def test_a_closed_output_is_no_error(itband: Itband) -> None:
    itband(*ADD)  # a new journal is said to be one
    done = itband(*ADD, before="exec 1>&-;")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_the_letters_gets_their_escapes(itband: Itband) -> None:
    itband(*ADD, "--note", "ü 👍")
    done = itband("journal", "list", before="PYTHONIOENCODING=ascii")
    assert done.returncode == 0
    assert r'"\xfc \U0001f44d"' in done.stdout


def test_no_command_of_the_journal_imports_qt(folder: Path) -> None:
    probe = (
        "import sys\n"
        "from itband_gui import cli\n"
        "code = cli.run(cli.parse(sys.argv[1:]))\n"
        "print(*[name for name in sys.modules if 'PySide6' in name or 'shiboken' in name])\n"
        "sys.exit(code)\n"
    )
    for arguments in (ADD, ("journal", "list"), ("journal", "check")):
        done = subprocess.run(
            [sys.executable, "-c", probe, "--data-dir", str(folder), *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        assert done.stdout.splitlines()[-1] == "", arguments
