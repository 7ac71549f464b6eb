"""The charter at the desk: the version in force, who agreed, and a form for the next one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from community.accounts.visitors import member
from rewards.ambassadors.actions.charter import publish_charter
from rewards.ambassadors.desk.forms import CharterForm, add_refusal
from rewards.ambassadors.desk.people import ProgrammeDeskView
from rewards.ambassadors.models import Ambassadorship, CharterAcceptance, CharterVersion

MOST_SHOWN = 50


class CharterView(ProgrammeDeskView):
    """Versions are never edited: the form begins with the words in force, and publishes another one."""

    template_name = "ambassadors/desk/charter.html"
    page_title = gettext_lazy("The ambassadors’ charter")
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Three queries, and whom the version in force still waits for."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        versions = CharterVersion.objects.select_related("published_by").annotate(agreed=Count("acceptances"))
        versions = versions.order_by("-number")
        found = list(versions[:MOST_SHOWN])
        latest = found[0] if found else None
        texts = {"text_fr": latest.text_fr, "text_en": latest.text_en} if latest else {}
        serving = Ambassadorship.objects.serving().select_related("member")
        agreed = CharterAcceptance.objects.filter(charter=latest).values("member")
        return {
            **context,
            "versions": found,
            "latest": latest,
            "missing": list(serving.exclude(member__in=agreed)[:MOST_SHOWN]) if latest else [],
            "form": kwargs.get("form") or CharterForm(initial=texts),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Publish another version."""
        form = CharterForm(request.POST)
        if form.is_valid():
            try:
                charter = publish_charter(by=member(request), **form.cleaned_data)
            except ValidationError as refusal:
                add_refusal(form, refusal)
            else:
                said = _("Version %(number)d is in force. Ambassadors are asked to agree to it.")
                messages.success(request, said % {"number": charter.number})
                return redirect("ambassadors_desk:charter")
        return self.render_to_response(self.get_context_data(form=form), status=422)


charter = require_admin_access(CharterView.as_view())
