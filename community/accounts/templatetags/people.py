"""What templates ask about people."""

import re
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from community.accounts.member_page import AuthorMark, author_mark
from community.accounts.models import User
from community.accounts.pending import Kept, kept_for
from community.accounts.ranks import Ranks, ShownRank, known_ranks

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_contribution(context: Context) -> Kept | None:
    """What this visitor typed before signing in."""
    request: Any = context.get("request")
    return kept_for(request) if request else None


@register.simple_tag
def mark_of(user: User) -> AuthorMark | None:
    """The mark that stands beside a name."""
    return author_mark(user)


@register.simple_tag(takes_context=True)
def rank_of(context: Context, user: User) -> ShownRank | None:
    """The rank of `user`, for their own page."""
    return _ranks(context).of(user)


@register.simple_tag(takes_context=True)
def rank_beside(context: Context, user: User) -> ShownRank | None:
    """The rank that stands beside the name of `user`."""
    return _ranks(context).beside(user)


@register.filter
def breakable(username: str) -> SafeString:
    """A pseudonym that a narrow place may break after an underscore, a point or a hyphen rather than anywhere."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in re.split(r"(?<=[_.-])", username) if part))


def _ranks(context: Context) -> Ranks:
    """Those that the page has read already."""
    found: Ranks | None = context.get("ranks")
    return known_ranks() if found is None else found


@register.simple_tag
def has_other_ways() -> bool:
    """Whether members can sign in through another site."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS)
