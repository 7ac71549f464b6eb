"""Tags of the frame that every page shares: parts rendered once, the link one is on, the other language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from community.core.templatetags.ui import icon

register = template.Library()

MOST_KEPT = 2000
# Stands for the visitor's CSRF token in what is kept; no page could hold it by chance.
TOKEN_MARK = "csrf-token-of-the-visitor-7f3a9c"  # noqa: S105


class SteadyNode(template.Node):
    """Renders its content once per language and values of its keys, in each process."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, keys: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.keys = keys
        self.kept: dict[tuple[str | None, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """What was kept for these keys, or the content rendered now, with the visitor's own CSRF token."""
        key = (get_language(), *(str(each.resolve(context)) for each in self.keys))
        found = self.kept.get(key)
        if found is None:
            with context.push(csrf_token=TOKEN_MARK):
                found = self.nodelist.render(context)
            if len(self.kept) >= MOST_KEPT:
                self.kept.pop(next(iter(self.kept)), None)
            self.kept[key] = found
        if TOKEN_MARK in found:
            return SafeString(found.replace(TOKEN_MARK, str(context.get("csrf_token", ""))))
        return found


@register.tag
def steady(parser: Parser, token: Token) -> SteadyNode:
    """`{% steady brand page_kind %}…{% endsteady %}`: the frame costs more than a page's own words when rendered anew.

    Everything that the content shows must be among the keys; only the CSRF token of its forms is filled in anew.
    """
    keys = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return SteadyNode(nodelist, keys)


@register.simple_tag
def current_link(links: Iterable[Mapping[str, str]] | None, path: str) -> str:
    """The address among `links` that is `path`, or an empty string."""
    return path if any(link["url"] == path for link in links or ()) else ""


@register.simple_tag(takes_context=True)
def other_languages(context: Context, css: str, with_icon: bool = False, is_short: bool = False) -> SafeString:
    """Links to this page in the other languages, each in its own words; short ones are read out in full."""
    here = get_language()
    sign = icon("language") if with_icon else ""
    others = [each for each in _alternates(context) if each.lang != here]
    return format_html_join(
        "",
        '<a class="{}" href="{}" lang="{}" hreflang="{}" aria-label="{}">{}{}</a>'
        if is_short
        else '<a class="{0}" href="{1}" lang="{2}" hreflang="{3}">{5}{6}</a>',
        (
            (css, each.url, each.lang, each.lang, each.label, sign, each.lang.upper() if is_short else each.label)
            for each in others
        ),
    )


@register.simple_tag(takes_context=True)
def alternate_links(context: Context) -> SafeString:
    """The `<link rel="alternate">` that tell search engines of the other languages."""
    return format_html_join(
        "",
        '<link rel="alternate" hreflang="{}" href="{}">',
        ((each.lang, each.absolute_url) for each in _alternates(context)),
    )


def _alternates(context: Context) -> Iterable[Any]:
    return context.get("alternates") or ()
