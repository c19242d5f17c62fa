"""A user in the middle of a session."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ui.conftest import User

IN_FIRST_SET = 20.0  # s into `own/short`: 5 to get ready, 10 to settle, 5 of the first set


@pytest.fixture
def in_set(short_user: "User") -> "User":
    """Return a user in the first set of a session on both legs, on the left one."""
    short_user.skip_to_session("own/short", "B", ("4", "3"))
    short_user.let_pass(IN_FIRST_SET)
    assert short_user.session.clock.position.phase.set_number == 1
    return short_user
