"""Pictures of badges, and the same with a signed credential inside ("baked", Open Badges 3.0)."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db.models.fields.files import FieldFile
from django.utils.html import escape
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from rewards.badges.models import Badge, Grade

PNG_KEYWORD = "openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
SQUARE = "fill-512x512|format-png"
# Rim, ground and drawing, alike in light and in dark since the picture leaves the site.
COLOURS = {
    Grade.BRONZE: ("#8a4b1c", "#fbefe6", "#6f3a12"),
    Grade.SILVER: ("#66727c", "#f1f4f6", "#46525c"),
    Grade.GOLD: ("#8f6a00", "#fff6d8", "#6b4f00"),
}
SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


def picture_of(badge: Badge, title: str, token: str = "") -> tuple[bytes, str]:
    """The picture of `badge` and its media type, with `token` baked in if there is any."""
    if picture := badge.picture:
        return _png(picture.get_rendition(SQUARE).file, token), "image/png"
    return _svg(badge, title, token).encode(), "image/svg+xml"


def _png(stored: FieldFile, token: str) -> bytes:
    text = PngInfo()
    if token:
        text.add_itxt(PNG_KEYWORD, token)
    with stored.open("rb") as file, Image.open(file) as picture:
        written = BytesIO()
        picture.save(written, "PNG", pnginfo=text)
    return written.getvalue()


def _svg(badge: Badge, title: str, token: str) -> str:
    rim, ground, ink = COLOURS[Grade(badge.grade)]
    proof = f'<openbadges:credential verify="{escape(token)}"></openbadges:credential>' if token else ""
    drawing = _drawings().get(badge.icon, "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}" viewBox="0 0 512 512" role="img">'
        f"{proof}<title>{escape(title)}</title>"
        f'<circle cx="256" cy="256" r="236" fill="{ground}" stroke="{rim}" stroke-width="24"/>'
        f'<g transform="translate(124 124) scale(11)" fill="none" stroke="{ink}" stroke-width="1.6" '
        f'stroke-linecap="round" stroke-linejoin="round">{drawing}</g></svg>'
    )


@cache
def _drawings() -> dict[str, str]:
    """The shapes of our sprite by name."""
    found = finders.find("core/icons.svg")
    return dict(SYMBOL.findall(Path(str(found)).read_text(encoding="utf-8")))
