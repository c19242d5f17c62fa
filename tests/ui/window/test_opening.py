"""The window's notices about the files that it finds at start."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from itband_gui.journal import store
from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import RestDay, new_id
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.journal.salvage import MOST_LISTED

if TYPE_CHECKING:
    from tests.ui.conftest import User


@pytest.fixture(autouse=True)
def _a_folder(user: "User") -> None:
    user.folder.mkdir()


def test_a_first_start_and_a_sound_journal_show_no_notice(user: "User") -> None:
    user.open()
    assert user.notices() == []
    user.fill_journal()
    user.open()
    assert user.notices() == []
    assert "Saved" in user.reads()


def test_a_damaged_journal_is_put_aside_and_what_it_held_is_brought_back(user: "User") -> None:
    user.fill_journal()
    lines = user.file.read_bytes().splitlines(keepends=True)
    lines[3] = b'{"kind":"rating","id":"x",\n'
    damaged = b"".join(lines)
    user.file.write_bytes(damaged)
    user.open()
    (said,) = user.notices()
    (aside,) = user.folder.glob("journal.corrupt-*.json")
    assert aside.read_bytes() == damaged
    assert aside.name in said
    assert re.findall(r"\b\d\b", said.replace(aside.name, "")) == ["2", "1"], "kept and lost"
    assert len(user.journal()) == 2


def test_a_garbage_line_is_reported_as_unreadable(user: "User") -> None:
    user.fill_journal()
    lines = user.file.read_bytes().splitlines(keepends=True)
    lines[3] = b"rubbish\n"
    user.file.write_bytes(b"".join(lines))
    user.open()
    assert "Entries recovered: 2; entries that cannot be read: 1." in user.notices()[0]


def test_a_garbage_file_is_reported_to_hold_no_readable_entry(user: "User") -> None:
    user.file.write_bytes(bytes(range(1, 256)) * 20)
    user.open()
    assert user.notices()[0].endswith(". No entry in it can be read.")


@pytest.mark.parametrize("can_be_put_aside", [True, False])
def test_too_many_faults_are_counted_with_a_hint_where_to_see_them(
    user: "User", monkeypatch: pytest.MonkeyPatch, *, can_be_put_aside: bool
) -> None:
    user.fill_journal()
    lines = user.file.read_bytes().splitlines(keepends=True)
    bad = b'{"kind":"rating","id":"x","at":0},\n'
    user.file.write_bytes(b"".join(lines[:2] + [bad] * (MOST_LISTED + 500) + lines[2:]))
    if not can_be_put_aside:
        monkeypatch.setattr(store, "quarantine", refuse)
    user.open()
    said, *_ = user.notices()
    (aside,) = [*user.folder.glob("journal.corrupt-*.json")] if can_be_put_aside else [None]
    faults = len(decode((aside or user.file).read_bytes()).problems) + 500
    assert f"The file has too many faults to list: {faults}." in said
    assert said.endswith(f'check "{aside}"”.' if aside else "“itband-gui journal check”.")


def refuse(target: Path) -> Path:
    raise NotSavedError(NotSavedCode.READ_ONLY, target)


@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"PK\x03\x04", b'{"format": "other"}'])
def test_a_foreign_file_is_put_aside_untouched(user: "User", content: bytes) -> None:
    user.file.write_bytes(content)
    user.open()
    assert "set aside" in user.notices()[0]
    (aside,) = user.folder.glob("journal.corrupt-*.json")
    assert aside.read_bytes() == content
    user.make_two_entries()
    assert len(user.journal()) == 2


def test_a_journal_changed_by_hand_is_read_and_said_to_be(user: "User") -> None:
    user.fill_journal()
    text = user.file.read_text("utf-8")
    user.file.write_text(text.replace('"note":""', '"note":"by hand"', 1), "utf-8")
    user.open()
    (said,) = user.notices()
    assert "Another program changed your journal" in said
    user.make_two_entries()
    assert "by hand" in user.file.read_text("utf-8")


def test_a_journal_of_a_newer_version_is_read_and_never_written(user: "User") -> None:
    user.fill_journal()
    whole = json.loads(user.file.read_bytes())
    whole |= {"schema": 99, "min_reader": 99}
    newer = json.dumps(whole).encode()
    user.file.write_bytes(newer)
    user.open()
    assert "newer version" in user.notices()[0]
    user.make_two_entries()
    assert user.file.read_bytes() == newer
    assert "Not saved" in user.reads()


def test_a_journal_that_cannot_be_read_is_not_written_over(user: "User") -> None:
    user.file.mkdir()
    user.open()
    assert "cannot be read" in user.notices()[0]
    user.make_two_entries()
    assert user.file.is_dir()
    assert "Not saved" in user.reads()


def test_a_notice_goes_when_it_is_closed(user: "User") -> None:
    user.file.write_bytes(b"?")
    user.open()
    user.click_on("Close")
    assert user.notices() == []


# What copies hold more


def spoil(user: "User", line: int) -> None:
    lines = user.file.read_bytes().splitlines(keepends=True)
    lines[line] = b'{"kind":"rating","id":"x",\n'
    user.file.write_bytes(b"".join(lines))


def test_entries_only_a_copy_has_can_be_brought_back_in_one_step(
    user: "User",
) -> None:
    user.fill_journal(5)
    whole = user.journal()
    user.file.with_name("journal.json.bak").write_bytes(user.file.read_bytes())
    spoil(user, 3)
    spoil(user, 4)
    user.open()
    assert len(user.journal()) == 3
    damaged, offered = user.notices()
    assert "was damaged" in damaged
    assert "A copy of your journal (" in offered
    assert offered.endswith("missing here: 2.")
    user.click_on("Bring them back")
    assert {entry.id for entry in user.journal()} == {entry.id for entry in whole}
    assert user.notices() == [damaged]
    user.link.undo()
    assert len(user.journal()) == 3


@pytest.mark.parametrize("damage", ["missing", "empty", "foreign"])
def test_a_journal_that_is_gone_is_offered_from_its_copy_and_from_its_backups(
    user: "User", damage: str
) -> None:
    user.fill_journal(4)
    backups = Backups(user.folder / "backups")
    backups.keep(user.file.read_bytes(), user.clock.now() - timedelta(days=1), Why.TIMED)
    if damage == "missing":
        user.file.unlink()
    else:
        user.file.write_bytes(b"" if damage == "empty" else b"PK")
    user.open()
    assert user.notices()[-1].startswith("A copy of your journal (yesterday, ")
    assert user.journal() == []
    user.click_on("Bring them back")
    assert len(user.journal()) == 4


def test_a_copy_is_offered_until_it_is_taken_also_after_other_entries_came(user: "User") -> None:
    user.fill_journal(4)
    user.file.rename(user.file.with_name("journal.json.bak"))
    user.open()
    user.make_two_entries()
    user.link.add(RestDay(id=new_id(), at=user.clock.now()))
    user.look()
    user.click_on("Bring them back")
    assert len(user.journal()) == 7


def test_entries_two_windows_bring_back_appear_once(user: "User") -> None:
    user.fill_journal(4)
    user.file.rename(user.file.with_name("journal.json.bak"))
    first, second = user.open(), user.open()
    for window in (second, first):
        user.windows = [first, second] if window is second else [second, first]
        user.turn_to(window)
        user.click_on("Bring them back")
    assert len(user.journal()) == len(user.link.book) == 4


def test_nothing_is_offered_if_the_copy_has_no_more(user: "User") -> None:
    user.fill_journal(4)
    user.file.with_name("journal.json.bak").write_bytes(user.file.read_bytes())
    lines = user.file.read_bytes().splitlines(keepends=True)
    user.file.write_bytes(b"".join(lines[:-1]))  # all entries are there; the end is not
    user.open()
    assert len(user.notices()) == 1
    assert len(user.journal()) == 4


# Routines


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ('name = "x"\ncolour = 1', "colour", "name, settle, steps"),
        ('name = "x"', "settle", ""),
        ("name =", "not a TOML file", ""),
        (None, "steps[0].pressure", "[1, 5]"),
        ("zones", "steps[0].zones", "back-edge"),
    ],
)
def test_a_wrong_routine_is_named_with_its_file_its_key_and_what_is_allowed(
    user: "User", text: str | None, key: str, allowed: str, short: str
) -> None:
    if text is None:
        text = short.replace("pressure = [3, 4]", "pressure = [3, 6]")
    elif text == "zones":
        text = short.replace('["front-edge"]', '["elbow"]')
    user.add_routine("mine.toml", text)
    user.add_routine("good.toml", short.replace('"Short"', '"Good"'))
    user.open()
    (said,) = user.notices()
    assert "mine.toml" in said
    assert key in said
    assert allowed in said
    assert "Good" in user.reads(), "the others work"
