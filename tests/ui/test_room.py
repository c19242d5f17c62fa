"""On small screens and with large letters nothing is cut off and the safety line is visible."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel

from itband_gui.routine.plan import PhaseKind
from itband_gui.ui.session.text import stop_text
from itband_gui.ui.window.main_window import Page
from tests.ui.conftest import SHORT, User
from tests.ui.room import EVERY, FEW, SOME, Screen, cut, letters

SCREENS = [
    *(pytest.param(screen, id=str(screen)) for screen in FEW),
    *(pytest.param(screen, id=str(screen), marks=pytest.mark.slow) for screen in SOME),
    *(
        pytest.param(screen, id=str(screen), marks=pytest.mark.long)
        for screen in EVERY
        if screen not in {*FEW, *SOME}
    ),
]


@pytest.fixture(params=SCREENS)
def on_screen(request: pytest.FixtureRequest, user: User) -> Iterator[User]:
    """A user with a given screen size and letter size."""
    screen: Screen = request.param
    with letters(user.appearance, screen.letters):
        user.add_routine("short.toml", SHORT)
        window = user.open()
        window.setMinimumSize(1, 1)  # the window's own is bounded by the screen's
        window.resize(screen.width, screen.height)
        user.look()
        assert window.size().toTuple() == (screen.width, screen.height)
        yield user
        user.leave()


def check_session(user: User) -> None:
    """Check the session page as it is now."""
    user.look()
    page = user.session
    own = QFontInfo(QApplication.font()).pixelSize()
    assert cut(user.window) == []
    stop = page.stop
    assert stop.text() == stop_text()
    assert stop.visibleRegion().boundingRect() == stop.rect(), "all of it is in sight"
    place = stop.mapTo(user.window, QPoint())
    assert user.window.rect().contains(stop.rect().translated(place))
    for label in page.words.findChildren(QLabel):
        assert QFontInfo(label.font()).pixelSize() >= own, label.text()
    assert QFontInfo(stop.font()).pixelSize() >= own


def test_a_session_shows_when_to_stop_and_cuts_no_word(on_screen: User) -> None:
    user = on_screen
    seen: set[PhaseKind] = set()
    user.skip_to_session("own/short", "B", ("4", "3"))
    while user.window.flow.in_session and len(seen) < len(PhaseKind):
        kind = user.session.clock.position.phase.kind
        if kind not in seen:
            seen.add(kind)
            check_session(user)
            user.session.show_floor_mode(on=True)
            check_session(user)
            user.session.show_floor_mode(on=False)
            user.press("Space")
            check_session(user)
            user.press("Space")
        user.let_pass(3)
    assert seen >= {PhaseKind.GET_READY, PhaseKind.SET, PhaseKind.REST, PhaseKind.SWITCH}


@pytest.mark.parametrize("page", Page)
def test_a_standing_page_cuts_no_word(on_screen: User, page: Page) -> None:
    on_screen.window.show_page(page)
    for _ in range(3):  # what is read in the background changes the lines, too
        on_screen.look()
    assert cut(on_screen.window) == []


def test_a_check_in_and_the_page_after_a_stop_cut_no_word(on_screen: User) -> None:
    user = on_screen
    user.go_to_check_in("own/short")
    user.look()
    assert cut(user.window) == []
    user.press("B", "Return")
    user.look()
    assert cut(user.window) == []
    user.press("4", "3", "Return")
    user.look()
    assert cut(user.window) == []
    user.pass_the_list()
    user.press("S")
    user.look()
    assert cut(user.window) == []
    user.press("1")
    user.look()
    assert cut(user.window) == []


def test_a_form_cuts_no_word(on_screen: User) -> None:
    user = on_screen
    user.window.show_page(Page.JOURNAL)
    user.look()
    user.press("Return")
    user.look()
    form = QApplication.activeModalWidget()
    assert form is not None
    assert cut(form) == []


def test_a_window_that_grows_cuts_no_name_of_a_page(user: User) -> None:
    window = user.open()
    window.setMinimumSize(1, 1)
    for width in (400, 1400, 400, 1400):
        window.resize(width, 700)
        user.look()
        assert cut(window) == []
