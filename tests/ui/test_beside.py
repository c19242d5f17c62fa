"""The window where other journals lie beside the journal, or in its place."""

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.sync_tools import backups_dir
from itband_gui.machine.folders import acknowledged_file, user_state_dir
from itband_gui.ui.widgets.notice import Notice
from tests.ui.troubles import add_elsewhere, wait_for_news

if TYPE_CHECKING:
    from tests.ui.conftest import User

TAKEN_IN = (
    "“journal-annas-macbook.json”, in your journal’s folder, is also a journal. Entries or changes "
    "added from it: 1. The file stays where it is."
)
See = Callable[[Callable[[], object]], None]


@pytest.fixture
def sees(user: "User", qtbot: QtBot) -> See:
    """Return what does something to the folder and waits until the window has taken it in."""
    return partial(wait_for_news, user, qtbot)


def theirs_of(user: "User") -> bytes:
    """Return the journal of another machine, with a fourth entry; ours is in its place."""
    user.fill_journal()
    before = user.file.read_bytes()
    add_elsewhere(user)
    theirs = user.file.read_bytes()
    user.file.write_bytes(before)
    return theirs


def copies_of(user: "User", *counts: int) -> list[bytes]:
    """Take the journal away, and return copies of it with its first so many entries."""
    user.fill_journal(max(counts))
    entries = decode(user.file.read_bytes()).entries
    user.file.unlink()
    return [encode(Book(entries[:count])) for count in counts]


def bring_back(user: "User", name: str) -> None:
    """Click on what brings back what a notice tells of."""
    (notice,) = (each for each in user.window.findChildren(Notice) if name in each.text.text())
    user.click(notice.buttons[0])


def test_a_copy_of_any_name_is_merged_kept_and_reported_once(user: "User", sees: See) -> None:
    theirs = theirs_of(user)
    user.open()
    copy = user.folder / "journal-annas-macbook.json"
    sees(lambda: copy.write_bytes(theirs))
    assert len(user.journal()) == 4
    assert copy.read_bytes() == theirs
    assert user.notices() == [
        "Your journal was changed elsewhere: 1 added.",
        TAKEN_IN,
    ]
    user.leave()
    user.open()
    assert user.notices() == []


def test_the_notice_says_where_a_sync_tools_copy_went(user: "User", sees: See) -> None:
    theirs = theirs_of(user)
    user.open()
    copy = user.folder / "journal_Andy-PC_Nov-30-0901-2026_Conflict.json"
    sees(lambda: copy.write_bytes(theirs))
    assert not copy.exists()
    told = user.notices()[-1]
    assert copy.name in told
    assert str(backups_dir(user.folder, user_state_dir(os.environ)) / "conflict-copies") in told


def test_copies_that_cannot_be_merged_share_one_notice(user: "User", qtbot: QtBot) -> None:
    theirs = theirs_of(user)
    user.open()
    for name, data in (("journal (1).json", theirs[:-90]), ("journal (2).json", b"")):
        with qtbot.waitSignal(user.link.beside, timeout=60_000):
            (user.folder / name).write_bytes(data)
    (told,) = user.notices()
    assert "“journal (1).json”, in your journal’s folder, is a damaged journal." in told
    assert "“journal (2).json”, in your journal’s folder, is named like a copy of it" in told
    assert len(user.journal()) == 3
    user.leave()
    user.open()
    assert user.notices() == []


def test_a_copy_found_half_written_is_no_longer_called_damaged(user: "User", qtbot: QtBot) -> None:
    theirs = theirs_of(user)
    user.open()
    for data in (theirs[:-90], theirs):
        with qtbot.waitSignal(user.link.beside, timeout=60_000):
            (user.folder / "journal-annas-macbook.json").write_bytes(data)
    assert user.notices()[0] == TAKEN_IN


def test_a_name_with_control_characters_is_shown_as_plain_text(user: "User", sees: See) -> None:
    theirs = theirs_of(user)
    user.open()
    sees(lambda: (user.folder / "\u202e<b>jour\nnal").write_bytes(theirs))
    assert "“<b>jour nal”, in your journal’s folder," in user.notices()[-1]


def test_each_journal_in_the_place_of_a_missing_one_is_offered(user: "User") -> None:
    copies = copies_of(user, 2, 3, 4)
    names = ["journal..path1.json", "journal..path2.json", "old copy.txt"]
    for number, (name, data) in enumerate(zip(names, copies, strict=True)):
        (user.folder / name).write_bytes(data)
        os.utime(user.folder / name, (number, number))
    os.utime(user.folder / names[2], (0, 0))  # the largest is the oldest
    os.utime(user.folder / names[0], (9, 9))
    user.open()
    told = user.notices()
    assert [f"missing here: {count}." in text for count, text in zip((2, 3, 4), told, strict=True)]
    assert all(name in text for name, text in zip(names, told, strict=True))
    assert user.journal() == []
    bring_back(user, names[1])
    (left,) = user.notices()
    assert f"“{names[2]}”" in left
    assert "missing here: 1." in left
    bring_back(user, names[2])
    assert user.notices() == []
    assert len(user.journal()) == 4
    assert [(user.folder / name).read_bytes() for name in names] == copies


def test_a_copy_with_nothing_more_is_not_offered(user: "User") -> None:
    (data,) = copies_of(user, 3)
    for name in ("journal..path1.json", "journal..path2.json", "journal.json.bak"):
        (user.folder / name).write_bytes(data)
    user.open()
    assert len(user.notices()) == 1


def test_what_a_sync_tool_renamed_on_both_sides_is_the_journal_again(
    user: "User", sees: See
) -> None:
    first, second = copies_of(user, 2, 3)
    log = acknowledged_file(user.file, os.environ)
    assert not log.exists()
    (user.folder / "journal.json.conflict1").write_bytes(first)
    (user.folder / "journal.json.conflict2").write_bytes(second)
    user.open()
    user.look()
    assert len(user.journal()) == 3


def test_an_archive_beside_a_new_journal_is_left_alone(user: "User") -> None:
    (data,) = copies_of(user, 3)
    archive = user.folder / "journal-2025.json"
    archive.write_bytes(data)
    user.open()
    (offered,) = user.notices()
    assert "“journal-2025.json” in your journal’s folder" in offered
    user.click_on("Close")
    user.make_two_entries()
    assert len(user.journal()) == 2
    user.leave()
    user.open()
    assert (len(user.journal()), user.notices()) == (2, [])
    assert archive.read_bytes() == data
