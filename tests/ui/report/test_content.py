"""Every number on the page, checked against a plain count of the entries."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from statistics import median

import pytest
from msgspec.structs import replace

from itband_gui.insight.days import Period
from itband_gui.journal.entries import (
    Activity,
    Ended,
    Entry,
    Moment,
    Rating,
    Resolution,
    RestDay,
    Run,
    Session,
)
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.report.content import MOST_WEEKS, MOST_YEARS, NONE
from itband_gui.ui.text.words import place_name
from tests.insight.journals import LAST
from tests.insight.making import DAY, LEFT, at, marked, morning, rating, run, sign
from tests.ui.report.conftest import drawn, made

DAILY = {Moment.BEFORE, Moment.MORNING, Moment.OTHER}


def number(value: float) -> str:
    return f"{value:g}"


def typical(scores: list[int]) -> str:
    """Return a median as printed."""
    if not scores:
        return NONE
    return number(median(scores)) if len(scores) > 2 else f"({number(median(scores))})"


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def on(entries: Sequence[Entry], first: date, last: date) -> list[Entry]:
    return [each for each in entries if first <= each.at.date() <= last]


def scores(entries: Sequence[Entry], leg: Leg, moment: Moment) -> list[int]:
    return [
        e.score for e in entries if isinstance(e, Rating) and (e.leg, e.moment) == (leg, moment)
    ]


def test_the_table_of_weeks_shows_the_logged_entries(journal: list[Entry]) -> None:
    content = made(journal)
    monday = LAST - 6 * DAY  # the last day is a Sunday
    for row in reversed(content.weeks.rows):
        first = max(monday, journal[0].at.date())
        week = on(journal, first, monday + 6 * DAY)
        runs = [each for each in week if isinstance(each, Run)]
        active = [each for each in week if isinstance(each, Activity)]
        load = sum(each.minutes * each.effort for each in runs)
        load += sum(each.minutes * each.effort for each in active)
        ran = {each.at.date() for each in runs}
        km = [each.distance_km for each in runs if each.distance_km is not None]
        worst = [each.worst for each in runs if each.worst is not None]
        rested = {each.at.date() for each in week if isinstance(each, RestDay)} - ran
        shown = f"{first.day} {first:%b}" + (f" {first.year}" if first.year != LAST.year else "")
        if monday == LAST - 6 * DAY:
            shown += ", so far"
        elif first > monday:
            shown += f" ({7 - first.weekday()} days)" if first.weekday() < 6 else " (1 day)"
        assert row == (
            shown,
            str(len(runs)),
            str(sum(each.minutes for each in runs)) if runs else NONE,
            f"{sum(km):.1f}" if km else NONE,
            str(max(worst)) if worst else NONE,
            str(len(active)) if active else NONE,
            str(sum(each.minutes for each in active)) if active else NONE,
            str(load) if runs or active else NONE,
            str(sum(isinstance(each, Session) for each in week)),
            str(len(rested)),
            *(typical(scores(week, leg, m)) for leg in Leg for m in content.moments),
        )
        monday -= 7 * DAY
    assert content.week_count == (LAST - journal[0].at.date() + DAY).days // 7 + (
        journal[0].at.date().weekday() != 0
    )
    assert len(content.weeks.rows) == min(MOST_WEEKS, content.week_count)


def test_the_tables_of_months_show_the_median_of_each_days_worst(journal: list[Entry]) -> None:
    content = made(journal)
    for leg in Leg:
        for year, *cells in content.months[leg].rows:
            for month, cell in enumerate(cells, 1):
                first = date(int(year), month, 1)
                last = first.replace(day=monthrange(first.year, month)[1])
                if last < journal[0].at.date() or first > LAST:
                    assert cell == ""
                    continue
                worst: dict[date, int] = {}
                for each in on(journal, first, last):
                    if isinstance(each, Rating) and each.leg is leg and each.moment in DAILY:
                        worst[each.at.date()] = max(worst.get(each.at.date(), 0), each.score)
                assert cell == typical(list(worst.values()))


def test_the_places_show_how_often_how_sore_and_how_long(journal: list[Entry]) -> None:
    for part in made(journal).legs:
        found: dict[Place, list[int]] = {}
        massaged: dict[str, int] = {}
        for each in journal:
            if isinstance(each, Rating) and each.leg is part.leg:
                for place in each.places:
                    found.setdefault(place, []).append(each.score)
            elif isinstance(each, Session):
                for work in each.work:
                    if work.leg is part.leg:
                        massaged[work.zone] = massaged.get(work.zone, 0) + work.seconds
        rows = {row[1]: row for row in part.places.rows}
        assert len(rows) == len(part.places.rows)
        assert set(rows) == {place_name(p) for p in {*found, *map(Place, massaged)}}
        for place in {*found, *map(Place, massaged)}:
            mark, _, times, score, time = rows[place_name(place)]
            marks = found.get(place, [])
            assert (times, score) == (
                (str(len(marks)), number(median(marks))) if marks else (NONE, NONE)
            )
            assert time == (f"{massaged[place] // 60} min" if place in massaged else NONE)
            assert bool(mark) == bool(marks)
        times_marked = [len(found[spot.place]) for spot in part.spots]
        assert times_marked == sorted(times_marked, reverse=True)
        assert {str(s.number): s.share for s in part.spots} == {
            rows[place_name(place)][0]: median(found[place]) / 10 for place in found
        }
        assert f"{sum(massaged.values()) // 60} min in total" in part.hands


def test_running_rest_and_sessions_are_counted(journal: list[Entry]) -> None:
    runs = [each for each in journal if isinstance(each, Run)]
    active = [each for each in journal if isinstance(each, Activity)]
    load = sum(each.minutes * each.effort for each in runs)
    load += sum(each.minutes * each.effort for each in active)
    sessions = [each for each in journal if isinstance(each, Session)]
    rested = {each.at.date() for each in journal if isinstance(each, RestDay)}
    text = made(journal).running
    for words in (
        f"{len(runs)} runs, {sum(each.minutes for each in runs)} min",
        f", {sum(each.distance_km or 0 for each in runs):.1f} km noted",
        f"{len(active)} activities, {sum(each.minutes for each in active)} min.",
        f"Load {load}.",
        f"with a run: {max(each.worst or 0 for each in runs)} out of 10.",
        f"Rest days logged: {len(rested - {each.at.date() for each in runs})}.",
        f"{len(sessions)} logged sessions",
        f"; {sum(each.ended is Ended.STOPPED for each in sessions)} stopped because of a symptom.",
    ):
        assert words in text
    changed = sum(each.changed_stride for each in runs)
    assert f"Changed stride on {changed or 'no'} run" in text


def test_changes_around_sessions_are_described_for_each_leg(journal: list[Entry]) -> None:
    content = made(journal)
    for leg, paragraphs in zip(Leg, content.remarks, strict=True):
        text = " ".join(paragraphs)
        rated = {
            (each.session, each.moment): each.score
            for each in journal
            if isinstance(each, Rating) and each.leg is leg and each.session
        }
        after = [
            score - rated[session, Moment.BEFORE]
            for (session, moment), score in rated.items()
            if moment is Moment.AFTER and (session, Moment.BEFORE) in rated
        ]
        better, worse = sum(c < 0 for c in after), sum(c > 0 for c in after)
        assert f"In {len(after)} logged sessions" in text
        assert f"Better: {better}. The same: {after.count(0)}. Worse: {worse}." in text
    assert "cannot show massage was the cause" in content.cause


def test_the_heading_shows_period_ratings_and_print_date(journal: list[Entry]) -> None:
    first = journal[0].at.date()
    text = " ".join(made(journal, today=LAST + DAY).facts)
    left, right = (sum(isinstance(e, Rating) and e.leg is leg for e in journal) for leg in Leg)
    days = (LAST - first).days + 1
    assert f"{day(first)} to {day(LAST)} ({days} days)." in text
    assert f"Left leg: {left} ratings. Right leg: {right} ratings." in text
    assert "not a diagnosis" in text
    assert f"Printed {day(LAST + DAY)}." in text


def test_days_before_the_first_entry_are_not_shown() -> None:
    content = made([run(9)], Period(LAST - 2000 * DAY, LAST))
    assert "(10 days)" in content.facts[0]
    assert content.week_count == 2


def test_an_entry_outside_the_period_is_not_counted() -> None:
    content = made([run(40), morning(40, 9), run(3)], Period(LAST - 27 * DAY, LAST))
    assert "1 run," in content.running
    assert content.moments == ()


def test_open_signs_come_first_then_the_newest_past_ones() -> None:
    past = [sign(back, resolved=at(back - 1)) for back in (50, 40, 30, 20, 10)]
    lines = made([*past, sign(5)], Period(LAST - 60 * DAY, LAST)).signs
    assert lines[0].startswith("Open since 17 November 2026.")
    assert [line[:16] for line in lines[1:4]] == [
        "12 November 2026", "2 November 2026 ", "23 October 2026 "
    ]  # fmt: skip
    assert lines[4] == "Older signs not shown here: 0 open, 2 past."


def test_unseen_signs_are_listed_with_the_open_ones_however_old() -> None:
    old = sign(300, "clot", resolved=at(299))
    first, second = made([old, sign(20, resolved=at(10))], Period(LAST - 60 * DAY, LAST)).signs
    assert "gone, not yet seen by a clinician." in first
    assert "not yet seen" not in second


def test_a_later_word_on_the_same_sign_is_a_word_on_it_too() -> None:
    word = replace(sign(9, "clot", resolved=at(8)), resolution=Resolution.CLINICIAN_AGREED)
    lines = made([sign(30, "clot", resolved=at(20)), word], Period(LAST - 60 * DAY, LAST)).signs
    assert not [line for line in lines if "not yet seen" in line]
    assert "cleared by a clinician" in lines[0]


def test_a_clinicians_consent_is_shown_as_consent() -> None:
    agreed = replace(sign(9, "bones", resolved=at(8)), resolution=Resolution.CLINICIAN_AGREED)
    (line,) = made([agreed]).signs
    assert "a clinician agreed to massage" in line


def test_many_open_signs_are_cut_short_and_counted() -> None:
    lines = made([sign(back) for back in range(20, 0, -1)]).signs
    assert len(lines) == 9
    assert "12 open" in lines[-1]
    assert "21 November" in lines[0]


def test_a_sign_from_a_newer_list_is_named_by_its_id() -> None:
    (line,) = made([replace(sign(3), sign="of-tomorrow")]).signs
    assert "of-tomorrow" in line


def test_without_signs_the_page_says_so() -> None:
    assert made([run(3)]).signs == ("No warning sign is logged for this period.",)


@pytest.mark.parametrize("period", [Period(LAST - DAY, LAST), Period(LAST, LAST)])
def test_nothing_logged_is_an_empty_page(period: Period) -> None:
    assert made([], period).empty
    assert made([run(30)], period).empty
    assert not made([sign(30)], period).empty  # still open
    assert not made([run(0)], period).empty


def test_an_empty_page_says_that_nothing_is_logged() -> None:
    words = drawn(made([], Period(LAST - 27 * DAY, LAST)))
    assert words[-1] == "Nothing is logged from 26 October 2026 to 22 November 2026 (28 days)."


def test_few_ratings_are_in_brackets_and_have_no_line() -> None:
    content = made([rating(2, 3), rating(1, 6)])
    assert content.weeks.rows[0][-2:] == ("(4.5)", NONE)
    words = drawn(content)
    assert words.count("2 rated days") == 1
    assert any("from 6 rated days on" in text and "fewer than 3" in text for text in words)


@pytest.mark.parametrize(
    ("first", "last", "today", "labels"),
    [
        (13, 0, 0, ["9 Nov", "16 Nov, so far"]),
        (13, 0, -1, ["9 Nov", "16 Nov"]),
        (10, 2, -1, ["12 Nov (4 days)", "16 Nov (5 days)"]),
        (7, 1, 1, ["15 Nov (1 day)", "16 Nov, so far"]),
        (2, 0, 0, ["20 Nov, so far"]),
    ],
)
def test_a_partial_or_current_week_is_marked(
    first: int, last: int, today: int, labels: list[str]
) -> None:
    entries = [run(back) for back in range(20, -1, -1)]
    period = Period(LAST - first * DAY, LAST - last * DAY)
    rows = made(entries, period, today=LAST - today * DAY).weeks.rows
    assert [row[0] for row in rows] == labels


def test_the_number_of_ratings_needed_is_said_once() -> None:
    content = made([run(1)])
    words = " ".join(drawn(content))
    assert words.count("After 6 rated sessions you’ll see") == 1
    assert "Needs" not in words


def test_a_long_journal_is_cut_to_the_last_years_and_says_so() -> None:
    entries = [morning(366 * back, 4) for back in range(30, -1, -1)]
    content = made(entries)
    assert len(content.months[LEFT].rows) == MOST_YEARS
    assert content.months[LEFT].rows[-1][0] == str(LAST.year)
    assert any("Only the last 12 of 31 years." in words for words in drawn(content))


def test_a_leg_without_a_mark_says_so() -> None:
    left, right = made([marked(3, 4, Place.GLUTEAL)]).legs
    assert "No place on this leg" not in left.hands
    assert right.hands.startswith("No place on this leg is marked as sore. No massage")


def test_notes_are_not_on_the_page() -> None:
    private = "nobody else's business"
    entries: list[Entry] = [
        replace(each, note=private)
        for each in (run(5), marked(4, 3, Place.GLUTEAL), sign(3), sign(2, resolved=at(1)))
    ]
    assert not any(private in words for words in drawn(made(entries)))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>Ann</b> & Co", "<b>Ann</b> & Co"),
        ("\u05e9\u05dc\u05d5\u05dd Ann", "\u05e9\u05dc\u05d5\u05dd Ann"),
        ("Jo\u202etxt.exe\nSmith", "Jotxt.exe Smith"),
        ("=1+1", "=1+1"),
        ("x" * 90, "x" * 79 + "…"),
    ],
)
def test_a_name_is_plain_text_on_one_line(name: str, shown: str) -> None:
    assert drawn(made([run(1)], name=name))[1] == shown


def test_a_page_without_a_name_has_none() -> None:
    words = drawn(made([run(1)], name="  "))
    assert words[1].startswith(day(LAST - DAY))
