"""Our saver, and broken ones that the tests must catch: `SAVERS[name](target, data)`.

Each returns once it considers `data` saved, and raises if it knows that it is not.
"""

import os
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

from itband_gui.journal import safe_file


def ours(target: Path, data: bytes) -> None:
    safe_file.save_file(target, data)


def no_folder_sync(target: Path, data: bytes) -> None:
    """As most programs do: write, fsync, rename."""
    temp = _temp(target)
    _write(temp, data)
    temp.replace(target)


def rename_without_sync(target: Path, data: bytes) -> None:
    temp = _temp(target)
    temp.write_bytes(data)
    temp.replace(target)
    _sync_folder(target)


def no_short_write_check(target: Path, data: bytes) -> None:
    temp = _temp(target)
    opened = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(opened, data)
    os.fsync(opened)
    os.close(opened)
    temp.replace(target)
    _sync_folder(target)


def sync_tried_again(target: Path, data: bytes) -> None:
    """The kernel forgets what it could not write: the second fsync says that all is well."""
    temp = _temp(target)
    opened = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    _write_all(opened, data)
    try:
        os.fsync(opened)
    except OSError:
        os.fsync(opened)
    os.close(opened)
    temp.replace(target)
    _sync_folder(target)


def delete_then_move(target: Path, data: bytes) -> None:
    """RedNotebook's sequence: for a moment there is no file at all, and nothing is synced."""
    temp = _temp(target)
    temp.write_bytes(data)
    target.unlink(missing_ok=True)
    temp.replace(target)


def in_place(target: Path, data: bytes) -> None:
    opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    _write_all(opened, data)
    os.fsync(opened)
    os.close(opened)
    _sync_folder(target)


def qsavefile(target: Path, data: bytes) -> None:
    from PySide6.QtCore import QIODevice, QSaveFile  # noqa: PLC0415 - the others need no Qt

    saver = QSaveFile(str(target))
    opened = saver.open(QIODevice.OpenModeFlag.WriteOnly)
    if not (opened and saver.write(data) >= 0 and saver.commit()):
        raise OSError(saver.errorString())


def _temp(target: Path) -> Path:
    return target.with_name(f"{safe_file.TEMP_PREFIX}{token_hex(8)}{safe_file.TEMP_SUFFIX}")


def _write(temp: Path, data: bytes) -> None:
    opened = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    _write_all(opened, data)
    os.fsync(opened)
    os.close(opened)


def _write_all(opened: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(opened, rest) :]


def _sync_folder(target: Path) -> None:
    opened = os.open(target.parent, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)


SAVERS: dict[str, Callable[[Path, bytes], None]] = {
    saver.__name__: saver
    for saver in (
        ours,
        no_folder_sync,
        rename_without_sync,
        no_short_write_check,
        sync_tried_again,
        delete_then_move,
        in_place,
        qsavefile,
    )
}
