"""The contrast of colours, and the nearest one that can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.pages.contrast import CONTROL, TEXT, luminance, mix, nearest, ratio

colours = st.builds("#{:02x}{:02x}{:02x}".format, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.478),
        ("#767676", "#ffffff", 4.542),
        ("#ff0000", "#ffffff", 3.998),
        ("#0000ff", "#ffffff", 8.592),
    ],
)
def test_ratio_is_that_of_the_standard(one: str, other: str, expected: float) -> None:
    assert ratio(one, other) == pytest.approx(expected, abs=0.001)


@given(colours, colours)
def test_ratio_does_not_depend_on_the_order_and_stays_in_range(one: str, other: str) -> None:
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21.0001


@given(colours)
def test_case_of_the_figures_does_not_matter(colour: str) -> None:
    assert luminance(colour.upper()) == luminance(colour)


@given(colours, colours, st.sampled_from([CONTROL, TEXT]))
def test_every_ground_has_a_nearest_colour_that_passes(colour: str, ground: str, minimum: float) -> None:
    found = nearest(colour, lambda candidate: ratio(candidate, ground) >= minimum)
    assert found is not None
    assert ratio(found, ground) >= minimum


@given(colours)
def test_a_colour_that_passes_is_its_own_nearest(colour: str) -> None:
    assert nearest(colour, lambda _candidate: True) == colour


def test_where_nothing_passes_there_is_no_nearest() -> None:
    assert nearest("#808080", lambda _candidate: False) is None


@given(colours, colours)
def test_a_mix_ends_at_its_two_colours(one: str, other: str) -> None:
    assert mix(one, other, 1) == one
    assert mix(one, other, 0) == other


@pytest.mark.parametrize("wrong", ["", "red", "#fff", "#12345g", "#1234567", "0d566b0"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        luminance(wrong)
