"""Stories of runners: the light, massage, questions and advice they get from `today --json`."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from itband_gui import cli
from itband_gui.journal.book import Book
from itband_gui.journal.entries import (
    Activity,
    Ended,
    Entry,
    Moment,
    Rating,
    Session,
    Sport,
    new_id,
)
from itband_gui.journal.store import Store
from itband_gui.leg.names import Leg, Place
from itband_gui.safety.signs import ClosedBy, RunningRule, WarningSign, load_safety
from tests.commands.stories import (
    CALM,
    NINE,
    Told,
    bars,
    codes,
    due,
    seen,
    sign,
    sign_seen_long_ago,
)
from tests.insight.making import LEFT, RIGHT, around, at, morning, rating, run, session

SAFETY = load_safety()


# A1.1, stories 2, 17, 20, G: an open sign


@pytest.mark.parametrize("warning", SAFETY.signs, ids=lambda each: each.id)
def test_beside_an_open_sign_the_light_follows_its_own_rule(
    told: Told, warning: WarningSign
) -> None:
    said = told([*CALM, sign(1, warning.id, LEFT if warning.leg else None)])
    expected = {RunningRule.REST: "rest", RunningRule.EASY: "easy", RunningRule.NONE: "go"}
    assert said["light"] == expected[warning.running]
    assert "Nothing you’ve logged" not in json.dumps(said, ensure_ascii=False)
    shown = json.dumps(said, ensure_ascii=False)
    assert json.dumps(warning.text, ensure_ascii=False)[1:-1] in shown, "the sign is named"


def test_night_pain_closes_the_day(told: Told) -> None:
    said = told([*CALM, sign(1, "cancer-or-night-pain")])
    assert said["light"] == "rest"
    assert bars(said) == {"sign-open"}


def test_a_sign_that_this_list_does_not_know_closes_the_day_and_bars_massage(told: Told) -> None:
    said = told([*CALM, sign(1, "of-a-newer-list")])
    assert (said["light"], bars(said)) == ("rest", {"sign-open"})


def test_without_any_sign_nothing_argues_against_a_run(told: Told) -> None:
    said = told(CALM)
    assert said["light"] == "go"
    assert said["meaning"] == "Nothing you’ve logged argues against a run."
    assert said["massage"]["allowed"] is True


# A1.2, stories 3, 3b, 4: gone is not seen


@pytest.mark.parametrize(
    "warning", [s for s in SAFETY.signs if s.closes is ClosedBy.SEEN], ids=lambda each: each.id
)
def test_a_sign_that_must_be_seen_is_not_closed_by_gone(told: Told, warning: WarningSign) -> None:
    leg = LEFT if warning.leg else None
    gone = sign(6, warning.id, leg, gone=at(5, 8))
    said = told([*CALM, gone])
    assert said["light"] == "rest"
    assert "unseen-sign" in codes(said)
    [reason] = [each for each in said["reasons"] if each["code"] == "unseen-sign"]
    assert reason["sentence"].startswith("Have this checked before you run")
    assert bars(said) == {"sign-unseen"}
    lately = told([*CALM, seen(gone, at(1, 8))])
    assert (lately["light"], codes(lately, "easy")) == ("easy", {"seen-sign"}), "a gentle start"
    assert told([*CALM, sign_seen_long_ago(gone)])["light"] == "go"


def test_every_sign_that_needs_help_now_or_today_must_be_seen() -> None:
    urgent = [s for s in SAFETY.signs if s.urgency in {"now", "same-day"}]
    assert {s.closes for s in urgent} == {ClosedBy.SEEN}
    assert {s.id for s in urgent} >= {"emergency", "clot", "stress-fracture", "nerve-or-muscle"}


def test_other_signs_are_closed_by_gone(told: Told) -> None:
    assert told([*CALM, sign(6, "fresh-injury", LEFT, gone=at(5, 8))])["light"] == "go"


def test_a_fresh_injury_counts_for_72_hours_whoever_says_that_it_is_gone(told: Told) -> None:
    said = told([*CALM, sign(2, "fresh-injury", LEFT, gone=at(1, 8))])
    assert (said["light"], bars(said)) == ("rest", {"sign-open"})
    assert said["massage"]["legs"] == {"left": False, "right": True}


def test_agreeing_to_massage_says_nothing_about_running(told: Told) -> None:
    for days in (1, 27, 40):
        agreed = seen(sign(60, "no-better", LEFT), at(days, 9))
        assert told([*CALM, agreed])["light"] == "easy"


def test_a_lapsed_agreement_is_never_passed_over(told: Told) -> None:
    said = told([*CALM, seen(sign(60, "bones"), at(30, 9))])
    assert said["light"] == "go"
    assert "argues against" not in said["meaning"]


def test_of_several_signs_the_most_urgent_is_told_first(told: Told) -> None:
    said = told([*CALM, sign(3, "varicose-veins", LEFT), sign(2, "unwell"), sign(1, "emergency")])
    assert [each["id"] for each in said["signs"]] == ["emergency", "unwell", "varicose-veins"]
    assert "emergency" in said["signs"][0]["action"]


# A1.6, 9b: months of amber


def test_weeks_of_daily_three_send_to_somebody(told: Told) -> None:
    entries: list[Entry] = [morning(back, 3) for back in range(84, -1, -1)]
    entries += [run(back, worst=3) for back in range(84, 0, -7)]
    said = told(entries)
    assert said["light"] == "easy"
    assert any("on most of the days you rated" in text for text in said["advice"])


def test_weekly_threes_send_to_somebody_too(told: Told) -> None:
    entries: list[Entry] = []
    for back in range(84, -1, -7):
        entries += [run(back, worst=3, hour=7), rating(back, 3, hour=8)]
    said = told(entries)
    assert any("physiotherapist or doctor" in text for text in said["advice"])


def test_two_weeks_of_it_do_not_yet(told: Told) -> None:
    entries: list[Entry] = [morning(back, 3) for back in range(13, -1, -1)]
    assert not any("physiotherapist" in text for text in told(entries)["advice"])


def test_nobody_is_sent_while_it_gets_better(told: Told) -> None:
    sore: list[Entry] = [morning(back, 3) for back in range(30, 2, -1)]
    calm: list[Entry] = [morning(back, 0) for back in (2, 1)]
    entries = [*sore, *calm, run(6, 2), morning(0, 1)]
    said = told(entries)
    assert not any("physiotherapist" in text for text in said["advice"])


def test_it_is_said_once_a_week_at_most_and_can_be_put_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book()
    for back in range(40, -1, -1):
        book.add(morning(back, 3))
    Store(tmp_path / "journal.json").save(book)

    def advised(settings: str) -> bool:
        (tmp_path / "settings.ini").write_text(settings, "utf-8")
        words = ["today", "--at", NINE.isoformat(), "--json", "--data-dir", str(tmp_path)]
        assert cli.run(cli.parse(words)) == 0
        return "physiotherapist" in capsys.readouterr().out

    today = NINE.date()
    assert advised("")
    assert advised(f'[today]\nput-away="a\\nsaid/sore-weeks/{today}"\n'), "all day long"
    for key in (
        f"said/sore-weeks/{today - timedelta(days=1)}",
        f"said/sore-weeks/{today - timedelta(days=6)}",
        f"put-away/sore-weeks/{today}",
    ):
        assert not advised(f'[today]\nput-away="a\\n{key}"\n'), key
    assert advised(f'[today]\nput-away="a\\nsaid/sore-weeks/{today - timedelta(days=7)}"\n')


# A1.7, A1.8, stories 18: severe soreness


@pytest.mark.parametrize(
    ("score", "words"), [(7, "If it stays"), (8, "If it"), (9, "today"), (10, "today")]
)
def test_severe_soreness_at_rest_gets_advice_and_no_massage(
    told: Told, score: int, words: str
) -> None:
    said = told([*CALM, rating(0, score, hour=8)])
    assert said["light"] == "rest"
    assert any("call your doctor" in text and words in text for text in said["advice"])
    assert "very-sore" in bars(said)
    assert said["massage"]["legs"] == {"left": False, "right": True}
    assert "well spent" not in json.dumps(said)


def test_nine_last_night_and_nothing_this_morning_is_an_easy_day(told: Told) -> None:
    said = told([*CALM, rating(1, 9, hour=22)])
    assert said["light"] == "easy"
    assert "very-sore-lately" in codes(said)
    [asked] = [each for each in said["due"] if each["code"] == "new-sign"]
    assert "wakes you at night" in asked["sentence"]
    later = told([*CALM, rating(1, 9, hour=8.5)])
    assert later["light"] == "go", "a day and more ago"
    assert due(later) == {"new-sign"}, "and asked about all the same"


def test_a_leg_at_8_is_never_called_settled(told: Told) -> None:
    said = told([*CALM, rating(0, 8, hour=8)])
    assert not [
        each for each in said["reasons"] if each["code"] == "settled" and each["leg"] == "left"
    ]


def test_tired_muscles_are_told_once(told: Told) -> None:
    usual = [e for e in CALM if not (isinstance(e, Rating) and e.at.date() == NINE.date())]
    said = told([*usual, run(2, 1, effort=7, hour=17), morning(0, 4), morning(0, 4, RIGHT)])
    assert [each["code"] for each in said["reasons"]].count("sore-muscles") == 1


def test_a_place_to_leave_out_is_said(told: Told) -> None:
    said = told([*CALM, sign(1, "varicose-veins", LEFT)])
    assert said["massage"]["allowed"] is True
    assert "never press on varicose veins" in said["leave_out"][0]


# A1.9: massage that should wait


def test_massage_waits_for_two_days_after_it_made_a_leg_worse(told: Told) -> None:
    done = session(1, hour=20)
    said = told([*CALM, *around(done, before=2, after=4)], at(0, 9))
    assert bars(said) == {"worse-after"}
    assert said["massage"]["legs"] == {"left": False, "right": True}
    later = at(-1, 21)
    assert "worse-after" not in bars(told([*CALM, *around(done, before=2, after=4)], later))
    assert bars(told([*CALM, *around(done, before=2, after=3)])) == set()


@pytest.mark.parametrize(
    ("reason", "hours"), [(None, 48), ("sharp-or-numb", 48), ("bruise", 72), ("dizzy", 48)]
)
def test_massage_waits_after_a_stop(told: Told, reason: str | None, hours: int) -> None:
    stopped = _stopped(3, reason)
    just, over = (
        stopped.at + timedelta(hours=hours) + each * timedelta(minutes=1) for each in (-1, 1)
    )
    assert "stopped" in bars(told([*CALM, stopped], just))
    assert "stopped" not in bars(told([*CALM, stopped], over))


def test_once_a_day_is_enough_and_five_a_week_are_plenty(told: Told) -> None:
    assert bars(told([*CALM, session(0, hour=7)])) == {"done-today"}
    week: list[Entry] = [session(back) for back in (5, 4, 3, 2)]
    assert bars(told([*CALM, *week])) == set()
    assert bars(told([*CALM, *week, session(1)])) == {"often"}


# A1.10, story 6: legs


def test_a_graze_on_one_leg_forbids_neither_running_nor_the_other_leg(told: Told) -> None:
    said = told([*CALM, sign(1, "skin", LEFT)])
    assert said["light"] == "go"
    assert said["massage"]["legs"] == {"left": False, "right": True}


def test_where_help_is_urgent_no_leg_is_free(told: Told) -> None:
    said = told([*CALM, sign(1, "clot", LEFT)])
    assert said["massage"]["legs"] == {"left": False, "right": False}


# A1.11, stories 5, C: why it was stopped


def _stopped(days_ago: int, reason: str | None, leg: Leg | None = LEFT) -> Session:
    stopped = session(days_ago, hour=7, ended=Ended.STOPPED)
    if reason is None:
        return stopped
    named = replace(stopped, stopped_for=reason)
    return named if leg is None else replace(named, stopped_leg=leg)


def test_a_sore_hand_leaves_the_light_alone(told: Told) -> None:
    said = told([*CALM, _stopped(0, "hand", None)])
    assert said["light"] == "go"
    assert "stopped" not in bars(said)


@pytest.mark.parametrize("reason", [None, "too-sore", "sharp-or-numb", "knee", "bruise", "dizzy"])
def test_other_stops_close_the_day(told: Told, reason: str | None) -> None:
    assert told([*CALM, _stopped(0, reason)])["light"] == "rest"


def test_a_stop_is_settled_by_the_leg_that_it_was_about(told: Told) -> None:
    stopped = _stopped(1, "too-sore", RIGHT)
    calm_right: list[Entry] = [e for e in CALM if not (isinstance(e, Rating) and e.leg is RIGHT)]
    assert told([*CALM, stopped])["light"] == "go"
    assert told([*calm_right, stopped])["light"] == "rest"


@pytest.mark.parametrize(("reason", "days"), [("knee", 2), ("sharp-or-numb", 2), ("bruise", 3)])
def test_what_should_not_come_back_stays_easy_though_a_score_is_calm(
    told: Told, reason: str, days: int
) -> None:
    assert told([*CALM, _stopped(1, reason)])["light"] == "easy"
    assert told([*CALM, _stopped(days, reason)], at(0, 6.5))["light"] != "go"
    assert told([*CALM, _stopped(days, reason)])["light"] == "go"


def test_dizziness_is_settled_by_no_leg_and_bars_both(told: Told) -> None:
    said = told([*CALM, _stopped(1, "dizzy", None)])
    assert said["light"] == "rest"
    assert said["massage"]["legs"] == {"left": False, "right": False}
    assert "swim" not in said["meaning"]


def test_two_such_stops_in_two_weeks_send_to_somebody(told: Told) -> None:
    said = told([*CALM, _stopped(9, "knee"), _stopped(4, "knee")])
    assert any("stopped twice in two weeks" in text for text in said["advice"])
    assert not any("twice" in t for t in told([*CALM, _stopped(4, "knee")])["advice"])


# A1.12: consents


def test_a_clinician_s_word_is_asked_for_again_after_four_weeks(told: Told) -> None:
    agreed = seen(sign(40, "blood-thinners"), at(27, 9))
    assert told([*CALM, agreed])["massage"]["allowed"] is True
    agreed = seen(sign(40, "blood-thinners"), at(28, 9))
    assert bars(told([*CALM, agreed])) == {"ask-first"}


# A3: how far


def test_the_day_after_a_marathon_offers_no_distance(told: Told) -> None:
    entries: list[Entry] = [*CALM, *(run(back, 0, minutes=45, km=8) for back in (20, 14, 8))]
    said = told([*entries, run(1, 1, minutes=230, km=42.2, effort=9)])
    assert said["light"] == "easy"
    assert not any("longer than" in text or "km" in text for text in said["advice"])
    for days in (3, 4, 10):
        later = told([*entries, run(days, 1, minutes=230, km=42.2, effort=9)])
        assert not any("longer than" in text for text in later["advice"])


def test_who_has_run_today_is_told_no_distance(told: Told) -> None:
    said = told([*CALM, run(0, 0, hour=7)])
    assert not any("longer than" in text for text in said["advice"])


def test_otherwise_the_longest_run_is_a_limit_and_no_licence(told: Told) -> None:
    said = told([*CALM, run(1, 0, minutes=40, km=5)])
    assert (
        "No longer than 44 min or 5.5 km: 110% of your longest runs in the last 30 days."
        in said["advice"]
    )


# The stories of A5


@pytest.mark.parametrize(("left", "right"), [(3, 3), (4, 4), (3, 4), (4, 3)])
def test_both_thighs_sore_two_days_after_hills_is_no_flare(
    told: Told, left: int, right: int
) -> None:
    usual = [e for e in CALM if not (isinstance(e, Rating) and e.at.date() == NINE.date())]
    entries = [*usual, run(2, 1, effort=7, hour=17), morning(0, left), morning(0, right, RIGHT)]
    said = told(entries)
    assert said["light"] == "easy"
    assert "sore-muscles" in codes(said)


def test_one_sore_thigh_is(told: Told) -> None:
    usual = [e for e in CALM if not (isinstance(e, Rating) and e.at.date() == NINE.date())]
    said = told([*usual, run(2, 1, effort=7, hour=17), morning(0, 4), morning(0, 1, RIGHT)])
    assert said["light"] == "rest"


def test_hard_squats_explain_sore_thighs_and_ask_for_an_easy_day(told: Told) -> None:
    usual = [e for e in CALM if not (isinstance(e, Rating) and e.at.date() == NINE.date())]
    squats = Activity(id=new_id(), at=at(1, 18), sport=Sport.STRENGTH, minutes=50, effort=8)
    said = told([*usual, squats, morning(0, 4), morning(0, 4, RIGHT)])
    assert said["light"] == "easy"
    assert codes(said) >= {"sore-muscles", "hard-day"}


def test_two_over_a_usual_of_nothing_is_easy(told: Told) -> None:
    usual = [e for e in CALM if not (isinstance(e, Rating) and e.at.date() == NINE.date())]
    said = told([*usual, morning(0, 2), morning(0, 0, RIGHT)])
    assert said["light"] == "easy"


def test_mornings_that_creep_up_are_seen(told: Told) -> None:
    entries: list[Entry] = [morning(back, 0) for back in range(40, 19, -1)]
    entries += [morning(back, 1) for back in range(19, 13, -1)]
    entries += [morning(back, 2) for back in range(13, -1, -1)]
    said = told([*entries, run(2, 0)])
    assert said["light"] == "easy"
    assert codes(said, "easy") == {"crept-up"}


def test_two_sore_runs_ten_days_apart_are_easy(told: Told) -> None:
    said = told([*CALM[:-1], run(11, 3), run(1, 3)])
    assert said["light"] == "easy"


def test_after_a_limp_a_walk_comes_first(told: Told) -> None:
    said = told([*CALM, run(2, 9, hour=18, stride=True)])
    assert said["light"] == "easy"
    assert any(
        "walk briskly for 30 minutes without a limp" in each["change"] for each in said["reasons"]
    )
    assert not any("hop" in text for each in said["reasons"] for text in (each["change"],))


def test_fever_gone_this_morning_rests_for_a_day_and_then_goes_easily(told: Told) -> None:
    gone = sign(2, "unwell", gone=at(0, 7))
    assert told([*CALM, gone])["light"] == "rest"
    assert told([*CALM, gone], at(-1, 8))["light"] != "go"
    assert "clearing-sign" not in codes(told([*CALM, gone], at(-2, 8)))


def test_easy_says_how_much_and_rest_what_else(told: Told) -> None:
    easy = told([*CALM, rating(0, 3, hour=8)])
    assert "20 to 30 minutes, flat, with walk breaks" in easy["meaning"]
    rest = told([*CALM, rating(0, 5, hour=8)])
    assert "A walk, a swim or easy cycling" in rest["meaning"]


def test_two_runs_of_one_day_are_told_as_such(told: Told) -> None:
    said = told([*CALM[:-1], run(1, 4, hour=7), run(1, 4, hour=18)])
    [reason] = [each for each in said["reasons"] if each["code"] == "sore-two-runs"]
    assert reason["sentence"] == (
        "You ran twice yesterday, and both runs were sore: 4 out of 10, then 4 out of 10."
    )


# A2: the bone question


@pytest.mark.parametrize("place", [Place.OUTER_HIP, Place.OTHER])
def test_a_marked_hip_asks_for_the_bone(told: Told, place: Place) -> None:
    marked = Rating(
        id=new_id(), at=at(0, 8), leg=LEFT, moment=Moment.OTHER, score=2, places=(place,)
    )
    said = told([*CALM, marked])
    assert due(said) == {"new-sign"}
    assert "groin" in said["due"][0]["sentence"]
    assert due(told([*CALM, marked, sign(0, "stress-fracture", LEFT)])) == set()
