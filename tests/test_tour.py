"""The tour plays a whole session through the real pages and leaves pictures and a journal."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Ended, Moment, Rating, Session
from itband_gui.journal.store import LoadCode, Store
from itband_gui.journal.sync_tools import backups_dir
from itband_gui.leg.names import Leg, Place
from itband_gui.machine.folders import user_state_dir
from itband_gui.ui.look.theme import THEMES, ThemeName

Done = subprocess.CompletedProcess[str]
SMALL = ("--size", "640x480")
PAGES = (
    *("today-empty", "disclaimer", "check-in-leg", "check-in-where", "check-in-signs"),
    *("get-ready", "settle", "-set", "-rest", "session-paused", "session-floor-mode"),
    *("after", "after-rated", "today", "journal", "journal-empty", "advice-clot"),
    *("advice-blood-thinners", "session-easier", "stopped", "stopped-knee"),
    "today-after-stop",
)


def itband(*arguments: str) -> Done:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environ.pop("DISPLAY", None)
    command = [sys.executable, "-m", "itband_gui", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environ, check=False, timeout=300
    )


def refused(done: Done, *words: str) -> None:
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """The tour of both legs, played once for the tests that only look at it."""
    folder = tmp_path_factory.mktemp("tour") / "new"
    return itband("tour", str(folder), "--size", "800x600"), folder


def test_a_tour_leaves_a_picture_of_each_page_and_phase(played: tuple[Done, Path]) -> None:
    done, folder = played
    assert (done.returncode, done.stderr) == (0, "")
    pictures = sorted(folder.glob("*.png"))
    assert f"{len(pictures)} pictures" in done.stdout
    names = "\n".join(picture.name for picture in pictures)
    assert [page for page in PAGES if page not in names] == []
    assert "left" in names
    assert "right" in names
    images = [QImage(str(picture)) for picture in pictures]
    # Floor mode fills the made-up screen.
    sizes = {
        (i.width(), i.height())
        for i, p in zip(images, pictures, strict=True)
        if "floor-mode" not in p.name
    }
    assert sizes == {(800, 600)}
    assert all(a != b for i, a in enumerate(images) for b in images[:i]), "no picture twice"


def test_a_tour_s_journal_holds_one_whole_session_with_its_ratings(
    played: tuple[Done, Path],
) -> None:
    _, folder = played
    assert itband("journal", "check", str(folder / "journal.json")).returncode == 0
    loaded = Store(folder / "journal.json").load()
    assert loaded.code is LoadCode.SOUND
    (session,) = (entry for entry in loaded.book if isinstance(entry, Session))
    ratings = [entry for entry in loaded.book if isinstance(entry, Rating)]
    assert session.ended is Ended.FINISHED
    assert session.legs == (Leg.LEFT, Leg.RIGHT)
    assert {(r.leg, r.moment): r.score for r in ratings} == {
        (Leg.LEFT, Moment.BEFORE): 4,
        (Leg.RIGHT, Moment.BEFORE): 3,
        (Leg.LEFT, Moment.AFTER): 3,
        (Leg.RIGHT, Moment.AFTER): 2,
    }
    assert {rating.session for rating in ratings} == {session.id}
    assert {rating.places for rating in ratings if rating.places} == {(Place.BAND_MIDDLE,)}
    seconds = {leg: sum(w.seconds for w in session.work if w.leg is leg) for leg in Leg}
    assert abs(seconds[Leg.LEFT] - seconds[Leg.RIGHT]) <= 2, "each leg its equal share"
    assert datetime.now(UTC) - session.at < timedelta(days=1)


def test_nothing_but_pictures_and_the_journal_is_left(played: tuple[Done, Path]) -> None:
    _, folder = played
    others = {f.name for f in folder.iterdir() if f.suffix != ".png" and f.name[0] != "."}
    assert others == {"journal.json"}


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.png").write_bytes(b"mine")
    refused(itband("tour", str(tmp_path), *SMALL), "not empty")
    assert [file.name for file in tmp_path.iterdir()] == ["holiday.png"]


def test_a_tour_can_be_repeated_and_takes_only_its_own_pictures_away(tmp_path: Path) -> None:
    folder = tmp_path / "t"
    first = ("--theme", "dark", "--scale", "2", "--routine", "after-a-run", "--leg", "both")
    then = ("--theme", "contrast", "--leg", "right")
    for options, theme, scale in ((first, ThemeName.DARK, 2), (then, ThemeName.CONTRAST, 1)):
        done = itband("tour", str(folder), *SMALL, *options)
        assert (done.returncode, done.stderr) == (0, "")
        picture = QImage(str(next(folder.glob("*today-empty.png"))))
        assert (picture.width(), picture.height()) == (640 * scale, 480 * scale)
        corner = picture.pixelColor(2, picture.height() - 3).name().upper()
        assert corner == THEMES[theme].paper.upper()
        if options is first:
            (folder / "mine.png").write_bytes(b"mine")
    (session,) = (e for e in Store(folder / "journal.json").load().book if isinstance(e, Session))
    assert (session.routine, session.legs) == ("first-time", (Leg.RIGHT,))
    assert (folder / "mine.png").read_bytes() == b"mine"


def test_a_tour_can_be_played_where_one_was_interrupted(tmp_path: Path) -> None:
    begun = Store(tmp_path / "journal.json")
    begun.save(Book())
    for name in (".itband-tour", "settings.ini", "state/sessions/session-1.json"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}", "utf-8")
    backups = backups_dir(tmp_path, user_state_dir(os.environ))
    backups.mkdir(parents=True, exist_ok=True)
    (backups / "journal-of-then.json").touch()
    done = itband("tour", str(tmp_path), *SMALL)
    assert (done.returncode, done.stderr) == (0, "")
    others = {f.name for f in tmp_path.iterdir() if f.suffix != ".png" and f.name[0] != "."}
    assert others == {"journal.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_what_is_written_is_the_user_s_own_business(played: tuple[Done, Path]) -> None:
    _, folder = played
    assert {file.stat().st_mode & 0o077 for file in folder.iterdir()} == {0}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--leg", "middle"), ("--leg", "left", "right", "both")),
        (("--routine", "yoga"), ("yoga", "first-time", "full")),
        (("--theme", "sepia"), ("--theme", "dark")),
        (("--size", "10x10"), ("--size", "1280x800")),
    ],
)
def test_a_wrong_option_is_one_line_with_what_is_allowed(
    tmp_path: Path, options: tuple[str, str], words: tuple[str, ...]
) -> None:
    done = itband("tour", str(tmp_path / "t"), *options)
    refused(done, *words)
    assert done.returncode == 2
    assert not list(tmp_path.glob("t/*.png")), "nothing was begun"


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused(itband("tour", str(tmp_path / "file" / "t"), *SMALL), "cannot be used")
