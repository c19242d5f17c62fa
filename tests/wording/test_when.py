from datetime import datetime

import pytest

from itband_gui.wording.when import until_text


@pytest.mark.parametrize(
    ("until", "now", "told"),
    [
        ("2026-11-22T18:30+01:00", "2026-11-22T05:00+01:00", "today at 18:30"),
        ("2026-11-22T18:30+13:00", "2026-11-22T05:00+01:00", "today at 06:30"),
        ("2026-10-25T18:30+02:00", "2026-10-25T10:00+01:00", "today at 17:30"),
        ("2026-11-23T12:00+13:00", "2026-11-22T22:00+01:00", "midnight"),
    ],
)
def test_an_end_is_given_in_local_time(until: str, now: str, told: str) -> None:
    assert until_text(datetime.fromisoformat(until), datetime.fromisoformat(now)) == told
