"""A disk whose calls are counted, refused or fatal, and the file that is saved on it."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

from itband_gui.journal import safe_file

OLD, NEW = b"old\n" * 100, b"new\n" * 3000
# The system calls of a save.
CALLS = ("open", "write", "fsync", "fstat", "close", "link", "replace", "unlink", "stat", "lstat")


class Calls:
    """Counts the system calls so named, and acts before the n-th of them, or after it."""

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        names: Iterable[str],
        at: int,
        act: Callable[[str], None],
        *,
        after: bool = False,
    ) -> None:
        self.count = 0
        self._at, self._act, self._after = at, act, after
        for name in names:
            patch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            self.count += 1
            now = self.count == self._at
            late = self._after or name == "close"  # a failed close has closed
            if now and not late:
                self._act(name)
            result = None
            try:
                result = real(*args, **kwargs)
                return result
            finally:
                if now and late:
                    if hasattr(result, "close"):
                        result.close()
                    self._act(name)

        return call


def calls_of_a_save(target: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        calls = Calls(patch, CALLS, 0, lambda _: None)
        safe_file.save_file(target, NEW)
    target.write_bytes(OLD)
    return calls.count


def bak(target: Path) -> Path:
    return target.with_name(f"{target.name}.bak")


def names(target: Path) -> set[str]:
    return {file.name for file in target.parent.iterdir()}


def refuse(monkeypatch: pytest.MonkeyPatch, call: str, number: int, named: str = "") -> list[Path]:
    """Let a call on files so named fail; return those that it was asked for."""
    real = getattr(os, call)
    asked: list[Path] = []

    def failing(first: Path, *rest: object, **kwargs: object) -> object:
        paths = [path for path in (first, *rest) if isinstance(path, Path)]
        if not paths or any(path.name.endswith(named) for path in paths):
            asked.extend(paths)
            raise OSError(number, os.strerror(number))
        return real(first, *rest, **kwargs)

    monkeypatch.setattr(os, call, failing)
    return asked


def on_system(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let safe_file.py believe that it runs elsewhere."""
    monkeypatch.setattr(safe_file, "sys", SimpleNamespace(platform=name))
