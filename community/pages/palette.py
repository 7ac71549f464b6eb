"""The colour roles that a brand may set, what is derived from them, and which pairs must be told apart."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.pages.contrast import CONTROL, TEXT, mix, nearest, ratio

Palette = dict[str, str]

# The same values as in core/css/tokens.css: what stands for a role that the brand leaves empty.
DEFAULTS: dict[str, Palette] = {
    "light": {
        "surface": "#f7f4ee",
        "surface-raised": "#fffefb",
        "ink": "#1f2b30",
        "ink-soft": "#55605f",
        "accent": "#0d566b",
        "accent-ink": "#ffffff",
        "solved": "#1d6840",
        "warning": "#8d4504",
        "danger": "#a8281c",
        "line": "#878a83",
    },
    "dark": {
        "surface": "#14191b",
        "surface-raised": "#1d2427",
        "ink": "#ece7dc",
        "ink-soft": "#aab2af",
        "accent": "#83cbdc",
        "accent-ink": "#06262f",
        "solved": "#84d3a0",
        "warning": "#f1b672",
        "danger": "#f6a093",
        "line": "#77817f",
    },
}
SCHEMES = tuple(DEFAULTS)
ROLES = tuple(DEFAULTS["light"])
LABELS = {
    "surface": gettext_lazy("page background"),
    "surface-raised": gettext_lazy("background of cards"),
    "ink": gettext_lazy("text"),
    "ink-soft": gettext_lazy("secondary text"),
    "accent": gettext_lazy("links and buttons"),
    "accent-ink": gettext_lazy("text on buttons"),
    "solved": gettext_lazy("solved"),
    "warning": gettext_lazy("waiting, warning"),
    "danger": gettext_lazy("error"),
    "line": gettext_lazy("outline of fields"),
}
# Shares of color-mix() in core/css/tokens.css and the share of the dark band of the home page.
WASH = 0.09
HERO = 0.22


@dataclass(frozen=True)
class Pair:
    """A colour role that is read on a ground (which may follow from it), and the contrast it needs there."""

    role: str
    ground: Callable[[Palette], str]
    ground_label: str
    minimum: float

    def measured(self, palette: Palette) -> float:
        """The contrast in `palette`."""
        return ratio(palette[self.role], self.ground(palette))


@dataclass(frozen=True)
class Fault:
    """A pair that cannot be told apart, with the sentence that says so and the colour that would pass."""

    role: str
    message: str
    suggestion: str | None


def complete(scheme: str, chosen: Palette) -> Palette:
    """`chosen` with the product's own colours for the roles that it leaves out."""
    return {**DEFAULTS[scheme], **chosen}


def hero_on_dark(palette: Palette) -> str:
    """The ground of the home page's band on dark: a deep shade of the accent."""
    return mix(palette["accent"], palette["surface"], HERO)


def faults(scheme: str, palette: Palette) -> list[Fault]:
    """The pairs of a complete `palette` with too little contrast, at most one a role: the worst."""
    pairs = pairs_of(scheme)
    found = []
    for role in ROLES:
        mine = [pair for pair in pairs if pair.role == role]
        failing = [pair for pair in mine if pair.measured(palette) < pair.minimum]
        if failing:
            worst = min(failing, key=lambda pair: pair.measured(palette) / pair.minimum)
            found.append(_fault(worst, mine, palette))
    return found


def pairs_of(scheme: str) -> list[Pair]:
    """All that is checked in `scheme`: text needs 4.5:1 (WCAG 1.4.3), controls 3:1 (WCAG 1.4.11)."""
    pairs = [
        Pair(role, _role(ground), str(LABELS[ground]), CONTROL if role == "line" else TEXT)
        for role in ("ink", "ink-soft", "accent", "solved", "warning", "danger", "line")
        for ground in ("surface", "surface-raised")
    ]
    pairs += [
        Pair(role, _wash(role), _("a tint of itself"), TEXT) for role in ("accent", "solved", "warning", "danger")
    ]
    pairs.append(Pair("accent-ink", _role("accent"), str(LABELS["accent"]), TEXT))
    if scheme == "dark":
        pairs.append(Pair("ink", hero_on_dark, _("the band of the home page"), TEXT))
    return pairs


def _role(name: str) -> Callable[[Palette], str]:
    return lambda palette: palette[name]


def _wash(role: str) -> Callable[[Palette], str]:
    return lambda palette: mix(palette[role], palette["surface-raised"], WASH)


def _fault(worst: Pair, pairs: list[Pair], palette: Palette) -> Fault:
    def passes(colour: str) -> bool:
        changed = {**palette, worst.role: colour}
        return all(pair.measured(changed) >= pair.minimum for pair in pairs)

    suggestion = nearest(palette[worst.role], passes)
    # Rounded down, so that 4.49 is never shown as the 4.5 that it misses.
    measured = int(worst.measured(palette) * 100) / 100
    message = _("“%(role)s” on “%(ground)s” has a contrast of %(measured).2f:1; %(minimum)s:1 is needed.") % {
        "role": LABELS[worst.role],
        "ground": worst.ground_label,
        "measured": measured,
        "minimum": f"{worst.minimum:g}",
    }
    if suggestion:
        message += " " + _("The nearest colour that passes is %(colour)s.") % {"colour": suggestion}
    else:
        message += " " + _("No shade of this colour passes: change the backgrounds first.")
    return Fault(worst.role, message, suggestion)
