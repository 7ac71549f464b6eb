"""Badges that the brand team gives by hand: to whom, why, and back again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from community.accounts.visitors import member
from community.core import ratelimits
from community.pages.desk_pages import DeskPageView
from rewards.badges.actions.give import give_badge, take_back
from rewards.badges.forms import GiveForm
from rewards.badges.models import Award
from rewards.badges.permissions import GIVE

LATEST = 50


class GiveBadgeView(DeskPageView):
    """A form, and the latest badges given by hand."""

    permission = GIVE
    refusal = gettext_lazy("Only the brand team gives badges.")
    template_name = "badges/give.html"
    page_title = gettext_lazy("Give a badge")
    header_icon = "pick"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the list. One query, and one for the choices."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        given = Award.objects.filter(badge__is_manual=True).select_related("badge", "member", "given_by")
        return {"form": GiveForm(), **context, "awards": given.order_by("-awarded_at", "-id")[:LATEST]}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give the badge, or take one back (`take_back` is its id)."""
        ratelimits.spend(ratelimits.VOTE, str(member(request).pk))
        if (pk := request.POST.get("take_back", "")).isdecimal():
            award = get_object_or_404(Award, pk=int(pk), badge__is_manual=True)
            if take_back(award, by=member(request)):
                messages.success(request, _("The badge is taken back."))
            return redirect("give_badge")
        form = GiveForm(request.POST)
        if form.is_valid() and self._give(form):
            return redirect("give_badge")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _give(self, form: GiveForm) -> bool:
        """Whether it could be given; says so."""
        wanted = form.cleaned_data
        try:
            award = give_badge(wanted["badge"], wanted["username"], by=member(self.request), reason=wanted["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return False
        if award is None:
            messages.info(self.request, _("%(name)s has this badge already.") % {"name": wanted["username"]})
        else:
            messages.success(self.request, _("%(name)s has the badge now.") % {"name": wanted["username"]})
        return True


give_badge_page = require_admin_access(GiveBadgeView.as_view())
