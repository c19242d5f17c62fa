"""The built-in routines and the user's own files; a bad file does not hide others."""

import os
import sys
from pathlib import Path

import pytest

from itband_gui.leg.anatomy import Anatomy
from itband_gui.routine.library import BUILT_IN, ROUTINE_LIMIT, Library, load_library
from itband_gui.routine.validation import RoutineFault

OWN = """\
name = "Mine"
[settle]
zones = ["front-edge"]
seconds = 20
speed_cm_s = 5
[[steps]]
technique = "light"
zones = ["back-edge"]
seconds = 30
speed_cm_s = 5
"""


@pytest.fixture
def own_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "routines"
    folder.mkdir()
    return folder


def ids(library: Library) -> list[str]:
    return [routine.id for routine in library.routines]


def only_fault(library: Library, file: Path) -> RoutineFault:
    """Return the fault of the only problem; all built-in routines still work."""
    assert [problem.file for problem in library.problems] == [file]
    assert ids(library)[: len(BUILT_IN)] == list(BUILT_IN)
    return library.problems[0].error.fault


def test_the_built_in_routines_are_sound_and_in_order(anatomy: Anatomy) -> None:
    library = load_library(anatomy, None)
    assert library.problems == ()
    assert ids(library) == ["first-time", "full", "after-a-run", "muscles-around"]


def test_a_users_own_routine_is_added_to_the_built_in_ones(anatomy: Anatomy, own_dir: Path) -> None:
    (own_dir / "mine.toml").write_text(OWN, "utf-8")
    (own_dir / "a.b.toml").write_text(OWN, "utf-8")
    library = load_library(anatomy, own_dir)
    assert library.problems == ()
    assert ids(library) == [*BUILT_IN, "own/a.b", "own/mine"]
    mine = library.get("own/mine")
    assert mine is not None
    assert mine.content.name == "Mine"


def test_an_own_file_does_not_replace_a_built_in_of_the_same_name(
    anatomy: Anatomy, own_dir: Path
) -> None:
    (own_dir / "full.toml").write_text(OWN, "utf-8")
    library = load_library(anatomy, own_dir)
    full, own = library.get("full"), library.get("own/full")
    assert full is not None
    assert own is not None
    assert (full.content.name, own.content.name) == ("Whole outer thigh", "Mine")


def test_an_unknown_routine_is_none(anatomy: Anatomy) -> None:
    assert load_library(anatomy, None).get("own/gone") is None


def test_a_missing_own_folder_is_not_a_problem(anatomy: Anatomy, tmp_path: Path) -> None:
    library = load_library(anatomy, tmp_path / "not" / "there")
    assert (library.problems, len(library.routines)) == ((), 4)


def test_files_of_another_kind_are_left_alone(anatomy: Anatomy, own_dir: Path) -> None:
    for name in ("notes.txt", "mine.toml~", "mine.toml.bak", ".toml"):
        (own_dir / name).write_text("not a routine", "utf-8")
    assert load_library(anatomy, own_dir).problems == ()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"name = ", RoutineFault.NOT_TOML),
        (b"\xff\xfe\x00n", RoutineFault.NOT_TOML),
        (b"\x80abc", RoutineFault.NOT_TOML),
        (b"", RoutineFault.MISSING_KEY),
        (OWN.encode().replace(b"Mine", b"M\xe9"), RoutineFault.NOT_TOML),  # Latin-1
        (OWN.encode() + b"#" * ROUTINE_LIMIT, RoutineFault.TOO_BIG),
        (OWN.encode().replace(b"name =", b"nmae ="), RoutineFault.UNKNOWN_KEY),
        (OWN.encode().replace(b"30", b"0"), RoutineFault.NOT_ALLOWED),
    ],
)
def test_a_wrong_file_is_named_and_the_others_still_work(
    anatomy: Anatomy, own_dir: Path, content: bytes, fault: RoutineFault
) -> None:
    (own_dir / "bad.toml").write_bytes(content)
    (own_dir / "good.toml").write_text(OWN, "utf-8")
    library = load_library(anatomy, own_dir)
    assert only_fault(library, own_dir / "bad.toml") is fault
    assert ids(library)[-1] == "own/good"


def test_a_file_up_to_the_limit_is_read(anatomy: Anatomy, own_dir: Path) -> None:
    padding = "#" * (ROUTINE_LIMIT - len(OWN))
    (own_dir / "long.toml").write_text(OWN + padding, "utf-8")
    assert load_library(anatomy, own_dir).problems == ()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_from_a_windows_editor_is_read(
    anatomy: Anatomy, own_dir: Path, ending: str, mark: str
) -> None:
    content = mark + OWN.replace("\n", ending)
    (own_dir / "windows.toml").write_bytes(content.encode())
    assert load_library(anatomy, own_dir).problems == ()


def test_a_folder_or_broken_link_named_like_a_routine_is_named(
    anatomy: Anatomy, own_dir: Path
) -> None:
    (own_dir / "folder.toml").mkdir()
    (own_dir / "link.toml").symlink_to(own_dir / "gone")
    library = load_library(anatomy, own_dir)
    assert [problem.file.name for problem in library.problems] == ["folder.toml", "link.toml"]
    assert {problem.error.fault for problem in library.problems} == {RoutineFault.NOT_READABLE}
    assert len(library.routines) == 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_named_like_a_routine_does_not_block_the_start(
    anatomy: Anatomy, own_dir: Path
) -> None:
    os.mkfifo(own_dir / "pipe.toml")
    library = load_library(anatomy, own_dir)
    assert only_fault(library, own_dir / "pipe.toml") is RoutineFault.NOT_READABLE


def test_a_file_in_the_place_of_the_folder_is_a_problem(anatomy: Anatomy, tmp_path: Path) -> None:
    (tmp_path / "routines").write_text("no folder", "utf-8")
    library = load_library(anatomy, tmp_path / "routines")
    assert only_fault(library, tmp_path / "routines") is RoutineFault.NOT_READABLE
    assert library.problems[0].error.given


def test_a_folder_name_that_the_system_refuses_is_a_problem(
    anatomy: Anatomy, tmp_path: Path
) -> None:
    folder = tmp_path / ("x" * 300)
    assert only_fault(load_library(anatomy, folder), folder) is RoutineFault.NOT_READABLE


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_folder_that_may_not_be_read_is_a_problem(anatomy: Anatomy, own_dir: Path) -> None:
    own_dir.chmod(0)
    try:
        library = load_library(anatomy, own_dir)
    finally:
        own_dir.chmod(0o700)
    assert only_fault(library, own_dir) is RoutineFault.NOT_READABLE


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows names that are no text")
def test_a_file_name_that_is_not_utf8_gives_a_writable_id(anatomy: Anatomy, own_dir: Path) -> None:
    Path(os.fsdecode(os.fsencode(own_dir) + b"/bad\xff.toml")).write_text(OWN, "utf-8")
    library = load_library(anatomy, own_dir)
    assert ids(library)[-1] == "own/bad?"
    assert ids(library)[-1].encode()
