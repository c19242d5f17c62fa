"""Lines can be shortened, and the most important parts are left out last."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from itband_gui.session.script_timing import LinePart, longest, shorter


class Beat:
    """A voice that takes a second a phrase."""

    def duration_ms(self, phrases: Sequence[str]) -> int:
        return 1_000 * len(phrases)


OPENING = (
    LinePart(0, ("left-leg",)),
    LinePart(6, ("sit",)),
    LinePart(1, ("zone",)),
    LinePart(5, ("how",)),
    LinePart(1, ("stop-if",)),
)
RANKS = st.lists(st.integers(0, 6), max_size=6)


def test_how_to_sit_goes_first_and_the_leg_with_the_stop_sentence_last() -> None:
    whole = longest(OPENING, 9, None, Beat())
    assert shorter(OPENING, whole) == (
        ("left-leg", "zone", "how", "stop-if"),
        ("left-leg", "zone", "stop-if"),
        ("left-leg",),
    )


@given(ranks=RANKS, rank=st.integers(0, 6))
def test_each_way_is_shorter_than_the_one_before_and_keeps_the_lower_ranks(
    ranks: list[int], rank: int
) -> None:
    text = tuple(LinePart(each, (f"phrase-{number}",)) for number, each in enumerate(ranks))
    whole = longest(text, rank, None, Beat())
    ways = [whole, *shorter(text, whole)] if whole else []
    lengths = [len(way) for way in ways]
    assert lengths == sorted(set(lengths), reverse=True)
    for way in ways:
        kept = {part.rank for part in text if part.phrases[0] in way}
        left_out = {p.rank for p in text if p.phrases[0] in whole and p.phrases[0] not in way}
        assert not left_out or max(kept) < min(left_out)
