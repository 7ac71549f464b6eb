"""Notices at the desk: writing one for ambassadors, who has read it, making it public, ending it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from community.accounts.visitors import member
from rewards.ambassadors.actions.notices import end_notice, publish_notice, write_notice
from rewards.ambassadors.desk.forms import NoticeForm, add_refusal
from rewards.ambassadors.desk.people import ProgrammeDeskView
from rewards.ambassadors.models import CrisisNotice, NoticeReader

MOST_SHOWN = 50


class NoticesView(ProgrammeDeskView):
    """The notices, and a form for another."""

    template_name = "ambassadors/desk/notices.html"
    page_title = gettext_lazy("Ambassadors first")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One query."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        notices = CrisisNotice.objects.visible_to(member(self.request)).annotate(
            told=Count("readers"), read=Count("readers__read_at")
        )
        return {**context, "notices": notices.order_by("-id")[:MOST_SHOWN], "form": kwargs.get("form") or NoticeForm()}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Tell ambassadors."""
        form = NoticeForm(request.POST)
        if form.is_valid():
            try:
                notice = write_notice(form.cleaned_data, by=member(request))
            except ValidationError as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Ambassadors are told, on the site and by mail. It is not public yet."))
                return redirect("ambassadors_desk:notice", notice.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class NoticeView(ProgrammeDeskView):
    """One notice, and who has read it."""

    template_name = "ambassadors/desk/notice.html"
    page_title = gettext_lazy("Ambassadors first")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Two queries."""
        notice = get_object_or_404(CrisisNotice, pk=kwargs["pk"])
        self.page_subtitle = self.here = notice.title
        context: dict[str, Any] = super().get_context_data(**kwargs)
        readers = NoticeReader.objects.filter(notice=notice).select_related("member").order_by("-read_at", "pk")
        return {**context, "notice": notice, "readers": list(readers)}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it public, or end it."""
        notice = get_object_or_404(CrisisNotice, pk=pk)
        if "publish" in request.POST and publish_notice(notice, by=member(request)):
            messages.success(request, _("Everyone can read what may be said; the home page leads to it."))
        if "end" in request.POST and end_notice(notice, by=member(request)):
            messages.success(request, _("It is over: the public no longer sees it."))
        return redirect("ambassadors_desk:notice", pk)


notices = require_admin_access(NoticesView.as_view())
notice = require_admin_access(NoticeView.as_view())
