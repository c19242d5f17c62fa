"""A user at the warning list."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ui.conftest import User


@pytest.fixture
def asked(user: "User") -> "User":
    """Return a user who is asked for warning signs of the left leg."""
    user.open()
    user.go_to_check_in()
    user.press("L", "Return", "4", "Return")
    return user
