"""Savers that lose data, each caught by what ours passes: or the tests above prove nothing."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.order import unsafe
from tests.faults.save_once import NEW, OLD
from tests.faults.savers import SAVERS
from tests.faults.strace import calls_from, environ, in_homes, need_strace, traced
from tests.fleet import CHECKOUT


def command(saver: str, home: Path) -> list[str]:
    return [sys.executable, "-m", "tests.faults.save_once", saver, str(home / "data/file")]


def begin(home: Path) -> Path:
    target = home / "data/file"
    target.parent.mkdir(parents=True)
    target.write_bytes(OLD)
    return target


def lost(target: Path, said: str) -> list[str]:
    held = target.read_bytes() if target.exists() else None
    allowed = [NEW] if "saved" in said else [OLD, NEW]
    return (
        []
        if held in allowed
        else [f"said {said!r}, and it holds {None if held is None else len(held)} bytes"]
    )


def killed_at_every_call(saver: str, folder: Path) -> list[str]:
    begin(folder / "whole")
    whole = traced(command(saver, folder / "whole"), folder / "whole")
    found: list[str] = []

    def kill(home: Path, inject: str) -> None:
        target = begin(home)
        found.extend(lost(target, traced(command(saver, home), home, "-e", inject).out))

    calls = calls_from(whole, str(folder / "whole/data"))
    in_homes(kill, [f"inject={c.name}:signal=KILL:when={c.nth}" for c in calls], folder)
    return found


def cut_off_after(saver: str, folder: Path) -> list[str]:
    """Trace a whole save and ask what a power cut just after it would take."""
    target = begin(folder / "home")
    return unsafe(traced(command(saver, folder / "home"), folder / "home"), target, "saved")


def failed_sync(saver: str, folder: Path) -> list[str]:
    begin(folder / "home")
    errors = ("-e", "inject=fsync,fdatasync:error=EIO:when=1")
    said = traced(command(saver, folder / "home"), folder / "home", *errors).out
    return ["said saved"] if "saved" in said else []


def full_disk(saver: str, folder: Path) -> list[str]:
    """Let the kernel take a part of a write, and then no more."""
    target = begin(folder / "home")

    ran = subprocess.run(
        ["prlimit", "--fsize=20000", *command(saver, folder / "home")],
        cwd=CHECKOUT,
        env=environ(folder / "home"),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return lost(target, ran.stdout)


HARNESSES: dict[str, Callable[[str, Path], list[str]]] = {
    "killed": killed_at_every_call,
    "power": cut_off_after,
    "sync": failed_sync,
    "full": full_disk,
}
CANARIES = [
    ("no_folder_sync", "power", "data was not synced"),
    ("rename_without_sync", "power", "renamed before its bytes were synced"),
    ("no_short_write_check", "full", "it holds 20000 bytes"),
    ("sync_tried_again", "sync", "said saved"),
    ("delete_then_move", "killed", "it holds None bytes"),
    ("delete_then_move", "power", "there was no file"),
    ("in_place", "killed", "it holds 0 bytes"),
    ("in_place", "full", "it holds 20000 bytes"),
    ("in_place", "power", "in place"),
    ("qsavefile", "power", "data was not synced"),
    ("qsavefile", "sync", "said saved"),
    ("qsavefile", "full", "it holds 20000 bytes"),
]


@pytest.fixture(autouse=True)
def _strace() -> None:
    need_strace()


@pytest.mark.parametrize("harness", HARNESSES)
def test_our_saver_passes(fast_folder: Path, harness: str) -> None:
    assert HARNESSES[harness]("ours", fast_folder) == []


@pytest.mark.parametrize(("saver", "harness", "how"), CANARIES)
def test_a_broken_saver_is_caught(fast_folder: Path, saver: str, harness: str, how: str) -> None:
    assert any(how in wrong for wrong in HARNESSES[harness](saver, fast_folder))


def test_every_broken_saver_has_a_harness_that_catches_it() -> None:
    assert {saver for saver, *_ in CANARIES} | {"ours"} == {*SAVERS}
