"""The seeded journals."""

from collections.abc import Callable

import pytest

from itband_gui.journal.entries import Entry
from tests.insight.journals import calm_month, flare, ten_years

Journal = list[Entry]


@pytest.fixture(scope="module", params=[calm_month, flare, ten_years])
def journal(request: pytest.FixtureRequest) -> Journal:
    made: Callable[[], Journal] = request.param
    return made()
