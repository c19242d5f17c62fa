"""Journals edited by hand, with and without consent to missing entries."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itband_gui.journal.backups import Backups, Why
from itband_gui.journal.codec import decode
from itband_gui.journal.entries import Rating
from itband_gui.journal.safe_file import NotSavedCode
from itband_gui.journal.store import LoadCode, Store
from itband_gui.journal.tracked_file import ShrunkError
from tests.journal.store.journals import filled, loaded

MakeRating = Callable[..., Rating]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_what_a_hand_took_out_and_changed_is_taken_over(path: Path, rating: MakeRating) -> None:
    filled(path, *(rating(score=1, hour=hour) for hour in range(12)))
    window = Store(path)
    book = window.load().book
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b'"score":1', b'"score":7')
    path.write_bytes(b"".join(lines[:3] + lines[4:]))
    news = window.refresh(book)
    assert (len(book), news.needs_write, book.dirty) == (11, True, True)
    window.save(book)
    assert [e.score for e in loaded(path) if isinstance(e, Rating)].count(7) == 1
    assert loaded(path).overruled == ()
    assert len(loaded(path)) == 11
    assert Store(path).load().code is LoadCode.SOUND


def test_a_file_that_lost_many_entries_by_hand_needs_consent(
    path: Path, rating: MakeRating
) -> None:
    backups = Backups(path.parent / "backups")
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window = Store(path, backups, lambda: NOON)
    book = window.load().book
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[6:]))
    with pytest.raises(ShrunkError) as refused:
        window.refresh(book)
    assert refused.value.code is NotSavedCode.SHRINK
    assert refused.value.missing == {entry.id for entry in list(book)[:4]}
    book.add(rating(hour=99))
    with pytest.raises(ShrunkError):
        window.save(book)
    with pytest.raises(ShrunkError):
        window.write(book.pending)
    assert (len(book), len(book.pending)) == (31, 1)
    window.save(book, consent=refused.value.found)
    assert len(loaded(path)) == len(book) == 27
    kept = {copy.why: decode(backups.read(copy)) for copy in backups.copies()}
    assert len(kept[Why.SHRINK].entries) == 30
    assert len(kept[Why.EDITED].entries) == 26


def without(data: bytes, count: int) -> bytes:
    """Return a journal file from which a hand took the oldest entries out."""
    lines = data.splitlines(keepends=True)
    return b"".join(lines[:2] + lines[2 + count :])


def test_consent_covers_the_file_that_was_asked_about_and_no_other(
    path: Path, rating: MakeRating
) -> None:
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window = Store(path)
    book = window.load().book
    whole = path.read_bytes()
    path.write_bytes(without(whole, 4))
    with pytest.raises(ShrunkError) as first:
        window.look()
    path.write_bytes(without(whole, 20))
    with pytest.raises(ShrunkError) as second:
        window.save(book, consent=first.value.found)
    assert len(second.value.missing) == 20
    assert path.read_bytes() == without(whole, 20)
    assert len(book) == 30
    window.save(book, consent=second.value.found)
    assert len(loaded(path)) == len(book) == 10


def test_what_was_taken_out_of_a_file_of_one_line_again_is_asked_about_again(
    path: Path, rating: MakeRating
) -> None:
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window = Store(path)
    book = window.load().book
    whole = path.read_bytes()

    def squeezed(count: int) -> bytes:  # as `jq -c` writes it
        return json.dumps(json.loads(without(whole, count))).encode()

    path.write_bytes(squeezed(1))
    window.refresh(book)
    path.write_bytes(squeezed(2))
    window.refresh(book)
    assert len(book) == 28
    path.write_bytes(squeezed(8))
    with pytest.raises(ShrunkError) as refused:
        window.refresh(book)
    path.write_bytes(squeezed(18))
    with pytest.raises(ShrunkError):
        window.save(book, consent=refused.value.found)


def test_removals_by_the_user_need_no_consent(path: Path, rating: MakeRating) -> None:
    filled(path, *(rating(hour=hour) for hour in range(30)))
    window, other = Store(path), Store(path)
    book, others = window.load().book, other.load().book
    others.replace_all([])
    other.save(others)
    window.refresh(book)
    assert len(loaded(path)) == len(book) == 0
