import pytest

from itband_gui.journal.codec import decode
from itband_gui.journal.salvage import JournalFault, JournalVerdict
from itband_gui.journal.snapshot import SCHEMA
from tests.journal.files import LOST, REST, faults, signed


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind":"rest-day","id":"a","at":"9999-01-01T00:00:00Z"}',
        b'{"kind":"swim","id":"a","at":"9999-01-01T00:00:00Z"}',
        b'{"kind":"swim","id":"a","at":"2026-01-01T00:00:00"}',
        b'{"kind":"swim","id":"a"}',
        b'{"kind":["swim"],"id":7,"at":"2026-01-01T00:00:00Z"}',
        b"7",
    ],
)
def test_a_right_checksum_does_not_let_a_hostile_line_in(line: bytes) -> None:
    decoded = decode(signed(line, 1))
    assert decoded.verdict is JournalVerdict.DAMAGED
    assert decoded.entries == []
    assert faults(decoded) == [JournalFault.BAD_ENTRY]


def test_a_removal_and_an_overruled_version_are_lines_and_no_entries() -> None:
    removed = (
        b'{"kind":"removed","id":"r","rev":2,"at":"2026-01-01T00:00:00Z","was":["0123456789ab"]}'
    )
    lines = b",\n".join([REST % b"a", LOST % (REST % b"a"), removed])
    decoded = decode(signed(lines, 3))
    assert (decoded.verdict, len(decoded.entries), len(decoded.snapshot)) == (
        JournalVerdict.SOUND,
        1,
        3,
    )
    assert decoded.snapshot.encoded().data == signed(lines, 3)
    assert [bytes(line.version) for line in decoded.snapshot.overruled()] == [REST % b"a"]
    again = decode(signed(lines, 3).replace(b",\n", b" ,\n"))
    assert again.verdict is JournalVerdict.EDITED
    assert again.snapshot.data == decoded.snapshot.data


@pytest.mark.parametrize(
    "version",
    [
        REST % b"b",
        (LOST % (REST % b"a")).replace(b'"id":"o"', b'"id":"a"'),
        b"7",
        (REST % b"a").replace(b"2026", b"9026"),
    ],
)
def test_an_overruled_line_with_no_version_of_its_entry_is_refused(version: bytes) -> None:
    line = LOST % version
    assert (
        decode(signed(REST % b"x", 1).replace(REST % b"x", line)).verdict is JournalVerdict.DAMAGED
    )
    assert decode(signed(line, 1)).verdict is JournalVerdict.DAMAGED


@pytest.mark.parametrize("change", [(b'"rev":1', b'"rev":0'), (b"}", b',"mood":7}')])
def test_an_overruled_version_that_a_hand_changed_is_read_strictly(
    change: tuple[bytes, bytes],
) -> None:
    line = LOST % (REST % b"a").replace(*change)
    by_hand = signed(REST % b"x", 1).replace(REST % b"x", line)
    assert decode(by_hand).verdict is JournalVerdict.DAMAGED


def test_an_absurd_year_is_refused_wherever_it_stands_though_the_checksum_is_right() -> None:
    years = (b"2026", b"9026", b"1026")
    for first in years[:1] + years[2:]:
        for last in years[:2]:
            pair = [(REST % b"a").replace(b"2026", first), (REST % b"b").replace(b"2026", last)]
            absurd = (first != b"2026") + (last != b"2026")
            assert decode(signed(b",\n".join(pair), 2)).lost == absurd


def test_an_overruled_version_with_unknown_fields_is_carried_byte_for_byte() -> None:
    version = (REST % b"a").replace(b"}", b',"mood": 7}')
    data = signed(LOST % version, 1, schema=SCHEMA + 1)
    decoded = decode(data)
    assert decoded.verdict is JournalVerdict.SOUND
    assert decoded.snapshot.encoded().data == data
    (line,) = decoded.snapshot.overruled()
    assert line.entry is not None


@pytest.mark.parametrize(
    "was",
    [
        b"[]",
        b'["short"]',
        b'["' + b'0123456789ab","' * 32 + b'0123456789ab"]',
        b"7",
        b'"x"',
        b"null",
    ],
)
def test_a_descent_of_another_form_is_refused(was: bytes) -> None:
    line = (REST % b"a").replace(b'"note"', b'"was":%b,"note"' % was)
    assert decode(signed(REST % b"a", 1).replace(REST % b"a", line)).entries == []


def test_lines_that_are_not_one_entry_each_are_taken_apart_by_entry() -> None:
    one, two, three = (REST % name for name in (b"a", b"b", b"c"))
    split = three.replace(b',"at"', b',\n"at"')
    for lines in (one + b"," + two + b",\n" + split, one + b"," + two, split):
        decoded = decode(signed(lines, lines.count(b"kind")))
        assert decoded.verdict is JournalVerdict.SOUND
        assert all(b"\n" not in line for line in decoded.snapshot.data.values())
        again = decode(decoded.snapshot.encoded().data)
        assert again.snapshot.data == decoded.snapshot.data
        assert len(again.entries) == lines.count(b"kind")


def test_a_sign_resolved_in_an_absurd_year_is_refused_though_the_checksum_is_right() -> None:
    sign = (
        b'{"kind":"sign","id":"%b","rev":1,"at":"2026-01-0%dT00:00:00Z","sign":"x","leg":null,'
        b'"resolved":"%d-01-01T00:00:00Z","resolution":"gone","note":""}'
    )
    lines = [sign % (b"a", 1, 2026), sign % (b"b", 2, 9026), sign % (b"c", 3, 2026)]
    assert [entry.id for entry in decode(signed(b",\n".join(lines), 3)).entries] == ["a", "c"]


def test_a_value_that_only_a_newer_version_allows_is_carried_unread() -> None:
    line = (REST % b"a").replace(b'"rev":1', b'"rev":0')
    decoded = decode(signed(line, 1, schema=SCHEMA + 1))
    assert (decoded.verdict, decoded.entries) == (JournalVerdict.SOUND, [])
    assert decoded.snapshot.encoded().data == signed(line, 1, schema=SCHEMA + 1)


def test_a_line_has_the_form_whose_mark_is_known_only_where_a_hand_wrote_it() -> None:
    spaced = (REST % b"a").replace(b'"rev":1', b'"rev": 1')
    by_hand = signed(REST % b"a", 1).replace(REST % b"a", spaced)
    assert decode(by_hand).snapshot.data == {"a": REST % b"a"}
    assert decode(signed(spaced, 1)).snapshot.data == {"a": spaced}
