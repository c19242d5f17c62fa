"""The Settings page: each choice is saved at once; a sample plays as chosen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from itband_gui.cues.sound_settings import Rate, SoundChoice, VoiceSource
from itband_gui.session.cues import Count, Talk
from itband_gui.ui.services.settings import Settings
from itband_gui.ui.window.main_window import Page
from itband_gui.ui.window.settings_page import SettingsPage

if TYPE_CHECKING:
    from tests.ui.conftest import User
    from tests.ui.sound.conftest import Machine


def opened(user: "User", machine: "Machine") -> SettingsPage:
    user.open(machine.devices)
    user.window.show_page(Page.SETTINGS)
    return user.page_of(SettingsPage)


def kept(user: "User") -> Settings:
    return Settings(user.folder / "settings.ini")


def test_each_choice_is_saved_at_once(user: "User", machine: "Machine") -> None:
    page = opened(user, machine)
    for button in (
        page.talk.button_for(Talk.BRIEF),
        page.count.button_for(Count.ALL),
        page.source.button_for(VoiceSource.RECORDED),
        page.rate.button_for(Rate.SLOW),
        page.floor_mode.box,
    ):
        user.click(button)
    page.volume.setFocus()
    QTest.keyClick(page.volume, Qt.Key.Key_End)
    settings = kept(user)
    assert (settings.talk, settings.count) == (Talk.BRIEF, Count.ALL)
    assert settings.sound == SoundChoice(VoiceSource.RECORDED, Rate.SLOW, 100)
    assert settings.floor_mode


def test_a_sample_plays_as_chosen_and_releases_the_sound(user: "User", machine: "Machine") -> None:
    page = opened(user, machine)
    user.click(page.rate.button_for(Rate.FAST))
    user.click(page.check.play)
    (player,) = machine.players
    assert player.requested.rate is Rate.FAST
    assert "Did you hear it?" in user.reads()
    user.click(page.check.play)
    assert [player.closed for player in machine.players] == [True, False]


def test_a_session_starts_in_floor_mode_if_set(user: "User", short: str) -> None:
    user.add_routine("short.toml", short)
    kept(user).floor_mode = True
    user.open()
    session = user.skip_to_session("own/short")
    assert session.floor_mode
