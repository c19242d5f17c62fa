"""Limits the modules imported before the first frame, by name, as timing would be noisy."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from itband_gui.journal.book import Book
from itband_gui.journal.entries import Moment, Rating, new_id
from itband_gui.journal.snapshot import FILE_NAME
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg, Place
from itband_gui.machine.folders import VARIABLE

# The real program; what is imported when Today is painted is told, and all ends.
DRIVER = """
import json, linecache, os, sys
from itband_gui import app
from PySide6.QtCore import QEvent, QObject, QTimer
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and type(watched).__name__ == "TodayPage":
            QTimer.singleShot(0, tell)
        return False
def tell():
    print(json.dumps([sorted(sys.modules), sorted(linecache.cache)]), flush=True)
    os._exit(0)
painted = Painted()
app.start_qt(["x"]).installEventFilter(painted)
app.main([])
"""

NEVER = {
    *("asyncio", "email", "http", "jeepney", "numpy", "pyqtgraph", "sqlite3", "ssl", "unittest"),
    *("wakepy", "PySide6.QtMultimedia", "PySide6.QtNetwork", "PySide6.QtPrintSupport"),
    *("PySide6.QtTest", "PySide6.QtTextToSpeech", "socket"),
    "dataclasses",  # 0.4 ms a class at every start, which a msgspec.Struct does not cost
}
# All of ours that a first frame may need; whole rooms where the page stands on all of them.
BUDGET = re.compile(
    r"""itband_gui(?:\.(?:
      app | cli | qt_start | window_run
    | machine(?:\.(?:assets | crash | display | folders | local_clock | log | redaction
        | terminal))?
    | journal(?:\.(?!csv|exchange|import)\w+)? | insight(?:\.\w+)? | leg(?:\.\w+)?
    | safety(?:\.(?:open_signs | register | signs))? | wording(?:\.\w+)?
    | routine(?:\.(?:library | model | validation))?
    | session(?:\.(?:cues | leftovers))?
    | cues(?:\.sound_settings)?
    | ui(?:\.(?:
          leg(?:\.(?!body_map)\w+)?
        | look(?:\.\w+)? | services(?:\.\w+)?
        | text(?:\.(?:dates | entries | qt_language | saving | words))?
        | today(?:\.\w+)?
        | widgets(?:\.(?:buttons | choices | layout | notice | score_row | text))?
        | window(?:\.(?:closing | faults | guide_visit | journal_notices | main_window
            | single_instance))?
      ))?
    ))?""",
    re.VERBOSE,
)
MOST = 128  # of ours, packages included; each costs a look at the disk


class Start(NamedTuple):
    """Modules and source files loaded by the first frame of a start with a journal."""

    modules: set[str]
    sources: set[str]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    folder = tmp_path_factory.mktemp("data")
    book, now = Book(), datetime.now(UTC)
    for leg in Leg:
        places = (Place.OUTER_KNEE,)
        book.add(Rating(id=new_id(), at=now, leg=leg, moment=Moment.OTHER, score=3, places=places))
    Store(folder / FILE_NAME).save(book)
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", VARIABLE: str(folder)}
    ran = subprocess.run(
        [sys.executable, "-c", DRIVER],
        env=env,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    modules, sources = json.loads(ran.stdout)
    return Start(set(modules), set(sources))


@pytest.fixture
def imported(start: Start) -> set[str]:
    return start.modules


def test_what_a_later_page_needs_is_not_imported_before_the_first_frame(
    imported: set[str],
) -> None:
    assert "itband_gui.ui.today.page" in imported
    assert not imported & NEVER


def test_a_first_frame_stays_within_its_budget_of_our_own_modules(imported: set[str]) -> None:
    ours = {name for name in imported if name.partition(".")[0] == "itband_gui"}
    assert {name for name in ours if not BUDGET.fullmatch(name)} == set()
    assert len(ours) <= MOST


def test_no_source_of_ours_is_read_where_it_is_compiled(start: Start) -> None:
    assert not {name for name in start.sources if "itband_gui" in Path(name).parts}
