"""Pages of rewards: the leaderboard, one's own statement."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.accounts.models import User
from community.accounts.visitors import member, visitor
from community.core import ratelimits
from rewards.boards.fields import field_called, fields, scope_of
from rewards.boards.standings import PERIODS, board, own_place, span_of, team_board
from rewards.models import BoardPreference
from rewards.models.settings import tariff
from rewards.rules import RULES
from rewards.statement import signed, statement

NAMES = {
    "week": gettext_lazy("This week"),
    "month": gettext_lazy("This month"),
    "year": gettext_lazy("This year"),
    "all": gettext_lazy("All time"),
}


@require_safe
def leaderboard(request: HttpRequest) -> HttpResponse:
    """The best members of a period, in the whole community, a section or a tag."""
    period = request.GET.get("period", "month")
    if period not in PERIODS:
        raise Http404(_("There is no such leaderboard."))
    field = field_called(section=request.GET.get("section", ""), tag=request.GET.get("tag", ""))
    span, scope, reader = span_of(period), scope_of(field), visitor(request)
    rows = board(span, scope)
    return render(
        request,
        "rewards/leaderboard.html",
        {
            "periods": [(key, NAMES[key]) for key in PERIODS],
            "period": period,
            "field": field,
            "field_query": f"&{scope.split(':')[0]}={field.slug}" if field else "",
            "fields": fields(),
            "rows": rows,
            "team": team_board(span, scope),
            "own": own_place(reader, rows, span, scope) if isinstance(reader, User) and not reader.is_team else None,
        },
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reputation(request: HttpRequest) -> HttpResponse:
    """A member's own statement, and whether they stand on leaderboards."""
    me = member(request)
    if request.method == "POST":
        ratelimits.spend(ratelimits.VOTE, str(me.pk))
        BoardPreference.objects.update_or_create(pk=me.pk, defaults={"is_hidden": request.POST.get("hidden") == "1"})
        messages.success(request, _("Saved."))
        return redirect("rewards:reputation")
    numbers = tariff()
    return render(
        request,
        "rewards/reputation.html",
        {
            "statement": statement(me, request.GET.get("page", "")),
            "is_hidden": BoardPreference.objects.filter(pk=me.pk, is_hidden=True).exists(),
            "rules": [
                (rule.label, signed(numbers.points[name])) for name, rule in RULES.items() if numbers.points[name]
            ],
            "most_a_day": numbers.most_a_day,
            "page_kind": "account",
        },
    )
