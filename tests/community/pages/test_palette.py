"""The product's own colours, and a brand's, can be read by everyone."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.pages.palette import DEFAULTS, SCHEMES, complete, faults

TOKENS = Path(__file__).parents[3] / "community/core/static/core/css/tokens.css"
colours = st.builds("#{:02x}{:02x}{:02x}".format, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_products_own_colours_have_no_fault(scheme: str) -> None:
    assert faults(scheme, DEFAULTS[scheme]) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_products_own_colours_are_those_of_the_stylesheet(scheme: str) -> None:
    start = {"light": ":root {", "dark": ':root[data-theme="dark"] {'}[scheme]
    block = TOKENS.read_text().split(start, 1)[1].split("}", 1)[0]
    written = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    assert {role: written[role] for role in DEFAULTS[scheme]} == DEFAULTS[scheme]


def test_a_pale_accent_is_refused_with_its_ratio_and_a_colour_that_passes() -> None:
    [fault, *_others] = faults("light", complete("light", {"accent": "#9bd3e0"}))
    assert fault.role == "accent"
    assert "4.5:1" in fault.message
    assert re.search(r"contrast of 1\.\d\d:1", fault.message)
    assert fault.suggestion is not None
    assert fault.suggestion in fault.message


@settings(max_examples=25)
@given(st.sampled_from(SCHEMES), colours)
def test_a_suggested_colour_is_accepted_in_its_turn(scheme: str, accent: str) -> None:
    palette = complete(scheme, {"accent": accent})
    for fault in faults(scheme, palette):
        if fault.suggestion:
            changed = {**palette, fault.role: fault.suggestion}
            assert fault.role not in {each.role for each in faults(scheme, changed)}


def test_a_palette_in_which_no_shade_can_be_read_says_so() -> None:
    grounds = {"surface": "#777777", "surface-raised": "#777777"}
    found = {fault.role: fault for fault in faults("light", complete("light", {**grounds, "accent": "#777777"}))}
    assert found["accent"].suggestion is None or found["accent"].suggestion in found["accent"].message


def test_a_measured_ratio_is_never_rounded_up_to_the_one_needed() -> None:
    palette = complete("light", {"ink": "#777777", "surface": "#ffffff", "surface-raised": "#ffffff"})
    [fault] = [each for each in faults("light", palette) if each.role == "ink"]
    assert "4.47:1" in fault.message
