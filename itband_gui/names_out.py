"""Takes out of foreign text what names the person or the machine; no Qt."""

import os
import platform
import re
from collections.abc import Mapping
from pathlib import Path

from itband_gui.error_text import short_file

HOME, USER, HOST, FOLDER = "~", "<user>", "<host>", "<data folder>"
PATH = "<path>"
_SHORTEST = 2  # a name of one letter is in every line
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|(?<!\w)'.*?'(?!\w)")
# Up to ": ", the next path or the line's end: it may hold blanks.
_PATH = re.compile(r"(?<!\w)~?(?:[A-Za-z]:)?[/\\]+(?=[^\s/\\])(?:(?!:\s|\s~?[/\\])[^\n])*")


class NamesOut:
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
