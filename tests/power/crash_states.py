"""Lists every state of a folder that a power cut may leave, by the file system's rules.

A block of a file, a file's size and a change of names each reach the disk by themselves and in any
order, unless they were waited for: fsync of a file waits for its blocks and its size, fsync of a
folder for the names in it, and neither for the other. Of the blocks that arrive one may be torn.
A change of names (create, link, rename, remove) is whole or not at all.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from tests.power.recording import Mark, Name, Recording, Resize, Step, Sync, Write

_ALL_BELOW = 12  # steps on their way of which every choice is tried; of more, a random 2 ** 12


@dataclass(frozen=True)
class State:
    """A folder's possible contents after a crash, and what the process had printed by then."""

    files: Mapping[Path, bytes]
    folders: frozenset[Path]
    printed: tuple[str, ...]


@dataclass
class _Disk:
    """The contents that are certainly on the disk."""

    names: dict[Path, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)

    def copy(self) -> "_Disk":
        return _Disk(dict(self.names), dict(self.contents))

    def apply(self, step: Step) -> None:
        if isinstance(step, Write):
            old = self.contents.get(step.inode, b"").ljust(step.offset, b"\0")
            after = old[step.offset + len(step.data) :]
            self.contents[step.inode] = old[: step.offset] + step.data + after
        elif isinstance(step, Resize):
            held = self.contents.get(step.inode, b"")[: step.size]
            self.contents[step.inode] = held.ljust(step.size, b"\0")
        elif isinstance(step, Name):
            for path, inode in step.names:
                if inode is None:
                    self.names.pop(path, None)
                else:
                    self.names[path] = inode


def crash_states(recording: Recording, choose: random.Random) -> Iterator[State]:
    """Yield the states after a cut at every recorded moment, each one once."""
    disk = _Disk(dict(recording.names), dict(recording.contents))
    waiting: list[Step] = []
    last: list[Step]
    printed: list[str] = []
    for step in recording.steps:
        if isinstance(step, Sync):
            waiting = list(_synced(disk, waiting, step))
            continue
        if isinstance(step, Mark):  # what was on its way may still be, but more is promised now
            printed.append(step.text)
            last = []
        else:  # every state without this step was there before it
            last = [step]
        for chosen in _choices(waiting, choose):
            arrived = [*chosen, *last]
            yield _state(recording, disk, arrived, printed)
            if any(isinstance(one, Write) for one in arrived):
                yield _state(recording, disk, _torn(arrived, choose), printed)
        waiting += last


def _synced(disk: _Disk, waiting: list[Step], sync: Sync) -> Iterator[Step]:
    """Put synced steps on the disk and yield those still pending."""
    for step in waiting:
        if _is_awaited(step, sync):
            disk.apply(step)
        else:
            yield step


def _is_awaited(step: Step, sync: Sync) -> bool:
    if isinstance(step, Name):
        return any(path.parent == sync.folder for path, _ in step.names)
    return isinstance(step, Write | Resize) and step.inode == sync.inode


def _torn(arrived: list[Step], choose: random.Random) -> list[Step]:
    """Let one block arrive only in its first half, the other as it was or (a new one) as zeros."""
    writes = [place for place, step in enumerate(arrived) if isinstance(step, Write)]
    place = choose.choice(writes)
    step = arrived[place]
    assert isinstance(step, Write)
    half = step.data[: len(step.data) // 2]
    data = choose.choice((half, half.ljust(len(step.data), b"\0")))
    return [*arrived[:place], Write(step.inode, step.offset, data), *arrived[place + 1 :]]


def _choices(waiting: list[Step], choose: random.Random) -> Iterator[list[Step]]:
    if len(waiting) <= _ALL_BELOW:
        chosen: Iterable[Iterable[object]] = product((False, True), repeat=len(waiting))
    else:
        chosen = ([choose.getrandbits(1) for _ in waiting] for _ in range(1 << _ALL_BELOW))
    for arrived in chosen:
        yield [step for step, has in zip(waiting, arrived, strict=True) if has]


def _state(
    recording: Recording, certain: _Disk, arrived: Iterable[Step], printed: list[str]
) -> State:
    disk = certain.copy()
    for step in arrived:
        disk.apply(step)
    names = {
        path: inode for path, inode in disk.names.items() if _is_reachable(path, recording, disk)
    }
    folders = frozenset(path for path, inode in names.items() if inode in recording.folders)
    files = {path: disk.contents.get(names[path], b"") for path in names.keys() - folders}
    return State(files, folders, tuple(printed))


def _is_reachable(path: Path, recording: Recording, disk: _Disk) -> bool:
    """Return whether every folder from the watched one down to a name exists, too."""
    above = path.relative_to(recording.watched).parents[:-1]
    return all(recording.watched / folder in disk.names for folder in above)
