"""Votes that were taken back after a review, for the brand team: read why, give them again."""

from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from community.accounts.models import User
from community.pages.desk_pages import DeskPageView
from rewards.ledger.sweep import give_again
from rewards.models import REVIEWS, Entry, Reason

PERMISSION = "rewards.change_entry"
MOST_SHOWN = 200


def reviewed() -> QuerySet[Entry]:
    """What reviews took back and nobody gave again."""
    return Entry.objects.filter(reason__in=REVIEWS, reversed_by=None)


class ReviewedVotesView(DeskPageView):
    """Who voted for whom, how often, and what it had paid; the latest review first."""

    permission = PERMISSION
    refusal = _("Only the brand team sees votes that were taken back.")
    template_name = "rewards/reviewed_votes.html"
    page_title = _("Votes taken back")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A row for each pair. Two queries."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        pairs = (
            reviewed()
            .values("actor", "member", "reason")
            .annotate(votes=Count("pk"), points=Sum("effective"), at=Max("created_at"))
        )
        found = list(pairs.order_by("-at", "actor", "member")[:MOST_SHOWN])
        people = User.objects.in_bulk({row[who] for row in found for who in ("actor", "member")})
        rows = [
            {**row, "voter": people[row["actor"]], "author": people[row["member"]], "why": Reason(row["reason"]).label}
            for row in found
        ]
        return {**context, "rows": rows}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give again what the ticked pairs ("actor:member") lost."""
        count = 0
        for pair in request.POST.getlist("pair"):
            actor, _colon, member = pair.partition(":")
            if actor.isdecimal() and member.isdecimal():
                entries = list(reviewed().filter(actor=int(actor), member=int(member)))
                count += give_again(entries)
        said = ngettext("%(count)d vote counts again.", "%(count)d votes count again.", count)
        messages.success(request, said % {"count": count})
        return redirect("reviewed_votes")


reviewed_votes = require_admin_access(ReviewedVotesView.as_view())
