"""The scenes cover every page and dialog of the program."""

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

import itband_gui.ui
from tests.ui.scenes import SCENES

if TYPE_CHECKING:
    from tests.ui.conftest import User

UI = Path(itband_gui.ui.__file__).parent
WINDOWS = {
    "QDialog",
    "QMessageBox",
    "TextDialog",
    "EntryForm",
    "QuestionCard",
    "CheckInStep",
    "PlainForm",
}
BASES = {"TextDialog", "EntryForm", "QuestionCard", "CheckInStep"}  # which are shown by others only


def is_shown_alone(name: str, bases: set[str]) -> bool:
    """Whether a class is a page, a dialog, a form, a card that asks or a step."""
    is_page = name.endswith("Page") and "QWidget" in bases
    return is_page or (bool(bases & WINDOWS) and name not in BASES)


def windows() -> set[str]:
    """Return the class names of all pages and dialogs in the sources."""
    found = set()
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if is_shown_alone(node.name, bases):
                    found.add(node.name)
    return found


# What each scene shows first; the test below says where one is missing.
SHOWN = {
    "today asking for a score": {"TodayPage", "ScoreCard"},
    "today with signs": {"SignCard"},
    "today asking about a sign": {"NewSignCard"},
    "journal": {"JournalPage"},
    "new rating": {"EntryDialog", "RatingForm"},
    "new run": {"RunForm"},
    "new activity": {"ActivityForm"},
    "rest day": {"PlainForm"},
    "amended sign": {"SignForm"},
    "warning list alone": {"WarningDialog"},
    "other versions": {"OtherVersionsDialog"},
    "history as chart": {"HistoryPage"},
    "report": {"ReportDialog"},
    "guide": {"GuidePage"},
    "settings": {"SettingsPage"},
    "about": {"AboutDialog"},
    "export": {"ExportDialog"},
    "import ": {"ImportDialog"},
    "restore": {"RestoreDialog"},
    "disclaimer": {"DisclaimerPage"},
    "sound check": {"SoundCheckPage"},
    "check in of the leg": {"CheckInPage", "LegsStep"},
    "check in of the places": {"SoreStep"},
    "warning list": {"SignsStep"},
    "session": {"SessionPage"},
    "after": {"AfterPage"},
    "question": {"Question"},
    "unexpected": {"FaultDialog"},
}


def test_every_page_and_dialog_has_its_scene() -> None:
    assert windows() == set().union(*SHOWN.values())


@pytest.mark.parametrize("name", SHOWN)
def test_a_scene_shows_its_page(user: "User", name: str) -> None:
    root = SCENES[name](user)
    shown = {
        type(each).__name__ for each in [root, *root.findChildren(QWidget)] if each.isVisible()
    }
    assert shown >= SHOWN[name]
