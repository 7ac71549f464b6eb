"""Pages of ranks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.accounts.models import User
from community.accounts.visitors import visitor
from community.core import page_cache
from rewards.ranks.asking import age, asked_by, progress_of
from rewards.ranks.events import TAG
from rewards.ranks.ladder import DAYS
from rewards.ranks.shown import members_by_rank, shown_ladder


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """The ranks, what each asks, how many members stand there; and how far the reader is."""
    page_cache.keep(request, TAG)
    reader, shown, members = visitor(request), shown_ladder(), members_by_rank()
    ranks = [
        {
            "look": shown.rank(rung.slug),
            "asked": [each for name, each in zip(rung.asks, asked_by(rung), strict=True) if name != DAYS],
            "age": age(rung.days) if rung.days else "",
            "members": members.get(rung.slug, 0),
        }
        for rung in shown.rungs
    ]
    context = {"rows": ranks, "progress": progress_of(reader) if isinstance(reader, User) else None}
    return render(request, "ranks/ladder.html", context)
