"""Pages of badges: all of them, one with those who have it, one's own."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.accounts.models import User
from community.accounts.visitors import member, visitor
from community.core import page_cache
from rewards.badges.models import Badge
from rewards.badges.pages import awards_of, badge_list, holders_of, standing_to, with_pictures


def _reader(request: HttpRequest) -> User | None:
    who = visitor(request)
    return who if isinstance(who, User) else None


@require_safe
def badges(request: HttpRequest) -> HttpResponse:
    """All badges by grade, and how a member stands to each."""
    page_cache.keep(request, "badges")
    return render(request, "badges/badges.html", {"list": badge_list(_reader(request))})


@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """One badge: why one gets it, and who has it. One that is given no more is shown as long as somebody has it."""
    found = get_object_or_404(with_pictures(Badge.objects.shown_or_held().select_related("prerequisite")), slug=slug)
    reader = _reader(request)
    standing, own = standing_to(found, reader) if reader else (None, [])
    holders = holders_of(found, request.GET.get("page", ""))
    context = {"badge": found, "standing": standing, "own": own, "holders": holders}
    return render(request, "badges/badge.html", context)


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """A member's own badges, those that they lost again too, with the proof of each to take along."""
    awards = awards_of(member(request), request.GET.get("page", ""))
    return render(request, "badges/mine.html", {"awards": awards, "page_kind": "account"})
