import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from itband_gui.cues.sound_settings import Rate, SoundChoice, VoiceSource
from itband_gui.session.cues import Count, Talk
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.services.settings import Settings, SettingsNews

if TYPE_CHECKING:
    from tests.ui.conftest import User


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
def test_an_unknown_value_counts_as_unset(file: Path, value: str) -> None:
    file.write_text(f"[window]\ntheme={value}\n[safety]\ndisclaimer-read={value}\n", "utf-8")
    settings = Settings(file)
    assert (settings.theme, settings.disclaimer_read) == (None, False)


def test_a_file_that_is_not_a_settings_file_counts_as_empty(file: Path) -> None:
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
    settings.sound = SoundChoice(VoiceSource.RECORDED, Rate.SLOW, 35)
    settings.floor_mode = settings.less_motion = settings.sound_checked = True
    again = Settings(file)
    assert (again.talk, again.count) == (Talk.BRIEF, Count.NONE)
    assert again.sound == SoundChoice(VoiceSource.RECORDED, Rate.SLOW, 35)
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


# What is in the file's place


def told_by(settings: Settings) -> list[tuple[SettingsNews, str]]:
    told: list[tuple[SettingsNews, str]] = []
    settings.file.tell = lambda news, name: told.append((news, name))
    return told


FOREIGN = [b"\0" * 64, b'{"theme": "dark"}\n', b"dear diary\n", "caf\xe9=1".encode("latin-1")]


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("through_link", [False, True])
def test_a_file_that_is_not_a_settings_file_is_copied_and_reported_once(
    file: Path, foreign: bytes, through_link: bool
) -> None:
    target = file.with_name("elsewhere.txt") if through_link else file
    target.write_bytes(foreign)
    if through_link:
        file.symlink_to(target.name)
    settings = Settings(file)
    told = told_by(settings)
    settings.theme = ThemeName.DARK
    settings.floor_mode = True
    (copy,) = file.parent.glob("settings.corrupt-*.ini")
    assert copy.read_bytes() == foreign
    assert told == [(SettingsNews.NO_SETTINGS, copy.name)]
    assert file.is_symlink() == through_link, "a link stays one"
    assert (Settings(file).theme, Settings(file).floor_mode) == (ThemeName.DARK, True)


def test_nothing_is_copied_before_something_is_to_be_saved(file: Path) -> None:
    file.write_bytes(FOREIGN[0])
    assert Settings(file).theme is None
    assert file.read_bytes() == FOREIGN[0]
    assert list(file.parent.iterdir()) == [file]


def test_unknown_keys_stay_and_comments_are_kept_in_a_copy(file: Path) -> None:
    text = "; mine\n[window]\ntheme=light\n[other]\nkey=value\n"
    file.write_text(text, "utf-8")
    settings = Settings(file)
    told = told_by(settings)
    settings.theme = ThemeName.DARK
    assert "key=value" in file.read_text("utf-8")
    (copy,) = file.parent.glob("settings.kept-*.ini")
    assert copy.read_text("utf-8") == text
    assert told == []


def test_our_own_file_is_never_copied(file: Path) -> None:
    for name in ("Anna\nO'Hara", "[x", "\u202eabc", "a=b;c", 'say "so"'):
        settings = Settings(file)
        settings.report_name = name
        settings.put_away = ["one", name]
        assert Settings(file).report_name == name
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_is_for_its_owner_alone(file: Path) -> None:
    file.write_text("[window]\ntheme=light\n", "utf-8")
    file.chmod(0o644)
    Settings(file).report_name = "Anna"
    assert file.stat().st_mode & 0o777 == 0o600


def test_unsaved_settings_apply_in_the_window_and_are_reported_once(
    file: Path,
) -> None:
    file.mkdir()
    settings = Settings(file)
    told = told_by(settings)
    settings.theme = ThemeName.DARK
    settings.floor_mode = True
    assert (settings.theme, settings.floor_mode) == (ThemeName.DARK, True)
    assert told == [(SettingsNews.NOT_SAVED, "settings.ini")]


def test_settings_survive_a_missing_folder_and_are_saved_when_it_is_back(
    tmp_path: Path,
) -> None:
    folder, away = tmp_path / "data", tmp_path / "away"
    folder.mkdir()
    settings = Settings(folder / "settings.ini")
    folder.rename(away)
    settings.theme = ThemeName.DARK
    assert settings.theme is ThemeName.DARK
    assert not folder.exists(), "no folder is made in the place of a disk"
    away.rename(folder)
    settings.floor_mode = True
    assert Settings(folder / "settings.ini").theme is ThemeName.DARK


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_or_a_huge_file_blocks_nothing(file: Path) -> None:
    os.mkfifo(file)
    settings = Settings(file)
    settings.theme = ThemeName.DARK
    assert settings.theme is ThemeName.DARK
    file.unlink()
    with file.open("wb") as giant:
        giant.truncate(1 << 30)
    settings = Settings(file)
    settings.theme = ThemeName.DARK
    assert file.stat().st_size == 1 << 30, "it is left as it is"


def test_the_window_reports_once_that_the_file_held_no_settings(user: "User") -> None:
    user.folder.mkdir()
    (user.folder / "settings.ini").write_bytes(FOREIGN[0])
    user.open()
    assert user.notices() == []
    user.go_to_session()  # which keeps that the disclaimer was read
    (said,) = [text for text in user.notices() if "settings.corrupt-" in text]
    assert "kept as" in said


def test_a_file_that_something_else_replaced_meanwhile_is_kept_too(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    settings = Settings(file)
    settings.theme = ThemeName.DARK
    file.write_bytes(FOREIGN[0])
    settings.theme = ThemeName.LIGHT
    (copy,) = tmp_path.glob("settings.corrupt-*")
    assert copy.read_bytes() == FOREIGN[0]
    assert Settings(file).theme is ThemeName.LIGHT


def test_after_a_failure_the_next_setting_is_saved_with_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    settings = Settings(file)
    file.mkdir()
    settings.theme = ThemeName.DARK
    file.rmdir()
    settings.less_motion = True
    file.write_text(file.read_text().replace("dark", "light"))
    assert (Settings(file).theme, Settings(file).less_motion) == (ThemeName.LIGHT, True)
    assert settings.theme is ThemeName.LIGHT, "it asks the file again"
    assert file.stat().st_mode & 0o077 == 0
