"""Parses the command line and runs the commands that need no window."""

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
_PIPE_CLOSED = 128 + 13  # what a shell reports for a program ended by SIGPIPE
_SMALLEST, _LARGEST = (320, 240), (7680, 4320)  # pixels of a tour's pictures (our choice)
_Word = TypeVar("_Word", bound=StrEnum)


class _Once(argparse.Action):
    """Stores an option's value and refuses a second one."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Store the value.

        Raises:
            argparse.ArgumentError: the option was given before.

        """
        if isinstance(parser, _Parser) and option_string is not None:
            if self.dest in parser.given:
                raise argparse.ArgumentError(self, "was given twice; give it once")
            parser.given.add(self.dest)
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    """An argument parser that reports each error on one plain line.

    `takes` adds the arguments of a command only when it is used, which keeps every command fast.
    `given` collects the options seen so far, also those before the command, to find repeats.
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

    # The exact types would be argparse's four overloads.
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - it overrides
        takes, self._takes = self._takes, None
        if takes:
            takes(self)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_USAGE, f"{PROG}: {plain(message)} (see {self.prog} --help)\n")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the parsed arguments; `command` is None for the window.

    Raises SystemExit with 2 for bad usage, after one line on stderr, and with 0 for --help and
    --version.
    """
    tolerate_any_text()
    if not argv:  # the usual start: building the parsers would delay it
        return argparse.Namespace(command=None, data_dir=None)
    parser = _Parser(
        prog=PROG,
        description="A guided hand massage and a soreness journal. Without a COMMAND, the "
        "window opens.",
    )
    parser.add_argument("--version", action="version", version=f"{PROG} {__version__}")
    _finish(parser, default=None)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="without a window", prog=PROG
    )
    for name, takes, says in (
        ("journal", _journal, "add, list, check, export, import or restore entries"),
        ("today", _today, "whether to run today, and why"),
        ("doctor", _examine, "list what is missing on this computer"),
        ("report", _report, "write one page for a physiotherapist, as a PDF"),
        ("tour", _tour, "play a session without a screen and save pictures of it"),
    ):
        commands.add_parser(name, takes=takes, given=parser.given, help=says)
    return parser.parse_args(argv)


def run(
    args: argparse.Namespace, command: Callable[[argparse.Namespace], int] | None = None
) -> int:
    """Run `command`, or the one named in `args`, and return the exit code."""
    atexit.register(gc.freeze)  # saves a last search of the whole process for garbage
    try:
        code = (command or _command(args))(args)
        if sys.stdout:  # None if the caller closed it
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
    # The doctor must start without the journal, and `add` must be fast.
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
    except ImportError:  # platformdirs is missing: the doctor reports it
        folder = state = None
    return report.main(folder, state, report=args.report)


# Commands and their options


def _finish(parser: _Parser, default: str | None = argparse.SUPPRESS) -> None:
    """Add the options of every command; SUPPRESS keeps an option given before the command."""
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        type=_folder,
        default=default,
        help=f"folder of the journal (default: {VARIABLE}, then the platform's data folder)",
    )


def _journal(journal: _Parser) -> None:
    commands = journal.add_subparsers(
        dest="journal_command",
        metavar="|".join(_JOURNAL_COMMANDS),
        required=True,
        prog=f"{PROG} journal",  # otherwise argparse formats the help to find it
    )
    for name, (takes, says) in _JOURNAL_COMMANDS.items():
        commands.add_parser(name, takes=takes, given=journal.given, help=says)
    _finish(journal)


def _add(add: _Parser) -> None:
    from itband_gui.journal.entries import Moment  # noqa: PLC0415 - the doctor starts without it

    add.add_argument("--leg", required=True, type=_word(Leg), help=_words(Leg))
    add.add_argument("--score", required=True, type=_score, help="soreness, 0 to 10")
    add.add_argument(
        "--moment", type=_word(Moment), default=Moment.OTHER, help=f"{_words(Moment)} (default)"
    )
    add.add_argument(
        "--place",
        action="append",
        default=[],
        type=_word(Place),
        help=f"{_words(Place)}; may be repeated",
    )
    add.add_argument("--at", type=_moment, help="date and time (ISO); local time if no offset")
    add.add_argument("--note", default="", help="up to 4,000 characters")
    _finish(add)


def _list(show: _Parser) -> None:
    show.description = "List the entries, newest first."
    show.add_argument("--since", type=_since, metavar="DATE", help="only from this date (ISO) on")
    show.add_argument("--leg", type=_word(Leg), help=f"{_words(Leg)}: only entries about this leg")
    show.add_argument(
        "--json", action="store_true", help="one entry per line, oldest first, as in the file"
    )
    _finish(show)


def _check(check: _Parser) -> None:
    check.description = "Exit code 0: sound, 1: damaged, 2: can't be read."
    check.add_argument("file", nargs="?", type=_path, help="check this file, not your journal")
    _finish(check)


def _export(export: _Parser) -> None:
    form = export.add_mutually_exclusive_group(required=True)
    form.add_argument("--csv", type=_file, metavar="FILE", help="as a table; - writes to stdout")
    form.add_argument("--json", type=_file, metavar="FILE", help="as a journal; - writes to stdout")
    export.add_argument(
        "--semicolons", action="store_true", help="separate cells with ; and write 7,5 for 7.5"
    )
    export.add_argument("--force", action="store_true", help="replace an existing file")
    _finish(export)


def _import(take: _Parser) -> None:
    take.description = (
        "Show what a journal or a table (CSV with date, leg, score and any other columns) would "
        "change, ask, and import it. If nobody can be asked, it is imported at once. A copy of "
        "the journal is made first."
    )
    take.add_argument("file", type=_file, metavar="FILE", help="- reads from stdin")
    take.add_argument("--dry-run", action="store_true", help="only show what would change")
    take.add_argument("--yes", action="store_true", help="do not ask")
    take.add_argument(
        "--take-doubles",
        action="store_true",
        help="also import rows that look like entries you already have",
    )
    _finish(take)


def _restore(restore: _Parser) -> None:
    restore.description = (
        "Without COPY, list the saved copies. With it, restore the journal from that copy. A copy "
        "of the present journal is made first."
    )
    restore.add_argument("copy", nargs="?", metavar="COPY", help="its number or name")
    restore.add_argument("--list", action="store_true", help="list the copies, newest first")
    restore.add_argument(
        "--yes", action="store_true", help="do not ask, even if many entries are removed"
    )
    _finish(restore)


_JOURNAL_COMMANDS = {
    "add": (_add, "add a rating and print its id once it is on the disk"),
    "list": (_list, "list the entries, newest first"),
    "check": (_check, "check whether the journal is damaged"),
    "export": (_export, "export the entries to a file"),
    "import": (_import, "import a journal or a table"),
    "restore": (_restore, "list the saved copies of the journal, or restore one"),
}


def _today(today: _Parser) -> None:
    today.description = "Say whether to run today and why, as the window does."
    today.add_argument("--at", type=_moment, help="date and time (ISO); default: now")
    today.add_argument("--json", action="store_true", help="print one object, for scripts")
    _finish(today)


def _examine(doctor: _Parser) -> None:
    doctor.add_argument(
        "--report", action="store_true", help="for a bug report: with the log, without your names"
    )
    _finish(doctor)


def _report(report: _Parser) -> None:
    report.description = "Write one page for a physiotherapist, as a PDF, without your notes."
    report.add_argument("--since", required=True, type=_day, metavar="DATE", help="first day (ISO)")
    report.add_argument("--until", type=_day, metavar="DATE", help="last day (ISO); default: today")
    report.add_argument(
        "--out", required=True, type=_file, metavar="FILE", help="the PDF; - writes to stdout"
    )
    report.add_argument("--paper", choices=("a4", "letter"), default="a4")
    report.add_argument(
        "--name", default="", metavar="TEXT", help="the runner's name, shown on the page"
    )
    report.add_argument("--force", action="store_true", help="replace an existing file")
    _finish(report)


def _tour(tour: _Parser) -> None:
    tour.add_argument(
        "dir", metavar="DIR", type=_folder, help="folder for the pictures and the journal"
    )
    tour.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    tour.add_argument("--scale", type=int, choices=(1, 2), default=1)
    tour.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH")
    tour.add_argument("--routine", default=None, metavar="NAME")
    tour.add_argument("--leg", choices=("left", "right", "both"), default="both")
    _finish(tour)


# Argument types


def _words(words: type[StrEnum]) -> str:
    return ", ".join(words)


def _word(words: type[_Word]) -> Callable[[str], _Word]:
    def convert(text: str) -> _Word:
        try:
            return words(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not one of {_words(words)}") from None

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
        moment.astimezone(UTC)  # fails if the year is out of range
    except (ValueError, OverflowError, OSError):
        raise argparse.ArgumentTypeError(f"{hint}; not {text!r}") from None
    if (moment.utcoffset() or timedelta()) % timedelta(minutes=1):  # no zone has such an offset
        raise argparse.ArgumentTypeError(f"{hint}; not {text!r}")
    return moment


def _since(text: str) -> date | datetime:
    """Return a day, compared with each entry's own day, or an instant if a time is given."""
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
    if text != "-":  # stdout or stdin
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
