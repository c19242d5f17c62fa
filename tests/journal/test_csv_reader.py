"""A typed table is imported as far as it makes sense; each refusal names its row."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itband_gui.journal import csv_reader
from itband_gui.journal.csv_reader import CsvTable, read_csv
from itband_gui.journal.entries import Activity, Moment, Rating, RestDay, Run, Sign, Sport
from itband_gui.journal.import_errors import FileUnusableError, ImportFault, RefusedRow, RowFault
from itband_gui.journal.validation import EntryFault
from itband_gui.leg.names import Leg, Place

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=1))
RUN = "date,kind,minutes,effort,distance_km,changed_stride\n"


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


def test_a_few_columns_in_any_order_and_case_are_ratings() -> None:
    table = read(
        "Score, Leg ,DATE,Moment,Places,Note\n"
        "4,Left,2026-11-20,Morning,outer-knee; Band-Lower,stairs\n"
        "\n"
        ",,,,,\n"
        "10,RIGHT,21.11.2026 07:05,last run,,\n"
    )
    first, second = table.entries
    assert isinstance(first, Rating)
    assert isinstance(second, Rating)
    assert (first.leg, first.score, first.moment) == (Leg.LEFT, 4, Moment.MORNING)
    assert (first.places, first.note) == ((Place.OUTER_KNEE, Place.BAND_LOWER), "stairs")
    assert first.at == datetime(2026, 11, 20, tzinfo=BERLIN)
    assert (second.leg, second.score, second.moment) == (Leg.RIGHT, 10, Moment.LAST_RUN)
    assert second.at == datetime(2026, 11, 21, 7, 5, tzinfo=BERLIN)
    assert (table.refused, table.unknown) == ((), ())


def test_without_a_moment_it_is_another() -> None:
    assert only("date,leg,score\n2026-11-20,left,4").moment is Moment.OTHER


def test_refusals_stay_in_the_order_of_the_rows() -> None:
    rows = 'soon,left,4\n2026-11-20,left,4,more\n"2026-11-20"x,left,4\n09/10/2026,left,4\n'
    assert [refused.row for refused in read(f"date,leg,score\n{rows}").refused] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("cells", "missing", "other"),
    [("2026-11-19,", "resolution", "resolved"), (",gone", "resolved", "resolution")],
)
def test_of_two_columns_that_belong_together_the_empty_one_is_named(
    cells: str, missing: str, other: str
) -> None:
    refused = refusal(f"kind,date,sign,resolved,resolution\nsign,2026-11-18,numb,{cells}")
    assert (refused.why, refused.column, refused.other) == (
        EntryFault.HALF_RESOLVED,
        missing,
        other,
    )


def test_a_row_that_lacks_its_kind_is_told_so_and_not_that_its_minutes_are_wrong() -> None:
    refused = refusal(RUN + "2026-11-20,,40,3,,")
    assert (refused.why, refused.column, refused.other) == (RowFault.NO_KIND, "kind", "minutes")
    refused = refusal("date,kind,leg,score,resolved\n2026-11-20,,left,4,2026-11-21")
    assert (refused.why, refused.column, refused.other) == (RowFault.NO_KIND, "kind", "resolved")
    refused = refusal("date,kind,leg,score,resolved\n2026-11-20,rating,left,4,2026-11-21")
    assert (refused.why, refused.column) == (RowFault.MISPLACED, "resolved")


def test_work_beyond_what_is_allowed_is_named_by_the_column_that_it_stands_in() -> None:
    names = "kind,date,leg,routine,hands_on_seconds,total_seconds,ended,work\n"
    work = "left band-lower light 12 strokes 999999 s"
    refused = refusal(f"{names}session,2026-11-20,left,short,60,60,finished,{work}")
    assert (refused.why, refused.column, refused.cell) == (EntryFault.OUT_OF_RANGE, "work", work)


def test_of_several_wrong_cells_the_first_in_the_row_is_named() -> None:
    row = "2026-11-20,four,mid,dusk"
    assert refusal(f"date,score,leg,moment\n{row}").column == "score"
    assert refusal("date,leg,score,moment\n2026-11-20,mid,four,dusk").column == "leg"


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "\ufeffsep=;"])
def test_the_separator_that_excel_names_in_the_first_line_is_understood(first: str) -> None:
    table = read(
        f"{first}\r\ndate;leg;score;note\r\n2026-11-20;left;4;a,b,c,d,e\r\nsoon;left;4\r\n"
    )
    assert [entry.note for entry in table.entries] == ["a,b,c,d,e"]
    assert [refused.row for refused in table.refused] == [3], "the header is 1, as Excel counts"


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_any_separator_can_be_named_in_the_first_line(separator: str) -> None:
    table = "date,leg,score\n2026-11-20,left,4".replace(",", separator)
    assert only(f"sep={separator}\n{table}").score == 4


@pytest.mark.parametrize(
    ("row", "why", "column"),
    [
        ("left,11,2026-11-20", EntryFault.OUT_OF_RANGE, "score"),
        ("left,-1,2026-11-20", EntryFault.OUT_OF_RANGE, "score"),
        ("left,4.5,2026-11-20", RowFault.NOT_WHOLE, "score"),
        ("left,four,2026-11-20", RowFault.NOT_A_NUMBER, "score"),
        ("left,٤,2026-11-20", RowFault.NOT_A_NUMBER, "score"),
        ("left,1e999,2026-11-20", RowFault.NOT_WHOLE, "score"),
        ("left,,2026-11-20", RowFault.MISSING, "score"),
        (",4,2026-11-20", RowFault.MISSING, "leg"),
        ("left,4,", RowFault.MISSING, "date"),
        ("both,4,2026-11-20", RowFault.UNKNOWN_WORD, "leg"),
        ("left,4,2026-11-23", EntryFault.IN_THE_FUTURE, "date"),
        ("left,4,1899-12-31", EntryFault.TOO_EARLY, "date"),
        ("left,4,2026-11-20,more", RowFault.TOO_MANY_CELLS, ""),
        ('left,4,"2026-11-20"x', RowFault.NOT_A_ROW, ""),
    ],
)
def test_a_row_that_is_no_rating_is_named_with_its_column(
    row: str, why: RowFault | EntryFault, column: str
) -> None:
    good = "right,3,2026-11-19"
    table = read(f"leg,score,date\n{good}\n{row}\n{good}\n")
    assert len(table.entries) == 2
    (refused,) = table.refused
    assert (refused.row, refused.why, refused.column) == (3, why, column)


def test_a_note_that_is_too_long_says_what_is_allowed() -> None:
    refused = refusal(f"leg,score,date,note\nleft,4,2026-11-20,{'x' * 4001}")
    assert (refused.why, refused.column) == (EntryFault.WRONG_LENGTH, "note")
    assert refused.allowed is not None
    assert refused.allowed.high == 4000


def test_an_open_quote_costs_its_own_row_only() -> None:
    row = "left,4,2026-11-20\n"
    table = read(f'leg,score,date\n{row}"left,4,2026-11-20\n{row * 20_000}{row}')
    assert table.refused == (RefusedRow(3, RowFault.NOT_A_ROW),)
    assert 1 < len(table.entries) <= 20_002


def test_other_kinds_are_taken_by_the_kind_in_their_row() -> None:
    table = read(
        "kind;date;minutes;effort;distance_km;changed_stride;sign;leg;resolved;resolution\n"
        "Run;2026-11-20;40;3;7,25;no;;;;\n"
        "rest day;2026-11-19;;;;;;;;\n"
        "sign;2026-11-18;;;;;numb;left;2026-11-19;gone\n"
    )
    run, rest, sign = table.entries
    assert isinstance(run, Run)
    assert (run.minutes, run.effort, run.distance_km, run.changed_stride) == (40, 3, 7.25, False)
    assert isinstance(rest, RestDay)
    assert isinstance(sign, Sign)
    assert sign.resolved == datetime(2026, 11, 19, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("typed", "sport"),
    [
        *((each, each) for each in Sport),
        ("Team sport", Sport.TEAM_SPORT),
        ("gym", Sport.STRENGTH),
        ("Squats", Sport.STRENGTH),
        ("strength training", Sport.STRENGTH),
        ("BIKE", Sport.CYCLING),
        ("swim", Sport.SWIMMING),
        ("Football", Sport.TEAM_SPORT),
        ("another sport", Sport.OTHER),
    ],
)
def test_a_sport_is_read_as_runners_call_it(typed: str, sport: Sport) -> None:
    table = read(f"kind,date,sport,minutes,effort\nactivity,2026-11-20,{typed},40,3\n")
    (activity,) = table.entries
    assert isinstance(activity, Activity)
    assert (activity.sport, activity.minutes, activity.effort) == (sport, 40, 3)


@pytest.mark.parametrize(
    ("row", "why", "column"),
    [
        ("activity,quidditch,40,3", RowFault.UNKNOWN_WORD, "sport"),
        ("activity,,40,3", RowFault.MISSING, "sport"),
        ("activity,gym,,3", RowFault.MISSING, "minutes"),
        ("activity,gym,40,", RowFault.MISSING, "effort"),
        ("activity,gym,40,11", EntryFault.OUT_OF_RANGE, "effort"),
        ("activity,gym,1441,3", EntryFault.OUT_OF_RANGE, "minutes"),
        ("run,gym,40,3", RowFault.MISPLACED, "sport"),
    ],
)
def test_an_activity_that_is_none_is_refused_with_its_column(
    row: str, why: RowFault | EntryFault, column: str
) -> None:
    refused = refusal(f"date,kind,sport,minutes,effort\n2026-11-20,{row}")
    assert (refused.why, refused.column) == (why, column)


@pytest.mark.parametrize(
    ("row", "why", "column"),
    [
        ("2026-11-20,swim,40,3,,", RowFault.UNKNOWN_WORD, "kind"),
        ("2026-11-20,rest-day,40,,,", RowFault.MISPLACED, "minutes"),
        ("2026-11-20,run,40,3,far,", RowFault.NOT_A_NUMBER, "distance_km"),
        ("2026-11-20,run,40,3,,maybe", RowFault.NOT_YES_OR_NO, "changed_stride"),
        ("2026-11-20,run,0,3,,", EntryFault.OUT_OF_RANGE, "minutes"),
    ],
)
def test_a_row_of_another_kind_is_refused_likewise(
    row: str, why: RowFault | EntryFault, column: str
) -> None:
    refused = refusal(RUN + row)
    assert (refused.why, refused.column) == (why, column)


@pytest.mark.parametrize(
    "work", ["left band-lower light 12 strokes", "left band-lower light x strokes 6 s", "mid a b c"]
)
def test_work_that_cannot_be_read_is_refused(work: str) -> None:
    names = "kind,date,leg,routine,hands_on_seconds,total_seconds,ended,work\n"
    refused = refusal(f"{names}session,2026-11-20,left,short,60,60,finished,{work}")
    assert (refused.why, refused.column) == (RowFault.NOT_WORK, "work")


@pytest.mark.parametrize("marks", ["abc", "#0123456789aB", "#0123456789ab" + " #0123456789ab" * 32])
def test_marks_of_earlier_versions_that_are_none_are_refused(marks: str) -> None:
    refused = refusal(f"date,leg,score,was\n2026-11-20,left,4,{marks}")
    assert (refused.why, refused.column) == (RowFault.NOT_MARKS, "was")


def test_ids_come_from_what_a_row_says_wherever_it_stands() -> None:
    head = "date,leg,score\n"
    rows = ["2026-11-20,left,4\n", "2026-11-20,right,4\n", "2026-11-20,left,4\n"]
    once = read(head + "".join(rows))
    assert len({entry.id for entry in once.entries}) == 3, "noted twice is two entries"
    other_way = read("score,leg,date\n4,right,20.11.2026\n4,left,2026-11-20\n4, LEFT,2026-11-20\n")
    assert {e.id for e in other_way.entries} == {e.id for e in once.entries}
    changed = read(head + "2026-11-20,left,5\n")
    assert changed.entries[0].id not in {entry.id for entry in once.entries}


def test_ids_stay_the_same_from_release_to_release() -> None:
    table = read("date,leg,score\n" + "2026-11-20,left,4\n" * 2)
    assert [entry.id for entry in table.entries] == [
        "a0ef41de-7534-238a-913b-78a7e277afa9",
        "d5fd4f85-cdec-763a-9682-eb4637aee61d",
    ]


def test_a_session_needs_its_legs() -> None:
    names = "kind,date,routine,hands_on_seconds,total_seconds,ended\n"
    refused = refusal(f"{names}session,2026-11-20,short,60,60,finished")
    assert (refused.why, refused.column) == (RowFault.MISSING, "leg")


def test_an_id_twice_is_taken_once_and_refused_where_it_differs() -> None:
    row = "one,2026-11-20,left,4\n"
    table = read("id,date,leg,score\n" + row + row + "one,2026-11-20,left,5\n")
    assert [entry.id for entry in table.entries] == ["one"]
    assert table.refused == (RefusedRow(4, RowFault.REPEATED_ID, "id", "one"),)


def test_columns_that_mean_nothing_here_are_named_and_left_out() -> None:
    table = read("date,leg,score,weather,,Mood of day\n2026-11-20,left,4,rain,,\n")
    assert len(table.entries) == 1
    assert table.unknown == ("weather", "mood_of_day")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ImportFault.EMPTY),
        (b"\n\n", ImportFault.EMPTY),
        (b"2026-11-20,left,4\n", ImportFault.NO_COLUMNS),
        (b"leg,score\nleft,4\n", ImportFault.NO_COLUMNS),
        (b"date,leg\n2026-11-20,left\n", ImportFault.NO_COLUMNS),
        (b'"date"x,score\n', ImportFault.NO_COLUMNS),
        (b"date,score,Score\n", ImportFault.REPEATED_COLUMN),
        (b"date,score,leg\n\xff,4,left\n", ImportFault.NOT_TEXT),
        (b"date,score,note\n2026-11-20,4,M\xfcll", ImportFault.NOT_TEXT),
        (b"\xff\xfed", ImportFault.NOT_TEXT),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(data: bytes, code: ImportFault) -> None:
    with pytest.raises(FileUnusableError) as refused:
        read_csv(data, NOW, lambda moment: moment)
    assert refused.value.code is code


def test_the_limit_is_beyond_what_a_life_of_entries_comes_to() -> None:
    assert csv_reader.ROW_LIMIT == 100_000


def test_too_many_rows_are_refused_before_they_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_reader, "ROW_LIMIT", 3)
    assert len(read("date,leg,score\n" + "2026-11-20,left,4\n" * 3).entries) == 3
    with pytest.raises(FileUnusableError) as refused:
        read("date,leg,score\n" + "2026-11-20,left,4\n" * 4)
    assert refused.value.code is ImportFault.TOO_MANY


@given(st.text(alphabet="date,leg;score\n\"'\r\t 0123-:.=left\0", max_size=80) | st.text())
def test_no_text_brings_the_reader_down(text: str) -> None:
    for table in (text, f"date,leg,score,note\n{text}"):
        with suppress(FileUnusableError):
            read(table)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_table_is_read_in_each_encoding_that_spreadsheets_write(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    data = f"{mark}at,leg,score,note\n2026-11-20,left,4,für\n".encode(encoding)
    (entry,) = read_csv(data, NOW, lambda moment: moment.replace(tzinfo=BERLIN)).entries
    assert entry.note == "für"


@pytest.mark.parametrize(("word", "meant"), [("yes", True), ("TRUE", True), ("1", True)])
@pytest.mark.parametrize(("other", "unmeant"), [("no", False), ("False", False), ("0", False)])
def test_yes_and_no_are_read_in_the_words_of_spreadsheets(
    word: str, meant: bool, other: str, unmeant: bool
) -> None:
    row = "2026-11-20,run,30,4,,{}\n"
    entries = read(RUN + row.format(word) + row.format(other)).entries
    strides = [entry.changed_stride for entry in entries if isinstance(entry, Run)]
    assert strides == [meant, unmeant]


def test_a_row_as_long_as_allowed_is_taken_and_one_that_does_not_end_stops_the_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head = "date,leg,score,note\n"
    row = '2026-11-20,left,4,"a\nb"\n'
    assert csv_reader.ROW_LENGTH == 256 * 1024
    monkeypatch.setattr(csv_reader, "ROW_LENGTH", len(row))
    assert len(read(head + row + row.replace("left", "LEFT")).entries) == 1 + 1
    for endless in (row.replace("b", "bb"), "x" * (len(row) + 1)):
        with pytest.raises(FileUnusableError) as refused:
            read(head + endless)
        assert refused.value.code is ImportFault.NOT_A_JOURNAL


def test_as_many_marks_are_taken_as_a_line_remembers() -> None:
    head = "date,leg,score,was\n"
    for count, taken in ((32, 1), (33, 0)):
        marks = " ".join(f"{number:012x}" for number in range(count))
        assert len(read(f"{head}2026-11-20,left,4,{marks}\n").entries) == taken


def test_blanks_in_a_column_that_a_kind_does_not_have_are_nothing() -> None:
    assert len(read("date,kind,minutes,effort,session\n2026-11-20,run,30,4,  \n").entries) == 1
