from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from itband_gui.cues.sound_settings import Rate
from itband_gui.cues.voice import RecordedPace, SpokenPace, wav_ms
from tests.cues.conftest import TEXTS, write_wav


def test_recordings_take_as_long_as_their_files(tmp_path: Path) -> None:
    for phrase, ms in (("left", 700), ("one", 300)):
        write_wav(tmp_path / f"{phrase}.wav", ms)
    pace = RecordedPace(lambda phrase: tmp_path / f"{phrase}.wav", SpokenPace(TEXTS))
    assert pace.duration_ms(["left", "one", "one"]) == 1300
    assert pace.duration_ms([]) == 0


def test_a_phrase_without_a_recording_counts_as_if_spoken(tmp_path: Path) -> None:
    spoken = SpokenPace(TEXTS)
    pace = RecordedPace(lambda phrase: tmp_path / f"{phrase}.wav", spoken)
    assert pace.duration_ms(["left"]) == spoken.duration_ms(["left"]) > 0


def test_a_file_that_is_no_sound_has_no_length(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF and nothing else")
    assert wav_ms(tmp_path / "a.wav") is None
    assert wav_ms(tmp_path) is None


@given(st.integers(100, 9_000))
def test_a_measured_utterance_is_expected_to_take_as_long_again(took_ms: int) -> None:
    pace = SpokenPace(TEXTS)
    pace.learn(["left", "sit"], took_ms)
    assert pace.duration_ms(["left", "sit"]) == took_ms


@given(st.floats(0.5, 3))
def test_the_guess_comes_to_the_speed_of_the_voice(slowness: float) -> None:
    pace, first = SpokenPace(TEXTS), SpokenPace(TEXTS)
    for _ in range(15):
        pace.learn(["sit"], round(first.duration_ms(["sit"]) * slowness))
    wanted = first.duration_ms(["left"]) * slowness
    assert abs(pace.duration_ms(["left"]) - wanted) <= 0.02 * wanted + 1


def test_another_rate_forgets_what_was_measured_at_the_former() -> None:
    pace = SpokenPace(TEXTS)
    normal = pace.duration_ms(["left"])
    pace.learn(["left"], normal)
    pace.set_rate(Rate.SLOW)
    assert pace.duration_ms(["left"]) > normal
    pace.set_rate(Rate.FAST)
    assert pace.duration_ms(["left"]) < normal


def test_nothing_to_say_takes_no_time() -> None:
    pace = SpokenPace(TEXTS)
    pace.learn([], 500)
    pace.learn(["left"], 0)
    assert pace.duration_ms([]) == pace.duration_ms(["unknown"]) == 0
