"""The card that says whether to run today."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from itband_gui.insight.readiness import readiness
from itband_gui.insight.reasons import Readiness, Referral
from itband_gui.journal.entries import Entry
from itband_gui.leg.drawing import load_anatomy
from itband_gui.routine.library import load_library
from itband_gui.ui.look.style import Appearance
from itband_gui.ui.look.theme import ThemeName
from itband_gui.ui.text.entries import said
from itband_gui.ui.today.readiness_card import TOP, LightMark, ReadinessCard
from itband_gui.wording.readiness import change_text
from itband_gui.wording.reasons import reason_text
from tests.insight.journals import calm_month, flare, ten_years
from tests.insight.making import CALM, NOW, SAFETY, TODAY, USUAL, morning, rating, run, sign
from tests.ui.conftest import settle_down

Show = Callable[[Sequence[Entry]], ReadinessCard]
REST = [*USUAL, run(1, 7, stride=True), morning(0, 5)]


@pytest.fixture
def card(appearance: Appearance, tmp_path: Path) -> Iterator[ReadinessCard]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    made = ReadinessCard(load_library(load_anatomy(), tmp_path), appearance)
    made.resize(500, 400)
    made.show()
    made.activateWindow()
    yield made
    made.hide()
    made.deleteLater()
    settle_down()
    QLocale.setDefault(before)


@pytest.fixture
def show(card: ReadinessCard) -> Show:
    def show_them(entries: Sequence[Entry]) -> ReadinessCard:
        card.show_verdict(readiness(entries, NOW, SAFETY), TODAY)
        settle_down()
        return card

    return show_them


def words(card: ReadinessCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_folded_it_shows_the_light_and_its_top_reasons(show: Show) -> None:
    card = show(REST)
    verdict = readiness(REST, NOW, SAFETY)
    assert len(verdict.deciding) > TOP
    told = words(card)
    assert told.startswith("Rest today\nYour own ratings say no run today.")
    assert [reason_text(each, TODAY) in told for each in verdict.deciding] == [
        index < TOP for index in range(len(verdict.deciding))
    ]
    assert card.accessibleName() == "Rest today"


def test_unfolded_it_shows_every_reason_its_entries_and_changes(show: Show) -> None:
    card = show(REST)
    card.more.click()
    settle_down()
    told = words(card)
    library = load_library(load_anatomy(), Path("nowhere"))
    for reason in readiness(REST, NOW, SAFETY).reasons:
        assert reason_text(reason, TODAY) in told
        assert change_text(reason, TODAY) in told
        for entry in reason.entries:
            assert said(entry, library, TODAY).whole in told
    assert "Massage doesn’t change the light. Rate before you massage." in told


@pytest.mark.parametrize("journal", [calm_month, flare, ten_years])
def test_the_card_shows_the_whole_verdict(show: Show, journal: Callable[[], list[Entry]]) -> None:
    entries = [entry for entry in journal() if entry.at <= NOW]
    card = show(entries)
    card.more.click()
    settle_down()
    for reason in readiness(entries, NOW, SAFETY).reasons:
        assert reason_text(reason, TODAY) in words(card)


def test_missing_ratings_are_named_without_unfolding(show: Show) -> None:
    told = words(show([]))
    assert told.startswith("Not enough to tell\n")
    assert "A run: none is logged yet." in told
    assert "How sore a leg is today, rated before any massage." in told


def test_missing_ratings_stay_in_sight_when_unfolded(show: Show) -> None:
    card = show([run(1), rating(1, 1)])
    card.more.click()
    settle_down()
    assert words(card).count("How sore your left leg is today") == 1


def test_a_rest_with_gaps_names_missing_ratings_when_unfolded(show: Show) -> None:
    card = show([run(1, 7), rating(1, 1)])
    assert "How sore your left leg is today" not in words(card)
    card.more.click()
    settle_down()
    assert "Not known yet" in words(card)
    assert words(card).count("How sore your left leg is today") == 1


def test_a_go_says_how_long_a_run_may_be(show: Show) -> None:
    assert "No longer than 44 min: 110% of your longest run in the last 30 days." in words(
        show(CALM)
    )


def test_a_sign_that_stays_open_advises_to_see_someone_and_can_be_hidden(
    show: Show, qtbot: QtBot
) -> None:
    card = show([*CALM, sign(15)])
    assert "have it looked at" in words(card)
    with qtbot.waitSignal(card.referral_put_away, timeout=60_000) as told:
        card.put_away.click()
    assert told.args == [Referral.LONG_SIGN]
    assert "Hide this for a week" not in words(show(CALM))


def test_other_reasons_have_a_separate_heading(show: Show) -> None:
    card = show([*USUAL, run(0, 7, hour=8), run(0, 1, hour=17), morning(0, 1)])
    card.more.click()
    settle_down()
    told = words(card)
    assert "Go:" not in told
    assert told.index("Good signs") > told.index("got up to 7 out of 10")


def test_an_unfolded_card_stays_unfolded_when_the_journal_changes(show: Show) -> None:
    card = show(REST)
    card.more.click()
    show(CALM)
    assert card.details.isVisible()
    assert "stayed at 1 out of 10" in words(card)
    assert "limped" not in words(card), "the old reasons are gone"


def test_the_keyboard_unfolds_and_folds(show: Show) -> None:
    card = show(REST)
    folded = words(card)
    card.more.setFocus()
    QTest.keyClick(card.more, Qt.Key.Key_Return)
    assert card.details.isVisible()
    assert card.more.text() == "Show less"
    QTest.keyClick(card.more, Qt.Key.Key_Space)
    settle_down()
    assert words(card) == folded


def test_the_mouse_unfolds(show: Show) -> None:
    card = show(REST)
    QTest.mouseClick(card.more, Qt.MouseButton.LeftButton)
    assert card.details.isVisible()


@pytest.mark.parametrize("theme", list(ThemeName))
def test_each_light_has_its_own_shape(appearance: Appearance, theme: ThemeName) -> None:
    appearance.choose(theme)
    mark = LightMark(appearance)
    mark.resize(48, 48)
    shapes = set()
    for light in Readiness:
        mark.show_light(light)
        image = mark.grab().toImage()
        ground = image.pixelColor(0, 0)
        drawn = "".join(
            "#" if image.pixelColor(x, y) != ground else "."
            for y in range(0, image.height(), 4)
            for x in range(0, image.width(), 4)
        )
        assert "#" in drawn
        shapes.add(drawn)
    assert len(shapes) == len(Readiness)


def test_the_light_changes_its_colour_with_the_theme(show: Show, appearance: Appearance) -> None:
    card = show(REST)
    before = card.mark.grab().toImage()
    appearance.choose(ThemeName.DARK)
    settle_down()
    assert card.mark.grab().toImage() != before


def test_a_hostile_sign_and_note_stay_plain_text(show: Show) -> None:
    from msgspec.structs import replace  # noqa: PLC0415 - beside its only use

    hostile = replace(sign(1), sign="<b>x</b>\u202e", note="<img src=x>")
    card = show([*CALM, hostile])
    card.more.click()
    settle_down()
    assert "<b>x</b>." in words(card)
    assert "img" not in words(card)
    labels = card.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_nothing_is_cut_off_with_large_text(show: Show, card: ReadinessCard) -> None:
    before = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(before.pointSizeF() * 2)
    QApplication.setFont(larger)
    try:
        card.more.setChecked(True)
        show(REST)
        card.resize(400, card.heightForWidth(400))
        settle_down()
        for label in card.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
    finally:
        QApplication.setFont(before)


def test_its_buttons_wrap_if_they_must(show: Show, card: ReadinessCard) -> None:
    show([*CALM, sign(15)])
    row = card.more.parentWidget()
    assert row is not None
    both = card.more.sizeHint().width() + card.put_away.sizeHint().width()
    assert row.minimumSizeHint().width() < both
    assert row.heightForWidth(both - 1) > row.heightForWidth(2 * both)
    show(CALM)
    assert row.heightForWidth(both - 1) == row.heightForWidth(2 * both), "nothing hidden has room"


def test_yesterdays_verdict_is_not_todays(card: ReadinessCard) -> None:
    for back, day in ((1, "today"), (0, "yesterday")):
        when = NOW - timedelta(days=back)
        card.show_verdict(readiness([*USUAL, run(1, 7)], when, SAFETY), when.date())
        assert f"On {day}’s run your outer thigh got up to 7 out of 10." in words(card)
