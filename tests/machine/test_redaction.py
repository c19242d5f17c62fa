"""An exception is described by kind and traceback, without its message, which may quote data."""

import errno
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from itband_gui.journal.codec import decode
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.machine.redaction import innermost, kind, short_file, traced
from itband_gui.machine.terminal import plain

NOTE = "it burns at the knee"


def caught(work: Callable[[], object]) -> BaseException:
    """Return what the work raises."""
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - any kind is to be told
        return error
    pytest.fail("nothing was raised")


def _chained() -> None:
    try:
        int(NOTE)
    except ValueError as error:
        raise KeyError(NOTE) from error


class _TalkerError(RuntimeError):
    def __str__(self) -> str:
        raise ValueError(NOTE)


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    "work",
    [
        lambda: int(NOTE),
        _chained,
        lambda: dict.fromkeys("ab")[NOTE],
        lambda: Path(NOTE).read_text("utf-8"),
        lambda: _raise(_TalkerError(NOTE)),
        lambda: plain(None),  # type: ignore[arg-type] # meant # the wrong kind is meant
        lambda: _raise(RuntimeError(f"Internal C++ object ({NOTE}) already deleted.")),
        lambda: _raise(ModuleNotFoundError(NOTE)),
    ],
)
def test_no_error_tells_its_data(work: Callable[[], object]) -> None:
    told = traced(caught(work))
    assert not set(NOTE.split()) & set(told.replace("'", " ").split()) - {"at", "the"}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", NOTE), "OSError ENOSPC"),
        (PermissionError(errno.EACCES, "x", NOTE), "PermissionError EACCES"),
        (RuntimeError("Internal C++ object (QLabel) already deleted."), None),
        (ModuleNotFoundError("No module named 'msgspec'"), None),
        (
            ImportError("libGL.so.1: cannot open shared object file: No such file or directory"),
            None,
        ),
        (KeyError("x"), "KeyError"),
    ],
)
def test_what_is_surely_no_data_is_told(error: BaseException, told: str | None) -> None:
    assert kind(error) == told or kind(error) == f"{type(error).__name__}: {error}"


def test_a_kind_is_told_with_its_module() -> None:
    assert kind(zlib.error(NOTE)) == "zlib.error"
    assert (
        kind(NotSavedError(NotSavedCode.FULL, Path(NOTE)))
        == f"{NotSavedError.__module__}.NotSavedError"
    )


def test_a_missing_name_is_told_with_its_owner() -> None:
    assert kind(caught(lambda: decode.nope)) == "AttributeError function.nope"  # type: ignore[attr-defined] # the error is meant


def test_causes_and_places_are_told() -> None:
    lines = traced(caught(_chained)).splitlines()
    assert lines[0] == "KeyError"
    assert "because of ValueError" in lines
    assert any(line.endswith("in _chained") for line in lines)


def test_an_endless_recursion_stays_short() -> None:
    def again() -> None:
        again()

    assert len(traced(caught(again)).splitlines()) < 60


def test_folders_above_the_code_are_left_out() -> None:
    assert short_file(str(decode.__code__.co_filename)) == "itband_gui/journal/codec.py"
    assert short_file("/home/zaphod/.venv/lib/site-packages/a/b.py") == "a/b.py"
    assert short_file("/home/zaphod/my script.py") == "my script.py"
    assert short_file("itband_gui/app.py") == "itband_gui/app.py", "as a bundle has it"


def test_the_innermost_place_is_our_own() -> None:
    assert innermost(caught(lambda: plain(3))).startswith("itband_gui/machine/terminal.py:")  # type: ignore[arg-type] # the error is meant
