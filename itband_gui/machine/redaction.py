"""Describes errors without the user's data: kinds and places only, names replaced."""

import errno
import os
import platform
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from types import TracebackType

_PACKAGE = Path(__file__).resolve().parents[1]
_FRAMES = 40  # of the innermost: an endless recursion has thousands
_CAUSES = 5
# Messages that contain only our own and Qt's names.
_HARMLESS = (  # not compiled at start, which saves time
    r"Internal C\+\+ object \(\w+\) already deleted\."
    r"|maximum recursion depth exceeded(?: [a-z ]+)?"
    r"|No module named '[\w.]+'"
    r"|lib[\w.+-]+: cannot open shared object file: No such file or directory"
)


def traced(error: BaseException) -> str:
    """Return the kind and the traceback of an error and of its causes."""
    return "\n".join(_lines(error))


def kind(error: BaseException) -> str:
    """Return an error's kind and only such details as cannot be user data: `OSError ENOSPC`."""
    name = _name(type(error))
    if isinstance(error, OSError) and error.errno:
        return f"{name} {errno.errorcode.get(error.errno, error.errno)}"
    if isinstance(error, AttributeError) and error.name is not None:
        return f"{name} {type(error.obj).__qualname__}.{error.name}"
    if isinstance(error, NameError) and error.name is not None:
        return f"{name} {error.name}"
    text = str(error) if _says_itself(error) else ""
    return f"{name}: {text}" if re.fullmatch(_HARMLESS, text) else name


def _name(of: type[BaseException]) -> str:
    """Return the name of an exception class with its module: some are just called `error`."""
    inside = "" if of.__module__ == "builtins" else f"{of.__module__}."
    return f"{inside}{of.__qualname__}"


def place(file: str, line: int | None) -> str:
    """Return a file and line of the code as `short_file:line`."""
    return f"{short_file(file)}:{line}"


def short_file(file: str) -> str:
    """Return a source file's path from its package on; only the name for files of no package."""
    path = PurePath(file)
    if path.is_relative_to(_PACKAGE):
        return path.relative_to(_PACKAGE.parent).as_posix()
    for folder in ("site-packages", "dist-packages", "_internal"):
        if folder in path.parts:
            after = len(path.parts) - path.parts[::-1].index(folder)
            return "/".join(path.parts[after:])
    is_bundled = not path.is_absolute() and path.parts[:1] == (_PACKAGE.name,)
    return path.as_posix() if is_bundled else path.name


def innermost(error: BaseException) -> str:
    """Return the innermost place in our code, else the innermost of all; "" without a traceback."""
    places = [place(file, line) for file, line, _ in _frames(error.__traceback__)]
    ours = [each for each in places if each.startswith(_PACKAGE.name)]
    return (ours or places or [""])[-1]


def _lines(error: BaseException) -> Iterator[str]:
    cause: BaseException | None = error
    for depth in range(_CAUSES):
        if cause is None:
            return
        yield f"{'because of ' if depth else ''}{kind(cause)}"
        frames = list(_frames(cause.__traceback__))
        if len(frames) > _FRAMES:
            yield f"  ({len(frames) - _FRAMES} places left out)"
        for file, line, name in frames[-_FRAMES:]:
            yield f"  {place(file, line)} in {name}"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int | None, str]]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield code.co_filename, trace.tb_lineno, code.co_qualname
        trace = trace.tb_next


def _says_itself(error: BaseException) -> bool:
    """Return whether str(error) is Python's own: other code might fail in turn."""
    return type(error).__str__ in (BaseException.__str__, OSError.__str__, ImportError.__str__)


HOME, USER, HOST, FOLDER = "~", "<user>", "<host>", "<data folder>"
PATH = "<path>"
_SHORTEST = 2  # a one-letter name would match everywhere
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|(?<!\w)'.*?'(?!\w)")
# Ends at ": ", the next path or the end of the line, because a path may contain spaces.
_PATH = re.compile(r"(?<!\w)~?(?:[A-Za-z]:)?[/\\]+(?=[^\s/\\])(?:(?!:\s|\s~?[/\\])[^\n])*")


class Redactor:
    """Replaces the names of this user, computer and data folder.

    Args:
        folder: the data folder, whose path may contain names; None if it is not known.
        environ: the environment to look up the names in.

    """

    def __init__(self, folder: Path | None, environ: Mapping[str, str] = os.environ) -> None:
        homes = {environ.get("HOME"), environ.get("USERPROFILE"), _known_home()}
        users = {environ.get(name) for name in ("USER", "LOGNAME", "USERNAME")}
        users |= {Path(home).name for home in homes if home}
        hosts = {environ.get(name) for name in ("HOSTNAME", "COMPUTERNAME")}
        hosts |= {platform.node(), platform.node().partition(".")[0]}
        self._paths = [(path, FOLDER) for path in _names_of(folder)]
        self._paths += [(home, HOME) for home in _longest_first(homes)]
        self._words = [(_word(name), USER) for name in _longest_first(users)]
        self._words += [(_word(name), HOST) for name in _longest_first(hosts)]

    def of(self, text: str) -> str:
        """Return a text with those names replaced."""
        for path, instead in self._paths:
            text = re.sub(re.escape(path) + r"(?![\w-])", instead, text)
        for word, instead in self._words:
            text = word.sub(instead, text)
        return text

    def of_foreign(self, text: str) -> str:
        """Return a text with names, quoted values and paths replaced.

        Paths inside a package keep their place within it.
        """
        return self.of(_PATH.sub(_of_path, _QUOTED.sub('"…"', text)))


def _names_of(folder: Path | None) -> list[str]:
    return [str(folder), os.path.realpath(folder)] if folder else []


def _of_path(found: re.Match[str]) -> str:
    inside = short_file(found[0])
    return inside if "/" in inside else PATH


def _known_home() -> str | None:
    try:
        return str(Path("~").expanduser())
    except RuntimeError:
        return None


def _longest_first(names: set[str | None]) -> list[str]:
    known = [name for name in names if name and len(name.strip("/\\")) >= _SHORTEST]
    return sorted(known, key=len, reverse=True)


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", re.IGNORECASE)
