"""Restoring an earlier state: what is offered, what is said first, and the way back."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from itband_gui.journal import safe_file
from itband_gui.journal.backups import Why
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Entry
from itband_gui.journal.exchange import compare_copy
from itband_gui.journal.safe_file import NotSavedCode, NotSavedError
from itband_gui.ui.journal_file import restore_dialog
from itband_gui.ui.journal_file.restore_dialog import RestoreDialog
from itband_gui.ui.journal_file.text import reading_text
from itband_gui.ui.text.dates import local_date, short_day_text
from itband_gui.ui.widgets.dialogs import Question
from tests.ui.journal_file.conftest import Turnstile

if TYPE_CHECKING:
    from tests.ui.conftest import User
    from tests.ui.journal_file.conftest import Keeper, MakeDays

JournalOf = Callable[[list[Entry]], bytes]


@pytest.fixture
def entries(user: "User", days: "MakeDays", journal_of: JournalOf) -> list[Entry]:
    """Forty days, all in the journal."""
    made = days(40)
    user.folder.mkdir()
    user.file.write_bytes(journal_of(made))
    return made


def opened(keeper: "Keeper") -> RestoreDialog:
    keeper.open()
    keeper.user.click(keeper.section.restore)
    return keeper.dialog(RestoreDialog)


def rows(dialog: RestoreDialog) -> list[str]:
    model = dialog.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def rest_days(keeper: "Keeper", *entries: Entry) -> str:
    """Return rest days as they are named, in this order."""
    today = local_date(keeper.user.clock.now())
    return "; ".join(f"{short_day_text(local_date(e.at), today)}, Rest day" for e in entries)


def test_the_copies_are_listed_newest_first_with_why_and_what_they_hold(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[5:]), 5, Why.IMPORT)
    keeper.keep(journal_of(entries[1:]), 1)
    dialog = opened(keeper)
    rows(dialog)
    keeper.look()
    newest, oldest = rows(dialog)
    assert re.fullmatch(r"Yesterday, [\d:]+: automatic copy\nEntries: 39, .* to .*", newest)
    assert re.fullmatch(r"Tuesday, .*: before an import\nEntries: 35, .* to .*", oldest)
    row = dialog.list.visualRect(dialog.list.model().index(0, 0))
    assert row.height() > 2 * dialog.list.fontMetrics().lineSpacing()
    assert not dialog.list.horizontalScrollBar().isVisible()


def test_what_bringing_one_back_would_change_is_said_first(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf, days: "MakeDays"
) -> None:
    amended = [replace(entries[1], note="as it was"), *entries[3:]]
    keeper.keep(journal_of([*amended, *days(2, first=60)]), 3)
    dialog = opened(keeper)
    assert dialog.told.text().split("\n") == [
        "Entries that come back: 2",
        "Entries that change back: 1",
        f"Entries that will be removed: 2 ({rest_days(keeper, entries[0], entries[2])})",
        "Entries that stay: 37",
    ]
    assert keeper.ids() == {entry.id for entry in entries}


def test_of_many_that_go_the_newest_are_named(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[5:]), 3)
    said = opened(keeper).told.text().split("\n")[0]
    assert said.startswith(
        f"Entries that will be removed: 5 ({rest_days(keeper, *entries[:3])}; …)"
    )


def test_by_keys_alone_a_copy_comes_back_and_ctrl_z_takes_that_back(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[2:]), 2)
    keeper.keep(journal_of(entries[1:]), 1)
    keeper.open().restore.setFocus()
    keeper.press("Return", "Down", "Return")
    assert keeper.gone(RestoreDialog)
    assert keeper.ids() == {entry.id for entry in entries[2:]}
    assert "Ctrl+Z" in keeper.says()
    assert "Undo" in keeper.user.reads()
    keeper.user.press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert keeper.ids() == {entry.id for entry in entries}
    assert keeper.says() == "Undone: 2 entries"


def test_undo_in_the_notice_takes_it_back_too(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[2:]), 2)
    keeper.user.click(opened(keeper).bring_back)
    keeper.look()
    keeper.user.click_on("Undo")
    assert keeper.ids() == {entry.id for entry in entries}


def test_the_journal_as_it_is_is_kept_first(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[2:]), 2)
    keeper.user.click(opened(keeper).bring_back)
    keeper.look()
    newest = next(copy for copy in keeper.backups.copies() if copy.why is Why.RESTORE)
    kept = decode(keeper.backups.read(newest)).entries
    assert {entry.id for entry in kept} == {entry.id for entry in entries}


def test_where_it_cannot_be_kept_first_nothing_is_changed(
    keeper: "Keeper",
    entries: list[Entry],
    journal_of: JournalOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keeper.keep(journal_of(entries[2:]), 2)
    dialog = opened(keeper)

    def full(folder: object) -> None:
        raise NotSavedError(NotSavedCode.FULL, keeper.user.file)

    with monkeypatch.context() as patch:
        patch.setattr(safe_file, "make_folder", full)
        keeper.user.click(dialog.bring_back)
        keeper.look()
    assert "Nothing was changed" in dialog.told.text()
    assert "The disk is full" in dialog.told.text()
    assert keeper.ids() == {entry.id for entry in entries}


def test_where_many_would_go_it_is_asked_and_the_safe_answer_changes_nothing(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[30:]), 2)
    keeper.user.click(opened(keeper).bring_back)
    question = keeper.user.question
    assert question is not None
    assert question.text() == "Remove 30 of 40 entries?"
    keeper.press("Return")
    assert keeper.gone(Question)
    assert len(keeper.ids()) == 40
    keeper.user.click(keeper.dialog(RestoreDialog).bring_back)
    keeper.user.click_on("Bring it back")
    keeper.look()
    assert len(keeper.ids()) == 10


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b damaged"])
def test_a_damaged_copy_is_named_and_not_offered(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf, data: bytes
) -> None:
    keeper.keep(journal_of(entries[1:]), 1)
    keeper.keep(journal_of(entries[2:]), 2).write_bytes(data)
    dialog = opened(keeper)
    keeper.press("Down")
    assert "Damaged" in rows(dialog)[1]
    assert "Damaged" in dialog.told.text()
    assert not dialog.bring_back.isEnabled()
    keeper.press("Return")
    assert len(keeper.ids()) == 40


def test_a_copy_that_says_the_same_is_not_offered(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries), 1)
    dialog = opened(keeper)
    assert dialog.told.text() == "Your journal already has exactly these entries."
    assert not dialog.bring_back.isEnabled()


def test_without_copies_it_says_so(keeper: "Keeper", entries: list[Entry]) -> None:
    dialog = opened(keeper)
    assert "No copy is kept yet" in dialog.told.text()
    assert not dialog.bring_back.isEnabled()


def test_copies_that_cannot_be_listed_are_told(keeper: "Keeper", entries: list[Entry]) -> None:
    (keeper.user.folder / "backups").write_bytes(b"a file")
    dialog = opened(keeper)
    assert "cannot be listed" in dialog.told.text()


def test_what_comes_in_meanwhile_is_compared_anew(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[1:]), 1)
    dialog = opened(keeper)
    assert "Entries that will be removed: 1" in dialog.told.text()
    keeper.user.link.remove(entries[0].id)
    keeper.look()
    assert dialog.told.text() == "Your journal already has exactly these entries."


def test_esc_while_it_is_kept_first_changes_nothing(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[2:]), 2)
    dialog = opened(keeper)
    dialog.bring_back.click()
    dialog.reject()
    assert dialog.background.settle(60)
    keeper.look()
    assert len(keeper.ids()) == 40


def test_what_was_read_of_a_copy_that_is_no_longer_chosen_is_not_shown(
    keeper: "Keeper",
    entries: list[Entry],
    journal_of: JournalOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keeper.keep(journal_of(entries[2:]), 2)
    keeper.keep(journal_of(entries[1:]), 1)
    dialog = opened(keeper)
    turnstile = Turnstile(compare_copy)
    monkeypatch.setattr(restore_dialog, "compare_copy", turnstile)
    keeper.user.press("Down", "Up")
    turnstile.let_through_before_the_next()
    keeper.user.look()
    assert dialog.told.text() == reading_text()
    assert not dialog.bring_back.isEnabled()
    turnstile.let_through()
    keeper.look()
    assert "Entries that will be removed: 1" in dialog.told.text()


def test_only_copies_that_are_seen_are_read(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    for number in range(300):
        keeper.keep(journal_of(entries[number % 30 :]), 1 + number)
    dialog = opened(keeper)
    model = dialog.list.model()
    assert model.rowCount() == 300
    keeper.press("End")
    read = {row for row in range(300) if reading_text() not in model.index(row, 0).data()}
    assert {0, 299} <= read
    assert len(read) < 120


def test_a_journal_of_a_newer_version_is_left_alone(
    keeper: "Keeper", entries: list[Entry], journal_of: JournalOf
) -> None:
    keeper.keep(journal_of(entries[1:]), 1)
    dialog = opened(keeper)
    newer = keeper.user.file.read_bytes().replace(b'"min_reader": 1', b'"min_reader": 9')
    keeper.user.file.write_bytes(newer)
    keeper.user.click(dialog.bring_back)
    keeper.look()
    assert "newer version" in dialog.told.text()
    assert keeper.user.file.read_bytes() == newer
