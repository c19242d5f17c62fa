"""Tells an exception by its kind and its places; never by its text, which may quote data."""

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
# Texts that hold nothing but names of ours and Qt's.
_HARMLESS = (  # not compiled at a start
    r"Internal C\+\+ object \(\w+\) already deleted\."
    r"|maximum recursion depth exceeded(?: [a-z ]+)?"
    r"|No module named '[\w.]+'"
    r"|lib[\w.+-]+: cannot open shared object file: No such file or directory"
)


def traced(error: BaseException) -> str:
    """Return the kind of an error, the places that it came through, and the same of its causes."""
    return "\n".join(_lines(error))


def kind(error: BaseException) -> str:
    """Return what an error is, with what is certainly no data: `OSError ENOSPC`."""
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
    """Return a kind's name, with its module: zlib and others call theirs just `error`."""
    inside = "" if of.__module__ == "builtins" else f"{of.__module__}."
    return f"{inside}{of.__qualname__}"


def place(file: str, line: int | None) -> str:
    """Return where in the code, without the folders above it."""
    return f"{short_file(file)}:{line}"


def short_file(file: str) -> str:
    """Return a file of the code as seen from its package; of others only the name."""
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
    """Return the last place in our own code that the error came through, or in any; "" for none."""
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
    """Whether str(error) runs none of our own code, which might fail in turn."""
    return type(error).__str__ in (BaseException.__str__, OSError.__str__, ImportError.__str__)


HOME, USER, HOST, FOLDER = "~", "<user>", "<host>", "<data folder>"
PATH = "<path>"
_SHORTEST = 2  # a name of one letter is in every line
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|(?<!\w)'.*?'(?!\w)")
# Up to ": ", the next path or the line's end: it may hold blanks.
_PATH = re.compile(r"(?<!\w)~?(?:[A-Za-z]:)?[/\\]+(?=[^\s/\\])(?:(?!:\s|\s~?[/\\])[^\n])*")


class Redactor:
    """Knows the names of this person, machine and data folder.

    Args:
        folder: the data folder, whose path is the user's own choice; None where it is not known.
        environ: where the names are looked for.

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
        """Return a text without those names."""
        for path, instead in self._paths:
            text = re.sub(re.escape(path) + r"(?![\w-])", instead, text)
        for word, instead in self._words:
            text = word.sub(instead, text)
        return text

    def of_foreign(self, text: str) -> str:
        """Return a text also without what is in quotes, which may be a value, and without paths.

        Of a file of the program or of its parts it stays where it is in there.
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
