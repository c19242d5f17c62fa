"""Names of the user and the machine are removed from text."""

import platform
from pathlib import Path

import pytest

from itband_gui.machine.redaction import Redactor

PERSON = {"HOME": "/home/zaphod", "USER": "zaphod", "HOSTNAME": "heartofgold"}
FOLDER = Path("/media/stick/My legs")


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it this person's machine: a real home folder may be called anything, also "home"."""
    for name, value in PERSON.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("cannot open /home/zaphod/.cache/x", "cannot open ~/.cache/x"),
        ("/home/zaphodia is another", "/home/zaphodia is another"),
        ("/media/stick/My legs/journal.json", "<data folder>/journal.json"),
        ("Zaphod's ZAPHOD_2", "<user>'s <user>_2"),
        ("heartofgold:0", "<host>:0"),
        ("nothing of that", "nothing of that"),
    ],
)
def test_paths_and_names_are_replaced(text: str, without: str) -> None:
    assert Redactor(FOLDER, PERSON).of(text) == without


def test_this_machine_s_own_name_goes_without_any_variable() -> None:
    assert platform.node() not in Redactor(FOLDER, {}).of(f"bus at {platform.node()}!").split()


def test_what_stands_in_quotes_goes_too() -> None:
    told = Redactor(FOLDER, PERSON).of_foreign('no font "sore knee" in “a note” here')
    assert told == 'no font "…" in "…" here'


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Cannot open file '/media/usb/Anna Smith/my knee pain.toml'", 'Cannot open file "…"'),
        ("no 'Anna's knee.toml', don't wait", 'no "…", don\'t wait'),
        ("no ‘sore knee’", 'no "…"'),
        ("open /media/usb/Anna Smith/my knee.toml: denied", "open <path>: denied"),
        ("/home/zaphod/my knee.toml", "<path>"),
        ("~/my knee.toml: /x/my hip.toml", "<path>: <path>"),
        ("from /media/my knee /media/my hip", "from <path> <path>"),
        (r"open C:\Users\Anna Smith\knee.toml: no", "open <path>: no"),
        (r"\\stick\Anna Smith\knee.toml", "<path>"),
        ("/x/site-packages/PySide6/Qt/a.so: no", "PySide6/Qt/a.so: no"),
        ("3/4 and/or 1 / 2", "3/4 and/or 1 / 2"),
    ],
)
def test_of_foreign_text_no_path_stays_but_the_program_s_own(text: str, without: str) -> None:
    assert Redactor(FOLDER, PERSON).of_foreign(text) == without


def test_a_name_of_one_letter_leaves_the_text_readable() -> None:
    assert Redactor(FOLDER, {"USER": "a"}).of("a data folder") == "a data folder"
