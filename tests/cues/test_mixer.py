from array import array

from hypothesis import given
from hypothesis import strategies as st

from itband_gui.cues.sound_child import LOUDEST, SOFTEST, Mixer

SAMPLES = st.lists(st.integers(SOFTEST, LOUDEST), max_size=40).map(lambda found: array("h", found))


def mixer() -> tuple[Mixer, list[tuple[str, int]]]:
    told: list[tuple[str, int]] = []
    return Mixer(lambda n: told.append(("begun", n)), lambda n: told.append(("ended", n))), told


@given(st.lists(SAMPLES, max_size=4), st.lists(st.integers(1, 20), min_size=1, max_size=10))
def test_sounds_add_up_to_the_loudest_and_each_begins_and_ends_once(
    sounds: list["array[int]"], pieces: list[int]
) -> None:
    it, told = mixer()
    for number, samples in enumerate(sounds):
        it.play(number, samples)
    pieces.append(50)  # the rest of all
    mixed = [sample for count in pieces for sample in it.take(count)]
    assert len(mixed) == sum(pieces)
    for at, sample in enumerate(mixed):
        wanted = 0
        for samples in sounds:
            wanted += samples[at] if at < len(samples) else 0
            wanted = max(SOFTEST, min(LOUDEST, wanted))
        assert sample == wanted
    assert sorted(told) == sorted(
        (word, number) for number in range(len(sounds)) for word in ("begun", "ended")
    )


def test_a_stopped_sound_is_silent_at_once_and_told_to_have_ended() -> None:
    it, told = mixer()
    it.play(7, array("h", [5] * 10))
    assert list(it.take(3)) == [5, 5, 5]
    it.stop(7)
    it.stop(7)
    assert list(it.take(2)) == [0, 0]
    assert told == [("begun", 7), ("ended", 7)]
