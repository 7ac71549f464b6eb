"""Small pieces of markup that every page repeats: icons, avatars, moments, states."""

from datetime import date, datetime
from functools import lru_cache
from zlib import crc32

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from community.core.typography import figure, keep_marks_together

register = template.Library()

AVATAR_HUES = 8

register.filter(figure)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """The icon `name` of our sprite; hidden from screen readers unless it has a `label`."""
    return _icon(name, str(label), css)


@register.simple_tag
def avatar(name: str, url: str = "", size: str = "") -> SafeString:
    """The portrait at `url`, or the initials of `name` on a colour of its own; `size` is small, large or nothing."""
    return _avatar(name, url or "", size)


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A `<time>` that reads as a date; the browser turns a recent one into "3 hours ago"."""
    if moment is None:
        return SafeString("")
    local = localtime(moment) if is_aware(moment) else moment
    return format_html(
        '<time datetime="{}" data-ago>{}</time>',
        local.isoformat(timespec="minutes"),
        _day(local.date(), get_language()),
    )


@register.filter
def typeset(text: str) -> str:
    """What someone wrote on one line, with the spaces that French sets before marks kept from breaking."""
    return keep_marks_together(str(text))


def initials(name: str) -> str:
    """One or two letters that stand for `name`."""
    words = [word for word in name.replace("-", " ").replace("_", " ").replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "·"
    return words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]


@lru_cache(maxsize=512)
def _icon(name: str, label: str, css: str) -> SafeString:
    names = f"icon {css}".strip()
    address = f"{static('core/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', names, label, address)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', names, address)


@lru_cache(maxsize=4096)
def _avatar(name: str, url: str, size: str) -> SafeString:
    names = f"avatar avatar--{size}" if size else "avatar"
    if url:
        return format_html('<img class="{}" src="{}" alt="" width="40" height="40" loading="lazy">', names, url)
    hue = crc32(name.encode()) % AVATAR_HUES
    return format_html('<span class="{} avatar--{}" aria-hidden="true">{}</span>', names, hue, initials(name))


@lru_cache(maxsize=2048)
def _day(day: date, language: str | None) -> str:
    """`day` in words of `language`, which is part of the key because the format depends on it."""
    return date_format(day, "DATE_FORMAT")
