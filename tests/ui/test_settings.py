from pathlib import Path

import pytest

from itband_gui.cues.choice import Rate, SoundChoice, Source
from itband_gui.session.cues import Count, Talk
from itband_gui.ui.settings import Settings
from itband_gui.ui.theme import ThemeName


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def test_nothing_is_set_at_first_and_reading_writes_no_file(file: Path) -> None:
    settings = Settings(file)
    assert (settings.theme, settings.disclaimer_read) == (None, False)
    assert not file.exists()


@pytest.mark.parametrize("name", ThemeName)
def test_what_was_set_is_there_at_the_next_start(file: Path, name: ThemeName) -> None:
    settings = Settings(file)
    settings.theme = name
    settings.disclaimer_read = True
    assert name in file.read_text("utf-8")
    again = Settings(file)
    assert (again.theme, again.disclaimer_read) == (name, True)
    again.theme = None
    assert Settings(file).theme is None


@pytest.mark.parametrize(
    "value",
    ["", "LIGHT", "sepia", "light, dark", "7", '"', "@Invalid()", "@Variant(\\0\\0\\0\\x7f)", "\0"],
)
def test_a_value_that_is_not_known_counts_as_not_set(file: Path, value: str) -> None:
    file.write_text(f"[window]\ntheme={value}\n[safety]\ndisclaimer-read={value}\n", "utf-8")
    settings = Settings(file)
    assert (settings.theme, settings.disclaimer_read) == (None, False)


def test_a_file_that_is_no_settings_file_counts_as_empty(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 64)
    settings = Settings(file)
    assert (settings.theme, settings.disclaimer_read) == (None, False)


def test_a_folder_in_the_file_s_place_does_not_stop_the_program(file: Path) -> None:
    file.mkdir()
    settings = Settings(file)
    settings.theme = ThemeName.DARK
    assert settings.theme is ThemeName.DARK
    assert list(file.iterdir()) == []


def test_sound_and_floor_mode_are_kept(file: Path) -> None:
    settings = Settings(file)
    assert (settings.talk, settings.count) == (Talk.FULL, Count.LAST_THREE)
    assert (settings.sound, settings.floor_mode, settings.less_motion) == (
        SoundChoice(),
        False,
        None,
    )
    settings.talk, settings.count = Talk.BRIEF, Count.NONE
    settings.sound = SoundChoice(Source.RECORDED, Rate.SLOW, 35)
    settings.floor_mode = settings.less_motion = settings.sound_checked = True
    again = Settings(file)
    assert (again.talk, again.count) == (Talk.BRIEF, Count.NONE)
    assert again.sound == SoundChoice(Source.RECORDED, Rate.SLOW, 35)
    assert (again.floor_mode, again.less_motion, again.sound_checked) == (True, True, True)


@pytest.mark.parametrize("value", ["loud", "-1", "101", "1e2", "٣", "8.5", "9" * 400])
def test_a_wrong_volume_falls_back_and_is_named_in_the_log_once(
    file: Path, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_text(f"[sound]\nvolume={value}\ntalk=shout\n", "utf-8")
    settings = Settings(file)
    for _ in range(3):
        assert settings.sound.volume == SoundChoice().volume
        assert settings.talk is Talk.FULL
    named = [record.getMessage() for record in caplog.records]
    assert [("volume" in line, "talk" in line) for line in named] == [(True, False), (False, True)]
