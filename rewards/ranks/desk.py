"""The ladder at the brand's desk: what the ranks as they are written would change, and putting them in force."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from community.accounts.visitors import member
from community.core.errors import Conflict
from community.pages.desk_pages import DeskPageView
from rewards.ranks.actions.put_in_force import PERMISSION, DryRun, dry_run, put_in_force, written
from rewards.ranks.asking import age, words_of
from rewards.ranks.ladder import DAYS, POINTS, Rung, never_worn
from rewards.ranks.standing import Move


class LadderReviewView(DeskPageView):
    """Who would go up and down, by name, before anything happens."""

    permission = PERMISSION
    refusal = _("Only the brand team changes the ranks.")
    template_name = "ranks/desk/review.html"
    page_title = _("Ladder of ranks")
    header_icon = "order"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The dry run. Its queries grow with the members, a few for each thousand."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        run = dry_run(written())
        names = {rung.slug: _name(rung) for rung in (*run.former, *run.rungs)}
        return {
            **context,
            "run": run,
            "rows": [_row(run, rung) for rung in run.rungs],
            "never": [(_name(rung), _name(higher)) for rung, higher in never_worn(run.rungs)],
            "up": [_shown(move, names) for move in run.up],
            "down": [_shown(move, names) for move in run.down],
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put it in force, if it is still the one that was looked at."""
        try:
            made = put_in_force(by=member(request), version=request.POST.get("version", ""))
        except Conflict as refusal:
            messages.error(request, refusal.message)
        else:
            said = _("In force. Members are moving to their ranks in the background; nobody is told.")
            messages.success(request, said if made else _("These ranks were in force already."))
        return redirect("ladder_review")


def _name(rung: Rung) -> str:
    return f"{rung.name_fr} / {rung.name_en}"


def _row(run: DryRun, rung: Rung) -> dict[str, Any]:
    asked = [f"{words_of(name)} ≥ {least}" for name, least in rung.asks.items() if name != DAYS]
    return {
        "name": _name(rung),
        "asked": ", ".join([*asked, *([age(rung.days)] if rung.days else [])]),
        "members": run.members[rung.slug],
    }


def _shown(move: Move, names: dict[str, str]) -> dict[str, Any]:
    figures = ", ".join(f"{words_of(name)}: {count}" for name, count in move.figures.items() if name != POINTS)
    return {
        "name": move.member.username,
        "before": names.get(move.before, move.before),
        "after": names.get(move.after, ""),
        "points": move.figures.get(POINTS, 0),
        "figures": figures,
    }


ladder_review = require_admin_access(LadderReviewView.as_view())
