"""Any unambiguous date and time is read, and a wrong cell is named."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from itband_gui.journal.csv_reader import CsvTable, read_csv
from itband_gui.journal.entries import Rating, Sign
from itband_gui.journal.import_errors import RefusedRow, RowFault
from itband_gui.journal.validation import EntryFault

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=1))


def read(text: str) -> CsvTable:
    return read_csv(text.encode(), NOW, lambda moment: moment.replace(tzinfo=BERLIN))


def refusal(text: str) -> RefusedRow:
    table = read(text)
    assert table.entries == ()
    (refused,) = table.refused
    return refused


def only(text: str) -> Rating:
    table = read(text)
    assert table.refused == ()
    (entry,) = table.entries
    assert isinstance(entry, Rating)
    return entry


@pytest.mark.parametrize(
    ("cells", "iso"),
    [
        ("2026-11-20,7:10", "2026-11-20T07:10:00+01:00"),
        ("2026-11-20,07:10:59", "2026-11-20T07:10:59+01:00"),
        ("2026-11-20,", "2026-11-20T00:00:00+01:00"),
        ("1.2.2026,", "2026-02-01T00:00:00+01:00"),
        ("2026-11-20T07:10,", "2026-11-20T07:10:00+01:00"),
        ("2026-11-20T07:10:00-05:30,", "2026-11-20T07:10:00-05:30"),
        ("2026-11-20T07:10:00Z,", "2026-11-20T07:10:00+00:00"),
        ("2026-11-20T07:10:00.000Z,", "2026-11-20T07:10:00+00:00"),
        ("2026-11-20T07:10:00+0100,", "2026-11-20T07:10:00+01:00"),
        ("2026-11-20 07:10 -05,", "2026-11-20T07:10:00-05:00"),
        ("2026-11-20 07:10 UTC,", "2026-11-20T07:10:00+00:00"),
        ("2026-11-20,7:10:00 AM", "2026-11-20T07:10:00+01:00"),
        ("2026-11-20,7:10 p.m.", "2026-11-20T19:10:00+01:00"),
        ("2026-11-20,7.10", "2026-11-20T07:10:00+01:00"),
        ("2026-11-20,0710", "2026-11-20T07:10:00+01:00"),
        ("2026-11-20,07:10 Uhr", "2026-11-20T07:10:00+01:00"),
        ("2026-11-20 00:00:00,07:10", "2026-11-20T07:10:00+01:00"),
        ("2026-11-20T00:00:00.000Z,07:10", "2026-11-20T07:10:00+00:00"),
        ("2026-11-20 07:10:30,7:10", "2026-11-20T07:10:30+01:00"),
        ("11/20/2026 7:10:00 AM,", "2026-11-20T07:10:00+01:00"),
        ("20. 11. 2026,", "2026-11-20T00:00:00+01:00"),
        ("20.11.2026 07.10 Uhr,", "2026-11-20T07:10:00+01:00"),
        ("2026/11/20,", "2026-11-20T00:00:00+01:00"),
        ("2026. 11. 20.,", "2026-11-20T00:00:00+01:00"),
        ("20261120,", "2026-11-20T00:00:00+01:00"),
        ("11/20/2026,", "2026-11-20T00:00:00+01:00"),
        ("20/11/2026,", "2026-11-20T00:00:00+01:00"),
        ("20-11-2026,", "2026-11-20T00:00:00+01:00"),
        ("11/11/2026,", "2026-11-11T00:00:00+01:00"),
    ],
)
def test_a_date_is_read(cells: str, iso: str) -> None:
    assert only(f"date,time,leg,score\n{cells},left,4").at.isoformat() == iso


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("11/12/2026", RowFault.TWO_DATES),
        ("11-12-2026", RowFault.TWO_DATES),
        ("45983", RowFault.SERIAL_DATE),
        ("45983.29861", RowFault.SERIAL_DATE),
        *(
            (cell, RowFault.NOT_A_DATE)
            for cell in (
                *("2026-13-01", "31/31/2026", "2026-11-20 25:00", "2026-11-20 soon", "20.11.26"),
                *("soon", "٢٠٢٦-١١-٢٠", "2026-11/20", "2026-11-20 07:10+99:00", "20269999"),
            )
        ),
    ],
)
def test_a_date_of_two_meanings_or_of_none_is_refused(cell: str, why: RowFault) -> None:
    assert refusal(f"date,leg,score\n{cell},left,4") == RefusedRow(2, why, "date", cell)


@pytest.mark.parametrize("cell", ["25:00", "soon", "7:1", "0.29861", "0.25", "13:00 pm"])
def test_where_the_date_is_right_the_time_is_named_with_its_cell(cell: str) -> None:
    refused = refusal(f"date,time,leg,score\n2026-11-20,{cell},left,4")
    assert refused == RefusedRow(2, RowFault.NOT_A_TIME, "time", cell)


def test_where_the_time_is_right_the_date_is_named_with_its_cell() -> None:
    refused = refusal("date,time,leg,score\nsoon,07:10,left,4")
    assert refused == RefusedRow(2, RowFault.NOT_A_DATE, "date", "soon")


def test_of_a_day_and_a_time_in_the_future_the_one_that_is_to_blame_is_named() -> None:
    head = "date,time,leg,score\n"
    ahead = EntryFault.IN_THE_FUTURE
    assert refusal(f"{head}2026-11-22,14:00,left,4") == RefusedRow(2, ahead, "time", "14:00")
    assert refusal(f"{head}2026-11-23,07:00,left,4") == RefusedRow(2, ahead, "date", "2026-11-23")
    assert refusal(f"{head}1899-11-23,07:00,left,4").column == "date"


@pytest.mark.parametrize(
    ("clear", "month"), [("25/10/2026", 10), ("10/25/2026", 9), ("2026-10-25", None)]
)
def test_a_date_with_slashes_has_the_order_that_its_column_shows(
    clear: str, month: int | None
) -> None:
    for rows in (f"09/10/2026,left,4\n{clear},left,3\n", f"{clear},left,3\n09/10/2026,left,4\n"):
        table = read(f"date,leg,score\n{rows}")
        months = sorted(entry.at.month for entry in table.entries)
        assert months == sorted([10, month] if month else [10])
        assert [refused.why for refused in table.refused] == [RowFault.TWO_DATES] * (month is None)


def test_a_column_of_both_orders_tells_none() -> None:
    table = read("date,leg,score\n25/10/2026,left,4\n10/26/2026,left,4\n09/10/2026,left,4\n")
    assert [entry.at.day for entry in table.entries] == [25, 26]
    assert [(refused.row, refused.why) for refused in table.refused] == [(4, RowFault.TWO_DATES)]


def test_each_column_has_an_order_of_its_own() -> None:
    table = read(
        "kind,date,sign,resolved,resolution\n"
        "sign,25/08/2026,numb,09/10/2026,gone\n"
        "sign,09/10/2026,numb,10/25/2026,gone\n"
    )
    first, second = table.entries
    assert isinstance(first, Sign)
    assert first.resolved is not None
    assert (first.resolved.month, second.at.month) == (9, 10)


def test_a_time_that_this_place_cannot_have_is_refused() -> None:
    def nowhere(moment: datetime) -> datetime:
        raise OverflowError(moment)

    table = read_csv(b"date,leg,score\n2026-11-20,left,4", NOW, nowhere)
    assert table.refused == (RefusedRow(2, RowFault.NOT_A_DATE, "date", "2026-11-20"),)


EXPORTED = "at,date,time,leg,score\n2026-11-12T07:10:00+01:00,"


@pytest.mark.parametrize(
    "date",
    [
        *("2026-11-12", "12.11.2026", "11/12/2026", "12/11/2026", "12/11/26", "12-Nov-26", ""),
        *("12. Nov 2026", "11/12/2026 0:00", "2026-11-12 00:00:00", "46338", "44876", "١٢/١١/٢٦"),
    ],
)
def test_a_date_that_a_spreadsheet_wrote_anew_beside_the_same_at_is_no_contradiction(
    date: str,
) -> None:
    assert only(f"{EXPORTED}{date},,left,4").at.isoformat() == "2026-11-12T07:10:00+01:00"


@pytest.mark.parametrize(
    "date", ["2026-11-11", "13.11.2026", "11/13/2026", "12-Oct-26", "46339", "soon", "1" * 5000]
)
def test_a_date_that_was_changed_beside_at_is_told_with_both(date: str) -> None:
    at = "2026-11-12T07:10:00+01:00"
    refused = refusal(f"{EXPORTED}{date},,left,4")
    assert refused == RefusedRow(2, RowFault.CONTRADICTS, "date", date, other="at", other_cell=at)


def test_a_time_that_says_another_one_than_at_or_date_is_told_with_both() -> None:
    refused = refusal(f"{EXPORTED}2026-11-12,07:20,left,4")
    assert (refused.why, refused.column, refused.cell) == (RowFault.CONTRADICTS, "time", "07:20")
    assert refused.other == "at"
    refused = refusal("date,time,leg,score\n2026-11-12 07:10,07:20,left,4")
    assert (refused.column, refused.other, refused.other_cell) == (
        "time",
        "date",
        "2026-11-12 07:10",
    )
    assert only(f"{EXPORTED}2026-11-12,7.10,left,4").at.minute == 10


def test_a_sign_that_is_over_before_it_began_is_told_with_both() -> None:
    head = "kind,date,time,sign,resolved,resolution\n"
    refused = refusal(f"{head}sign,2026-11-18,07:10,numb,2026-11-17,gone")
    assert (refused.why, refused.column, refused.cell) == (
        RowFault.OVER_TOO_SOON,
        "resolved",
        "2026-11-17",
    )
    assert (refused.other, refused.other_cell) == ("date", "2026-11-18")
    assert len(read(f"{head}sign,2026-11-18,07:10,numb,2026-11-18,gone").entries) == 1


@pytest.mark.parametrize("end", ["x", "\n1:11" * 10_000, "Z"])
def test_a_cell_without_end_is_refused_at_once(end: str) -> None:
    cell = f"2026-11-18 7:10{' ' * 50_000}{end}"
    assert refusal(f'date,leg,score\n"{cell}",left,4').column == "date"
    assert refusal(f'at,date,leg,score\n2026-11-18,"{cell}",left,4').why is RowFault.CONTRADICTS
