import pytest

from itband_gui.journal.merge import needs_consent


@pytest.mark.parametrize(
    ("held", "staying", "removed", "asks"),
    [
        (0, 0, 0, False),
        (100, 100, 0, False),
        (100, 90, 0, False),  # 10 % exactly
        (100, 89, 0, True),
        (109, 98, 0, True),
        (19, 18, 0, False),
        (19, 17, 0, True),
        (1000, 980, 0, False),  # 20 exactly
        (1000, 979, 0, True),
        (10, 9, 0, False),
        (10, 8, 0, True),
        (9, 1, 0, False),  # tiny: a percentage says nothing
        (9, 0, 0, True),
        (1, 0, 0, True),
    ],
)
def test_more_than_a_tenth_or_more_than_twenty_gone_unasked_needs_consent(
    held: int, staying: int, removed: int, asks: bool
) -> None:
    assert needs_consent(held, staying, removed) is asks


@pytest.mark.parametrize(
    ("held", "staying", "removed", "asks"),
    [
        (100, 0, 100, False),
        (100, 50, 40, False),
        (100, 50, 39, True),
        (5, 0, 5, False),
        (5, 0, 4, True),  # the last went unasked
    ],
)
def test_what_the_user_took_out_needs_no_consent(
    held: int, staying: int, removed: int, asks: bool
) -> None:
    assert needs_consent(held, staying, removed) is asks
