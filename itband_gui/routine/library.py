"""Loads the built-in routines and the user's own routine files."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from itband_gui.leg.anatomy import Anatomy
from itband_gui.machine.assets import assets_dir
from itband_gui.routine.model import Routine
from itband_gui.routine.validation import RoutineFault, RoutineInvalidError, parse

ROUTINE_LIMIT = 16 * 1024  # bytes; the largest built-in file has 3,000
OWN_PREFIX = "own/"
FILE_NAME_LIMIT = 60  # characters before `.toml`; the journal stores the name with a session
BUILT_IN = ("first-time", "full", "after-a-run", "muscles-around")  # in the order offered


class RoutineProblem(msgspec.Struct, frozen=True):
    """A routine file that could not be used, and why."""

    file: Path
    error: RoutineInvalidError


class Library(msgspec.Struct, frozen=True):
    """The usable routines, built-in ones first, and the files that could not be used."""

    routines: tuple[Routine, ...]
    problems: tuple[RoutineProblem, ...]

    def get(self, routine_id: str) -> Routine | None:
        """Return the routine of that id, or None."""
        return next((r for r in self.routines if r.id == routine_id), None)


def load_library(anatomy: Anatomy, own_dir: Path | None) -> Library:
    """Return the built-in routines and those in `own_dir`; a bad file does not hide others."""
    routines: list[Routine] = []
    problems: list[RoutineProblem] = []
    built_in = assets_dir() / "routines"
    sources = [(built_in / f"{name}.toml", name) for name in BUILT_IN]
    for file, routine_id in (*sources, *_own_files(own_dir, problems)):
        try:
            if len(file.stem) > FILE_NAME_LIMIT:
                raise _too_long(file)
            routines.append(Routine(routine_id, parse(_read(file), anatomy)))
        except RoutineInvalidError as error:
            problems.append(RoutineProblem(file, error))
    return Library(tuple(routines), tuple(problems))


def _own_files(own_dir: Path | None, problems: list[RoutineProblem]) -> Iterator[tuple[Path, str]]:
    if own_dir is None:
        return
    try:
        files = sorted(file for file in own_dir.iterdir() if file.suffix == ".toml")
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(RoutineProblem(own_dir, _unreadable(error)))
        return
    for file in files:  # a name that is not UTF-8 must not make the journal unwritable
        yield file, OWN_PREFIX + file.stem.encode(errors="replace").decode()


def _read(file: Path) -> str:
    try:
        if file.exists() and not file.is_file():  # opening a pipe would block forever
            raise RoutineInvalidError(RoutineFault.NOT_READABLE)
        with file.open("rb") as stream:
            data = stream.read(ROUTINE_LIMIT + 1)
        if len(data) > ROUTINE_LIMIT:
            raise RoutineInvalidError(RoutineFault.TOO_BIG, allowed=f"{ROUTINE_LIMIT // 1024} KiB")
        return data.decode("utf-8-sig")  # Windows editors may write a byte order mark
    except OSError as error:
        raise _unreadable(error) from error
    except UnicodeDecodeError as error:
        raise RoutineInvalidError(RoutineFault.NOT_TOML, given="UTF-8") from error


def _unreadable(error: OSError) -> RoutineInvalidError:
    return RoutineInvalidError(RoutineFault.NOT_READABLE, given=error.strerror or "")


def _too_long(file: Path) -> RoutineInvalidError:
    return RoutineInvalidError(
        RoutineFault.NOT_ALLOWED,
        key="file name",
        given=f"{len(file.stem)} characters",
        allowed=f"1…{FILE_NAME_LIMIT}",
    )
