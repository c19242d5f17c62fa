"""Finds the bytes and names of a traced run that were not yet on the disk."""

import re
from pathlib import Path

from tests.faults.strace import Ran

_OPENED = re.compile(r'(?:openat|open|creat)\(.*?"(?P<path>[^"]+)", (?P<flags>[A-Z_|]+).* = \d+')
_ON_FD = re.compile(
    r"(?P<call>write|pwrite64|fsync|fdatasync|fchmod)\(\d+<(?P<path>[^>]*)>.* = \d+"
)
_MOVED = re.compile(
    r'(?:rename|renameat|renameat2|link|linkat)\(.*?"(?P<old>[^"]+)".*?"(?P<new>[^"]+)".* = 0'
)
_GONE = re.compile(r'unlink(?:at)?\(.*?"(?P<path>[^"]+)".* = 0')


def unsafe(ran: Ran, target: Path, told: str) -> list[str]:
    """Return what was unsafe at the moment when the program printed `told`."""
    wrong = []
    unsynced: set[str] = set()  # files with bytes, and folders with names, in memory only
    for line in ran.lines:
        if "write(1<" in line and told in line:
            wrong += [f"{path} was not synced" for path in sorted(unsynced)]
            return wrong
        if (opened := _OPENED.search(line)) and opened["path"] == str(target):
            if "O_WRONLY" in opened["flags"] or "O_RDWR" in opened["flags"]:
                wrong.append("the file was written in place")
        elif (moved := _MOVED.search(line)) and moved["new"].startswith(str(target.parent)):
            unsynced.add(str(target.parent))
            if moved["new"] == str(target) and moved["old"] in unsynced:
                wrong.append("the file was renamed before its bytes were synced")
        elif (gone := _GONE.search(line)) and gone["path"] == str(target):
            wrong.append("for a moment there was no file")
        elif on_fd := _ON_FD.search(line):
            _take(on_fd["call"], on_fd["path"], target, unsynced)
    return [*wrong, f"it never said {told!r}"]


def _take(call: str, path: str, target: Path, unsynced: set[str]) -> None:
    if call in ("fsync", "fdatasync"):
        unsynced.discard(path)
    elif call != "fchmod" and path.startswith(f"{target.parent}/"):
        unsynced.add(path)
