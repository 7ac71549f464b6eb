"""The brand's stylesheet: it gives the design's roles other values, and nothing else."""

from hashlib import sha256
from typing import Any

from community.pages.palette import Palette, complete, hero_on_dark

FALLBACK = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif'
DEFAULT_RADIUS = 10


def stylesheet(row: Any) -> str:
    """CSS for what the brand's settings `row` changes; empty when it changes nothing."""
    parts = []
    if light := _colours("light", row.palette("light")):
        parts.append(f":root{{{light}}}")
    if dark := _colours("dark", row.palette("dark")):
        parts.append(f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}')
        parts.append(f':root[data-theme="dark"]{{{dark}}}')
    if general := _shape(row):
        parts.append(f":root{{{general}}}")
    tokens = "".join(parts)
    css = f"@layer tokens{{{tokens}}}" if tokens else ""
    return _font_face(row) + css


def version_of(css: str) -> str:
    """What changes in the address of the stylesheet when its content does; empty for no stylesheet."""
    return sha256(css.encode()).hexdigest()[:12] if css else ""


def _colours(scheme: str, chosen: Palette) -> str:
    if not chosen:
        return ""
    roles = _declarations(chosen)
    if scheme == "dark":
        roles += f"--hero:{hero_on_dark(complete(scheme, chosen))};--hero-ink:var(--ink);"
    return roles


def _declarations(roles: Palette) -> str:
    return "".join(f"--{role}:{colour};" for role, colour in roles.items())


def _shape(row: Any) -> str:
    found = ""
    if row.radius != DEFAULT_RADIUS:
        found += f"--radius:{row.radius}px;"
    if row.font:
        role = "text" if row.font_use == "all" else "title"
        found += f'--font-{role}:"Brand",{FALLBACK};'
    return found


def _font_face(row: Any) -> str:
    if not row.font:
        return ""
    address = row.font.url.replace("\\", "").replace('"', "%22")
    return (
        f'@font-face{{font-family:"Brand";src:url("{address}") format("woff2");font-weight:100 900;font-display:swap}}'
    )
