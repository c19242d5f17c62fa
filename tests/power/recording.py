"""Records with strace the calls with which a process changes a folder."""

import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BLOCK = 1024  # bytes that reach the disk at once: the smallest of ext4's choices
_CHANGING = (
    "open,openat,creat,close,dup,dup2,dup3,fcntl,"
    "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,"
    "truncate,ftruncate,fallocate,fsync,fdatasync,sync,syncfs,sync_file_range,"
    "rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,"
    "mkdir,mkdirat,rmdir,mmap,io_uring_setup"
)
_IN_ANY_FOLDER = {
    "open": "openat",
    "mkdir": "mkdirat",
    "rename": "renameat",
    "link": "linkat",
    "unlink": "unlinkat",
    "rmdir": "unlinkat",
}
_LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+|\?)")
_ARGUMENT = re.compile(r'\s*(?:"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?|([^,"]+))(?:,|$)')


@dataclass(frozen=True)
class Write:
    """Part of one block of a file, which reaches the disk independently."""

    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Resize:
    """A file was truncated, or extended with zeros."""

    inode: int
    size: int


@dataclass(frozen=True)
class Name:
    """Names that were added, removed (None) or changed to another file, all at once."""

    names: tuple[tuple[Path, int | None], ...]


@dataclass(frozen=True)
class Sync:
    """A file's changes are on the disk; for a folder, its names are."""

    inode: int | None
    folder: Path | None


@dataclass(frozen=True)
class Mark:
    """A line that the process printed about its progress."""

    text: str


Step = Write | Resize | Name | Sync | Mark


@dataclass
class Recording:
    """`names` and `contents` as the `watched` folder was before the first step."""

    watched: Path
    folders: set[int] = field(default_factory=set)
    names: dict[Path, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def record(command: Sequence[str], watched: Path, log: Path) -> Recording:
    """Run a command and record what it does below `watched`, which must have no links to files.

    Raises:
        ValueError: it changed something with a call that is not supported.
        CalledProcessError: it failed.

    """
    reader = _Reader(watched)
    limit = "-s16777216"
    strace = ["strace", "-f", "-qq", "-xx", limit, f"-etrace={_CHANGING}", "-o", str(log), "--"]
    subprocess.run([*strace, *command], check=True, stdout=subprocess.DEVNULL, timeout=300)
    with log.open() as lines:
        for line in lines:
            reader.read(line)
    return reader.recording


_Value = str | bytes  # an argument: a number, a name, or a string's bytes


@dataclass
class _Opened:
    inode: int | None  # of a watched file
    folder: Path | None  # a watched folder
    at: int = 0  # where the next write goes
    append: bool = False


class _Reader:
    def __init__(self, watched: Path) -> None:
        self._watched = watched
        self._opened: dict[int, _Opened] = {}
        self._sizes: dict[int, int] = {}
        self._names: dict[Path, int] = {}  # as a process sees them now
        self._next = 0
        self._calls: dict[str, Callable[[list[_Value], int], None]] = {
            "openat": self._open,
            "close": self._close,
            "fcntl": self._control,
            "write": self._write,
            "fsync": self._sync,
            "fdatasync": self._sync,
            "ftruncate": self._truncate,
            "mkdirat": self._make_folder,
            "renameat": self._rename,
            "renameat2": self._rename,
            "linkat": self._link,
            "unlinkat": self._remove,
        }
        self.recording = Recording(watched)
        self._begin()

    def _begin(self) -> None:
        inodes: dict[int, int] = {}
        for path in sorted(self._watched.rglob("*")):
            inode = inodes.setdefault(path.stat().st_ino, len(inodes))
            self._names[path] = inode
            if path.is_dir():
                self.recording.folders.add(inode)
            else:
                self.recording.contents[inode] = path.read_bytes()
                self._sizes[inode] = path.stat().st_size
        self._next = len(inodes)
        self.recording.names = dict(self._names)

    def read(self, line: str) -> None:
        match = _LINE.match(line)
        if match is None:
            if "unfinished" in line or "resumed" in line:
                raise ValueError(f"more than one thread: {line[:80]}")
            return
        call, result = match[1], match[3]
        if result == "?" or int(result) < 0:
            return
        arguments = [_value(*parts) for parts in _ARGUMENT.findall(match[2])]
        self._follow(call, arguments, int(result))

    def _follow(self, call: str, given: list[_Value], result: int) -> None:
        if call in _IN_ANY_FOLDER:  # the same call, told the folder of each path
            call = _IN_ANY_FOLDER[call]
            given = [part for value in given for part in _with_folder(value)]
        follow = self._calls.get(call)
        if follow is None:
            self._refuse(call, given)
        else:
            follow(given, result)

    def _refuse(self, call: str, given: list[_Value]) -> None:
        """Accept an unknown call only if it cannot have changed the watched folder."""
        numbers = {int(value) for value in given if isinstance(value, str) and value.isdigit()}
        if call == "mmap":
            numbers = {int(given[4])} if "PROT_WRITE" in str(given[2]) else set()
            if "MAP_SHARED" not in str(given[3]):
                return
        paths = [value for value in given if isinstance(value, bytes)]
        reached = numbers & self._opened.keys() or any(
            self._is_watched(self._path("AT_FDCWD", path)) for path in paths
        )
        if reached or call in {"sync", "syncfs", "io_uring_setup"}:
            raise ValueError(f"{call} is not understood: {given}")

    # What a call did

    def _control(self, given: list[_Value], number: int) -> None:
        opened = self._opened.get(int(given[0]))
        if opened is not None and str(given[1]).startswith("F_DUPFD"):
            self._opened[number] = opened

    def _open(self, given: list[_Value], number: int) -> None:
        path, flags = self._path(given[0], given[1]), str(given[2])
        self._opened.pop(number, None)
        if not self._is_watched(path):
            return
        if "O_TMPFILE" in flags:
            self._opened[number] = _Opened(self._new_file(), None)
            return
        inode = self._names.get(path)
        if path == self._watched or inode in self.recording.folders:
            self._opened[number] = _Opened(None, path)
            return
        if inode is None:
            inode = self._new_file()
            self._put({path: inode})
        opened = self._opened[number] = _Opened(inode, None, append="O_APPEND" in flags)
        if "O_TRUNC" in flags and self._sizes[inode]:
            self._resize(opened, 0)

    def _new_file(self) -> int:
        inode = self._next
        self._next += 1
        self._sizes[inode] = 0
        return inode

    def _close(self, given: list[_Value], _result: int) -> None:
        self._opened.pop(int(given[0]), None)

    def _write(self, given: list[_Value], count: int) -> None:
        number, data = int(given[0]), _bytes(given[1])[:count]
        if number == 1:
            self._step(Mark(data.decode()))
        opened = self._opened.get(number)
        if opened is None or opened.inode is None:
            return
        at = self._sizes[opened.inode] if opened.append else opened.at
        end = opened.at = at + len(data)
        self._sizes[opened.inode] = max(end, self._sizes[opened.inode])
        while at < end:
            part = data[len(data) - (end - at) :][: BLOCK - at % BLOCK]
            self._step(Write(opened.inode, at, part))
            at += len(part)

    def _resize(self, opened: _Opened | None, size: int) -> None:
        if opened and opened.inode is not None:
            self._sizes[opened.inode] = size
            self._step(Resize(opened.inode, size))

    def _truncate(self, given: list[_Value], _result: int) -> None:
        self._resize(self._opened.get(int(given[0])), int(given[1]))

    def _sync(self, given: list[_Value], _result: int) -> None:
        opened = self._opened.get(int(given[0]))
        if opened:
            self._step(Sync(opened.inode, opened.folder))

    def _make_folder(self, given: list[_Value], _result: int) -> None:
        path = self._path(given[0], given[1])
        if self._is_watched(path):
            inode = self._new_file()
            self.recording.folders.add(inode)
            self._put({path: inode})

    def _rename(self, given: list[_Value], _result: int) -> None:
        old, new = self._path(given[0], given[1]), self._path(given[2], given[3])
        if not (self._is_watched(old) or self._is_watched(new)):
            return
        inode = self._names[old]
        if inode in self.recording.folders:
            raise ValueError("a folder was renamed")
        if self._names.get(new) != inode:  # else the call does nothing
            self._put({old: None, new: inode})

    def _link(self, given: list[_Value], _result: int) -> None:
        new = self._path(given[2], given[3])
        if not self._is_watched(new):
            return
        number = re.fullmatch(rb"/proc/self/fd/(\d+)", _bytes(given[1]))  # a file without a name
        opened = self._opened[int(number[1])] if number else None
        inode = opened.inode if opened else self._names[self._path(given[0], given[1])]
        self._put({new: inode})

    def _remove(self, given: list[_Value], _result: int) -> None:
        self._put({self._path(given[0], given[1]): None})

    def _put(self, names: dict[Path, int | None]) -> None:
        names = {path: inode for path, inode in names.items() if self._is_watched(path)}
        for path, inode in names.items():
            if inode is None:
                del self._names[path]
            else:
                self._names[path] = inode
        if names:
            self._step(Name(tuple(names.items())))

    def _step(self, step: Step) -> None:
        self.recording.steps.append(step)

    def _is_watched(self, path: Path) -> bool:
        return path.is_relative_to(self._watched)

    def _path(self, folder: _Value, name: _Value) -> Path:
        """Return the path of a call; relative paths outside the watched folder stay relative."""
        path = Path(_bytes(name).decode())
        if not path.is_absolute() and folder != "AT_FDCWD":
            opened = self._opened.get(int(folder))
            if opened and opened.folder:
                return opened.folder / path
        return path


def _value(text: str, cut: str, word: str) -> _Value:
    if cut:
        raise ValueError("strace cut a string short")
    return word.strip() if word else bytes.fromhex(text.replace("\\x", ""))


def _with_folder(argument: _Value) -> tuple[_Value, ...]:
    return ("AT_FDCWD", argument) if isinstance(argument, bytes) else (argument,)


def _bytes(value: _Value) -> bytes:
    if isinstance(value, str):
        raise TypeError(f"no string: {value}")
    return value
