"""Chart, table and legs show the numbers counted from the entries by hand."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import isnan
from statistics import median

import pytest

from itband_gui.insight.days import Range
from itband_gui.journal.entries import Activity, Entry, Moment, Rating, RestDay, Run, Session, Sign
from itband_gui.leg.names import Leg, Place
from itband_gui.ui.history.heat_map import LegPlace
from itband_gui.ui.history.range_bar import Shape
from itband_gui.ui.history.tracks import Strip
from tests.insight.journals import LAST, calm_month, flare, ten_years
from tests.ui.history.reader import Reader, ReadHistory

WHOLE = {"calm": calm_month, "flare": flare, "ten years": ten_years}
EVERY_JOURNAL = pytest.mark.parametrize("journal", WHOLE.values(), ids=list(WHOLE))
DAYS = {Range.FOUR_WEEKS: 28, Range.THREE_MONTHS: 91, Range.YEAR: 365}
Make = Callable[[], list[Entry]]


def ratings(entries: Sequence[Entry], leg: Leg, moment: Moment) -> list[Rating]:
    return [e for e in entries if isinstance(e, Rating) and (e.leg, e.moment) == (leg, moment)]


def medians(rated: Sequence[Rating]) -> dict[date, float]:
    """Return the running median of each day's worst score, computed plainly."""
    worst: dict[date, int] = {}
    for rating in rated:
        worst[rating.at.date()] = max(rating.score, worst.get(rating.at.date(), 0))
    if len(worst) < 6:
        return {}
    found = {}
    for day in worst:
        week = [worst[d] for back in range(7) if (d := day - timedelta(days=back)) in worst]
        if len(week) >= 3:
            found[day] = float(median(week))
    return found


def lasting(entries: Sequence[Entry], period_days: int) -> list[Entry]:
    """Return the entries of the last days, and the signs open in them."""
    first = LAST - timedelta(days=period_days - 1)

    def last_day(entry: Entry) -> date:
        if not isinstance(entry, Sign):
            return entry.at.date()
        return LAST if entry.resolved is None else entry.resolved.date()

    return [entry for entry in entries if last_day(entry) >= first]


@EVERY_JOURNAL
def test_every_rating_is_a_point(read_history: ReadHistory, journal: Make) -> None:
    entries = journal()
    reader = read_history(entries)
    for leg in Leg:
        for moment in Moment:
            rated = ratings(entries, leg, moment)
            points = reader.drawn_points(leg, moment)
            assert [(int(x), y) for x, y in points] == [
                (rating.at.toordinal(), rating.score) for rating in rated
            ]


@EVERY_JOURNAL
def test_the_line_is_the_running_median_with_its_gaps(
    read_history: ReadHistory, journal: Make
) -> None:
    entries = journal()
    reader = read_history(entries)
    for leg in Leg:
        for moment in Moment:
            rated = ratings(entries, leg, moment)
            expected = medians(rated)
            drawn = {
                date.fromordinal(int(x)): y
                for x, y in reader.drawn_line(leg, moment)
                if not isnan(y)
            }
            assert drawn == expected
            assert gaps(reader, leg, moment) == lines(rated, expected)


def by_month(rated: Sequence[Rating]) -> dict[date, float]:
    """Return each month's median of each day's worst score, with at least three rated days."""
    worst: dict[date, int] = {}
    for rating in rated:
        worst[rating.at.date()] = max(rating.score, worst.get(rating.at.date(), 0))
    months: dict[date, list[int]] = {}
    for day, score in worst.items():
        months.setdefault(day.replace(day=1), []).append(score)
    return {first: float(median(each)) for first, each in months.items() if len(each) >= 3}


def test_years_are_drawn_as_monthly_medians_and_say_so(read_history: ReadHistory) -> None:
    entries = ten_years()
    reader = read_history(entries)
    lines = reader.view.card.legend.lines
    assert "Lines: 7-day medians." in lines.text()
    reader.view.bar.ranges.choose(Range.ALL)
    reader.settle()
    assert "Lines: monthly medians" in lines.text()
    for leg in Leg:
        for moment in Moment:
            expected = by_month(ratings(entries, leg, moment))
            drawn = [(x, y) for x, y in reader.drawn_line(leg, moment) if not isnan(y)]
            told = {date.fromordinal(int(x)).replace(day=1): y for x, y in drawn}
            assert told == expected
    reader.view.bar.ranges.choose(Range.YEAR)
    reader.settle()
    assert "Lines: 7-day medians." in lines.text()
    weekly = reader.drawn_line(Leg.LEFT, Moment.MORNING)
    assert {date.fromordinal(int(x)) for x, y in weekly if not isnan(y)} == set(
        medians(ratings(entries, Leg.LEFT, Moment.MORNING))
    )


def gaps(reader: Reader, leg: Leg, moment: Moment) -> int:
    return sum(isnan(y) for _, y in reader.drawn_line(leg, moment))


def lines(rated: Sequence[Rating], expected: dict[date, float]) -> int:
    """Return the number of lines; each begins where the rated day before has no median."""
    days = sorted({rating.at.date() for rating in rated})
    return sum(
        day in expected and (i == 0 or days[i - 1] not in expected) for i, day in enumerate(days)
    )


@EVERY_JOURNAL
@pytest.mark.parametrize("length", DAYS)
def test_the_table_has_every_entry_of_the_range(
    read_history: ReadHistory, journal: Make, length: Range
) -> None:
    entries = journal()
    reader = read_history(entries)
    reader.view.bar.shapes.choose(Shape.TABLE)
    reader.view.bar.ranges.choose(length)
    reader.settle()
    shown = lasting(entries, DAYS[length])
    rows = reader.table_rows()
    assert len(rows) == len(shown)
    for kind, name in (
        (Session, "Session"),
        (Run, "Run"),
        (RestDay, "Rest day"),
        (Sign, "Warning sign"),
    ):
        assert sum(what == name for _, _, what, _, _ in rows) == sum(
            isinstance(entry, kind) for entry in shown
        )
    for leg, name in ((Leg.LEFT, "Left"), (Leg.RIGHT, "Right")):
        for moment, what in (
            (Moment.BEFORE, "Before massage"),
            (Moment.MORNING, "Morning, first steps"),
        ):
            expected = medians(ratings(entries, leg, moment))
            told = [
                (value, week)
                for _, side, sort, value, week in reversed(rows)
                if (side, sort) == (name, what)
            ]
            assert [(value.split(" ")[0], week) for value, week in told] == [
                (
                    str(each.score),
                    f"{expected[each.at.date()]:g}" if each.at.date() in expected else "",
                )
                for each in ratings(shown, leg, moment)
            ]


@EVERY_JOURNAL
def test_the_legs_show_the_median_of_the_range(read_history: ReadHistory, journal: Make) -> None:
    entries = journal()
    reader = read_history(entries)
    shown = lasting(entries, 28)
    for leg, picture in reader.view.heat.legs.items():
        tints = {tint.place: tint for tint in picture.scene.tints}
        for place in Place:
            scores = [
                e.score
                for e in shown
                if isinstance(e, Rating) and e.leg is leg and place in e.places
            ]
            assert (place in tints) is bool(scores)
            if scores:
                assert tints[place].text == f"{median(scores):g}"
                assert f"marked {len(scores)}×" in tints[place].detail or not tints[place].detail


def test_bars_of_runs_and_activities_are_as_high_as_their_load(read_history: ReadHistory) -> None:
    entries = flare()
    reader = read_history(entries)
    bars = {what: each.opts for what, each in reader.chart.strip.bars.items()}
    loads: dict[int, int] = {}
    for kind, what in ((Run, Strip.RUNS), (Activity, Strip.ACTIVITIES)):
        done = [entry for entry in entries if isinstance(entry, Run | Activity)]
        done = [entry for entry in done if type(entry) is kind]
        assert [int(x) for x in bars[what]["x"]] == [each.at.toordinal() for each in done]
        high = reader.chart.strip.labels[str(highest_load(entries))] / highest_load(entries)
        drawn = zip(done, bars[what]["y0"], bars[what]["height"], strict=True)
        for each, foot, height in drawn:
            day, load = each.at.toordinal(), each.minutes * each.effort
            assert foot == pytest.approx(loads.get(day, 0) * high), "they stand on each other"
            assert height == pytest.approx(load * high)
            loads[day] = loads.get(day, 0) + load


def test_the_bars_of_activities_are_hollow(read_history: ReadHistory) -> None:
    reader = read_history(flare())
    bars = reader.chart.strip.bars
    assert bars[Strip.RUNS].opts["brush"] is not None
    assert bars[Strip.ACTIVITIES].opts["brush"] is None
    assert "filled for runs, hollow for activities" in reader.view.card.legend.lines.text()


def highest_load(entries: Sequence[Entry]) -> int:
    """Return the highest load of a day."""
    days: dict[date, int] = {}
    for each in entries:
        if isinstance(each, Run | Activity):
            day = each.at.date()
            days[day] = days.get(day, 0) + each.minutes * each.effort
    return max(days.values())


def test_the_highest_bar_has_its_load_beside_it(read_history: ReadHistory) -> None:
    entries = flare()
    reader = read_history(entries)
    bars = [each.opts for each in reader.chart.strip.bars.values()]
    tops = [top for each in bars for top in each["y0"] + each["height"]]
    assert reader.chart.strip.labels[str(highest_load(entries))] == pytest.approx(max(tops))
    assert reader.chart.strip.labels["0"] == 0
    assert "Bars: minutes × effort" in reader.view.card.legend.lines.text()


def test_without_runs_and_activities_there_is_no_scale(read_history: ReadHistory) -> None:
    reader = read_history([entry for entry in flare() if not isinstance(entry, Run | Activity)])
    assert set(reader.chart.strip.labels) == {"Signs", "Massage", "Rest", "Load"}


def test_a_place_alone_shows_only_the_ratings_that_marked_it(read_history: ReadHistory) -> None:
    entries = flare()
    reader = read_history(entries)
    reader.view.heat.chosen.emit(LegPlace(Leg.LEFT, Place.OUTER_KNEE))
    reader.settle()
    marked = [r for r in ratings(entries, Leg.LEFT, Moment.BEFORE) if Place.OUTER_KNEE in r.places]
    points = reader.drawn_points(Leg.LEFT, Moment.BEFORE)
    assert [(int(x), y) for x, y in points] == [(r.at.toordinal(), r.score) for r in marked]
    drawn = {
        date.fromordinal(int(x)): y
        for x, y in reader.drawn_line(Leg.LEFT, Moment.BEFORE)
        if not isnan(y)
    }
    assert drawn == medians(marked)
    with_it = {p for r in lasting(marked, 28) if isinstance(r, Rating) for p in r.places}
    tints = {tint.place for tint in reader.view.heat.legs[Leg.LEFT].scene.tints}
    assert tints == with_it
    assert not reader.view.heat.legs[Leg.RIGHT].scene.tints
