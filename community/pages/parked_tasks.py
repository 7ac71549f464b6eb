"""Background tasks that were given up, for operators: read why, try again, or let them go."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from community.accounts.models import User
from community.core.models import BackgroundTask
from community.pages.desk import DeskItem, desk_panels
from community.pages.desk_pages import DeskPageView

PERMISSION = "core.change_backgroundtask"
MOST_SHOWN = 200


class ParkedTasksView(DeskPageView):
    """The parked tasks, the latest first, each with the last line of its error."""

    permission = PERMISSION
    refusal = _("Only operators see background tasks.")
    template_name = "pages/parked_tasks.html"
    page_title = _("Background tasks given up")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tasks."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        parked = BackgroundTask.objects.parked()
        shown = list(parked.order_by("-id")[:MOST_SHOWN])
        for row in shown:
            row.reason = row.error.strip().rpartition("\n")[2]  # type: ignore[attr-defined]
        return {**context, "tasks": shown, "count": parked.count()}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Retry or discard the ticked tasks, or all."""
        chosen = BackgroundTask.objects.parked()
        if "all" not in request.POST:
            chosen = chosen.filter(pk__in=[pk for pk in request.POST.getlist("task") if pk.isdecimal()])
        if "discard" in request.POST:
            count = chosen.delete()[0]
            said = ngettext("%(count)d task was discarded.", "%(count)d tasks were discarded.", count)
        else:
            count = sum(row.retry() for row in chosen)
            said = ngettext("%(count)d task starts again.", "%(count)d tasks start again.", count)
        messages.success(request, said % {"count": count})
        return redirect("parked_tasks")


parked_tasks = require_admin_access(ParkedTasksView.as_view())


@desk_panels.register("parked_tasks")
def tasks_given_up(request: HttpRequest) -> DeskItem | None:
    """To operators: what will not be done unless they look."""
    if not isinstance(request.user, User) or not request.user.has_perm(PERMISSION):
        return None
    count = BackgroundTask.objects.parked().count()
    said = ngettext("%(count)d background task was given up", "%(count)d background tasks were given up", count)
    return DeskItem(count, said % {"count": count}, reverse("parked_tasks"))
