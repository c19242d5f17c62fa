"""Each reason to refuse a row, or a whole file, is met by one that somebody may import."""

from datetime import UTC, datetime

import pytest

from itband_gui.journal.csv_reader import read_csv
from itband_gui.journal.entries import SCORE
from itband_gui.journal.import_errors import (
    FileUnusableError,
    ImportFault,
    RefusedRow,
    RowFault,
)
from itband_gui.journal.importing import IMPORT_LIMIT, Importable, read_import
from itband_gui.journal.validation import EntryFault

NOW = datetime(2026, 11, 25, tzinfo=UTC)
RATING = "date,leg,score\n"
RUN = "date,kind,minutes,effort,changed_stride\n"
SESSION = "kind,date,leg,routine,hands_on_seconds,total_seconds,ended,work\n"
ROWS = {
    RowFault.NOT_A_ROW: f'{RATING}"2026-11-20"x,left,4',
    RowFault.TOO_MANY_CELLS: f"{RATING}2026-11-20,left,4,5",
    RowFault.MISSING: f"{RATING}2026-11-20,left,",
    RowFault.MISPLACED: f"{RUN}2026-11-20,rest-day,40,,",
    RowFault.UNKNOWN_WORD: f"{RATING}2026-11-20,both,4",
    RowFault.NO_KIND: "date,leg,score,kind,minutes\n2026-11-20,,,,40",
    RowFault.NOT_A_DATE: f"{RATING}soon,left,4",
    RowFault.TWO_DATES: f"{RATING}11/12/2026,left,4",
    RowFault.SERIAL_DATE: f"{RATING}45983,left,4",
    RowFault.NOT_A_TIME: "date,time,leg,score\n2026-11-20,late,left,4",
    RowFault.CONTRADICTS: "at,date,leg,score\n2026-11-18,2026-11-19,left,4",
    RowFault.OVER_TOO_SOON: (
        "kind,date,leg,sign,resolved,resolution\nsign,2026-11-20,left,numbness,2026-11-19,gone"
    ),
    RowFault.NOT_A_NUMBER: f"{RATING}2026-11-20,left,four",
    RowFault.NOT_WHOLE: f"{RATING}2026-11-20,left,4.5",
    RowFault.NOT_YES_OR_NO: f"{RUN}2026-11-20,run,40,3,maybe",
    RowFault.NOT_WORK: f"{SESSION}session,2026-11-20,left,short,60,60,finished,mid a b c",
    RowFault.NOT_MARKS: "date,leg,score,was\n2026-11-20,left,4,abc",
    RowFault.REPEATED_ID: "id,date,leg,score\na,2026-11-20,left,4\na,2026-11-20,left,5",
}
HEADER = b'{"format": "itband-journal", "schema": 1, "min_reader": %d,\n"entries": [\n]}'
FILES = {
    ImportFault.TOO_BIG: b" " * (IMPORT_LIMIT + 1),
    ImportFault.TOO_MANY: b"date,leg,score\n" + b"\n" * 1_000_000,
    ImportFault.EMPTY: b" \n",
    ImportFault.NOT_TEXT: b"PK\x03\x04\xff\xfe",
    ImportFault.NO_COLUMNS: b"just text",
    ImportFault.REPEATED_COLUMN: b"date,score,Score\n",
    ImportFault.NOT_A_JOURNAL: b"[]",
    ImportFault.NEWER: HEADER % 9,
}


def read(data: bytes) -> Importable:
    return read_import(data, NOW, lambda moment: moment.replace(tzinfo=UTC))


@pytest.mark.parametrize("fault", RowFault)
def test_each_reason_to_refuse_a_row_is_met_by_one(fault: RowFault) -> None:
    table = read_csv(ROWS[fault].encode(), NOW, lambda moment: moment.replace(tzinfo=UTC))
    assert [row.why for row in table.refused] == [fault]


@pytest.mark.parametrize("fault", ImportFault)
def test_each_reason_to_refuse_a_file_is_met_by_one(fault: ImportFault) -> None:
    with pytest.raises(FileUnusableError) as refused:
        read(FILES[fault])
    assert refused.value.code is fault


def test_a_column_that_stands_twice_is_named() -> None:
    with pytest.raises(FileUnusableError) as refused:
        read(FILES[ImportFault.REPEATED_COLUMN])
    assert refused.value.detail == "score"


def test_a_refused_row_says_what_it_holds_and_what_is_allowed() -> None:
    found = read(f"{RATING}2026-11-20,left,11".encode())
    (row,) = found.refused
    assert row == RefusedRow(2, EntryFault.OUT_OF_RANGE, "score", "11", SCORE)


def test_a_row_that_contradicts_itself_names_both_columns() -> None:
    (row,) = read(ROWS[RowFault.CONTRADICTS].encode()).refused
    assert isinstance(row, RefusedRow)
    assert {row.column: row.cell, row.other: row.other_cell} == {
        "date": "2026-11-19",
        "at": "2026-11-18",
    }
