"""The command line: what can be asked for, and the commands that need no window."""

import argparse
import atexit
import gc
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from itband_gui import __version__
from itband_gui.leg.names import Leg, Place
from itband_gui.machine.folders import (
    VARIABLE,
    WorkingFolderGoneError,
    absolute,
    data_dir,
    state_dir,
)
from itband_gui.machine.local_clock import local_instant
from itband_gui.machine.terminal import (
    BAD_USAGE,
    PROG,
    OutputError,
    drop_output,
    plain,
    say,
    tolerate_any_text,
    writing,
)

__all__ = ["BAD_USAGE", "parse", "run", "say"]
_PIPE_CLOSED = 128 + 13  # what a shell reports for a program that SIGPIPE ended
_SMALLEST, _LARGEST = (320, 240), (7680, 4320)  # pixels of a tour's pictures: our choice
_Word = TypeVar("_Word", bound=StrEnum)


class _Once(argparse.Action):
    """Keeps an option's value; of two it would not be known which one was meant."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Take the value, or refuse the second one."""
        if isinstance(parser, _Parser) and option_string is not None:
            if self.dest in parser.given:
                raise argparse.ArgumentError(self, "was given twice; give it once")
            parser.given.add(self.dest)
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one plain line.

    `takes` adds its arguments once it is used: to lay out those of every command holds one up.
    `given` collects which options were given, before the command too: most may be given once.
    """

    def __init__(
        self,
        takes: "Callable[[_Parser], None] | None" = None,
        given: set[str] | None = None,
        **settings: Any,  # noqa: ANN401 - passed on to argparse unchanged
    ) -> None:
        super().__init__(allow_abbrev=False, **settings)
        self._takes = takes
        self.given = set() if given is None else given
        self.register("action", None, _Once)

    # Its types would be four overloads, copied.
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - argparse has overloads
        takes, self._takes = self._takes, None
        if takes:
            takes(self)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_USAGE, f"{PROG}: {plain(message)} (see {self.prog} --help)\n")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the arguments; `command` is the word given for it, or None for the window.

    `data_dir` is the option as given, or None. Raises SystemExit with 2 for bad usage, after one
    line on stderr, and with 0 for --help and --version.
    """
    tolerate_any_text()
    if not argv:  # the usual start: to lay out the commands would hold the window up
        return argparse.Namespace(command=None, data_dir=None)
    parser = _Parser(prog=PROG, description="A guided hand massage and a soreness journal.")
    parser.add_argument("--version", action="version", version=f"{PROG} {__version__}")
    _finish(parser, default=None)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="without a window", prog=PROG
    )
    for name, takes, says in (
        ("journal", _journal, "the journal, from the command line"),
        ("today", _today, "the light for running, and its reasons"),
        ("doctor", _examine, "name what is missing on this machine"),
        ("report", _report, "one page for a physiotherapist, as a PDF"),
        ("tour", _tour, "play a session without a screen, into pictures"),
    ):
        commands.add_parser(name, takes=takes, given=parser.given, help=says)
    return parser.parse_args(argv)


def run(
    args: argparse.Namespace, command: Callable[[argparse.Namespace], int] | None = None
) -> int:
    """Run a command, one of those without Qt unless one is given, and return the exit code."""
    atexit.register(gc.freeze)  # or what the whole process leaves is searched for garbage
    try:
        code = (command or _command(args))(args)
        if sys.stdout:  # None where the caller closed it
            with writing():
                sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        return _PIPE_CLOSED
    except OutputError as error:
        drop_output()
        say(f"The output could not be written: {error.strerror}.")
        return 1
    return code


def _command(args: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    if args.command == "doctor":
        return _doctor
    if args.command == "today":
        from itband_gui.commands import today  # noqa: PLC0415 - slow to import

        return today.run
    # The doctor must start without the journal; and `add`, which is waited for, without the rest.
    if args.journal_command == "add":
        from itband_gui.commands import add  # noqa: PLC0415 - the doctor starts without it

        return add.run
    from itband_gui.commands import (  # noqa: PLC0415 - `add` would wait for these imports
        check_file,
        export,
        import_file,
        list_entries,
        restore,
    )

    return {
        "list": list_entries.run,
        "check": check_file.run,
        "export": export.run,
        "import": import_file.run,
        "restore": restore.run,
    }[args.journal_command]


def _doctor(args: argparse.Namespace) -> int:
    from itband_gui.doctor import report  # noqa: PLC0415 - only this command needs it

    try:
        folder: Path | None = data_dir(args.data_dir, os.environ)
        state: Path | None = state_dir(args.data_dir, os.environ)
    except ImportError:  # what knows the system's folders is missing, which is then named
        folder = state = None
    return report.main(folder, state, report=args.report)


# What can be asked for


def _finish(parser: _Parser, default: str | None = argparse.SUPPRESS) -> None:
    """Add what every command takes; SUPPRESS keeps an option given before the command."""
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        type=_folder,
        default=default,
        help=f"where the journal is stored (else {VARIABLE}, else the platform's data folder)",
    )


def _journal(journal: _Parser) -> None:
    commands = journal.add_subparsers(
        dest="journal_command",
        metavar="|".join(_JOURNAL_COMMANDS),
        required=True,
        prog=f"{PROG} journal",  # or it is found out by laying out the help each time
    )
    for name, (takes, says) in _JOURNAL_COMMANDS.items():
        commands.add_parser(name, takes=takes, given=journal.given, help=says)
    _finish(journal)


def _add(add: _Parser) -> None:
    # The doctor, which names what is missing, must start where the journal cannot.
    from itband_gui.journal.entries import Moment  # noqa: PLC0415 - the doctor starts without it

    add.add_argument("--leg", required=True, type=_word(Leg), help=_words(Leg))
    add.add_argument("--score", required=True, type=_score, help="soreness, 0 to 10")
    add.add_argument(
        "--moment", type=_word(Moment), default=Moment.OTHER, help=f"{_words(Moment)} (default)"
    )
    add.add_argument(
        "--place", action="append", default=[], type=_word(Place), help=f"{_words(Place)}; repeat"
    )
    add.add_argument("--at", type=_moment, help="date and time, ISO; local without an offset")
    add.add_argument("--note", default="", help="up to 4,000 characters")
    _finish(add)


def _list(show: _Parser) -> None:
    show.description = "List the entries, the newest first and the oldest last."
    show.add_argument("--since", type=_since, metavar="DATE", help="from this date (ISO) on")
    show.add_argument("--leg", type=_word(Leg), help=f"{_words(Leg)}: only what is about it")
    show.add_argument(
        "--json", action="store_true", help="one entry a line, oldest first, as in the file"
    )
    _finish(show)


def _check(check: _Parser) -> None:
    check.description = "Exit code 0: sound, 1: damaged, 2: cannot be read."
    check.add_argument("file", nargs="?", type=_path, help="instead of the journal in use")
    _finish(check)


def _export(export: _Parser) -> None:
    form = export.add_mutually_exclusive_group(required=True)
    form.add_argument("--csv", type=_file, metavar="FILE", help="a table; - is the output")
    form.add_argument("--json", type=_file, metavar="FILE", help="a journal; - is the output")
    export.add_argument(
        "--semicolons", action="store_true", help="a table with ; between its cells and 7,5 for 7.5"
    )
    export.add_argument("--force", action="store_true", help="replace a file that is there")
    _finish(export)


def _import(take: _Parser) -> None:
    take.description = (
        "Say what a journal or a table (CSV: date, leg, score, and what else there is) would "
        "change, and import it. Where nobody can be asked it is imported at once; the journal as "
        "it was is kept."
    )
    take.add_argument("file", type=_file, metavar="FILE", help="- is the input")
    take.add_argument("--dry-run", action="store_true", help="only say what it would change")
    take.add_argument("--yes", action="store_true", help="do not ask")
    take.add_argument(
        "--take-doubles",
        action="store_true",
        help="import also what looks like an entry that is already there",
    )
    _finish(take)


def _restore(restore: _Parser) -> None:
    restore.description = (
        "Without COPY, list the kept copies. With it, make the journal say what that copy says; "
        "the journal as it was is kept."
    )
    restore.add_argument("copy", nargs="?", metavar="COPY", help="its number or its name")
    restore.add_argument("--list", action="store_true", help="list the copies, newest first")
    restore.add_argument("--yes", action="store_true", help="do not ask, even if many entries go")
    _finish(restore)


_JOURNAL_COMMANDS = {
    "add": (_add, "add a rating; prints its id once it is on the disk"),
    "list": (_list, "list the entries, newest first"),
    "check": (_check, "say whether the journal is sound"),
    "export": (_export, "write the entries to a file of your own"),
    "import": (_import, "import a journal or a table"),
    "restore": (_restore, "list the kept copies of the journal, or bring one back"),
}


def _today(today: _Parser) -> None:
    today.description = "Say whether to run today and why, as the window does."
    today.add_argument("--at", type=_moment, help="at this date and time, ISO; else now")
    today.add_argument("--json", action="store_true", help="one object, for a script")
    _finish(today)


def _examine(doctor: _Parser) -> None:
    doctor.add_argument(
        "--report", action="store_true", help="for a bug report: the log too, and no names of yours"
    )
    _finish(doctor)


def _report(report: _Parser) -> None:
    report.description = "Write one page for a physiotherapist, as a PDF. Notes are not in it."
    report.add_argument("--since", required=True, type=_day, metavar="DATE", help="first day (ISO)")
    report.add_argument("--until", type=_day, metavar="DATE", help="last day (ISO); else today")
    report.add_argument(
        "--out", required=True, type=_file, metavar="FILE", help="the PDF; - is the output"
    )
    report.add_argument("--paper", choices=("a4", "letter"), default="a4")
    report.add_argument(
        "--name", default="", metavar="TEXT", help="the runner's; stands on the page"
    )
    report.add_argument("--force", action="store_true", help="replace a file that is there")
    _finish(report)


def _tour(tour: _Parser) -> None:
    tour.add_argument("dir", metavar="DIR", type=_folder, help="for the pictures and the journal")
    tour.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    tour.add_argument("--scale", type=int, choices=(1, 2), default=1)
    tour.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH")
    tour.add_argument("--routine", default=None, metavar="NAME")
    tour.add_argument("--leg", choices=("left", "right", "both"), default="both")
    _finish(tour)


# What each argument may be


def _words(words: type[StrEnum]) -> str:
    return ", ".join(words)


def _word(words: type[_Word]) -> Callable[[str], _Word]:
    def convert(text: str) -> _Word:
        try:
            return words(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is none of {_words(words)}") from None

    return convert


def _score(text: str) -> int:
    from itband_gui.journal.entries import SCORE  # noqa: PLC0415 - the doctor starts without it

    if re.fullmatch(r"[0-9]{1,2}", text) and SCORE.low <= int(text) <= SCORE.high:
        return int(text)
    raise argparse.ArgumentTypeError(f"a whole number from 0 to 10, not {text!r}")


def _moment(text: str) -> datetime:
    hint = "a date like 2026-11-22 or 2026-11-22T07:10, with an offset like +01:00 if not local"
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.utcoffset() is not None else local_instant(moment)
        moment.astimezone(UTC)  # there may be no such year
    except (ValueError, OverflowError, OSError):
        raise argparse.ArgumentTypeError(f"{hint}; not {text!r}") from None
    if (moment.utcoffset() or timedelta()) % timedelta(minutes=1):  # no clock has such an offset
        raise argparse.ArgumentTypeError(f"{hint}; not {text!r}")
    return moment


def _since(text: str) -> date | datetime:
    """Return a day, each entry's own, or with a time of day the instant that it means."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _moment(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a date like 2026-11-22, not {text!r}") from None


def _file(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("a file is missing")
    if text != "-":  # the output, or the input
        _reachable(Path(text))
    return text


def _path(text: str) -> Path:
    return Path(_file(text))


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("a folder is missing")
    return _reachable(Path(text))


def _reachable(path: Path) -> Path:
    try:
        absolute(path)
    except WorkingFolderGoneError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return path


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", text)
    if match:
        width, height = int(match[1]), int(match[2])
        if _SMALLEST[0] <= width <= _LARGEST[0] and _SMALLEST[1] <= height <= _LARGEST[1]:
            return width, height
    raise argparse.ArgumentTypeError(f"like 1280x800, from 320x240 to 7680x4320; not {text!r}")
