"""Contrast of two colours, as WCAG 2.2 defines it, and the nearest colour that has enough of it."""

import re
from collections.abc import Callable

HEX = re.compile(r"^#[0-9a-f]{6}$")
TEXT = 4.5
CONTROL = 3.0
STEPS = 256


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue (0-255) of "#rrggbb". Raises ValueError for anything else."""
    if not HEX.match(colour.lower()):
        raise ValueError(f"{colour!r} is not a colour such as #0d566b.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white): WCAG 2.2, "relative luminance", with the sRGB threshold 0.04045."""
    red, green, blue = (_linear(value / 255) for value in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, in either order: WCAG 2.2, "contrast ratio", (L1 + 0.05) / (L2 + 0.05)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`share` (0 to 1) of `one` in `other`, as CSS's color-mix(in srgb, …) does it."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def nearest(colour: str, passes: Callable[[str], bool]) -> str | None:
    """`colour` made darker or lighter by the smallest step for which `passes` holds; None when none does."""
    for step in range(STEPS):
        for end in ("#000000", "#ffffff"):
            candidate = mix(end, colour, step / (STEPS - 1))
            if passes(candidate):
                return candidate
    return None


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
