"""Everything saved on this machine survives any file that replaces the journal."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from itband_gui.journal.acknowledged import Acknowledged, Missed
from itband_gui.journal.backups import Why
from itband_gui.journal.book import Book
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Rating
from itband_gui.journal.recovery import RecoverySource, copies_of
from itband_gui.journal.store import LoadCode, Store
from tests.journal.store.machine import NOON, Machine, MakeRating, ids, rolled_back

# An older version of ours


def test_what_an_older_file_lacks_is_held_when_it_is_opened_and_back_once_saved(
    machine: Machine, ten: list[Rating]
) -> None:
    rolled_back(machine, ten)
    loaded = machine.load()
    assert loaded.code is LoadCode.SOUND
    assert {entry.id for entry in loaded.book} == ids(ten)
    assert loaded.missed == Missed(back=frozenset(ids(ten[6:])))
    assert loaded.book.dirty
    assert machine.ids() == ids(ten[:6])  # to open it writes nothing
    store = machine.store()
    saved = store.save(store.load().book)
    assert saved.missed == loaded.missed
    assert machine.ids() == ids(ten)
    assert not machine.load().missed


def test_one_more_entry_on_top_of_it_brings_all_back(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    rolled_back(machine, ten)
    more = rating(hour=20)
    assert machine.add(more).back == ids(ten[6:])
    assert machine.ids() == ids([*ten, more])
    assert not machine.add(rating(hour=21))


def test_an_entry_that_another_program_saved_on_top_of_it_is_joined(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    rolled_back(machine, ten)
    theirs = rating(hour=20)
    older_program = Store(machine.path)  # knows no memory
    book = older_program.load().book
    book.add(theirs)
    older_program.save(book)
    assert machine.put_back().back == ids(ten[6:])
    assert machine.ids() == ids([*ten, theirs])


def test_changes_and_removals_are_back_too(machine: Machine, ten: list[Rating]) -> None:
    machine.add(*ten)
    older = machine.path.read_bytes()
    machine.change(lambda book: book.amend(replace(ten[0], score=9)))
    machine.change(lambda book: book.remove(ten[1].id))
    machine.path.write_bytes(older)
    missed = machine.put_back()
    assert missed == Missed(changed=frozenset(ids(ten[:2])))
    book = machine.load().book
    first = book.get(ten[0].id)
    assert isinstance(first, Rating)
    assert first.score == 9
    assert ten[1].id not in book


def test_a_removal_is_back_even_where_all_have_forgotten_it(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    machine.add(*ten)
    older = machine.path.read_bytes()
    machine.change(lambda book: book.remove(ten[0].id))
    much_later = Store(
        machine.path, machine.backups, lambda: NOON + timedelta(days=400), machine.log
    )
    book = much_later.load().book
    book.add_all(rating(hour=24 * 300 + hour) for hour in range(20))
    much_later.save(book)
    assert b"removed" not in machine.path.read_bytes()
    machine.path.write_bytes(older)
    machine.put_back()
    assert ten[0].id not in machine.ids()


def test_what_an_older_file_lacks_is_found_while_a_window_is_open(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    machine.add(*ten[:6])
    window = machine.store()
    book = window.load().book
    older = machine.path.read_bytes()
    machine.add(*ten[6:])  # by a command, which the window has not seen
    machine.path.write_bytes(older)
    window.refresh(book)
    assert {entry.id for entry in book} == ids(ten)
    book.add(rating(hour=20))
    window.save(book)
    assert ids(ten) < machine.ids()


def test_a_file_that_is_taken_away_while_a_window_is_open_is_written_anew_with_all(
    machine: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten[:6])
    window = machine.store()
    book = window.load().book
    machine.add(*ten[6:])
    machine.path.unlink()
    window.refresh(book)
    assert book.dirty
    window.save(book)
    assert machine.ids() == ids(ten)


def test_to_look_again_is_no_news(machine: Machine, ten: list[Rating]) -> None:
    machine.add(*ten)
    window = machine.store()
    window.load()
    assert window.look() is None
    machine.log.forget()
    assert window.look() is None


def test_a_copy_that_is_restored_on_purpose_is_not_undone(
    machine: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten)
    machine.change(lambda book: book.replace_all(ten[:6]))
    assert machine.ids() == ids(ten[:6])
    loaded = machine.load()
    assert (len(loaded.book), loaded.missed) == (6, Missed())


# Other machines


def test_a_deletion_made_elsewhere_stays_one_is_told_once_and_kept(
    machine: Machine, other: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten)
    other.change(lambda book: book.remove(ten[3].id))
    loaded = machine.load()
    assert loaded.missed == Missed(gone=frozenset({ten[3].id}))
    assert ten[3].id not in loaded.book
    assert machine.put_back() == loaded.missed
    assert machine.ids() == ids(ten) - {ten[3].id}
    assert machine.kept(Why.MERGE) == [ids(ten)]
    assert not machine.load().missed


def test_of_byte_identical_edits_on_two_machines_the_one_that_goes_is_told_and_kept(
    machine: Machine, other: Machine, ten: list[Rating]
) -> None:
    """They count as one version, so a deletion of one is a deletion of both (O1)."""
    machine.add(*ten)
    before = machine.path.read_bytes()
    machine.change(lambda book: book.amend(replace(ten[3], score=7)))
    here = machine.path.read_bytes()
    machine.path.write_bytes(before)
    other.change(lambda book: book.amend(replace(ten[3], score=7)))
    assert other.path.read_bytes() == here
    other.change(lambda book: book.remove(ten[3].id))
    missed = machine.put_back()
    assert missed.gone == {ten[3].id}
    assert machine.kept(Why.MERGE) == [ids(ten)]


def test_what_both_machines_have_saved_stands_whichever_file_is_put_in_place(
    machine: Machine, other: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten[:4])
    shared = machine.path.read_bytes()
    machine.add(*ten[4:7])
    machine.path.write_bytes(shared)  # the sync tool has not carried those three yet
    other.add(*ten[7:])
    assert machine.put_back().back == ids(ten[4:7])
    assert machine.ids() == ids(ten)
    assert not other.load().missed


# Changes by hand


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def test_a_line_taken_out_by_hand_stays_out_is_told_once_and_kept(
    machine: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten)
    lines = lines_of(machine.path)
    machine.path.write_bytes(b"".join(lines[:4] + lines[5:]))
    loaded = machine.load()
    assert loaded.code is LoadCode.EDITED
    assert loaded.missed == Missed(gone=frozenset({ten[2].id}))
    assert machine.put_back() == loaded.missed
    assert machine.ids() == ids(ten) - {ten[2].id}
    assert machine.kept(Why.MERGE) == [ids(ten)]
    assert not machine.load().missed


def test_many_lines_taken_out_by_hand_while_nothing_is_open_are_told_and_kept(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    machine.add(*ten)
    lines = lines_of(machine.path)
    machine.path.write_bytes(b"".join(lines[:2] + lines[7:]))
    more = rating(hour=20)
    assert machine.add(more).gone == ids(ten[:5])
    assert machine.ids() == ids([*ten[5:], more])
    assert machine.kept(Why.SHRINK) == [ids(ten)]


def test_an_older_file_changed_by_hand_takes_out_what_the_hand_did_and_no_more(
    machine: Machine, ten: list[Rating]
) -> None:
    """The checksum that an edit leaves as it was tells which file was edited."""
    rolled_back(machine, ten)
    lines = lines_of(machine.path)
    changed = lines[3].replace(b'"score":1', b'"score":8')
    machine.path.write_bytes(b"".join([*lines[:2], changed, *lines[4:]]))
    missed = machine.put_back()
    assert missed == Missed(back=frozenset(ids(ten[6:])), gone=frozenset({ten[0].id}))
    assert machine.ids() == ids(ten) - {ten[0].id}
    second = machine.load().book.get(ten[1].id)
    assert isinstance(second, Rating)
    assert second.score == 8


def test_the_same_holds_while_a_window_is_open(machine: Machine, ten: list[Rating]) -> None:
    machine.add(*ten[:6])
    older = lines_of(machine.path)
    window = machine.store()
    book = window.load().book
    book.add_all(ten[6:])
    window.save(book)
    machine.path.write_bytes(b"".join([*older[:2], *older[3:]]))
    window.refresh(book)
    assert {entry.id for entry in book} == ids(ten) - {ten[0].id}


def test_a_file_changed_by_hand_that_was_taken_in_is_an_older_one_when_it_comes_again(
    machine: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten[:6])
    by_hand = machine.path.read_bytes().replace(b'"score":1', b'"score":8')
    machine.path.write_bytes(by_hand)
    machine.add(*ten[6:])
    machine.path.write_bytes(by_hand)
    missed = machine.put_back()
    assert missed.back == ids(ten[6:])
    assert not missed.gone
    book = machine.load().book
    assert len(book) == 10
    assert book.overruled == ()


# No journal, or none that can be read


def test_a_missing_journal_is_offered_not_brought_back(machine: Machine, ten: list[Rating]) -> None:
    machine.add(*ten)
    (machine.path.with_name("journal.json.bak")).unlink()
    machine.path.unlink()
    loaded = machine.load()
    assert (loaded.code, len(loaded.book)) == (LoadCode.NEW, 0)
    newest = loaded.recovery_options[0]
    assert newest.source is RecoverySource.ACKNOWLEDGED
    assert {entry.id for entry in newest.missing} == ids(ten)
    listed = copies_of(machine.path, machine.backups, machine.log)
    assert (listed[0].why, listed[0].path) == (Why.ACKNOWLEDGED, machine.log.file)


def test_a_journal_begun_anew_keeps_what_is_remembered_of_the_one_before(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    machine.add(*ten)
    ours = machine.path.read_bytes()
    machine.path.unlink()
    machine.add(new := rating(hour=20))
    assert machine.ids() == {new.id}
    assert machine.kept(Why.ACKNOWLEDGED) == [ids(ten)]
    machine.path.write_bytes(ours)  # the sync tool brings the old one after all
    machine.put_back()
    assert machine.ids() == ids([*ten, new])


def test_where_no_copy_of_it_can_be_kept_it_stays_remembered(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    machine.add(*ten)
    machine.path.unlink()
    folder = machine.backups.folder
    folder.rename(folder.with_name("away"))
    folder.write_text("a file where the folder should be")
    book = Book()
    new = book.add(rating(hour=20))
    assert machine.store().save(book).backup_error is not None
    assert {entry.id for entry in decode(machine.log.read()).entries} == ids(ten)
    assert machine.ids() == {new.id}


def test_a_journal_of_zeros_is_offered_whole(machine: Machine, ten: list[Rating]) -> None:
    machine.add(*ten)
    size = machine.path.stat().st_size
    machine.path.write_bytes(bytes(size))
    loaded = machine.store().load(set_aside=True)
    assert loaded.code is LoadCode.DAMAGED
    assert {entry.id for entry in loaded.recovery_options[0].missing} == ids(ten)
    assert machine.kept(Why.ACKNOWLEDGED) == [ids(ten)]


def test_what_a_sound_journal_holds_is_not_listed_twice(
    machine: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten)
    listed = copies_of(machine.path, machine.backups, machine.log)
    assert Why.ACKNOWLEDGED not in {kept.why for kept in listed}


def test_what_could_not_be_saved_is_remembered_for_the_next_start(
    machine: Machine, ten: list[Rating]
) -> None:
    """O2: a window that has to end while the file is damaged leaves all that it knows."""
    machine.add(*ten[:6])
    window = machine.store()
    book = window.load().book
    machine.path.write_bytes(bytes(machine.path.stat().st_size))
    book.add_all(ten[6:])
    assert window.remember(book.pending)
    offered = machine.load().recovery_options[0]
    assert {entry.id for entry in offered.missing} == ids(ten)


def test_what_could_not_be_saved_is_in_the_journal_once_it_can_be_written(
    machine: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten[:6])
    window = machine.store()
    book = window.load().book
    book.add_all(ten[6:])
    assert window.remember(book.pending)
    assert machine.put_back().back == ids(ten[6:])
    assert machine.ids() == ids(ten)


def test_to_remember_forgets_nothing_that_others_here_have_saved(
    machine: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten[:6])
    window = machine.store()
    book = window.load().book
    book.add(ten[6])
    machine.add(*ten[7:])
    machine.path.write_bytes(bytes(machine.path.stat().st_size))
    assert window.remember(book.pending)
    assert {entry.id for entry in machine.load().recovery_options[0].missing} == ids(ten)


def test_behind_a_circle_of_links_nothing_is_remembered(
    machine: Machine, ten: list[Rating]
) -> None:
    machine.add(*ten)
    window = machine.store()
    book = window.load().book
    machine.path.unlink()
    machine.path.symlink_to(machine.path)
    assert not window.remember(book.pending)
    assert machine.log.read()


# No memory


def test_where_nothing_can_be_remembered_everything_else_goes_on(
    machine: Machine, ten: list[Rating], tmp_path: Path
) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    machine.log = Acknowledged(tmp_path / "blocked" / "journal.log")
    machine.add(*ten)
    assert machine.ids() == ids(ten)
    machine.change(lambda book: book.remove(ten[0].id))
    assert machine.ids() == ids(ten[1:])
    store = machine.store()
    assert not store.load().missed
    assert not store.remember(())
    assert not Store(machine.path).remember(())


def test_a_memory_that_cannot_be_read_is_no_error_and_brings_nothing_back(
    machine: Machine, ten: list[Rating], rating: MakeRating
) -> None:
    rolled_back(machine, ten)
    machine.log.file.write_bytes(b"\0" * 100)
    loaded = machine.load()
    assert (len(loaded.book), loaded.missed) == (6, Missed())
    machine.add(rating(hour=20))
    assert len(machine.ids()) == 7
    assert not machine.load().missed


def test_a_journal_of_a_newer_version_is_left_alone(machine: Machine, ten: list[Rating]) -> None:
    machine.add(*ten)
    newer = machine.path.read_bytes().replace(b'"min_reader": 1', b'"min_reader": 9')
    machine.path.write_bytes(newer)
    loaded = machine.load()
    assert (loaded.code, loaded.missed) == (LoadCode.NEWER, Missed())
    assert machine.log.read()


def test_a_link_to_the_journal_is_the_journal(machine: Machine, ten: list[Rating]) -> None:
    rolled_back(machine, ten)
    link = machine.path.with_name("link.json")
    link.symlink_to(machine.path)
    machine.path = link
    assert machine.load().missed.back == ids(ten[6:])
