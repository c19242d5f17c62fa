"""Tries operations that permissions forbid, as a user who is not root.

`python -m tests.hostile.forbidden FOLDER [allowed]` prints {"tried": …, "violations": […]}. With
`allowed` nothing is forbidden, so every trial must report a violation.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from itband_gui.journal.backups import Backups
from itband_gui.journal.book import Book
from itband_gui.journal.conflict_copies import put_away, read
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.recovery import keep_previous, previous_of, recovery_options
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.siblings import Fate, Finder
from itband_gui.journal.store import LoadCode, Store

_NOBODY = 65534
_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_FORBIDDING = len(sys.argv) < 3


def _book() -> Book:
    book = Book()
    book.add(RestDay(id=new_id(), at=_NOW))
    return book


def _store(path: Path) -> Store:
    return Store(path, Backups(path.parent / "backups"), lambda: _NOW)


def _forbid(path: Path, mode: int) -> None:
    if _FORBIDDING:
        path.chmod(mode)


def _refusal(act: Callable[[], object]) -> NotSavedCode | None:
    try:
        act()
    except NotSavedError as error:
        return error.code
    return None


def _unreadable_file(path: Path) -> bool:
    data = path.read_bytes()
    _forbid(path, 0)
    loaded = _store(path).load(set_aside=True)
    refused = _refusal(lambda: _store(path).save(_book()))
    path.chmod(0o600)
    codes = loaded.code is LoadCode.UNREADABLE and refused is NotSavedCode.UNREADABLE
    return codes and path.read_bytes() == data


def _read_only_folder(path: Path) -> bool:
    data = path.read_bytes()
    window = _store(path)
    book = window.load().book
    book.add(RestDay(id=new_id(), at=_NOW))
    _forbid(path.parent, 0o500)
    refused = _refusal(lambda: window.save(book))
    sound = _store(path).load().code is LoadCode.SOUND
    return refused is NotSavedCode.READ_ONLY and sound and path.read_bytes() == data and book.dirty


def _damaged_in_a_read_only_folder(path: Path) -> bool:
    ruins = path.read_bytes()[:-90]
    path.write_bytes(ruins)
    _forbid(path.parent, 0o500)
    loaded = _store(path).load(set_aside=True)
    stays = loaded.set_aside is None and loaded.read_only and len(loaded.book) == 1
    return stays and path.read_bytes() == ruins


def _closed_folder(path: Path) -> bool:
    data = path.read_bytes()
    _forbid(path.parent, 0)
    loaded = _store(path).load(set_aside=True)
    refused = _refusal(lambda: _store(path).save(_book()))
    nothing = Finder().find(path) == [] and not list(recovery_options(path, None, None))
    path.parent.chmod(0o700)
    told = refused in (NotSavedCode.UNREADABLE, NotSavedCode.READ_ONLY)
    return loaded.code is LoadCode.UNREADABLE and told and nothing and path.read_bytes() == data


def _closed_backups(path: Path) -> bool:
    backups = path.parent / "backups"
    backups.mkdir(exist_ok=True)
    _forbid(backups, 0)
    window = _store(path)
    book = window.load().book
    book.add(RestDay(id=new_id(), at=_NOW))
    saved = window.save(book)
    return saved.backup_error is not None and len(_store(path).load().book) == 2


def _copy_that_cannot_be_read(path: Path) -> bool:
    copy = path.with_name("journal (1).json")
    copy.write_bytes(path.read_bytes())
    _forbid(copy, 0)
    window = _store(path)
    window.load()
    news = window.look()
    told = [(each.path, each.fate) for each in news.beside] if news else []
    return told == [(copy, Fate.UNREADABLE)] and window.look() is None


def _copy_that_cannot_be_taken_away(path: Path) -> bool:
    copy = path.with_name("journal (1).json")
    copy.write_bytes(path.read_bytes())
    found = read(copy)
    _forbid(path.parent, 0o500)
    away = path.parent.parent / "merged"
    return _refusal(lambda: put_away(found, away)) is NotSavedCode.READ_ONLY and copy.exists()


def _previous_that_cannot_be_kept(path: Path) -> bool:
    previous = previous_of(path)
    previous.write_bytes(path.read_bytes())
    _forbid(path.parent, 0o500)
    return _refusal(lambda: keep_previous(path)) is NotSavedCode.READ_ONLY and previous.exists()


def _previous_that_cannot_be_read(path: Path) -> bool:
    previous = previous_of(path)
    previous.write_bytes(path.read_bytes())
    _forbid(previous, 0)
    return not list(recovery_options(path, None, None)) and previous.exists()


TRIALS: tuple[Callable[[Path], bool], ...] = (
    _unreadable_file,
    _read_only_folder,
    _damaged_in_a_read_only_folder,
    _closed_folder,
    _closed_backups,
    _copy_that_cannot_be_read,
    _copy_that_cannot_be_taken_away,
    _previous_that_cannot_be_kept,
    _previous_that_cannot_be_read,
)


def main() -> None:
    """Make a journal for each trial and run it without root rights."""
    root = Path(sys.argv[1])
    violations = list[str]()
    if os.geteuid() == 0:
        for folder in (root, *root.parents[:3]):  # pytest's own, which only root may enter
            with suppress(OSError):
                folder.chmod(0o711)
        os.chown(root, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    for trial in TRIALS:
        path = root / trial.__name__ / "data" / "journal.json"
        path.parent.mkdir(parents=True)
        _store(path).save(_book())
        if not trial(path):
            violations.append(trial.__name__)
        path.parent.chmod(0o700)
    told = {"tried": len(TRIALS), "violations": violations}
    print(json.dumps(told))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
