"""A disk in a file whose power can be cut.

The cut is the file system's own shutdown call without writing its log: what has not reached the
(loop) device by then never does. It models a stopped machine with a disk that does not lie about
its flushes. Runs only inside a mount namespace of its own, so that the kernel unmounts the disk and
frees its loop device when the process ends, however it ends.
"""

import fcntl
import os
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN: _IOR('X', 125, __u32)
_NO_LOG_FLUSH = 2
_SIZE = 320 << 20  # bytes, sparse; XFS wants 300 MiB at least


@dataclass(frozen=True)
class Kind:
    """A file system and how it is mounted."""

    system: str  # ext4 or xfs
    options: str = "loop"


KINDS = {
    "ext4": Kind("ext4"),
    "ext4-noauto_da_alloc": Kind("ext4", "loop,noauto_da_alloc"),
    "xfs": Kind("xfs"),
}


class Disk:
    """A file system in a file of `folder`, mounted at `root`."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self.root = folder / "disk"
        self._image = folder / "image"
        self._kind = kind
        self.root.mkdir()
        with self._image.open("wb") as image:
            image.truncate(_SIZE)
        _run(f"mkfs.{kind.system}", "-q", self._image)
        self._root = -1
        self._mount()

    def cut(self) -> None:
        """Cut the power."""
        fcntl.ioctl(self._root, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))

    def recover(self) -> None:
        """Switch the power on again: a fresh loop device, and the log is replayed."""
        os.close(self._root)
        _run("umount", self.root)
        self._mount()

    def _mount(self) -> None:
        _run("mount", "-o", self._kind.options, self._image, self.root)
        self._root = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=300)


if __name__ == "__main__":
    # Whether power can be cut here at all: python -m tests.power.disk FOLDER KIND
    Disk(Path(sys.argv[1]), KINDS[sys.argv[2]]).cut()
