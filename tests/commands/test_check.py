"""`journal check` says what is wrong with a line, and where."""

from codecs import BOM_UTF8
from pathlib import Path

import pytest

from tests.commands.conftest import Journal, add

REST_DAY = '{"kind":"rest-day","id":"a","rev":1,"at":"2026-11-22T07:10:00+01:00","note":""}'
OTHER = REST_DAY.replace('"id":"a"', '"id":"b"')
KEPT = (
    '{"kind":"overruled","id":"c","rev":1,"at":"2026-11-22T07:10:00+01:00","of":"a","version":%s}'
)


def file_of(*lines: str) -> str:
    """Return a journal that somebody typed."""
    head = '{"format": "itband-journal", "schema": 1, "min_reader": 1,\n"entries": [\n'
    return head + ",\n".join(lines) + "\n]}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            file_of(REST_DAY.replace("2026", "1899")),
            "Line 3: An entry cannot be read (its year must be from 1900 to 2200)",
        ),
        (
            file_of(REST_DAY.replace("2026", "2201")),
            "Line 3: An entry cannot be read (its year must be from 1900 to 2200)",
        ),
        (
            file_of(REST_DAY, KEPT % OTHER),
            "Line 4: An entry cannot be read (it keeps a version of a different entry)",
        ),
        (
            file_of(REST_DAY.replace('"rev":1', '"rev":1,"rev":2')),
            "Line 3: An entry cannot be read (a key occurs twice)",
        ),
        (
            file_of(REST_DAY)[:-3] + OTHER.partition(",")[2] + "\n",
            "An entry cannot be read (only the end of its line is left)",
        ),
        (
            file_of(REST_DAY.replace('"rev":1', '"rev":"x"')),
            "(Expected `int`, got `str` - at `$.rev`)",
        ),
        (file_of(REST_DAY)[:-2] + ',"absurd-year":1}', "besides the entries (absurd-year)"),
    ],
)
def test_a_flaw_is_told_in_words(journal: Journal, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "typed.json"
    path.write_text(text)
    done = journal("check", str(path))
    assert done.code == 1
    assert told in done.out


def test_a_file_of_endless_values_is_told_as_one(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "endless.json"
    path.write_text(file_of(REST_DAY, "0," * 2_000_001 + "0"))
    assert "(too many values)" in journal("check", str(path)).out


def test_a_line_of_rubbish_is_counted_and_told(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_text(file_of(REST_DAY, "rubbish", OTHER))
    done = journal("check", str(path))
    assert "2 entries can be read; 1 cannot:" in done.out
    assert "Line 4: An entry cannot be read (the line does not look like an entry)" in done.out


def test_of_rubbish_alone_it_is_said_that_no_entry_can_be_read(
    journal: Journal, tmp_path: Path
) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(bytes(range(1, 256)) * 20)
    done = journal("check", str(path))
    assert done.out.startswith(f"Damaged: {path}. No entry in it can be read:\n")


@pytest.mark.parametrize(("at", "is_taken"), [("1900-01-01", True), ("1899-12-31", False)])
def test_what_add_takes_from_long_ago_is_sound_and_nothing_from_before_1900_is_taken(
    journal: Journal, file: Path, at: str, *, is_taken: bool
) -> None:
    place = ("--data-dir", str(file.parent))
    done = journal("add", "--leg", "left", "--score", "4", "--at", at, *place)
    assert done.code == (0 if is_taken else 2)
    assert file.exists() is is_taken
    if is_taken:
        assert journal("check", str(file)).out.startswith("Sound: ")


def test_a_sound_journal_with_entries_in_the_future_says_how_many(
    journal: Journal, file: Path
) -> None:
    file.parent.mkdir()
    later = REST_DAY.replace("2026", "2199")
    file.write_text(file_of(REST_DAY.replace("2026", "2016"), later.replace('"a"', '"b"')), "utf-8")
    done = journal("check")
    assert done.code == 0
    assert done.out.startswith("Sound: ")
    assert "One entry is dated in the future (22 Nov 2199)." in done.out


def test_of_a_damaged_journal_the_damage_is_told_first_and_then_the_future(
    journal: Journal, tmp_path: Path
) -> None:
    path = tmp_path / "journal.json"
    path.write_text(file_of(REST_DAY.replace("2026", "2199"), "rubbish"), "utf-8")
    damaged, *lines = journal("check", str(path)).out.splitlines()
    assert damaged.endswith("1 cannot:")
    assert any(line.startswith("  Line 4: ") for line in lines[:-1])
    assert lines[-1].startswith("  One entry is dated in the future")


def test_a_sound_journal_without_any_says_nothing_of_the_future(
    journal: Journal, file: Path
) -> None:
    file.parent.mkdir()
    file.write_text(file_of(REST_DAY.replace("2026", "2016")), "utf-8")
    assert "future" not in journal("check").out


def test_a_mark_that_an_editor_puts_before_a_journal_is_no_damage(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    add(journal)
    file.write_bytes(BOM_UTF8 + file.read_bytes())
    copy = tmp_path / "copy.json"
    copy.write_bytes(file.read_bytes())
    assert journal("check").code == 0
    assert "1 entry" in journal("import", "--dry-run", str(copy)).out
    add(journal)
    assert journal("check").out.endswith("2 entries.\n")
    assert not file.read_bytes().startswith(BOM_UTF8)
