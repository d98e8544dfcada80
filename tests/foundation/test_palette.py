from itertools import pairwise

import pytest

from bilik.foundation import palette


@pytest.mark.parametrize("colour", [palette.INK, palette.MUTED, palette.ACCENT, palette.GOOD, palette.DANGER])
def test_text_colours_reach_the_contrast_that_small_text_needs(colour: str) -> None:
    assert palette.contrast(colour, palette.GROUND) >= 4.5


@pytest.mark.parametrize("run", [palette.TEAL, palette.OCHRE])
def test_a_run_grows_darker_by_steps_that_grey_print_keeps_apart(run: tuple[str, ...]) -> None:
    light = [palette.luminance(colour) for colour in run]

    steps = [palette.contrast(one, other) for one, other in pairwise(run)]

    assert light == sorted(light, reverse=True)
    assert min(steps) > 1.3


@pytest.mark.parametrize("colour", [*palette.TEAL, *palette.OCHRE, *palette.DIVERGING])
def test_words_on_a_class_can_be_read(colour: str) -> None:
    assert palette.contrast(palette.text_on(colour), colour) >= 4.5


def test_black_on_white_has_the_contrast_of_the_standard() -> None:
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
