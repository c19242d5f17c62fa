"""The key that is meant, on keyboards of every language; see `tests/real` for real layouts."""

import string
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from itband_gui.journal.entries import Ended, Moment, Rating, RestDay, Session, Sign
from itband_gui.leg.names import Leg
from itband_gui.ui.check_in.warning_dialog import WarningDialog
from itband_gui.ui.guide.page import GuidePage
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.entry_forms import RatingForm
from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.look import keys
from itband_gui.ui.look.keys import key_meant
from itband_gui.ui.session.after_page import AfterPage
from itband_gui.ui.session.controls import Control
from itband_gui.ui.today.page import TodayPage
from itband_gui.ui.today.questions import NewSignCard, ScoreCard
from tests.ui.scenes import SCENES

if TYPE_CHECKING:
    from tests.ui.conftest import User

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier
# The X and Wayland numbers of the keys that an American keyboard calls so.
PLACES = dict(zip("1234567890", range(10, 20), strict=True))
PLACES |= dict(zip("QWERTYUIOP", range(24, 34), strict=True))
PLACES |= dict(zip("ASDFGHJKL", range(38, 47), strict=True))
PLACES |= dict(zip("ZXCVBNM", range(52, 59), strict=True))
# What layouts write in the place of an American keyboard's key, and what that means.
RUSSIAN = {"S": "Ы", "E": "У", "F": "А", "G": "П", "M": "Ь", "L": "Д", "R": "К", "B": "И",
           "D": "В", "W": "Ц", "A": "Ф", "X": "Ч", "Y": "Н", "N": "Т"}  # fmt: skip
OTHERS = {
    "Greek": {"S": "Σ", "L": "Λ", "W": "Σ", "X": "Χ"},
    "Hebrew": {"S": "ד", "L": "ך", "W": "'", "X": "ס"},
    "Arabic": {"S": "س", "L": "م", "B": "ﻻ", "X": "ء"},
    "Persian": {"S": "س", "L": "م", "D": "ی"},
    "Devanagari": {"S": "े", "L": "त", "D": "्"},
    "Georgian": {"S": "ს"},
    "Thai": {"S": "ห", "E": "ำ", "4": "ภ", "1": "ๅ"},
    "French": dict(zip("1234567890", "&É\"'(-È_ÇÀ", strict=True)),
    "Czech": dict(zip("1234567890", "+ĚŠČŘŽÝÁÍÉ", strict=True)),
    "Vietnamese": {"1": "Ă", "4": "Ô", "0": "Đ"},
}
LAYOUTS = [
    (language, place, sign)
    for language, signs in {"Russian": RUSSIAN, **OTHERS}.items()
    for place, sign in signs.items()
]


def event(
    key: int, scan: int = 0, modifiers: Qt.KeyboardModifier = NONE, virtual: int = 0
) -> QKeyEvent:
    """Return a key press as a keyboard of a layout sends it."""
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, virtual, 0, "")


@pytest.fixture(autouse=True)
def _linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the key numbers of X and Wayland, wherever this runs."""
    on(monkeypatch, "linux")


def on(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    system = SimpleNamespace(platform=platform, maxunicode=sys.maxunicode)
    monkeypatch.setattr(keys, "sys", system)


def strike(user: "User", place: str, sign: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key, given its position and its character, in the focused widget."""
    target = QApplication.focusWidget() or user.window
    QCoreApplication.sendEvent(target, event(ord(sign), PLACES[place], modifiers))
    user.look()


# Which key it is


@pytest.mark.parametrize(("language", "place", "sign"), LAYOUTS)
def test_a_letter_of_another_script_is_identified_by_its_place(
    language: str, place: str, sign: str
) -> None:
    del language
    assert key_meant(event(ord(sign), PLACES[place])) == ord(place)


@given(st.sampled_from(string.ascii_uppercase + string.digits), st.integers(0, 100))
def test_a_latin_letter_or_digit_counts_as_typed_wherever_it_is(sign: str, scan: int) -> None:
    assert key_meant(event(ord(sign), scan)) == ord(sign)


@pytest.mark.parametrize(
    ("place", "sign"),
    [
        *[("E", "."), ("W", ","), ("Q", "'"), ("Z", ";")],  # Dvorak
        *[("W", "É"), ("Y", "^"), ("B", "’")],  # Bépo
        ("0", "Ö"),  # Hungarian: the digit is elsewhere
    ],
)
def test_a_symbol_of_a_latin_layout_is_not_a_letter(place: str, sign: str) -> None:
    assert key_meant(event(ord(sign), PLACES[place])) == ord(sign)


def test_a_digit_row_means_digits_without_shift_only() -> None:
    assert key_meant(event(ord("!"), PLACES["1"], SHIFT)) == ord("!")
    assert key_meant(event(ord("1"), PLACES["1"], SHIFT)) == ord("1"), "French, with Shift"


@pytest.mark.parametrize("zero", "٠۰०০೦๐０")
def test_digits_of_every_script_are_digits(zero: str) -> None:
    for number in range(10):
        assert key_meant(event(ord(zero) + number)) == ord("0") + number
        assert key_meant(event(ord(zero) + number, 0, KEYPAD)) == ord("0") + number


def test_a_dead_key_in_the_row_of_digits_is_a_digit() -> None:
    assert key_meant(event(Qt.Key.Key_Dead_Hook, PLACES["5"])) == ord("5"), "Vietnamese"
    assert key_meant(event(Qt.Key.Key_Dead_Acute, 48)) == Qt.Key.Key_Dead_Acute


def test_letters_of_east_asian_width_are_the_same_letters() -> None:
    assert key_meant(event(ord("Ｓ"))) == ord("S")


SPECIAL = [Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Backspace, Qt.Key.Key_MediaStop,
           Qt.Key.Key_Space, Qt.Key.Key_unknown]  # fmt: skip


@pytest.mark.parametrize("key", SPECIAL)
def test_a_key_that_types_nothing_stays_the_same(key: Qt.Key) -> None:
    assert key_meant(event(key, PLACES["S"])) == key


def test_windows_identifies_a_key_by_its_own_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, "win32")
    assert key_meant(event(ord("Ы"), 31, virtual=ord("S"))) == ord("S")
    assert key_meant(event(ord("'"), 17, virtual=ord("W"))) == ord("W")
    assert key_meant(event(ord("É"), 3, virtual=ord("2"))) == ord("2")
    assert key_meant(event(ord("."), 18, virtual=0xBE)) == ord("."), "Dvorak"
    assert key_meant(event(ord("Ö"), 11, virtual=0xC0)) == ord("Ö"), "Hungarian"


def test_macos_has_its_own_key_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, "darwin")
    places = {"S": 1, "E": 14, "L": 37, "R": 15, "B": 11, "M": 46, "G": 5, "F": 3, "X": 7}
    for letter, code in places.items():
        assert key_meant(event(ord("Ы"), 1, virtual=code)) == ord(letter)
    digits = {"1": 18, "2": 19, "3": 20, "4": 21, "5": 23, "6": 22, "7": 26, "8": 28, "9": 25}
    for digit, code in (digits | {"0": 29}).items():
        assert key_meant(event(ord("É"), 1, virtual=code)) == ord(digit)
    assert key_meant(event(ord("."), 1, virtual=47)) == ord(".")


# Where it counts


@pytest.mark.parametrize("sign", [*"ЫσсדсسेЅ"])
def test_stop_is_found_in_every_script(user: "User", sign: str) -> None:
    SCENES["session"](user)
    strike(user, "S", sign)
    assert isinstance(user.page, AfterPage)
    assert [e.ended for e in user.journal() if isinstance(e, Session)] == [Ended.STOPPED]


def test_backspace_stops_in_every_layout(user: "User") -> None:
    SCENES["session"](user)
    user.press("Backspace")
    assert isinstance(user.page, AfterPage)


def test_the_other_letters_of_a_session(user: "User") -> None:
    SCENES["session in a set"](user)
    page = user.session
    strike(user, "E", RUSSIAN["E"])
    assert page.clock.engine.eases == 1
    strike(user, "M", RUSSIAN["M"])
    assert page.controls.buttons[Control.MUTE].isChecked()
    strike(user, "F", RUSSIAN["F"])
    assert user.window.isFullScreen()
    strike(user, "G", RUSSIAN["G"])
    assert isinstance(user.page, GuidePage)


def test_ctrl_with_a_letter_of_another_script_is_not_a_session_key(user: "User") -> None:
    page = SCENES["session"](user)
    for place in "SEFMG":
        strike(user, place, RUSSIAN[place], CTRL)
    assert page is user.window
    assert user.session.clock.engine.running


@pytest.mark.parametrize(
    ("place", "legs"), [("L", (Leg.LEFT,)), ("R", (Leg.RIGHT,)), ("B", tuple(Leg))]
)
def test_the_leg_of_a_check_in(user: "User", place: str, legs: tuple[Leg, ...]) -> None:
    SCENES["check in of the leg"](user)
    strike(user, place, RUSSIAN[place])
    assert user.check_in.draft.legs == legs


def test_scores_of_a_check_in(user: "User") -> None:
    SCENES["check in of the places"](user)
    strike(user, "X", RUSSIAN["X"])
    strike(user, "7", "È")
    assert user.check_in.draft.scores == {Leg.LEFT: 10, Leg.RIGHT: 7}


def test_the_leg_and_the_answers_of_the_warning_list(user: "User") -> None:
    SCENES["warning list with the bone"](user)
    bone, skin = (user.check_in.signs.rows[each] for each in ("stress-fracture", "skin"))
    user.check_in.next.setFocus()
    for place, there in (("Y", True), ("N", False)):
        strike(user, place, RUSSIAN[place])
        assert (bone.present is not None) is there
    skin.box.setChecked(True)
    skin.box.setFocus()
    strike(user, "R", RUSSIAN["R"])
    assert skin.legs.value == (Leg.RIGHT,)


def test_the_reason_of_a_stop_its_leg_and_the_scores_after_it(user: "User") -> None:
    SCENES["after a stop"](user)
    for row in user.after.rows.values():
        row.clear()
    for place, sign in (("1", "&"), ("L", RUSSIAN["L"]), ("3", '"'), ("X", RUSSIAN["X"])):
        strike(user, place, sign)
    (session,) = (e for e in user.journal() if isinstance(e, Session))
    assert session.stopped_leg is Leg.LEFT
    after = {e.leg: e.score for e in user.journal()
             if isinstance(e, Rating) and e.moment is Moment.AFTER}  # fmt: skip
    assert after == {Leg.LEFT: 3, Leg.RIGHT: 10}


def test_a_question_of_today(user: "User") -> None:
    SCENES["today asking for a score"](user)
    assert isinstance(user.today.questions.card, ScoreCard)
    strike(user, "4", "'")
    (rating,) = (e for e in user.journal() if isinstance(e, Rating) and e.at == user.clock.now())
    assert rating.score == 4


@pytest.mark.parametrize("place", "YN")
def test_a_sign_that_today_asks_about(user: "User", place: str) -> None:
    SCENES["today asking about a sign"](user)
    assert user.window.findChildren(NewSignCard)
    strike(user, place, RUSSIAN[place])
    assert not user.window.findChildren(NewSignCard)
    assert len([e for e in user.journal() if isinstance(e, Sign)]) == (place == "Y")


@pytest.mark.parametrize("place", "RADW")
def test_what_is_logged_on_today(user: "User", place: str) -> None:
    SCENES["today with a question"](user)
    strike(user, place, RUSSIAN[place])
    dialogs = user.window.findChildren(EntryDialog) + user.window.findChildren(WarningDialog)
    rested = any(isinstance(e, RestDay) and e.at == user.clock.now() for e in user.journal())
    assert (len(dialogs), rested) == ((0, True) if place == "D" else (1, False))


def test_the_score_of_a_form(user: "User") -> None:
    dialog = SCENES["new rating"](user)
    (form,) = dialog.findChildren(RatingForm)
    form.leg.button_for(Leg.LEFT).setFocus()
    strike(user, "8", "_")
    assert form.score.score == 8
    strike(user, "X", RUSSIAN["X"])
    assert form.score.score == 10


def test_the_pages_with_ctrl_and_the_unshifted_row(user: "User") -> None:
    SCENES["today with a question"](user)
    for place, sign, page in (
        ("2", "É", JournalPage),
        ("3", '"', HistoryPage),
        ("1", "&", TodayPage),
    ):
        strike(user, place, sign, CTRL)
        assert isinstance(user.page, page)


def test_shortcuts_where_the_only_layout_is_of_another_script(user: "User") -> None:
    SCENES["journal"](user)
    strike(user, "N", RUSSIAN["N"], CTRL)
    assert [d for d in user.window.findChildren(EntryDialog) if d.isVisible()]


def test_a_shortcut_of_a_page_that_is_not_shown_stays_out_of_reach(user: "User") -> None:
    SCENES["journal"](user)
    strike(user, "D", RUSSIAN["D"])
    assert not any(isinstance(e, RestDay) and e.at == user.clock.now() for e in user.journal())


def test_the_table_is_copied(user: "User") -> None:
    SCENES["history as table"](user)
    QGuiApplication.clipboard().clear()
    user.page_of(HistoryPage).view.card.table.setFocus()
    strike(user, "C", "С", CTRL)
    assert QGuiApplication.clipboard().text().startswith("Day\t")
