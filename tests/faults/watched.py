"""Counts Python's calls to the system and acts at one of them."""

import fcntl
import os
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

CALLS = {
    "open write fsync close replace rename link unlink remove mkdir rmdir chmod utime": os,
    "stat lstat fstat scandir listdir readlink access": os,
    "flock": fcntl,
}
Real = Callable[..., Any]
Act = Callable[[str, Real, tuple[Any, ...], dict[str, Any]], Any]  # instead of the call itself


class Watched:
    """Calls `act` at the n-th call or, with `lasting`, at every call from there on."""

    def __init__(self, at: int, act: Act, *, lasting: bool = False) -> None:
        self.count = 0
        self.names: list[str] = []
        self._at, self._act, self._lasting = at, act, lasting
        self._real = [
            (module, name, getattr(module, name))
            for names, module in CALLS.items()
            for name in names.split()
        ]

    def __enter__(self) -> Self:
        for module, name, real in self._real:
            setattr(module, name, self._wrapped(name, real))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for module, name, real in self._real:
            setattr(module, name, real)

    def _wrapped(self, name: str, real: Real) -> Real:
        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any call
            self.count += 1
            self.names.append(name)
            if self.count == self._at or (self._lasting and self.count > self._at):
                return self._act(name, real, args, kwargs)
            return real(*args, **kwargs)

        return call


def nothing(_name: str, real: Real, args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
    return real(*args, **kwargs)


def short_write(name: str, real: Real, args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
    """Write only seven bytes, as a kernel may."""
    if name == "write":
        args = (args[0], bytes(args[1])[:7])
    return real(*args, **kwargs)


def failing(number: int) -> Act:
    """Fail with this errno; a failing close still closes."""

    def act(name: str, real: Real, args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        if name == "close":
            real(*args, **kwargs)
        raise OSError(number, os.strerror(number))

    return act
