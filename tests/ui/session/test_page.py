"""The session page, phase by phase."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from itband_gui.journal.entries import Ended, Rating, Session, Work
from itband_gui.leg.names import Leg, Technique, Zone
from itband_gui.routine.library import FILE_NAME_LIMIT
from itband_gui.routine.plan import PhaseKind
from itband_gui.ui.session.after_page import AfterPage

if TYPE_CHECKING:
    from tests.ui.conftest import User

# What `own/short` says at these seconds: the words on the page, the words of what comes next
SCRIPT = [
    (2, ["Left leg", "Get ready", "Sit with the left knee relaxed"], "Along the upper band"),
    (
        10,
        ["Left leg", "Along the upper band", "Flat hand", "Light", "Stroke"],
        "Front of the outer",
    ),
    (20, ["Left leg", "set 1 of 2", "Front of the outer thigh", "Heel of the hand"], "15 s rest"),
    (40, ["Left leg", "Rest"], "Front of the outer thigh"),
    (60, ["set 2 of 2", "Press 3–4 out of 10"], "Buttock"),
    (75, ["Left leg", "Rest"], "Buttock"),
    (93, ["Buttock", "Knuckles", "Press 2 out of 10"], "switch legs"),
    (99, ["Right leg", "Switch to the right leg", "Sit with the right knee"], "Right leg"),
    (110, ["Right leg", "Along the upper band", "Light"], "Front of the outer thigh"),
]


@pytest.fixture
def both(short_user: "User") -> "User":
    """A user at the start of `own/short` on both legs."""
    short_user.skip_to_session("own/short", "B", ("4", "3"))
    return short_user


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_each_phase_says_what_to_do_where_how_hard_and_what_comes_next(both: "User") -> None:
    passed = 0
    for second, words, coming in SCRIPT:
        both.let_pass(second - passed)
        passed = second
        read = plain(both.reads())
        assert [word for word in words if word not in read] == [], f"at {second} s"
        assert coming in plain(both.session.words.next.text()), f"at {second} s"


def test_strokes_are_counted_and_the_seconds_go_down(both: "User") -> None:
    both.let_pass(15)
    strokes, names = [], []
    for _ in range(20):
        strokes.append(plain(both.session.words.stroke.text()))
        names.append(both.session.words.ring.accessibleName())
        both.let_pass(1)
    count = len(both.session.clock.engine.plan.phases[2].strokes)
    assert count > 1
    assert list(dict.fromkeys(strokes)) == [
        f"Stroke {number} of {count}" for number in range(1, count + 1)
    ]
    assert [int(re.sub(r"\D", "", name)) for name in names] == list(range(20, 0, -1))


def test_the_whole_session_s_progress_and_time_left_are_shown(both: "User") -> None:
    total = both.session.clock.engine.plan.total_ms / 1000
    assert both.session.progress.value() == 0
    both.let_pass(total / 2)
    assert both.session.progress.value() == both.session.progress.maximum() // 2
    minutes, seconds = divmod(round(total / 2), 60)
    assert f"{minutes}:{seconds:02} left" in plain(both.reads())


def test_the_leg_being_massaged_is_drawn(both: "User") -> None:
    seen = []
    for _ in range(110):
        both.let_pass(1)
        position = both.session.clock.position
        scene = both.session.leg.scene
        assert both.session.leg.leg is position.phase.leg
        if position.phase.work:
            assert scene.tinted == position.phase.work.zones
            assert scene.path == position.phase.work.path
        seen.append(scene.tinted)
        assert scene.keep_off
    assert {(Zone.FRONT_EDGE,), (Zone.GLUTEAL,), (Zone.BAND_UPPER, Zone.BAND_MIDDLE)} <= set(seen)


def test_the_hand_moves_only_during_strokes(both: "User") -> None:
    both.let_pass(16)
    pictures = []
    for _ in range(6):
        pictures.append(both.session.leg.grab().toImage())
        both.let_pass(0.25)
    assert all(a != b for i, a in enumerate(pictures) for b in pictures[:i])
    both.let_pass(25)
    assert both.session.clock.position.phase.kind is PhaseKind.REST
    resting = both.session.leg.grab().toImage()
    both.let_pass(0.25)
    assert both.session.leg.grab().toImage() == resting


def test_the_hand_goes_down_at_the_speed_of_the_routine(both: "User") -> None:
    both.let_pass(15)
    phase = both.session.clock.position.phase
    assert phase.work is not None
    way_down = (phase.strokes[0].turn_ms - phase.strokes[0].start_ms) / 1000
    assert phase.work.path.length / way_down == pytest.approx(5, abs=0.05), "cm/s"
    for _ in range(2):
        both.clock.ms += round(way_down * 250)
        both.tick()
    assert both.session.clock.position.along == pytest.approx(0.5, abs=0.02)


def test_with_less_motion_a_marker_steps_where_the_hand_would_glide(short_user: "User") -> None:
    short_user.appearance.less_motion = True
    short_user.skip_to_session("own/short")
    short_user.let_pass(15)
    pictures = []
    for _ in range(40):
        short_user.let_pass(0.25)
        picture = short_user.session.leg.grab().toImage()
        if picture not in pictures:
            pictures.append(picture)
    assert 2 <= len(pictures) <= 12, "of 40 looks"


def test_a_gap_pauses_and_says_so(both: "User") -> None:
    both.let_pass(20)
    before = both.session.clock.position
    both.clock.ms += 2_001
    both.tick()
    assert "Paused" in both.reads()
    assert "went to sleep" in both.reads()
    both.let_pass(30)
    assert both.session.clock.position == before
    both.press("Space")
    both.let_pass(1)
    assert both.session.clock.position.offset_ms == before.offset_ms + 1000


def test_two_seconds_are_not_a_gap(both: "User") -> None:
    both.let_pass(20)
    before = both.session.clock.position.offset_ms
    both.clock.ms += 2_000
    both.tick()
    assert both.session.clock.engine.paused is None
    assert both.session.clock.position.offset_ms == before + 2_000


def test_a_clock_that_runs_backwards_stands_still(both: "User") -> None:
    both.let_pass(20)
    before = both.session.clock.position
    both.clock.ms -= 10_000
    both.tick()
    assert both.session.clock.position == before


def test_a_finished_session_is_saved_and_asks_for_ratings(both: "User") -> None:
    total_ms = both.session.clock.engine.plan.total_ms
    both.let_pass(total_ms / 1000 + 1)
    assert isinstance(both.page, AfterPage)
    (session,) = (entry for entry in both.journal() if isinstance(entry, Session))
    assert session.ended is Ended.FINISHED
    assert session.routine == "own/short"
    assert session.legs == (Leg.LEFT, Leg.RIGHT)
    assert session.total_seconds == total_ms / 1000
    assert session.hands_on_seconds == 2 * (10 + 20 + 20 + 12)
    assert (session.skipped, session.repeated, session.eased) == (0, 0, 0)
    done = {(w.leg, w.zone, w.technique): (w.strokes, w.seconds) for w in session.work}
    for leg in Leg:
        assert done[leg, Zone.FRONT_EDGE, Technique.HEEL_OF_HAND][1] == 40
        assert done[leg, Zone.GLUTEAL, Technique.KNUCKLES][1] == 12
        assert done[leg, Zone.BAND_UPPER, Technique.LIGHT][0] >= 1


def test_the_time_actually_massaged_is_saved_with_its_ratings(both: "User") -> None:
    both.let_pass(5)
    both.press("Right")  # out of settle
    both.let_pass(10)
    both.press("E")
    both.let_pass(4)
    both.press("Left")
    both.let_pass(6)
    both.press("S")
    entries = both.journal()
    (session,) = (entry for entry in entries if isinstance(entry, Session))
    ratings = [entry for entry in entries if isinstance(entry, Rating)]
    assert (session.skipped, session.repeated, session.eased) == (1, 1, 1)
    assert session.ended is Ended.STOPPED
    assert {(w.zone, w.technique): w.seconds for w in session.work} == {
        (Zone.FRONT_EDGE, Technique.HEEL_OF_HAND): 10,
        (Zone.FRONT_EDGE, Technique.LIGHT): 10,
    }
    assert {rating.session for rating in ratings} == {session.id}
    assert all(isinstance(work, Work) and work.leg is Leg.LEFT for work in session.work)


def test_a_pause_of_more_than_a_day_loses_nothing(both: "User") -> None:
    both.let_pass(20)
    both.press("Space")
    both.clock.ms += 25 * 3600 * 1000
    both.tick()
    both.press("Space")
    both.let_pass(2)
    both.press("S")
    assert isinstance(both.page, AfterPage)
    (session,) = (entry for entry in both.journal() if isinstance(entry, Session))
    assert session.hands_on_seconds == 17


def test_a_time_of_day_set_back_in_a_session_loses_nothing(both: "User") -> None:
    both.let_pass(20)
    both.clock.start -= timedelta(hours=3)
    both.press("S")
    assert isinstance(both.page, AfterPage)
    both.press("1", "L", "4", "3")
    assert len(both.journal()) == 5


def test_an_own_routine_with_too_long_a_file_name_is_skipped_and_named(
    user: "User",
) -> None:
    long = "n" * 200
    user.add_routine(f"{long}.toml", ROUTINE)
    user.open()
    assert "Long" not in user.reads()
    assert "file name" in user.reads()


def test_the_longest_allowed_file_name_is_saved_with_its_session(user: "User") -> None:
    name = "n" * FILE_NAME_LIMIT
    user.add_routine(f"{name}.toml", ROUTINE)
    user.open()
    user.skip_to_session(f"own/{name}")
    user.let_pass(10)
    user.press("S")
    (session,) = (entry for entry in user.journal() if isinstance(entry, Session))
    assert session.routine == f"own/{name}"


ROUTINE = """
name = "Long"
[settle]
zones = ["front-edge"]
seconds = 10
speed_cm_s = 5
[[steps]]
technique = "light"
zones = ["front-edge"]
seconds = 10
speed_cm_s = 5
"""
