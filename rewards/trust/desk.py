"""Trust levels at the desk: what changed and why, whose level is kept, and the team's word on it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from community.accounts.member_page import find_member
from community.accounts.models import User
from community.accounts.visitors import member
from community.pages.desk_pages import DeskPageView
from rewards.trust.actions.set_level import set_level
from rewards.trust.criteria import LABELS
from rewards.trust.models import HIGHEST, TrustChange, TrustLock

PERMISSION = "trust.change_trustlock"
SHOWN = 100


class LevelForm(forms.Form):
    """A member's level, and why."""

    username = forms.CharField(label=_("Pseudonym"), max_length=30)
    level = forms.IntegerField(label=_("Trust level"), min_value=0, max_value=HIGHEST)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The member reads it."))
    locked = forms.BooleanField(
        label=_("Keep it there"), required=False, help_text=_("Otherwise what the member does moves it on.")
    )

    def clean_username(self) -> User:
        """The member of that name. Raises ValidationError when there is none."""
        found = find_member(self.cleaned_data["username"].strip())
        if found is None:
            raise ValidationError(_("Nobody is called that. Look for the name as it stands beside their posts."))
        return found


class TrustView(DeskPageView):
    """What changed lately, whose level is kept, and a form."""

    permission = PERMISSION
    refusal = _("Only moderators and the brand team see trust levels.")
    template_name = "trust/desk.html"
    page_title = _("Trust levels")
    header_icon = "key"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Two queries."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        changes = TrustChange.objects.select_related("member", "by").order_by("-id")[:SHOWN]
        rows = [(change, [(LABELS[name], *pair) for name, pair in change.figures.items()]) for change in changes]
        locks = TrustLock.objects.select_related("member", "by").order_by("-at")[:SHOWN]
        return {"form": LevelForm(), **context, "changes": rows, "locks": locks}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set a level."""
        form = LevelForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                set_level(
                    data["username"],
                    by=member(request),
                    level=data["level"],
                    reason=data["reason"],
                    locked=data["locked"],
                )
            except PermissionDenied as refusal:
                form.add_error("username", str(refusal))
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("trust_levels")
        return self.render_to_response(self.get_context_data(form=form), status=422)


trust_levels = require_admin_access(TrustView.as_view())
