"""Importing: the preview, the taking, what is refused, importing twice."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from itband_gui.journal import safe_file
from itband_gui.journal.backups import Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode, encode
from itband_gui.journal.csv_writer import write_csv
from itband_gui.journal.entries import Entry
from itband_gui.journal.exchange import preview_import
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.ui.journal.other_versions import undecided
from itband_gui.ui.journal_file import import_dialog
from itband_gui.ui.journal_file.import_dialog import WAY, WHAT, ImportDialog
from tests.ui.journal_file.conftest import Turnstile

if TYPE_CHECKING:
    from tests.ui.journal_file.conftest import Keeper, MakeDays

JournalOf = Callable[[list[Entry]], bytes]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "theirs.csv"


@pytest.fixture
def given(keeper: "Keeper", source: Path) -> Callable[[bytes], ImportDialog]:
    """Return what opens the import of a file of these bytes."""

    def give(data: bytes) -> ImportDialog:
        source.write_bytes(data)
        if not keeper.user.windows:
            keeper.open()
        keeper.section.open_import(source)
        return keeper.dialog(ImportDialog)

    return give


Give = Callable[[bytes], ImportDialog]


def cells(dialog: ImportDialog) -> list[tuple[str, str]]:
    rows = range(dialog.model.rowCount())
    return [(dialog.model.words(row)[WAY], dialog.model.words(row)[WHAT]) for row in rows]


def test_a_row_without_a_time_is_shown_without_one(given: Give) -> None:
    dialog = given(b"date,leg,score\n2026-11-02,left,4\n2026-11-03 07:10,left,3\n")
    dialog.background.settle(60)
    whens = {dialog.model.words(row)[1] for row in range(dialog.model.rowCount())}
    assert whens == {"2 Nov", "3 Nov 07:10"}


def test_by_keys_and_a_named_file_new_entries_come_in_and_ctrl_z_takes_them_back(
    keeper: "Keeper", days: "MakeDays", source: Path
) -> None:
    source.write_bytes(write_csv(days(3)))
    keeper.open().import_.setFocus()
    keeper.press("Return")
    keeper.name_file(source)
    dialog = keeper.dialog(ImportDialog)
    assert "New: 3" in dialog.told.text()
    assert keeper.ids() == set()
    keeper.press("Return")
    assert keeper.gone(ImportDialog)
    assert len(keeper.ids()) == 3
    assert "Entries imported: 3" in keeper.says()
    keeper.user.press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert keeper.ids() == set()


def test_the_dialog_for_the_file_offers_tables_and_journals_that_are_there(
    keeper: "Keeper",
) -> None:
    keeper.user.click(keeper.open().import_)
    dialog = keeper.dialog(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    assert "*.csv" in dialog.nameFilters()[0]
    assert "*.json" in dialog.nameFilters()[0]
    dialog.reject()
    keeper.look()


def test_nothing_is_taken_before_ok(keeper: "Keeper", days: "MakeDays", given: Give) -> None:
    given(write_csv(days(3)))
    keeper.press("Escape")
    assert keeper.gone(ImportDialog)
    assert keeper.ids() == set()
    assert keeper.says() == ""


def test_importing_twice_finds_nothing_new(keeper: "Keeper", days: "MakeDays", given: Give) -> None:
    data = write_csv(days(3))
    keeper.user.click(given(data).take)
    keeper.look()
    dialog = given(data)
    assert dialog.told.text().split("\n") == ["There is nothing new in it.", "Same as yours: 3"]
    assert not dialog.take.isEnabled()
    assert dialog.cancel.text() == "Close"


def test_each_row_says_what_becomes_of_it_the_refused_first(
    keeper: "Keeper", days: "MakeDays", given: Give
) -> None:
    keeper.open()
    old, changed, new = days(3)
    for entry in (old, changed):
        keeper.user.link.add(entry)
    keeper.look()
    table = write_csv([old, replace(changed, note="<b>by hand</b>"), new])
    bad = b'"2999-01-01","","rest-day"\r\n'
    dialog = given(table + bad.replace(b'"2999-01-01",""', b'"2999-01-01T00:00:00+00:00",""'))
    assert [way for way, _ in cells(dialog)] == [
        "Not imported",
        "Newer than yours; replaces it",
        "New",
        "Same as yours",
    ]
    assert "future" in cells(dialog)[0][1]
    assert "<b>by hand</b>" in cells(dialog)[1][1]
    assert "Cannot be imported: 1" in dialog.told.text()
    tip = str(dialog.model.index(1, WHAT).data(Qt.ItemDataRole.ToolTipRole))
    assert "&lt;b&gt;" in tip


def test_the_row_that_the_keyboard_is_in_is_told_in_full(
    keeper: "Keeper", days: "MakeDays", given: Give
) -> None:
    long = [replace(entry, note=f"{n} " + "word " * 60) for n, entry in enumerate(days(2))]
    dialog = given(write_csv(long))
    first = dialog.row.text()
    keeper.press("Down")
    assert first != dialog.row.text()
    assert dialog.row.text().count("word") == 60


def test_the_journal_as_it_is_is_kept_first(
    keeper: "Keeper", days: "MakeDays", given: Give
) -> None:
    keeper.open()
    mine = days(2, first=10)
    for entry in mine:
        keeper.user.link.add(entry)
    keeper.look()
    keeper.user.click(given(write_csv(days(3))).take)
    keeper.look()
    copy = next(copy for copy in keeper.backups.copies() if copy.why is Why.IMPORT)
    held = decode(keeper.backups.read(copy)).entries
    assert {entry.id for entry in held} == {entry.id for entry in mine}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b'"at":"2', b'"at":"9', "its year must be from 1900 to 2200"),
        (b'"rev":1', b'"rev":"x"', "Expected `int`"),
    ],
)
def test_why_a_line_cannot_be_read_is_told_in_words(
    days: "MakeDays", given: Give, before: bytes, after: bytes, told: str
) -> None:
    data = encode(Book(days(3))).replace(before, after, 1)
    shown = [what for _, what in cells(given(data))]
    assert any(told in what for what in shown)


def test_where_it_cannot_be_kept_first_nothing_is_taken(
    keeper: "Keeper", days: "MakeDays", given: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.user.fill_journal(2)
    dialog = given(write_csv(days(3)))

    def full(folder: object) -> None:
        raise NotSavedError(NotSavedCode.FULL, keeper.user.file)

    with monkeypatch.context() as patch:
        patch.setattr(safe_file, "make_folder", full)
        keeper.user.click(dialog.take)
        keeper.look()
    assert "Nothing was changed" in dialog.told.text()
    assert len(keeper.ids()) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"date,leg,score\n\xff\xff", "not text in UTF-8"),
        (b"a,b\n1,2\n", "must name the columns"),
        (b"date,leg,score,score\n", "two columns called"),
        (b'{"a": 1}', "neither a journal"),
    ],
)
def test_a_file_of_no_use_is_told_and_offers_nothing(
    keeper: "Keeper", given: Give, data: bytes, words: str
) -> None:
    dialog = given(data)
    assert words in dialog.told.text()
    assert not dialog.take.isEnabled()
    keeper.press("Return")
    assert keeper.gone(ImportDialog)


def test_a_file_that_cannot_be_read_or_is_far_too_large_is_told(
    keeper: "Keeper", given: Give, source: Path
) -> None:
    keeper.open()
    source.mkdir()
    keeper.section.open_import(source)
    dialog = keeper.dialog(ImportDialog)
    assert "not an ordinary file" in dialog.told.text()
    dialog.reject()
    source.rmdir()
    with source.open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    keeper.section.open_import(source)
    assert "larger than 32 MB" in keeper.dialog(ImportDialog).told.text()


def amended_elsewhere(keeper: "Keeper", entry: Entry, times: int) -> bytes:
    """Change an entry twice here, and `times` in a copy of the journal; return the copy."""
    keeper.user.link.add(entry)
    keeper.look()
    book = Book(decode(keeper.user.file.read_bytes()).snapshot)
    for number in range(times):
        book.amend(replace(entry, note=f"there {number}"))
    for number in range(2):
        keeper.user.link.amend(replace(entry, note=f"here {number}"))
    keeper.look()
    return encode(book)


def versions(keeper: "Keeper") -> list[tuple[str, str]]:
    """Return the notes of what counts and of what is undecided beside it."""
    return [(p.counts.note, p.other.note) for p in undecided(keeper.user.link.book)]


def days_again(entries: list[Entry]) -> bytes:
    """Return a table of the same days under other ids."""
    return write_csv([replace(entry, id=f"again {entry.id}") for entry in entries])


def test_what_looks_like_one_that_is_there_is_told_and_left_out(
    keeper: "Keeper", days: "MakeDays", given: Give
) -> None:
    mine = days(2)
    dialog = given(days_again(mine))
    assert not dialog.doubles.isVisible()
    keeper.user.link.add(mine[0])
    keeper.look()
    why = "skipped: same kind and leg, at the same time or on the same day"
    assert dialog.told.text().split("\n") == [
        "New: 1",
        f"Looks like one of yours ({why}): 1",
    ]
    assert [way for way, _ in cells(dialog)] == ["Looks like one of yours", "New"]
    assert dialog.doubles.isVisible()
    assert not dialog.doubles.box.isChecked()
    keeper.user.click(dialog.take)
    keeper.look()
    assert keeper.ids() == {mine[0].id, f"again {mine[1].id}"}


def test_what_looks_like_one_that_is_there_comes_in_if_wished_by_keys_alone(
    keeper: "Keeper", days: "MakeDays", given: Give
) -> None:
    (mine,) = days(1)
    keeper.open()
    keeper.user.link.add(mine)
    keeper.look()
    dialog = given(days_again([mine]))
    assert dialog.told.text().startswith("There is nothing new in it.")
    assert (dialog.take.isEnabled(), dialog.cancel.text()) == (False, "Close")
    dialog.doubles.box.setFocus()
    for requested in (True, False, True):
        keeper.press("Space")
        assert dialog.take.isEnabled() is requested
        assert dialog.cancel.text() == ("Cancel" if requested else "Close")
        assert dialog.doubles.isVisible()
        assert dialog.doubles.box.hasFocus(), "who chooses there goes on there"
    keeper.press("Return")
    assert keeper.gone(ImportDialog)
    assert keeper.ids() == {mine.id, f"again {mine.id}"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-11-20,25:00,,left,4", "time must be a time like 07:10, not “25:00”."),
        (
            "9/10/2026,,,left,4",
            "date can mean two different days: “9/10/2026”. Write it like 2026-11-22.",
        ),
        ("45983,,,left,4", "date is a spreadsheet’s number for a day: “45983”. Format that column"),
        (
            "2026-11-20,,2026-11-19,left,4",
            "date says “2026-11-20”, but at says “2026-11-19”. Make them agree,",
        ),
        ("2026-11-20,,,left,four", "score must be a number, not “four”."),
    ],
)
def test_a_refusal_names_the_cell_that_is_wrong_and_what_is_in_it(
    given: Give, row: str, told: str
) -> None:
    dialog = given(f"date,time,at,leg,score\n{row}\n".encode())
    assert cells(dialog)[0][1].startswith(told)


HERE, THERE = "here 1", "there 2"  # the last ones; three changes count for more than two


def test_what_was_changed_more_often_there_counts_and_ours_is_kept_for_the_user(
    keeper: "Keeper", days: "MakeDays", given: Give
) -> None:
    keeper.open()
    dialog = given(amended_elsewhere(keeper, days(1)[0], 3))
    assert cells(dialog)[0][0] == "Different; replaces yours"
    keeper.user.click(dialog.take)
    keeper.look()
    assert "for you to decide: 1" in keeper.says()
    assert versions(keeper) == [(THERE, HERE)]
    assert len(Book(decode(keeper.user.file.read_bytes()).snapshot).overruled) == 1
    keeper.user.click_on("Undo")
    keeper.look()
    (entry,) = keeper.user.journal()
    assert entry.note == HERE
    assert (HERE, HERE) not in versions(keeper)


def test_what_was_changed_less_often_there_is_kept_for_the_user_and_nothing_can_be_undone(
    keeper: "Keeper", days: "MakeDays", given: Give
) -> None:
    keeper.open()
    dialog = given(amended_elsewhere(keeper, days(1)[0], 1))
    assert cells(dialog)[0][0] == "Different; yours stays"
    keeper.user.click(dialog.take)
    keeper.look()
    assert keeper.says() == "Entries with another version, for you to decide: 1. See Journal."
    assert "Undo" not in keeper.user.reads()
    assert versions(keeper) == [(HERE, "there 0")]
    keeper.section.restore.setFocus()
    keeper.user.press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert versions(keeper) == [(HERE, "there 0")]


@pytest.mark.parametrize("times", [1, 3])
def test_other_versions_wait_for_a_disk_that_refuses_as_entries_do(
    keeper: "Keeper",
    days: "MakeDays",
    given: Give,
    monkeypatch: pytest.MonkeyPatch,
    times: int,
) -> None:
    keeper.open()
    dialog = given(amended_elsewhere(keeper, days(1)[0], times))

    def refuse(target: Path, _data: bytes) -> None:
        raise NotSavedError(NotSavedCode.FULL, target)

    with monkeypatch.context() as full:
        full.setattr(safe_file, "save_file", refuse)
        keeper.user.click(dialog.take)
        keeper.look()
        assert not keeper.user.link.save_state.saved
    assert keeper.user.link.flush()
    keeper.look()
    assert len(versions(keeper)) == 1
    assert len(Book(decode(keeper.user.file.read_bytes()).snapshot).overruled) == 1


def test_what_comes_in_meanwhile_is_compared_anew(
    keeper: "Keeper", days: "MakeDays", given: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, (other,) = days(2), days(1, first=9)
    dialog = given(write_csv(mine))
    turnstile = Turnstile(preview_import)
    monkeypatch.setattr(import_dialog, "preview_import", turnstile)
    keeper.user.link.add(other)
    keeper.user.link.add(mine[0])
    turnstile.let_through_before_the_next()
    keeper.user.look()
    assert not dialog.take.isEnabled()
    turnstile.let_through()
    keeper.look()
    assert dialog.take.isEnabled()
    assert dialog.told.text().split("\n") == ["New: 1", "Same as yours: 1"]


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_shown(keeper: "Keeper", given: Give) -> None:
    at = keeper.user.clock.now() - timedelta(days=1)
    lines = [b"date,leg,score"]
    for number in range(100_000):
        day = (at - timedelta(minutes=number)).strftime("%Y-%m-%d %H:%M").encode()
        lines.append(b"%b,left,%d" % (day, number % 12))
    dialog = given(b"\n".join(lines))
    assert dialog.model.rowCount() == 100_000
    keeper.user.press("End")
    assert dialog.row.text()
